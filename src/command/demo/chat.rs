//! The stage of the demo: who has how many unread messages, and what was said.

use std::collections::{BTreeMap, VecDeque};
use std::time::Duration;

use serde_json::{Value, json};

use super::script::Scene;
use super::simulator::Forge;
use crate::callback::Timestamp;
use crate::callback::sample::{Maker, Message, Outcome, Sample, Shape, element, event};

const GROUP: &str = "@TGS#2J4SZEAEL";

/// Who chats once the script is over, and to whom most of all.
const CAST: [&str; 8] = ["jared", "Jonh", "alice", "小明", "bob", "李雷", "user_1042", "mallory"];

/// How many messages are remembered, to be recalled and pushed.
const REMEMBERED: usize = 32;

/// The state between two beats.
#[derive(Debug)]
pub(super) struct Chat {
    maker: Maker,
    unread: BTreeMap<String, i64>,
    said: VecDeque<Message>,
    last: Sample,
}

impl Chat {
    pub(super) fn new(seed: u64, app: &str) -> Self {
        let unread = [("Jonh", 6), ("小明", 4), ("bob", 2), ("alice", 1)];
        Self {
            maker: Maker::new(seed, app),
            unread: unread.into_iter().map(|(user, count)| (user.to_owned(), count)).collect(),
            said: VecDeque::new(),
            last: Sample { query: String::new(), body: Vec::new() },
        }
    }

    /// A factor of about one for the next pause.
    pub(super) fn jitter(&mut self) -> f64 {
        0.4 + 1.2 * self.maker.rng.f64()
    }

    /// Plays one scene of the script.
    pub(super) fn play(&mut self, scene: &Scene, now: Timestamp) -> (Sample, Forge) {
        let forge = match scene {
            Scene::Forged(..) => Forge::WrongSign,
            Scene::Stale(.., seconds) => Forge::Stale(*seconds),
            _ => Forge::None,
        };
        let sample = self.scene(scene, now);
        self.last.clone_from(&sample);
        (sample, forge)
    }

    fn scene(&mut self, scene: &Scene, now: Timestamp) -> Sample {
        match *scene {
            Scene::Says(from, to, text) => self.say(from, to, text, now),
            Scene::Forged(from, to, text) | Scene::Stale(from, to, text, _) => {
                let message = self.text(from, to, text, now);
                self.maker.sent(&message, &Outcome::sent(1))
            }
            Scene::Sends(from, to, shape) => {
                let message = self.shaped(from, to, shape, now);
                self.deliver(message)
            }
            Scene::Custom(from, to, data) => {
                let body = vec![element::custom(data, "")];
                let message = self.maker.message(from, to, now, body);
                self.deliver(message)
            }
            Scene::WithCloud(from, to, text, cloud) => {
                let cloud = Some(cloud.to_owned());
                let message = Message { cloud, ..self.text(from, to, text, now) };
                self.deliver(message)
            }
            Scene::Online(from, to, text) => {
                let message = Message { online_only: true, ..self.text(from, to, text, now) };
                let unread = self.unread.get(to).copied().unwrap_or_default();
                self.maker.sent(&message, &Outcome::sent(unread))
            }
            Scene::Fails(from, to, text, code) => {
                let message = self.text(from, to, text, now);
                self.maker.sent(&message, &Outcome::failed(code))
            }
            Scene::PictureFails(from, to, code) => {
                let message = self.shaped(from, to, Shape::Image, now);
                self.maker.sent(&message, &Outcome::failed(code))
            }
            Scene::Late(from, to, text, seconds) => {
                self.say(from, to, text, now.minus(Duration::from_secs(seconds)))
            }
            _ => self.event(scene, now),
        }
    }

    /// The scenes in which no new message is sent.
    fn event(&mut self, scene: &Scene, now: Timestamp) -> Sample {
        match *scene {
            Scene::Reads(user, peer) => self.read(user, peer, now),
            Scene::Recalls(from, to) => self.recall(from, to, now),
            Scene::Edits(from, to, text) => {
                let mut message = self.found(from, to, now);
                message.body = vec![element::text(text)];
                self.maker.edited(&message, now)
            }
            Scene::Asks(from, to, text) => {
                let message = self.text(from, to, text, now);
                let sample = self.maker.before(&message);
                self.said.push_front(message);
                sample
            }
            Scene::ToGroup(from, text) => {
                let message = self.text(from, GROUP, text, now);
                self.maker.group_sent(&message, now)
            }
            Scene::State(user, presence) => self.maker.state(user, presence, now),
            Scene::Profile(user, nick) => self.maker.profile(user, nick, now),
            Scene::Push => {
                let pushes: Vec<_> = self.said.iter().take(3).zip([0, 0, 23]).collect();
                self.maker.push(&pushes, now)
            }
            Scene::Other(word, from, to) => {
                let message = self.found(from, to, now);
                let unread = self.unread.get(to).copied().unwrap_or_default();
                self.maker.of_word(word, &message, &Outcome::sent(unread))
            }
            _ => self.odd(scene, now),
        }
    }

    /// The scenes in which something is wrong with the callback.
    fn odd(&mut self, scene: &Scene, now: Timestamp) -> Sample {
        match *scene {
            Scene::Commented(from, to, text) => {
                let sample = self.say(from, to, text, now);
                let body = String::from_utf8_lossy(&sample.body);
                let note = r#""SendMsgResult":0,  // 0: sent"#;
                let body = body.replacen(r#""SendMsgResult":0,"#, &format!("{note}\n"), 1);
                Sample { body: body.into_bytes(), ..sample }
            }
            Scene::WrongKey(from, to, text) => self.tampered(from, to, text, now, |body| {
                body["MsgKey"] = json!(format!("7_7_{}", now.secs()));
            }),
            Scene::NumbersAsText(from, to, text) => self.tampered(from, to, text, now, |body| {
                for name in ["MsgSeq", "MsgTime", "SendMsgResult"] {
                    body[name] = json!(body[name].to_string());
                }
            }),
            _ => self.last.clone(),
        }
    }

    /// A sent text with something wrong in the callback that tells of it.
    fn tampered(
        &mut self,
        from: &str,
        to: &str,
        text: &str,
        now: Timestamp,
        tamper: impl FnOnce(&mut Value),
    ) -> Sample {
        let sample = self.say(from, to, text, now);
        let mut body = serde_json::from_slice(&sample.body).unwrap_or_default();
        tamper(&mut body);
        self.maker.sample(from, &body)
    }

    /// What goes on for ever: mostly messages, now and then something else.
    pub(super) fn chatter(&mut self, now: Timestamp) -> Sample {
        let from = self.maker.pick(&CAST);
        // The more to the left, the more is written to: that makes a ranking.
        let to = self.maker.rng.usize(0..CAST.len()).min(self.maker.rng.usize(0..CAST.len()));
        let to = if CAST[to] == from { CAST[(to + 1) % CAST.len()] } else { CAST[to] };
        match self.maker.rng.u8(0..100) {
            0..64 => {
                let message = self.shaped(from, to, Shape::Text, now);
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
                let message = self.shaped(from, to, shape, now);
                self.deliver(message)
            }
            80..86 => {
                let code = self.maker.pick(&[80001, 80001, 80001, 20007, 20009, 20012, 120_001]);
                let to = if to == "mallory" { from } else { to };
                let message = self.shaped("mallory", to, Shape::Text, now);
                self.maker.sent(&message, &Outcome::failed(code))
            }
            86..94 => self.read(to, from, now),
            94..96 => self.recall(from, to, now),
            96..98 => {
                let presence = self.maker.pick(&[event::Presence::Login, event::Presence::Logout]);
                self.maker.state(from, presence, now)
            }
            _ => {
                let message = self.shaped(from, GROUP, Shape::Text, now);
                self.maker.group_sent(&message, now)
            }
        }
    }

    fn shaped(&mut self, from: &str, to: &str, shape: Shape, now: Timestamp) -> Message {
        let body = self.maker.body(shape, None);
        self.maker.message(from, to, now, body)
    }

    fn text(&mut self, from: &str, to: &str, text: &str, now: Timestamp) -> Message {
        self.maker.message(from, to, now, vec![element::text(text)])
    }

    /// A text that arrives. If it was asked for before, it is the same message.
    fn say(&mut self, from: &str, to: &str, text: &str, now: Timestamp) -> Sample {
        let body = vec![element::text(text)];
        let asked =
            self.said.front().filter(|it| it.from == from && it.to == to && it.body == body);
        let message = match asked {
            Some(message) => message.clone(),
            None => self.maker.message(from, to, now, body),
        };
        self.deliver(message)
    }

    /// The callback of a message that arrives: its recipient has one more.
    fn deliver(&mut self, message: Message) -> Sample {
        let unread = self.unread.entry(message.to.clone()).or_default();
        *unread += 1;
        let sample = self.maker.sent(&message, &Outcome::sent(*unread));
        self.said.push_front(message);
        self.said.truncate(REMEMBERED);
        sample
    }

    fn read(&mut self, user: &str, peer: &str, now: Timestamp) -> Sample {
        self.unread.insert(user.to_owned(), 0);
        self.maker.read(user, peer, now, Some(0))
    }

    fn recall(&mut self, from: &str, to: &str, now: Timestamp) -> Sample {
        let message = self.found(from, to, now);
        let unread = self.unread.entry(message.to.clone()).or_default();
        *unread = (*unread - 1).max(0);
        let unread = *unread;
        self.said.retain(|it| it.key() != message.key());
        self.maker.recalled(&message, now, Some(unread))
    }

    /// The last message of a chat; one that nobody saw if there is none.
    fn found(&mut self, from: &str, to: &str, now: Timestamp) -> Message {
        let found = self.said.iter().find(|it| it.from == from && it.to == to).cloned();
        found.unwrap_or_else(|| self.text(from, to, "…", now))
    }
}
