//! Test callbacks: sent to a URL, found among received deliveries, their replies
//! checked.

use std::time::Duration;

use hyper::Uri;

use super::check::{CheckName, CheckResult};
use super::context::CheckContext;
use crate::callback::deadline::{ANSWER_BUDGET, TENCENT_TIMEOUT};
use crate::callback::lang::localize;
use crate::callback::reply_check::{Expected, check_reply};
use crate::callback::sample::{Maker, Outcome, Sample, Shape, event};
use crate::callback::{Delivery, Lang, Localized, query};
use crate::edge::http_client::{HttpClient, Reply};
use crate::edge::queue::Receiver;

/// Sender and recipient of the test callbacks.
pub(super) const USER: &str = "imscope-doctor";
/// From here on a reply is slow: Tencent waits [`TENCENT_TIMEOUT`], and the time
/// of the network varies.
const SLOW: Duration = Duration::from_secs(1);

/// A sample callback with a random id.
pub(super) struct TestCallback {
    pub(super) sample: Sample,
    id: String,
}

impl TestCallback {
    pub(super) fn new(context: &CheckContext) -> Self {
        let now = (context.clock)();
        let mut maker = Maker::new(now.0.unsigned_abs(), &context.sdk_app_id);
        let id = format!("imscope-doctor-{:016x}", fastrand::u64(..));
        let body = maker.body(Shape::Text, Some(&id));
        let message = maker.message(USER, USER, now, body);
        let mut sample = maker.sent(&message, &Outcome::sent(1));
        sample.query = format!("{}&RequestId={id}", sample.query);
        Self { sample, id }
    }

    /// Posts it to a URL, signed if there is a token.
    pub(super) async fn send(
        &self,
        context: &CheckContext,
        url: &Uri,
        client: &HttpClient,
    ) -> anyhow::Result<Reply> {
        let token = context.token.as_ref().ok().and_then(Option::as_ref);
        let path = url.path_and_query().map_or("/", |it| it.as_str());
        let target = self.sample.target(path, token.map(|it| (it, (context.clock)())));
        client.post_to(url, &target, self.sample.body.clone()).await
    }

    /// The delivery of this callback, if it was received.
    pub(super) fn find(&self, deliveries: &mut Receiver) -> Option<Delivery> {
        let mut received = Vec::new();
        // No wait: a request is in the queue before it is answered.
        deliveries.try_recv_many(&mut received, usize::MAX);
        received
            .into_iter()
            .find(|it| query::read(it.query()).request_id.as_deref() == Some(&*self.id))
    }
}

/// What is invalid about a reply; `None` if nothing is.
pub(super) fn invalid(reply: &Reply, lang: Lang) -> Option<String> {
    let expected = Expected::of(event::AFTER_SEND, b"");
    let wrong = check_reply(expected, reply.status, &reply.body).err()?;
    let wrong: Vec<_> = wrong.iter().map(|it| it.text(lang)).collect();
    Some(wrong.join(Localized::new("; ", "；").text(lang)))
}

/// The result of a valid reply after `took`: a slow reply is a warning, one
/// beyond the answer budget a failure.
pub(super) fn assess_time(
    context: &CheckContext,
    name: CheckName,
    message: String,
    took: Duration,
) -> CheckResult {
    let (timeout, budget) = (TENCENT_TIMEOUT.as_secs_f64(), ANSWER_BUDGET.as_secs_f64());
    let hint = localize!(
        context.lang,
        "answer first, then process: Tencent waits {timeout} s, imscope {budget} s",
        "请先应答再处理：腾讯云等待 {timeout} 秒，imscope 等待 {budget} 秒",
    );
    match took {
        it if it < SLOW => CheckResult::ok(name, message),
        it if it < ANSWER_BUDGET => CheckResult::warning(name, message).hint(hint),
        _ => CheckResult::failure(name, message).hint(hint),
    }
}
