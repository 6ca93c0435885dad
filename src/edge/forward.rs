//! The local app behind `--forward`: it receives each callback, and its reply is
//! the answer.
//!
//! A callback is sent to the app byte for byte, over kept connections. Its
//! reply must be complete within [`ANSWER_BUDGET`]; [`app`] decides on the
//! answer. A recorder and `--delay` can add to that time (see the constant).

mod rule_apps;
mod client;
mod headers;
mod request;
mod resend;

use std::fmt;
use std::net::SocketAddr;

use bytes::Bytes;
use http_body_util::Full;
use hyper::{Request, Uri};
use tokio::time::Instant;

use super::client_tls::RootCerts;
use super::http_client::display_url;
use crate::answer::app;
use crate::callback::deadline::ANSWER_BUDGET;
use crate::callback::local::{self, is_local_address, is_local_host};
use crate::callback::reply_check::Expected;
use crate::callback::{Answer, Delivery, Refusal, browser, decode, path};
use client::AppClient;
pub use rule_apps::RuleApps;

/// Forwards callbacks to the local app.
pub struct Forwarder {
    base: Uri,
    strict: bool,
    /// Names this forwarder in the header [`request::VIA`].
    id: Box<str>,
    client: AppClient,
    /// For callbacks that the user sends again. A connection is driven by the
    /// runtime that opened it; that of the dashboard is blocked at times, as while
    /// an editor runs, and no callback from Tencent may wait for that.
    resend_client: AppClient,
}

impl fmt::Debug for Forwarder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Forwarder({})", display_url(&self.base))
    }
}

impl Forwarder {
    /// Forwards to the app at a URL; with `strict` also replies that
    /// Tencent does not accept are the answer, and 502 or 504 if there is none.
    pub fn new(base: Uri, strict: bool, roots: &RootCerts) -> Self {
        Self::keeping(usize::MAX, base, strict, roots)
    }

    /// As [`Forwarder::new`], with up to `kept` idle connections.
    fn keeping(kept: usize, base: Uri, strict: bool, roots: &RootCerts) -> Self {
        let id = format!("{:016x}", fastrand::u64(..)).into();
        Self {
            base,
            strict,
            id,
            client: AppClient::new(roots, kept),
            resend_client: AppClient::new(roots, kept),
        }
    }

    /// The URL of the app, without its query.
    pub fn display_url(&self) -> String {
        display_url(&self.base)
    }

    /// Whether replies that Tencent does not accept are the answer.
    pub fn is_strict(&self) -> bool {
        self.strict
    }

    /// Whether the URL of the app is that of a listener at this address: it would
    /// forward to itself until no connection is left.
    pub fn targets(&self, listener: SocketAddr) -> bool {
        let https = self.base.scheme_str() == Some("https");
        let port = self.base.port_u16().unwrap_or(if https { 443 } else { 80 });
        let host = self.base.host().unwrap_or_default();
        let same_host = local::address(host) == Some(listener.ip())
            || (is_local_address(listener.ip()) && is_local_host(host));
        port == listener.port() && same_host
    }

    /// Why a callback must not reach the app, by its head.
    pub fn refusal(&self, delivery: &Delivery) -> Option<Refusal> {
        if request::was_forwarded_by(&self.id, &delivery.headers) {
            return Some(Refusal::Loop);
        }
        if browser::is_from_page(&delivery.headers) {
            return Some(Refusal::Browser);
        }
        path::is_unsafe(delivery.path()).then_some(Refusal::Path)
    }

    /// The request for a delivery with this target and body.
    ///
    /// # Errors
    /// A target that cannot be appended to the URL of the app.
    fn request(
        &self,
        delivery: &Delivery,
        target: &str,
        body: &[u8],
    ) -> anyhow::Result<Request<Full<Bytes>>> {
        request::outgoing(&self.base, &self.id, delivery, target, body)
    }

    /// Sends a callback to the app and decides on the answer: the app's reply, or
    /// the answer that the delivery holds already. `read_at` is when its last byte
    /// was read.
    pub async fn answer(&self, delivery: &Delivery, read_at: Instant) -> Answer {
        let request = self.request(delivery, &delivery.target, &delivery.body);
        let outcome = self.client.exchange(request, read_at + ANSWER_BUDGET).await;
        let word = decode::command_word(delivery);
        let expected = Expected::of(&word, &delivery.body);
        let rule = delivery.answer.rule.clone();
        let answer = app::answer_from(delivery.answer.clone(), expected, outcome, self.strict);
        Answer { rule, ..answer }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_url_of_the_listener_itself_is_recognized() {
        let targets = |url: &'static str, listener: &str| {
            Forwarder::new(Uri::from_static(url), false, &RootCerts::default())
                .targets(listener.parse().unwrap())
        };
        for url in ["http://localhost:9527/x", "https://[::1]:9527", "http://0.0.0.0:9527"] {
            assert!(targets(url, "127.0.0.1:9527"), "{url}");
        }
        assert!(targets("http://10.0.0.1", "10.0.0.1:80"));
        assert!(targets("http://127.0.0.1:1", "0.0.0.0:1"));
        for url in ["http://localhost:8080", "http://10.0.0.1:9527", "http://app:9527"] {
            assert!(!targets(url, "127.0.0.1:9527"), "{url}");
        }
    }
}
