//! The JSON form of a line: its fields in their order.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use crate::callback::trouble::Trouble;

#[derive(Serialize, Deserialize)]
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
    #[serde(borrow, default, skip_serializing_if = "Option::is_none")]
    pub(super) query: Option<Cow<'a, str>>,
    #[serde(borrow, default)]
    pub(super) headers: Vec<HeaderForm<'a>>,
    #[serde(borrow, default, skip_serializing_if = "Option::is_none")]
    pub(super) body: Option<Cow<'a, str>>,
    #[serde(borrow, default, skip_serializing_if = "Option::is_none")]
    pub(super) body_base64: Option<Cow<'a, str>>,
    #[serde(default, skip_serializing_if = "is_zero")]
    pub(super) omitted_bytes: u64,
    #[serde(borrow, default = "unchecked")]
    pub(super) signature: Cow<'a, str>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) age: Option<i64>,
    #[serde(borrow, default, skip_serializing_if = "Option::is_none")]
    pub(super) refused: Option<Cow<'a, str>>,
    #[serde(borrow, default, skip_serializing_if = "Option::is_none")]
    pub(super) origin: Option<Cow<'a, str>>,
    #[serde(borrow, default)]
    pub(super) answer: Option<AnswerForm<'a>>,
}

#[derive(Serialize, Deserialize)]
pub(super) struct AnswerForm<'a> {
    pub(super) status: u16,
    #[serde(borrow, default = "imscope")]
    pub(super) by: Cow<'a, str>,
    #[serde(default)]
    pub(super) took_us: u32,
    #[serde(borrow, default, skip_serializing_if = "Option::is_none")]
    pub(super) content_type: Option<Cow<'a, str>>,
    #[serde(borrow, default, skip_serializing_if = "Vec::is_empty")]
    pub(super) headers: Vec<HeaderForm<'a>>,
    #[serde(borrow, default, skip_serializing_if = "Option::is_none")]
    pub(super) body: Option<Cow<'a, str>>,
    #[serde(borrow, default, skip_serializing_if = "Option::is_none")]
    pub(super) body_base64: Option<Cow<'a, str>>,
    /// The text of the rule that decided it.
    #[serde(default, borrow, skip_serializing_if = "Option::is_none")]
    pub(super) rule: Option<Cow<'a, str>>,
    #[serde(default, skip_serializing_if = "<[Trouble]>::is_empty")]
    pub(super) trouble: Cow<'a, [Trouble]>,
    #[serde(borrow, default, skip_serializing_if = "Option::is_none")]
    pub(super) app: Option<AppForm<'a>>,
}

#[derive(Serialize, Deserialize)]
pub(super) struct AppForm<'a> {
    pub(super) status: u16,
    pub(super) took_us: u32,
    #[serde(borrow, default)]
    pub(super) content_type: Cow<'a, str>,
    #[serde(borrow, default, skip_serializing_if = "Vec::is_empty")]
    pub(super) headers: Vec<HeaderForm<'a>>,
    #[serde(borrow, default, skip_serializing_if = "Option::is_none")]
    pub(super) body: Option<Cow<'a, str>>,
    #[serde(borrow, default, skip_serializing_if = "Option::is_none")]
    pub(super) body_base64: Option<Cow<'a, str>>,
    #[serde(rename = "whole")]
    pub(super) complete: bool,
}

/// Name and value, an array of two.
#[derive(Serialize, Deserialize)]
pub(super) struct HeaderForm<'a>(
    #[serde(borrow)] pub(super) Cow<'a, str>,
    #[serde(borrow)] pub(super) HeaderValue<'a>,
);

#[derive(Serialize, Deserialize)]
#[serde(untagged, expecting = "a header's value is a string or {\"base64\":\"…\"}")]
pub(super) enum HeaderValue<'a> {
    Text(#[serde(borrow)] Cow<'a, str>),
    Bytes {
        #[serde(borrow)]
        base64: Cow<'a, str>,
    },
}

// serde passes a reference.
#[expect(clippy::trivially_copy_pass_by_ref, reason = "the signature that serde asks for")]
const fn is_zero(number: &u64) -> bool {
    *number == 0
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
