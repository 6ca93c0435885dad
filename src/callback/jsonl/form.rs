//! The JSON form of a line: its fields in their order.

use std::borrow::Cow;

use serde::Deserialize;

use crate::callback::trouble::Trouble;

#[derive(Deserialize)]
pub(super) struct Form<'a> {
    pub(super) v: u64,
    #[serde(default)]
    pub(super) seq: u64,
    #[serde(borrow)]
    pub(super) at: Cow<'a, str>,
    #[serde(borrow, default)]
    pub(super) peer: Cow<'a, str>,
    #[serde(borrow, default = "post")]
    pub(super) method: Cow<'a, str>,
    #[serde(borrow, default = "root")]
    pub(super) path: Cow<'a, str>,
    #[serde(borrow, default)]
    pub(super) query: Option<Cow<'a, str>>,
    #[serde(borrow, default)]
    pub(super) headers: Vec<HeaderForm<'a>>,
    #[serde(borrow, default)]
    pub(super) body: Option<Cow<'a, str>>,
    #[serde(borrow, default)]
    pub(super) body_base64: Option<Cow<'a, str>>,
    #[serde(default)]
    pub(super) omitted_bytes: u64,
    #[serde(borrow, default = "unchecked")]
    pub(super) signature: Cow<'a, str>,
    #[serde(default)]
    pub(super) age: Option<i64>,
    #[serde(borrow, default)]
    pub(super) refused: Option<Cow<'a, str>>,
    #[serde(borrow, default)]
    pub(super) origin: Option<Cow<'a, str>>,
    #[serde(borrow, default)]
    pub(super) answer: Option<AnswerForm<'a>>,
}

#[derive(Deserialize)]
pub(super) struct AnswerForm<'a> {
    pub(super) status: u16,
    #[serde(borrow, default = "imscope")]
    pub(super) by: Cow<'a, str>,
    #[serde(default)]
    pub(super) took_us: u32,
    #[serde(borrow, default)]
    pub(super) content_type: Option<Cow<'a, str>>,
    #[serde(borrow, default)]
    pub(super) headers: Vec<HeaderForm<'a>>,
    #[serde(borrow, default)]
    pub(super) body: Option<Cow<'a, str>>,
    #[serde(borrow, default)]
    pub(super) body_base64: Option<Cow<'a, str>>,
    /// The text of the rule that decided it.
    #[serde(default, borrow)]
    pub(super) rule: Option<Cow<'a, str>>,
    #[serde(default)]
    pub(super) trouble: Vec<Trouble>,
    #[serde(borrow, default)]
    pub(super) app: Option<AppForm<'a>>,
}

#[derive(Deserialize)]
pub(super) struct AppForm<'a> {
    pub(super) status: u16,
    pub(super) took_us: u32,
    #[serde(borrow, default)]
    pub(super) content_type: Cow<'a, str>,
    #[serde(borrow, default)]
    pub(super) headers: Vec<HeaderForm<'a>>,
    #[serde(borrow, default)]
    pub(super) body: Option<Cow<'a, str>>,
    #[serde(borrow, default)]
    pub(super) body_base64: Option<Cow<'a, str>>,
    #[serde(rename = "whole")]
    pub(super) complete: bool,
}

/// Name and value, an array of two.
#[derive(Deserialize)]
pub(super) struct HeaderForm<'a>(
    #[serde(borrow)] pub(super) Cow<'a, str>,
    #[serde(borrow)] pub(super) HeaderValue<'a>,
);

#[derive(Deserialize)]
#[serde(untagged, expecting = "a header's value is a string or {\"base64\":\"…\"}")]
pub(super) enum HeaderValue<'a> {
    Text(#[serde(borrow)] Cow<'a, str>),
    Bytes {
        #[serde(borrow)]
        base64: Cow<'a, str>,
    },
}

fn post() -> Cow<'static, str> {
    "POST".into()
}

fn root() -> Cow<'static, str> {
    "/".into()
}

fn unchecked() -> Cow<'static, str> {
    "unchecked".into()
}

fn imscope() -> Cow<'static, str> {
    "imscope".into()
}
