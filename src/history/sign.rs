//! The signs of callbacks in lists. The table of filters has a word for each, and the help
//! shows both.

/// It failed, or is not JSON.
pub const FAILED: &str = "✗";
/// It was refused.
pub const REFUSED: &str = "⊘";
/// It has a warning.
pub const TROUBLE: &str = "!";
/// It has an oddity.
pub const ODD: &str = "?";
/// Its event was reported before.
pub const DUPLICATE: &str = "↺";
/// It is older than one before it.
pub const OLDER: &str = "‹";
/// It is before its event.
pub const BEFORE: &str = "⇢";
/// It is a message to a robot.
pub const TO_ROBOT: &str = "⇉";
/// It is a read receipt.
pub const READ: &str = "✓";
/// It was sent again.
pub const RESENT: &str = "→";
