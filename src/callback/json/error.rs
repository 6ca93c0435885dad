//! Why a body is not JSON, and where: the verdict of `serde_json`, with names
//! for the errors that are common in callbacks.

use std::fmt;

use crate::callback::lang::{Lang, Localized, localize};

/// Why some bytes are not JSON, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ParseError {
    /// The byte at which parsing stopped, from 0.
    pub offset: usize,
    /// The line, from 1.
    pub line: usize,
    /// The character in the line, from 1.
    pub column: usize,
    /// What is wrong there.
    pub reason: Reason,
}

impl ParseError {
    /// Reason and position in a language; lower case, without a final dot.
    pub fn text(&self, lang: Lang) -> String {
        let Self { line, column, reason, .. } = self;
        let reason = reason.text(lang);
        localize!(
            lang,
            "{reason} at line {line} column {column}",
            "第 {line} 行第 {column} 列：{reason}"
        )
    }

    fn at(body: &[u8], offset: usize, reason: Reason) -> Self {
        let before = &body[..offset.min(body.len())];
        let line = memchr::memchr_iter(b'\n', before).count() + 1;
        let start = memchr::memrchr(b'\n', before).map_or(0, |it| it + 1);
        let column = String::from_utf8_lossy(&before[start..]).chars().count() + 1;
        Self { offset, line, column, reason }
    }

    pub(super) fn not_utf8(body: &[u8], error: &std::str::Utf8Error) -> Self {
        let offset = error.valid_up_to();
        let byte = body.get(offset).copied().unwrap_or_default();
        Self::at(body, offset, Reason::NotUtf8(byte))
    }

    pub(super) fn of_serde(text: &str, error: &serde_json::Error) -> Self {
        let offset = match error.is_eof() {
            true => text.len(),
            false => start_of_word(text, offset_of(text, error.line(), error.column())),
        };
        let reason = Reason::find(text, offset).unwrap_or_else(|| Reason::of_serde(error));
        Self::at(text.as_bytes(), offset, reason)
    }
}

/// In English.
impl fmt::Display for ParseError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text(Lang::En))
    }
}

/// What is wrong with a text that is not JSON.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reason {
    /// There is nothing but white space.
    Empty,
    /// This byte is not UTF-8.
    NotUtf8(u8),
    /// A byte order mark comes before the JSON.
    ByteOrderMark,
    /// A `//` or `/*`.
    Comment,
    /// A comma before a closing bracket.
    TrailingComma,
    /// A `'` in place of a `"`.
    SingleQuote,
    /// The text looks like `a=1&b=2`.
    FormData,
    /// Any other error.
    Syntax(Localized),
}

/// The messages of `serde_json`, which gives its reason only as an English text for
/// programmers, and the words for them. A test holds that they are its messages.
const SYNTAX: [(&str, Localized); 14] = [
    ("expected `,` or `}`", Localized::new("a comma or } is missing", "此处缺少 , 或 }")),
    ("expected `,` or `]`", Localized::new("a comma or ] is missing", "此处缺少 , 或 ]")),
    ("expected `:`", Localized::new("a colon is missing", "此处缺少 :")),
    ("expected value", NO_VALUE),
    ("trailing characters", Localized::new("text after the JSON", "JSON 之后还有多余内容")),
    ("expected ident", NO_VALUE),
    (
        "invalid escape",
        Localized::new("an escape that JSON does not have,", "JSON 没有这种转义序列"),
    ),
    ("invalid number", Localized::new("a malformed number", "数字格式不正确")),
    (
        "key must be a string",
        Localized::new("a field name without double quotes", "字段名没有双引号"),
    ),
    (
        "control character (\\u0000-\\u001F) found while parsing a string",
        Localized::new("a raw control character in a string", "字符串中有未转义的控制字符"),
    ),
    (
        "EOF while parsing a value",
        Localized::new("the text ends before a value", "内容在值之前中断"),
    ),
    (
        "EOF while parsing an object",
        Localized::new("the text ends within an object", "内容在对象中中断"),
    ),
    (
        "EOF while parsing a list",
        Localized::new("the text ends within an array", "内容在数组中中断"),
    ),
    (
        "EOF while parsing a string",
        Localized::new("the text ends within a string", "内容在字符串中中断"),
    ),
];

/// Also of a misspelled `true`, `false` or `null`.
const NO_VALUE: Localized = Localized::new("something that is no JSON value", "此处不是 JSON 值");

impl Reason {
    /// The reason in a language. In English some end with a comma, because the
    /// position follows.
    pub fn text(&self, lang: Lang) -> String {
        let text = match self {
            Self::NotUtf8(byte) => {
                return localize!(
                    lang,
                    "not UTF-8: byte 0x{byte:02x}",
                    "不是 UTF-8，字节 0x{byte:02x}"
                );
            }
            Self::Syntax(text) => *text,
            Self::Empty => Localized::new("the body is empty", "正文为空"),
            Self::ByteOrderMark => {
                Localized::new("a byte order mark before the JSON", "JSON 之前有字节序标记（BOM）")
            }
            Self::Comment => {
                Localized::new("a comment, which JSON does not allow,", "JSON 不允许注释")
            }
            Self::TrailingComma => {
                Localized::new("a comma with nothing after it", "逗号之后没有内容")
            }
            Self::SingleQuote => Localized::new(
                "a single quote, where JSON has double ones,",
                "使用了单引号，JSON 只允许双引号",
            ),
            Self::FormData => Localized::new("form data, not JSON,", "这是表单数据，不是 JSON"),
        };
        text.text(lang).to_owned()
    }

    /// The common error at the offset where `serde_json` stopped, if it is one.
    fn find(text: &str, offset: usize) -> Option<Self> {
        let (before, rest) = text.split_at(text.floor_char_boundary(offset));
        let (before, rest) = (before.trim_end(), rest.trim_start());
        Some(match () {
            () if text.trim().is_empty() => Self::Empty,
            () if text.starts_with('\u{feff}') => Self::ByteOrderMark,
            () if rest.starts_with("//") || rest.starts_with("/*") => Self::Comment,
            () if before.ends_with(',') && rest.starts_with(['}', ']']) => Self::TrailingComma,
            () if rest.starts_with('\'') => Self::SingleQuote,
            () if offset == 0 && text.contains('=') && !text.contains('{') => Self::FormData,
            () => return None,
        })
    }

    fn of_serde(error: &serde_json::Error) -> Self {
        let message = error.to_string();
        let message = message.split_once(" at line ").map_or(&*message, |(it, _)| it);
        let known = SYNTAX.iter().find(|(it, _)| *it == message).map(|(_, text)| *text);
        Self::Syntax(known.unwrap_or(Localized::new("a syntax error", "语法错误")))
    }
}

/// The byte at a line and a column (in bytes) of `serde_json`, both from 1.
fn offset_of(text: &str, line: usize, column: usize) -> usize {
    let start = match line.checked_sub(2) {
        None => 0,
        Some(nth) => memchr::memchr_iter(b'\n', text.as_bytes()).nth(nth).map_or(0, |it| it + 1),
    };
    (start + column.saturating_sub(1)).min(text.len())
}

/// The start of the word around an offset outside of strings: of a word that begins
/// like `true`, `false` or `null` the parser reads a part.
fn start_of_word(text: &str, offset: usize) -> usize {
    let before = &text[..text.floor_char_boundary(offset)];
    let word = before.trim_end_matches(|it: char| it.is_ascii_lowercase());
    match ["t", "f", "n"].iter().any(|it| before[word.len()..].starts_with(it)) {
        true => word.len(),
        false => offset,
    }
}

#[cfg(test)]
mod tests {
    use super::super::read;
    use super::*;

    fn message(body: &[u8]) -> String {
        read(body).expect_err("should be refused").to_string()
    }

    #[test]
    fn common_errors_are_named_with_their_position() {
        assert_eq!(
            message(b"{\"a\":1, // one\n\"b\":2}"),
            "a comment, which JSON does not allow, at line 1 column 9"
        );
        assert_eq!(message(b"{\"a\":1,}"), "a comma with nothing after it at line 1 column 8");
        assert_eq!(
            message(b"{'a':1}"),
            "a single quote, where JSON has double ones, at line 1 column 2"
        );
        assert_eq!(message(b"a=1&b=2"), "form data, not JSON, at line 1 column 1");
        assert_eq!(
            message("{\"名\": \n \"x\" \"y\"}".as_bytes()),
            "a comma or } is missing at line 2 column 6"
        );
        assert_eq!(message(b"{\"a\":\"\xff\"}"), "not UTF-8: byte 0xff at line 1 column 7");
        assert_eq!(message(b""), "the body is empty at line 1 column 1");
        assert_eq!(message(b"{\"a\":"), "the text ends before a value at line 1 column 6");
        // Words that begin like those of JSON.
        assert_eq!(message(b"name=a&b=2"), "form data, not JSON, at line 1 column 1");
        assert_eq!(message(b"not found"), "something that is no JSON value at line 1 column 1");
        assert_eq!(message(b"[1,tru]"), "something that is no JSON value at line 1 column 4");
    }

    #[test]
    fn chinese_has_the_position_first() {
        let text = |body: &[u8]| read(body).unwrap_err().text(Lang::Zh);
        assert_eq!(text(b"{\"a\":\"\xff\"}"), "第 1 行第 7 列：不是 UTF-8，字节 0xff");
        assert_eq!(text(b"{\"a\":"), "第 1 行第 6 列：内容在值之前中断");
        assert_eq!(text(b"{\"a\" 1}"), "第 1 行第 6 列：此处缺少 :");
    }

    #[test]
    fn every_message_of_serde_json_has_a_translation() {
        let bodies = [
            r#"{"a":1 "b"}"#,
            "[1 2]",
            r#"{"a" 1}"#,
            r#"{"a":}"#,
            "1 2",
            "[tru]",
            r#"["\x"]"#,
            "[01]",
            "{1:2}",
            "[\"\u{1}\"]",
            "[1,",
            r#"{"a":1"#,
            "[1",
            "[\"",
        ];
        for (body, (serde, text)) in bodies.into_iter().zip(SYNTAX) {
            let error = serde_json::from_str::<&serde_json::value::RawValue>(body).unwrap_err();
            assert!(error.to_string().starts_with(serde), "{body}: {error}");
            assert_eq!(read(body.as_bytes()).unwrap_err().reason, Reason::Syntax(text));
        }
    }
}
