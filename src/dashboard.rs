//! The screen as a function of history and keys. Pure.
