//! State of the simulated chat: unread counts and recent messages.

mod asking;
mod random;
mod scripted;

use std::collections::{BTreeMap, VecDeque};

use crate::callback::Timestamp;
use crate::callback::sample::{Maker, Message, Outcome, Sample, Shape, element};
use asking::Question;

const GROUP: &str = "@TGS#2J4SZEAEL";

/// Number of messages kept, to be recalled and pushed.
const REMEMBERED: usize = 32;

/// State between two callbacks.
#[derive(Debug)]
pub(super) struct Chat {
    maker: Maker,
    unread: BTreeMap<String, i64>,
    sent: VecDeque<Message>,
    last: Sample,
    question: Option<Question>,
}

impl Chat {
    pub(super) fn new(seed: u64, app: &str) -> Self {
        let unread = [("Jonh", 6), ("小明", 4), ("bob", 2), ("alice", 1)];
        Self {
            maker: Maker::new(seed, app),
            unread: unread.into_iter().map(|(user, count)| (user.to_owned(), count)).collect(),
            sent: VecDeque::new(),
            last: Sample { query: String::new(), body: Vec::new() },
            question: None,
        }
    }

    /// Random factor of the next interval, from 0.4 to 1.6.
    pub(super) fn jitter(&mut self) -> f64 {
        0.4 + 1.2 * self.maker.rng.f64()
    }

    fn message(&mut self, from: &str, to: &str, shape: Shape, now: Timestamp) -> Message {
        let body = self.maker.body(shape, None);
        self.maker.message(from, to, now, body)
    }

    fn text_message(&mut self, from: &str, to: &str, text: &str, now: Timestamp) -> Message {
        self.maker.message(from, to, now, vec![element::text(text)])
    }

    /// A text that is delivered.
    fn send_text(&mut self, from: &str, to: &str, text: &str, now: Timestamp) -> Sample {
        let message = self.text_message(from, to, text, now);
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
