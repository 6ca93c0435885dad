//! Tests of the timeline: its bars at each scale, its cursor and its marks.

mod places;

use jiff::tz::TimeZone;
use proptest::prelude::*;

use super::label::zoned;
use super::scale::DAY;
use super::*;
use crate::callback::{Delivery, Lang, Timestamp};
use crate::history::History;

static UTC: TimeZone = TimeZone::UTC;
/// 2026-11-22 06:02:00 UTC.
const START: i64 = 1_795_327_320;

fn history(seconds: impl IntoIterator<Item = i64>) -> History {
    let mut history = History::default();
    for at in seconds.into_iter().map(Timestamp::from_secs) {
        history.apply(&Delivery { at, method: "POST".into(), ..Delivery::default() });
    }
    history
}

fn scope<'a>(history: &'a History, zone: &'a TimeZone, cells: usize) -> Scope<'a> {
    let timeline = history.timeline();
    let span = timeline.span().unwrap();
    Scope { timeline, first: span.start, last: span.end - 1, zone, cells, fills: false }
}

/// Central Europe: on 2026-10-25 the clock is set back from 3 to 2.
fn berlin() -> TimeZone {
    TimeZone::posix("CET-1CEST,M3.5.0,M10.5.0/3").unwrap()
}

fn cursor(state: &TimelineState, scope: &Scope<'_>) -> i64 {
    state.window(scope).cursor_bar().unwrap().start
}

#[test]
fn the_shortest_bars_are_used_that_hold_all_of_the_time() {
    let cases = [
        (0, 1),
        (59, 1),
        (60, 2),
        (60 * 60 - 1, 60),
        (3 * DAY, 2 * 3_600),
        (59 * 365 * DAY, 365 * DAY),
        (200 * 365 * DAY, 4 * 365 * DAY),
    ];
    for (seconds, width) in cases {
        let history = history([DAY * 365, DAY * 365 + seconds]);
        let window = TimelineState::default().window(&scope(&history, &UTC, 60));
        assert_eq!((window.width, window.len()), (width, 60), "{seconds}");
        assert_eq!(window.cursor, 59, "the last bar is at the right end");
        let buckets = history.timeline().buckets_between(&window.edges);
        assert_eq!(buckets.iter().map(|it| it.callbacks).sum::<u32>(), 2);
    }
}

#[test]
fn the_cursor_stops_at_both_ends_and_follows_at_the_last_bar() {
    let history = history([START, START + 20]);
    let scope = scope(&history, &UTC, 60);
    let mut state = TimelineState::default();
    state.step(&scope, Step::Up);
    assert_eq!((cursor(&state, &scope), state.follows()), (START + 19, false));
    for (step, second) in [
        (Step::PageUp, 0),
        (Step::Up, 0),
        (Step::Down, 1),
        (Step::Top, 0),
        (Step::Down, 1),
        (Step::Bottom, 20),
        (Step::HalfUp, 0),
    ] {
        state.step(&scope, step);
        assert_eq!(cursor(&state, &scope), START + second, "{step:?}");
    }
    state.step(&scope, Step::PageDown);
    assert!(state.follows());
    let later = Scope { last: START + 30, ..scope };
    assert_eq!(cursor(&state, &later), START + 30);
}

#[test]
fn scaling_keeps_the_bar_under_the_cursor_in_its_cell() {
    let history = history([START, START + 50, START + 3_600]);
    let scope = scope(&history, &UTC, 70);
    let mut state = TimelineState::default();
    (0..60).for_each(|_| state.step(&scope, Step::Up));
    let before = state.window(&scope);
    assert_eq!(before.width, 60);
    assert!(state.scale(&scope, Direction::Next));
    let after = state.window(&scope);
    assert_eq!((after.width, after.cursor_bar().unwrap().start), (30, START));
    assert!(after.cursor <= before.cursor);
    while state.scale(&scope, Direction::Next) {}
    assert_eq!(state.window(&scope).width, 1);
    while state.scale(&scope, Direction::Previous) {}
    assert_eq!(state.window(&scope), before);
    assert!(!state.scale(&scope, Direction::Previous));
}

#[test]
fn bars_stay_where_they_are_until_the_cursor_leaves_them() {
    let history = history([START - 3_600, START + 3_600]);
    let scope = scope(&history, &UTC, 20);
    let mut state = TimelineState::default();
    (0..3).for_each(|_| state.step(&scope, Step::Up));
    state.scale(&scope, Direction::Next);
    let before = state.window(&scope);
    state.step(&scope, Step::Up);
    let after = state.window(&scope);
    assert_eq!((after.edges, after.cursor + 1), (before.edges.clone(), before.cursor));
    (0..before.cursor).for_each(|_| state.step(&scope, Step::Up));
    let moved = state.window(&scope);
    assert_eq!((moved.start().unwrap(), moved.cursor), (before.edges[0] - before.width, 0));
    state.show_all();
    assert_eq!(state.window(&scope).width, 600);
}

#[test]
fn bars_are_not_shorter_than_what_is_kept() {
    // Two hours of seconds are kept.
    let history = history((0..9_000).map(|it| START + it));
    let scope = scope(&history, &UTC, 60);
    let mut state = TimelineState::default();
    while state.scale(&scope, Direction::Next) {}
    assert_eq!(state.window(&scope).width, 1, "at the end");
    state.step(&scope, Step::Top);
    assert_eq!(state.window(&scope).width, 60);
    assert!(!state.scale(&scope, Direction::Next));
    state.step(&scope, Step::Bottom);
    assert_eq!(state.window(&scope).width, 1);
}

#[test]
fn days_begin_at_midnight_also_when_one_is_longer() {
    let zone = berlin();
    // 2026-10-20 12:00 to 2026-11-01 12:00 UTC.
    let history = history([1_792_497_600, 1_793_534_400]);
    let scope = scope(&history, &zone, 13);
    let window = TimelineState::default().window(&scope);
    assert_eq!((window.width, window.len()), (DAY, 13));
    let starts: Vec<_> = window.edges.iter().map(|it| zoned(&zone, *it).unwrap()).collect();
    assert!(starts.iter().all(|it| it.hour() == 0 && it.minute() == 0), "{starts:?}");
    assert_eq!(starts[0].date().day(), 20);
    let lengths: Vec<_> = window.edges.windows(2).map(|it| (it[1] - it[0]) / 3_600).collect();
    assert_eq!(lengths, [24, 24, 24, 24, 24, 25, 24, 24, 24, 24, 24, 24, 24]);
}

#[test]
fn two_marks_have_the_time_between_them_whatever_their_order() {
    let history = history([START, START + 20]);
    let scope = scope(&history, &UTC, 60);
    let mut state = TimelineState::default();
    state.toggle_mark(&scope);
    state.toggle_mark(&scope);
    assert!(!state.clear_marks(), "the second time unmarks");
    state.toggle_mark(&scope);
    (0..3).for_each(|_| state.step(&scope, Step::Up));
    let bar = state.window(&scope).cursor_bar().unwrap();
    assert_eq!(state.marked_or_to(&bar), START + 17..START + 21);
    state.toggle_mark(&scope);
    assert!(state.has_both_marks());
    state.step(&scope, Step::Top);
    let bar = state.window(&scope).cursor_bar().unwrap();
    assert_eq!(state.marked_or_to(&bar), START + 17..START + 21);
    state.toggle_mark(&scope);
    assert_eq!(state.marks(), [START + 17..START + 18, START..START + 1], "the first is removed");
    assert!(state.clear_marks());
    assert_eq!(state.marked_or_to(&bar), bar);
}

#[test]
fn a_drag_marks_the_bars_between_its_ends() {
    let history = history([START, START + 20]);
    let scope = scope(&history, &UTC, 60);
    let mut state = TimelineState::default();
    state.point_at(&scope, 50);
    assert_eq!(cursor(&state, &scope), START + 11);
    for (cell, mark) in [(53, 14), (50, 11), (45, 6), (45, 6)] {
        state.drag_to(&scope, cell);
        let bars = [11, mark].map(|it| START + it..START + it + 1);
        let len = if mark == 11 { 1 } else { 2 };
        assert_eq!(state.marks(), &bars[..len], "{cell}");
    }
    state.point_at(&scope, 60);
    assert_eq!(cursor(&state, &scope), START + 6, "beside the bars");
}

#[test]
fn times_are_as_exact_as_they_have_to_be() {
    let zone = TimeZone::fixed(jiff::tz::offset(8));
    let text = |range: Range<i64>, with_date| range_text(&range, &zone, with_date);
    assert_eq!(text(START + 10..START + 15, false), "14:02:10–14:02:15");
    assert_eq!(text(START..START + 60, true), "11-22 14:02–14:03");
    assert_eq!(text(START..START + DAY, false), "11-22 14:02–11-23 14:02");
    let midnight = START - START % DAY - 8 * 3_600;
    assert_eq!(text(midnight..midnight + DAY, false), "2026-11-22");
    assert_eq!(text(midnight..midnight + 7 * DAY, false), "2026-11-22–2026-11-28");
    assert_eq!(text(i64::MAX - 1..i64::MAX, false), "–");
    assert_eq!(width_text(Lang::En, 300), "5 min");
    assert_eq!(width_text(Lang::Zh, 2 * 3_600), "2 小时");
    let term = at_term(&(START + 11..START + 180), &zone);
    assert_eq!(term.unwrap(), "at:2026-11-22T14:02:11-14:04:59");
    let term = at_term(&(midnight..midnight + DAY), &zone);
    assert_eq!(term.unwrap(), "at:2026-11-22T00:00:00-23:59:59");
}

#[test]
fn an_hour_that_a_clock_shows_twice_has_its_offset_and_a_term_in_utc() {
    // 02:10 in UTC+2 and an hour later.
    for (second, offset, term) in [
        (1_792_887_000, "+02:00", "at:2026-10-25T00:10:00Z-00:14:59Z"),
        (1_792_890_600, "+01:00", "at:2026-10-25T01:10:00Z-01:14:59Z"),
    ] {
        let range = second..second + 300;
        assert_eq!(range_text(&range, &berlin(), false), format!("02:10–02:15 {offset}"));
        assert_eq!(at_term(&range, &berlin()).unwrap(), term);
    }
    let both = 1_792_887_000..1_792_890_600;
    assert_eq!(range_text(&both, &berlin(), false), "02:10 +02:00–02:10 +01:00");
    let day = 1_792_879_200..1_792_969_200;
    assert_eq!(at_term(&day, &berlin()).unwrap(), "at:2026-10-25T00:00:00-23:59:59");
}

proptest! {
    #[test]
    fn each_second_is_in_one_bar_that_begins_at_a_full_time(
        nth in 0_usize..22,
        second in 1_700_000_000_i64..2_000_000_000,
        in_berlin: bool,
    ) {
        let zone = if in_berlin { berlin() } else { TimeZone::fixed(jiff::tz::offset(8)) };
        let width = widths().nth(nth).unwrap();
        let start = start_of(&zone, width, second);
        let next = next_start(&zone, width, start);
        prop_assert!(start <= second && second < next);
        prop_assert_eq!(start_of(&zone, width, start), start);
        prop_assert_eq!(start_of(&zone, width, next - 1), start);
        prop_assert_eq!(start_of(&zone, width, next), next);
        let time = zoned(&zone, start).unwrap();
        prop_assert_eq!(i64::from(time.minute()) * 60 % width.min(3_600), 0);
        prop_assert!(width < DAY || time.hour() == 0);
        prop_assert!(width != 7 * DAY || time.weekday() == jiff::civil::Weekday::Monday);
    }

    #[test]
    fn any_keys_leave_the_cursor_on_one_of_the_bars(
        keys in prop::collection::vec(0_usize..11, 0..30),
        seconds in prop::collection::vec(1_790_000_000_i64..1_796_000_000, 1..10),
        cells in 1_usize..100,
        in_berlin: bool,
    ) {
        let history = history(seconds);
        let zone = if in_berlin { berlin() } else { TimeZone::UTC };
        let scope = scope(&history, &zone, cells);
        let mut state = TimelineState::default();
        let steps = [
            Step::Up, Step::Down, Step::PageUp, Step::PageDown, Step::HalfUp, Step::HalfDown,
            Step::Top, Step::Bottom,
        ];
        for key in keys {
            match key {
                0..8 => state.step(&scope, steps[key]),
                8 => _ = state.scale(&scope, Direction::Next),
                9 => _ = state.scale(&scope, Direction::Previous),
                _ => state.show_all(),
            }
            let window = state.window(&scope);
            prop_assert!(0 < window.len() && window.len() <= cells, "{:?}", window);
            prop_assert!(window.cursor < window.len(), "{:?}", window);
            prop_assert!(window.edges.is_sorted_by(|a, b| a < b), "{:?}", window);
            let bar = window.cursor_bar().unwrap();
            prop_assert!(scope.first < bar.end && bar.start <= scope.last, "{:?}", window);
        }
    }
}
