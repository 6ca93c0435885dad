//! The simulated callbacks of the demo: first the script, then random ones without
//! end.
//!
//! They are a function of seed, start time and answers, without clock and network:
//! the caller waits until each is due, sends it, and hands back its answer.

use std::time::Duration;

use super::chat::Chat;
use super::script::{self, SCRIPT};
use super::signing::Signing;
use crate::callback::sample::Sample;
use crate::callback::signature::Token;
use crate::callback::{Answer, Timestamp};

/// One simulated callback.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// Time since the previous callback.
    pub interval: Duration,
    /// Query and body; the body may be malformed on purpose.
    pub sample: Sample,
    /// How it is signed, if there is a token.
    pub signing: Signing,
}

impl Step {
    /// Path and query of the request, signed as stated if there is a token.
    pub fn target(&self, path: &str, token: Option<&Token>, now: Timestamp) -> String {
        match token {
            Some(token) => self.signing.target(&self.sample, path, token, now),
            None => self.sample.target(path, None),
        }
    }
}

/// Iterator of the simulated callbacks, in order of time.
#[derive(Debug)]
pub struct Simulator {
    chat: Chat,
    start: Timestamp,
    now: Timestamp,
    script: std::slice::Iter<'static, script::DemoCallback>,
    mean_interval: Duration,
    length: Option<Duration>,
}

impl Simulator {
    /// Begins at `start`. After the script `rate` is in callbacks per second; the
    /// iterator ends after `length`, if given.
    pub fn new(
        seed: u64,
        app: &str,
        start: Timestamp,
        rate: f64,
        length: Option<Duration>,
    ) -> Self {
        let mean_interval = Duration::try_from_secs_f64(1.0 / rate).unwrap_or(Duration::MAX);
        Self {
            chat: Chat::new(seed, app),
            start,
            now: start,
            script: SCRIPT.iter(),
            mean_interval,
            length,
        }
    }

    /// Receives the answer to the last callback, on which it depends whether a message
    /// is sent.
    pub fn answered(&mut self, answer: &Answer) {
        self.chat.answered(answer);
    }

    /// The interval before the next callback, with jitter: people do not write at
    /// regular intervals.
    fn next_interval(&mut self, scripted: bool) -> Duration {
        let mean = if scripted { Duration::from_millis(185) } else { self.mean_interval };
        let first = self.now == self.start;
        mean.mul_f64(if first { 0.5 } else { self.chat.jitter() })
    }
}

impl Iterator for Simulator {
    type Item = Step;

    fn next(&mut self) -> Option<Step> {
        let interval = self.next_interval(!self.script.as_slice().is_empty());
        let now = self.now.plus(interval);
        if self.length.is_some_and(|it| it < now.since(self.start)) {
            return None;
        }
        self.now = now;
        let (sample, signing) = match self.chat.allowed() {
            Some(sample) => (sample, Signing::Valid),
            None => match self.script.next() {
                Some(callback) => self.chat.scripted(callback, now),
                None => (self.chat.random(now), Signing::Valid),
            },
        };
        Some(Step { interval, sample, signing })
    }
}

#[cfg(test)]
mod tests;
