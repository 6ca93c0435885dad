//! In Chinese no English sentence is left on the screen.

use imscope::answer::rule::{ACTIONS, Rule};
use imscope::answer::rule_file::form;
use imscope::callback::Lang::Zh;
use imscope::callback::trouble::{self, Trouble, reason};
use imscope::callback::{Answer, AnsweredBy, AppReply, Delivery, Origin, Refusal, Verdict};
use imscope::history::filter::{Filter, language};
use imscope_test_support::corpus;

use super::chat::{Chat, body};
use super::harness::Journey;
use crate::corpus::delivery;

/// English that stays: commands, what is typed, and what a body has in escapes.
const KEPT: [&str; 9] = [
    "cpolar http",
    "cloudflared tunnel",
    "ngrok http",
    "imscope send",
    "not now",
    "imscope replay",
    "deep inside",
    "one two",
    "from: to: user: code: type: failed denied",
];

/// The runs of two or more English words in lower case, but for commands in backticks.
fn sentences(text: &str) -> Vec<String> {
    let is_word = |it: &str| {
        let it = it.trim_end_matches([':', ';', '.']);
        2 <= it.len() && it.bytes().all(|it| it.is_ascii_lowercase() || it == b'\'')
    };
    let is_latin = |it: char| it.is_ascii_graphic() || it == ' ';
    let prose: String = text.split('`').step_by(2).collect();
    let parts = prose.split(|it: char| !is_latin(it)).flat_map(|it| it.split("  "));
    parts
        .flat_map(|part| {
            let words: Vec<_> = part.split([' ', '(', ')', '"', '`']).collect();
            let runs = words.split(|it| !is_word(it));
            runs.filter(|it| 2 <= it.len()).map(|it| it.join(" ")).collect::<Vec<_>>()
        })
        .collect()
}

/// The words of a text, with a space between them.
fn words(text: &str) -> String {
    let words = text.split(|it: char| !it.is_alphanumeric() && it != '\'');
    words.filter(|it| !it.is_empty()).collect::<Vec<_>>().join(" ")
}

/// Asserts that a text has no English sentence, but for those that a callback or what was
/// typed has.
fn assert_chinese(text: &str, given: &str) {
    let given = words(given);
    for sentence in text.lines().flat_map(sentences) {
        let is_given = given.contains(&words(&sentence));
        assert!(is_given || KEPT.contains(&&*sentence), "{sentence:?} is English in\n{text}");
    }
}

/// All that a delivery holds.
fn texts(delivery: &Delivery) -> String {
    let Delivery { target, body, .. } = delivery;
    format!("{target} {}", String::from_utf8_lossy(body))
}

/// A terminal on which no sentence is cut or wrapped.
fn dashboard() -> Journey {
    Journey::set(240, 60, |it| {
        it.lang = Zh;
        it.forward = Some("http://127.0.0.1:8080/im".to_owned());
    })
}

/// Asserts that all tabs of the newest callback are in Chinese.
fn assert_tabs(journey: Journey, given: &str) -> Journey {
    let mut journey = journey.press("4 z");
    for _ in 0..5 {
        assert_chinese(&journey.screen(), given);
        journey = journey.press("l");
    }
    journey.press("z 1")
}

#[test]
fn runs_of_english_words_are_found() {
    let found = |text| sentences(text);
    assert_eq!(found("│ 未录制：the disk is full（2 ms 后）"), ["the disk is full"]);
    assert_eq!(found("\"no such file\" MsgKey is OK"), ["no such file"]);
    assert_eq!(found("enter 打开  space 暂停  ] 失败  q"), [""; 0]);
}

#[test]
fn what_a_callback_means_is_in_chinese() {
    for file in corpus::bodies() {
        let delivery = delivery(&file);
        let given = texts(&delivery);
        assert_tabs(dashboard().deliver([delivery]), &given);
    }
}

#[test]
fn every_trouble_and_refusal_is_in_chinese() {
    let reasons = reason::texts().map(|it| trouble::not_recorded(it.en));
    let troubles: Vec<_> =
        trouble::texts().map(|it| Trouble::recorded(it.en)).chain(reasons).collect();
    let of_troubles =
        troubles.chunks(30).map(|some| Answer { trouble: some.into(), ..Answer::ok(0) });
    let of_parts = [400, 408, 413, 503].map(|status| {
        let trouble = vec![trouble::body_stalled()];
        Answer { status, trouble, ..Answer::ok(0) }
    });
    let reply = AppReply { status: 500, body: b"x".to_vec(), ..AppReply::default() };
    let of_app = [AnsweredBy::App, AnsweredBy::Imscope].map(|by| Answer {
        by,
        status: 0,
        app_reply: Some(Box::new(reply.clone())),
        ..Answer::ok(0)
    });
    let answered = of_troubles.chain(of_parts).chain(of_app);
    let answered = answered.map(|answer| Delivery { answer, ..body("{\"a\":") });
    let refused = |refusal, signature| Delivery { refusal: Some(refusal), signature, ..body("{}") };
    let verdicts = [
        Verdict::Absent,
        Verdict::Wrong,
        Verdict::Stale { age: 90 },
        Verdict::Stale { age: -90 },
        Verdict::Stale { age: -1_795_000_000_000 },
    ];
    let unsigned = verdicts.map(|it| refused(Refusal::Signature, it));
    let others = Refusal::ALL.map(|it| refused(it, Verdict::Unchecked));
    let origins = [Origin::Resent, Origin::Edited, Origin::BareBody];
    let origins = origins.map(|origin| Delivery { origin, ..body("{}") });
    for delivery in answered.chain(unsigned).chain(others).chain(origins) {
        assert_tabs(dashboard().deliver([delivery]), "");
    }
}

#[test]
fn menus_pages_and_questions_are_in_chinese() {
    let mut chat = Chat::new();
    let chat = [chat.sends_text("alice", "bob", "hi", 1), chat.fails("alice", "bob", "hi", 80001)];
    let examples = language::TABLE.iter().map(|it| it.example);
    let examples = examples.chain(ACTIONS.iter().map(|it| it.example));
    let examples = examples.chain(form::TABLE.iter().map(|it| it.example));
    let given = chat.each_ref().map(texts).concat() + &examples.collect::<Vec<_>>().join(" ");
    for keys in
        ["?", "Y", "o", "b", "s", "C", "/", "2 enter", "3 enter", "5", "m D", "m r", "e", "O"]
    {
        let mut journey = dashboard().deliver(chat.clone()).press(keys);
        for _ in 0..4 {
            assert_chinese(&journey.screen(), &given);
            journey = journey.press("pgdn");
        }
    }
}

#[test]
fn every_mistake_in_a_filter_is_in_chinese() {
    for filter in [
        "form:x",
        "from:",
        "type:pic",
        "\"a",
        "(a",
        "a)",
        "re:/(/",
        "re:/[/",
        "re:/a",
        "at:x",
        "unread>x",
        "size>2x",
        "code:a",
        "a |",
        "-",
        "took>x",
        "befor",
        "failed OR odd",
        "a：b",
        "from>3",
        "code:9-1",
        "re:/a/x",
    ] {
        // A remark is shown while it is typed, a mistake on Enter.
        let (remark, mistake) = match Filter::parse(filter) {
            Err(error) => (String::new(), error.message(Zh)),
            Ok(filter) => {
                let remarks = filter.remarks().into_iter().chain(filter.remarks_without_match());
                let first = remarks.map(|it| it.message(Zh)).next();
                let nothing = || panic!("no remark on {:?}", filter.text());
                (first.unwrap_or_else(nothing), String::new())
            }
        };
        let journey = dashboard().deliver([body("{}")]).press("/").type_text(filter);
        let journey = journey.shows(&[&remark]);
        // What is offered are types as filters name them.
        assert_chinese(&journey.screen(), &format!("{filter} new topic, topic gone, topic info"));
        let journey = journey.press("enter").shows(&[&mistake]);
        assert_chinese(&journey.screen(), filter);
    }
}

#[test]
fn every_mistake_in_a_rule_is_in_chinese() {
    for rule in [
        "",
        "a",
        "a =>",
        "=> dney",
        "a => potato",
        "a => deny x",
        "a => deny deny",
        "a => allow, drop",
        "a => reply:{",
        "a => reply:@/nowhere",
        "a => set /x=1",
        "a => set /MsgBody={",
        "a => delay",
        "a => delay x",
        "a => status 9",
        "a => times x",
        "a => chance 900",
        "a => forward x",
        "form:x => deny",
        "a => deny 1 2",
        "a → deny",
    ] {
        let no_file = &mut |_: &str| Err("No such file or directory (os error 2)".to_owned());
        let error = Rule::parse(rule, no_file).expect_err(rule);
        assert_chinese(&error.message(Zh), rule);
    }
}
