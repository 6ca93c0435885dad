//! What Tencent sends and what it means. Pure: no input, output or clock.
//!
//! A [`Delivery`] is one HTTP request as it was received, byte for byte.
//! [`decode()`] reads it and never fails: deviations from the documentation are
//! listed in [`Callback::oddities`].

pub mod lang;
pub mod timestamp;
pub mod deadline;
pub mod format;
pub mod printable;
pub mod cursor;
pub mod json;
pub mod json_pointer;
pub mod nearest;
pub mod value;
pub mod field_path;
pub mod signature;
pub mod query;
pub mod target;
pub mod headers;
pub mod delivery;
pub mod secret;
mod refusal;
pub mod incomplete;
pub mod head;
pub mod jsonl;
pub mod local;
pub mod path;
mod block;
pub mod browser;
pub mod own_request;
pub mod callback_url;
pub mod tunnel_program;
pub mod public_url;
pub mod tunnel;
pub mod code;
pub mod command;
pub mod compare;
pub mod friends;
pub mod decision;
pub mod trouble;
pub mod reply_check;
pub mod json_text;
pub mod message;
pub mod details;
mod value_words;
pub mod oddity;
pub mod decode;
mod examine;
pub mod result_word;
pub mod type_label;
pub mod summary;
pub mod identity;
pub mod sample;
pub mod curl;
pub mod export;
pub mod redact;

pub use decode::Callback;
pub use delivery::{Answer, AnsweredBy, AppReply, Delivery, DeliveryKind, Origin, Refusal, Seq};
pub use headers::Headers;
pub use json_text::Detail;
pub use lang::{Lang, Localized};
pub use signature::Verdict;
pub use timestamp::Timestamp;

/// Decodes a delivery.
///
/// ```
/// use imscope::callback::{Delivery, decode};
///
/// let delivery = Delivery {
///     target: "/?SdkAppid=1400000000&CallbackCommand=State.StateChange".into(),
///     body: br#"{"CallbackCommand":"State.StateChange","Info":{"To_Account":"bob"}}"#[..].into(),
///     ..Delivery::default()
/// };
/// let callback = decode(&delivery);
/// assert_eq!(callback.word, "State.StateChange");
/// assert_eq!(callback.from.as_deref(), Some("bob"));
/// ```
pub fn decode(delivery: &Delivery) -> Callback<'_> {
    let mut callback = decode::read(delivery);
    callback.oddities = examine::oddities(&callback, delivery);
    callback
}
