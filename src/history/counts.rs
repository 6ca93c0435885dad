//! The numbers of callbacks with a flag.

use super::row::Flags;
use crate::callback::trouble::Trouble;
use crate::callback::{Answer, AnsweredBy, Refusal};

/// The numbers of callbacks by what was wrong with them.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counts {
    /// Reports of an event that was reported before.
    pub duplicate: u64,
    /// Older than an earlier callback of the same chat.
    pub older: u64,
    /// With an oddity.
    pub odd: u64,
    /// Refused; counted nowhere else.
    pub refused: u64,
    /// Refused because of the signature since the last one that was accepted.
    pub refused_signatures: u64,
    /// With a body that is not JSON.
    pub broken: u64,
    /// With a warning about how it was answered, forwarded or recorded.
    pub trouble: u64,
    /// Whether the local app gave no complete reply to the last one that reached it.
    pub is_app_silent: bool,
}

impl Counts {
    /// Counts a refused callback.
    pub(super) fn refuse(&mut self, refusal: Option<Refusal>) {
        self.refused += 1;
        self.refused_signatures += u64::from(refusal == Some(Refusal::Signature));
    }

    /// Counts a callback that was not refused.
    pub(super) fn add(&mut self, flags: Flags, answer: &Answer) {
        self.refused_signatures = 0;
        self.broken += u64::from(flags.contains(Flags::BROKEN));
        self.odd += u64::from(flags.contains(Flags::ODD));
        self.older += u64::from(flags.contains(Flags::OLDER));
        self.duplicate += u64::from(flags.contains(Flags::DUPLICATE));
        self.trouble += u64::from(flags.contains(Flags::TROUBLE));
        if answer.by == AnsweredBy::App || answer.app_reply.is_some() {
            self.is_app_silent = false;
        // A rule may have another local app.
        } else if answer.rule.is_none() {
            self.is_app_silent |= answer.trouble.iter().any(Trouble::is_app_silent);
        }
    }
}
