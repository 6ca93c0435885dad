//! What can be odd about a callback, each a plain sentence.

use std::borrow::Cow;

/// Something odd about a callback: kept and shown, never a reason to refuse.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Oddity<'a> {
    /// A field the command always has is not there.
    Missing(&'static str),
    /// A field the command is not known to have.
    Unknown(Cow<'a, str>),
}
