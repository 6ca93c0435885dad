//! Which of two changes of a count is the newer one, and which users are kept.

use super::*;

/// A change of the count of `a`, by a message of a sender, as (time, sender, `MsgSeq`).
fn message(count: u32, time: i64, from: &'static str, seq: u64) -> decode::Unread<'static> {
    let message = Some((from.into(), seq));
    decode::Unread { user: "a".into(), count: Some(count), time: Some(time), message }
}

/// A change of the count of `a` by a read or a recall.
fn other(count: Option<u32>, time: Option<i64>) -> decode::Unread<'static> {
    decode::Unread { user: "a".into(), count, time, message: None }
}

/// A count of a user, at a time of its own.
fn of_user(user: &'static str, count: u32, time: i64) -> decode::Unread<'static> {
    decode::Unread { user: user.into(), ..other(Some(count), Some(time)) }
}

fn ranked(unread: &Unread) -> Vec<(&str, u32)> {
    unread.ranked().map(|it| (it.user(), it.count)).collect()
}

/// Applies changes that arrive from second 1000 on, one a second.
#[track_caller]
fn check(changes: &[decode::Unread<'_>], expected: &str, as_of: i64) {
    let mut unread = Unread::with_limit(usize::MAX);
    for (change, at) in changes.iter().zip(1000..) {
        unread.apply("14", change, Timestamp::from_secs(at));
    }
    let gauge = unread.of("14", "a").unwrap();
    let doubt = if gauge.is_doubtful() { "~" } else { "" };
    assert_eq!((format!("{doubt}{}", gauge.count), gauge.time()), (expected.to_owned(), as_of));
}

#[test]
fn users_are_ordered_by_count_and_then_by_first_report() {
    let mut unread = Unread::with_limit(usize::MAX);
    for (user, count, time) in [("a", 1, 1), ("b", 7, 1), ("c", 1, 1), ("b", 3, 2)] {
        unread.apply("14", &of_user(user, count, time), Timestamp(0));
    }
    assert_eq!(ranked(&unread), [("b", 3), ("a", 1), ("c", 1)]);
}

#[test]
fn above_the_limit_the_lowest_count_is_removed() {
    let mut unread = Unread::with_limit(2 * USER_BYTES);
    for (user, count) in [("a", 5), ("b", 3), ("c", 4), ("d", 0), ("e", 1)] {
        unread.apply("14", &of_user(user, count, 1), Timestamp(0));
    }
    assert_eq!(ranked(&unread), [("a", 5), ("e", 1)], "a new user always is added");
}

#[test]
fn a_user_id_of_impossible_length_is_ignored() {
    let (name, longer) = ("u".repeat(MAX_NAME), "u".repeat(MAX_NAME + 1));
    let mut unread = Unread::with_limit(usize::MAX);
    for user in [&*name, &*longer] {
        let change = decode::Unread { user: user.into(), ..other(Some(1), Some(1)) };
        unread.apply("14", &change, Timestamp(0));
    }
    assert!(unread.of("14", &name).is_some() && unread.of("14", &longer).is_none());
}

#[test]
fn two_apps_share_no_gauge() {
    let mut unread = Unread::with_limit(usize::MAX);
    for (app, user, count) in [("14", "0a", 9), ("140", "a", 1), ("", "140a", 3)] {
        unread.apply(app, &of_user(user, count, 1), Timestamp(0));
    }
    let ranked: Vec<_> = unread.ranked().map(|it| (it.app(), it.user(), it.count)).collect();
    assert_eq!(ranked, [("14", "0a", 9), ("", "140a", 3), ("140", "a", 1)]);
    assert!(unread.has_several_apps());
}

#[test]
fn a_late_count_changes_nothing() {
    check(&[message(7, 10, "b", 5), message(2, 9, "b", 9)], "7", 10);
    check(&[message(7, 10, "b", 5), message(3, 10, "b", 4)], "7", 10);
    check(&[other(Some(0), Some(10)), message(3, 9, "b", 1)], "0", 10);
}

#[test]
fn within_a_second_only_messages_of_one_sender_are_ordered_by_seq() {
    check(&[message(1, 10, "b", 3_900_000_000), message(2, 10, "c", 17)], "2", 10);
    check(&[message(1, 10, "b", 5), other(Some(0), Some(10))], "0", 10);
    check(&[other(Some(0), Some(10)), message(1, 10, "b", 5)], "1", 10);
}

#[test]
fn what_has_no_time_is_ordered_by_arrival_and_holds_nothing_up() {
    check(&[message(4, 10, "b", 1), other(Some(3), None)], "3", 1001);
    check(&[message(4, 10, "b", 1), other(Some(3), None), message(4, 11, "b", 2)], "4", 11);
    check(&[other(Some(3), None), message(4, 11, "b", 2)], "4", 11);
    check(&[message(4, 10, "b", 1), other(Some(3), None), message(5, 9, "b", 3)], "3", 1001);
}

#[test]
fn a_newer_change_without_a_count_makes_the_count_doubtful() {
    let sent = message(4, 10, "b", 1);
    check(&[sent.clone(), other(None, Some(11))], "~4", 10);
    check(&[sent.clone(), other(None, Some(9))], "4", 10);
    check(&[sent.clone(), other(None, None)], "~4", 10);
    check(&[other(Some(4), None), other(None, None)], "~4", 1000);
    check(&[sent.clone(), other(None, Some(11)), other(Some(0), Some(12))], "0", 12);
    check(&[sent.clone(), other(None, Some(11)), other(Some(0), None)], "0", 1002);
    // Later than the count, but before the change that made it doubtful.
    check(&[sent, other(None, Some(20)), message(5, 15, "b", 2)], "~5", 15);
    let mut unread = Unread::with_limit(usize::MAX);
    unread.apply("14", &other(None, Some(11)), Timestamp(0));
    assert!(unread.is_empty(), "without a count there is no gauge");
}
