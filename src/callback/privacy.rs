//! A call with everything personal in it replaced.
//!
//! What is not known to be harmless is masked: user and group ids become
//! pseudonyms, all other text dots. Numbers, times, command words and the
//! shape of the body stay, byte for byte.

use std::ops::Range;

use super::delivery::{Delivery, Headers};
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
    "ErrInfo",
    "ErrorInfo",
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
/// Headers that tell of nobody.
const HEADERS: &[&str] =
    &["accept", "accept-encoding", "connection", "content-length", "content-type", "host"];
/// Levels that are looked into; what is deeper is masked as one.
const LEVELS: usize = 64;
/// Dots that stand for any longer text.
const DOTS: usize = 8;

/// The call with everything personal replaced; `pseudonym` names the same name
/// always the same.
pub fn veil(delivery: &Delivery, pseudonym: &dyn Fn(&str) -> String) -> Delivery {
    let headers = delivery.headers.iter().map(|(name, value)| {
        (name, if HEADERS.contains(&name) { value } else { "•••".as_bytes() })
    });
    Delivery {
        peer: "•".into(),
        target: veiled_target(delivery).into(),
        headers: headers.collect::<Headers>(),
        body: veiled_body(&delivery.body, pseudonym).into(),
        ..delivery.clone()
    }
}

fn veiled_target(delivery: &Delivery) -> String {
    let harmless = ["sdkappid", "callbackcommand", "contenttype", "optplatform", "requesttime"];
    let parts: Vec<_> = query::pairs(delivery.query())
        .map(|(name, value)| match harmless.contains(&name.to_ascii_lowercase().as_str()) {
            true => format!("{name}={value}"),
            false => format!("{name}=•••"),
        })
        .collect();
    // A secret in the path is what the console's rules leave for one.
    let path = if delivery.path() == "/" { "/" } else { "/•••" };
    match parts.is_empty() {
        true => path.to_owned(),
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
        // A string of dots and letters needs no escapes.
        out.extend_from_slice(format!("\"{shown}\"").as_bytes());
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
    let mut found = Vec::new();
    let mut todo = vec![(None, json, 0)];
    while let Some((field, json, level)) = todo.pop() {
        let start = json.offset_in(body);
        let range = start..start + json.text().len();
        match json.kind() {
            Kind::Array | Kind::Object if LEVELS <= level => found.push((range, dots(json.text()))),
            Kind::String => {
                let text = json.as_str().unwrap_or_default();
                match field.unwrap_or_default() {
                    field if HARMLESS.contains(&field) => {}
                    field if field.ends_with("_Account") || NAMES.contains(&field) => {
                        found.push((range, pseudonym(&text)));
                    }
                    _ => found.push((range, dots(&text))),
                }
            }
            Kind::Array | Kind::Object => {
                for (name, value) in json.members().into_iter().rev() {
                    let name = name.map(|it| it.text().trim_matches('"'));
                    todo.push((name.or(field), value, level + 1));
                }
            }
            Kind::Null | Kind::Bool | Kind::Number => {}
        }
    }
    found
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
            "MsgBody":[{"MsgType":"TIMTextElem","MsgContent":{"Text":"hi bob"}}],"x":"\u0041"}"#;
        let delivery = Delivery {
            target: "/?SdkAppid=1&ClientIP=1.2.3.4".into(),
            body: body.as_bytes().into(),
            ..Delivery::default()
        };
        let veiled = veil(&delivery, &|name| format!("<{}>", name.len()));
        let expected = r#"{"From_Account": "<5>", "To_Account":["<3>"],"MsgSeq":5,
            "MsgBody":[{"MsgType":"TIMTextElem","MsgContent":{"Text":"••••••"}}],"x":"•"}"#;
        assert_eq!(String::from_utf8_lossy(&veiled.body), expected);
        assert_eq!(&*veiled.target, "/?SdkAppid=1&ClientIP=•••");
    }

    #[test]
    fn a_body_that_is_no_json_is_dots() {
        let delivery = Delivery { body: Box::from(&b"a=secret"[..]), ..Delivery::default() };
        let veiled = veil(&delivery, &|name| name.to_owned());
        assert_eq!(String::from_utf8_lossy(&veiled.body), "••••••••");
    }
}
