//! The guide: what keys do, the languages of filters and rules, the signs and words on the
//! screen. The help of the dashboard, `imscope help` and the manual are made of it.

mod keys;
pub(super) mod lines;
mod signs;

use std::borrow::Cow;

use crate::answer::rule::ACTIONS;
use crate::answer::rule_file::form;
use crate::callback::{Lang, Localized};
use crate::dashboard::keymap::Keymap;
use crate::history::filter::language::{Entry, Group, TABLE};
pub use keys::keys;
use keys::{of_dashboard, of_parts, switchboard};
pub use signs::signs;

/// What keys do while a filter is typed; those that may have a sign are in braces.
const TYPING: [(&str, Localized); 4] = [
    (
        "tab {down}",
        Localized::new(
            "choose in the list above the line, where … is what it has no room for",
            "在输入行上方的列表中选择，… 表示列表未列全",
        ),
    ),
    (
        "enter",
        Localized::new(
            "set the filter with what is chosen, or list the values of a field",
            "以所选内容设定过滤，若为字段则列出其值",
        ),
    ),
    ("esc", Localized::new("go back to what was typed; leave", "恢复为已输入的文字；取消")),
    ("{up}", Localized::new("earlier filters, if nothing is chosen", "未选择时为以前的过滤")),
];

/// A part of the guide.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Section {
    /// What it is about.
    pub heading: Localized,
    /// What it explains.
    pub terms: Vec<Term>,
}

/// A key, a word or a sign, and what it means.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Term {
    /// As it is pressed, written or shown.
    pub name: Cow<'static, str>,
    /// An example of it; empty if there is none.
    pub example: Cow<'static, str>,
    /// What it means.
    pub meaning: Cow<'static, str>,
}

impl Term {
    /// A term without an example.
    pub fn new(name: impl Into<Cow<'static, str>>, meaning: impl Into<Cow<'static, str>>) -> Self {
        Self { name: name.into(), example: "".into(), meaning: meaning.into() }
    }

    /// Adds an example.
    #[must_use]
    pub fn example(self, example: impl Into<Cow<'static, str>>) -> Self {
        Self { example: example.into(), ..self }
    }
}

/// All of it: first the keys of the dashboard, and the signs on it.
pub(super) fn all(keymap: &Keymap, lang: Lang) -> Vec<Section> {
    // Keywords are with their signs.
    let groups = Group::ALL.into_iter().filter(|it| *it != Group::Keywords);
    let filters = [typing(keymap, lang)].into_iter().chain(groups.map(|it| group(it, lang)));
    let parts = [of_dashboard(keymap, lang), signs(lang), of_parts(keymap, lang)];
    parts.into_iter().flatten().chain(filters).chain(rules(lang)).collect()
}

/// How a filter is typed, and the language of filters, group by group.
pub fn filters(keymap: &Keymap, lang: Lang) -> Vec<Section> {
    [typing(keymap, lang)]
        .into_iter()
        .chain(Group::ALL.into_iter().map(|it| group(it, lang)))
        .collect()
}

/// The keys of the input line.
fn typing(keymap: &Keymap, lang: Lang) -> Section {
    let terms =
        TYPING.iter().map(|(keys, meaning)| Term::new(keymap.filled(keys), meaning.text(lang)));
    Section {
        heading: Localized::new("While a filter is typed", "输入过滤条件时"),
        terms: terms.collect(),
    }
}

/// A group of the language of filters.
fn group(group: Group, lang: Lang) -> Section {
    let term = |it: &Entry| {
        let term = Term::new(it.name.text(lang), it.explanation(lang));
        // That of a keyword is the keyword.
        if group == Group::Keywords { term } else { term.example(it.example) }
    };
    let terms = TABLE.iter().filter(|it| it.group() == group).map(term).collect();
    Section { heading: group.label(), terms }
}

/// Rules: their forms, their actions, and the keys of the switchboard.
pub fn answers(keymap: &Keymap, lang: Lang) -> Vec<Section> {
    let mut sections = rules(lang);
    sections.push(switchboard(keymap, lang));
    sections
}

/// The forms of rules, and their actions.
fn rules(lang: Lang) -> Vec<Section> {
    let forms = form::TABLE.iter();
    let forms = forms
        .map(|it| Term::new(it.name.text(lang), it.meaning.text(lang)).example(it.example))
        .collect();
    let actions = ACTIONS.iter();
    let actions =
        actions.map(|it| Term::new(it.name, it.meaning.text(lang)).example(it.example)).collect();
    vec![
        Section {
            heading: Localized::new("Rules, one a line", "规则（每行一条）"), terms: forms
        },
        Section { heading: Localized::new("Actions of rules", "规则的动作"), terms: actions },
    ]
}
