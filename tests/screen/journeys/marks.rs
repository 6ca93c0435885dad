//! Nothing personal is left in private mode: bodies like those of Tencent are marked
//! wherever an app or a user chooses a value, and no screen and no copy has a mark.
//!
//! `IMSCOPE_MUTATE=600` tries random bodies for so many seconds.

mod calls;

use std::fs;
use std::time::{Duration, Instant};

use imscope::answer::mode::AnswerKind;
use imscope::callback::Lang::En;
use imscope::callback::json::Reason;
use imscope::callback::oddity::Oddity;
use imscope::callback::{Delivery, decode, redact};
use imscope::command::demo::simulator::Simulator;
use imscope::dashboard::{Request, Settings};
use imscope::edge::event_loop::Message;
use imscope_test_support::corpus;

use super::chat::{APP, Chat, START};
use super::harness::{Journey, found, words};
use calls::a_call;

/// The marks: a word and a number. No pseudonym can contain one, because none has the
/// letters `l` and `o` or the digits 0 and 1.
const WORD: &str = "xiaolong";
const NUMBER: u64 = 13_800_138_000;
const MARKS: [&str; 6] = [WORD, "Xiaolong", "13800", "3800138", "800,138", "10.13.8.1"];

/// Bodies that are tried by default.
const BODIES: u64 = 60;

/// Every body of the corpus, and of the demo.
fn bodies() -> Vec<Vec<u8>> {
    let corpus = corpus::bodies().into_iter().map(|it| fs::read(it).unwrap());
    let demo = Simulator::new(7, APP, START, 2.0, None).take(40).map(|it| it.sample.body);
    corpus.chain(demo).collect()
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

/// A dashboard whose options, tunnel and notice have marks, at the last of some calls.
fn at_last_of(deliveries: &[Delivery]) -> Journey {
    let set = |it: &mut Settings| {
        it.forward = Some(format!("http://{WORD}.example/"));
        it.sdk_app_id = Some("Xiaolong".to_owned());
        it.switchboard.mode.kind = AnswerKind::Fail(format!("{WORD} {NUMBER}"));
        it.token_file = Some(format!("/home/{WORD}/token"));
    };
    let journey = Journey::set(160, 50, set).press("p");
    assert_no_mark(&journey.screen(), "before the first one");
    let journey = journey.message(found(&format!("https://{WORD}.example")));
    assert_no_mark(&journey.screen(), "tunnel");
    let journey = journey.press("p").deliver(deliveries.to_vec());
    journey.message(Message::Notice(format!("no route to {WORD}").into()))
}

/// Looks at every pane, tab and copy of some calls.
fn assert_hidden(deliveries: &[Delivery]) {
    let mut journey = at_last_of(deliveries);
    journey = journey.press("p").shows(&[words("PRIVATE", En)]);
    assert_no_mark(&journey.screen(), "notice");
    for keys in ["", "2 z", "esc 3 z", "esc 1 z", "g", "F esc"] {
        journey = journey.press(keys);
        assert_no_mark(&journey.screen(), keys);
    }
    journey = journey.press("g m 4 z w");
    for delivery in deliveries {
        // Why it is not JSON is the same as of the original.
        let broken = decode(delivery).json.err().filter(|it| it.reason != Reason::Empty);
        let broken = broken.filter(|_| is_shown_in_full(delivery));
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

/// Whether the detail pane reads all of a body; of a part nothing is odd.
fn is_shown_in_full(delivery: &Delivery) -> bool {
    delivery.omitted_bytes == 0 && delivery.body.len() <= 64 << 10
}

/// What is odd about a body is the same when it is redacted.
fn assert_same_oddities(delivery: &Delivery) {
    if decode(delivery).json.is_ok() {
        let redacted = redact::redact(delivery, &|name| {
            name.bytes().fold("id-".to_owned(), |id, it| id + &it.to_string() + "-")
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
        let with_numbers = rng.bool();
        let calls: Vec<_> = (0..4).map(|_| a_call(&bodies, rng, with_numbers)).collect();
        if !with_numbers {
            calls.iter().for_each(assert_same_oddities);
        }
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
