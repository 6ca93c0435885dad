//! Everything seen, folded. Pure.
//!
//! [`History::apply`] is the one door: a delivery goes in, and every view of
//! the dashboard is kept in step, so that a frame costs the same at a thousand
//! and at a million.

pub mod row;
pub mod filter;
