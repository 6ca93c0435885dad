//! One sample sent through the real listener, for the key `t`.

use hyper::Uri;
use tokio::sync::mpsc;

use super::demo::post;
use crate::callback::Lang;
use crate::callback::sample::element::Shape;
use crate::callback::sample::{Maker, Outcome};
use crate::callback::signature::Token;
use crate::dashboard::{text, words};
use crate::edge::clock;
use crate::edge::live::News;
use crate::edge::post::{Poster, TIMEOUT};
use crate::edge::trust::Trust;

/// The application of the sample, where none is expected.
const APP: &str = "1400000000";

/// Where to send samples, and as whom.
#[derive(Debug, Clone)]
pub(super) struct Sampler {
    pub(super) url: Uri,
    pub(super) token: Option<Token>,
    pub(super) app: Option<String>,
    pub(super) lang: Lang,
}

impl Sampler {
    /// Sends a sample as Tencent would, and tells how it was answered.
    pub(super) async fn send(self, tell: mpsc::Sender<News>) {
        let now = clock::now();
        let app = self.app.as_deref().unwrap_or(APP);
        let mut maker = Maker::new(now.0.unsigned_abs(), app);
        let body = maker.body(Shape::Text, None);
        let message = maker.message("alice", "bob", now, body);
        let sample = maker.sent(&message, &Outcome::sent(1));
        let target = sample.target("/", self.token.as_ref().map(|it| (it, now)));
        // It is our own listener, whatever its certificate says.
        let poster = Trust::anybody().map(|trust| Poster::trusting(TIMEOUT, &trust));
        let poster = poster.unwrap_or_default();
        let said = match post(&poster, &self.url, &target, sample.body).await {
            Ok(reply) => {
                let took = u64::try_from(reply.took.as_micros()).unwrap_or(u64::MAX);
                format!("{} {}", words::SAMPLE_ANSWERED.of(self.lang), text::span(took))
            }
            Err(error) => format!("{} {error:#}", words::SAMPLE_FAILED.of(self.lang)),
        };
        // Once the loop has ended there is nobody left to tell.
        let _ = tell.send(News::Tell(said)).await;
    }
}
