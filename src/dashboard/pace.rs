//! The pace of callbacks: whether it has broken off, and since when none has come.

use std::time::Duration;

use super::app::App;
use crate::callback::Timestamp;
use crate::history::row::Flags;

/// Callbacks by which the pace is measured.
const MEASURED: usize = 16;
/// So many times as long as usual no callback comes before the pace has broken off.
const FACTOR: u32 = 8;
/// The shortest time after which it has broken off.
const SHORTEST: Duration = Duration::from_secs(60);

const MINUTE: u64 = 60;
const HOUR: u64 = 60 * MINUTE;
const DAY: u64 = 24 * HOUR;

/// The time since the last callback, in the unit that it is shown in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Age {
    Minutes(u64),
    Hours(u64),
    Days(u64),
}

impl Age {
    const fn of(seconds: u64) -> Self {
        match seconds {
            0..HOUR => Self::Minutes(seconds / MINUTE),
            HOUR..DAY => Self::Hours(seconds / HOUR),
            _ => Self::Days(seconds / DAY),
        }
    }

    /// The length of its unit in seconds.
    const fn unit(self) -> u64 {
        match self {
            Self::Minutes(_) => MINUTE,
            Self::Hours(_) => HOUR,
            Self::Days(_) => DAY,
        }
    }
}

impl App {
    /// The time since the last callback, once the pace has broken off.
    pub(super) fn silence(&self) -> Option<Age> {
        let last = self.broken_off_since()?;
        Some(Age::of(self.status.now.since(last).as_secs()))
    }

    /// When the last callback came, once the pace has broken off.
    pub(super) fn broken_off_since(&self) -> Option<Timestamp> {
        let last = self.received_times().next()?;
        (self.breaks_off_at(last) <= self.status.now).then_some(last)
    }

    /// When the pace may break off, or what the header shows of that changes; `None` if
    /// nothing of it is on the screen.
    pub(super) fn pace_changes_at(&self) -> Option<Timestamp> {
        let (last, now) = (self.received_times().next()?, self.status.now);
        let breaks_off_at = self.breaks_off_at(last);
        if now < breaks_off_at {
            return Some(breaks_off_at);
        }
        if !self.viewport.shows_silence {
            return None;
        }
        let seconds = now.since(last).as_secs();
        let unit = Age::of(seconds).unit();
        Some(last.plus(Duration::from_secs((seconds / unit + 1) * unit)))
    }

    /// When the pace breaks off, or not before then: this is asked for after each batch
    /// of callbacks, and so measured only after the shortest time.
    fn breaks_off_at(&self, last: Timestamp) -> Timestamp {
        let earliest = last.plus(SHORTEST);
        if self.status.now < earliest {
            return earliest;
        }
        let times = self.received_times().take(MEASURED);
        let (first, count) = times.fold((last, 0_u32), |(_, count), at| (at, count + 1));
        let intervals = count.saturating_sub(1);
        let usual = last.since(first).checked_div(intervals).unwrap_or_default();
        earliest.max(last.plus(usual * FACTOR))
    }

    /// When the listener received callbacks, the newest first; none while the view is
    /// paused.
    fn received_times(&self) -> impl Iterator<Item = Timestamp> {
        let flow = self.history().flow();
        let is_live = !self.shows_recording() && self.paused.is_none();
        let newest = if is_live { flow.len() } else { 0 };
        let rows = (0..newest).rev().take(2 * MEASURED).filter_map(|it| flow.row(flow.id_at(it)?));
        rows.filter(|it| !it.flags.contains(Flags::RESENT)).map(|it| it.at)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::callback::Delivery;
    use crate::dashboard::settings::Settings;
    use crate::history::HistoryConfig;

    /// A dashboard that received callbacks at these seconds, as of another.
    fn app(received: &[i64], now: i64) -> App {
        let start = Timestamp::default();
        let mut app = App::new(Settings::default(), HistoryConfig::default(), start);
        for at in received {
            let at = Timestamp::from_secs(*at);
            app.apply(&Delivery { method: "POST".into(), at, ..Delivery::default() });
        }
        app.set_now(Timestamp::from_secs(now));
        app
    }

    #[test]
    fn a_pace_has_broken_off_after_a_minute_or_eight_times_the_usual_time() {
        assert_eq!(app(&[], 1_000).silence(), None);
        assert_eq!(app(&[0], 59).silence(), None);
        assert_eq!(app(&[0], 60).silence(), Some(Age::Minutes(1)));
        assert_eq!(app(&[0, 1, 2], 61).silence(), None);
        assert_eq!(app(&[0, 1, 2], 182).silence(), Some(Age::Minutes(3)));
        let slow = [0, 60, 120];
        assert_eq!(app(&slow, 120 + 8 * 60 - 1).silence(), None);
        assert_eq!(app(&slow, 120 + 8 * 60).silence(), Some(Age::Minutes(8)));
        assert_eq!(app(&[0], 2 * 3600).silence(), Some(Age::Hours(2)));
        assert_eq!(app(&[0], 3 * 86_400 + 5).silence(), Some(Age::Days(3)));
    }

    #[test]
    fn what_is_not_shown_does_not_change() {
        let mut app = app(&[0], 30);
        assert_eq!(app.pace_changes_at(), Some(Timestamp::from_secs(60)));
        app.set_now(Timestamp::from_secs(75));
        assert_eq!(app.pace_changes_at(), None);
        app.viewport.shows_silence = true;
        assert_eq!(app.pace_changes_at(), Some(Timestamp::from_secs(120)));
        app.set_now(Timestamp::from_secs(2 * 3600));
        assert_eq!(app.pace_changes_at(), Some(Timestamp::from_secs(3 * 3600)));
    }
}
