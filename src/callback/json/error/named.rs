//! Finds the reason of an error by its English text, as in a recording.

use super::{Format, Reason, SYNTAX, SYNTAX_ERROR, typed};
use crate::callback::lang::Lang;

/// The reasons without values.
const PLAIN: [Reason; 7] = [
    Reason::Empty,
    Reason::ByteOrderMark,
    Reason::Comment,
    Reason::TrailingComma,
    Reason::SingleQuote,
    Reason::Arrow,
    Reason::Syntax(SYNTAX_ERROR),
];

impl Reason {
    /// The reason that has this English text, and this one after the position, if it is one.
    pub fn named(text: &str, more: Option<&str>) -> Option<Self> {
        let of_byte = || {
            let byte = text.strip_prefix("not UTF-8: byte 0x")?;
            u8::from_str_radix(byte, 16).ok().map(Self::NotUtf8)
        };
        let of_space = || {
            let code = text.strip_suffix(')')?.split_once("(U+")?.1;
            u32::from_str_radix(code, 16).ok().and_then(char::from_u32).map(Self::Space)
        };
        let is_named = |it: &Self| it.text(Lang::En) == text;
        let then = more.and_then(|more| typed::signs().find(|it| it.text(Lang::En) == more));
        let signs = typed::signs().map(|first| Self::Punctuation { first, then });
        let words = typed::WORDS.iter().map(|&(word, json)| Self::Word { word, json });
        let formats = Format::ALL.into_iter().map(Self::Format);
        let syntax = SYNTAX.iter().map(|(_, text)| Self::Syntax(*text));
        let mut others = signs.chain(words).chain(formats).chain(syntax).chain(PLAIN);
        others.find(is_named).or_else(|| of_byte().into_iter().chain(of_space()).find(is_named))
    }
}
