//! What Tencent sends and what it means. Pure.
//!
//! A [`Delivery`] is one HTTP call as it came, byte for byte. [`decode()`] tells
//! what it means, and never fails: what is odd is kept as a list of sentences.

pub mod lang;
pub mod timestamp;
pub mod json;
pub mod query;
pub mod delivery;
pub mod signature;
pub mod jsonl;
pub mod callback_url;
pub mod reply_check;
pub mod code;
pub mod command;
pub mod unfold;
pub mod message;
pub mod details;
pub mod oddity;
mod examine;
pub mod decode;
pub mod summary;
pub mod identity;
pub mod answer_mode;
pub mod sample;
pub mod compare;
pub mod curl;
pub mod redact;

pub use decode::{Callback, decode};
pub use delivery::{Answer, AnsweredBy, AppReply, Delivery, Headers, Origin, Seq};
pub use lang::{Lang, Localized};
pub use signature::Verdict;
pub use timestamp::Timestamp;
pub use unfold::Detail;
