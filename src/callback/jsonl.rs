//! Encodes a delivery as a line of JSON Lines, and decodes it.
//!
//! The fields are those of `form::Form`, in this order. Optional are:
//!
//! - `query`: missing if the target has no `?`;
//! - `omitted_bytes`: how many bytes follow the body that were not kept;
//! - `age`: seconds from `RequestTime` to the arrival, if `signature` is `valid` or
//!   `stale`;
//! - `refused`: why it was refused, `signature`, `method`, `path`, `browser` or
//!   `loop`, if it was;
//! - `origin`: `resent` or `edited`, if the user sent the delivery again; `body`, if a
//!   log had its body only;
//! - in `answer`: `rule`, if one decided it; `trouble`, if it is not empty;
//!   `content_type`, if it is not `application/json`; `headers`, the others of the
//!   local app; `app`, the reply of the local app, if it is not the answer.
//!
//! Characters that must not be printed are escaped
//! ([`push_json_string`](super::printable::push_json_string)). Bytes that are not UTF-8
//! are in base64: `body_base64` instead of `body`, `{"base64":"…"}` as a header's value.
//! Secrets are masked ([`Secrets`](super::secret::Secrets)); everything else is decoded as
//! it was encoded, byte for byte. A line written by hand needs `v` and `at` only. Unknown
//! fields are ignored.

mod answer;
mod bare;
mod convert;
mod encode;
mod form;
#[cfg(test)]
mod tests;
mod time;

use std::borrow::Cow;
use std::fmt;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde::Deserialize;

use super::trouble::failure;
use super::{Answer, Delivery, DeliveryKind, Refusal, Seq};
use convert::{headers, refusal, verdict};
pub(super) use convert::{refused as refusal_word, signature as signature_word};
use form::Form;
use time::timestamp;

pub use bare::decode_bare;
pub use encode::encode;

/// The version of the format.
pub const VERSION: u64 = 1;

/// Decodes a line, with or without its line end.
///
/// ```
/// use imscope::callback::jsonl;
///
/// let delivery = jsonl::decode(br#"{"v":1,"at":"2026-11-22T06:02:11Z","body":"{}"}"#)?;
/// assert_eq!(&*delivery.body, b"{}");
///
/// let mut line = Vec::new();
/// jsonl::encode(&delivery, &mut line);
/// assert_eq!(jsonl::decode(&line)?, delivery);
/// # Ok::<(), jsonl::LineError>(())
/// ```
///
/// # Errors
/// A line that is not a delivery, or has another version.
pub fn decode(line: &[u8]) -> Result<Delivery, LineError> {
    // Else the error of a truncated line would name its line end.
    let line = line.trim_ascii();
    let form: Form<'_> = serde_json::from_slice(line).map_err(|error| line_error(line, &error))?;
    if form.v != VERSION {
        return Err(unknown_version(form.v));
    }
    let target = match &form.query {
        Some(query) => format!("{}?{query}", form.path).into(),
        None => form.path.clone().into(),
    };
    let signature = verdict(&form.signature, form.age)?;
    Ok(Delivery {
        seq: Seq(form.seq),
        at: timestamp(&form.at)?,
        peer: (&*form.peer).into(),
        method: match &*form.method {
            "POST" => Cow::Borrowed("POST"),
            other => Cow::Owned(other.to_owned()),
        },
        target,
        headers: headers(&form.headers)?,
        body: bytes(form.body, form.body_base64, "body")?.into(),
        omitted_bytes: form.omitted_bytes,
        signature,
        refusal: match form.refused {
            Some(word) => Some(refusal(&word)?),
            None => Refusal::of(signature, DeliveryKind::of(&form.method)),
        },
        answer: form.answer.map_or_else(|| Ok(Answer::default()), answer::read)?,
        origin: answer::read_origin(form.origin.as_deref())?,
    })
}

/// Why a line cannot be decoded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LineError {
    /// It has this version, which a newer imscope has written.
    NewerVersion(u64),
    /// It is not a line of a recording, for this reason.
    Invalid(String),
}

impl LineError {
    /// Whether all that is known is that the line has no version.
    pub fn is_without_version(&self) -> bool {
        matches!(self, Self::Invalid(reason) if reason == "missing field `v`")
    }
}

impl fmt::Display for LineError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NewerVersion(version) => f.write_str(&failure::made_by_newer(version, VERSION)),
            Self::Invalid(reason) => f.write_str(reason),
        }
    }
}

impl std::error::Error for LineError {}

fn invalid(reason: impl Into<String>) -> LineError {
    LineError::Invalid(reason.into())
}

fn unknown_version(version: u64) -> LineError {
    match version {
        0 => invalid(failure::line_version_zero()),
        newer => LineError::NewerVersion(newer),
    }
}

/// The error of a line. Its version is checked first, because a newer format may
/// differ in everything else.
fn line_error(line: &[u8], error: &serde_json::Error) -> LineError {
    #[derive(Deserialize)]
    struct Version {
        v: u64,
    }
    if let Ok(Version { v }) = serde_json::from_slice(line)
        && v != VERSION
    {
        return unknown_version(v);
    }
    let message = error.to_string();
    let message = message.rsplit_once(" at line ").map_or(&*message, |(it, _)| it);
    match (error.classify(), error.column()) {
        (serde_json::error::Category::Eof, _) => invalid(failure::line_incomplete()),
        (serde_json::error::Category::Syntax, column) => {
            invalid(failure::line_not_json(column, message))
        }
        _ => invalid(message),
    }
}

fn bytes(
    text: Option<Cow<'_, str>>,
    base64: Option<Cow<'_, str>>,
    name: &str,
) -> Result<Vec<u8>, LineError> {
    match (text, base64) {
        (Some(_), Some(_)) => Err(invalid(failure::line_both_fields(name))),
        (text, None) => Ok(text.unwrap_or_default().into_owned().into_bytes()),
        (None, Some(base64)) => decoded(&base64, &format!("{name}_base64")),
    }
}

fn decoded(base64: &str, name: &str) -> Result<Vec<u8>, LineError> {
    STANDARD.decode(base64).map_err(|error| {
        let message = error.to_string();
        let why = message.trim_end_matches('.').to_lowercase();
        invalid(failure::line_not_base64(name, why))
    })
}
