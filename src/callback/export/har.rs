//! HTTP Archive 1.2 (<http://www.softwareishard.com/blog/har-12-spec/>), which browsers
//! and proxies read. What it has no field for is in `_imscope`.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};
use serde_json::{Value, json};

use super::{Entry, ExportOptions};
use crate::callback::curl::joined;
use crate::callback::decision::judge_delivery;
use crate::callback::jsonl::{refusal_word, signature_word};
use crate::callback::lang::Lang;
use crate::callback::secret::Secrets;
use crate::callback::target::origin_form;
use crate::callback::{Answer, Delivery, Headers, decode, printable, query};

/// What cannot be in the path or the query of a URL, beside what is not ASCII.
const FORBIDDEN: &AsciiSet =
    &CONTROLS.add(b' ').add(b'#').add(b'"').add(b'<').add(b'>').add(b'\\').add(b'^').add(b'`');

/// Appends what comes before the entries.
pub(super) fn begin(out: &mut Vec<u8>) {
    let creator = json!({ "name": "imscope", "version": env!("CARGO_PKG_VERSION") });
    let head = format!("{{\"log\":{{\"version\":\"1.2\",\"creator\":{creator},\"entries\":[\n");
    out.extend_from_slice(head.as_bytes());
}

/// Appends what comes after the entries.
pub(super) fn end(out: &mut Vec<u8>) {
    out.extend_from_slice(b"\n]}}\n");
}

/// Appends the entry of a callback.
pub(super) fn push(options: &ExportOptions, entry: Entry<'_>, is_first: bool, out: &mut Vec<u8>) {
    if !is_first {
        out.extend_from_slice(b",\n");
    }
    let start = out.len();
    // Cannot fail: writing to memory, and all map keys are strings.
    let result = serde_json::to_writer(&mut *out, &value(options, entry));
    debug_assert!(result.is_ok(), "{result:?}");
    printable::escape_json(out, start);
}

fn value(options: &ExportOptions, entry: Entry<'_>) -> Value {
    let delivery = entry.delivery;
    let took = f64::from(delivery.answer.took) / 1000.0;
    let secrets = Secrets::of(delivery);
    json!({
        "startedDateTime": options.date_time(delivery.at),
        "time": took,
        "request": request(options, delivery, &secrets),
        "response": response(&delivery.answer, &secrets),
        "cache": {},
        "timings": { "send": 0, "wait": took, "receive": 0 },
        "_imscope": details(entry),
    })
}

fn request(options: &ExportOptions, delivery: &Delivery, secrets: &Secrets<'_>) -> Value {
    let masked = secrets.masked_target(&delivery.target);
    let target = origin_form(&masked);
    let url_part = utf8_percent_encode(&target, FORBIDDEN).to_string();
    let query = target.split_once('?').map_or("", |(_, query)| query);
    let parameters = query.split('&').filter(|it| !it.is_empty()).map(|it| {
        let (name, value) = it.split_once('=').unwrap_or((it, ""));
        json!({ "name": query::unescape(name), "value": query::unescape(value) })
    });
    let mut request = json!({
        "method": delivery.method,
        "url": joined(&options.listener.base_of(delivery), &url_part),
        "httpVersion": "HTTP/1.1",
        "cookies": [],
        "headers": headers(&delivery.headers, secrets),
        "queryString": parameters.collect::<Vec<_>>(),
        "headersSize": -1,
        "bodySize": delivery.body.len() as u64 + delivery.omitted_bytes,
    });
    if !delivery.body.is_empty() {
        let mime = delivery.headers.get("content-type").unwrap_or_default();
        let mut data = json!({ "mimeType": String::from_utf8_lossy(mime) });
        put_text(&mut data, "_encoding", &delivery.body);
        request["postData"] = data;
    }
    request
}

fn response(answer: &Answer, secrets: &Secrets<'_>) -> Value {
    let mime = answer.content_type.as_deref().unwrap_or("application/json");
    let mut headers = headers(&answer.headers, secrets);
    headers.push(json!({ "name": "content-type", "value": mime }));
    let mut content = json!({ "size": answer.body.len(), "mimeType": mime });
    put_text(&mut content, "encoding", &answer.body);
    json!({
        "status": answer.status,
        "statusText": if answer.status == 200 { "OK" } else { "" },
        "httpVersion": "HTTP/1.1",
        "cookies": [],
        "headers": headers,
        "content": content,
        "redirectURL": "",
        "headersSize": -1,
        "bodySize": answer.body.len(),
    })
}

/// Sets `text`; bytes that are not UTF-8 are in base64, which `encoding` names.
fn put_text(object: &mut Value, encoding: &str, bytes: &[u8]) {
    match str::from_utf8(bytes) {
        Ok(text) => object["text"] = text.into(),
        Err(_) => {
            object["text"] = STANDARD.encode(bytes).into();
            object[encoding] = "base64".into();
        }
    }
}

fn headers(headers: &Headers, secrets: &Secrets<'_>) -> Vec<Value> {
    let pair = |(name, value): (&str, &[u8])| {
        let value = secrets.masked_header(name, value);
        json!({ "name": name, "value": String::from_utf8_lossy(&value) })
    };
    headers.iter().map(pair).collect()
}

/// What HAR has no fields for.
fn details(Entry { delivery, signs }: Entry<'_>) -> Value {
    let callback = decode(delivery);
    let (signature, age) = signature_word(delivery.signature);
    let mut details = json!({
        "seq": delivery.seq.0,
        "command": callback.word,
        "signature": signature,
        "signs": signs,
    });
    let optional = [
        ("age", age.map(Value::from)),
        ("refused", delivery.refusal.map(|it| refusal_word(it).into())),
        ("decision", judge_delivery(&callback, delivery).map(|it| it.word(Lang::En).into())),
        ("rule", delivery.answer.rule.as_deref().map(Value::from)),
        ("trouble", (!delivery.answer.trouble.is_empty()).then(|| json!(delivery.answer.trouble))),
        ("omittedBytes", (delivery.omitted_bytes > 0).then(|| delivery.omitted_bytes.into())),
    ];
    for (name, value) in optional {
        if let Some(value) = value {
            details[name] = value;
        }
    }
    details
}
