//! The table of the language: each form, field and keyword, with an example and what it
//! means. The parser takes the names from it, and all pages about the language are made
//! of it.

mod table;

use super::field::Field;
use super::keyword::Keyword;
use super::number::NumericField;
use super::time::TimeField;
use crate::callback::{Lang, Localized};
use crate::history::row::Flags;

/// Letters from which on a text can be the beginning of a word.
const LEAST_BEGINNING: usize = 3;

/// One line of the table.
#[derive(Debug, Clone, Copy)]
pub struct Entry {
    /// The name as it is written; of a form its description.
    pub name: Localized,
    /// Other names of a field, which the screen has in Chinese.
    pub aliases: &'static [&'static str],
    /// A filter with it.
    pub example: &'static str,
    /// The callbacks that it matches.
    pub meaning: Localized,
    /// The sign of these callbacks in a list; empty if they have none.
    pub sign: &'static str,
    pub(super) item: Item,
}

/// What the name of an entry stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Item {
    /// No name: a way to write or to combine terms.
    Form,
    /// A field that holds text.
    Field(Field),
    /// `type:`
    Type,
    /// `re:`
    Pattern,
    /// A field that holds a number.
    Number(NumericField),
    /// A field that holds a time.
    Time(TimeField),
    /// A word.
    Keyword(Keyword),
}

/// The parts of the table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Group {
    /// Ways to write and to combine terms.
    Forms,
    /// Fields of a callback.
    Fields,
    /// Fields that are compared.
    Numbers,
    /// Fields that hold a time.
    Times,
    /// Single words.
    Keywords,
}

impl Group {
    /// All of them, in the order of the table.
    pub const ALL: [Self; 5] =
        [Self::Forms, Self::Fields, Self::Numbers, Self::Times, Self::Keywords];

    /// Its heading.
    pub const fn label(self) -> Localized {
        match self {
            Self::Forms => Localized::new("Forms of filters", "过滤条件的写法"),
            Self::Fields => Localized::new("Fields of filters", "过滤条件的字段"),
            Self::Numbers => Localized::new("Numbers in filters", "过滤条件的数值"),
            Self::Times => Localized::new("Times in filters", "过滤条件的时间"),
            Self::Keywords => Localized::new("Words of filters", "过滤条件的关键词"),
        }
    }
}

impl Entry {
    /// The part of the table that it is in.
    pub const fn group(&self) -> Group {
        match self.item {
            Item::Form => Group::Forms,
            Item::Field(_) | Item::Type | Item::Pattern => Group::Fields,
            Item::Number(_) => Group::Numbers,
            Item::Time(_) => Group::Times,
            Item::Keyword(_) => Group::Keywords,
        }
    }

    /// Whether an operator follows its name.
    const fn is_field(&self) -> bool {
        matches!(self.group(), Group::Fields | Group::Numbers | Group::Times)
    }

    /// The callbacks that it matches, after their sign.
    pub fn explanation(&self, lang: Lang) -> String {
        let meaning = self.meaning.text(lang);
        if self.sign.is_empty() { meaning.to_owned() } else { format!("{} {meaning}", self.sign) }
    }
}

/// The table, in the order of the documentation: the entries of a group are together.
pub static TABLE: &[Entry] = table::TABLE;

/// The names of keywords in English, in the order of the table.
pub fn keywords() -> impl Iterator<Item = &'static str> {
    TABLE.iter().filter(|it| it.group() == Group::Keywords).map(|it| it.name.en)
}

/// The names of keywords in Chinese.
pub(super) fn chinese_keywords() -> impl Iterator<Item = &'static str> {
    TABLE.iter().filter(|it| it.group() == Group::Keywords).map(|it| it.name.zh)
}

/// The keywords of flags.
pub fn flag_words(flags: Flags) -> impl Iterator<Item = &'static str> {
    TABLE.iter().filter_map(move |it| match it.item {
        Item::Keyword(Keyword::Flag(flag)) => flags.contains(flag).then_some(it.name.en),
        _ => None,
    })
}

/// The names of fields, which an operator follows.
pub(super) fn fields() -> impl Iterator<Item = &'static str> {
    TABLE.iter().filter(|it| it.is_field()).map(|it| it.name.en)
}

/// The field with this name or alias, in any letter case.
pub(super) fn find_field(name: &str) -> Option<Item> {
    let is = |it: &&Entry| {
        it.name.en.eq_ignore_ascii_case(name)
            || it.aliases.iter().any(|it| it.eq_ignore_ascii_case(name))
    };
    TABLE.iter().filter(|it| it.is_field()).find(is).map(|it| it.item)
}

/// The alias of a field that a text begins with, if an operator follows it.
pub(super) fn alias_at(text: &str) -> Option<&str> {
    let end = text.find([':', '=', '<', '>', '!', '~'])?;
    let name = &text[..end];
    let is_alias = |it: &&Entry| it.aliases.iter().any(|it| it.eq_ignore_ascii_case(name));
    (!name.is_ascii() && TABLE.iter().any(|it| is_alias(&it))).then_some(name)
}

/// All names of what has an English name.
pub(super) fn spellings(name: &'static str) -> impl Iterator<Item = &'static str> {
    let named = TABLE.iter().filter(move |it| it.name.en == name);
    named.flat_map(|it| [it.name.en, it.name.zh].into_iter().chain(it.aliases.iter().copied()))
}

/// The keyword with this name in one of the languages, in any letter case.
pub(super) fn find_keyword(name: &str) -> Option<Keyword> {
    TABLE.iter().find_map(|it| match it.item {
        Item::Keyword(keyword) => {
            let is = |it: &str| it.eq_ignore_ascii_case(name);
            (is(it.name.en) || is(it.name.zh)).then_some(keyword)
        }
        _ => None,
    })
}

/// The name of a keyword that has this name in one of the languages.
pub(super) fn keyword_name(name: &str) -> Option<&'static str> {
    find_keyword(name).map(|it| self::name(Item::Keyword(it)))
}

/// Whether a word begins with a text, in any letter case, that is long enough for it.
pub(super) fn is_begun(word: &str, text: &str) -> bool {
    let least = if text.is_ascii() { LEAST_BEGINNING } else { 1 };
    let start = word.get(..text.len());
    least <= text.len() && start.is_some_and(|it| it.eq_ignore_ascii_case(text))
}

/// The name that a text is, or the only one of a keyword that begins with it.
pub(super) fn begun_keyword(text: &str) -> Option<&'static str> {
    let names = TABLE.iter().filter(|it| it.group() == Group::Keywords);
    let names = names.flat_map(|it| [it.name.en, it.name.zh]);
    let begun: Vec<_> = names.filter(|it| is_begun(it, text)).collect();
    let exact = begun.iter().find(|it| it.len() == text.len());
    exact.or(begun.first().filter(|_| begun.len() == 1)).copied()
}

/// The example of a field; empty if no field has this name.
pub(super) fn example(name: &str) -> &'static str {
    let item = find_field(name);
    TABLE.iter().find(|it| Some(it.item) == item).map_or("", |it| it.example)
}

/// The name of what is in the table.
pub(super) fn name(item: Item) -> &'static str {
    TABLE.iter().find(|it| it.item == item).map_or("", |it| it.name.en)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::callback::decision::Decision;
    use crate::callback::incomplete::PARTIAL;
    use crate::callback::json::BROKEN;
    use crate::callback::result_word;
    use crate::history::filter::Filter;

    #[test]
    fn each_example_is_a_filter_and_each_name_is_there_once() {
        for (nth, entry) in TABLE.iter().enumerate() {
            let filter = Filter::parse(entry.example).unwrap();
            assert!(!filter.is_empty(), "{}", entry.example);
            let group = entry.group();
            let earlier = || TABLE[..nth].iter().filter(|it| it.group() == group);
            assert!(earlier().all(|it| it.name.en != entry.name.en), "{}", entry.name.en);
            assert!(earlier().all(|it| it.name.zh != entry.name.zh), "{}", entry.name.zh);
            let named = entry.item == Item::Form || entry.example.contains(entry.name.en);
            assert!(named, "{}", entry.example);
        }
    }

    #[test]
    fn the_words_of_results_are_keywords() {
        let words = Decision::ALL.into_iter().map(|it| (Keyword::Decision(it), it.label()));
        let others = [
            (Keyword::Ok, result_word::OK),
            (Keyword::Flag(Flags::REFUSED), result_word::REFUSED),
            (Keyword::Flag(Flags::BROKEN), BROKEN),
            (Keyword::Partial, PARTIAL),
        ];
        for (keyword, word) in words.chain(others) {
            assert_eq!([word.en, word.zh].map(find_keyword), [Some(keyword); 2]);
        }
    }

    #[test]
    fn the_groups_follow_each_other() {
        let groups: Vec<_> = TABLE.iter().map(Entry::group).collect();
        let mut seen = groups.clone();
        seen.dedup();
        assert_eq!(seen, Group::ALL);
    }

    #[test]
    fn a_keyword_is_the_same_in_both_languages() {
        for entry in TABLE.iter().filter(|it| it.group() == Group::Keywords) {
            let [en, zh] = [entry.name.en, entry.name.zh].map(|it| Filter::parse(it).unwrap());
            assert_eq!(en, zh);
            let as_text = Filter::parse(&format!("\"{}\"", entry.name.zh)).unwrap();
            assert_ne!(as_text, zh);
            assert_eq!(Filter::parse(&as_text.to_string()).unwrap(), as_text);
        }
    }
}
