//! The demo's script: a chat in which everything worth showing happens at once,
//! and then goes on for ever.
//!
//! A story is a function of its seed and its start: the same two give the same
//! beats. It knows neither clock nor network; who plays it waits and sends.

use std::time::Duration;

use super::chat::Chat;
use super::script::{self, SCRIPT};
use crate::callback::Timestamp;
use crate::callback::sample::Sample;
use crate::callback::signature::Token;

/// One callback of the story.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// How long after the one before.
    pub after: Duration,
    /// What is sent. A broken body is in here as it is.
    pub sample: Sample,
    /// How it is signed, if there is a token.
    pub forge: Forge,
}

impl Step {
    /// Path and query of the call, signed or forged if there is a token.
    pub fn target(&self, path: &str, token: Option<&Token>, now: Timestamp) -> String {
        let Some(token) = token else { return self.sample.target(path, None) };
        match self.forge {
            Forge::None => self.sample.target(path, Some((token, now))),
            Forge::WrongSign => {
                let guessed = Token::new("not the token");
                self.sample.target(path, guessed.as_ref().map(|it| (it, now)))
            }
            Forge::Stale(seconds) => {
                let then = now.minus(Duration::from_secs(seconds.into()));
                self.sample.target(path, Some((token, then)))
            }
        }
    }
}

/// What is false about a beat's signature.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Forge {
    /// Nothing.
    #[default]
    None,
    /// Signed with a token that is not the token.
    WrongSign,
    /// Signed as of this many seconds ago.
    Stale(u32),
}

/// The beats of a story, in order.
#[derive(Debug)]
pub struct Simulator {
    chat: Chat,
    start: Timestamp,
    now: Timestamp,
    script: std::slice::Iter<'static, script::Scene>,
    gap: Duration,
    length: Option<Duration>,
}

impl Simulator {
    /// A story that begins at `start`; after the script it goes on with `rate`
    /// callbacks a second, and ends after `length`, if there is one.
    pub fn new(
        seed: u64,
        app: &str,
        start: Timestamp,
        rate: f64,
        length: Option<Duration>,
    ) -> Self {
        let gap = Duration::try_from_secs_f64(1.0 / rate).unwrap_or(Duration::MAX);
        Self { chat: Chat::new(seed, app), start, now: start, script: SCRIPT.iter(), gap, length }
    }

    /// The pause before the next beat: nobody writes like a clock.
    fn pause(&mut self, scripted: bool) -> Duration {
        let mean = if scripted { Duration::from_millis(185) } else { self.gap };
        let first = self.now == self.start;
        mean.mul_f64(if first { 0.5 } else { self.chat.jitter() })
    }
}

impl Iterator for Simulator {
    type Item = Step;

    fn next(&mut self) -> Option<Step> {
        let scene = self.script.next();
        let after = self.pause(scene.is_some());
        let now = self.now.plus(after);
        if self.length.is_some_and(|it| it < now.since(self.start)) {
            return None;
        }
        self.now = now;
        let (sample, forge) = match scene {
            Some(scene) => self.chat.play(scene, now),
            None => (self.chat.chatter(now), Forge::None),
        };
        Some(Step { after, sample, forge })
    }
}

#[cfg(test)]
mod tests;
