//! The callbacks of the script.

use std::time::Duration;

use serde_json::{Value, json};

use super::{Chat, GROUP};
use crate::callback::Timestamp;
use crate::callback::sample::{Message, Outcome, Sample, Shape, element};
use crate::command::demo::script::DemoCallback;
use crate::command::demo::signing::Signing;

impl Chat {
    /// The callback of one entry of the script.
    pub(in crate::command::demo) fn scripted(
        &mut self,
        callback: &DemoCallback,
        now: Timestamp,
    ) -> (Sample, Signing) {
        let signing = match callback {
            DemoCallback::WrongToken(..) => Signing::WrongToken,
            DemoCallback::StaleText(.., seconds) => Signing::Stale(*seconds),
            _ => Signing::Valid,
        };
        let sample = self.sample_of(callback, now);
        self.last.clone_from(&sample);
        (sample, signing)
    }

    fn sample_of(&mut self, callback: &DemoCallback, now: Timestamp) -> Sample {
        match *callback {
            DemoCallback::Text(from, to, text) => self.send_text(from, to, text, now),
            DemoCallback::WrongToken(from, to, text)
            | DemoCallback::StaleText(from, to, text, _) => {
                let message = self.text_message(from, to, text, now);
                self.maker.sent(&message, &Outcome::sent(1))
            }
            DemoCallback::Message(from, to, shape) => {
                let message = self.message(from, to, shape, now);
                self.deliver(message)
            }
            DemoCallback::Custom(from, to, data) => self.custom(from, to, data, now),
            DemoCallback::CloudCustomData(from, to, text, cloud) => {
                let cloud = Some(cloud.to_owned());
                let message = Message { cloud, ..self.text_message(from, to, text, now) };
                self.deliver(message)
            }
            DemoCallback::OnlineOnly(from, to, text) => self.online_only(from, to, text, now),
            DemoCallback::FailedText(from, to, text, code) => {
                let message = self.text_message(from, to, text, now);
                self.maker.sent(&message, &Outcome::failed(code))
            }
            DemoCallback::FailedImage(from, to, code) => {
                let message = self.message(from, to, Shape::Image, now);
                self.maker.sent(&message, &Outcome::failed(code))
            }
            DemoCallback::Older(from, to, text, seconds) => {
                self.send_text(from, to, text, now.minus(Duration::from_secs(seconds)))
            }
            DemoCallback::ReadReport(user, peer) => self.read(user, peer, now),
            DemoCallback::Recall(from, to) => self.recall(from, to, now),
            DemoCallback::Edit(from, to, text) => self.edit(from, to, text, now),
            DemoCallback::Duplicate => self.last.clone(),
            DemoCallback::BeforeText(from, to, text) => self.before_text(from, to, text, now),
            DemoCallback::GroupText(from, text) => {
                let message = self.text_message(from, GROUP, text, now);
                self.maker.group_sent(&message, now)
            }
            DemoCallback::State(user, presence) => self.maker.state(user, presence, now),
            DemoCallback::Profile(user, nick) => self.maker.profile(user, nick, now),
            DemoCallback::Push => self.push(now),
            DemoCallback::Other(word, from, to) => self.other(word, from, to, now),
            DemoCallback::Commented(from, to, text) => self.commented(from, to, text, now),
            DemoCallback::WrongKey(from, to, text) => self.altered(from, to, text, now, |body| {
                body["MsgKey"] = json!(format!("7_7_{}", now.secs()));
            }),
            DemoCallback::NumbersAsText(from, to, text) => {
                self.altered(from, to, text, now, numbers_as_text)
            }
        }
    }

    fn custom(&mut self, from: &str, to: &str, data: &str, now: Timestamp) -> Sample {
        let body = vec![element::custom(data, "")];
        let message = self.maker.message(from, to, now, body);
        self.deliver(message)
    }

    /// A text that does not count as unread.
    fn online_only(&mut self, from: &str, to: &str, text: &str, now: Timestamp) -> Sample {
        let message = Message { online_only: true, ..self.text_message(from, to, text, now) };
        let unread = self.unread.get(to).copied().unwrap_or_default();
        self.maker.sent(&message, &Outcome::sent(unread))
    }

    /// The last message of the chat, replaced by a text.
    fn edit(&mut self, from: &str, to: &str, text: &str, now: Timestamp) -> Sample {
        let mut message = self.last_message(from, to, now);
        message.body = vec![element::text(text)];
        self.maker.edited(&message, now)
    }

    /// Offline pushes of the last messages, one of them failed.
    fn push(&mut self, now: Timestamp) -> Sample {
        let pushes: Vec<_> = self.sent.iter().take(3).zip([0, 0, -199]).collect();
        self.maker.push(&pushes, now)
    }

    fn other(&mut self, word: &str, from: &str, to: &str, now: Timestamp) -> Sample {
        let message = self.last_message(from, to, now);
        let unread = self.unread.get(to).copied().unwrap_or_default();
        self.maker.of_word(word, &message, &Outcome::sent(unread))
    }

    /// A text with a comment in its JSON.
    fn commented(&mut self, from: &str, to: &str, text: &str, now: Timestamp) -> Sample {
        let sample = self.send_text(from, to, text, now);
        let body = String::from_utf8_lossy(&sample.body);
        let note = r#""SendMsgResult":0,  // 0: sent"#;
        let body = body.replacen(r#""SendMsgResult":0,"#, &format!("{note}\n"), 1);
        Sample { body: body.into_bytes(), ..sample }
    }

    /// A text whose callback is altered.
    fn altered(
        &mut self,
        from: &str,
        to: &str,
        text: &str,
        now: Timestamp,
        alter: impl FnOnce(&mut Value),
    ) -> Sample {
        let sample = self.send_text(from, to, text, now);
        let mut body = serde_json::from_slice(&sample.body).unwrap_or_default();
        alter(&mut body);
        self.maker.sample(from, &body)
    }
}

/// Writes some numbers of a body as strings.
fn numbers_as_text(body: &mut Value) {
    for name in ["MsgSeq", "MsgTime", "SendMsgResult"] {
        body[name] = json!(body[name].to_string());
    }
}
