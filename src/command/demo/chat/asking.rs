//! Messages that Tencent asks about before it sends them.

use serde_json::Value;

use super::Chat;
use crate::callback::decision::{Decision, judge};
use crate::callback::sample::{Message, Sample, element, event};
use crate::callback::{Answer, Timestamp};

/// A message whose before-callback was the last one.
#[derive(Debug)]
pub(super) enum Question {
    /// It waits for this callback's answer.
    Asked(Message, Sample),
    /// It is sent next.
    Allowed(Message),
}

impl Chat {
    /// The before-callback of a text.
    pub(super) fn before_text(
        &mut self,
        from: &str,
        to: &str,
        text: &str,
        now: Timestamp,
    ) -> Sample {
        let message = self.maker.message(from, to, now, vec![element::text(text)]);
        let sample = self.maker.before(&message);
        self.question = Some(Question::Asked(message, sample.clone()));
        sample
    }

    /// Receives the answer to the last callback. A message that it denies or drops is
    /// never sent; any other is, with the content that the answer gives it.
    pub(in crate::command::demo) fn answered(&mut self, answer: &Answer) {
        let Some(Question::Asked(mut message, before)) = self.question.take() else { return };
        let judgment = judge(event::BEFORE_SEND, &before.body, answer);
        if judgment.as_ref().is_some_and(|it| it.decision.is_denial()) {
            return;
        }
        if judgment.is_some_and(|it| it.decision == Decision::Changed) {
            replace(&mut message, &answer.body);
        }
        self.question = Some(Question::Allowed(message));
    }

    /// The callback of the message that the last answer allowed, if it did.
    pub(in crate::command::demo) fn allowed(&mut self) -> Option<Sample> {
        let Some(Question::Allowed(message)) = self.question.take() else { return None };
        self.last = self.deliver(message);
        Some(self.last.clone())
    }
}

/// Replaces the content of a message by that of an answer.
fn replace(message: &mut Message, answer: &[u8]) {
    let answer: Value = serde_json::from_slice(answer).unwrap_or_default();
    if let Some(body) = answer["MsgBody"].as_array() {
        message.body.clone_from(body);
    }
    if let Some(cloud) = answer["CloudCustomData"].as_str() {
        message.cloud = Some(cloud.to_owned());
    }
}
