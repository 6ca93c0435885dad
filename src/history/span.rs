//! From when to when something was received.

use crate::callback::Timestamp;

/// From the earliest to the latest of some times.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Span {
    /// The earliest.
    pub first: Timestamp,
    /// The latest.
    pub last: Timestamp,
}

impl Span {
    /// One time.
    pub const fn at(time: Timestamp) -> Self {
        Self { first: time, last: time }
    }

    /// With another time.
    #[must_use]
    pub fn with(self, time: Timestamp) -> Self {
        Self { first: self.first.min(time), last: self.last.max(time) }
    }
}
