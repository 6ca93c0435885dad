//! Terms joined by and, or and not, the cheap ones first.

use std::borrow::Cow;
use std::cell::OnceCell;
use std::fmt;
use std::ops::Range;

use super::needle::Needle;
use super::term::Term;
use super::{Reads, Subject};
use crate::callback::Delivery;
use crate::history::row::Row;

/// A filter as a tree: no and in an and, no or in an or, no not in a not.
#[derive(Debug, Clone, PartialEq)]
#[expect(clippy::large_enum_variant, reason = "a filter has a handful, and asks them often")]
pub(super) enum Expr {
    Term(Term),
    Not(Box<Expr>),
    /// All of them; true if there are none.
    And(Vec<Expr>),
    /// At least one of them.
    Or(Vec<Expr>),
}

impl Default for Expr {
    fn default() -> Self {
        Self::And(Vec::new())
    }
}

impl Expr {
    /// All of these.
    pub(super) fn and(parts: Vec<Self>) -> Self {
        let flat = parts.into_iter().flat_map(|it| match it {
            Self::And(inner) => inner,
            other => vec![other],
        });
        Self::joined(flat.collect(), Self::And)
    }

    /// At least one of these.
    pub(super) fn or(parts: Vec<Self>) -> Self {
        let flat = parts.into_iter().flat_map(|it| match it {
            Self::Or(inner) => inner,
            other => vec![other],
        });
        Self::joined(flat.collect(), Self::Or)
    }

    /// Not this.
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
                // The order means nothing to the answer, and all to its price.
                parts.sort_by_key(Self::cost);
                join(parts)
            }
        }
    }

    fn terms(&self, visit: &mut dyn FnMut(bool, &Term), positive: bool) {
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

    fn cost(&self) -> u8 {
        let mut cost = 0;
        self.terms(&mut |_, it| cost = cost.max(it.cost()), true);
        cost
    }

    /// The dearest thing it looks at.
    pub(super) fn reads(&self) -> Reads {
        let mut reads = Reads::Row;
        self.terms(&mut |_, it| reads = reads.max(it.reads()), true);
        reads
    }

    /// Whether it asks nothing.
    pub(super) fn is_empty(&self) -> bool {
        matches!(self, Self::And(parts) if parts.is_empty())
    }

    /// Whether a callback passes.
    pub(super) fn holds<S: Subject>(&self, look: &Look<'_, S>) -> bool {
        match self {
            Self::Term(term) => term.holds(look),
            Self::Not(inner) => !inner.holds(look),
            Self::And(parts) => parts.iter().all(|it| it.holds(look)),
            Self::Or(parts) => parts.iter().any(|it| it.holds(look)),
        }
    }

    /// Adds where its texts stand in `text`; those under an odd number of nots
    /// if not `positive`.
    pub(super) fn mark(&self, positive: bool, text: &str, found: &mut Vec<Range<usize>>) {
        let mut visit = |wanted: bool, term: &Term| match term {
            _ if !wanted => {}
            Term::Word(needle) | Term::Text { needle, .. } => mark_needle(needle, text, found),
            Term::Pattern { regex, .. } => {
                // A pattern may match bytes that are half a character.
                let all = regex.find_iter(text.as_bytes()).map(|it| it.range());
                found.extend(all.filter(|it| !it.is_empty()).map(|it| on_characters(text, it)));
            }
            Term::Flag(_) | Term::Type(_) | Term::Number { .. } => {}
        };
        self.terms(&mut visit, positive);
    }
}

fn mark_needle(needle: &Needle, text: &str, found: &mut Vec<Range<usize>>) {
    let mut from = 0;
    while let Some(it) = needle.find(&text.as_bytes()[from..]).filter(|it| !it.is_empty()) {
        found.push(from + it.start..from + it.end);
        from += it.end;
    }
}

fn on_characters(text: &str, range: Range<usize>) -> Range<usize> {
    let start = (0..=range.start).rev().find(|it| text.is_char_boundary(*it));
    let end = (range.end..=text.len()).find(|it| text.is_char_boundary(*it));
    start.unwrap_or(0)..end.unwrap_or(text.len())
}

impl fmt::Display for Expr {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Term(term) => term.fmt(f),
            Self::Not(inner) => match **inner {
                Self::Term(_) => write!(f, "-{inner}"),
                _ => write!(f, "-({inner})"),
            },
            Self::And(parts) => join(f, parts, " ", |it| matches!(it, Self::Or(_))),
            Self::Or(parts) => join(f, parts, " | ", |_| false),
        }
    }
}

fn join(
    f: &mut fmt::Formatter<'_>,
    parts: &[Expr],
    between: &str,
    groups: fn(&Expr) -> bool,
) -> fmt::Result {
    for (i, part) in parts.iter().enumerate() {
        f.write_str(if i == 0 { "" } else { between })?;
        if groups(part) {
            write!(f, "({part})")?;
        } else {
            write!(f, "{part}")?;
        }
    }
    Ok(())
}

/// One callback being looked at; its delivery is fetched at most once.
pub(super) struct Look<'s, S> {
    subject: &'s S,
    delivery: OnceCell<Cow<'s, Delivery>>,
}

impl<'s, S: Subject> Look<'s, S> {
    pub(super) const fn new(subject: &'s S) -> Self {
        Self { subject, delivery: OnceCell::new() }
    }

    pub(super) fn row(&self) -> &Row<'_> {
        self.subject.row()
    }

    pub(super) fn body(&self) -> &[u8] {
        self.subject.body()
    }

    pub(super) fn delivery(&self) -> &Delivery {
        self.delivery.get_or_init(|| self.subject.delivery())
    }
}
