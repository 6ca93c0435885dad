//! A rule: which callbacks it answers, and how.
//!
//! ```text
//! rule   = filter "=>" action ("," action)*
//! action = "allow" | "deny" [code] ["text"] | "drop" | "set" pointer "=" json
//!        | "reply" (json | "@" file) | "fail" ["text"] | "status" code | "hang"
//!        | "forward" url | "delay" duration | "times" n | "chance" n "%"
//! ```

mod action;
mod body_file;
mod error;
mod parse;
mod problem;
pub mod completion;
#[cfg(test)]
mod tests;

use std::fmt;
use std::ops::Range;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use crate::callback::command::{SIGNAL, When};
use crate::history::filter::Filter;
use crate::history::filter::cover::Conjunction;
pub use action::{Action, TABLE as ACTIONS, actions};
use body_file::BodyFile;
pub use error::RuleError;
pub use problem::Problem;

/// A rule: the callbacks that match its filter get its reply.
///
/// Two rules are equal when their texts are.
#[derive(Debug, Clone)]
pub struct Rule {
    /// The text it was parsed from, trimmed.
    text: Arc<str>,
    /// Which callbacks it is about.
    pub filter: Filter,
    /// The reply; `None` leaves it to the local app or to the answer mode.
    pub reply: Option<Reply>,
    /// The delay before the answer is sent.
    pub delay: Duration,
    /// To how many of the matching callbacks it applies; `None` is unlimited.
    pub times: Option<u32>,
    /// To how many percent of the matching callbacks it applies, from 1 to 100.
    pub chance: u8,
    places: Places,
    /// The file that it names.
    file: Option<BodyFile>,
    /// The folder that the name is relative to.
    folder: Arc<Path>,
}

/// Where the parts of a rule are in its text, in bytes.
#[derive(Debug, Clone, Default)]
struct Places {
    /// The action that is its reply; of several `set` from the first to the last.
    reply: Option<Range<usize>>,
    delay: Option<Range<usize>>,
}

/// What a rule replies.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reply {
    /// Success; allows what a "before" command asks for.
    Allow,
    /// Denies what a "before" command asks for, with this `ErrorCode` and `ErrorInfo`.
    Deny(i64, String),
    /// Code 2: the message is dropped, and its sender sees success.
    Drop,
    /// Allows the message with these values replaced.
    Set(Vec<Replacement>),
    /// This body, byte for byte, with status 200.
    Body(Vec<u8>),
    /// `ActionStatus` `FAIL` and `ErrorCode` 1 with this text.
    Fail(String),
    /// This HTTP status, with `FAIL` and 1.
    Status(u16),
    /// No answer.
    Hang,
    /// The reply of the local app at this URL.
    Forward(String),
}

/// A value of the message that is replaced.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Replacement {
    /// Its JSON pointer, below `/MsgBody` or equal to `/CloudCustomData`.
    pub pointer: String,
    /// The new value, as JSON.
    pub value: String,
}

impl Rule {
    /// Parses a rule. `read_file` returns the content of a file that `reply @FILE`
    /// names, or why it cannot be read.
    ///
    /// # Errors
    /// The first mistake, with its place in `text`.
    pub fn parse(
        text: &str,
        read_file: &mut dyn FnMut(&str) -> Result<Vec<u8>, String>,
    ) -> Result<Self, RuleError> {
        parse::parse(text, read_file)
    }

    /// The names of its actions, without their values.
    pub fn action_names(&self) -> Vec<&'static str> {
        let reply = self.reply.as_ref().map(|it| match it {
            Reply::Allow => "allow",
            Reply::Deny(..) => "deny",
            Reply::Drop => "drop",
            Reply::Set(_) => "set",
            Reply::Body(_) => "reply",
            Reply::Fail(_) => "fail",
            Reply::Status(_) => "status",
            Reply::Hang => "hang",
            Reply::Forward(_) => "forward",
        });
        let others = [
            (!self.delay.is_zero(), "delay"),
            (self.times.is_some(), "times"),
            (self.chance < 100, "chance"),
        ];
        let others = others.into_iter().filter_map(|(is_there, it)| is_there.then_some(it));
        reply.into_iter().chain(others).collect()
    }

    /// Whether callbacks of a command can get its reply: a denial, a drop and a change have
    /// no effect after the event.
    pub fn applies_to(&self, word: &str) -> bool {
        match self.reply {
            // What a chatbot gets depends on the code, too.
            Some(Reply::Deny(..)) => When::of(word) == When::Before || word == SIGNAL,
            Some(Reply::Drop | Reply::Set(_)) => When::of(word) == When::Before,
            _ => true,
        }
    }

    /// The alternatives of its filter, of the commands that it applies to.
    pub(in crate::answer) fn alternatives(&self) -> Vec<Conjunction> {
        let alternatives = self.filter.alternatives().into_iter();
        match self.reply {
            Some(Reply::Deny(..)) => alternatives.map(Conjunction::coded).collect(),
            Some(Reply::Drop | Reply::Set(_)) => alternatives.map(Conjunction::before).collect(),
            _ => alternatives.collect(),
        }
    }

    /// Whether it decides on all callbacks that match its filter, and that it applies to.
    pub fn is_unlimited(&self) -> bool {
        self.times.is_none() && self.chance == 100
    }

    /// The text it was parsed from.
    pub fn text(&self) -> &Arc<str> {
        &self.text
    }
}

impl fmt::Display for Rule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl PartialEq for Rule {
    fn eq(&self, other: &Self) -> bool {
        self.text == other.text
    }
}

impl Eq for Rule {}
