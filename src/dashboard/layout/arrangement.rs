//! Which panes a screen has and where: a table by its size.

use super::SMALLEST;

/// Which panes are on a screen and where.
#[derive(Debug, Clone, Copy)]
pub(super) struct Arrangement {
    /// The columns and rows of the screen, at least.
    from: (u16, u16),
    pub(super) detail: DetailPlace,
    pub(super) sides: SidePlace,
    /// Whether Timeline is below Flow.
    pub(super) has_timeline: bool,
}

/// Where the detail is.
#[derive(Debug, Clone, Copy)]
pub(super) enum DetailPlace {
    Nowhere,
    /// Below all other panes, with this height at least.
    Below(u16),
    /// Beside all other panes.
    Beside,
}

/// Where the first ones of Unread, Failures and Traffic are, and how many.
#[derive(Debug, Clone, Copy)]
pub(super) enum SidePlace {
    /// To the right of Flow, one below the other.
    Right(usize),
    /// Below Flow, side by side.
    Below(usize),
}

/// The arrangements; of those that fit, the first is used. The panes leave in the order
/// Timeline, Traffic, Failures, Unread, Detail.
const ARRANGEMENTS: [Arrangement; 11] = [
    arrangement((160, 36), DetailPlace::Beside, SidePlace::Below(3)).with_timeline(),
    arrangement((160, 20), DetailPlace::Beside, SidePlace::Below(3)),
    arrangement((160, 13), DetailPlace::Beside, SidePlace::Below(0)),
    arrangement((120, 36), DetailPlace::Below(7), SidePlace::Right(3)).with_timeline(),
    arrangement((80, 24), DetailPlace::Below(7), SidePlace::Right(3)),
    arrangement((80, 20), DetailPlace::Below(7), SidePlace::Right(2)),
    arrangement((80, 16), DetailPlace::Below(6), SidePlace::Right(1)),
    // A narrow and high screen has the same panes one below the other.
    arrangement((70, 40), DetailPlace::Below(7), SidePlace::Below(3)),
    arrangement((SMALLEST.0, 30), DetailPlace::Below(7), SidePlace::Below(2)),
    arrangement((SMALLEST.0, 13), DetailPlace::Below(5), SidePlace::Below(0)),
    arrangement(SMALLEST, DetailPlace::Nowhere, SidePlace::Below(0)),
];

const fn arrangement(from: (u16, u16), detail: DetailPlace, sides: SidePlace) -> Arrangement {
    Arrangement { from, detail, sides, has_timeline: false }
}

impl Arrangement {
    const fn with_timeline(self) -> Self {
        Self { has_timeline: true, ..self }
    }

    /// The arrangement of a screen; `None` if that is too small for any.
    pub(super) fn of(columns: u16, rows: u16) -> Option<Self> {
        ARRANGEMENTS.into_iter().find(|it| it.from.0 <= columns && it.from.1 <= rows)
    }
}
