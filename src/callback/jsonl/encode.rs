//! Encodes a delivery as a line.
//!
//! By hand, field by field: that takes two thirds of the instructions of `serde`, whose
//! fields are texts that must be made before.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use super::VERSION;
use super::answer::{by, origin};
use super::convert::{refused, signature};
use super::time::push_time;
use crate::callback::printable::push_json_string;
use crate::callback::query::cut;
use crate::callback::secret::Secrets;
use crate::callback::{Answer, AppReply, Delivery, Headers};

/// Appends a delivery as a line with its line end.
pub fn encode(delivery: &Delivery, out: &mut Vec<u8>) {
    let secrets = Secrets::of(delivery);
    let target = secrets.masked_target(&delivery.target);
    let (path, query) = cut(&target, b'?');
    let (signature, age) = signature(delivery.signature);
    let mut line = Line { out, secrets: &secrets };
    line.number(r#"{"v":"#, VERSION);
    line.number(r#","seq":"#, delivery.seq.0);
    line.raw(r#","at":""#);
    push_time(line.out, delivery.at);
    line.text(r#"","peer":"#, &delivery.peer);
    line.text(r#","method":"#, &delivery.method);
    line.text(r#","path":"#, path);
    line.optional(r#","query":"#, query);
    line.headers(&delivery.headers);
    line.body(&delivery.body);
    if delivery.omitted_bytes > 0 {
        line.number(r#","omitted_bytes":"#, delivery.omitted_bytes);
    }
    line.text(r#","signature":"#, signature);
    if let Some(age) = age {
        line.number(r#","age":"#, age);
    }
    line.optional(r#","refused":"#, delivery.refusal.map(refused));
    line.optional(r#","origin":"#, origin(delivery.origin));
    line.answer(&delivery.answer);
    line.raw("}\n");
}

/// A line that is being written. What stands before a value is JSON.
struct Line<'o, 's> {
    out: &'o mut Vec<u8>,
    secrets: &'s Secrets<'s>,
}

impl Line<'_, '_> {
    fn raw(&mut self, json: &str) {
        self.out.extend_from_slice(json.as_bytes());
    }

    fn number(&mut self, before: &str, number: impl itoa::Integer) {
        self.raw(before);
        self.raw(itoa::Buffer::new().format(number));
    }

    fn text(&mut self, before: &str, text: &str) {
        self.raw(before);
        push_json_string(self.out, text);
    }

    fn optional(&mut self, before: &str, text: Option<&str>) {
        if let Some(text) = text {
            self.text(before, text);
        }
    }

    fn body(&mut self, body: &[u8]) {
        match str::from_utf8(body) {
            Ok(text) => self.text(r#","body":"#, text),
            Err(_) => self.text(r#","body_base64":"#, &STANDARD.encode(body)),
        }
    }

    /// Headers without secrets.
    fn headers(&mut self, headers: &Headers) {
        self.raw(r#","headers":["#);
        let mut separator = "[";
        for (name, value) in headers.iter() {
            self.text(separator, name);
            self.header_value(&self.secrets.masked_header(name, value));
            separator = ",[";
        }
        self.raw("]");
    }

    fn header_value(&mut self, value: &[u8]) {
        match str::from_utf8(value) {
            Ok(text) => {
                self.text(",", text);
                self.raw("]");
            }
            Err(_) => {
                self.text(r#",{"base64":"#, &STANDARD.encode(value));
                self.raw("}]");
            }
        }
    }

    fn headers_unless_empty(&mut self, headers: &Headers) {
        if !headers.as_bytes().is_empty() {
            self.headers(headers);
        }
    }

    fn answer(&mut self, answer: &Answer) {
        self.number(r#","answer":{"status":"#, answer.status);
        self.text(r#","by":"#, by(answer.by));
        self.number(r#","took_us":"#, answer.took);
        self.optional(r#","content_type":"#, answer.content_type.as_deref());
        self.headers_unless_empty(&answer.headers);
        self.body(&answer.body);
        self.optional(r#","rule":"#, answer.rule.as_deref());
        let mut separator = r#","trouble":["#;
        for it in &answer.trouble {
            self.text(separator, it.sentence());
            separator = ",";
        }
        self.raw(if answer.trouble.is_empty() { "" } else { "]" });
        if let Some(reply) = &answer.app_reply {
            self.app_reply(reply);
        }
        self.raw("}");
    }

    fn app_reply(&mut self, reply: &AppReply) {
        self.number(r#","app":{"status":"#, reply.status);
        self.number(r#","took_us":"#, reply.took);
        self.text(r#","content_type":"#, &reply.content_type);
        self.headers_unless_empty(&reply.headers);
        self.body(&reply.body);
        self.raw(if reply.complete { r#","whole":true}"# } else { r#","whole":false}"# });
    }
}
