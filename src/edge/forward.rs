//! The local app behind `--forward`: it is asked, and its reply goes back.
//!
//! A callback goes to the app byte for byte, over a connection that is kept.
//! Nobody waits beyond [`ANSWER_BUDGET`]; what is answered in the end is [`policy`].

pub mod policy;
mod client;
mod request;

use std::fmt;
use std::net::{IpAddr, SocketAddr};

use anyhow::bail;
use bytes::Bytes;
use http_body_util::{BodyExt as _, Full};
use hyper::header::{CONTENT_ENCODING, CONTENT_TYPE, HeaderName};
use hyper::{Request, Uri};
use hyper_util::client::legacy::connect::HttpInfo;
use tokio::time::{Instant, timeout_at};

use super::client_tls::RootCerts;
use super::http_client::display_url;
use crate::callback::DeliveryKind;
use crate::callback::deadline::ANSWER_BUDGET;
use crate::callback::reply_check::Expected;
use crate::callback::signature::Token;
use crate::callback::{Answer, AppReply, Delivery, Origin, Seq, Timestamp, Verdict, decode, query};
use client::AppClient;
use policy::{ForwardError, Outcome};

/// The largest reply of the app that is read.
const LIMIT: usize = 1 << 20;

/// Who a re-sent call comes from, where the address of the caller stands.
const OURSELVES: &str = "imscope";

/// The local app.
pub struct Forwarder {
    base: Uri,
    strict: bool,
    client: AppClient,
    /// For what the user sends again. A connection lives on the runtime that
    /// opened it, and the dashboard's may stand still, as while an editor has
    /// the terminal: no callback may ever wait for that.
    again: AppClient,
}

impl fmt::Debug for Forwarder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Forwarder({})", display_url(&self.base))
    }
}

impl Forwarder {
    /// The app at a URL; `strict` passes on what Tencent would not accept.
    pub fn new(base: Uri, strict: bool, roots: &RootCerts) -> Self {
        Self { base, strict, client: AppClient::new(roots), again: AppClient::new(roots) }
    }

    /// The URL of the app, without a query.
    pub fn display_url(&self) -> String {
        display_url(&self.base)
    }

    /// Whether the app's URL is that of a listener at this address: it would
    /// ask itself, and again, until no connection is left.
    pub fn targets(&self, listener: SocketAddr) -> bool {
        let https = self.base.scheme_str() == Some("https");
        let port = self.base.port_u16().unwrap_or(if https { 443 } else { 80 });
        let host = self.base.host().unwrap_or_default().trim_matches(['[', ']']);
        let is_local = |it: IpAddr| it.is_loopback() || it.is_unspecified();
        let ip: Option<IpAddr> = host.parse().ok();
        let both_local =
            is_local(listener.ip()) && (host == "localhost" || ip.is_some_and(is_local));
        port == listener.port() && (both_local || ip == Some(listener.ip()))
    }

    /// Asks the app, and decides what is answered: what the app said, or the
    /// answer that the delivery holds already. `read` is when its last byte
    /// had been read.
    pub async fn answer(&self, delivery: &Delivery, read: Instant) -> Answer {
        let request = request::outgoing(&self.base, delivery, &delivery.target, &delivery.body);
        let said = ask(&self.client, request, read + ANSWER_BUDGET).await;
        let expected = Expected::of(&decode::command_word(delivery));
        policy::decide(delivery.answer.clone(), expected, said, self.strict)
    }

    /// Sends a kept call to the app again, with another body if there is one,
    /// signed afresh if there is a token. The delivery it gives is for the
    /// screen: it is neither recorded nor counted.
    ///
    /// # Errors
    /// A call that is none for the app: it was refused, only looked, or did not
    /// come whole.
    pub async fn resend(
        &self,
        kept: &Delivery,
        edited: Option<Vec<u8>>,
        token: Option<&Token>,
        clock: fn() -> Timestamp,
    ) -> anyhow::Result<Delivery> {
        if kept.signature.refuses() {
            bail!("a refused call never reaches the local app");
        }
        if kept.kind() != DeliveryKind::Callback {
            bail!("only callbacks are sent again, and they come by POST");
        }
        if edited.is_none()
            && matches!(kept.answer.status, 400 | 408 | 413)
            && kept.answer.app.is_none()
        {
            bail!("the body of this call did not come whole");
        }
        let at = clock();
        let origin = if edited.is_some() { Origin::Edited } else { Origin::Resent };
        let target = match token {
            Some(_) => format!("{}?{}", kept.path(), query::resign(kept.query(), token, at)).into(),
            None => kept.target.clone(),
        };
        let body = edited.map_or_else(|| kept.body.clone(), Vec::into_boxed_slice);
        let request = request::outgoing(&self.base, kept, &target, &body);
        let said = ask(&self.again, request, Instant::now() + ANSWER_BUDGET).await;
        let signature = token.map_or(Verdict::Unchecked, |_| Verdict::Valid { age: 0 });
        let peer = OURSELVES.into();
        let mut sent =
            Delivery { seq: Seq(0), at, peer, target, body, signature, origin, ..kept.clone() };
        sent.answer = policy::passthrough(Expected::of(&decode::command_word(&sent)), said);
        sent.answer.took = micros(clock().since(at).as_micros());
        Ok(sent)
    }
}

async fn ask(
    client: &AppClient,
    request: anyhow::Result<Request<Full<Bytes>>>,
    until: Instant,
) -> Outcome {
    let began = Instant::now();
    let mut partial = AppReply::default();
    let mut encoding = None;
    let ended = match request {
        Ok(request) => {
            let exchange = exchange(client, request, &mut partial, &mut encoding);
            timeout_at(until, exchange).await.unwrap_or(Err(ForwardError::Timeout(ANSWER_BUDGET)))
        }
        Err(error) => Err(ForwardError::Other(format!("cannot ask the local app: {error:#}"))),
    };
    partial.took = micros(began.elapsed().as_micros());
    match ended {
        Ok(()) => {
            partial.whole = true;
            Outcome::Reply { reply: partial, encoding }
        }
        Err(error) => Outcome::NoReply { error, partial },
    }
}

/// Everything up to the last byte of the reply, which goes into `partial` as it
/// comes, so that it is there if this is given up.
async fn exchange(
    client: &AppClient,
    request: Request<Full<Bytes>>,
    partial: &mut AppReply,
    encoding: &mut Option<String>,
) -> Result<(), ForwardError> {
    let response = client.request(request).await?;
    let text = |name: HeaderName| {
        let value = response.headers().get(name)?;
        Some(String::from_utf8_lossy(value.as_bytes()).into_owned())
    };
    partial.status = response.status().as_u16();
    partial.content_type = text(CONTENT_TYPE).unwrap_or_default().into();
    *encoding = text(CONTENT_ENCODING).filter(|it| !it.eq_ignore_ascii_case("identity"));
    let own = response.extensions().get::<HttpInfo>().map(HttpInfo::local_addr);
    let mut body = response.into_body();
    while let Some(frame) = body.frame().await {
        let data = frame.map_err(|_| ForwardError::Interrupted)?.into_data().unwrap_or_default();
        partial.body.extend_from_slice(&data);
        if partial.body.len() > LIMIT {
            return Err(ForwardError::TooLarge(LIMIT));
        }
    }
    if let Some(own) = own {
        client.remember(own);
    }
    Ok(())
}

fn micros(micros: impl TryInto<u32>) -> u32 {
    micros.try_into().unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_app_that_is_the_listener_itself_is_known() {
        let is = |url: &'static str, listener: &str| {
            Forwarder::new(Uri::from_static(url), false, &RootCerts::default())
                .targets(listener.parse().unwrap())
        };
        for url in ["http://localhost:9527/x", "https://[::1]:9527", "http://0.0.0.0:9527"] {
            assert!(is(url, "127.0.0.1:9527"), "{url}");
        }
        assert!(is("http://10.0.0.1", "10.0.0.1:80") && is("http://127.0.0.1:1", "0.0.0.0:1"));
        for url in ["http://localhost:8080", "http://10.0.0.1:9527", "http://app:9527"] {
            assert!(!is(url, "127.0.0.1:9527"), "{url}");
        }
    }
}
