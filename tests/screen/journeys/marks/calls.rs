//! Calls with marks wherever an app, a user or a stranger chooses a value.

use imscope::callback::trouble::Trouble;
use imscope::callback::{Answer, AnsweredBy, AppReply, Delivery, Headers, Origin, Refusal};
use serde_json::{Value, json};

use super::super::chat::{APP, body};
use super::{NUMBER, WORD};

/// The number in notations of other programs, and as no number of the protocol is; where
/// a body has the text, it gets what stands beside it.
const NOTATIONS: [(&str, &str); 9] = [
    ("@0@", "13800138000"),
    ("@1@", "1.3800138e10"),
    ("@2@", "13800138000.0"),
    ("@3@", "138001380.5"),
    ("@4@", "138001380000e-1"),
    ("@5@", "0e13800138"),
    ("@6@", "-13800138000"),
    ("@7@", "13800138000138001380013800"),
    ("@8@", "1.3800138E-3"),
];

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
/// digits are of the protocol: they stay, or some become numbers that are not.
fn mark(value: &mut Value, rng: &mut fastrand::Rng, with_numbers: bool) {
    match value {
        Value::Number(_) | Value::String(_) if with_numbers && rng.u8(0..8) == 0 => {
            *value = json!(NOTATIONS[rng.usize(0..NOTATIONS.len())].0);
        }
        Value::String(text) if text.parse::<f64>().is_err() && rng.u8(0..3) == 0 => {
            *value = json!(format!("{WORD}{}", rng.u8(..)));
        }
        Value::String(text) if text.parse::<f64>().is_err() && rng.u8(0..4) == 0 => {
            *value = a_mark(rng);
        }
        Value::Array(items) => {
            for it in &mut *items {
                mark(it, rng, with_numbers);
            }
            if rng.u8(0..6) == 0 {
                items.push(json!({ WORD: a_mark(rng) }));
            }
        }
        Value::Object(members) => {
            for it in members.values_mut() {
                mark(it, rng, with_numbers);
            }
            if rng.u8(0..4) == 0 {
                let names = [WORD, "Xiaolong", "xiaolong_Account", "Phone", "xiaolong@a.example"];
                members.insert(names[rng.usize(0..names.len())].to_owned(), a_mark(rng));
            }
        }
        _ => {}
    }
}

/// A body with marks; sometimes cut, or with something in it that is not JSON.
fn marked(body: &[u8], rng: &mut fastrand::Rng, with_numbers: bool) -> Vec<u8> {
    let Ok(mut value) = serde_json::from_slice(body) else {
        return [body, WORD.as_bytes()].concat();
    };
    mark(&mut value, rng, with_numbers);
    if rng.u8(0..30) == 0 && value.is_object() {
        // More than a row or the detail pane reads.
        value["Xiaolong"] = json!(WORD.repeat([300, 3000, 40_000][rng.usize(0..3)]));
    }
    let mut text = if rng.bool() { value.to_string() } else { format!("{value:#}") };
    for (place, number) in NOTATIONS {
        let number = if rng.bool() { number.to_owned() } else { format!("\"{number}\"") };
        text = text.replace(&format!("\"{place}\""), &number);
    }
    let mut text = text.into_bytes();
    let at = rng.usize(0..=text.len());
    match rng.u8(0..8) {
        0 => text.truncate(at),
        1 => _ = text.splice(at..at, format!("// {WORD} {NUMBER}\n").into_bytes()),
        2 => text.insert(at, b"\xff\\',=\"x0"[rng.usize(0..8)]),
        _ => {}
    }
    text
}

/// One of some values.
fn any<T: Copy>(of: &[T], rng: &mut fastrand::Rng) -> T {
    of[rng.usize(0..of.len())]
}

/// A target with marks in path, names and values.
fn a_target(rng: &mut fastrand::Rng) -> String {
    let path = any(&["/", "/xiaolong", "/Xiaolong/13800138000/", "//xiaolong", ""], rng);
    let apps = [APP, "1400000001", WORD, "13800138000", "1.3800138e10", "", "Xiaolong-1"];
    let commands = ["State.StateChange", "Push.CallbackAfterXiaolong", WORD, "13800138000", ""];
    let names = ["RequestTime", "contenttype", "Sign", "requestid", WORD, "%58iaolong", "ClientIP"];
    let values = [WORD, "13800138000", "%58iaolong", "json", "xiaolong=xiaolong", "***"];
    let mut target = format!(
        "{path}?SdkAppid={}&CallbackCommand={}&ClientIP={NUMBER}&OptPlatform={}",
        any(&apps, rng),
        any(&commands, rng),
        any(&values, rng),
    );
    for _ in 0..rng.u8(0..4) {
        target.extend(["&", any(&names, rng), "=", any(&values, rng)]);
    }
    if rng.bool() { target + "&Xiaolong" } else { target }
}

/// Headers with marks in names and values.
fn some_headers(rng: &mut fastrand::Rng) -> Headers {
    let names = ["host", "x-xiaolong", "content-type", "cookie", "authorization", "content-length"];
    let values: [&[u8]; 6] = [
        WORD.as_bytes(),
        b"13800138000",
        b"text/xiaolong",
        b"gzip, Xiaolong",
        b"Bearer xiaolong",
        b"\xffXiaolong: xiaolong",
    ];
    (0..rng.u8(0..6)).map(|_| (any(&names, rng), any(&values, rng))).collect()
}

/// An answer with marks in bodies, headers and warnings.
fn an_answer(body: Vec<u8>, replied: Vec<u8>, rng: &mut fastrand::Rng) -> Answer {
    let reply = AppReply {
        status: any(&[200, 500], rng),
        content_type: any(&[WORD, "", "application/json", "text/Xiaolong"], rng).into(),
        headers: some_headers(rng),
        body: replied,
        complete: rng.bool(),
        ..AppReply::default()
    };
    let warnings = [format!("it replied {WORD}"), format!("Xiaolong {NUMBER}: \u{1b}[1m")];
    Answer {
        status: any(&[200, 0, 403, 502], rng),
        by: any(&[AnsweredBy::App, AnsweredBy::Imscope], rng),
        body: body.into(),
        content_type: any(&[None, Some(WORD), Some("text/Xiaolong"), Some("")], rng)
            .map(Into::into),
        headers: some_headers(rng),
        trouble: warnings.into_iter().take(rng.usize(0..=2)).map(Trouble::recorded).collect(),
        app_reply: rng.bool().then(|| Box::new(reply)),
        ..Answer::ok(5)
    }
}

/// A call with marks in everything around its body as well.
pub(super) fn a_call(bodies: &[Vec<u8>], rng: &mut fastrand::Rng, with_numbers: bool) -> Delivery {
    let mut a_body = || marked(&bodies[rng.usize(0..bodies.len())], rng, with_numbers);
    let (sent, answered, replied) = (a_body(), a_body(), a_body());
    let plain = body(sent);
    let target = if rng.bool() { a_target(rng).into() } else { plain.target.clone() };
    let refusals = [Refusal::Signature, Refusal::Path, Refusal::Browser, Refusal::Loop];
    Delivery {
        peer: any(&["10.13.8.1:13800", "unix:/home/xiaolong", WORD], rng).into(),
        method: any(&["POST", "POST", "POST", "PUT", "XIAOLONG", WORD], rng).into(),
        target,
        headers: some_headers(rng),
        omitted_bytes: any(&[0, 0, 0, 5], rng),
        refusal: (rng.u8(0..8) == 0).then(|| any(&refusals, rng)),
        origin: any(&[Origin::Caller, Origin::Caller, Origin::Edited, Origin::BareBody], rng),
        answer: an_answer(answered, replied, rng),
        ..plain
    }
}
