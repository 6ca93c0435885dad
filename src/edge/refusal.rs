//! Whether a request is refused, and what is kept of it. Its head decides that,
//! before the body is read.

use super::body::BEGINNING_BYTES;
use super::config::ListenerConfig;
use crate::callback::{
    Delivery, DeliveryKind, Headers, Refusal, Verdict, query, signature, trouble,
};

/// Checks the signature of a delivery whose body is not read yet, at its time, and
/// sets its `signature` and `refusal`.
pub(super) fn check_head(delivery: &mut Delivery, config: &ListenerConfig) {
    let kind = delivery.kind();
    let signature = match &config.token {
        // A probe needs no signature, and its answer discloses nothing.
        Some(token) if kind != DeliveryKind::Probe => {
            let query = query::read(delivery.query());
            let (sign, time) = (query.sign.as_deref(), query.request_time.as_deref());
            signature::check(Some(token), sign, time, delivery.at, config.sign_window)
        }
        _ => Verdict::Unchecked,
    };
    delivery.signature = signature;
    delivery.refusal = Refusal::of(signature, kind).or_else(|| {
        if kind != DeliveryKind::Callback {
            return None;
        }
        let app = config.forwarder.as_ref();
        app.and_then(|it| it.refusal(delivery)).or_else(|| rule_refusal(delivery, config))
    });
}

/// Why a delivery must not reach the local apps of rules. Which rule decides is not known
/// before the body is read.
fn rule_refusal(delivery: &Delivery, config: &ListenerConfig) -> Option<Refusal> {
    let forwards = config.switchboard.borrow().forwards();
    forwards.then(|| config.rule_apps.refusal(delivery)).flatten()
}

/// Whether only the beginning of a request is kept: any client can send it, any
/// number of times, so it must displace nothing and fill no disk.
pub(super) fn keeps_beginning(delivery: &Delivery) -> bool {
    delivery.is_refused() || delivery.is_probe()
}

/// Shortens the target to [`BEGINNING_BYTES`], and the headers to the complete ones
/// among so many bytes, if only the beginning is kept; adds to the trouble that it did.
pub(super) fn shorten_head(delivery: &mut Delivery) {
    if !keeps_beginning(delivery) {
        return;
    }
    let (target, headers) = (&*delivery.target, delivery.headers.as_bytes());
    let length = target.len() + headers.len();
    let target = &target[..target.floor_char_boundary(BEGINNING_BYTES)];
    let headers = match headers.get(..BEGINNING_BYTES) {
        Some(beginning) => &beginning[..memchr::memrchr(b'\n', beginning).map_or(0, |end| end + 1)],
        None => headers,
    };
    let kept = target.len() + headers.len();
    if kept < length {
        (delivery.target, delivery.headers) = (target.into(), Headers::from_block(headers));
        delivery.answer.trouble.push(trouble::head_shortened(kept, length));
    }
}
