//! The dashboard against a slow and obvious model: after any deliveries and keys
//! the counts on the screen are those of the deliveries sent.

mod gauge;

use std::collections::BTreeMap;

use imscope::callback::Delivery;
use imscope_test_support::cases;
use proptest::prelude::*;
use serde_json::Value;

use crate::journeys::chat::{Chat, answer, body, forged};
use crate::journeys::harness::Journey;
use gauge::{Gauge, change};

const USERS: [&str; 4] = ["alice", "bob", "小明", "jared"];
const CODES: [i64; 3] = [80_001, 20_007, 120_004];
/// Keys that neither quit nor clear.
const KEYS: [&str; 18] = [
    "j", "k", "g", "G", "tab", "enter", "esc", "z", "]", "[", "n", "space", "F", "l", "x", "w",
    "m", "?",
];

/// A step of a journey.
#[derive(Debug, Clone)]
enum Step {
    Text {
        from: usize,
        to: usize,
        unread: i64,
    },
    Fails {
        from: usize,
        to: usize,
        code: usize,
    },
    Older {
        from: usize,
        to: usize,
    },
    Reads {
        user: usize,
        peer: usize,
    },
    Again(prop::sample::Index),
    Forged {
        from: usize,
        to: usize,
    },
    /// A "before" callback that is answered with this code.
    Asks {
        from: usize,
        to: usize,
        code: i64,
    },
    Broken(u8),
    Probe,
    Key(usize),
}

fn step() -> impl Strategy<Value = Step> {
    let pair = || (0..USERS.len(), 1..USERS.len()).prop_map(|(a, b)| (a, (a + b) % USERS.len()));
    prop_oneof![
        6 => (pair(), -1_i64..60).prop_map(|((from, to), unread)| Step::Text { from, to, unread }),
        2 => (pair(), 0..CODES.len()).prop_map(|((from, to), code)| Step::Fails { from, to, code }),
        2 => pair().prop_map(|(from, to)| Step::Older { from, to }),
        2 => pair().prop_map(|(user, peer)| Step::Reads { user, peer }),
        2 => any::<prop::sample::Index>().prop_map(Step::Again),
        1 => pair().prop_map(|(from, to)| Step::Forged { from, to }),
        2 => (pair(), prop::sample::select(vec![0, 1, 2, 120_001]))
            .prop_map(|((from, to), code)| Step::Asks { from, to, code }),
        1 => (0_u8..3).prop_map(Step::Broken),
        1 => Just(Step::Probe),
        5 => (0..KEYS.len()).prop_map(Step::Key),
    ]
}

/// The counts on the screen.
#[derive(Debug, Default, PartialEq)]
struct Shown {
    seen: u64,
    duplicate: u64,
    older: u64,
    odd: u64,
    refused: u64,
    unread: BTreeMap<String, String>,
    failures: BTreeMap<i64, u64>,
}

/// The counts of all deliveries sent.
fn model(sent: &[Delivery]) -> Shown {
    let mut shown = Shown::default();
    let mut counted: Vec<(&[u8], Value)> = Vec::new();
    let mut gauges: BTreeMap<String, Gauge> = BTreeMap::new();
    for delivery in sent.iter().filter(|it| it.method == "POST") {
        shown.seen += 1;
        if delivery.answer.status == 403 {
            shown.refused += 1;
            continue;
        }
        let json: Value = serde_json::from_slice(&delivery.body).unwrap_or_default();
        let duplicate = counted.iter().any(|(body, _)| **body == *delivery.body);
        let unknown = json["UnreadMsgNum"] == -1 && json["SendMsgResult"] == 0;
        shown.odd += u64::from(json.is_null() || unknown);
        shown.duplicate += u64::from(duplicate);
        if is_message(&json) {
            let newer = |other: &Value| same_chat(&json, other) && time(&json) < time(other);
            let older = counted.iter().any(|(_, it)| is_message(it) && newer(it));
            shown.older += u64::from(older && !duplicate);
            let code = json["SendMsgResult"].as_i64().unwrap();
            if code != 0 && !duplicate {
                *shown.failures.entry(code).or_default() += 1;
            }
        }
        if let Some(change) = change(&json).filter(|_| !duplicate) {
            change.apply(&mut gauges);
        }
        counted.push((&delivery.body, json));
    }
    shown.unread = gauges.into_iter().map(|(user, gauge)| (user, gauge.text())).collect();
    shown
}

/// How many "before" callbacks were answered with each code.
fn decided(sent: &[Delivery]) -> [(&'static str, usize); 4] {
    let asked = sent.iter().filter(|it| it.target.contains("CallbackBeforeSendMsg"));
    let codes: Vec<_> = asked
        .map(|it| serde_json::from_slice::<Value>(&it.answer.body).unwrap()["ErrorCode"].clone())
        .collect();
    let count = |accepted: &[i64]| {
        codes.iter().filter(|it| accepted.iter().any(|code| **it == *code)).count()
    };
    [
        ("allowed", count(&[0])),
        ("denied", count(&[1, 120_001])),
        ("dropped", count(&[2])),
        ("code:120001", count(&[120_001])),
    ]
}

fn is_message(json: &Value) -> bool {
    json["CallbackCommand"] == "C2C.CallbackAfterSendMsg"
}

fn time(json: &Value) -> i64 {
    json["MsgTime"].as_i64().unwrap()
}

fn same_chat(one: &Value, other: &Value) -> bool {
    let ends = |it: &Value| {
        let mut ends = [it["From_Account"].to_string(), it["To_Account"].to_string()];
        ends.sort();
        ends
    };
    ends(one) == ends(other)
}

/// Reads a screen as a user would.
fn read(rows: &[String]) -> Shown {
    let number = |it: &str| it.parse().unwrap_or_else(|_| panic!("{it:?} in\n{}", rows.join("\n")));
    let mut shown = Shown::default();
    let header: Vec<_> = rows[0].split_whitespace().collect();
    shown.seen = number(header[header.len() - 2]);
    let mut pane = "";
    for row in &rows[1..] {
        for title in ["Unread", "Failures", "Traffic", "Detail"] {
            if row.contains(&format!("╭ {title} ")) {
                pane = title;
            }
        }
        let Some(line) = row.trim_end().strip_suffix('│') else { continue };
        let words: Vec<_> = line.rsplit('│').next().unwrap().split_whitespace().collect();
        match (pane, &words[..]) {
            ("Unread", [user, count, _, ..]) if USERS.contains(user) => {
                _ = shown.unread.insert((*user).to_owned(), (*count).to_owned());
            }
            ("Failures", [code, .., count, share]) if share.ends_with('%') => {
                _ = shown.failures.insert(code.parse().unwrap(), number(count));
            }
            ("Traffic", ["dup", dup, "older", older, "odd", odd, "refused", refused]) => {
                shown.duplicate = number(dup);
                shown.older = number(older);
                shown.odd = number(odd);
                shown.refused = number(refused);
            }
            _ => {}
        }
    }
    shown
}

/// What a step sends; keys send nothing.
fn sends(step: &Step, chat: &mut Chat, sent: &[Delivery]) -> Option<Delivery> {
    Some(match step {
        Step::Text { from, to, unread } => chat.sends_text(USERS[*from], USERS[*to], "hi", *unread),
        Step::Fails { from, to, code } => chat.fails(USERS[*from], USERS[*to], "no", CODES[*code]),
        Step::Older { from, to } => chat.older(USERS[*from], USERS[*to], "older"),
        Step::Reads { user, peer } => chat.reads(USERS[*user], USERS[*peer]),
        Step::Forged { from, to } => forged(chat.sends_text(USERS[*from], USERS[*to], "me", 99)),
        Step::Asks { from, to, code } => {
            chat.asks(USERS[*from], USERS[*to], "may I?", answer(*code, "", ""))
        }
        Step::Broken(nth) => body(format!("{{\"broken\": {nth}, //")),
        Step::Probe => Delivery { method: "GET".into(), ..body("") },
        Step::Again(_) if sent.is_empty() => return None,
        Step::Again(which) => which.get(sent).clone(),
        Step::Key(_) => return None,
    })
}

fn check(steps: &[Step]) {
    let mut chat = Chat::new();
    let mut sent: Vec<Delivery> = Vec::new();
    let mut journey = Journey::at(150, 44);
    for step in steps {
        if let Step::Key(nth) = step {
            journey = journey.press(KEYS[*nth]);
        }
        if let Some(delivery) = sends(step, &mut chat, &sent) {
            sent.push(delivery.clone());
            journey = journey.queue([delivery]);
        }
    }
    // Out of wherever the keys have led.
    journey = journey.press("esc esc esc esc esc esc F");
    if journey.screen().contains("PAUSED") || journey.screen().contains("paused") {
        journey = journey.press("space");
    }
    let screen = journey.screen();
    let expected = model(&sent);
    assert_eq!(read(&journey.buffer_rows()), expected, "\n{screen}");
    // Each decision is found by its word.
    for (word, found) in decided(&sent).into_iter().filter(|_| expected.seen != 0) {
        journey = journey.press("/ ctrl-u").type_text(word).press("enter");
        journey = journey.shows(&[&format!("{found} of {}", expected.seen)]);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: cases(32), failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_screen_counts_what_was_sent(steps in prop::collection::vec(step(), 1..80)) {
        check(&steps);
    }
}

#[test]
fn past_counterexamples_pass() {
    check(&[Step::Probe]);
    check(&[Step::Broken(0), Step::Broken(0), Step::Key(11), Step::Broken(1)]);
    check(&[Step::Asks { from: 0, to: 1, code: 120_001 }, Step::Older { from: 0, to: 1 }]);
    let forged = Step::Forged { from: 0, to: 1 };
    check(&[forged, Step::Text { from: 0, to: 1, unread: 3 }, Step::Older { from: 1, to: 0 }]);
}
