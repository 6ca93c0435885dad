//! A delivery as one line of a recording, and back.
//!
//! A recording is JSON Lines: one delivery a line, the form of the design's
//! "The recording". What is not in the sample there:
//!
//! - the value of a header that is not UTF-8 stands as `{"base64":"…"}`;
//! - `age` stands after a `signature` that is `valid` or `stale`: the seconds
//!   from `RequestTime` to the arrival;
//! - a target without a `?` has no `query`; one with nothing after it has `""`;
//! - `trouble` stands in an answer only where there is some, `content_type`
//!   only where it is not `application/json`, and `app`, what the local app had
//!   said, only where that is not what was answered;
//! - `origin` stands only in what the user sent again: `resent` or `edited`.
//!
//! The value of `Sign` is masked on the way out, and nothing else is changed:
//! what is read is what was written, byte for byte. Whoever makes lines by
//! hand needs `v` and `at`; fields that are not known are passed over.

mod answer;
mod form;
#[cfg(test)]
mod tests;

use std::borrow::Cow;
use std::fmt;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde::Deserialize;

use super::{Answer, Delivery, Seq, Timestamp, Verdict, query};
use form::{Form, HeaderForm, HeaderValue};

/// The version of the form that is written, and the highest that is read.
pub const VERSION: u64 = 1;

/// Appends a delivery as a line, with its end.
pub fn encode(delivery: &Delivery, out: &mut Vec<u8>) {
    let (body, body_base64) = texts(&delivery.body);
    let (signature, age) = word(delivery.signature);
    let form = Form {
        v: VERSION,
        seq: delivery.seq.0,
        at: moment(delivery.at).into(),
        peer: (&*delivery.peer).into(),
        method: (&*delivery.method).into(),
        path: delivery.path().into(),
        query: delivery.target.split_once('?').map(|(_, it)| query::masked(it)),
        headers: delivery.headers.iter().map(header).collect(),
        body,
        body_base64,
        signature: signature.into(),
        age,
        origin: answer::origin(delivery.origin),
        answer: Some(answer::form(&delivery.answer)),
    };
    // Neither can memory fail, nor has the form anything that JSON has not.
    let written = serde_json::to_writer(&mut *out, &form);
    debug_assert!(written.is_ok(), "{written:?}");
    out.push(b'\n');
}

/// Reads a line, with or without its end.
///
/// # Errors
/// What is wrong with it.
pub fn decode(line: &[u8]) -> Result<Delivery, Mistake> {
    // A line end inside of a torn text would be told as what is wrong with it.
    let line = line.trim_ascii();
    let form: Form<'_> = serde_json::from_slice(line).map_err(|error| why(line, &error))?;
    if form.v != VERSION {
        return Err(unknown(form.v));
    }
    let target = match &form.query {
        Some(query) => format!("{}?{query}", form.path).into(),
        None => form.path.clone().into(),
    };
    let headers: Vec<_> = form.headers.iter().map(plain).collect::<Result<_, _>>()?;
    Ok(Delivery {
        seq: Seq(form.seq),
        at: point(&form.at)?,
        peer: (&*form.peer).into(),
        method: match &*form.method {
            "POST" => Cow::Borrowed("POST"),
            other => Cow::Owned(other.to_owned()),
        },
        target,
        headers: headers.iter().map(|(name, value)| (*name, &**value)).collect(),
        body: bytes(form.body, form.body_base64, "body")?.into(),
        signature: verdict(&form.signature, form.age)?,
        answer: form.answer.map_or_else(|| Ok(Answer::default()), answer::read)?,
        origin: answer::read_origin(form.origin.as_deref())?,
    })
}

/// What is wrong with a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Mistake {
    /// It has a version that only newer programs know.
    Newer(u64),
    /// It is no line of a recording, for this reason.
    Broken(String),
}

impl fmt::Display for Mistake {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Newer(version) => {
                write!(f, "made by a newer imscope (format {version}; this one reads {VERSION})")
            }
            Self::Broken(why) => f.write_str(why),
        }
    }
}

impl std::error::Error for Mistake {}

fn broken(why: impl Into<String>) -> Mistake {
    Mistake::Broken(why.into())
}

fn unknown(version: u64) -> Mistake {
    match version {
        0 => broken("`v` is 0, and there is no such format"),
        newer => Mistake::Newer(newer),
    }
}

/// Why a line could not be read: its version comes before all else, for a newer
/// form may look different in any other way.
fn why(line: &[u8], error: &serde_json::Error) -> Mistake {
    #[derive(Deserialize)]
    struct Version {
        v: u64,
    }
    if let Ok(Version { v }) = serde_json::from_slice(line)
        && v != VERSION
    {
        return unknown(v);
    }
    let said = error.to_string();
    let said = said.rsplit_once(" at line ").map_or(&*said, |(said, _)| said);
    match (error.classify(), error.column()) {
        (serde_json::error::Category::Eof, _) => broken("it ends too early"),
        (serde_json::error::Category::Syntax, column) => {
            broken(format!("no JSON at column {column}: {said}"))
        }
        _ => broken(said),
    }
}

fn texts(bytes: &[u8]) -> (Option<Cow<'_, str>>, Option<Cow<'_, str>>) {
    match std::str::from_utf8(bytes) {
        Ok(text) => (Some(text.into()), None),
        Err(_) => (None, Some(STANDARD.encode(bytes).into())),
    }
}

fn bytes(
    text: Option<Cow<'_, str>>,
    base64: Option<Cow<'_, str>>,
    name: &str,
) -> Result<Vec<u8>, Mistake> {
    match (text, base64) {
        (Some(_), Some(_)) => Err(broken(format!("both `{name}` and `{name}_base64` are given"))),
        (text, None) => Ok(text.unwrap_or_default().into_owned().into_bytes()),
        (None, Some(base64)) => decoded(&base64, &format!("{name}_base64")),
    }
}

fn decoded(base64: &str, name: &str) -> Result<Vec<u8>, Mistake> {
    STANDARD.decode(base64).map_err(|error| {
        let said = error.to_string();
        broken(format!("`{name}` is not base64: {}", said.trim_end_matches('.').to_lowercase()))
    })
}

fn header<'a>((name, value): (&'a str, &'a [u8])) -> HeaderForm<'a> {
    let value = match query::masked_header(name, value) {
        Cow::Borrowed(value) => match std::str::from_utf8(value) {
            Ok(text) => HeaderValue::Text(text.into()),
            Err(_) => HeaderValue::Bytes { base64: STANDARD.encode(value).into() },
        },
        Cow::Owned(value) => match String::from_utf8(value) {
            Ok(text) => HeaderValue::Text(text.into()),
            Err(bytes) => HeaderValue::Bytes { base64: STANDARD.encode(bytes.as_bytes()).into() },
        },
    };
    HeaderForm(name.into(), value)
}

/// A header's name and its value as bytes. Headers are kept as lines, so that a
/// line break in one would make two of it.
fn plain<'a>(header: &'a HeaderForm<'_>) -> Result<(&'a str, Cow<'a, [u8]>), Mistake> {
    let HeaderForm(name, value) = header;
    let value = match value {
        HeaderValue::Text(text) => Cow::Borrowed(text.as_bytes()),
        HeaderValue::Bytes { base64 } => Cow::Owned(decoded(base64, "base64")?),
    };
    if name.contains([':', '\n']) || value.contains(&b'\n') {
        return Err(broken(format!("the header {name:?} is none: a name or a line ends in it")));
    }
    Ok((name, value))
}

const fn word(verdict: Verdict) -> (&'static str, Option<i64>) {
    match verdict {
        Verdict::Unchecked => ("unchecked", None),
        Verdict::Valid { age } => ("valid", Some(age)),
        Verdict::Absent => ("absent", None),
        Verdict::Wrong => ("wrong", None),
        Verdict::Stale { age } => ("stale", Some(age)),
    }
}

fn verdict(word: &str, age: Option<i64>) -> Result<Verdict, Mistake> {
    let age = age.unwrap_or_default();
    match word {
        "unchecked" => Ok(Verdict::Unchecked),
        "valid" => Ok(Verdict::Valid { age }),
        "absent" => Ok(Verdict::Absent),
        "wrong" => Ok(Verdict::Wrong),
        "stale" => Ok(Verdict::Stale { age }),
        other => Err(broken(format!(
            "`signature` is {other:?}, but must be unchecked, valid, absent, wrong or stale"
        ))),
    }
}

/// A time as RFC 3339 has it, in UTC, always with microseconds. One that no
/// calendar has becomes the nearest that has one.
fn moment(at: Timestamp) -> String {
    let (first, last) = (jiff::Timestamp::MIN, jiff::Timestamp::MAX);
    let stamp = jiff::Timestamp::from_microsecond(at.0);
    let stamp = stamp.unwrap_or(if at.0 < 0 { first } else { last });
    format!("{stamp:.6}")
}

fn point(text: &str) -> Result<Timestamp, Mistake> {
    let stamp: jiff::Timestamp =
        text.parse().map_err(|_| broken(format!("`at` is {text:?}, which is no time")))?;
    Ok(Timestamp(stamp.as_microsecond()))
}
