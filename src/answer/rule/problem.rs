//! What cannot work in a rule, although it is one.

mod reason;

use std::ops::Range;

use super::{Reply, Rule};
use crate::callback::Lang;
use crate::callback::command::{self, Command, SIGNAL, When};
use crate::callback::deadline::TENCENT_TIMEOUT;
use crate::callback::decision::{DROP, codes};
use crate::callback::json::{self, JsonKind};
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
        let later = self.filter.known_later().into_iter();
        let mut problems: Vec<_> =
            later.map(|(name, at)| Problem { at, reason: Reason::KnownLater(name) }).collect();
        if let Some(at) = self.places.delay.clone().filter(|_| TENCENT_TIMEOUT <= self.delay) {
            problems.push(Problem { at, reason: Reason::Late });
        }
        let reply = self.reply.as_ref().zip(self.places.reply.clone());
        if let Some((reply, at)) = reply {
            let reasons = self.reasons(reply).into_iter();
            problems.extend(reasons.map(|reason| Problem { at: at.clone(), reason }));
        }
        problems.sort_by_key(|it| it.at.start);
        problems
    }

    /// What cannot work in its reply.
    fn reasons(&self, reply: &Reply) -> Vec<Reason> {
        if *reply == Reply::Hang {
            return vec![Reason::Late];
        }
        let matched = command::TABLE.iter().filter(|it| self.filter.can_match_command(it.word));
        let matched: Vec<&Command> = matched.collect();
        if matched.is_empty() {
            return vec![Reason::NoCommand];
        }
        let before: Vec<_> = matched.iter().copied().filter(|it| it.when == When::Before).collect();
        let action = self.action();
        let is_decision = matches!(reply, Reply::Deny(..) | Reply::Drop | Reply::Set(_));
        // What a chatbot gets depends on the code too.
        let is_used = matched
            .iter()
            .any(|it| it.word == SIGNAL && !matches!(reply, Reply::Drop | Reply::Set(_)));
        if before.is_empty() && !is_used {
            return is_decision.then_some(Reason::AfterOnly(action)).into_iter().collect();
        }
        let is_message = |it: &&Command| codes(it.word).is_some_and(|it| it.is_message);
        let unfit = match reply {
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
        };
        unfit.into_iter().collect()
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
