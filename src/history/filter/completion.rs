//! The end of an unfinished filter, and the fields and words that can stand there.

mod names;

use super::language::{Entry, Group, Item, TABLE, find_field};
use super::number::NumericField;
use super::term::{ends_word, quoted};
use super::time::TimeField;
use super::{Field, Filter, Wanted};
use crate::callback::{Lang, Localized};
pub use names::names;

/// What the end of an unfinished filter can become.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    /// The text as it is written in the filter.
    pub text: String,
    /// What it means; empty for a name.
    pub meaning: String,
}

impl Choice {
    /// A choice with its meaning.
    pub fn new(text: impl Into<String>, meaning: impl Into<String>) -> Self {
        Self { text: text.into(), meaning: meaning.into() }
    }

    /// A value, in quotes if it needs them.
    pub fn value(value: &str, meaning: impl Into<String>) -> Self {
        Self::new(quoted(value, false), meaning)
    }
}

/// The choices for the end of an unfinished filter.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Choices {
    /// The offset at which the end begins.
    pub start: usize,
    /// What it can become.
    pub list: Vec<Choice>,
    /// Whether there may be more than is listed.
    pub is_cut: bool,
}

/// The end of an unfinished filter, which a choice replaces.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Slot {
    /// The offset at which it begins.
    pub start: usize,
    /// What is typed of it, without quotes.
    pub typed: String,
    /// What can stand there.
    pub kind: SlotKind,
}

/// What can stand at the end of an unfinished filter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SlotKind {
    /// Nothing that is known.
    Nothing,
    /// A field or a keyword.
    Word,
    /// A value of a field that holds text.
    Value(Field),
    /// A type of an element.
    Type,
    /// A result code.
    Code,
    /// A time.
    Time {
        /// Whether it can be an age.
        has_age: bool,
    },
    /// A path into the body.
    Path,
}

/// The end of an unfinished filter.
pub fn slot(text: &str) -> Slot {
    let End { word, quote } = end(text);
    let word = text.len() - text[word..].trim_start_matches('-').len();
    let nothing = Slot { start: text.len(), typed: String::new(), kind: SlotKind::Nothing };
    if quote.is_none() && text.ends_with('"') {
        return nothing;
    }
    let name = &text[word..quote.unwrap_or(text.len())];
    match name.find([':', '=', '<', '>', '!']) {
        None if quote.is_none() => {
            let kind = if name.starts_with('.') { SlotKind::Path } else { SlotKind::Word };
            Slot { start: word, typed: name.to_owned(), kind }
        }
        Some(at) if name[at..].starts_with([':', '=']) => {
            let start = word + at + 1;
            let typed = &text[start..];
            let typed = match quote {
                Some(quote) if quote == start => unquoted(&text[quote + 1..]),
                Some(_) => return nothing,
                None => typed.to_owned(),
            };
            Slot { start, typed, kind: kind(&name[..at]) }
        }
        _ => nothing,
    }
}

fn kind(name: &str) -> SlotKind {
    match find_field(name) {
        Some(Item::Field(Field::Text)) | None => SlotKind::Nothing,
        Some(Item::Field(field)) => SlotKind::Value(field),
        Some(Item::Type) => SlotKind::Type,
        Some(Item::Number(NumericField::Code)) => SlotKind::Code,
        Some(Item::Time(TimeField::At | TimeField::Sent)) => SlotKind::Time { has_age: false },
        Some(Item::Time(_)) => SlotKind::Time { has_age: true },
        Some(_) => SlotKind::Nothing,
    }
}

/// Where the last word of a text begins, and the quote in it that is not closed.
struct End {
    word: usize,
    quote: Option<usize>,
}

fn end(text: &str) -> End {
    let (mut end, mut is_escaped) = (End { word: 0, quote: None }, false);
    for (at, it) in text.char_indices() {
        match (it, end.quote) {
            (_, Some(_)) if is_escaped => is_escaped = false,
            ('\\', Some(_)) => is_escaped = true,
            ('"', Some(_)) => end = End { word: at + 1, quote: None },
            (_, Some(_)) => {}
            ('"', None) => end.quote = Some(at),
            _ if ends_word(it) => end.word = at + it.len_utf8(),
            _ => {}
        }
    }
    end
}

/// What is in quotes that are not closed yet.
fn unquoted(text: &str) -> String {
    text.replace("\\\"", "\"").replace("\\\\", "\\")
}

/// The forms of a time.
const TIMES: &[(&str, Localized)] = &[
    ("14:02", Localized::new("the minute, on each day", "每天的这一分钟")),
    ("14:02:11-14:05", Localized::new("to the end of 14:05", "到 14:05 末为止")),
    ("14:02-", Localized::new("from 14:02 on", "14:02 起")),
    ("-14:02", Localized::new("to the end of 14:02", "到 14:02 末为止")),
    ("2026-11-27T14:02", Localized::new("the minute of a day", "某天的这一分钟")),
    ("11-27", Localized::new("the last such day", "最近的这一天")),
];
/// The forms of the beginning or the end of a period.
const EDGES: &[(&str, Localized)] = &[
    ("5m", Localized::new("5 minutes ago; also s, h, d", "5 分钟前；也可用 s、h、d")),
    ("14:02", Localized::new("the time of day, on each day", "每天的这一时刻")),
    ("2026-11-27T14:02", Localized::new("the time of a day", "某天的这一时刻")),
    ("11-27", Localized::new("the last such day", "最近的这一天")),
];

/// The forms of a time that begin with or contain what is typed.
pub fn times(typed: &str, has_age: bool, lang: Lang) -> Vec<Choice> {
    let forms = if has_age { EDGES } else { TIMES };
    let mut wanted = Wanted::new(typed, usize::MAX);
    for (form, meaning) in forms {
        wanted.offer(form, || Choice::new(*form, meaning.text(lang)));
    }
    wanted.found()
}

/// The fields and keywords that begin with or contain what is typed, group by group in the
/// order of the table.
pub fn words(typed: &str, lang: Lang) -> Vec<Choice> {
    words_of(typed, lang, |_| true)
}

/// As [`words`], those that can be in a rule: known when a callback is answered, and no
/// times.
pub fn words_for_rules(typed: &str, lang: Lang) -> Vec<Choice> {
    let is_known = |it: Filter| it.times().is_empty() && it.known_later().is_empty();
    words_of(typed, lang, |it| Filter::parse(it.example).is_ok_and(is_known))
}

fn words_of(typed: &str, lang: Lang, is_offered: impl Fn(&Entry) -> bool) -> Vec<Choice> {
    let mut wanted = Wanted::new(typed, usize::MAX);
    // `before` before `before:`.
    let groups = [Group::Fields, Group::Numbers, Group::Keywords, Group::Times];
    let of_group = |group| TABLE.iter().filter(move |it: &&Entry| it.group() == group);
    for entry in groups.into_iter().flat_map(of_group).filter(|it| is_offered(it)) {
        // In Chinese, a field has the name by which the screen shows it.
        let alias = entry.aliases.first().map_or("", |it| Localized::new("", it).text(lang));
        let meaning = entry.meaning.text(lang);
        let meaning = match alias {
            "" => meaning.to_owned(),
            _ if meaning.contains(alias) => meaning.to_owned(),
            _ => format!("{alias}：{meaning}"),
        };
        let choice = |text: String| Choice::new(text, &*meaning);
        // In Chinese, also by its English name.
        let names = [lang, Lang::En].map(|it| typed_of(entry, it));
        let aliases = entry.aliases.iter().map(|it| written(entry, it));
        let _ = names.into_iter().chain(aliases).any(|it| {
            let text = it.clone();
            wanted.offer(&text, || choice(it))
        });
    }
    wanted.found()
}

/// What is typed for an entry: a field with the operator of its example.
fn typed_of(entry: &Entry, lang: Lang) -> String {
    written(entry, entry.name.text(lang))
}

/// A name of an entry, with the operator of its example.
fn written(entry: &Entry, name: &str) -> String {
    let after = entry.example.strip_prefix(entry.name.en).unwrap_or_default();
    let operator = match entry.group() {
        Group::Fields | Group::Times => ":",
        Group::Numbers => &after[..after.find(|it| !":=<>".contains(it)).unwrap_or_default()],
        Group::Forms | Group::Keywords => "",
    };
    format!("{name}{operator}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_choice_replaces_the_last_word_or_the_value_of_a_field() {
        let value = SlotKind::Value;
        for (text, typed, kind) in [
            ("", "", SlotKind::Word),
            ("fr", "fr", SlotKind::Word),
            ("odd\u{3000}fr", "fr", SlotKind::Word),
            ("-(odd|-fr", "fr", SlotKind::Word),
            ("\"a b\"", "", SlotKind::Nothing),
            ("from:\"a b\"", "", SlotKind::Nothing),
            ("from:\"a b\" ", "", SlotKind::Word),
            ("-.Msg", ".Msg", SlotKind::Path),
            (".", ".", SlotKind::Path),
            (".a:b", "b", SlotKind::Nothing),
            ("\"fr", "", SlotKind::Nothing),
            ("from:", "", value(Field::From)),
            ("-TO=小", "小", value(Field::To)),
            ("user:\"a \\\"b", "a \"b", value(Field::User)),
            ("user:x\"b", "", SlotKind::Nothing),
            ("text:fr", "fr", SlotKind::Nothing),
            ("code:80", "80", SlotKind::Code),
            ("code>80", "", SlotKind::Nothing),
            ("type:im", "im", SlotKind::Type),
            ("what:im", "im", SlotKind::Nothing),
            ("at:14", "14", SlotKind::Time { has_age: false }),
            ("-since:", "", SlotKind::Time { has_age: true }),
            ("发送方:b", "b", value(Field::From)),
            ("类型:撤", "撤", SlotKind::Type),
        ] {
            let slot = slot(text);
            assert_eq!((&*slot.typed, slot.kind), (typed, kind), "{text}");
        }
        assert_eq!(slot("a from:\"b c").start, "a from:".len());
    }

    #[test]
    fn each_form_of_a_time_is_one() {
        for (field, has_age) in [("at", false), ("sent", false), ("since", true), ("before", true)]
        {
            for it in times("", has_age, Lang::En) {
                assert!(Filter::parse(&format!("{field}:{}", it.text)).is_ok(), "{field} {it:?}");
            }
        }
    }

    #[test]
    fn words_are_those_that_begin_with_the_typed_text_then_those_that_contain_it() {
        let texts = |typed, lang| -> Vec<String> {
            words(typed, lang).into_iter().map(|it| it.text).collect()
        };
        assert_eq!(
            texts("RE", Lang::En),
            ["re:", "refused", "read", "resent", "unread>", "before", "before:"]
        );
        assert_eq!(texts("拒", Lang::Zh), ["拒收", "拒绝"]);
        assert_eq!(texts("deni", Lang::Zh), ["denied"]);
        assert_eq!(texts("code", Lang::Zh), ["code:"]);
        assert_eq!(texts("发送", Lang::Zh), ["发送方:", "发送时间:"]);
        assert_eq!(texts("未读数", Lang::En), ["未读数>"]);
        assert_eq!(texts("zz", Lang::En), [""; 0]);
        let twice = words("", Lang::Zh).into_iter().find(|it| {
            it.meaning.split_once('：').is_some_and(|(name, rest)| rest.starts_with(name))
        });
        assert_eq!(twice, None);
        let all = texts("", Lang::En);
        assert!(all.len() == TABLE.iter().filter(|it| it.group() != Group::Forms).count());
    }
}
