//! Types of callbacks, by the words of the column TYPE: `type:image`, `type:read`,
//! `type:撤回`.

use super::keyword::Keyword;
use super::language;
use super::subject::{CachedSubject, Subject};
use crate::callback::Localized;
use crate::callback::command::{self, Command, Family, TABLE, When};
use crate::callback::json::BROKEN;
use crate::callback::message::ElementType;
use crate::history::row::Flags;

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
    Commands(Vec<&'static str>),
    /// It is not JSON.
    Broken,
    /// It is before or after its event.
    When(When),
}

impl Kind {
    /// The type that a word of the column means, in any language and letter case.
    pub(super) fn named(word: &str) -> Option<Self> {
        let word = word.to_lowercase();
        let of = element(&word).map(Of::Element).or_else(|| special(&word)).or_else(|| {
            let labelled = TABLE.iter().filter(|it| is(it.label, &word)).map(|it| it.word);
            let words: Vec<_> = labelled.collect();
            (!words.is_empty()).then_some(Of::Commands(words))
        })?;
        Some(Self { word, of })
    }

    /// Whether a callback matches.
    pub(super) fn matches<S: Subject>(&self, subject: &CachedSubject<'_, S>) -> bool {
        let has = |it: ElementType| subject.row().kinds & (1 << it as u16) != 0;
        match &self.of {
            Of::Element(it) => has(*it),
            Of::Asked(it) => subject.when() == Some(When::Before) && has(*it),
            Of::ToRobot(it) => family(subject.word()) == Some(Family::Bot) && has(*it),
            Of::Commands(words) => words.contains(&subject.word()),
            Of::Broken => subject.row().flags.contains(Flags::BROKEN),
            Of::When(when) => subject.when() == Some(*when),
        }
    }
}

/// All words, in English.
pub(super) fn words() -> impl Iterator<Item = &'static str> {
    let elements = ElementType::ALL.into_iter().map(ElementType::name);
    elements.chain(TABLE.iter().map(|it| it.label.en)).chain([BROKEN.en])
}

fn is(label: Localized, word: &str) -> bool {
    label.en.to_lowercase() == word || label.zh.to_lowercase() == word
}

fn element(word: &str) -> Option<ElementType> {
    ElementType::ALL.into_iter().find(|it| is(it.label(), word))
}

fn special(word: &str) -> Option<Of> {
    if is(BROKEN, word) {
        return Some(Of::Broken);
    }
    if let Some(Keyword::When(when)) = language::find_keyword(word) {
        return Some(Of::When(when));
    }
    let asked = word.strip_suffix(['?', '？']).and_then(element);
    let robot = word.strip_prefix("bot ").and_then(element);
    asked.map(Of::Asked).or(robot.map(Of::ToRobot))
}

fn family(word: &str) -> Option<Family> {
    command::find(word).map(|it: &Command| it.family)
}
