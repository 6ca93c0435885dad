//! Tests of filters by the time of arrival, which skip whole pages.

use jiff::tz::TimeZone;

use super::*;
use crate::callback::Timestamp;

/// 2025-11-13 02:13:20 UTC.
const START: i64 = 1_763_000_000;

fn filter(text: &str) -> Filter {
    Filter::parse(text).unwrap().in_zone(&TimeZone::UTC, Timestamp::from_secs(START))
}

/// The seconds after the start at which the callbacks that match were received.
fn found(history: &mut History, text: &str) -> Vec<i64> {
    history.set_filter(Some(filter(text)));
    while history.search(1) {}
    let (flow, matches) = (history.flow(), history.matches().unwrap());
    matches.ids().map(|it| flow.received_at(it).unwrap().secs() - START).collect()
}

/// Callbacks of a day and a half, with a clock that is set back for an hour now and then; each
/// fiftieth is refused.
fn history() -> (History, Vec<i64>) {
    let mut history = History::new(HistoryConfig { max_bytes: 8 << 20, sdk_app_id: None });
    let at = |nth: i64| nth * 43 - if nth % 700 < 20 { 3600 } else { 0 };
    for nth in 1..3000_i64 {
        let signature = if nth % 50 == 0 { Verdict::Wrong } else { Verdict::Unchecked };
        let delivery = numbered(nth.unsigned_abs(), signature, 10);
        history.apply(&Delivery { at: Timestamp::from_secs(START + at(nth)), ..delivery });
    }
    assert_eq!(history.flow().len(), 2999);
    (history, (1..3000).map(at).collect())
}

#[test]
fn a_page_is_skipped_only_if_none_of_its_callbacks_arrived_in_the_time() {
    let (mut history, all) = history();
    // 02:13:20 is the second 8000 of the day.
    let is_of_day =
        |from: i64, to: i64| move |it: &i64| (from..to).contains(&((it + 8000) % 86_400));
    let is_from = |hours: i64| move |it: &i64| hours * 3600 - 8000 <= *it;
    let expected = |is: &dyn Fn(&i64) -> bool| -> Vec<i64> {
        all.iter().copied().filter(|it| is(it)).collect()
    };
    for (text, is) in [
        ("at:03:14-03:15", &is_of_day(3 * 3600 + 840, 3 * 3600 + 960) as &dyn Fn(&i64) -> bool),
        ("at:23:50-00:10", &|it| !is_of_day(660, 23 * 3600 + 3000)(it)),
        ("at:23:50-00:10 | at:03:14", &|it| {
            !is_of_day(660, 23 * 3600 + 3000)(it) || is_of_day(11_640, 11_700)(it)
        }),
        ("at:2025-11-14T03:00-", &is_from(27)),
        ("before:2025-11-14T03:00 from_", &|it| !is_from(27)(it)),
        ("refused at:2025-11-13T05:00-06:00", &|it| {
            it % (43 * 50) == 0 && is_of_day(18_000, 21_660)(it) && !is_from(24)(it)
        }),
    ] {
        let mut expected = expected(is);
        let mut found = found(&mut history, text);
        assert!(!found.is_empty() && found.len() < all.len(), "{text}");
        // Where the clock is set back, the order is not that of time.
        expected.sort_unstable();
        found.sort_unstable();
        assert_eq!(found, expected, "{text}");
    }
}

#[test]
fn a_refused_callback_is_found_between_those_of_a_page_that_is_skipped() {
    let mut history = History::default();
    for (nth, (signature, at)) in
        [(Verdict::Unchecked, 0), (Verdict::Wrong, 3600), (Verdict::Unchecked, 1)]
            .into_iter()
            .enumerate()
    {
        let delivery = numbered(nth as u64 + 1, signature, 10);
        history.apply(&Delivery { at: Timestamp::from_secs(START + at), ..delivery });
    }
    assert_eq!(found(&mut history, "at:03:13"), [3600]);
}

#[test]
fn of_a_page_that_is_skipped_no_body_is_decompressed() {
    let (mut history, _) = history();
    let mut read = |text: &str| {
        let before = history.flow().decompressed_bytes();
        found(&mut history, text);
        history.flow().decompressed_bytes() - before
    };
    let [all, none, some] =
        ["from_", "at:2025-11-20 from_", "at:2025-11-13T05:00-05:30 from_"].map(&mut read);
    assert_eq!(none, 0);
    assert!(0 < some && some < all / 20, "{some} of {all}");
}
