//! What cannot work in a rule, although it is one.

mod reason;

use std::ops::Range;

use super::{Replacement, Reply, Rule};
use crate::callback::Lang;
use crate::callback::command::{self, Command, SIGNAL, When};
use crate::callback::deadline::TENCENT_TIMEOUT;
use crate::callback::decision::{DROP, codes};
use crate::callback::json::{self, JsonKind};
use crate::callback::json_pointer;
use crate::callback::nearest::nearest;
use crate::callback::redact::field_names;
use reason::Reason;

/// What cannot work in a rule, or is easily overlooked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// The bytes of the rule's text that it is about, on character boundaries.
    pub at: Range<usize>,
    reason: Reason,
}

impl Problem {
    /// A rule is never reached because an earlier one decides always.
    pub(in crate::answer) fn unreachable(rule: &Rule, earlier: &Rule) -> Self {
        Self { at: 0..rule.text.len(), reason: Reason::Unreachable(earlier.text.clone()) }
    }

    /// Whether it is only a remark: the rule works.
    pub fn is_remark(&self) -> bool {
        self.reason.is_remark()
    }

    /// The problem as a sentence: lower case, without a final dot.
    pub fn message(&self, lang: Lang) -> String {
        self.reason.message(lang)
    }
}

impl Rule {
    /// What cannot work in it, in the order of its text.
    pub fn problems(&self) -> Vec<Problem> {
        let mut problems = self.problems_of_filter();
        if let Some(at) = self.places.delay.clone().filter(|_| TENCENT_TIMEOUT <= self.delay) {
            problems.push(Problem { at, reason: Reason::Late });
        }
        let reply = self.reply.as_ref().zip(self.places.reply.clone());
        if let Some((reply, at)) = reply {
            let reason = self.reason(reply).into_iter();
            problems.extend(reason.map(|reason| Problem { at: at.clone(), reason }));
            problems.extend(self.unknown_fields(reply, at));
        }
        problems.sort_by_key(|it| it.at.start);
        problems
    }

    /// What never matches.
    fn problems_of_filter(&self) -> Vec<Problem> {
        let problem = |at, reason| Problem { at, reason };
        let matched = self.matched();
        let later = self.filter.known_later().into_iter();
        let later = later.map(|(name, at)| problem(at, Reason::KnownLater(name)));
        // Keywords of the result are those of callbacks that are not "before" ones.
        let mut applied = matched.iter().filter(|it| self.applies_to(it.word)).peekable();
        let has_no_result = applied.peek().is_some()
            && applied.all(|it| it.when == When::Before || it.word == SIGNAL);
        let results = if has_no_result { self.filter.results() } else { Vec::new() };
        let results = results.into_iter().map(|(name, at)| problem(at, Reason::NoResult(name)));
        let unknown = self.filter.unknown_commands().into_iter();
        let unknown = unknown.map(|it| problem(it.at.clone(), Reason::UnknownCommand(it)));
        let remarks = self.filter.remarks().into_iter();
        let remarks = remarks.map(|it| problem(it.at.clone(), Reason::Filter(it)));
        let found = later.chain(results).chain(unknown).chain(remarks);
        let mut problems: Vec<_> = found.collect();
        let is_named = problems.iter().any(|it| matches!(it.reason, Reason::UnknownCommand(_)));
        if matched.is_empty() && !is_named {
            problems.push(problem(0..self.filter.text().len(), Reason::NoCommand));
        }
        problems
    }

    /// The known commands whose callbacks can match.
    fn matched(&self) -> Vec<&'static Command> {
        command::TABLE.iter().filter(|it| self.filter.can_match_command(it.word)).collect()
    }

    /// What cannot work in its reply.
    fn reason(&self, reply: &Reply) -> Option<Reason> {
        if *reply == Reply::Hang {
            return Some(Reason::Late);
        }
        let matched = self.matched();
        let before: Vec<_> = matched.iter().copied().filter(|it| it.when == When::Before).collect();
        let action = self.action();
        if before.is_empty() && matched.iter().any(|it| !self.applies_to(it.word)) {
            return Some(Reason::AfterOnly(action));
        }
        // What a chatbot gets is used, too.
        if before.is_empty() && !matched.iter().any(|it| it.word == SIGNAL) {
            return None;
        }
        let is_message = |it: &&Command| codes(it.word).is_some_and(|it| it.is_message);
        match reply {
            Reply::Drop | Reply::Set(_) if !before.iter().any(is_message) => {
                Some(Reason::NoMessage(action))
            }
            Reply::Drop => unfit_code(DROP, &before),
            Reply::Deny(code, _) => unfit_code(*code, &before),
            Reply::Body(body) => {
                let is_object = json::read(body).is_ok_and(|it| it.kind() == JsonKind::Object);
                (!is_object).then_some(Reason::NotAnObject)
            }
            _ => None,
        }
    }

    /// The fields that are replaced and that no document names, one of each pointer.
    /// `at` is the place of the reply.
    fn unknown_fields(&self, reply: &Reply, at: Range<usize>) -> Vec<Problem> {
        let Reply::Set(replacements) = reply else { return Vec::new() };
        let text = self.text.get(at.clone()).unwrap_or_default();
        let unknown = |it: &Replacement| {
            let mut start = at.start + text.find(&it.pointer)?;
            for step in it.pointer.split('/') {
                let name = json_pointer::unescape(step);
                let is_index = name.bytes().all(|it| it.is_ascii_digit());
                if !is_index && !field_names().any(|it| it == name) {
                    let nearest = nearest(&name, field_names());
                    let reason = Reason::UnknownField { name, nearest };
                    return Some(Problem { at: start..start + step.len(), reason });
                }
                start += step.len() + 1;
            }
            None
        };
        replacements.iter().filter_map(unknown).collect()
    }

    /// The word of the action that replies.
    fn action(&self) -> &'static str {
        let text = self.places.reply.clone().and_then(|it| self.text.get(it)).unwrap_or_default();
        let end = text.find(|it: char| !it.is_ascii_alphabetic()).unwrap_or(text.len());
        super::action::named(&text[..end]).unwrap_or_default()
    }
}

/// The first of these "before" commands that does not know a code.
fn unfit_code(code: i64, before: &[&Command]) -> Option<Reason> {
    let fits = |it: &Command| codes(it.word).is_none_or(|it| it.contains(code));
    let unfit = before.iter().find(|it| !fits(it))?;
    let fits_some = before.iter().any(|it| fits(it));
    Some(Reason::Code { code, word: unfit.word, fits_some })
}

#[cfg(test)]
mod tests;
