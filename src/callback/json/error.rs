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
            false => offset_of(text, error.line(), error.column()),
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
    /// The text ends too early, in the words of `serde_json`.
    Incomplete(String),
    /// A syntax error whose words are translated.
    Syntax(Localized),
    /// Any other error, in the words of `serde_json`.
    Other(String),
}

/// The messages of `serde_json`, which gives its reason only as an English text. A
/// test holds that they are its messages.
const SYNTAX: [Localized; 10] = [
    Localized::new("expected `,` or `}`", "此处应为 , 或 }"),
    Localized::new("expected `,` or `]`", "此处应为 , 或 ]"),
    Localized::new("expected `:`", "此处应为 :"),
    Localized::new("expected value", "此处应为一个值"),
    Localized::new("trailing characters", "JSON 之后还有多余内容"),
    Localized::new("expected ident", "此处应为 true、false 或 null"),
    Localized::new("invalid escape", "无效的转义序列"),
    Localized::new("invalid number", "无效的数字"),
    Localized::new("key must be a string", "键必须是字符串"),
    Localized::new(
        "control character (\\u0000-\\u001F) found while parsing a string",
        "字符串中有未转义的控制字符",
    ),
];

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
            Self::Incomplete(text) => return localize!(lang, "{text}", "内容不完整"),
            Self::Other(text) => return text.clone(),
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
        match SYNTAX.iter().find(|it| it.en == message) {
            Some(text) => Self::Syntax(*text),
            None if error.is_eof() => Self::Incomplete(message.to_owned()),
            None => Self::Other(message.to_owned()),
        }
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
            "expected `,` or `}` at line 2 column 6"
        );
        assert_eq!(message(b"{\"a\":\"\xff\"}"), "not UTF-8: byte 0xff at line 1 column 7");
        assert_eq!(message(b""), "the body is empty at line 1 column 1");
        assert_eq!(message(b"{\"a\":"), "EOF while parsing a value at line 1 column 6");
    }

    #[test]
    fn chinese_has_the_position_first() {
        let text = |body: &[u8]| read(body).unwrap_err().text(Lang::Zh);
        assert_eq!(text(b"{\"a\":\"\xff\"}"), "第 1 行第 7 列：不是 UTF-8，字节 0xff");
        assert_eq!(text(b"{\"a\":"), "第 1 行第 6 列：内容不完整");
        assert_eq!(text(b"{\"a\" 1}"), "第 1 行第 6 列：此处应为 :");
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
        ];
        let mut produced = Vec::new();
        for body in bodies {
            match read(body.as_bytes()).unwrap_err().reason {
                Reason::Syntax(text) => produced.push(text),
                other => panic!("{body}: {other:?}"),
            }
        }
        assert_eq!(produced, SYNTAX);
    }
}
