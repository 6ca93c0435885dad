//! Sending a callback of the history to the local app again.

use anyhow::bail;
use tokio::time::Instant;

use super::Forwarder;
use crate::answer::app;
use crate::callback::deadline::ANSWER_BUDGET;
use crate::callback::reply_check::Expected;
use crate::callback::secret::{self, TokenSpellings};
use crate::callback::signature::Token;
use crate::callback::trouble::reason;
use crate::callback::{Delivery, DeliveryKind, Origin, Seq, Timestamp, Verdict, decode, query};
use crate::edge::clock::micros;

/// The peer of a callback that the user sent again.
const RESEND_PEER: &str = "imscope";

impl Forwarder {
    /// Sends a callback to the local app again, with `edited` as its body if
    /// given, signed anew if there is a token. The delivery it returns is only
    /// for display: it is neither recorded nor counted.
    ///
    /// # Errors
    /// A request that was not forwarded either: one that was refused, is no POST,
    /// or was not received completely.
    pub async fn resend(
        &self,
        original: &Delivery,
        edited: Option<Vec<u8>>,
        token: Option<&Token>,
        clock: fn() -> Timestamp,
    ) -> anyhow::Result<Delivery> {
        check(original, edited.is_some())?;
        let (at, start) = (clock(), Instant::now());
        let origin = if edited.is_some() { Origin::Edited } else { Origin::Resent };
        let target = match token {
            Some(_) => {
                let query = query::resign(original.query(), token, at);
                format!("{}?{query}", original.path()).into()
            }
            None => original.target.clone(),
        };
        let body = edited.map_or_else(|| original.body.clone(), Vec::into_boxed_slice);
        let request = self.request(original, &target, &body);
        let outcome = self.resend_client.exchange(request, start + ANSWER_BUDGET).await;
        let mut sent = Delivery {
            seq: Seq(0),
            at,
            peer: RESEND_PEER.into(),
            target,
            body,
            omitted_bytes: 0,
            signature: token.map_or(Verdict::Unchecked, |_| Verdict::Valid { age: 0 }),
            origin,
            ..original.clone()
        };
        let word = decode::command_word(&sent);
        let answer = app::passthrough(Expected::of(&word, &sent.body), outcome);
        drop(word);
        sent.answer = answer;
        sent.answer.took = micros(start.elapsed());
        secret::mask(&mut sent, &TokenSpellings::of(token));
        Ok(sent)
    }
}

/// Fails if a delivery cannot be sent again. One whose body was not received
/// completely can be sent only with an edited body.
fn check(delivery: &Delivery, is_edited: bool) -> anyhow::Result<()> {
    if delivery.is_refused() {
        bail!(reason::refused_not_sent());
    }
    if delivery.kind() != DeliveryKind::Callback {
        bail!(reason::only_callbacks_sent());
    }
    let answer = &delivery.answer;
    if !is_edited && matches!(answer.status, 400 | 408 | 413) && answer.app_reply.is_none() {
        bail!(reason::body_incomplete());
    }
    if !is_edited && delivery.omitted_bytes > 0 {
        bail!(reason::body_shortened());
    }
    Ok(())
}
