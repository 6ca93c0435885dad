//! Why a text is not a filter, in every language of the interface.

use std::fmt;
use std::ops::Range;

use super::width::{JOINED, full_width_message};
use crate::callback::lang::localize;
use crate::callback::trouble::reason;
use crate::callback::{Lang, Localized};

/// A syntax error in the text of a filter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ParseError {
    /// The bytes of the text that are wrong, on character boundaries; empty, at
    /// the end of the text, where something is missing there.
    pub at: Range<usize>,
    pub(super) reason: Reason,
}

impl ParseError {
    /// Whether only something is missing at the end of a text: the value of a field, or the
    /// rest of a name.
    pub fn is_unfinished(&self, text: &str) -> bool {
        use NameReason::{NoNames, Unknown};
        let is_begun = matches!(
            self.reason,
            Reason::Field(FieldReason::NoValue(..)) | Reason::Name(Unknown { .. } | NoNames(_))
        );
        is_begun && self.at.end == text.len()
    }

    /// The error as a sentence: lower case, without a final dot.
    pub fn message(&self, lang: Lang) -> String {
        self.reason.message(lang)
    }
}

impl fmt::Display for ParseError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message(Lang::En))
    }
}

impl std::error::Error for ParseError {}

/// What is wrong. The texts are those of the filter, as written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Reason {
    /// A text without arguments.
    Plain(Localized),
    /// More nested parentheses than this.
    TooDeep(usize),
    /// More patterns than this.
    TooManyPatterns(usize),
    /// A mistake around the name of a field.
    Field(FieldReason),
    /// A pattern that the regex crate refuses, and its explanation.
    InvalidPattern(String),
    /// Letters after a pattern that are not `i`.
    UnknownPatternFlags(String),
    /// A value that is not what its field compares.
    WrongValue { value: String, expected: Localized },
    /// A range whose end is before its beginning, and what is written in its place.
    Backwards(String, String),
    /// A number that does not fit.
    TooLarge(String),
    /// A form of another language, and what is written here.
    Instead(String),
    /// A range without an end, and what is written with one and without.
    OpenRange(String, String),
    /// A full-width character in place of a half-width one.
    FullWidth(char),
    /// A name that stands for no filter.
    Name(NameReason),
}

/// Why a name stands for no filter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum NameReason {
    /// Filters have no names where this one is written.
    NotHere(String),
    /// No filter has a name.
    NoNames(String),
    /// A name that no filter has, the one that is most like it, and all.
    Unknown { name: String, nearest: Option<&'static str>, known: String },
}

/// What is wrong with a field, its operator or its value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum FieldReason {
    /// A name before `:` that is no field, and the word it begins.
    Unknown { name: String, word: String, nearest: Option<&'static str> },
    /// The name of a field of the body, the condition with it as a path, and with a field of
    /// the language.
    OfBody { name: String, instead: String, other: Option<String> },
    /// The name of a field of the query, and the condition with a field of the language.
    OfQuery { name: String, instead: String },
    /// `!=` after this name.
    NotEqual(String),
    /// `<` or `>` after the name of a field that holds text.
    NotComparable(String),
    /// Nothing after a field and its operator, and an example.
    NoValue(String, &'static str),
    /// An operator after the name of a keyword.
    Keyword(&'static str),
    /// A keyword as the value of a field with this name.
    Alone(&'static str, String),
    /// A value of `type:` that is probably a misspelled type.
    UnknownType { value: String, nearest: &'static str },
}

impl Reason {
    /// The reason in a condition with this field: what is written instead begins with it.
    pub(super) fn of_field(self, name: &str) -> Self {
        let with_name = |it: String| format!("{name}:{it}");
        match self {
            Self::OpenRange(range, low) => {
                Self::OpenRange(with_name(range), format!("{name}>={low}"))
            }
            Self::Backwards(range, instead) => Self::Backwards(range, with_name(instead)),
            other => other,
        }
    }

    fn message(&self, lang: Lang) -> String {
        match self {
            Self::Plain(text) => text.text(lang).to_owned(),
            Self::TooDeep(limit) => {
                localize!(lang, "more than {limit} nested parentheses", "括号嵌套超过 {limit} 层")
            }
            Self::TooManyPatterns(limit) => {
                localize!(lang, "more than {limit} patterns", "正则表达式超过 {limit} 个")
            }
            Self::InvalidPattern(why) => {
                let why = reason::text(why, lang);
                localize!(lang, "invalid pattern: {why}", "无效的正则表达式：{why}")
            }
            Self::UnknownPatternFlags(flags) => localize!(
                lang,
                "unknown flag `{flags}` after a pattern; `i` ignores the letter case",
                "正则表达式后的标志 `{flags}` 未知；`i` 表示忽略大小写"
            ),
            Self::WrongValue { value, expected } => {
                let expected = expected.text(lang);
                localize!(lang, "`{value}` is not {expected}", "`{value}` 不是{expected}")
            }
            Self::Field(reason) => reason.message(lang),
            Self::Name(reason) => reason.message(lang),
            Self::FullWidth('，') => JOINED.text(lang).to_owned(),
            Self::FullWidth(char) => full_width_message(lang, *char),
            Self::Backwards(..) | Self::TooLarge(_) | Self::Instead(_) | Self::OpenRange(..) => {
                self.message_of_value(lang)
            }
        }
    }

    /// The mistake of a value, with what to write.
    fn message_of_value(&self, lang: Lang) -> String {
        match self {
            Self::Backwards(range, instead) => localize!(
                lang,
                "the range `{range}` ends before it begins; write {instead}",
                "范围 `{range}` 的终点小于起点；请写作 {instead}"
            ),
            Self::TooLarge(value) => {
                localize!(lang, "`{value}` is too large", "`{value}` 过大")
            }
            Self::Instead(text) => localize!(
                lang,
                "write `{text}`; text with such signs goes in quotes",
                "请写作 `{text}`；含此类符号的文本请加引号"
            ),
            Self::OpenRange(range, compared) => localize!(
                lang,
                "the range has no end; write {range}, or {compared}",
                "范围缺少终点；请写作 {range}，或 {compared}"
            ),
            _ => String::new(),
        }
    }
}

impl NameReason {
    fn message(&self, lang: Lang) -> String {
        match self {
            Self::NotHere(name) => localize!(
                lang,
                "`@{name}` is not used by its name here; write out the filter, or the text in \
                 quotes: \"@{name}\"",
                "此处不能使用名称 `@{name}`；请写出该过滤条件；若为文本请加引号：\"@{name}\""
            ),
            Self::NoNames(name) => localize!(
                lang,
                "no filter has a name; write `{name} = …` below [filters] in the config file, or \
                 the text in quotes: \"@{name}\"",
                "没有命名的过滤条件；请在配置文件的 [filters] 下添加 `{name} = …`；\
                 若为文本请加引号：\"@{name}\""
            ),
            Self::Unknown { name, nearest: Some(nearest), .. } => localize!(
                lang,
                "no filter is called `{name}`; did you mean `@{nearest}`?",
                "没有名为 `{name}` 的过滤条件；是否想写 `@{nearest}`？"
            ),
            Self::Unknown { name, nearest: None, known } => localize!(
                lang,
                "no filter is called `{name}`; there are {known}; the text is in quotes: \
                 \"@{name}\"",
                "没有名为 `{name}` 的过滤条件；现有 {known}；若为文本请加引号：\"@{name}\""
            ),
        }
    }
}

impl FieldReason {
    fn message(&self, lang: Lang) -> String {
        match self {
            Self::Unknown { name, nearest: Some(nearest), .. } => localize!(
                lang,
                "unknown field `{name}`; did you mean `{nearest}`?",
                "未知字段 `{name}`；是否想写 `{nearest}`？"
            ),
            Self::Unknown { name, word, .. } => localize!(
                lang,
                "unknown field `{name}`; write \"{word}\" in quotes to search for the text",
                "未知字段 `{name}`；若要搜索该文本，请加引号：\"{word}\""
            ),
            Self::OfBody { .. } | Self::OfQuery { .. } => self.message_of_protocol(lang),
            Self::NotEqual(name) => localize!(
                lang,
                "unknown operator `!=`; write -{name}=…",
                "未知运算符 `!=`；请写作 -{name}=…"
            ),
            Self::NotComparable(name) => localize!(
                lang,
                "`{name}` cannot be compared; write {name}:…",
                "`{name}` 不能比较大小；请写作 {name}:…"
            ),
            Self::NoValue(text, example) => no_value(text, example, lang),
            Self::Keyword(_) | Self::Alone(..) => self.message_of_keyword(lang),
            Self::UnknownType { value, nearest } => localize!(
                lang,
                "unknown type `{value}`; did you mean `{nearest}`?",
                "未知类型 `{value}`；是否想写 `{nearest}`？"
            ),
        }
    }

    /// The mistake of a keyword that is not alone.
    fn message_of_keyword(&self, lang: Lang) -> String {
        match self {
            Self::Keyword(name) => localize!(
                lang,
                "`{name}` is a word of its own; write it without a value",
                "`{name}` 是单独使用的关键词，后面不写值"
            ),
            Self::Alone(keyword, name) => localize!(
                lang,
                "write `{keyword}` alone, without `{name}`",
                "请单独写 `{keyword}`，不加 `{name}`"
            ),
            _ => String::new(),
        }
    }

    /// The mistake of a name of the protocol.
    fn message_of_protocol(&self, lang: Lang) -> String {
        match self {
            Self::OfBody { name, instead, other: None } => localize!(
                lang,
                "`{name}` is a field of the body; write `{instead}`, or the text in quotes",
                "`{name}` 是正文中的字段，请写作 `{instead}`；若为文本请加引号"
            ),
            Self::OfBody { name, instead, other: Some(other) } => localize!(
                lang,
                "`{name}` is a field of the body; write `{other}` or `{instead}`, or the text in \
                 quotes",
                "`{name}` 是正文中的字段，请写作 `{other}` 或 `{instead}`；若为文本请加引号"
            ),
            Self::OfQuery { name, instead } => localize!(
                lang,
                "`{name}` is a field of the URL; write `{instead}`, or the text in quotes",
                "`{name}` 是 URL 中的字段，请写作 `{instead}`；若为文本请加引号"
            ),
            _ => String::new(),
        }
    }
}

/// That a field has no value, and an example unless that is empty.
fn no_value(text: &str, example: &str, lang: Lang) -> String {
    let sentence =
        localize!(lang, "`{text}` needs a value right after it", "`{text}` 后需紧跟一个值");
    let example = match example {
        "" => String::new(),
        _ => localize!(lang, ", as in {example}", "，例如 {example}"),
    };
    sentence + &example
}
