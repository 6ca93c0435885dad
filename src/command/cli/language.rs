//! The language of all that is printed: that of `--lang`, of `IMSCOPE_LANG`, else of the
//! locale. It is found before the command line is parsed, so that help and mistakes of
//! the command line have it as well.

use std::ffi::{OsStr, OsString};

use clap::builder::{PossibleValue, TypedValueParser, ValueParser};
use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{Arg, Command, Error};

use super::choice::Choice;
use crate::callback::Lang;

/// The variable of the language; without it, a config file may set it.
pub const VARIABLE: &str = "IMSCOPE_LANG";

/// What a word of `--lang` stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Wanted {
    /// The language of the locale.
    Locale,
    /// This one.
    Lang(Lang),
}

/// The words for a language.
const CHOICES: [Choice<Wanted>; 3] = [
    Choice::new(
        Wanted::Locale,
        "auto",
        "That of LC_ALL, LC_MESSAGES or LANG, the first that is set; English if it is not UTF-8",
        "按 LC_ALL、LC_MESSAGES、LANG 中最先设置的一个；若不是 UTF-8，则为英文",
    ),
    Choice::new(Wanted::Lang(Lang::En), "en", "English", "English"),
    Choice::new(Wanted::Lang(Lang::Zh), "zh", "Simplified Chinese", "简体中文"),
];

/// Finds the language in the arguments after the program's name, else in the environment.
/// A word that names no language counts as not given: the parser reports it.
pub fn detect(arguments: &[OsString], variable: impl Fn(&str) -> Option<OsString>) -> Lang {
    let named = |it: Option<OsString>| of_word(it?.to_str()?);
    let given = named(written(arguments, "--lang")).or_else(|| named(variable(VARIABLE)));
    let locale = || {
        let set = |name: &&str| variable(name).is_some_and(|it| !it.is_empty());
        let name = ["LC_ALL", "LC_MESSAGES", "LANG"].into_iter().find(set);
        let name = name.and_then(&variable).and_then(|it| it.into_string().ok());
        name.filter(|it| is_utf8(it)).and_then(|it| of_locale(&it)).unwrap_or_default()
    };
    match given {
        Some(Wanted::Lang(lang)) => lang,
        Some(Wanted::Locale) | None => locale(),
    }
}

/// The last value of an option, which is read before the others. It is an option wherever
/// it stands before `--`, since no option takes a value that begins with `-` and a letter.
pub(super) fn written(arguments: &[OsString], option: &str) -> Option<OsString> {
    let options = arguments.iter().take_while(|it| *it != "--");
    let next = arguments.iter().skip(1).map(Some).chain([None]);
    let mut found = None;
    for (argument, next) in options.zip(next) {
        let value = argument.to_str().and_then(|it| it.strip_prefix(option)?.strip_prefix('='));
        match value {
            Some(value) => found = Some(value.into()),
            None if argument == option => found = next.cloned(),
            None => {}
        }
    }
    found
}

/// The language that a word of `--lang` stands for: `auto`, or the name of a locale.
fn of_word(word: &str) -> Option<Wanted> {
    if word.eq_ignore_ascii_case("auto") {
        return Some(Wanted::Locale);
    }
    of_locale(word).map(Wanted::Lang)
}

/// The language of a locale: `zh`, `zh-CN`, `zh_CN.UTF-8`, `en_US@euro`; `cn` as well.
fn of_locale(name: &str) -> Option<Lang> {
    let language = name.split(['_', '-', '.', '@']).next()?;
    match language.to_ascii_lowercase().as_str() {
        "zh" | "cn" | "zho" | "chi" => Some(Lang::Zh),
        "en" | "eng" => Some(Lang::En),
        _ => None,
    }
}

/// Whether the charset of a locale is UTF-8, in which all is printed; one that is not
/// named is.
pub(in crate::command) fn is_utf8(locale: &str) -> bool {
    let charset = locale.split('@').next().and_then(|it| it.split_once('.'));
    charset.is_none_or(|(_, it)| it.replace('-', "").eq_ignore_ascii_case("utf8"))
}

/// Whether the charset of a locale is ASCII, though it does not name one.
pub(in crate::command) fn is_ascii(locale: &str) -> bool {
    matches!(locale, "C" | "POSIX")
}

/// The parser of `--lang`.
pub(super) fn parser(lang: Lang) -> ValueParser {
    ValueParser::new(LangParser(lang))
}

/// Accepts what [`of_word`] does; completions offer only the shortest words.
#[derive(Debug, Clone, Copy)]
struct LangParser(Lang);

impl TypedValueParser for LangParser {
    type Value = Wanted;

    fn parse_ref(
        &self,
        command: &Command,
        option: Option<&Arg>,
        value: &OsStr,
    ) -> Result<Self::Value, Error> {
        let found = value.to_str().and_then(of_word);
        found.ok_or_else(|| {
            let words = CHOICES.map(|it| it.word.to_owned()).to_vec();
            let value = value.to_string_lossy().into_owned();
            let option = option.map_or_else(String::new, ToString::to_string);
            let mut error = Error::new(ErrorKind::InvalidValue).with_cmd(command);
            error.insert(ContextKind::InvalidArg, ContextValue::String(option));
            error.insert(ContextKind::InvalidValue, ContextValue::String(value));
            error.insert(ContextKind::ValidValue, ContextValue::Strings(words));
            error
        })
    }

    fn possible_values(&self) -> Option<Box<dyn Iterator<Item = PossibleValue> + '_>> {
        let value = |it: Choice<_>| PossibleValue::new(it.word).help(it.meaning.text(self.0));
        Some(Box::new(CHOICES.into_iter().map(value)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn detected(line: &str, variables: &[(&str, &str)]) -> Lang {
        let arguments: Vec<_> = line.split_whitespace().map(OsString::from).collect();
        detect(&arguments, |name| {
            variables.iter().find(|it| it.0 == name).map(|it| OsString::from(it.1))
        })
    }

    #[test]
    fn every_spelling_of_a_language_is_found_wherever_it_stands() {
        for line in ["--lang zh demo", "demo --lang=zh-CN", "send --lang cn", "--lang ZH_cn.UTF-8"]
        {
            assert_eq!(detected(line, &[]), Lang::Zh, "{line}");
        }
        for line in ["--lang en_US", "send --lang=en", "codes -- --lang zh", "--lang fr", "--lang"]
        {
            assert_eq!(detected(line, &[]), Lang::En, "{line}");
        }
    }

    #[test]
    fn the_option_is_before_its_variable_and_this_before_the_locale() {
        let zh = [("IMSCOPE_LANG", "zh"), ("LANG", "en_US.UTF-8")];
        assert_eq!(detected("demo", &zh), Lang::Zh);
        assert_eq!(detected("demo --lang en", &zh), Lang::En);
        assert_eq!(detected("demo --lang auto", &zh), Lang::En);
    }

    #[test]
    fn the_first_variable_of_the_locale_that_is_set_decides() {
        let lang = |all, messages, lang| {
            let variables = [("LC_ALL", all), ("LC_MESSAGES", messages), ("LANG", lang)];
            detected("", &variables)
        };
        assert_eq!(lang("", "", "zh_CN.UTF-8"), Lang::Zh);
        assert_eq!(lang("", "zh_TW", "en_US"), Lang::Zh);
        assert_eq!(lang("C", "zh_CN", "zh_CN"), Lang::En);
        assert_eq!(lang("POSIX", "", "zh_CN"), Lang::En);
        assert_eq!(lang("", "", "fr_FR"), Lang::En);
    }

    #[test]
    fn a_locale_with_another_charset_than_utf8_is_english_unless_a_language_is_given() {
        for (locale, expected) in [
            ("zh_CN.GBK", Lang::En),
            ("zh_CN.GB18030", Lang::En),
            ("zh_CN.utf8", Lang::Zh),
            ("zh_CN.UTF-8@x", Lang::Zh),
        ] {
            assert_eq!(detected("", &[("LC_ALL", locale)]), expected, "{locale}");
            assert_eq!(detected("--lang zh", &[("LC_ALL", locale)]), Lang::Zh);
        }
    }
}
