//! Whether a request is refused. Its head decides that, before the body is read.

use super::config::ListenerConfig;
use crate::callback::{Delivery, DeliveryKind, Refusal, Verdict, query, signature};

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
    delivery.refusal = Refusal::of(signature, kind);
}
