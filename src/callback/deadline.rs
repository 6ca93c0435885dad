//! How much time an answer has.

use std::time::Duration;

/// How long Tencent waits for the answer to a callback. It cannot be changed
/// (<https://cloud.tencent.com/document/product/269/2716>).
pub const TENCENT_TIMEOUT: Duration = Duration::from_secs(2);

/// Time from the last byte of a callback to its answer, for the local app and for
/// waiting; the rest of [`TENCENT_TIMEOUT`] is left to the network. With a
/// recorder an answer can take 150 ms more, its minimum time for a write and the
/// handover of the result; `--delay` is added to that.
pub const ANSWER_BUDGET: Duration = Duration::from_millis(1800);
