//! Every body in `corpus/` is decoded, and the picture of what it means is kept.
//!
//! Each body is a file: `.json` where it is JSON, `.txt` or
//! `.bin` where it is not. Beside it, `.request` has method and target where
//! they matter; else the call is as Tencent would send it.

mod any_body;
mod facts;
mod shown_words;

use std::collections::HashSet;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use imscope::callback::command::When;
use imscope::callback::message::ElementType;
use imscope::callback::oddity::Oddity;
use imscope::callback::{
    Answer, Callback, Delivery, Headers, Lang, Origin, Seq, Timestamp, Verdict, decode, json,
};
use imscope_test_support::corpus;

/// Lists the variants of [`Oddity`] that a body can have. The match is exhaustive:
/// a new variant does not compile until it is listed here.
macro_rules! oddities {
    ($($variant:ident)*) => {
        const ODDITIES: &[&str] = &[$(stringify!($variant)),*];

        fn variant(oddity: &Oddity<'_>) -> Option<&'static str> {
            match oddity {
                $(Oddity::$variant { .. } => Some(stringify!($variant)),)*
                // It depends on the option `--app`, not on the body.
                Oddity::OtherSdkAppId { .. } => None,
                // It depends on the headers.
                Oddity::Browser => None,
                // They take a body of more than a thousand elements or a hundred oddities.
                Oddity::ManyElements { .. } | Oddity::More(_) => None,
            }
        }
    };
}

oddities! {
    Missing Unknown Type Float NotWhole Twice NoCommand UnknownCommand TrtcEvent Conferencing NotAnEvent CommandDiffers NoQuery ParameterTwice NoSdkAppId SdkAppIdNotDigits
    SdkAppIdDiffers Method Empty NotJson NotObject MsgKeyForm MsgKeyDiffers MsgTimeInFuture MsgTimeInMilliseconds MsgTimeImplausible SeveralCustomElements
    UnknownElement ElementWithoutType ElementWithoutContent NoElements UnreadUnknown Batch
}

/// The time of arrival of every request: three seconds after its messages.
const ARRIVAL: Timestamp = Timestamp(1_763_000_003_250_000);

pub(crate) fn delivery(file: &Path) -> Delivery {
    let body = fs::read(file).unwrap();
    let request = fs::read_to_string(file.with_extension("request")).unwrap_or_else(|_| {
        let command = json::read(&body).ok().and_then(|it| it.get("CallbackCommand"));
        let command = command.and_then(json::Json::as_str).unwrap_or_default();
        format!(
            "POST /?SdkAppid=1400012345&CallbackCommand={command}&contenttype=json\
             &ClientIP=127.0.0.1&OptPlatform=RESTAPI"
        )
    });
    let (method, target) = request.trim_end().split_once(' ').unwrap();
    call(method, target, body)
}

fn call(method: &str, target: &str, body: Vec<u8>) -> Delivery {
    Delivery {
        seq: Seq(1),
        at: ARRIVAL,
        peer: Arc::from("127.0.0.1:40000"),
        method: method.to_owned().into(),
        target: target.into(),
        headers: Headers::default(),
        body: body.into(),
        omitted_bytes: 0,
        signature: Verdict::Unchecked,
        refusal: None,
        answer: Answer::ok(0),
        origin: Origin::Caller,
    }
}

/// A clock as a test wants it: the seconds since the messages of the corpus.
fn clock(seconds: i64) -> String {
    format!("T{:+}", seconds - 1_763_000_000)
}

fn picture(callback: &Callback<'_>) -> String {
    let mut out = String::new();
    let mut line = |label: &str, value: &str| writeln!(out, "{label:<9}{value}").unwrap();
    let when = match callback.command.map(|it| it.when) {
        None => "unknown",
        Some(When::Before) => "before",
        Some(When::After) => "after",
    };
    line("command", &format!("{} ({when})", callback.word));
    let words = [Lang::En, Lang::Zh].map(|it| callback.type_label(it));
    line("kind", &words.join(" | "));
    let group = if callback.to_group { " (group)" } else { "" };
    let name = |it: &Option<_>| it.as_deref().unwrap_or("–").to_owned();
    line("parties", &format!("{} → {}{group}", name(&callback.from), name(&callback.to)));
    line("summary", &callback.summary(Lang::En, &clock));
    line("摘要", &callback.summary(Lang::Zh, &clock));
    line("result", &format!("{:?} {}", callback.result, name(&callback.error_info)));
    if let Some(unread) = &callback.unread {
        let count = unread.count.map_or("?".to_owned(), |it| it.to_string());
        let place = unread.message.as_ref().map(|(from, seq)| format!(" of {from}, {seq}"));
        let place = place.unwrap_or_default();
        line("unread", &format!("{} {count} at {:?}{place}", unread.user, unread.time));
    }
    line(
        "message",
        &format!(
            "{} time {:?} seq {:?}",
            name(&callback.msg_key),
            callback.msg_time,
            callback.msg_seq
        ),
    );
    if callback.online_only {
        line("online", "only");
    }
    for lang in [Lang::En, Lang::Zh] {
        writeln!(out, "--").unwrap();
        for it in callback.details(lang, &clock) {
            let value: String = it.value.chars().take(200).collect();
            writeln!(out, "{}{}: {value}", "  ".repeat(it.depth), it.label).unwrap();
        }
    }
    for it in &callback.oddities {
        writeln!(out, "odd: {} | {}", it.sentence(Lang::En), it.sentence(Lang::Zh)).unwrap();
    }
    out
}

#[test]
fn every_body_of_the_corpus_decodes_to_its_snapshot() {
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path("../corpus/pictures");
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| {
        for file in corpus::bodies() {
            let name = file.file_stem().unwrap().to_string_lossy().into_owned();
            insta::assert_snapshot!(name, picture(&decode(&delivery(&file))));
        }
    });
}

#[test]
fn every_snapshot_has_its_body() {
    let names = |files: Vec<PathBuf>| -> Vec<_> {
        files.iter().map(|it| it.file_stem().unwrap().to_owned()).collect()
    };
    assert_eq!(names(corpus::files("corpus/pictures")), names(corpus::bodies()));
}

#[test]
fn every_kind_of_element_is_in_the_corpus() {
    let calls: Vec<_> = corpus::bodies().iter().map(|it| delivery(it)).collect();
    let callbacks: Vec<_> = calls.iter().map(decode).collect();
    for kind in ElementType::ALL {
        let has = |it: &Callback<'_>| it.elements.iter().any(|it| it.kind == kind);
        assert!(callbacks.iter().any(has), "{kind:?}");
    }
}

#[test]
fn every_oddity_is_in_the_corpus() {
    let calls: Vec<_> = corpus::bodies().iter().map(|it| delivery(it)).collect();
    let seen: HashSet<_> =
        calls.iter().flat_map(|it| decode(it).oddities).filter_map(|it| variant(&it)).collect();
    let missing: Vec<_> = ODDITIES.iter().filter(|it| !seen.contains(**it)).collect();
    assert!(missing.is_empty(), "no body in the corpus has the oddity {missing:?}");
}

#[test]
fn usual_bodies_have_no_oddities() {
    let usual =
        ["c2c_sent_text", "c2c_sent_newest", "c2c_sent_2017", "state_2019", "unfollow_array"];
    for name in usual {
        let file = corpus::path(&format!("corpus/{name}.json"));
        assert_eq!(decode(&delivery(&file)).oddities, [], "{name}");
    }
}
