//! The words for the result of a callback that are in no other table.

use super::lang::Localized;

/// A message that was sent.
pub const OK: Localized = Localized::new("ok", "成功");
/// A call that was refused.
pub const REFUSED: Localized = Localized::new("refused", "拒收");
/// A callback that was sent again, to which the local app gave no reply.
pub const NO_REPLY: Localized = Localized::new("no reply", "未应答");
