//! Random callbacks after the script.

use super::{Chat, GROUP};
use crate::callback::Timestamp;
use crate::callback::sample::{Outcome, Sample, Shape, event};

/// Users of the chat; the first receive the most messages.
const USERS: [&str; 8] = ["jared", "Jonh", "alice", "小明", "bob", "李雷", "user_1042", "mallory"];

/// Types of the messages other than texts.
const SHAPES: [Shape; 7] = [
    Shape::Image,
    Shape::Image,
    Shape::Custom,
    Shape::Face,
    Shape::Sound,
    Shape::Video,
    Shape::File,
];

/// Texts that Tencent asks about, and their senders.
const ASKED: [(&str, &str); 5] = [
    ("mallory", "加微信领红包，日结 900"),
    ("bob", "see you tomorrow"),
    ("user_1042", "代开发票，价格优惠"),
    ("alice", "my number: 13900139000"),
    ("小明", "到家了告诉我"),
];

impl Chat {
    /// A random callback: mostly messages.
    pub(in crate::command::demo) fn random(&mut self, now: Timestamp) -> Sample {
        let from = self.maker.pick(&USERS);
        // The minimum of two: the first users get more, so that Unread is a ranking.
        let to = self.maker.rng.usize(0..USERS.len()).min(self.maker.rng.usize(0..USERS.len()));
        let to = if USERS[to] == from { USERS[(to + 1) % USERS.len()] } else { USERS[to] };
        match self.maker.rng.u8(0..100) {
            0..64 => {
                let message = self.message(from, to, Shape::Text, now);
                self.deliver(message)
            }
            64..80 => {
                let shape = self.maker.pick(&SHAPES);
                let message = self.message(from, to, shape, now);
                self.deliver(message)
            }
            80..86 => {
                let code = self.maker.pick(&[80001, 80001, 80001, 20007, 20009, 20012]);
                let to = if to == "mallory" { from } else { to };
                let message = self.message("mallory", to, Shape::Text, now);
                self.maker.sent(&message, &Outcome::failed(code))
            }
            86..91 => self.read(to, from, now),
            91..94 => {
                let (from, text) = self.maker.pick(&ASKED);
                let to = if to == from { USERS[0] } else { to };
                self.before_text(from, to, text, now)
            }
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
}
