//! How callbacks are answered: the rules, the answer mode, and imscope's own answers.
//! Pure.

pub mod mode;
pub mod own;

pub use mode::{AnswerKind, AnswerMode};
