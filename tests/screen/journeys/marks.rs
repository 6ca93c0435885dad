//! Nothing personal is left in private mode: bodies like those of Tencent are marked
//! wherever an app or a user chooses a value, and no screen and no copy has a mark.
//!
//! `IMSCOPE_MUTATE=600` tries random bodies for so many seconds.

use std::fs;
use std::time::{Duration, Instant};

use imscope::callback::Lang::En;
use imscope::callback::json::Reason;
use imscope::callback::oddity::Oddity;
use imscope::callback::{Answer, AnsweredBy, AppReply, Delivery, Headers, decode, redact};
use imscope::command::demo::simulator::Simulator;
use imscope::dashboard::Request;
use imscope_test_support::corpus;
use serde_json::{Value, json};

use super::chat::{APP, Chat, START, body};
use super::harness::{Journey, words};

/// The marks: a word and a number. No pseudonym can contain one, because none has the
/// letters `l` and `o` or the digits 0 and 1.
const WORD: &str = "xiaolong";
const NUMBER: u64 = 13_800_138_000;
const MARKS: [&str; 3] = [WORD, "13800", "Xiaolong"];

/// Bodies that are tried by default.
const BODIES: u64 = 60;

/// Every body of the corpus, and of the demo.
fn bodies() -> Vec<Vec<u8>> {
    let corpus = corpus::bodies().into_iter().map(|it| fs::read(it).unwrap());
    let demo = Simulator::new(7, APP, START, 2.0, None).take(40).map(|it| it.sample.body);
    corpus.chain(demo).collect()
}

fn a_mark(rng: &mut fastrand::Rng) -> Value {
    match rng.u8(0..7) {
        0 => json!(NUMBER),
        1 => json!(-13_800.138),
        2 => json!(format!("{{\"Text\":\"{WORD}\",\"MsgSeq\":{NUMBER}}}")),
        3 => json!({ WORD: NUMBER, "Size": NUMBER, "Type": "Xiaolong" }),
        4 => json!([WORD, NUMBER, { "Xiaolong": [NUMBER] }]),
        5 => json!(format!("{NUMBER}")),
        _ => json!(format!("Xiaolong_{WORD}")),
    }
}

/// Marks some texts, and adds fields that Tencent does not have. Numbers and texts of
/// digits stay: they are of the protocol.
fn mark(value: &mut Value, rng: &mut fastrand::Rng) {
    match value {
        Value::String(text) if text.parse::<f64>().is_err() && rng.u8(0..3) == 0 => {
            *value = json!(format!("{WORD}{}", rng.u8(..)));
        }
        Value::String(text) if text.parse::<f64>().is_err() && rng.u8(0..4) == 0 => {
            *value = a_mark(rng);
        }
        Value::Array(items) => {
            items.iter_mut().for_each(|it| mark(it, rng));
            if rng.u8(0..6) == 0 {
                items.push(json!({ WORD: a_mark(rng) }));
            }
        }
        Value::Object(members) => {
            members.values_mut().for_each(|it| mark(it, rng));
            if rng.u8(0..4) == 0 {
                let names = [WORD, "Xiaolong", "xiaolong_Account", "Phone", "xiaolong@a.example"];
                members.insert(names[rng.usize(0..names.len())].to_owned(), a_mark(rng));
            }
        }
        _ => {}
    }
}

/// A body with marks; sometimes cut, or with something in it that is not JSON.
fn marked(body: &[u8], rng: &mut fastrand::Rng) -> Vec<u8> {
    let Ok(mut value) = serde_json::from_slice(body) else {
        return [body, WORD.as_bytes()].concat();
    };
    mark(&mut value, rng);
    let mut text = if rng.bool() { value.to_string() } else { format!("{value:#}") }.into_bytes();
    let at = rng.usize(0..=text.len());
    match rng.u8(0..8) {
        0 => text.truncate(at),
        1 => _ = text.splice(at..at, format!("// {WORD} {NUMBER}\n").into_bytes()),
        2 => text.insert(at, b"\xff\\',=\"x0"[rng.usize(0..8)]),
        _ => {}
    }
    text
}

/// A call with marks in everything around its body as well.
fn a_call(bodies: &[Vec<u8>], rng: &mut fastrand::Rng) -> Delivery {
    let mut any = || marked(&bodies[rng.usize(0..bodies.len())], rng);
    let (sent, answered, replied) = (any(), any(), any());
    let word = |it: bool| if it { WORD } else { "State.StateChange" };
    let plain = body(sent);
    let target = format!(
        "/{WORD}?SdkAppid={APP}&CallbackCommand={}&ClientIP={NUMBER}&OptPlatform={WORD}&{WORD}={NUMBER}&Xiaolong",
        word(rng.bool())
    );
    let headers: Headers = [
        ("host", WORD.as_bytes()),
        ("x-xiaolong", b"13800138000"),
        ("content-type", b"text/xiaolong"),
        ("user-agent", WORD.as_bytes()),
    ]
    .into_iter()
    .collect();
    let reply = AppReply {
        content_type: WORD.into(),
        headers: headers.clone(),
        body: replied,
        ..AppReply::default()
    };
    let answer = Answer {
        by: if rng.bool() { AnsweredBy::App } else { AnsweredBy::Imscope },
        body: answered.into(),
        content_type: Some(WORD.into()),
        headers: headers.clone(),
        trouble: vec![format!("it replied {WORD}")],
        app_reply: Some(Box::new(reply)),
        ..Answer::ok(5)
    };
    let target = if rng.bool() { target.into() } else { plain.target.clone() };
    Delivery { peer: "10.13.8.1:13800".into(), target, headers, answer, ..plain }
}

fn assert_no_mark(shown: &str, place: &str) {
    for mark in MARKS {
        assert!(!shown.contains(mark), "{place}: {mark:?} in\n{shown}");
    }
}

/// Copies whatever can be, and asserts that none of it has a mark.
fn assert_copies(mut journey: Journey, keys: &str) -> Journey {
    let before = journey.requests().len();
    journey = journey.press(keys);
    for effect in journey.requests().into_iter().skip(before) {
        let Request::Copy { copied, .. } = effect else { panic!("{effect:?}") };
        assert_no_mark(&String::from_utf8_lossy(&copied.text), &copied.label);
    }
    journey
}

/// Looks at every pane, tab and copy of some calls.
fn assert_hidden(deliveries: &[Delivery]) {
    let journey = Journey::at(160, 50).deliver(deliveries.to_vec());
    let mut journey = journey.press("p").shows(&[words("PRIVATE", En)]);
    for keys in ["", "2 z", "esc 3 z", "esc 1 z", "g", "F esc"] {
        journey = journey.press(keys);
        assert_no_mark(&journey.screen(), keys);
    }
    journey = journey.press("g m 4 z w");
    for delivery in deliveries {
        // Why it is not JSON is the same as of the original.
        let broken = decode(delivery).json.err().filter(|it| it.reason != Reason::Empty);
        let sentence = broken.map(|it| Oddity::NotJson(it).sentence(En));
        journey = journey.shows(&sentence.iter().map(String::as_str).collect::<Vec<_>>());
        journey = journey.press("D");
        assert_no_mark(&journey.screen(), "compare");
        journey = assert_copies(journey, "esc y Y c Y d Y k");
        for keys in ["", "l j", "x", "x", "x l", "l", "l"] {
            journey = match keys {
                "l j" => assert_copies(journey, "l j Y f Y p j Y f Y p"),
                _ => journey.press(keys),
            };
            assert_no_mark(&journey.screen(), keys);
        }
        // Back to the first tab, and on to the next callback.
        journey = journey.press("l z 1 j 4 z");
    }
    assert_copies(journey, "Y l");
}

/// What is odd about a body is the same when it is redacted.
fn assert_same_oddities(delivery: &Delivery) {
    if decode(delivery).json.is_ok() {
        let redacted = redact::redact(delivery, &|name| {
            format!("id-{}", name.as_bytes().iter().map(|it| format!("{it:x}")).collect::<String>())
        });
        let [had, has] = [delivery, &redacted].map(variants);
        assert_eq!(has, had, "{}", String::from_utf8_lossy(&delivery.body));
    }
}

/// The variants of a callback's oddities, but for the kind of a value: an id that is a
/// number is redacted to a string. The screen has that of the original.
fn variants(delivery: &Delivery) -> Vec<String> {
    let oddities = decode(delivery).oddities;
    let others = oddities.iter().filter(|it| !matches!(it, Oddity::Type { .. }));
    let name = |it: &Oddity<'_>| {
        format!("{it:?}").chars().take_while(|it| it.is_alphanumeric()).collect::<String>()
    };
    let mut names: Vec<_> = others.map(name).collect();
    names.sort();
    names
}

#[test]
fn no_mark_in_a_body_is_shown_or_copied() {
    let bodies = bodies();
    search(|rng| {
        let calls: Vec<_> = (0..4).map(|_| a_call(&bodies, rng)).collect();
        calls.iter().for_each(assert_same_oddities);
        assert_hidden(&calls);
    });
}

/// Tries cases, the same in every run; a longer run goes on from there.
#[expect(clippy::disallowed_methods, reason = "how long it runs is an option")]
fn search(check: impl Fn(&mut fastrand::Rng)) {
    let seconds = std::env::var("IMSCOPE_MUTATE").ok().map(|it| it.parse().unwrap());
    let limit = Duration::from_secs(seconds.unwrap_or_default());
    let (began, mut seed) = (Instant::now(), 0);
    while seed < BODIES / 4 || began.elapsed() < limit {
        let report = Report(seed);
        check(&mut fastrand::Rng::with_seed(seed));
        std::mem::forget(report);
        seed += 1;
    }
    if seconds.is_some() {
        report(&format!("{} bodies", seed * 4));
    }
}

/// Prints the seed when it is dropped by a panic.
struct Report(u64);

impl Drop for Report {
    fn drop(&mut self) {
        report(&format!("seed {}", self.0));
    }
}

#[expect(clippy::print_stderr, reason = "it explains a failed test, or how long a run was")]
fn report(text: &str) {
    eprintln!("{text}");
}

#[test]
fn without_private_mode_the_marks_are_shown() {
    let journey = Journey::at(160, 50).deliver([Chat::new().all(WORD)]);
    journey.shows(&[WORD]);
}
