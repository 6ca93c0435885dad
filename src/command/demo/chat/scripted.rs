//! The callbacks of the script.

use std::time::Duration;

use serde_json::{Value, json};

use super::{Chat, GROUP};
use crate::callback::Timestamp;
use crate::callback::sample::{Message, Outcome, Sample, Shape, element};
use crate::command::demo::script::Scene;
use crate::command::demo::signing::Signing;

impl Chat {
    /// The callback of one entry of the script.
    pub(in crate::command::demo) fn scripted(
        &mut self,
        scene: &Scene,
        now: Timestamp,
    ) -> (Sample, Signing) {
        let signing = match scene {
            Scene::WrongToken(..) => Signing::WrongToken,
            Scene::StaleText(.., seconds) => Signing::Stale(*seconds),
            _ => Signing::Valid,
        };
        let sample = self.sample_of(scene, now);
        self.last.clone_from(&sample);
        (sample, signing)
    }

    fn sample_of(&mut self, scene: &Scene, now: Timestamp) -> Sample {
        match *scene {
            Scene::Text(from, to, text) => self.send_text(from, to, text, now),
            Scene::WrongToken(from, to, text) | Scene::StaleText(from, to, text, _) => {
                let message = self.text_message(from, to, text, now);
                self.maker.sent(&message, &Outcome::sent(1))
            }
            Scene::Message(from, to, shape) => {
                let message = self.message(from, to, shape, now);
                self.deliver(message)
            }
            Scene::Custom(from, to, data) => {
                let body = vec![element::custom(data, "")];
                let message = self.maker.message(from, to, now, body);
                self.deliver(message)
            }
            Scene::CloudCustomData(from, to, text, cloud) => {
                let cloud = Some(cloud.to_owned());
                let message = Message { cloud, ..self.text_message(from, to, text, now) };
                self.deliver(message)
            }
            Scene::OnlineOnly(from, to, text) => self.online_only(from, to, text, now),
            Scene::FailedText(from, to, text, code) => {
                let message = self.text_message(from, to, text, now);
                self.maker.sent(&message, &Outcome::failed(code))
            }
            Scene::FailedImage(from, to, code) => {
                let message = self.message(from, to, Shape::Image, now);
                self.maker.sent(&message, &Outcome::failed(code))
            }
            Scene::Late(from, to, text, seconds) => {
                self.send_text(from, to, text, now.minus(Duration::from_secs(seconds)))
            }
            _ => self.event(scene, now),
        }
    }

    /// A text that does not count as unread.
    fn online_only(&mut self, from: &str, to: &str, text: &str, now: Timestamp) -> Sample {
        let message = Message { online_only: true, ..self.text_message(from, to, text, now) };
        let unread = self.unread.get(to).copied().unwrap_or_default();
        self.maker.sent(&message, &Outcome::sent(unread))
    }

    /// Callbacks other than of a new message.
    fn event(&mut self, scene: &Scene, now: Timestamp) -> Sample {
        match *scene {
            Scene::ReadReport(user, peer) => self.read(user, peer, now),
            Scene::Recall(from, to) => self.recall(from, to, now),
            Scene::Edit(from, to, text) => {
                let mut message = self.last_message(from, to, now);
                message.body = vec![element::text(text)];
                self.maker.edited(&message, now)
            }
            Scene::BeforeText(from, to, text) => {
                let message = self.text_message(from, to, text, now);
                let sample = self.maker.before(&message);
                self.sent.push_front(message);
                sample
            }
            Scene::GroupText(from, text) => {
                let message = self.text_message(from, GROUP, text, now);
                self.maker.group_sent(&message, now)
            }
            Scene::State(user, presence) => self.maker.state(user, presence, now),
            Scene::Profile(user, nick) => self.maker.profile(user, nick, now),
            Scene::Push => {
                let pushes: Vec<_> = self.sent.iter().take(3).zip([0, 0, 23]).collect();
                self.maker.push(&pushes, now)
            }
            Scene::Other(word, from, to) => {
                let message = self.last_message(from, to, now);
                let unread = self.unread.get(to).copied().unwrap_or_default();
                self.maker.of_word(word, &message, &Outcome::sent(unread))
            }
            _ => self.anomalous(scene, now),
        }
    }

    /// Callbacks that are malformed or inconsistent.
    fn anomalous(&mut self, scene: &Scene, now: Timestamp) -> Sample {
        match *scene {
            Scene::Commented(from, to, text) => {
                let sample = self.send_text(from, to, text, now);
                let body = String::from_utf8_lossy(&sample.body);
                let note = r#""SendMsgResult":0,  // 0: sent"#;
                let body = body.replacen(r#""SendMsgResult":0,"#, &format!("{note}\n"), 1);
                Sample { body: body.into_bytes(), ..sample }
            }
            Scene::WrongKey(from, to, text) => self.altered(from, to, text, now, |body| {
                body["MsgKey"] = json!(format!("7_7_{}", now.secs()));
            }),
            Scene::NumbersAsText(from, to, text) => self.altered(from, to, text, now, |body| {
                for name in ["MsgSeq", "MsgTime", "SendMsgResult"] {
                    body[name] = json!(body[name].to_string());
                }
            }),
            _ => self.last.clone(),
        }
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
