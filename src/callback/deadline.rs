//! How much time an answer has.

use std::time::Duration;

/// How long Tencent waits for the answer to a callback. It cannot be changed
/// (<https://cloud.tencent.com/document/product/269/2716>).
pub const TENCENT_TIMEOUT: Duration = Duration::from_secs(2);

/// How long after its arrival a callback is answered at the latest; the rest of
/// [`TENCENT_TIMEOUT`] is left to the network.
pub const ANSWER_BUDGET: Duration = Duration::from_millis(1800);
