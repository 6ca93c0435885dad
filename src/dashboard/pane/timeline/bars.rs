//! The parts of a bar, as symbols.

use ratatui::style::Style;

use crate::callback::deadline::TENCENT_TIMEOUT;
use crate::dashboard::pane::chart::EIGHTHS;
use crate::dashboard::theme::Theme;
use crate::history::timeline::Bucket;

/// Answer times in microseconds up to which a symbol is used; the last one is for longer
/// ones.
const TIMES: [u32; 7] = [100, 300, 1_000, 10_000, 100_000, 500_000, 2_000_000];

/// The heights in eighths of a row of what failed or was refused, and of all: at least one
/// for a number above 0.
pub(super) fn heights(bucket: &Bucket, highest: u32, rows: usize) -> (usize, usize) {
    let bad = bucket.failed.saturating_add(bucket.refused).min(bucket.callbacks);
    let height = |count: u32| {
        let eighths = u64::from(count) * rows as u64 * 8;
        usize::try_from(eighths.div_ceil(highest.max(1).into())).unwrap_or_default()
    };
    (height(bad), height(bucket.callbacks))
}

/// A cell of a bar, of which so many eighths are what failed or was refused, and so many
/// are filled.
pub(super) fn cell(bad: usize, all: usize, theme: &Theme) -> (&'static str, Style) {
    match theme.bar.fg {
        _ if bad == 0 => (EIGHTHS[all], theme.bar),
        None => ("▒", theme.failure),
        // Both parts: the upper one is the background.
        Some(color) if bad < all && all == 8 => (EIGHTHS[bad], theme.failure.bg(color)),
        Some(_) => (EIGHTHS[all], theme.failure),
    }
}

/// An answer time in microseconds: the higher the longer, by powers. One that is too long
/// for Tencent is a failure.
pub(super) fn time(micros: u32, theme: &Theme) -> (&'static str, Style) {
    let level = TIMES.iter().position(|it| micros <= *it).unwrap_or(TIMES.len());
    let is_late = TENCENT_TIMEOUT.as_micros() < u128::from(micros);
    (EIGHTHS[level + 1], if is_late { theme.failure } else { theme.dim })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dashboard::theme::Palette;

    fn bucket(callbacks: u32, failed: u32, refused: u32) -> Bucket {
        let mut bucket = Bucket::default();
        (bucket.callbacks, bucket.failed, bucket.refused) = (callbacks, failed, refused);
        bucket
    }

    #[test]
    fn a_bar_is_as_high_as_its_share_and_one_callback_is_seen() {
        assert_eq!(heights(&bucket(10, 0, 0), 10, 3), (0, 24));
        assert_eq!(heights(&bucket(5, 1, 1), 10, 1), (2, 4));
        assert_eq!(heights(&bucket(1, 1, 0), 1_000_000, 2), (1, 1));
        assert_eq!(heights(&bucket(u32::MAX, u32::MAX, u32::MAX), u32::MAX, 50), (400, 400));
        assert_eq!(heights(&bucket(0, 0, 0), 0, 3), (0, 0));
    }

    #[test]
    fn failures_are_at_the_bottom_of_a_bar_and_seen_without_colors() {
        let theme = Theme::of(Palette::Terminal);
        assert_eq!(cell(0, 5, &theme), ("▅", theme.bar));
        assert_eq!(cell(3, 3, &theme), ("▃", theme.failure));
        let (symbol, style) = cell(2, 8, &theme);
        assert_eq!((symbol, style.bg), ("▂", theme.bar.fg));
        let mono = Theme::of(Palette::Mono);
        assert_eq!((cell(1, 8, &mono).0, cell(0, 8, &mono).0), ("▒", "█"));
    }

    #[test]
    fn a_longer_answer_is_higher_and_a_late_one_a_failure() {
        let theme = Theme::of(Palette::Terminal);
        let symbols = [90, 2_900, 1_900_000, 2_000_001].map(|it| time(it, &theme));
        assert_eq!(symbols.map(|it| it.0), ["▁", "▄", "▇", "█"]);
        assert_eq!((symbols[2].1, symbols[3].1), (theme.dim, theme.failure));
    }
}
