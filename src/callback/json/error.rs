//! Why a body is not JSON, and where: the verdict of `serde_json`, with names
//! for the errors that are common in callbacks.

mod format;
mod named;
mod typed;

use std::fmt;

use crate::callback::lang::{Lang, Localized, localize};
pub use format::Format;
use typed::TypedSign;

/// The word for a body that is not JSON.
pub const BROKEN: Localized = Localized::new("broken", "非JSON");

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
        let text = reason.text(lang);
        let more = reason.more(lang);
        localize!(
            lang,
            "{text} at line {line} column {column}{more}",
            "第 {line} 行第 {column} 列：{text}{more}"
        )
    }

    /// The offset of its line and column in a body, such as the redacted one.
    pub fn offset_in(&self, body: &[u8]) -> usize {
        let line = body.split_inclusive(|it| *it == b'\n').take(self.line - 1);
        let start = line.map(<[u8]>::len).sum::<usize>();
        let rest = body[start..].utf8_chunks().flat_map(|it| {
            let lossy = (!it.invalid().is_empty()).then_some(it.invalid().len());
            it.valid().chars().map(char::len_utf8).chain(lossy)
        });
        start + rest.take(self.column - 1).sum::<usize>()
    }

    fn at(body: &[u8], offset: usize, reason: Reason) -> Self {
        let before = &body[..offset.min(body.len())];
        let line = memchr::memchr_iter(b'\n', before).count() + 1;
        let start = memchr::memrchr(b'\n', before).map_or(0, |it| it + 1);
        let column = String::from_utf8_lossy(&before[start..]).chars().count() + 1;
        Self { offset, line, column, reason }
    }

    pub(super) fn not_utf8(body: &[u8], error: &std::str::Utf8Error) -> Self {
        if let Some(format) = Format::of(body) {
            return Self::at(body, 0, Reason::Format(format));
        }
        let offset = error.valid_up_to();
        let byte = body.get(offset).copied().unwrap_or_default();
        Self::at(body, offset, Reason::NotUtf8(byte))
    }

    pub(super) fn of_serde(text: &str, error: &serde_json::Error) -> Self {
        let offset = match error.is_eof() {
            true => text.len(),
            false => start_of_word(text, offset_of(text, error.line(), error.column())),
        };
        if let Some(format) = Format::of(text.as_bytes()) {
            return Self::at(text.as_bytes(), 0, Reason::Format(format));
        }
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
    /// The body is in another format.
    Format(Format),
    /// Chinese or typographic punctuation in place of a sign of JSON.
    Punctuation {
        /// The one at which parsing stopped.
        first: &'static TypedSign,
        /// The one right after it.
        then: Option<&'static TypedSign>,
    },
    /// White space other than that of ASCII, or a character without width.
    Space(char),
    /// A `=>` in place of a `:`.
    Arrow,
    /// A word of another language.
    Word {
        /// The word.
        word: &'static str,
        /// What it is in JSON, if it has it.
        json: Option<&'static str>,
    },
    /// Any other error.
    Syntax(Localized),
}

/// The messages of `serde_json`, which gives its reason only as an English text for
/// programmers, and the words for them. A test holds that they are its messages.
const SYNTAX: [(&str, Localized); 14] = [
    ("expected `,` or `}`", Localized::new("a comma or } is missing", "此处缺少“,”或“}”")),
    ("expected `,` or `]`", Localized::new("a comma or ] is missing", "此处缺少“,”或“]”")),
    ("expected `:`", Localized::new("a colon is missing", "此处缺少“:”")),
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
        Localized::new("the text ends within an object", "对象尚未结束，内容就中断了"),
    ),
    (
        "EOF while parsing a list",
        Localized::new("the text ends within an array", "数组尚未结束，内容就中断了"),
    ),
    (
        "EOF while parsing a string",
        Localized::new("the text ends within a string", "字符串尚未结束，内容就中断了"),
    ),
];

/// A reason of `serde_json` in both languages.
pub fn syntax(message: &str) -> Option<Localized> {
    SYNTAX.iter().find(|(it, _)| *it == message).map(|(_, text)| *text)
}

/// Also of a misspelled `true`, `false` or `null`.
const NO_VALUE: Localized = Localized::new("something that is no JSON value", "此处不是 JSON 值");

/// An error that `serde_json` does not have today.
const SYNTAX_ERROR: Localized = Localized::new("a syntax error", "语法错误");

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
            Self::Arrow => {
                Localized::new("a =>, where JSON has a colon,", "使用了 =>，JSON 应为冒号")
            }
            Self::Format(format) => {
                let name = format.name().text(lang);
                return localize!(lang, "{name}, not JSON,", "这是{name}，不是 JSON");
            }
            Self::Punctuation { first, .. } => return first.text(lang),
            Self::Space(space) => {
                let code = u32::from(*space);
                return localize!(
                    lang,
                    "a space that JSON does not allow (U+{code:04X})",
                    "JSON 不允许的空白字符（U+{code:04X}）"
                );
            }
            Self::Word { word, json: Some(json) } => {
                return localize!(lang, "{word} in place of {json}", "{word} 应写作 {json}");
            }
            Self::Word { word, json: None } => {
                return localize!(lang, "{word}, which JSON does not have,", "JSON 没有 {word}");
            }
        };
        text.text(lang).to_owned()
    }

    /// What follows the position: the least important, because it may be cut.
    fn more(&self, lang: Lang) -> String {
        let Self::Punctuation { then: Some(then), .. } = self else { return String::new() };
        let then = then.text(lang);
        localize!(lang, ", then {then}", "；其后是{then}")
    }

    /// The common error at the offset where `serde_json` stopped, if it is one.
    fn find(text: &str, offset: usize) -> Option<Self> {
        let offset = text.floor_char_boundary(offset);
        let (before, rest) = text.split_at(offset);
        let sign = rest.chars().next();
        let space = sign.filter(|it| typed::is_foreign_space(*it));
        let punctuation = sign.and_then(typed::sign);
        let word = typed::word_at(text, offset);
        let (before, rest) = (before.trim_end(), rest.trim_start());
        Some(match () {
            () if text.trim().is_empty() => Self::Empty,
            () if text.starts_with('\u{feff}') => Self::ByteOrderMark,
            () if rest.starts_with("//") || rest.starts_with("/*") => Self::Comment,
            () if before.ends_with(',') && rest.starts_with(['}', ']']) => Self::TrailingComma,
            () if rest.starts_with(['\'']) || rest.starts_with("u'") => Self::SingleQuote,
            () if rest.starts_with("=>") => Self::Arrow,
            () => match (space, punctuation, word) {
                (Some(space), ..) => Self::Space(space),
                (_, Some(first), _) => {
                    let then = typed::sign_after(first, &rest[first.found.len_utf8()..]);
                    Self::Punctuation { first, then }
                }
                (.., Some((word, json))) => Self::Word { word, json },
                _ => return None,
            },
        })
    }

    fn of_serde(error: &serde_json::Error) -> Self {
        let message = error.to_string();
        let message = message.split_once(" at line ").map_or(&*message, |(it, _)| it);
        Self::Syntax(syntax(message).unwrap_or(SYNTAX_ERROR))
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
mod tests;
