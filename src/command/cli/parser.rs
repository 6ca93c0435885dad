//! Parsers of option values as clap takes them.

use clap::builder::{
    PathBufValueParser, PossibleValue, PossibleValuesParser, StringValueParser,
    TypedValueParser as _, ValueParser,
};

use super::choice::Choice;
use super::value;
use crate::callback::Lang;

/// `true` or `false` of an environment variable, also `yes`, `no`, `1`, `0` …
pub(super) fn switch(lang: Lang) -> ValueParser {
    parsed(lang, value::switch)
}

/// Any text.
pub(super) fn text(_: Lang) -> ValueParser {
    ValueParser::new(StringValueParser::new())
}

/// A file name.
pub(super) fn file(_: Lang) -> ValueParser {
    ValueParser::new(PathBufValueParser::new())
}

/// What a function parses; its error says what is right.
pub(super) fn parsed<T: Clone + Send + Sync + 'static>(
    lang: Lang,
    parse: fn(&str, Lang) -> Result<T, String>,
) -> ValueParser {
    ValueParser::new(move |text: &str| parse(text, lang))
}

/// One of a few words.
pub(super) fn one_of<T: Copy + Send + Sync + 'static>(
    lang: Lang,
    choices: &'static [Choice<T>],
) -> ValueParser {
    let values = choices.iter().map(|it| PossibleValue::new(it.word).help(it.meaning.text(lang)));
    let value = move |word: String| {
        let choice = choices.iter().find(|it| it.word == word);
        choice.expect("clap takes no other word").value
    };
    ValueParser::new(PossibleValuesParser::new(values).map(value))
}
