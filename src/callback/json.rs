//! JSON as it stands in a body: every value is a slice of the bytes that came.
//!
//! `serde_json` judges what is JSON; nothing is converted before somebody asks,
//! so that numbers keep their digits, objects their order and their doubles,
//! and nesting of any depth costs nothing until it is opened.

mod check;
mod cut;

use std::borrow::Cow;
use std::fmt;

use serde_json::value::RawValue;

use cut::Cut;

/// A JSON value: the text of it, known to be well-formed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Json<'a>(&'a str);

/// The six kinds of JSON values.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
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

/// Why some bytes are not JSON, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Broken {
    /// The byte at which reading stopped, from 0.
    pub offset: usize,
    /// The line, from 1.
    pub line: usize,
    /// The character in the line, from 1.
    pub column: usize,
    /// What is wrong there, in English, lower case, without a final dot.
    pub reason: String,
}

impl fmt::Display for Broken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} at line {} column {}", self.reason, self.line, self.column)
    }
}

/// Reads a body as one JSON value.
///
/// # Errors
/// What is wrong, and the place: broken UTF-8, a syntax error, nothing at all.
pub fn read(body: &[u8]) -> Result<Json<'_>, Broken> {
    let text = std::str::from_utf8(body).map_err(|error| not_utf8(body, &error))?;
    if check::is_well_formed(text) {
        return Ok(Json(text.trim_ascii()));
    }
    match serde_json::from_str::<&RawValue>(text) {
        Ok(raw) => Ok(Json(raw.get())),
        Err(error) => Err(broken(text, &error)),
    }
}

impl<'a> Json<'a> {
    /// The value as it was written.
    pub const fn text(self) -> &'a str {
        self.0
    }

    /// Where the value begins in `body`, which must be what it was read from.
    pub fn offset_in(self, body: &[u8]) -> usize {
        self.0.as_ptr().addr().saturating_sub(body.as_ptr().addr())
    }

    /// Which kind of value this is.
    pub fn kind(self) -> Kind {
        match self.0.as_bytes().first() {
            Some(b'{') => Kind::Object,
            Some(b'[') => Kind::Array,
            Some(b'"') => Kind::String,
            Some(b't' | b'f') => Kind::Bool,
            Some(b'n') => Kind::Null,
            _ => Kind::Number,
        }
    }

    /// A string's characters, its escapes undone; an escape that stands for no
    /// character (half of a surrogate pair) leaves the string as written.
    pub fn as_str(self) -> Option<Cow<'a, str>> {
        let inner = self.0.strip_prefix('"')?.strip_suffix('"')?;
        if memchr::memchr(b'\\', inner.as_bytes()).is_none() {
            return Some(Cow::Borrowed(inner));
        }
        Some(serde_json::from_str(self.0).map_or(Cow::Borrowed(inner), Cow::Owned))
    }

    /// A number's value, if it is whole and fits.
    pub fn as_i64(self) -> Option<i64> {
        (self.kind() == Kind::Number).then(|| self.0.parse().ok())?
    }

    /// A number's value, as near as a float comes.
    pub fn as_f64(self) -> Option<f64> {
        (self.kind() == Kind::Number).then(|| self.0.parse().ok())?
    }

    /// The elements of an array; none for anything else.
    pub fn items(self) -> Vec<Json<'a>> {
        if self.kind() != Kind::Array {
            return Vec::new();
        }
        let mut cut = Cut::inside(self);
        std::iter::from_fn(|| cut.next()).collect()
    }

    /// The fields of an object in their order, doubles included; none for
    /// anything else.
    pub fn fields(self) -> Vec<(Cow<'a, str>, Json<'a>)> {
        self.entries(|name, value| (name.as_str().unwrap_or_default(), value))
    }

    /// The members of an array or an object; those of an object with the name
    /// as written, quotes and escapes included.
    pub fn members(self) -> Vec<(Option<Json<'a>>, Json<'a>)> {
        match self.kind() {
            Kind::Array => self.items().into_iter().map(|it| (None, it)).collect(),
            _ => self.entries(|name, value| (Some(name), value)),
        }
    }

    fn entries<T>(self, make: impl Fn(Json<'a>, Json<'a>) -> T) -> Vec<T> {
        let mut entries = Vec::new();
        if self.kind() == Kind::Object {
            entries.reserve(16);
            let mut cut = Cut::inside(self);
            while let (Some(name), Some(value)) = (cut.next(), cut.next()) {
                entries.push(make(name, value));
            }
        }
        entries
    }

    /// The value of the last field with this name, as most readers take it.
    pub fn get(self, name: &str) -> Option<Json<'a>> {
        self.fields().into_iter().rev().find(|(it, _)| it == name).map(|(_, value)| value)
    }
}

fn not_utf8(body: &[u8], error: &std::str::Utf8Error) -> Broken {
    let offset = error.valid_up_to();
    let byte = body.get(offset).copied().unwrap_or_default();
    at(body, offset, format!("not UTF-8: byte 0x{byte:02x}"))
}

/// The verdict of `serde_json`, with the mistakes named that people really make.
fn broken(text: &str, error: &serde_json::Error) -> Broken {
    let offset = match error.is_eof() {
        true => text.len(),
        false => offset_of(text, error.line(), error.column()),
    };
    let before = text[..text.floor_char_boundary(offset)].trim_end();
    let rest = text[text.floor_char_boundary(offset)..].trim_start();
    let comment = |it: &str| it.starts_with("//") || it.starts_with("/*");
    let reason = if text.trim().is_empty() {
        "the body is empty".to_owned()
    } else if text.starts_with('\u{feff}') {
        "a byte order mark before the JSON".to_owned()
    } else if comment(rest) {
        "a comment, which JSON does not allow,".to_owned()
    } else if before.ends_with(',') && rest.starts_with(['}', ']']) {
        "a comma with nothing after it".to_owned()
    } else if rest.starts_with('\'') {
        "a single quote, where JSON has double ones,".to_owned()
    } else if offset == 0 && text.contains('=') && !text.contains('{') {
        "form data, not JSON,".to_owned()
    } else {
        let said = error.to_string();
        said.split_once(" at line ").map_or(said.as_str(), |(what, _)| what).to_owned()
    };
    at(text.as_bytes(), offset, reason)
}

/// The byte that the line of `serde_json` and column (in bytes, from 1) point at.
fn offset_of(text: &str, line: usize, column: usize) -> usize {
    let start = match line.checked_sub(2) {
        None => 0,
        Some(nth) => memchr::memchr_iter(b'\n', text.as_bytes()).nth(nth).map_or(0, |it| it + 1),
    };
    (start + column.saturating_sub(1)).min(text.len())
}

fn at(body: &[u8], offset: usize, reason: String) -> Broken {
    let before = &body[..offset.min(body.len())];
    let line = memchr::memchr_iter(b'\n', before).count() + 1;
    let start = memchr::memrchr(b'\n', before).map_or(0, |it| it + 1);
    let column = String::from_utf8_lossy(&before[start..]).chars().count() + 1;
    Broken { offset, line, column, reason }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn place(body: &[u8]) -> String {
        read(body).expect_err("should be broken").to_string()
    }

    #[test]
    fn values_are_slices_of_the_body() {
        let body = br#" {"a": [1.50, "x\u0041"], "a": null} "#;
        let json = read(body).unwrap();
        let fields = json.fields();
        assert_eq!(fields.len(), 2, "doubles are kept");
        let items = fields[0].1.items();
        assert_eq!(items[0].text(), "1.50", "digits are kept");
        assert_eq!(items[1].as_str().unwrap(), "xA");
        assert_eq!(items[0].offset_in(body), 8);
        assert_eq!(json.get("a").unwrap().kind(), Kind::Null, "the last double counts");
    }

    #[test]
    fn numbers_above_two_to_the_31_survive() {
        let json = read(b"[3358721060, 18446744073709551615, 1e3, -1]").unwrap();
        let items = json.items();
        assert_eq!(items[0].as_i64(), Some(3_358_721_060));
        assert_eq!((items[1].as_i64(), items[1].text()), (None, "18446744073709551615"));
        assert_eq!(items[2].as_i64(), None);
        assert_eq!(items[3].as_i64(), Some(-1));
    }

    #[test]
    fn a_hundred_thousand_levels_are_only_text() {
        let body = [vec![b'['; 100_000], vec![b']'; 100_000]].concat();
        assert_eq!(read(&body).unwrap().items().len(), 1);
    }

    #[test]
    fn mistakes_are_named_with_their_place() {
        assert_eq!(
            place(b"{\"a\":1, // one\n\"b\":2}"),
            "a comment, which JSON does not allow, at line 1 column 9"
        );
        assert_eq!(place(b"{\"a\":1,}"), "a comma with nothing after it at line 1 column 8");
        assert_eq!(
            place(b"{'a':1}"),
            "a single quote, where JSON has double ones, at line 1 column 2"
        );
        assert_eq!(place(b"a=1&b=2"), "form data, not JSON, at line 1 column 1");
        assert_eq!(
            place("{\"名\": \n \"x\" \"y\"}".as_bytes()),
            "expected `,` or `}` at line 2 column 6"
        );
        assert_eq!(place(b"{\"a\":\"\xff\"}"), "not UTF-8: byte 0xff at line 1 column 7");
        assert_eq!(place(b""), "the body is empty at line 1 column 1");
        assert_eq!(place(b"{\"a\":"), "EOF while parsing a value at line 1 column 6");
    }
}
