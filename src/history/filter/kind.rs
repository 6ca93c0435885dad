//! Types of callbacks, by the words of the column TYPE: `type:image`, `type:read`,
//! `type:撤回`, `type:text+3`.

use super::keyword::Keyword;
use super::language;
use super::subject::{CachedSubject, ReadCost, Subject};
use crate::callback::command::{self, Command, Family, When};
use crate::callback::json::BROKEN;
use crate::callback::message::ElementType;
use crate::callback::nearest::nearest;
use crate::callback::printable::clean;
use crate::callback::type_label::{Parts, beginning};
use crate::callback::{Callback, Lang, Localized, decode};
use crate::history::row::Flags;

/// Letters from which on two others in a text are a mistake.
const LONG: usize = 5;

/// A condition on the type.
#[derive(Debug, Clone)]
pub(super) struct Kind {
    /// The word as written, in lower case.
    pub(super) word: String,
    of: Of,
}

#[derive(Debug, Clone)]
enum Of {
    /// One of its elements is of this type.
    Element(ElementType),
    /// As [`Of::Element`], before it is sent.
    Asked(ElementType),
    /// As [`Of::Element`], to a robot.
    ToRobot(ElementType),
    /// It is of one of these commands.
    Commands(Vec<&'static Command>),
    /// It is not JSON.
    Broken,
    /// It is before or after its event.
    When(When),
    /// The column shows this text, or begins with it, in one of the languages. One of its
    /// elements is of the type, if one is given.
    Shown { text: String, is_whole: bool, element: Option<ElementType> },
}

impl Kind {
    /// The type that a text of the column means, in any language and letter case; `None`
    /// of a text that is in no table, which is a type only if it arrives as one.
    pub(super) fn named(text: &str) -> Option<Self> {
        let word = text.to_lowercase();
        let of = element(&word).map(Of::Element).or_else(|| special(&word)).or_else(|| {
            let labelled = command::all().filter(|it| is(it.label, &word));
            let commands: Vec<_> = labelled.collect();
            (!commands.is_empty()).then_some(Of::Commands(commands))
        });
        of.or_else(|| composed(&word)).map(|of| Self { word, of })
    }

    /// The type that the column shows as a text.
    pub(super) fn shown(text: &str) -> Self {
        let word = text.to_lowercase();
        Self { of: Of::Shown { text: word.clone(), is_whole: true, element: None }, word }
    }

    /// Whether it is in no table, but nearly the same as one there.
    pub(super) fn is_nearly_known(&self) -> bool {
        !self.is_known() && nearest(&self.word, words()).is_some()
    }

    /// Whether it is in a table.
    pub(super) fn is_known(&self) -> bool {
        Self::named(&self.word).is_some()
    }

    /// The most expensive part of a callback that it reads.
    pub(super) const fn read_cost(&self) -> ReadCost {
        match self.of {
            Of::Shown { .. } => ReadCost::Delivery,
            _ => ReadCost::Row,
        }
    }

    /// Whether a callback matches.
    pub(super) fn matches<S: Subject>(&self, subject: &CachedSubject<'_, S>) -> bool {
        let has = |it: ElementType| subject.row().kinds & (1 << it as u16) != 0;
        match &self.of {
            Of::Element(it) => has(*it),
            Of::Asked(it) => subject.when() == Some(When::Before) && has(*it),
            Of::ToRobot(it) => family(subject.word()) == Some(Family::Bot) && has(*it),
            Of::Commands(commands) => commands.iter().any(|it| it.is_of(subject.word())),
            Of::Broken => subject.row().flags.contains(Flags::BROKEN),
            Of::When(when) => subject.when() == Some(*when),
            Of::Shown { text, is_whole, element } => {
                element.is_none_or(has)
                    && match subject.callback() {
                        Some(callback) => is_shown(callback, text, *is_whole),
                        None => is_shown(&decode(subject.delivery()), text, *is_whole),
                    }
            }
        }
    }
}

/// Whether the column shows a text of a callback, or begins with it, in any letter case.
fn is_shown(callback: &Callback<'_>, text: &str, is_whole: bool) -> bool {
    [Lang::En, Lang::Zh].into_iter().any(|lang| {
        let label = clean(&callback.type_label(lang)).to_lowercase();
        if is_whole { label == text } else { label.starts_with(text) }
    })
}

/// All words, in English.
pub(super) fn words() -> impl Iterator<Item = &'static str> {
    let elements = ElementType::ALL.into_iter().map(ElementType::name);
    elements.chain(command::all().map(|it| it.label.en)).chain([BROKEN.en])
}

/// All words in both languages.
pub(super) fn labels() -> impl Iterator<Item = &'static str> {
    let elements = ElementType::ALL.into_iter().map(ElementType::label);
    let labels = elements.chain(command::all().map(|it| it.label)).chain([BROKEN]);
    labels.flat_map(|it| [it.en, it.zh])
}

/// A name that is probably meant by a type that is in no table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Name {
    /// A type.
    Type(&'static str),
    /// A keyword.
    Keyword(&'static str),
}

/// The keyword that is a text, else the shortest type or the only keyword that begins with
/// it, else the type that is a few letters from it.
pub(super) fn nearest_name(text: &str) -> Option<Name> {
    let keyword = language::begun_keyword(text).map(Name::Keyword);
    let is_whole = language::find_keyword(text).is_some();
    let begun = labels().filter(|it| language::is_begun(it, text));
    let begun = || begun.min_by_key(|it| it.len()).map(Name::Type);
    // Of a few letters two others are another word: `foo` and `room`.
    let is_near = |it: &&str| {
        let distance = strsim::osa_distance(&text.to_lowercase(), &it.to_lowercase());
        distance <= if text.len() < LONG { 1 } else { 2 }
    };
    let near = || nearest(text, words()).filter(is_near).map(Name::Type);
    keyword.filter(|_| is_whole).or_else(begun).or(keyword).or_else(near)
}

/// The longest word within a text, or the shortest that has the text within it, beginning
/// with it first.
pub(super) fn related_word(text: &str) -> Option<&'static str> {
    let within = |it: &&str| !it.is_ascii() && text.contains(*it);
    let begun = labels().filter(|it| it.starts_with(text)).min_by_key(|it| it.len());
    let spaced = |it: &&str| it.is_ascii() && text.split(' ').any(|word| word == *it);
    let has = |it: &&str| !text.is_ascii() && it.contains(text);
    begun
        .or_else(|| labels().filter(|it| within(it) || spaced(it)).max_by_key(|it| it.len()))
        .or_else(|| labels().filter(has).min_by_key(|it| it.len()))
}

/// Whether a label is a word in one of the languages; spaces are optional.
fn is(label: Localized, word: &str) -> bool {
    let letters = |it: &str| -> String { it.split(' ').collect::<String>().to_lowercase() };
    let word = letters(word);
    letters(label.en) == word || letters(label.zh) == word
}

fn element(word: &str) -> Option<ElementType> {
    ElementType::ALL.into_iter().find(|it| is(it.label(), word))
}

fn special(word: &str) -> Option<Of> {
    if is(BROKEN, word) {
        return Some(Of::Broken);
    }
    match language::find_keyword(word) {
        Some(Keyword::When(when)) => Some(Of::When(when)),
        _ => None,
    }
}

/// A text that is made of a type, or cut by the width of the column.
fn composed(word: &str) -> Option<Of> {
    if let Some(text) = beginning(word).filter(|it| !it.is_empty()) {
        return Some(Of::Shown { text: text.to_owned(), is_whole: false, element: None });
    }
    let parts = Parts::of(word);
    let element = element(parts.word)?;
    Some(match parts {
        Parts { has_number: false, is_asked: true, .. } => Of::Asked(element),
        Parts { has_number: false, is_to_robot: true, .. } => Of::ToRobot(element),
        _ => Of::Shown { text: word.to_owned(), is_whole: true, element: Some(element) },
    })
}

fn family(word: &str) -> Option<Family> {
    command::find(word).map(|it: &Command| it.family)
}
