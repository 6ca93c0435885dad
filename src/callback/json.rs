//! JSON values as slices of the body, converted only on access.
//!
//! So numbers keep their digits, objects their order and duplicates, and nesting
//! costs nothing until it is read.
//!
//! Bodies are validated by `check` and split by `splitter`, both our own. What `check`
//! does not accept is parsed again by `serde_json`, which alone decides whether it
//! is JSON and where the error is. With `serde_json` (`RawValue`) as the validator
//! and `memchr` to find the ends of strings, the instructions that
//! `bash benches/instructions/guard` counts grow:
//!
//! | | own | `serde_json` |
//! |---|---|---|
//! | `decide`, one answer | 15,504 | +9 % |
//! | `decode_page`, 64 callbacks | 1,164,257 | +56 % |
//! | `search_texts`, a filter such as `text:` on 64 callbacks | 779,313 | +31 % |
//! | `frame` of 200×50 | 6,207,498 | +6 % |

mod check;
mod splitter;
mod parts;
mod error;

use std::borrow::Cow;

use serde_json::value::RawValue;

pub use error::{BROKEN, Format, ParseError, Reason, syntax};
pub use parts::Part;
use parts::Parts;
use splitter::Splitter;

/// The text of a JSON value, known to be well-formed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Json<'a>(&'a str);

/// The kind of a JSON value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum JsonKind {
    /// `null`
    Null,
    /// `true` or `false`
    Bool,
    /// A number.
    Number,
    /// A string.
    String,
    /// An array.
    Array,
    /// An object.
    Object,
}

/// The fields of an object in their order, duplicates included.
pub type Fields<'a> = Vec<(Cow<'a, str>, Json<'a>)>;

/// The initial capacity for the fields of a body.
const FIELDS: usize = 24;

/// Reads a body as one JSON value.
///
/// # Errors
/// Invalid UTF-8, a syntax error, or an empty body, with its offset.
pub fn read(body: &[u8]) -> Result<Json<'_>, ParseError> {
    let text = utf8(body)?;
    match check::accepts(text) {
        true => Ok(Json(text.trim_ascii())),
        false => parse(text),
    }
}

/// Reads a body as one JSON value, with its fields if it is an object; mostly in a
/// single pass.
///
/// # Errors
/// As [`read`].
pub(super) fn read_fields(body: &[u8]) -> Result<(Json<'_>, Fields<'_>), ParseError> {
    let text = utf8(body)?;
    let mut fields = Fields::new();
    let accepted = accepted_fields(text, |name, value| {
        if fields.is_empty() {
            fields.reserve(FIELDS);
        }
        fields.push((name, value));
    });
    match accepted {
        Some(()) => Ok((Json(text.trim_ascii()), fields)),
        None => parse(text).map(|json| (json, json.fields())),
    }
}

/// Reads a body as one JSON value. `add` gets the name and value of each field if it is an
/// object, in their order; mostly in a single pass, else those of the first pass again.
///
/// # Errors
/// As [`read`].
pub fn read_each<'a>(
    body: &'a [u8],
    mut add: impl FnMut(Cow<'a, str>, Json<'a>),
) -> Result<Json<'a>, ParseError> {
    let text = utf8(body)?;
    let accepted = accepted_fields(text, &mut add);
    if accepted.is_some() {
        return Ok(Json(text.trim_ascii()));
    }
    let json = parse(text)?;
    json.pairs().for_each(|(name, value)| add(name.unquoted(), value));
    Ok(json)
}

/// Calls `add` with the name and value of each field; `None` if `check` does not accept the
/// text.
fn accepted_fields<'a>(text: &'a str, mut add: impl FnMut(Cow<'a, str>, Json<'a>)) -> Option<()> {
    check::fields(text, |it| {
        let name = match it.is_plain {
            true => text[it.name.start + 1..it.name.end - 1].into(),
            false => Json(&text[it.name.clone()]).unquoted(),
        };
        add(name, Json(&text[it.value.clone()]));
    })
}

/// Reads the JSON value that a text begins with, after white space.
///
/// # Errors
/// As [`read`].
pub fn read_first(text: &str) -> Result<Json<'_>, ParseError> {
    match serde_json::Deserializer::from_str(text).into_iter::<&RawValue>().next() {
        Some(Ok(raw)) => Ok(Json(raw.get())),
        Some(Err(error)) => Err(ParseError::of_serde(text, &error)),
        None => parse(text),
    }
}

fn utf8(body: &[u8]) -> Result<&str, ParseError> {
    std::str::from_utf8(body).map_err(|error| ParseError::not_utf8(body, &error))
}

fn parse(text: &str) -> Result<Json<'_>, ParseError> {
    match serde_json::from_str::<&RawValue>(text) {
        Ok(raw) => Ok(Json(raw.get())),
        Err(error) => Err(ParseError::of_serde(text, &error)),
    }
}

/// Whether a string has a backslash. Most are short: a search costs more than to compare
/// eight bytes at once.
fn has_escapes(text: &str) -> bool {
    let (words, rest) = text.as_bytes().as_chunks::<8>();
    let has = |it: &[u8]| it.iter().fold(0, |any, it| any | u8::from(*it == b'\\')) != 0;
    words.iter().any(|it| has(it)) || has(rest)
}

impl<'a> Json<'a> {
    /// The value as written.
    pub const fn raw(self) -> &'a str {
        self.0
    }

    /// The offset of the value in `body`, from which it must have been read.
    pub fn offset_in(self, body: &[u8]) -> usize {
        self.0.as_ptr().addr().saturating_sub(body.as_ptr().addr())
    }

    /// The kind of the value.
    pub fn kind(self) -> JsonKind {
        match self.0.as_bytes().first() {
            Some(b'{') => JsonKind::Object,
            Some(b'[') => JsonKind::Array,
            Some(b'"') => JsonKind::String,
            Some(b't' | b'f') => JsonKind::Bool,
            Some(b'n') => JsonKind::Null,
            _ => JsonKind::Number,
        }
    }

    /// A string with its escapes decoded. With half of a surrogate pair, which is
    /// no character, the escapes stay as written.
    pub fn as_str(self) -> Option<Cow<'a, str>> {
        (self.kind() == JsonKind::String).then(|| self.unquoted())
    }

    /// As [`Json::as_str`], for what is known to be a string.
    fn unquoted(self) -> Cow<'a, str> {
        let inner = self.between_quotes();
        if !has_escapes(inner) {
            return Cow::Borrowed(inner);
        }
        serde_json::from_str(self.0).map_or(Cow::Borrowed(inner), Cow::Owned)
    }

    /// What is known to be a string, without quotes and with escapes as written.
    fn between_quotes(self) -> &'a str {
        &self.0[1..self.0.len() - 1]
    }

    /// Whether this is a string equal to `text`, escapes decoded. `text` must not
    /// contain a backslash.
    pub fn is(self, text: &str) -> bool {
        let same = || self.between_quotes() == text;
        self.kind() == JsonKind::String && (same() || self.unquoted() == text)
    }

    /// The elements of an array; none for anything else.
    pub fn items(self) -> Vec<Json<'a>> {
        self.each_item().collect()
    }

    /// An iterator over the elements of an array; empty for anything else.
    pub fn each_item(self) -> impl Iterator<Item = Json<'a>> {
        let mut parts = (self.kind() == JsonKind::Array).then(|| Splitter::inside(self));
        std::iter::from_fn(move || parts.as_mut()?.next())
    }

    /// The elements of an array of objects, each built from its fields: `add` gets
    /// every name, as written, and value. In a single pass, where `items` and
    /// `fields` take two; up to `limit` elements.
    pub fn gather<T: Default>(
        self,
        limit: usize,
        mut add: impl FnMut(&mut T, Json<'a>, Json<'a>),
    ) -> Vec<T> {
        let mut gathered = Vec::new();
        let Some(mut parts) = (self.kind() == JsonKind::Array).then(|| Splitter::inside(self))
        else {
            return gathered;
        };
        while gathered.len() < limit
            && let Some(is_object) = parts.enter_object()
        {
            let mut new = T::default();
            while is_object
                && let Some(name) = parts.next()
                && let Some(value) = parts.next()
            {
                add(&mut new, name, value);
            }
            gathered.push(new);
        }
        gathered
    }

    /// The fields of an object in their order, duplicates included, with the names
    /// as written, quotes included; none for anything else.
    pub fn pairs(self) -> impl Iterator<Item = (Json<'a>, Json<'a>)> {
        let mut parts = (self.kind() == JsonKind::Object).then(|| Splitter::inside(self));
        std::iter::from_fn(move || {
            let parts = parts.as_mut()?;
            parts.next().zip(parts.next())
        })
    }

    /// The fields of an object; none for anything else.
    pub fn fields(self) -> Fields<'a> {
        self.pairs().map(|(name, value)| (name.unquoted(), value)).collect()
    }

    /// The elements of an array, or the fields of an object with their names as
    /// written.
    pub fn members(self) -> Vec<(Option<Json<'a>>, Json<'a>)> {
        match self.kind() {
            JsonKind::Array => self.each_item().map(|it| (None, it)).collect(),
            _ => self.pairs().map(|(name, value)| (Some(name), value)).collect(),
        }
    }

    /// An iterator over the parts at all levels, in the order of the text; an array or an
    /// object within so many others is not opened.
    pub fn parts(self, max_levels: usize) -> impl Iterator<Item = Part<'a>> {
        Parts::of(self, max_levels)
    }

    /// The value of the last field with this name, as most parsers take it.
    pub fn get(self, name: &str) -> Option<Json<'a>> {
        self.pairs().filter(|(it, _)| it.is(name)).last().map(|(_, value)| value)
    }
}

#[cfg(test)]
mod tests;
