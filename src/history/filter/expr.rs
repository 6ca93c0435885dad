//! Terms combined by and, or and not, ordered by cost.

use std::fmt;
use std::ops::Range;

use super::field::FieldTerm;
use super::language::{self, Item};
use super::needle::Needle;
use super::subject::{CachedSubject, ReadCost, Subject};
use super::term::Term;
use crate::history::span::Span;

/// A filter as a tree. Invariant: `And` holds no `And`, `Or` no `Or`, `Not` no
/// `Not`.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Expr {
    Term(Box<Term>),
    Not(Box<Expr>),
    /// True if all of them are; true without any.
    And(Vec<Expr>),
    /// True if at least one of them is.
    Or(Vec<Expr>),
}

impl Default for Expr {
    fn default() -> Self {
        Self::And(Vec::new())
    }
}

impl Expr {
    /// A single term.
    pub(super) fn term(term: Term) -> Self {
        Self::Term(Box::new(term))
    }

    /// The conjunction of `parts`.
    pub(super) fn and(parts: Vec<Self>) -> Self {
        let flat = parts.into_iter().flat_map(|it| match it {
            Self::And(inner) => inner,
            other => vec![other],
        });
        Self::joined(flat.collect(), Self::And)
    }

    /// The disjunction of `parts`.
    pub(super) fn or(parts: Vec<Self>) -> Self {
        let flat = parts.into_iter().flat_map(|it| match it {
            Self::Or(inner) => inner,
            other => vec![other],
        });
        Self::joined(flat.collect(), Self::Or)
    }

    /// The negation.
    pub(super) fn not(self) -> Self {
        match self {
            Self::Not(inner) => *inner,
            other => Self::Not(Box::new(other)),
        }
    }

    fn joined(mut parts: Vec<Self>, join: fn(Vec<Self>) -> Self) -> Self {
        match parts.len() {
            1 => parts.remove(0),
            _ => {
                // The order does not change the result, only its cost.
                parts.sort_by_key(Self::cost);
                join(parts)
            }
        }
    }

    /// Calls `visit` with each term, and whether an even number of negations
    /// encloses it.
    fn terms<'a>(&'a self, visit: &mut dyn FnMut(bool, &'a Term), positive: bool) {
        match self {
            Self::Term(term) => visit(positive, term),
            Self::Not(inner) => inner.terms(visit, !positive),
            Self::And(parts) | Self::Or(parts) => {
                for it in parts {
                    it.terms(visit, positive);
                }
            }
        }
    }

    /// Calls `change` with each term; it must not change the cost.
    pub(super) fn change_terms(&mut self, change: &mut dyn FnMut(&mut Term)) {
        match self {
            Self::Term(term) => change(term),
            Self::Not(inner) => inner.change_terms(change),
            Self::And(parts) | Self::Or(parts) => {
                for it in parts {
                    it.change_terms(change);
                }
            }
        }
    }

    fn cost(&self) -> (ReadCost, u8) {
        let mut cost = (ReadCost::Row, 0);
        self.terms(&mut |_, it| cost = cost.max(it.cost()), true);
        cost
    }

    /// The most expensive part of a callback that it reads.
    pub(super) fn read_cost(&self) -> ReadCost {
        let mut cost = ReadCost::Row;
        self.terms(&mut |_, it| cost = cost.max(it.read_cost()), true);
        cost
    }

    /// Whether it has no terms.
    pub(super) fn is_empty(&self) -> bool {
        matches!(self, Self::And(parts) if parts.is_empty())
    }

    /// Whether a callback matches.
    pub(super) fn matches<S: Subject>(&self, subject: &CachedSubject<'_, S>) -> bool {
        match self {
            Self::Term(term) => term.matches(subject),
            Self::Not(inner) => !inner.matches(subject),
            Self::And(parts) => parts.iter().all(|it| it.matches(subject)),
            Self::Or(parts) => parts.iter().any(|it| it.matches(subject)),
        }
    }

    /// Whether no callback matches that was received in this time; false if that is not
    /// known.
    pub(super) fn excludes(&self, span: Span) -> bool {
        match self {
            Self::Term(term) => matches!(&**term, Term::Time(it) if it.excludes(span)),
            Self::Not(_) => false,
            Self::And(parts) => parts.iter().any(|it| it.excludes(span)),
            Self::Or(parts) => !parts.is_empty() && parts.iter().all(|it| it.excludes(span)),
        }
    }

    /// Whether callbacks of a command match: all of them (true), none (false), or some.
    pub(super) fn matches_command(&self, word: &str) -> Option<bool> {
        let among = |parts: &[Self], decisive: bool| {
            let mut each = parts.iter().map(|it| it.matches_command(word));
            // All parts are looked at only if none decides.
            let all = each.try_fold(Some(!decisive), |all, it| match it {
                Some(it) if it == decisive => Err(()),
                it => Ok(all.and(it)),
            });
            all.unwrap_or(Some(decisive))
        };
        match self {
            Self::Term(term) => term.matches_command(word),
            Self::Not(inner) => inner.matches_command(word).map(|it| !it),
            Self::And(parts) => among(parts, false),
            Self::Or(parts) => among(parts, true),
        }
    }

    /// The names of the keywords and fields for which a condition holds.
    pub(super) fn names(&self, is: fn(&Term) -> bool) -> Vec<&'static str> {
        let mut names = Vec::new();
        let mut visit = |_, term: &Term| match term {
            _ if !is(term) => {}
            Term::Keyword(it) => names.push(language::name(Item::Keyword(*it))),
            Term::Number(it) => names.push(language::name(Item::Number(it.field))),
            Term::Time(it) => names.push(language::name(Item::Time(it.field))),
            Term::Type(_) => names.push(language::name(Item::Type)),
            Term::Field(it) => names.push(language::name(Item::Field(it.field))),
            _ => {}
        };
        self.terms(&mut visit, true);
        names
    }

    /// Its terms, each with whether an even number of negations encloses it.
    pub(super) fn all_terms(&self) -> Vec<(bool, &Term)> {
        let mut terms = Vec::new();
        self.terms(&mut |is_positive, it| terms.push((is_positive, it)), true);
        terms
    }

    /// Adds the byte ranges of `text` that its terms match, without those that
    /// are negated.
    pub(super) fn highlight(&self, text: &str, found: &mut Vec<Range<usize>>) {
        let mut visit = |positive: bool, term: &Term| match term {
            _ if !positive => {}
            Term::Word(needle) | Term::Field(FieldTerm { needle, .. }) => {
                highlight_needle(needle, text, found);
            }
            Term::Pattern { regex, .. } => {
                // A pattern can match bytes within a character.
                let all = regex.find_iter(text.as_bytes()).map(|it| it.range());
                found.extend(all.filter(|it| !it.is_empty()).map(|it| on_characters(text, it)));
            }
            Term::Payload(it) => {
                if let Some(needle) = it.needle() {
                    highlight_needle(needle, text, found);
                }
            }
            Term::Keyword(_) | Term::Type(_) | Term::Number(_) | Term::Time(_) => {}
        };
        self.terms(&mut visit, true);
    }
}

fn highlight_needle(needle: &Needle, text: &str, found: &mut Vec<Range<usize>>) {
    let mut from = 0;
    while let Some(it) = needle.find(&text.as_bytes()[from..]).filter(|it| !it.is_empty()) {
        found.push(from + it.start..from + it.end);
        from += it.end;
    }
}

/// The smallest range on character boundaries that includes `range`.
fn on_characters(text: &str, range: Range<usize>) -> Range<usize> {
    text.floor_char_boundary(range.start)..text.ceil_char_boundary(range.end)
}

impl fmt::Display for Expr {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Term(term) => term.fmt(f),
            Self::Not(inner) => match **inner {
                Self::Term(_) => write!(f, "-{inner}"),
                _ => write!(f, "-({inner})"),
            },
            Self::And(parts) => write_joined(f, parts, " ", |it| matches!(it, Self::Or(_))),
            Self::Or(parts) => write_joined(f, parts, " | ", |_| false),
        }
    }
}

fn write_joined(
    f: &mut fmt::Formatter<'_>,
    parts: &[Expr],
    separator: &str,
    needs_parentheses: fn(&Expr) -> bool,
) -> fmt::Result {
    for (i, part) in parts.iter().enumerate() {
        f.write_str(if i == 0 { "" } else { separator })?;
        if needs_parentheses(part) {
            write!(f, "({part})")?;
        } else {
            write!(f, "{part}")?;
        }
    }
    Ok(())
}
