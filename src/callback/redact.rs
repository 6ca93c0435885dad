//! A call with everything personal in it replaced.
//!
//! What is not known to be harmless is masked: user and group ids become
//! pseudonyms, places 0, all other text dots. Other numbers, times, command
//! words and the shape of the body stay, byte for byte.

use std::ops::Range;

use super::delivery::{Answer, AnsweredBy, AppReply, Delivery, Headers};
use super::json::{Json, Kind, read};
use super::query;

/// Fields whose text is a word of the protocol and tells of nobody.
const HARMLESS: &[&str] = &[
    "ActionStatus",
    "Action",
    "AddSource",
    "AddType",
    "CallbackCommand",
    "ClientCmd",
    "Command",
    "ContentType",
    "CtxcbLabel",
    "CtxcbSuggestion",
    "CtxcbSubLabel",
    "EventCause",
    "EventTime",
    "EventType",
    "ExitType",
    "JoinType",
    "MsgId",
    "MsgID",
    "MsgKey",
    "MsgType",
    "OptionType",
    "Platform",
    "Reason",
    "ResponseAction",
    "Role",
    "Scene",
    "ServiceName",
    "Tag",
    "ThumbFormat",
    "Type",
    "VideoFormat",
];
/// Fields whose text names a user, a group, a room.
const NAMES: &[&str] = &["GroupId", "RoomId", "TopicId", "TopicIdList", "UserId", "UserID"];
/// Fields whose number tells where somebody is.
const PLACES: &[&str] = &["Latitude", "Longitude"];
/// Headers that tell of nobody.
const HEADERS: &[&str] =
    &["accept", "accept-encoding", "connection", "content-length", "content-type", "host"];
/// Levels that are looked into; what is deeper is masked as one.
const LEVELS: usize = 64;
/// Dots that stand for any longer text.
const DOTS: usize = 8;
/// What stands for anything that is masked whole.
const MASK: &str = "•••";

/// The call with everything personal replaced; `pseudonym` names the same name
/// always the same.
pub fn redact(delivery: &Delivery, pseudonym: &dyn Fn(&str) -> String) -> Delivery {
    let headers = delivery
        .headers
        .iter()
        .map(|(name, value)| (name, if HEADERS.contains(&name) { value } else { MASK.as_bytes() }));
    Delivery {
        peer: "•".into(),
        target: veiled_target(delivery).into(),
        headers: headers.collect::<Headers>(),
        body: veiled_body(&delivery.body, pseudonym).into(),
        answer: veiled_answer(&delivery.answer, pseudonym),
        ..delivery.clone()
    }
}

/// What the local app says may name anybody; our own words name nobody.
fn veiled_answer(answer: &Answer, pseudonym: &dyn Fn(&str) -> String) -> Answer {
    let app = answer.app.as_deref().map(|it| {
        let body = veiled_body(&it.body, pseudonym);
        Box::new(AppReply { body, ..it.clone() })
    });
    let body = match answer.by {
        AnsweredBy::Imscope => answer.body.clone(),
        AnsweredBy::App => veiled_body(&answer.body, pseudonym).into(),
    };
    let trouble = answer.trouble.iter().map(|_| MASK.to_owned()).collect();
    Answer { body, trouble, app, ..answer.clone() }
}

fn veiled_target(delivery: &Delivery) -> String {
    let harmless = ["sdkappid", "callbackcommand", "contenttype", "optplatform", "requesttime"];
    let known = |name: &str| harmless.contains(&name.to_ascii_lowercase().as_str());
    let parts: Vec<_> = query::pairs(delivery.query())
        .map(|(name, value)| match (known(name) && is_word(value), is_field(name)) {
            (true, _) => format!("{name}={value}"),
            (false, true) => format!("{name}={MASK}"),
            (false, false) => MASK.to_owned(),
        })
        .collect();
    // A secret in the path is what the console's rules leave for one.
    let path = if delivery.path() == "/" { "/".to_owned() } else { format!("/{MASK}") };
    match parts.is_empty() {
        true => path,
        false => format!("{path}?{}", parts.join("&")),
    }
}

fn veiled_body(body: &[u8], pseudonym: &dyn Fn(&str) -> String) -> Vec<u8> {
    let Ok(json) = read(body) else {
        return dots(&String::from_utf8_lossy(body)).into_bytes();
    };
    let mut out = Vec::with_capacity(body.len());
    let mut at = 0;
    for (range, shown) in replacements(json, body, pseudonym) {
        out.extend_from_slice(&body[at..range.start]);
        out.extend_from_slice(shown.as_bytes());
        at = range.end;
    }
    out.extend_from_slice(&body[at..]);
    out
}

/// What stands where instead, in the order of the body.
fn replacements(
    json: Json<'_>,
    body: &[u8],
    pseudonym: &dyn Fn(&str) -> String,
) -> Vec<(Range<usize>, String)> {
    // A string of dots and letters needs no escapes.
    let string = |text: &str| format!("\"{text}\"");
    let place = |json: Json<'_>| {
        let start = json.offset_in(body);
        start..start + json.text().len()
    };
    let mut found = Vec::new();
    let mut todo = vec![(None, json, 0)];
    while let Some((field, json, level)) = todo.pop() {
        let name = field.map_or("", |it: Json<'_>| it.text().trim_matches('"'));
        let names_somebody = name.ends_with("_Account") || NAMES.contains(&name);
        match json.kind() {
            Kind::Array | Kind::Object if LEVELS <= level => {
                found.push((place(json), string(&dots(json.text()))));
            }
            Kind::String => {
                let text = json.as_str().unwrap_or_default();
                if names_somebody {
                    found.push((place(json), string(&pseudonym(&text))));
                } else if !(HARMLESS.contains(&name) && is_word(&text)) {
                    found.push((place(json), string(&dots(&text))));
                }
            }
            Kind::Number if names_somebody => {
                found.push((place(json), string(&pseudonym(json.text()))));
            }
            Kind::Number if PLACES.contains(&name) => found.push((place(json), "0".to_owned())),
            Kind::Array | Kind::Object => {
                for (name, value) in json.members() {
                    // Where an app puts users, their ids may be the names.
                    if let Some(name) = name.filter(|it| !is_field(it.text().trim_matches('"'))) {
                        found.push((place(name), string(&dots(name.text().trim_matches('"')))));
                    }
                    todo.push((name.or(field), value, level + 1));
                }
            }
            Kind::Null | Kind::Bool | Kind::Number => {}
        }
    }
    found.sort_by_key(|(range, _)| range.start);
    found
}

/// Whether a field is named as Tencent names its own.
fn is_field(name: &str) -> bool {
    name.starts_with(|it: char| it.is_ascii_uppercase())
        && name.bytes().all(|it| it.is_ascii_alphanumeric() || it == b'_')
}

/// Whether a text is one word of the protocol, and no sentence about somebody.
fn is_word(text: &str) -> bool {
    text.bytes().all(|it| it.is_ascii_alphanumeric() || b"._-:%".contains(&it))
}

fn dots(text: &str) -> String {
    "•".repeat(text.chars().count().min(DOTS))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_become_pseudonyms_text_dots_and_the_rest_stays() {
        let body = r#"{"From_Account": "jared", "To_Account":["bob"],"MsgSeq":5,
            "MsgBody":[{"MsgType":"TIMTextElem","MsgContent":{"Text":"hi bob"}}],"X":"\u0041"}"#;
        let delivery = Delivery {
            target: "/?SdkAppid=1&ClientIP=1.2.3.4".into(),
            body: body.as_bytes().into(),
            ..Delivery::default()
        };
        let veiled = redact(&delivery, &|name| format!("<{}>", name.len()));
        let expected = r#"{"From_Account": "<5>", "To_Account":["<3>"],"MsgSeq":5,
            "MsgBody":[{"MsgType":"TIMTextElem","MsgContent":{"Text":"••••••"}}],"X":"•"}"#;
        assert_eq!(String::from_utf8_lossy(&veiled.body), expected);
        assert_eq!(&*veiled.target, "/?SdkAppid=1&ClientIP=•••");
    }

    #[test]
    fn a_body_that_is_no_json_is_dots() {
        let delivery = Delivery { body: Box::from(&b"a=secret"[..]), ..Delivery::default() };
        let veiled = redact(&delivery, &|name| name.to_owned());
        assert_eq!(String::from_utf8_lossy(&veiled.body), "••••••••");
    }
}
