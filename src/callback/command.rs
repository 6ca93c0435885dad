//! The known command words: family, before or after, in words.

use super::lang::Words;

/// A command this version knows.
#[derive(Debug, PartialEq, Eq)]
pub struct Command {
    /// The word on the wire, such as `C2C.CallbackAfterSendMsg`.
    pub word: &'static str,
    /// Whether Tencent waits for the answer to decide, or only notifies.
    pub when: When,
    /// What happened, in words: `sent`, `read`, `login`.
    pub words: Words,
}

/// Whether a callback comes before or after what it tells of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum When {
    /// The answer decides whether it happens.
    Before,
    /// It has happened; the answer is ignored.
    After,
}

/// The command with this word; the word's letter case counts.
pub fn find(word: &str) -> Option<&'static Command> {
    let _ = word;
    None
}
