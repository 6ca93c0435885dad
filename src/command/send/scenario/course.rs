//! How far a scenario is: its message, its users, and what was denied.

use std::collections::HashMap;

use serde_json::Value;

use super::{Parties, Step};
use crate::callback::Timestamp;
use crate::callback::decision::{Decision, Judgment};
use crate::callback::json::{self, Json};
use crate::callback::sample::event::{AFTER_SEND, is_of_group, recipient};
use crate::callback::sample::{Maker, Message, Outcome, Sample, element};
use crate::command::cli::send::CallbackOptions;

/// The users beside those of the message.
const OTHERS: [&str; 2] = ["Jonh", "peter"];

/// The message of a scenario, its users, and the "before" commands that were denied.
pub(in crate::command::send) struct Course<'a> {
    options: &'a CallbackOptions,
    maker: Maker,
    /// The message, and the command with which it began.
    message: Option<(Message, String)>,
    /// Whether the message was sent.
    is_sent: bool,
    others: Vec<String>,
    unread: HashMap<String, i64>,
    denied: Vec<String>,
}

impl<'a> Course<'a> {
    /// The course of a scenario before its first step.
    pub(in crate::command::send) fn new(
        options: &'a CallbackOptions,
        seed: u64,
        steps: &[Step],
    ) -> Self {
        let mut others = OTHERS.map(str::to_owned).to_vec();
        let is_about_group = steps.first().is_some_and(|it| is_of_group(&it.word));
        if let Some(to) = options.to.as_ref().filter(|_| !is_about_group) {
            others[0].clone_from(to);
        }
        Self {
            options,
            maker: Maker::new(seed, &options.sdk_app_id),
            message: None,
            is_sent: false,
            others,
            unread: HashMap::new(),
            denied: Vec::new(),
        }
    }

    /// Whether Tencent does not send a step, because of what was denied.
    pub(in crate::command::send) fn prevents(&self, step: &Step) -> bool {
        self.denied.iter().any(|it| step.needs(it))
    }

    /// The callback of a step.
    pub(in crate::command::send) fn sample(&mut self, step: &Step, now: Timestamp) -> Sample {
        if let Some(body) = &step.body {
            let from = step.from.as_deref().unwrap_or(&self.options.from);
            return Sample::new(&self.options.sdk_app_id, &step.word, from, body.clone());
        }
        let message = self.message(step, now);
        let outcome = self.outcome(&step.word, &message);
        let sample = self.maker.of_word_at(&step.word, &message, &outcome, now);
        let Some(fields) = step.fields else { return sample };
        let parties =
            Parties { from: message.from.clone(), to: message.to, others: self.others.clone() };
        let mut body: Value = serde_json::from_slice(&sample.body).unwrap_or_default();
        if let (Some(body), Value::Object(fields)) = (body.as_object_mut(), fields(&parties)) {
            body.extend(fields);
        }
        self.maker.sample(&message.from, &body)
    }

    /// The message of a step: a new one if the step begins one.
    fn message(&mut self, step: &Step, now: Timestamp) -> Message {
        let word = &step.word;
        let is_sent = word.ends_with(".CallbackAfterSendMsg");
        let begins = is_of_message(word) || (is_sent && self.is_sent);
        if begins {
            self.message = None;
        }
        self.is_sent = is_sent || (self.is_sent && !begins);
        let (from, to) = (&self.options.from, self.options.to.as_deref());
        let to = to.unwrap_or_else(|| recipient(word));
        let (message, first) = self.message.get_or_insert_with(|| {
            let elements = self.maker.body(self.options.shape, self.options.text.as_deref());
            let from = step.from.as_ref().unwrap_or(from);
            let to = step.to.as_deref().unwrap_or(to);
            (self.maker.message(from, to, now, elements), word.clone())
        });
        if let Some(text) = &step.text {
            message.body = vec![element::text(text)];
        }
        let mut message = message.clone();
        if is_of_group(first) != is_of_group(word) {
            (message.from, message.to) = (from.clone(), to.to_owned());
        } else if is_of_recipient(word) {
            std::mem::swap(&mut message.from, &mut message.to);
        }
        message.from = step.from.clone().unwrap_or(message.from);
        message.to = step.to.clone().unwrap_or(message.to);
        message
    }

    /// The result of sending, with the unread count of the user that it is about.
    fn outcome(&mut self, word: &str, message: &Message) -> Outcome {
        let user = if is_of_recipient(word) { &message.from } else { &message.to };
        let unread = self.unread.entry(user.clone()).or_default();
        if word == AFTER_SEND {
            *unread += 1;
        } else if is_of_recipient(word) {
            *unread = 0;
        }
        Outcome::sent(*unread)
    }

    /// Continues by what Tencent makes of the reply to a step.
    pub(in crate::command::send) fn continue_by(
        &mut self,
        step: &Step,
        judgment: &Judgment,
        reply: &[u8],
    ) {
        match judgment.decision {
            Decision::Denied if judgment.part().is_some() => {
                let is_refused = |it: &String| judgment.refused.iter().any(|to| to.account == *it);
                self.others.retain(|it| !is_refused(it));
            }
            Decision::Denied | Decision::Dropped => {
                if !is_of_message(&step.word) {
                    self.others.clear();
                }
                self.denied.push(step.word.clone());
            }
            Decision::Changed => self.change_message(reply),
            Decision::Allowed | Decision::Late | Decision::Invalid => {}
        }
    }

    /// Replaces the content of the message by that of a reply.
    fn change_message(&mut self, reply: &[u8]) {
        let (Some((message, _)), Ok(reply)) = (&mut self.message, json::read(reply)) else {
            return;
        };
        let body = reply.get("MsgBody").and_then(|it| serde_json::from_str(it.raw()).ok());
        if let Some(body) = body {
            message.body = body;
        }
        if let Some(cloud) = reply.get("CloudCustomData").and_then(Json::as_str) {
            message.cloud = Some(cloud.into_owned());
        }
    }
}

/// Whether a command is about sending a message.
fn is_of_message(word: &str) -> bool {
    word.ends_with(".CallbackBeforeSendMsg")
}

/// Whether what a command is about is done by the recipient of the message.
fn is_of_recipient(word: &str) -> bool {
    matches!(word, "C2C.CallbackAfterMsgReport" | "C2C.CallbackAfterMsgReadReceipt")
}
