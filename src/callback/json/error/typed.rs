//! Signs and words that JSON does not have, but that are written in its place.

use crate::callback::lang::{Lang, Localized, localize};

/// A sign of Chinese or typographic punctuation that stands for one of JSON.
#[derive(Debug, PartialEq, Eq)]
pub struct TypedSign {
    /// The sign as it was typed.
    pub found: char,
    /// The sign of JSON.
    pub ascii: char,
    /// What it is called.
    pub name: Localized,
}

impl TypedSign {
    /// Its name, itself, its code point, and what to write, in a language.
    pub(super) fn text(&self, lang: Lang) -> String {
        let Self { found, ascii, name } = self;
        let (name, code) = (name.text(lang), u32::from(*found));
        localize!(
            lang,
            "{name} {found} (U+{code:04X}) in place of {ascii}",
            "{name} {found}（U+{code:04X}），应为半角 {ascii}"
        )
    }
}

static SIGNS: [TypedSign; 43] = [
    typed('：', ':', "full-width colon", "全角冒号"),
    typed('，', ',', "full-width comma", "全角逗号"),
    typed('、', ',', "enumeration comma", "顿号"),
    typed('“', '"', "left double quotation mark", "左双引号"),
    typed('”', '"', "right double quotation mark", "右双引号"),
    typed('„', '"', "low double quotation mark", "下双引号"),
    typed('‟', '"', "reversed double quotation mark", "反向双引号"),
    typed('＂', '"', "full-width quotation mark", "全角双引号"),
    typed('″', '"', "double prime", "双撇号"),
    typed('‘', '"', "left single quotation mark", "左单引号"),
    typed('’', '"', "right single quotation mark", "右单引号"),
    typed('‚', '"', "low single quotation mark", "下单引号"),
    typed('＇', '"', "full-width apostrophe", "全角单引号"),
    typed('「', '"', "left corner bracket", "左直角引号"),
    typed('」', '"', "right corner bracket", "右直角引号"),
    typed('『', '"', "left white corner bracket", "左双直角引号"),
    typed('』', '"', "right white corner bracket", "右双直角引号"),
    typed('«', '"', "left guillemet", "左双角引号"),
    typed('»', '"', "right guillemet", "右双角引号"),
    typed('`', '"', "backtick", "反引号"),
    typed('｛', '{', "full-width left brace", "全角左花括号"),
    typed('｝', '}', "full-width right brace", "全角右花括号"),
    typed('［', '[', "full-width left bracket", "全角左方括号"),
    typed('【', '[', "left lenticular bracket", "左方头括号"),
    typed('〔', '[', "left tortoise shell bracket", "左六角括号"),
    typed('］', ']', "full-width right bracket", "全角右方括号"),
    typed('】', ']', "right lenticular bracket", "右方头括号"),
    typed('〕', ']', "right tortoise shell bracket", "右六角括号"),
    typed('－', '-', "full-width hyphen", "全角连字符"),
    typed('−', '-', "minus sign", "数学减号"),
    typed('–', '-', "en dash", "短破折号"),
    typed('—', '-', "em dash", "破折号"),
    typed('．', '.', "full-width point", "全角点号"),
    typed('０', '0', "full-width digit", "全角数字"),
    typed('１', '1', "full-width digit", "全角数字"),
    typed('２', '2', "full-width digit", "全角数字"),
    typed('３', '3', "full-width digit", "全角数字"),
    typed('４', '4', "full-width digit", "全角数字"),
    typed('５', '5', "full-width digit", "全角数字"),
    typed('６', '6', "full-width digit", "全角数字"),
    typed('７', '7', "full-width digit", "全角数字"),
    typed('８', '8', "full-width digit", "全角数字"),
    typed('９', '9', "full-width digit", "全角数字"),
];

const fn typed(found: char, ascii: char, en: &'static str, zh: &'static str) -> TypedSign {
    TypedSign { found, ascii, name: Localized::new(en, zh) }
}

/// All of them.
pub(super) fn signs() -> impl Iterator<Item = &'static TypedSign> {
    SIGNS.iter()
}

/// What a character stands for, if it is one that is typed for a sign of JSON.
pub(super) fn sign(found: char) -> Option<&'static TypedSign> {
    signs().find(|it| it.found == found)
}

/// The sign right after a first one, if it stands for another sign of JSON. What comes
/// after a quotation mark is text.
pub(super) fn sign_after(first: &TypedSign, rest: &str) -> Option<&'static TypedSign> {
    let next = sign(rest.trim_start().chars().next()?)?;
    (first.ascii != '"' && next.ascii != first.ascii).then_some(next)
}

/// White space that JSON does not allow, and characters without width.
pub(super) fn is_foreign_space(sign: char) -> bool {
    (sign.is_whitespace() && !sign.is_ascii())
        || matches!(sign, '\u{b}' | '\u{c}' | '\u{200b}'..='\u{200d}' | '\u{2060}' | '\u{feff}')
}

/// Words of other languages, and what they are in JSON, if it has it.
pub(super) const WORDS: [(&str, Option<&str>); 14] = [
    ("None", Some("null")),
    ("nil", Some("null")),
    ("NULL", Some("null")),
    ("Null", Some("null")),
    ("undefined", Some("null")),
    ("True", Some("true")),
    ("TRUE", Some("true")),
    ("False", Some("false")),
    ("FALSE", Some("false")),
    ("NaN", None),
    ("nan", None),
    ("Infinity", None),
    ("inf", None),
    ("Inf", None),
];

/// The word of another language around an offset, and what it is in JSON.
pub(super) fn word_at(text: &str, offset: usize) -> Option<(&'static str, Option<&'static str>)> {
    let (before, rest) = text.split_at_checked(offset)?;
    let is_part = |it: char| it.is_ascii_alphanumeric() || it == '_';
    let start = before.trim_end_matches(is_part).len();
    let end = offset + rest.find(|it| !is_part(it)).unwrap_or(rest.len());
    WORDS.iter().find(|(it, _)| *it == &text[start..end]).copied()
}
