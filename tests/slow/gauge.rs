//! The unread gauge against what is known of a made-up chat: callbacks of two
//! applications arrive shuffled, and the clock of Tencent differs from ours.
//!
//! Two things are compared with it. After each callback, a slow model that reads all
//! callbacks so far from the first; after the last, the count that is true by
//! Tencent's clock.

use std::time::{Duration, Instant};

use imscope::callback::{Delivery, Timestamp};
use imscope::history::{History, HistoryConfig};

/// Chats that are tried by default.
const CHATS: u64 = 300;
/// The beginning of each chat in seconds since the Unix epoch.
const START: i64 = 1_763_000_000;
const APPS: [&str; 2] = ["1400000001", "1400000002"];
const USERS: [&str; 2] = ["maya", "lin"];
const SENDERS: [&str; 3] = ["bo", "cy", "di"];

/// A change of the unread count of a user.
#[derive(Debug, Clone)]
struct Event {
    app: &'static str,
    user: &'static str,
    /// Sender and `MsgSeq` of a message.
    message: Option<(&'static str, u64)>,
    /// The count, and whether it is in the body.
    count: u32,
    has_count: bool,
    /// When it happens by Tencent's clock, in milliseconds from the start.
    millis: i64,
    /// Whether the body has that time.
    has_time: bool,
    /// Whether the body has a time that has not come yet.
    is_ahead: bool,
    /// When it arrives by Tencent's clock.
    arrival: i64,
    text: String,
}

impl Event {
    /// Its time in seconds, if one can be read from the body.
    fn second(&self) -> Option<i64> {
        (self.has_time && !self.is_ahead).then_some(START + self.millis.div_euclid(1000))
    }

    fn is_of(&self, other: &Self) -> bool {
        (self.app, self.user) == (other.app, other.user)
    }
}

/// A chat in the order of arrival.
fn chat(rng: &mut fastrand::Rng) -> Vec<Event> {
    let mut counts = [[0_u32; USERS.len()]; APPS.len()];
    let mut seqs = [[[0_u64; SENDERS.len()]; USERS.len()]; APPS.len()];
    let (mut millis, delay) = (0, rng.i64(0..6000));
    let mut events: Vec<Event> = Vec::new();
    for nth in 0..rng.u64(2..30) {
        let pause = [40, 400, 3000][rng.usize(0..3)];
        millis += rng.i64(0..pause);
        let (app, user) = (rng.usize(0..APPS.len()), rng.usize(0..USERS.len()));
        let count = &mut counts[app][user];
        let sender = rng.usize(0..SENDERS.len());
        let kind = rng.u8(0..10);
        let mut message = None;
        match kind {
            0 => *count = 0,
            1 => *count = count.saturating_sub(1),
            _ => {
                let seq = &mut seqs[app][user][sender];
                *seq = if *seq == 0 { rng.u64(1..4_000_000_000) } else { *seq + rng.u64(1..9) };
                *count += 1;
                message = Some((SENDERS[sender], *seq));
            }
        }
        let mut event = Event {
            app: APPS[app],
            user: USERS[user],
            message,
            count: *count,
            has_count: rng.u8(0..8) > 0,
            millis,
            has_time: rng.u8(0..8) > 0,
            is_ahead: rng.u8(0..16) == 0,
            arrival: millis + rng.i64(0..=delay),
            text: String::new(),
        };
        event.text = body(&event, kind, nth);
        // Only arrival orders what has no time: it overtakes nothing, and is not overtaken.
        let earlier = events.iter().filter(|it| it.is_of(&event));
        if event.second().is_none() {
            let last = earlier.map(|it| it.arrival).max().unwrap_or(0);
            event.arrival = event.arrival.max(last);
        } else {
            let untimed = earlier.filter(|it| it.second().is_none());
            event.arrival = event.arrival.max(untimed.map(|it| it.arrival).max().unwrap_or(0));
        }
        events.push(event);
    }
    events.sort_by_key(|it| it.arrival);
    events
}

fn body(event: &Event, kind: u8, nth: u64) -> String {
    let millis = match event.is_ahead {
        true => 1000 * (START + 1_000_000),
        false => 1000 * START + event.millis,
    };
    let count =
        if event.has_count { format!(r#","UnreadMsgNum":{}"#, event.count) } else { String::new() };
    let user = event.user;
    match event.message {
        Some((from, seq)) => {
            let time = if event.has_time {
                format!(r#","MsgTime":{}"#, millis / 1000)
            } else {
                String::new()
            };
            format!(
                r#"{{"CallbackCommand":"C2C.CallbackAfterSendMsg","From_Account":"{from}","To_Account":"{user}","MsgSeq":{seq},"MsgKey":"{seq}_{nth}_1"{time}{count}}}"#
            )
        }
        None => {
            let time =
                if event.has_time { format!(r#","EventTime":"{millis}""#) } else { String::new() };
            let (command, parties) = match kind {
                0 => ("MsgReport", format!(r#""Report_Account":"{user}","Peer_Account":"bo""#)),
                _ => (
                    "MsgWithDraw",
                    format!(r#""From_Account":"bo","To_Account":"{user}","MsgKey":"1_{nth}_1""#),
                ),
            };
            format!(
                r#"{{"CallbackCommand":"C2C.CallbackAfter{command}",{parties},"More":{nth}{time}{count}}}"#
            )
        }
    }
}

/// The gauge of a user as text, such as `~4`; empty without one.
fn shown(history: &History, app: &str, user: &str) -> String {
    history.unread().of(app, user).map_or(String::new(), |it| {
        format!("{}{}", if it.is_doubtful() { "~" } else { "" }, it.count)
    })
}

/// The gauge after some events of one user in the order of arrival.
fn slow(events: &[&Event]) -> String {
    let mut current: Option<(i64, &Event)> = None;
    let mut doubt = None;
    for event in events {
        let newest = current.map_or(0, |(second, _)| second).max(doubt.unwrap_or(0));
        let second = event.second().unwrap_or(newest);
        let is_late = current.is_some_and(|(last, it)| {
            let is_earlier_message = match (event.message, it.message) {
                (Some((from, seq)), Some((other, newer))) => from == other && seq < newer,
                _ => false,
            };
            second < last || second == last && is_earlier_message
        });
        if is_late {
        } else if event.has_count {
            current = Some((second, event));
            doubt = doubt.filter(|it| second < *it);
        } else if current.is_some() {
            doubt = doubt.max(Some(second));
        }
    }
    let mark = if doubt.is_some() { "~" } else { "" };
    current.map_or(String::new(), |(_, it)| format!("{mark}{}", it.count))
}

/// Checks the gauge after the last event of a user, by the truth of Tencent's clock.
fn check_truth(events: &[&Event], shown: &str) {
    let Some(last) = events.iter().max_by_key(|it| it.millis) else { return };
    let second = |it: &Event| it.millis.div_euclid(1000);
    let rivals = events.iter().filter(|it| second(it) == second(last) || it.second().is_none());
    let is_alone = last.second().is_some() && rivals.count() == 1;
    // There is no gauge before the first count.
    let first = events.iter().find(|it| it.has_count);
    if !is_alone || first.is_none_or(|it| last.arrival <= it.arrival && !last.has_count) {
        return;
    }
    match last.has_count {
        true => assert_eq!(shown, last.count.to_string(), "the newest count is the last one"),
        false => assert!(shown.is_empty() || shown.starts_with('~'), "{shown} has changed since"),
    }
}

fn check(seed: u64) {
    let mut rng = fastrand::Rng::with_seed(seed);
    let events = chat(&mut rng);
    // Ours may be far ahead; behind by more than a minute all times are yet to come.
    let furthest = [50_000, 7_200_000][rng.usize(0..2)];
    let skew = rng.i64(-50_000..furthest);
    let mut history = History::new(HistoryConfig::default());
    let apply = |history: &mut History, event: &Event, later: i64| {
        history.apply(&Delivery {
            at: Timestamp((1000 * START + event.arrival + later + skew) * 1000),
            method: "POST".into(),
            target: format!("/?SdkAppid={}", event.app).into(),
            body: event.text.as_bytes().into(),
            ..Delivery::default()
        });
    };
    for (nth, event) in events.iter().enumerate() {
        apply(&mut history, event, 0);
        let of_user: Vec<_> = events[..=nth].iter().filter(|it| it.is_of(event)).collect();
        let expected = slow(&of_user);
        let text = || format!("seed {seed}: {of_user:#?}");
        assert_eq!(shown(&history, event.app, event.user), expected, "{}", text());
        let again = &events[rng.usize(0..=nth)];
        apply(&mut history, again, 1);
        assert_eq!(shown(&history, event.app, event.user), expected, "again: {}", text());
    }
    for event in &events {
        let of_user: Vec<_> = events.iter().filter(|it| it.is_of(event)).collect();
        check_truth(&of_user, &shown(&history, event.app, event.user));
    }
}

#[test]
#[expect(clippy::disallowed_methods, reason = "how long to search is given")]
fn the_gauge_is_that_of_a_slow_model_and_in_the_end_the_truth() {
    let given = std::env::var("IMSCOPE_GAUGE").map_or(0, |it| it.parse().unwrap());
    let (began, limit) = (Instant::now(), Duration::from_secs(given));
    let mut seed = 0;
    while seed < CHATS || began.elapsed() < limit {
        check(seed);
        seed += 1;
    }
}
