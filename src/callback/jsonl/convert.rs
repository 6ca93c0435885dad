//! Reads the headers of a line; the words of verdicts and refusals, both ways.

use std::borrow::Cow;

use super::form::{HeaderForm, HeaderValue};
use super::{LineError, decoded, invalid};
use crate::callback::trouble::failure;
use crate::callback::{Headers, Refusal, Verdict};

/// The headers of a form.
pub(super) fn headers(forms: &[HeaderForm<'_>]) -> Result<Headers, LineError> {
    let plain: Vec<_> = forms.iter().map(plain_header).collect::<Result<_, _>>()?;
    Ok(plain.iter().map(|(name, value)| (*name, &**value)).collect())
}

/// A header's name and its value as bytes. A line end within them is an error:
/// [`Headers`] are stored as lines.
fn plain_header<'a>(header: &'a HeaderForm<'_>) -> Result<(&'a str, Cow<'a, [u8]>), LineError> {
    let HeaderForm(name, value) = header;
    let value = match value {
        HeaderValue::Text(text) => Cow::Borrowed(text.as_bytes()),
        HeaderValue::Bytes { base64 } => Cow::Owned(decoded(base64, "base64")?),
    };
    if name.contains([':', '\n']) || value.contains(&b'\n') {
        return Err(invalid(format!(
            "the header {name:?} is invalid: it contains a colon or a line end"
        )));
    }
    Ok((name, value))
}

pub(in crate::callback) const fn signature(verdict: Verdict) -> (&'static str, Option<i64>) {
    match verdict {
        Verdict::Unchecked => ("unchecked", None),
        Verdict::Valid { age } => ("valid", Some(age)),
        Verdict::Absent => ("absent", None),
        Verdict::Wrong => ("wrong", None),
        Verdict::Stale { age } => ("stale", Some(age)),
    }
}

pub(super) fn verdict(word: &str, age: Option<i64>) -> Result<Verdict, LineError> {
    let age = age.unwrap_or_default();
    match word {
        "unchecked" => Ok(Verdict::Unchecked),
        "valid" => Ok(Verdict::Valid { age }),
        "absent" => Ok(Verdict::Absent),
        "wrong" => Ok(Verdict::Wrong),
        "stale" => Ok(Verdict::Stale { age }),
        other => Err(invalid(format!(
            "`signature` is {other:?}, but must be unchecked, valid, absent, wrong or stale"
        ))),
    }
}

pub(in crate::callback) const fn refused(refusal: Refusal) -> &'static str {
    match refusal {
        Refusal::Signature => "signature",
        Refusal::Method => "method",
        Refusal::Path => "path",
        Refusal::Browser => "browser",
        Refusal::Loop => "loop",
    }
}

pub(super) fn refusal(word: &str) -> Result<Refusal, LineError> {
    Refusal::ALL.into_iter().find(|it| refused(*it) == word).ok_or_else(|| {
        let words = Refusal::ALL.map(refused).join(", ");
        invalid(failure::line_field_not_one_of("refused", format_args!("{word:?}"), words))
    })
}
