//! Combined filters with conditions on times, in zones whose clocks are set.

use jiff::tz::TimeZone;
use proptest::prelude::*;

use super::Example;
use super::properties::{Naive, leaf, subject, tree};
use super::slow_clock::{period, zone_and_second};
use crate::callback::Timestamp;
use crate::history::filter::Filter;
use crate::history::row::Row;
use crate::history::span::Span;

/// Seconds from the callback to the present.
const AGE: i64 = 10_000;

/// A zone, a filter, and a callback that arrived near the times in it.
fn case() -> impl Strategy<Value = (TimeZone, Naive, Example)> {
    let lags = prop::option::of(prop::sample::select(vec![0_i64, 1, 59, 3600, -5]));
    (zone_and_second(), lags, 0_i64..1_000_000).prop_flat_map(|((zone, at), lag, micros)| {
        let times = period(zone.clone(), at, at + AGE).prop_map(Naive::Time);
        let leaves = prop_oneof![3 => times, 1 => leaf()];
        let subject = subject().prop_map(move |it| {
            let msg_time = lag.map(|it| at - it);
            let row = Row { at: Timestamp(at * 1_000_000 + micros), msg_time, ..it.row };
            Example { row, ..it }
        });
        (Just(zone), tree(leaves), subject)
    })
}

proptest! {
    #[test]
    fn a_filter_with_times_matches_what_a_slow_clock_shows((zone, naive, it) in case()) {
        let now = it.row.at.secs() + AGE;
        let written = Filter::parse(&naive.text()).unwrap();
        prop_assert_eq!(&Filter::parse(&written.to_string()).unwrap(), &written, "{}", written);
        let filter = written.in_zone(&zone, Timestamp::from_secs(now));
        let expected = naive.matches(&it, &zone, now);
        let at = it.row.at;
        prop_assert_eq!(filter.matches(&it), expected, "{} at {:?} in {:?}", filter, at, zone);
        // What is excluded with all times around it does not match either.
        for around in [0, 1, 60, 3600, 7200, 43_200, 86_400, 400 * 86_400] {
            let edges = [-around, 0, around].map(|it| Timestamp(at.0 + it * 1_000_000));
            for span in [Span::at(edges[0]).with(at), Span::at(at).with(edges[2])] {
                prop_assert!(!(expected && filter.excludes(span)), "{} in {:?}", filter, span);
            }
        }
    }
}
