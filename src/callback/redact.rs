//! Redacts personal data in a delivery.
//!
//! Kept are the known values of Tencent's fields (see `fields`) and the numbers of the
//! protocol. Everything else is replaced: ids, and the names of unknown fields, by
//! pseudonyms; text by dots; numbers by as many nines. JSON inside a string is text.
//! What is odd about a body stays the same; why it is not JSON only the original shows
//! ([`Callback::break_off`](super::Callback::break_off)).

mod body;
mod broken;
mod call;
mod difference;
mod fields;
mod number;

use std::borrow::Cow;

use super::delivery::{Answer, AppReply, Delivery};
use super::trouble::Trouble;
use body::redact_body;
pub use call::{documented_platform, is_app_id};
use call::{redact_content_type, redact_headers, redact_method, redact_target};
pub use difference::redact_difference;
pub use fields::names as field_names;
pub use number::is_protocol_number;

/// The maximum number of dots.
const MAX_DOTS: usize = 8;
/// Replaces a text independent of its length.
pub const MASK: &str = "•••";

/// Maps an id to its pseudonym, which must need no escapes in JSON and in a query.
pub type Pseudonym<'p> = &'p dyn Fn(&str) -> String;

/// The delivery with personal data replaced.
pub fn redact(delivery: &Delivery, pseudonym: Pseudonym<'_>) -> Delivery {
    // All fields are named, so that none is added without a decision.
    let Delivery {
        seq,
        at,
        peer: _,
        method,
        target: _,
        headers,
        body,
        omitted_bytes,
        signature,
        refusal,
        answer,
        origin,
    } = delivery;
    Delivery {
        seq: *seq,
        at: *at,
        peer: "•".into(),
        method: Cow::Borrowed(redact_method(method).unwrap_or(MASK)),
        target: redact_target(delivery, pseudonym).into(),
        headers: redact_headers(headers),
        body: redact_body(body, pseudonym).into(),
        omitted_bytes: *omitted_bytes,
        signature: *signature,
        refusal: *refusal,
        answer: redact_answer(answer, pseudonym),
        origin: *origin,
    }
}

/// The body is redacted also if it is `imscope`'s own: a recording can have any text in
/// its place.
fn redact_answer(answer: &Answer, pseudonym: Pseudonym<'_>) -> Answer {
    let Answer { status, by, took, body, content_type, headers, rule, trouble, app_reply } = answer;
    Answer {
        status: *status,
        by: *by,
        took: *took,
        body: redact_body(body, pseudonym).into(),
        content_type: content_type.as_deref().map(|it| redact_content_type(it).into()),
        headers: redact_headers(headers),
        rule: rule.as_deref().map(|_| MASK.into()),
        trouble: trouble.iter().map(|_| Trouble::recorded(MASK)).collect(),
        app_reply: app_reply.as_deref().map(|it| Box::new(redact_reply(it, pseudonym))),
    }
}

fn redact_reply(reply: &AppReply, pseudonym: Pseudonym<'_>) -> AppReply {
    let AppReply { status, took, content_type, headers, body, complete } = reply;
    AppReply {
        status: *status,
        took: *took,
        content_type: redact_content_type(content_type).into(),
        headers: redact_headers(headers),
        body: redact_body(body, pseudonym),
        complete: *complete,
    }
}

#[cfg(test)]
mod tests;
