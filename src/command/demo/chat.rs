//! State of the simulated chat: unread counts and recent messages.

use std::collections::{BTreeMap, VecDeque};
use std::time::Duration;

use serde_json::{Value, json};

use super::script::Scene;
use super::simulator::Signing;
use crate::callback::Timestamp;
use crate::callback::sample::{Maker, Message, Outcome, Sample, Shape, element, event};

const GROUP: &str = "@TGS#2J4SZEAEL";

/// Users of the random part; the first receive the most messages.
const CAST: [&str; 8] = ["jared", "Jonh", "alice", "小明", "bob", "李雷", "user_1042", "mallory"];

/// Number of messages kept, to be recalled and pushed.
const REMEMBERED: usize = 32;

/// State between two callbacks.
#[derive(Debug)]
pub(super) struct Chat {
    maker: Maker,
    unread: BTreeMap<String, i64>,
    sent: VecDeque<Message>,
    last: Sample,
}

impl Chat {
    pub(super) fn new(seed: u64, app: &str) -> Self {
        let unread = [("Jonh", 6), ("小明", 4), ("bob", 2), ("alice", 1)];
        Self {
            maker: Maker::new(seed, app),
            unread: unread.into_iter().map(|(user, count)| (user.to_owned(), count)).collect(),
            sent: VecDeque::new(),
            last: Sample { query: String::new(), body: Vec::new() },
        }
    }

    /// Random factor of the next pause, from 0.4 to 1.6.
    pub(super) fn jitter(&mut self) -> f64 {
        0.4 + 1.2 * self.maker.rng.f64()
    }

    /// The callback of one entry of the script.
    pub(super) fn scripted(&mut self, scene: &Scene, now: Timestamp) -> (Sample, Signing) {
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
            Scene::OnlineOnly(from, to, text) => {
                let message =
                    Message { online_only: true, ..self.text_message(from, to, text, now) };
                let unread = self.unread.get(to).copied().unwrap_or_default();
                self.maker.sent(&message, &Outcome::sent(unread))
            }
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

    /// A random callback after the script: mostly messages.
    pub(super) fn random(&mut self, now: Timestamp) -> Sample {
        let from = self.maker.pick(&CAST);
        // The minimum of two: the first users get more, so that Unread is a ranking.
        let to = self.maker.rng.usize(0..CAST.len()).min(self.maker.rng.usize(0..CAST.len()));
        let to = if CAST[to] == from { CAST[(to + 1) % CAST.len()] } else { CAST[to] };
        match self.maker.rng.u8(0..100) {
            0..64 => {
                let message = self.message(from, to, Shape::Text, now);
                self.deliver(message)
            }
            64..80 => {
                let shape = self.maker.pick(&[
                    Shape::Image,
                    Shape::Image,
                    Shape::Custom,
                    Shape::Face,
                    Shape::Sound,
                    Shape::Video,
                    Shape::File,
                ]);
                let message = self.message(from, to, shape, now);
                self.deliver(message)
            }
            80..86 => {
                let code = self.maker.pick(&[80001, 80001, 80001, 20007, 20009, 20012, 120_001]);
                let to = if to == "mallory" { from } else { to };
                let message = self.message("mallory", to, Shape::Text, now);
                self.maker.sent(&message, &Outcome::failed(code))
            }
            86..94 => self.read(to, from, now),
            94..96 => self.recall(from, to, now),
            96..98 => {
                let presence = self.maker.pick(&[event::Presence::Login, event::Presence::Logout]);
                self.maker.state(from, presence, now)
            }
            _ => {
                let message = self.message(from, GROUP, Shape::Text, now);
                self.maker.group_sent(&message, now)
            }
        }
    }

    fn message(&mut self, from: &str, to: &str, shape: Shape, now: Timestamp) -> Message {
        let body = self.maker.body(shape, None);
        self.maker.message(from, to, now, body)
    }

    fn text_message(&mut self, from: &str, to: &str, text: &str, now: Timestamp) -> Message {
        self.maker.message(from, to, now, vec![element::text(text)])
    }

    /// A text that is delivered. After its before-callback it is the same message.
    fn send_text(&mut self, from: &str, to: &str, text: &str, now: Timestamp) -> Sample {
        let body = vec![element::text(text)];
        let announced =
            self.sent.front().filter(|it| it.from == from && it.to == to && it.body == body);
        let message = match announced {
            Some(message) => message.clone(),
            None => self.maker.message(from, to, now, body),
        };
        self.deliver(message)
    }

    /// The callback of a delivered message, which increases the recipient's unread
    /// count.
    fn deliver(&mut self, message: Message) -> Sample {
        let unread = self.unread.entry(message.to.clone()).or_default();
        *unread += 1;
        let sample = self.maker.sent(&message, &Outcome::sent(*unread));
        self.sent.push_front(message);
        self.sent.truncate(REMEMBERED);
        sample
    }

    fn read(&mut self, user: &str, peer: &str, now: Timestamp) -> Sample {
        self.unread.insert(user.to_owned(), 0);
        self.maker.read(user, peer, now, Some(0))
    }

    fn recall(&mut self, from: &str, to: &str, now: Timestamp) -> Sample {
        let message = self.last_message(from, to, now);
        let unread = self.unread.entry(message.to.clone()).or_default();
        *unread = (*unread - 1).max(0);
        let unread = *unread;
        self.sent.retain(|it| it.key() != message.key());
        self.maker.recalled(&message, now, Some(unread))
    }

    /// The last message of a chat; a new one, never sent, if there is none.
    fn last_message(&mut self, from: &str, to: &str, now: Timestamp) -> Message {
        let last = self.sent.iter().find(|it| it.from == from && it.to == to).cloned();
        last.unwrap_or_else(|| self.text_message(from, to, "…", now))
    }
}
