//! Redacts personal data in a delivery.
//!
//! Everything that is not known to be safe is replaced: ids of users and groups by
//! pseudonyms, coordinates by 0, all other text by dots. Other numbers, times,
//! command words and the structure of the body are kept byte for byte.

use std::ops::Range;

use super::delivery::{Answer, AnsweredBy, AppReply, Delivery, Headers};
use super::json::{Json, JsonKind, read};
use super::query;

/// Fields whose text is a word of the protocol.
const SAFE_FIELDS: &[&str] = &[
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
/// Fields whose text is the id of a user, a group or a room, besides `*_Account`.
const ID_FIELDS: &[&str] = &["GroupId", "RoomId", "TopicId", "TopicIdList", "UserId", "UserID"];
/// Fields whose number is a coordinate.
const COORDINATES: &[&str] = &["Latitude", "Longitude"];
/// Headers without personal data.
const SAFE_HEADERS: &[&str] =
    &["accept", "accept-encoding", "connection", "content-length", "content-type", "host"];
/// The maximum depth; a deeper branch is replaced as one text.
const MAX_LEVELS: usize = 64;
/// The maximum number of dots.
const MAX_DOTS: usize = 8;
/// Replaces a text independent of its length.
const MASK: &str = "•••";

/// The delivery with personal data replaced. `pseudonym` maps an id to its
/// pseudonym, which must need no escapes in JSON.
pub fn redact(delivery: &Delivery, pseudonym: &dyn Fn(&str) -> String) -> Delivery {
    Delivery {
        peer: "•".into(),
        target: redact_target(delivery).into(),
        headers: redact_headers(&delivery.headers),
        body: redact_body(&delivery.body, pseudonym).into(),
        answer: redact_answer(&delivery.answer, pseudonym),
        ..delivery.clone()
    }
}

fn redact_headers(headers: &Headers) -> Headers {
    let is_safe = |name| SAFE_HEADERS.contains(&name);
    let masked =
        headers.iter().map(|(name, it)| (name, if is_safe(name) { it } else { MASK.as_bytes() }));
    masked.collect()
}

/// The reply of the local app is redacted like a body; our own is safe.
fn redact_answer(answer: &Answer, pseudonym: &dyn Fn(&str) -> String) -> Answer {
    let app_reply = answer.app_reply.as_deref().map(|it| {
        let body = redact_body(&it.body, pseudonym);
        Box::new(AppReply { body, headers: redact_headers(&it.headers), ..it.clone() })
    });
    let body = match answer.by {
        AnsweredBy::Imscope => answer.body.clone(),
        AnsweredBy::App => redact_body(&answer.body, pseudonym).into(),
    };
    let trouble = answer.trouble.iter().map(|_| MASK.to_owned()).collect();
    let headers = redact_headers(&answer.headers);
    Answer { body, headers, trouble, app_reply, ..answer.clone() }
}

fn redact_target(delivery: &Delivery) -> String {
    let safe = ["sdkappid", "callbackcommand", "contenttype", "optplatform", "requesttime"];
    let is_safe = |name: &str| safe.contains(&name.to_ascii_lowercase().as_str());
    let parts: Vec<_> = query::pairs(delivery.query())
        .map(|(name, value)| match (is_safe(name) && is_word(value), is_field(name)) {
            (true, _) => format!("{name}={value}"),
            (false, true) => format!("{name}={MASK}"),
            (false, false) => MASK.to_owned(),
        })
        .collect();
    // The path may hold a secret, because the console accepts no query.
    let path = if delivery.path() == "/" { "/".to_owned() } else { format!("/{MASK}") };
    match parts.is_empty() {
        true => path,
        false => format!("{path}?{}", parts.join("&")),
    }
}

fn redact_body(body: &[u8], pseudonym: &dyn Fn(&str) -> String) -> Vec<u8> {
    let Ok(json) = read(body) else {
        return dots(&String::from_utf8_lossy(body)).into_bytes();
    };
    let mut out = Vec::with_capacity(body.len());
    let mut at = 0;
    for (range, text) in replacements(json, body, pseudonym) {
        out.extend_from_slice(&body[at..range.start]);
        out.extend_from_slice(text.as_bytes());
        at = range.end;
    }
    out.extend_from_slice(&body[at..]);
    out
}

/// The replacements and their places, in the order of the body.
fn replacements(
    json: Json<'_>,
    body: &[u8],
    pseudonym: &dyn Fn(&str) -> String,
) -> Vec<(Range<usize>, String)> {
    // Dots and pseudonyms need no escapes.
    let string = |text: &str| format!("\"{text}\"");
    let range = |json: Json<'_>| {
        let start = json.offset_in(body);
        start..start + json.raw().len()
    };
    let mut found = Vec::new();
    let mut todo = vec![(None, json, 0)];
    while let Some((field, json, level)) = todo.pop() {
        let name = field.map_or("", |it: Json<'_>| it.raw().trim_matches('"'));
        let is_id = name.ends_with("_Account") || ID_FIELDS.contains(&name);
        match json.kind() {
            JsonKind::Array | JsonKind::Object if MAX_LEVELS <= level => {
                found.push((range(json), string(&dots(json.raw()))));
            }
            JsonKind::String => {
                let text = json.as_str().unwrap_or_default();
                if is_id {
                    found.push((range(json), string(&pseudonym(&text))));
                } else if !(SAFE_FIELDS.contains(&name) && is_word(&text)) {
                    found.push((range(json), string(&dots(&text))));
                }
            }
            JsonKind::Number if is_id => {
                found.push((range(json), string(&pseudonym(json.raw()))));
            }
            JsonKind::Number if COORDINATES.contains(&name) => {
                found.push((range(json), "0".to_owned()));
            }
            JsonKind::Array | JsonKind::Object => {
                for (name, value) in json.members() {
                    // In an object of an app the names may be ids of users.
                    if let Some(name) = name.filter(|it| !is_field(it.raw().trim_matches('"'))) {
                        found.push((range(name), string(&dots(name.raw().trim_matches('"')))));
                    }
                    todo.push((name.or(field), value, level + 1));
                }
            }
            JsonKind::Null | JsonKind::Bool | JsonKind::Number => {}
        }
    }
    found.sort_by_key(|(range, _)| range.start);
    found
}

/// Whether a name has the form of Tencent's own: letters, digits and `_`, the first
/// in upper case.
fn is_field(name: &str) -> bool {
    name.starts_with(|it: char| it.is_ascii_uppercase())
        && name.bytes().all(|it| it.is_ascii_alphanumeric() || it == b'_')
}

/// Whether a text has the form of a word of the protocol.
fn is_word(text: &str) -> bool {
    text.bytes().all(|it| it.is_ascii_alphanumeric() || b"._-:%".contains(&it))
}

fn dots(text: &str) -> String {
    "•".repeat(text.chars().count().min(MAX_DOTS))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_become_pseudonyms_and_text_dots() {
        let body = r#"{"From_Account": "jared", "To_Account":["bob"],"MsgSeq":5,
            "MsgBody":[{"MsgType":"TIMTextElem","MsgContent":{"Text":"hi bob"}}],"X":"\u0041"}"#;
        let delivery = Delivery {
            target: "/?SdkAppid=1&ClientIP=1.2.3.4".into(),
            body: body.as_bytes().into(),
            ..Delivery::default()
        };
        let redacted = redact(&delivery, &|name| format!("<{}>", name.len()));
        let expected = r#"{"From_Account": "<5>", "To_Account":["<3>"],"MsgSeq":5,
            "MsgBody":[{"MsgType":"TIMTextElem","MsgContent":{"Text":"••••••"}}],"X":"•"}"#;
        assert_eq!(String::from_utf8_lossy(&redacted.body), expected);
        assert_eq!(&*redacted.target, "/?SdkAppid=1&ClientIP=•••");
    }

    #[test]
    fn a_body_that_is_not_json_becomes_dots() {
        let delivery = Delivery { body: Box::from(&b"a=secret"[..]), ..Delivery::default() };
        let redacted = redact(&delivery, &|name| name.to_owned());
        assert_eq!(String::from_utf8_lossy(&redacted.body), "••••••••");
    }
}
