//! How a request is answered, once its head is checked and its body received.

use std::sync::Arc;
use std::time::Duration;

use super::config::ListenerConfig;
use super::forward::Forwarder;
use super::rule_limits::RuleLimits;
use crate::answer::app::without_app;
use crate::answer::mode::AnswerKind;
use crate::answer::own::{AnswerInput, BodyStatus, own_answer};
use crate::answer::rule::{Reply, Rule};
use crate::answer::{Switchboard, rule_answer};
use crate::callback::command::When;
use crate::callback::query::Query;
use crate::callback::{Answer, Delivery, DeliveryKind, decode, trouble};
use crate::history::incoming::{Decoded, Incoming};

/// How a request is answered.
#[derive(Debug)]
pub(super) struct Plan {
    /// imscope's own answer, or that of the rule.
    pub(super) answer: Answer,
    /// The local app whose reply replaces the answer.
    pub(super) app: Option<Arc<Forwarder>>,
    /// How long the answer is delayed.
    pub(super) delay: Duration,
    /// Whether the answer decides on an event, or comes after it.
    pub(super) when: When,
}

impl Plan {
    /// The plan for a delivery whose signature was checked, given its query.
    pub(super) fn of(
        delivery: &Delivery,
        query: &Query<'_>,
        body_status: &BodyStatus,
        config: &ListenerConfig,
        limits: &RuleLimits,
    ) -> Self {
        // Borrowed, not cloned: it holds texts. The guard ends with this function, which
        // never waits.
        let switchboard = config.switchboard.borrow();
        // Unauthorized callers must not be able to keep connections open.
        let is_authorized = delivery.kind() == DeliveryKind::Callback && !delivery.is_refused();
        let is_complete = is_authorized && *body_status == BodyStatus::Complete;
        if is_complete && let Some(rule) = matching(&switchboard, delivery, limits) {
            return Self::of_rule(rule, &switchboard, delivery, query, config);
        }
        let mode = &switchboard.mode;
        let mut plan = Self::of_mode(&mode.kind, delivery, query, body_status);
        if is_authorized {
            plan.delay = mode.delay;
        }
        if is_complete && mode.kind == AnswerKind::Ok {
            plan.app.clone_from(&config.forwarder);
        }
        plan
    }

    /// The plan of an answer mode, without its delay and without an app.
    fn of_mode(
        kind: &AnswerKind,
        delivery: &Delivery,
        query: &Query<'_>,
        body_status: &BodyStatus,
    ) -> Self {
        let input = AnswerInput {
            method: &delivery.method,
            query,
            headers: &delivery.headers,
            body: &delivery.body,
            body_status,
            verdict: delivery.signature,
            refusal: delivery.refusal,
        };
        let when = match query.command.as_deref() {
            Some(word) if !word.is_empty() => When::of(word),
            _ => When::of(&decode::command_word(delivery)),
        };
        Self { answer: own_answer(&input, kind), app: None, delay: Duration::ZERO, when }
    }

    /// The plan of a rule; the local app or the answer mode replies if the rule does not.
    fn of_rule(
        rule: &Rule,
        switchboard: &Switchboard,
        delivery: &Delivery,
        query: &Query<'_>,
        config: &ListenerConfig,
    ) -> Self {
        let kind = &switchboard.mode.kind;
        let of_mode = |kind| Self::of_mode(kind, delivery, query, &BodyStatus::Complete);
        let mut plan = match &rule.reply {
            None => {
                let app = config.forwarder.clone().filter(|_| *kind == AnswerKind::Ok);
                Self { app, ..of_mode(kind) }
            }
            Some(Reply::Forward(url)) => {
                let mut plan = of_mode(&AnswerKind::Ok);
                match config.rule_apps.app(url) {
                    Ok(app) => plan.app = Some(app).filter(|it| it.refusal(delivery).is_none()),
                    Err(error) => {
                        plan.answer.trouble.push(trouble::not_forwarded(format_args!("{error:#}")));
                    }
                }
                if plan.app.is_none() {
                    plan.answer = without_app(plan.answer, &decode::command_word(delivery));
                }
                plan
            }
            Some(reply) => {
                let word = decode::command_word(delivery);
                let answer = rule_answer::answer(&word, &delivery.body, reply);
                Self { answer, app: None, delay: Duration::ZERO, when: When::of(&word) }
            }
        };
        plan.delay = rule.delay;
        plan.answer.rule = Some(rule.text().clone());
        plan
    }
}

/// The rule that decides on the answer to a delivery.
fn matching<'a>(
    switchboard: &'a Switchboard,
    delivery: &Delivery,
    limits: &RuleLimits,
) -> Option<&'a Rule> {
    // Without a rule nothing is prepared for one.
    if switchboard.rules.is_empty() {
        return None;
    }
    let decoded = Decoded::default();
    let incoming = Incoming::new(delivery, &decoded);
    switchboard.decide(&incoming, |rule| limits.applies(rule)).map(|it| &**it)
}

#[cfg(test)]
mod tests;
