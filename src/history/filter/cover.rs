//! Finds a filter that matches all that another one matches.
//!
//! It finds no more than it can prove from the terms: a term implies an equal one, a text
//! one that is contained in it, and a command word whether it is before or after.

use std::collections::{BTreeSet, HashMap};

use super::Filter;
use super::expr::Expr;
use super::field::{Field, FieldTerm};
use super::language::{self, Item};
use super::term::Term;
use crate::callback::command::{Command, SIGNAL, TABLE, When};

const BEFORE: &str = "before";
const AFTER: &str = "after";
/// Of a command whose answer has a code that counts; no word of the language.
const CODED: &str = "before | SIGNAL";

/// A condition that another one can imply.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
enum Condition {
    /// A part of a filter in normal form; only an equal one implies it.
    Part(String),
    /// A field contains a text; without a field the body does. ASCII letters are in lower
    /// case.
    Contains(Option<&'static str>, String),
}

/// Conditions, all of which a callback has to meet: a filter, or one side of its `|`.
#[derive(Debug, Clone, Default)]
pub struct Conjunction {
    conditions: Vec<Condition>,
    /// What follows from the command words of the conditions.
    implied: Vec<Condition>,
}

impl Conjunction {
    /// These conditions, of a "before" command.
    #[must_use]
    pub fn before(self) -> Self {
        self.with(BEFORE)
    }

    /// These conditions, of a command whose answer has a code that counts.
    #[must_use]
    pub fn coded(self) -> Self {
        self.with(CODED)
    }

    fn with(mut self, part: &str) -> Self {
        self.conditions.push(Condition::Part(part.to_owned()));
        self.derive();
        self
    }

    fn of(expr: &Expr) -> Self {
        let mut conjunction = Self::default();
        for part in if let Expr::And(parts) = expr { parts } else { std::slice::from_ref(expr) } {
            conjunction.conditions.push(condition(part));
            if let Expr::Term(term) = part {
                conjunction.implied.extend(implied(term));
            }
        }
        conjunction.derive();
        conjunction
    }

    /// A "before" command is one whose answer has a code.
    fn derive(&mut self) {
        let before = Condition::Part(BEFORE.to_owned());
        if self.all().any(|it| *it == before) {
            self.implied.push(Condition::Part(CODED.to_owned()));
        }
    }

    fn all(&self) -> impl Iterator<Item = &Condition> {
        self.conditions.iter().chain(&self.implied)
    }

    /// Whether all that meet it meet another one.
    fn implies(&self, other: &Self) -> bool {
        other.conditions.iter().all(|it| self.all().any(|own| own.implies(it)))
    }
}

impl Condition {
    fn implies(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Contains(field, text), Self::Contains(other, part)) => {
                field == other && text.contains(part.as_str())
            }
            _ => self == other,
        }
    }
}

fn condition(part: &Expr) -> Condition {
    let Expr::Term(term) = part else { return Condition::Part(part.to_string()) };
    match &**term {
        Term::Word(needle) => contains(None, needle.text()),
        Term::Field(FieldTerm { field, needle, exact: false }) => {
            contains(Some(name(*field)), needle.text())
        }
        _ => Condition::Part(part.to_string()),
    }
}

fn name(field: Field) -> &'static str {
    language::name(Item::Field(field))
}

fn contains(field: Option<&'static str>, text: &str) -> Condition {
    Condition::Contains(field, text.to_ascii_lowercase())
}

/// What follows from a term.
fn implied(term: &Term) -> Vec<Condition> {
    let Term::Field(it) = term else { return Vec::new() };
    let contains = |field: Field| contains(Some(name(field)), it.needle.text());
    let mut all = Vec::new();
    if it.exact {
        all.push(contains(it.field));
    }
    if matches!(it.field, Field::From | Field::To) {
        all.push(contains(Field::User));
        let exact = it.exact.then(|| FieldTerm { field: Field::User, ..it.clone() });
        all.extend(exact.map(|it| Condition::Part(Expr::term(Term::Field(it)).to_string())));
    }
    if it.field == Field::Command {
        let is = |is: fn(&Command) -> bool| {
            let mut accepted = TABLE.iter().filter(|command| it.accepts(command.word)).peekable();
            accepted.peek().is_some() && accepted.all(is)
        };
        let parts = [
            (is(|it| it.when == When::Before), BEFORE),
            (is(|it| it.when == When::After), AFTER),
            (is(|it| it.when == When::Before || it.word == SIGNAL), CODED),
        ];
        let parts = parts.into_iter().filter(|(holds, _)| *holds);
        all.extend(parts.map(|(_, part)| Condition::Part(part.to_owned())));
    }
    all
}

impl Filter {
    /// Its alternatives; a callback that meets one of them matches.
    pub fn alternatives(&self) -> Vec<Conjunction> {
        match &self.expr {
            Expr::Or(parts) => parts.iter().map(Conjunction::of).collect(),
            other => vec![Conjunction::of(other)],
        }
    }
}

/// Numbered conjunctions, by one of their conditions each.
#[derive(Debug, Default)]
pub struct Cover {
    by_condition: HashMap<Option<Condition>, Vec<(usize, Conjunction)>>,
    /// The lengths of the texts of those by a [`Condition::Contains`].
    lengths: BTreeSet<usize>,
}

impl Cover {
    /// Adds a conjunction.
    pub fn add(&mut self, number: usize, conjunction: Conjunction) {
        // The rarest condition, so that a search compares few.
        let count = |it: &Condition| self.by_condition.get(&Some(it.clone())).map_or(0, Vec::len);
        let rarest = conjunction.conditions.iter().min_by_key(|it| count(it)).cloned();
        if let Some(Condition::Contains(_, text)) = &rarest {
            self.lengths.insert(text.len());
        }
        self.by_condition.entry(rarest).or_default().push((number, conjunction));
    }

    /// The least number of a conjunction that all meet that meet another one.
    pub fn of(&self, conjunction: &Conjunction) -> Option<usize> {
        let found = |key: &Option<Condition>| {
            let candidates = self.by_condition.get(key).into_iter().flatten();
            candidates.filter(|(_, it)| conjunction.implies(it)).map(|(number, _)| *number).min()
        };
        let parts = conjunction.all().flat_map(|it| self.parts(it));
        std::iter::once(None).chain(parts.map(Some)).filter_map(|it| found(&it)).min()
    }

    /// The condition, and those on a part of its text that can be there.
    fn parts(&self, condition: &Condition) -> Vec<Condition> {
        let Condition::Contains(field, text) = condition else { return vec![condition.clone()] };
        let lengths = self.lengths.iter().take_while(|it| **it <= text.len());
        let ranges = lengths.flat_map(|it| (0..=text.len() - it).map(move |at| at..at + it));
        let parts = ranges.filter_map(|it| text.get(it));
        parts.map(|it| Condition::Contains(*field, it.to_owned())).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Whether a filter covers another one.
    fn covers(earlier: &str, later: &str) -> bool {
        let alternatives = |text| Filter::parse(text).unwrap().alternatives();
        let mut cover = Cover::default();
        for it in alternatives(earlier) {
            cover.add(0, it);
        }
        alternatives(later).iter().all(|it| cover.of(it).is_some())
    }

    #[test]
    fn a_filter_with_more_terms_is_covered_by_one_with_fewer() {
        for (earlier, later) in [
            ("", "from:a"),
            ("before from:a", "odd from:a before"),
            ("from:bo", "from:BOB"),
            ("user:bo", "to:bob"),
            ("user=bob", "from=bob"),
            ("from:bo", "from=Bob"),
            ("red", "\"a red packet\""),
            ("before", "cmd:BeforeSendMsg"),
            ("after", "cmd=C2C.CallbackAfterSendMsg"),
            ("-odd (a | b)", "(a | b) -odd c"),
            ("from:a | from:b", "from:b late | from:a"),
        ] {
            assert!(covers(earlier, later), "{earlier} / {later}");
            assert!(!covers(later, earlier), "{later} / {earlier}");
        }
    }

    #[test]
    fn what_is_not_proven_is_not_covered() {
        for (earlier, later) in [
            ("from:a", ""),
            ("from:bob", "to:bob"),
            ("from=bo", "from:bo"),
            ("from=bob", "from=Bob"),
            ("before", "cmd:c2c"),
            ("from:a", "from:a | from:b"),
            ("red", "text:red"),
            ("-red", "-redder x"),
            ("before", "cmd:unheard"),
        ] {
            assert!(!covers(earlier, later), "{earlier} / {later}");
        }
    }

    #[test]
    fn the_answers_to_before_commands_and_signals_have_codes() {
        let of = |text: &str| Filter::parse(text).unwrap().alternatives().remove(0);
        let mut cover = Cover::default();
        cover.add(1, of("from:a").coded());
        for (text, number) in [
            ("from:a", None),
            ("from:a before", Some(1)),
            ("from:a cmd:Chatbot", Some(1)),
            ("from:a after", None),
        ] {
            assert_eq!(cover.of(&of(text)), number, "{text}");
        }
        assert_eq!(cover.of(&of("from:ab").before()), Some(1));
    }
}
