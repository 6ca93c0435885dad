//! How callbacks are answered: the rules, the answer mode, and imscope's own answers.
//! Pure.

pub mod mode;
pub mod rule;
pub mod switchboard;
pub mod problems;
pub mod rule_answer;
pub mod rule_file;
pub mod reply_body;
pub mod own;
pub mod app;
pub mod late;

pub use mode::{AnswerKind, AnswerMode};
pub use rule::Rule;
pub use switchboard::Switchboard;
