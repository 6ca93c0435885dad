//! Sends one sample callback through the real listener, for the key `t`.

use hyper::Uri;
use tokio::sync::mpsc;

use crate::callback::Lang;
use crate::callback::deadline::TENCENT_TIMEOUT;
use crate::callback::format;
use crate::callback::lang::localize;
use crate::callback::sample::element::Shape;
use crate::callback::sample::{Maker, Outcome};
use crate::callback::signature::Token;
use crate::callback::trouble::reason;
use crate::dashboard::{Notice, words};
use crate::edge::client_tls::RootCerts;
use crate::edge::clock;
use crate::edge::event_loop::Message;
use crate::edge::http_client::HttpClient;

/// The `SdkAppid` of the sample where none is expected.
const SDK_APP_ID: &str = "1400000000";

/// Sends sample callbacks to the listener, signed if there is a token.
#[derive(Debug, Clone)]
pub(in crate::command) struct Sampler {
    pub(in crate::command) url: Uri,
    pub(in crate::command) token: Option<Token>,
    pub(in crate::command) sdk_app_id: Option<String>,
    pub(in crate::command) lang: Lang,
}

impl Sampler {
    /// Sends a sample as Tencent would, and reports how it was answered.
    pub(super) async fn send(self, messages: mpsc::Sender<Message>) {
        let now = clock::now();
        let sdk_app_id = self.sdk_app_id.as_deref().unwrap_or(SDK_APP_ID);
        let mut maker = Maker::new(now.0.unsigned_abs(), sdk_app_id);
        let body = maker.body(Shape::Text, None);
        let message = maker.message("alice", "bob", now, body);
        let sample = maker.sent(&message, &Outcome::sent(1));
        let target = sample.target("/", self.token.as_ref().map(|it| (it, now)));
        // Any certificate is accepted: it is imscope's own listener.
        let client =
            RootCerts::accept_any().map(|roots| HttpClient::with_roots(TENCENT_TIMEOUT, &roots));
        let client = client.unwrap_or_default();
        let notice = match client.post_to(&self.url, &target, sample.body).await {
            Ok(reply) => {
                let (answered, took) =
                    (words::SAMPLE_ANSWERED.text(self.lang), format::duration(reply.took));
                Notice::harmless(format!("{answered} {took}")).brief()
            }
            Err(error) => {
                let (failed, why) = (words::SAMPLE_FAILED, format!("{error:#}"));
                let (failed, why) = (failed.text(self.lang), reason::text(&why, self.lang));
                localize!(self.lang, "{failed} {why}", "{failed}{why}").into()
            }
        };
        super::send(&messages, Message::Notice(notice)).await;
    }
}
