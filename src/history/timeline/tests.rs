//! Tests of the timeline: counts by bucket, eviction, memory.

use super::*;
use crate::history::RowId;

fn row(second: i64, took: u32, flags: Flags, result: Option<i32>) -> Row<'static> {
    Row {
        id: RowId::FIRST,
        at: Timestamp::from_secs(second),
        app: "",
        word: "",
        from: "",
        to: "",
        kinds: 0,
        result,
        other_failures: &[],
        refused: None,
        unread: None,
        msg_time: None,
        key: 0,
        other_keys: &[],
        size: 0,
        took,
        flags,
    }
}

fn timeline(seconds: impl IntoIterator<Item = i64>) -> Timeline {
    let mut timeline = Timeline::default();
    seconds.into_iter().for_each(|it| timeline.add(&row(it, 100, Flags::default(), None)));
    timeline
}

fn counts(timeline: &Timeline, from: i64, width: i64, count: usize) -> Vec<u32> {
    timeline.buckets(from, width, count).iter().map(|it| it.callbacks).collect()
}

#[test]
fn callbacks_are_counted_in_the_bucket_of_their_second_in_any_order() {
    let timeline = timeline([103, 100, 101, 100, 107]);
    assert_eq!(timeline.span(), Some(100..108));
    assert_eq!(counts(&timeline, 100, 1, 4), [2, 1, 0, 1]);
    assert_eq!(counts(&timeline, 99, 5, 3), [4, 1, 0]);
    assert_eq!(counts(&timeline, 0, 1, 2), [0, 0]);
}

#[test]
fn what_was_sent_again_is_counted_but_not_as_a_failure() {
    let mut timeline = Timeline::default();
    timeline.add(&row(5, 0, Flags::default(), Some(80001)));
    timeline.add(&row(5, 0, Flags::REFUSED, None));
    timeline.add(&row(5, 0, Flags::RESENT, Some(80001)));
    timeline.add(&row(5, 0, Flags::default(), Some(0)));
    let buckets = timeline.buckets(5, 1, 1);
    let [Bucket { callbacks, failed, refused, .. }] = &buckets[..] else { panic!("one bucket") };
    assert_eq!((*callbacks, *failed, *refused), (4, 1, 1));
}

#[test]
fn quantiles_are_near_the_times_of_the_answers_of_a_bucket() {
    let mut timeline = Timeline::default();
    let mut add = |second, took| timeline.add(&row(second, took, Flags::default(), None));
    (0..97).for_each(|_| add(5, 1_000));
    for second in [5, 5, 6] {
        add(second, 1_700_000);
    }
    add(7, 35);
    add(8, u32::MAX);
    let is_near = |bucket: &Bucket, fraction, took: u32| {
        let found = bucket.latency_quantile(fraction).unwrap();
        u64::from(found.abs_diff(took)) * 100 <= u64::from(took) * 5
    };
    let minute = &timeline.buckets(0, 60, 1)[0];
    assert!(is_near(minute, 0.005, 35) && is_near(minute, 0.5, 1_000), "{minute:?}");
    assert!(is_near(minute, 0.98, 1_700_000) && is_near(minute, 1.0, u32::MAX), "{minute:?}");
    for (second, took) in [(6, 1_700_000), (7, 35), (8, u32::MAX)] {
        let bucket = &timeline.buckets(second, 1, 1)[0];
        assert!(is_near(bucket, 0.5, took) && is_near(bucket, 0.99, took), "{took}: {bucket:?}");
    }
    assert_eq!(Bucket::default().latency_quantile(0.5), None);
}

#[test]
fn more_answers_than_a_count_holds_keep_their_proportions() {
    let mut timeline = Timeline::default();
    for nth in 0..400_000 {
        let took = if nth % 10 == 0 { 1_000_000 } else { 1_000 };
        timeline.add(&row(5, took, Flags::default(), None));
    }
    let bucket = &timeline.buckets(5, 1, 1)[0];
    assert_eq!(bucket.callbacks, 400_000);
    let quantile = |it| bucket.latency_quantile(it).unwrap_or_default();
    assert!(quantile(0.85) < 1_100 && 900_000 <= quantile(0.95));
    let mut sum = bucket.clone();
    sum.merge(bucket);
    assert_eq!(sum.latency_quantile(0.95), bucket.latency_quantile(0.95));
    assert_eq!(sum.latency_quantile(0.85), bucket.latency_quantile(0.85));
}

#[test]
fn old_seconds_become_minutes_hours_and_days_and_no_callback_is_lost() {
    let (hour, day) = (3_600, 86_400);
    // An hour of every week for two years, then three hours without a pause.
    let weeks = (1..105).map(|it| it * 7 * day);
    let end = 105 * 7 * day;
    let timeline = timeline(weeks.chain(end..end + 3 * hour));
    let sum = |from, width, count| -> u32 { counts(&timeline, from, width, count).iter().sum() };
    assert_eq!(timeline.span(), Some(7 * day..end + 3 * hour));
    assert_eq!(sum(0, day, 105 * 7 + 1), 104 + 3 * 3_600);
    assert_eq!(timeline.finest_width(end + 2 * hour), 1);
    assert_eq!(timeline.finest_width(end), 60);
    assert_eq!(sum(end, 60, 180), 3 * 3_600);
    assert_eq!(sum(end + 2 * hour, 1, 3_600), 3_600);
}

#[test]
fn a_time_far_ahead_costs_neither_memory_nor_what_was_before() {
    let timeline = timeline([100, 101, i64::from(u32::MAX) * 1_000]);
    assert_eq!(counts(&timeline, 100, 1, 2), [1, 1]);
    assert!(timeline.memory_bytes() < 10_000);
}

#[test]
fn memory_is_bounded() {
    let all = timeline((1..50_001).map(|it| it * 61));
    assert!(all.memory_bytes() < 4 << 20, "{}", all.memory_bytes());
    // A day of seconds that have answers of each length.
    let mut busy = Timeline::default();
    for second in 1..86_400 {
        for took in [20, 1_000, 50_000, 2_000_000] {
            busy.add(&row(second, took, Flags::default(), None));
        }
    }
    assert!(busy.memory_bytes() < 8 << 20, "{}", busy.memory_bytes());
    let older_first = timeline((1..50_001).rev().map(|it| it * 61));
    assert_eq!(older_first.span(), Some(0..50_000 * 61 + 1));
    assert!(older_first.memory_bytes() < 4 << 20);
}

#[test]
fn buckets_of_any_length_are_those_of_a_slow_count() {
    let seconds: Vec<_> = (1..7_000).map(|it| it * it % 200_003 + 1_000_000).collect();
    let timeline = timeline(seconds.iter().copied());
    let edges = [1_000_020, 1_000_021, 1_003_600, 1_008_000, 1_100_000, 1_100_007];
    let slow = |it: &[i64]| seconds.iter().filter(|at| (it[0]..it[1]).contains(at)).count();
    let found = timeline.buckets_between(&edges);
    let found: Vec<_> = found.iter().map(|it| it.callbacks as usize).collect();
    assert_eq!(found, edges.windows(2).map(slow).collect::<Vec<_>>());
    assert_eq!(
        counts(&timeline, 1_000_800, 3_600, 3),
        [1_000_800, 1_004_400, 1_008_000]
            .map(|from| { u32::try_from(slow(&[from, from + 3_600])).unwrap() })
    );
    assert_eq!((timeline.buckets_between(&[]), timeline.buckets_between(&[7])), (vec![], vec![]));
}

#[test]
fn a_body_without_a_time_is_at_no_time() {
    assert_eq!(timeline([0]).span(), None);
    assert_eq!(timeline([0, 7]).span(), Some(7..8));
}
