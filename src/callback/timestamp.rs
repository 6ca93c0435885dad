//! Points in time as values; the clock itself is read only in `edge::clock`.

use std::time::Duration;

/// How far the clock of Tencent may be ahead of ours, in seconds.
pub const MAX_CLOCK_SKEW: i64 = 60;

/// Microseconds since the Unix epoch.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default, Hash)]
pub struct Timestamp(pub i64);

impl Timestamp {
    /// From seconds since the Unix epoch; saturates.
    pub const fn from_secs(secs: i64) -> Self {
        Self(secs.saturating_mul(1_000_000))
    }

    /// Whole seconds since the Unix epoch, rounded down.
    pub const fn secs(self) -> i64 {
        self.0.div_euclid(1_000_000)
    }

    /// The time that passed since `earlier`; zero if that is later.
    pub const fn since(self, earlier: Self) -> Duration {
        match self.offset_micros(earlier) {
            micros @ 0.. => Duration::from_micros(micros.unsigned_abs()),
            _ => Duration::ZERO,
        }
    }

    /// Microseconds from `other` to this point, negative if `other` is later;
    /// saturates.
    pub const fn offset_micros(self, other: Self) -> i64 {
        self.0.saturating_sub(other.0)
    }

    /// The lag of a message that arrived at this point, in microseconds: from its `MsgTime`,
    /// in seconds; saturates.
    pub const fn lag_micros(self, msg_time: i64) -> i64 {
        self.offset_micros(Self::from_secs(msg_time))
    }

    /// This point moved into the future; saturates.
    #[must_use]
    pub fn plus(self, duration: Duration) -> Self {
        Self(self.0.saturating_add(micros(duration)))
    }

    /// This point moved into the past; saturates.
    #[must_use]
    pub fn minus(self, duration: Duration) -> Self {
        Self(self.0.saturating_sub(micros(duration)))
    }
}

fn micros(duration: Duration) -> i64 {
    i64::try_from(duration.as_micros()).unwrap_or(i64::MAX)
}
