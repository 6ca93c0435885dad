//! Counts callbacks that were read from the flow, as the side panes count all of them.

use super::counts::Counts;
use super::failures::Failures;
use super::flow_reader::KeptCallback;
use super::row::Flags;
use super::statistics::Statistics;
use super::unread::Unread;
use crate::callback::decode;

/// Memory for the unread counts in bytes.
const UNREAD_BYTES: usize = 16 << 20;

/// The counts of some callbacks.
#[derive(Debug)]
pub struct Tally(Statistics);

impl Default for Tally {
    fn default() -> Self {
        Self(Statistics::with_limit(UNREAD_BYTES))
    }
}

impl Tally {
    /// Counts a callback; those that follow must have arrived later.
    pub fn add(&mut self, kept: &KeptCallback) {
        let KeptCallback { delivery, flags } = kept;
        if flags.contains(Flags::REFUSED) {
            self.0.counts.refuse(delivery.refusal);
        } else if !delivery.origin.is_resent() {
            self.0.count(&decode(delivery), delivery, *flags);
        }
    }

    /// The unread counts of all users.
    pub fn unread(&self) -> &Unread {
        &self.0.unread
    }

    /// The failures by code.
    pub fn failures(&self) -> &Failures {
        &self.0.failures
    }

    /// The numbers of duplicate, older, odd and refused callbacks.
    pub fn counts(&self) -> Counts {
        self.0.counts
    }
}
