//! A saved HAR, against the schema of HAR 1.2.

use imscope::callback::curl::Destination;
use imscope::callback::export::{Encoder, Entry, ExportOptions, Format, Summary};
use imscope::callback::{Answer, Delivery, Lang, Refusal};
use jiff::tz::TimeZone;
use serde_json::Value;

const SCHEMA: &str = include_str!("har-1.2.schema.json");

/// Checks a value by `type`, `const`, `minimum`, `format`, `required`, `properties` and
/// `items`. A field of no known name must begin with an underscore.
fn check(root: &Value, schema: &Value, value: &Value, at: &str, wrong: &mut Vec<String>) {
    if let Some(name) = schema["$ref"].as_str() {
        return check(root, &root["definitions"][name], value, at, wrong);
    }
    let is_type = match schema["type"].as_str() {
        Some("object") => value.is_object(),
        Some("array") => value.is_array(),
        Some("string") => value.is_string(),
        Some("number") => value.is_number(),
        Some("integer") => value.is_i64() || value.is_u64(),
        _ => false,
    };
    let is_least = schema["minimum"].as_f64().is_none_or(|it| it <= value.as_f64().unwrap());
    let is_const = schema["const"].is_null() || schema["const"] == *value;
    let text = value.as_str().unwrap_or_default();
    let is_format = match schema["format"].as_str() {
        Some("date-time") => text.parse::<jiff::Timestamp>().is_ok(),
        Some("uri") => text.parse::<hyper::Uri>().is_ok_and(|it| it.host().is_some()),
        _ => true,
    };
    if !(is_type && is_least && is_const && is_format) {
        wrong.push(format!("{at}: {value}"));
    }
    for name in schema["required"].as_array().into_iter().flatten() {
        if value.get(name.as_str().unwrap()).is_none() {
            wrong.push(format!("{at} has no {name}"));
        }
    }
    for (name, it) in value.as_object().into_iter().flatten() {
        let at = format!("{at}/{name}");
        match schema["properties"].get(name) {
            Some(schema) => check(root, schema, it, &at, wrong),
            None if name.starts_with('_') || schema.get("properties").is_none() => {}
            None => wrong.push(format!("{at} is not in the schema")),
        }
    }
    for (nth, it) in value.as_array().into_iter().flatten().enumerate() {
        if let Some(items) = schema.get("items") {
            check(root, items, it, &format!("{at}/{nth}"), wrong);
        }
    }
}

fn problems(har: &Value) -> Vec<String> {
    let schema: Value = serde_json::from_str(SCHEMA).unwrap();
    let mut wrong = Vec::new();
    check(&schema, &schema, har, "", &mut wrong);
    wrong
}

#[test]
fn a_har_of_any_callbacks_has_the_form_of_har_1_2() {
    let call = |body: &[u8]| Delivery {
        method: "POST".into(),
        target: "/a b?SdkAppid=1&x&=y&小=%ff".into(),
        headers: [("content-type", &b"text/\xff"[..]), ("cookie", b"a=b")].into_iter().collect(),
        body: body.into(),
        answer: Answer::ok(85),
        ..Delivery::default()
    };
    let plain = call(br#"{"CallbackCommand":"C2C.CallbackBeforeSendMsg"}"#);
    let unanswered = Delivery { answer: Answer::default(), ..call(b"\xff\0") };
    let refused = Delivery { refusal: Some(Refusal::Method), method: "PUT".into(), ..call(b"") };
    let base = "http://127.0.0.1:9527".to_owned();
    let listener = Destination { base, ..Destination::default() };
    let options =
        ExportOptions { format: Format::Har, lang: Lang::Zh, zone: TimeZone::UTC, listener };
    for deliveries in [&[][..], &[plain, unanswered, refused]] {
        let mut out = Vec::new();
        let mut encoder = Encoder::begin(options.clone(), &mut out);
        for delivery in deliveries {
            encoder.push(Entry { delivery, signs: "odd" }, &mut out);
        }
        encoder.end(&Summary::default(), &mut out);
        let mut har: Value = serde_json::from_slice(&out).unwrap();
        assert_eq!(problems(&har), [""; 0]);
        // The checker finds what is wrong.
        har["log"]["version"] = "1.1".into();
        har["log"]["creator"] = Value::Object(serde_json::Map::new());
        assert_eq!(problems(&har).len(), 3, "{:?}", problems(&har));
    }
}
