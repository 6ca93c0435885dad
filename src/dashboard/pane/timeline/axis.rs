//! The times below the bars.

use jiff::tz::TimeZone;

use crate::dashboard::text::width;
use crate::dashboard::timeline::{DAY, Window, is_shown_twice, start_of, widths, zoned};

/// The labels in so many cells for all bars, each with the cell at which it begins, that of
/// the start of a bar. They do not overlap; where the day changes, and in the first one if
/// it is wanted, is the date, and in an hour that the clock shows twice the offset from UTC.
pub(super) fn labels(
    window: &Window,
    cells: usize,
    zone: &TimeZone,
    has_dates: bool,
) -> Vec<(usize, String)> {
    let full = labels_at(window, cells, zone, has_dates, tick(window, cells, has_dates));
    match full.is_empty() {
        false => full,
        // Bars between two full times.
        true => labels_at(window, cells, zone, has_dates, window.width),
    }
}

/// The labels at the multiples of so many seconds.
fn labels_at(
    window: &Window,
    cells: usize,
    zone: &TimeZone,
    has_dates: bool,
    tick: i64,
) -> Vec<(usize, String)> {
    let mut labels = Vec::new();
    let mut free_from = 0;
    // The date of a label that has none.
    let first = window.start().filter(|_| !has_dates).and_then(|it| zoned(zone, it));
    let mut date = first.map(|it| it.date());
    for nth in 0..window.len() {
        let (start, cell) = (window.edges[nth], window.cells_of(nth, cells).start);
        if cell < free_from || start_of(zone, tick, start) != start {
            continue;
        }
        let Some(time) = zoned(zone, start) else { continue };
        let form = match window.width {
            DAY.. => "╵%Y-%m-%d",
            _ if date != Some(time.date()) => match window.width {
                60.. => "╵%m-%d %H:%M",
                _ => "╵%m-%d %H:%M:%S",
            },
            60.. => "╵%H:%M",
            _ => "╵%H:%M:%S",
        };
        let mut label = time.strftime(form).to_string();
        if window.width < DAY && is_shown_twice(&time) {
            label += &time.strftime("%:z").to_string();
        }
        if cells < cell + width(&label) {
            continue;
        }
        date = Some(time.date());
        free_from = cell + width(&label) + 1;
        labels.push((cell, label));
    }
    labels
}

/// The least width in seconds of bars whose labels have space side by side; of days, each
/// may have one.
fn tick(window: &Window, cells: usize, has_dates: bool) -> i64 {
    let label = match window.width {
        DAY.. => return window.width,
        60.. if has_dates => 13,
        60.. => 7,
        _ => 10,
    };
    // In cells, of which the bars have equally many.
    let fits = |it: &i64| {
        let bars = i128::from(it / window.width);
        (window.len() as i128) * label <= bars * (cells as i128)
    };
    let mut widths = widths().filter(|it| it % window.width == 0);
    widths.find(fits).unwrap_or(window.width)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn window(width: i64, from: i64, len: i64) -> Window {
        Window { width, edges: (0..=len).map(|it| from + it * width).collect(), cursor: 0 }
    }

    fn drawn(window: &Window, has_dates: bool) -> String {
        drawn_in(window, window.len(), has_dates)
    }

    fn drawn_in(window: &Window, cells: usize, has_dates: bool) -> String {
        let mut row = String::new();
        for (cell, label) in labels(window, cells, &TimeZone::UTC, has_dates) {
            row += &" ".repeat(cell - width(&row));
            row += &label;
        }
        row
    }

    #[test]
    fn times_stand_at_full_minutes_and_the_date_where_the_day_changes() {
        // 2026-11-22 23:58:00 UTC.
        let from = 1_795_391_880;
        assert_eq!(drawn(&window(1, from, 25), false), "╵23:58:00 ╵23:58:10");
        assert_eq!(drawn(&window(5, from, 50), false), "╵23:58:00   ╵23:59:00   ╵11-23 00:00:00");
        assert_eq!(drawn(&window(60, from, 30), true), "  ╵11-23 00:00   ╵00:15");
        assert_eq!(drawn(&window(DAY, from / DAY * DAY, 30), true), "╵2026-11-22 ╵2026-12-04");
    }

    #[test]
    fn times_that_the_clock_shows_twice_have_their_offset() {
        // 2026-10-25 00:30 UTC; at 01:00 the clock of Berlin is set from 03:00 to 02:00.
        let window = window(60, 1_792_888_200, 120);
        let berlin = TimeZone::posix("CET-1CEST,M3.5.0,M10.5.0/3").unwrap();
        let labels: Vec<_> =
            labels(&window, window.len(), &berlin, true).into_iter().map(|it| it.1).collect();
        let shown = ["╵10-25 02:30+02:00", "╵02:00+01:00", "╵02:30+01:00", "╵03:00"];
        assert!(shown.iter().all(|it| labels.contains(&(*it).to_owned())), "{labels:?}");
    }

    #[test]
    fn wide_bars_have_as_many_times_as_fit() {
        // 2026-11-22 06:02:03 UTC.
        let from = 1_795_327_323;
        let drawn = |width, len, cells, has_dates| {
            drawn_in(&window(width, from - from % width, len), cells, has_dates)
        };
        let ten_seconds = "       ╵06:02:04     ╵06:02:06     ╵06:02:08     ╵06:02:10";
        assert_eq!(drawn(1, 10, 70, false), ten_seconds);
        assert_eq!(drawn(1, 7, 20, true), "     ╵11-22 06:02:05");
        let minutes = "╵11-22 06:02:00 ╵06:03:00        ╵06:04:00";
        assert_eq!(drawn(5, 30, 42, true), minutes);
        assert_eq!(drawn(15, 2, 16, true), "╵11-22 06:02:00");
    }

    proptest! {
        #[test]
        fn no_label_overlaps_another_or_the_end(
            nth in 0_usize..22,
            from in 0_i64..4_000_000_000,
            len in 1_i64..200,
            wider in 0_usize..200,
            has_dates: bool,
        ) {
            let bar = widths().nth(nth).unwrap_or(1);
            let start = start_of(&TimeZone::UTC, bar, from);
            let cells = usize::try_from(len).unwrap() + wider;
            let window = window(bar, start, len);
            let labels = labels(&window, cells, &TimeZone::UTC, has_dates);
            let mut free_from = 0;
            for (cell, label) in &labels {
                prop_assert!(free_from <= *cell);
                free_from = cell + width(label) + 1;
                prop_assert!(free_from <= cells + 1);
            }
            prop_assert!(!labels.is_empty() || cells < 16, "{:?}", window);
        }
    }
}
