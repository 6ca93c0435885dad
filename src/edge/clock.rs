//! The system clock; nothing else reads it.
//!
//! The time of day can be set, so the difference of two readings is no duration:
//! durations are measured with `Instant`.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use crate::callback::Timestamp;

/// The time of day, in microseconds since the Unix epoch.
#[expect(clippy::disallowed_methods, reason = "the one place that reads the clock")]
pub fn now() -> Timestamp {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    Timestamp(i64::try_from(since.as_micros()).unwrap_or(i64::MAX))
}

/// A duration in microseconds; the maximum if it is longer than 71 minutes.
pub(crate) fn micros(duration: Duration) -> u32 {
    duration.as_micros().try_into().unwrap_or(u32::MAX)
}
