//! Callbacks made up and sent: out through the public URL and back in, and to
//! the local app.

use std::sync::Arc;
use std::time::Duration;

use anyhow::Context as _;
use bytes::Bytes;
use hyper::Uri;

use super::Context;
use super::check::Check;
use super::setup::{PortOwner, local_url, shown};
use crate::callback::deadline::{ANSWER_BUDGET, TENCENT_TIMEOUT};
use crate::callback::format;
use crate::callback::lang::localize;
use crate::callback::reply_check::{Expected, check_reply};
use crate::callback::sample::{Maker, Outcome, Sample, Shape, event};
use crate::callback::{Delivery, query};
use crate::edge::config::ListenerConfig;
use crate::edge::http_client::{HttpClient, Reply};
use crate::edge::listen;
use crate::edge::queue::{Receiver, queue};

/// Who sends the probes and who gets them: told, so that nobody wonders.
const WHO: &str = "imscope-doctor";
/// Far above the size of a probe.
const MAX_BODY: usize = 1 << 20;
/// From here on a reply is slow. Tencent waits for
/// [`TENCENT_TIMEOUT`]; the network between is
/// not the same each time.
const SLOW: Duration = Duration::from_secs(1);

/// A probe: a callback like any other, but for a number that tells it apart.
struct Probe {
    sample: Sample,
    nonce: String,
}

impl Probe {
    fn new(context: &Context) -> Self {
        let now = (context.clock)();
        let mut maker = Maker::new(now.0.unsigned_abs(), &context.app);
        let nonce = format!("imscope-doctor-{:016x}", fastrand::u64(..));
        let body = maker.body(Shape::Text, Some(&nonce));
        let message = maker.message(WHO, WHO, now, body);
        let mut sample = maker.sent(&message, &Outcome::sent(1));
        sample.query = format!("{}&RequestId={nonce}", sample.query);
        Self { sample, nonce }
    }

    /// Sends it to a URL, signed if there is a token.
    async fn send(
        &self,
        context: &Context,
        url: &Uri,
        poster: &HttpClient,
    ) -> anyhow::Result<Reply> {
        let token = context.token.as_ref().ok().and_then(Option::as_ref);
        let path = url.path_and_query().map_or("/", |it| it.as_str());
        let target = self.sample.target(path, token.map(|it| (it, (context.clock)())));
        let mut parts = url.clone().into_parts();
        parts.path_and_query = Some(target.parse()?);
        let url = Uri::from_parts(parts)?;
        poster.post(&url, Bytes::from(self.sample.body.clone())).await
    }

    /// Itself, among what came in.
    fn find(&self, deliveries: &mut Receiver) -> Option<Delivery> {
        let mut came = Vec::new();
        // What is answered has been handed over, so there is nothing to wait for.
        deliveries.try_recv_many(&mut came, usize::MAX);
        came.into_iter()
            .find(|it| query::read(it.query()).request_id.as_deref() == Some(&*self.nonce))
    }
}

/// Sends a probe out through the public URL, or the local one where there is
/// none, and looks whether it comes back in.
pub(super) async fn round_trip(context: &Context, public: Option<&Uri>, owner: PortOwner) -> Check {
    let lang = context.lang;
    if context.token.is_err() {
        let message = localize!(lang, "the token cannot be read", "无法读取 Token");
        return Check::skipped("probe", message);
    }
    match owner {
        PortOwner::Other => {
            let message = localize!(lang, "the port cannot be had", "端口不可用");
            Check::skipped("probe", message)
        }
        PortOwner::Imscope => past_imscope(context, public).await,
        PortOwner::None => match through_ourselves(context, public).await {
            Ok(check) => check,
            Err(error) => Check::failure("probe", format!("{error:#}")),
        },
    }
}

/// An imscope listens already; its replies tell whether it got the probe.
async fn past_imscope(context: &Context, public: Option<&Uri>) -> Check {
    let lang = context.lang;
    let probe = Probe::new(context);
    let local = local_url(context.listen);
    let url = public.unwrap_or(&local);
    let way = way(context, url, public.is_some());
    match probe.send(context, url, &context.poster()).await {
        Err(error) => no_reply(context, &error),
        Ok(reply) => match wrong(&reply) {
            None => {
                let check = in_time(context, "probe", &way, reply.took);
                let message = localize!(
                    lang,
                    "{} (the imscope that listens shows it, from {WHO})",
                    "{}（正在监听的 imscope 会显示它，来自 {WHO}）",
                    check.message
                );
                Check { message, ..check }
            }
            Some(why) => {
                let message = localize!(
                    lang,
                    "{way}, but was not answered as Tencent requires: {why}",
                    "{way}，但应答不符合腾讯云要求：{why}",
                );
                let check = Check::failure("probe", message);
                if reply.status == 403 { check.hint(same_token(context)) } else { check }
            }
        },
    }
}

/// Nobody listens: we do, for as long as the probe takes.
async fn through_ourselves(context: &Context, public: Option<&Uri>) -> anyhow::Result<Check> {
    let listener = listen::bind(context.listen)?;
    let (to_us, mut deliveries) = queue();
    let mut running = listen::spawn(listener, Arc::new(setup(context)), to_us)?;
    let local = local_url(running.address());
    let probe = Probe::new(context);
    let url = public.unwrap_or(&local);
    let reply = probe.send(context, url, &context.poster()).await;
    let came = probe.find(&mut deliveries);
    running.stop();
    running.join().context("while probing")?;
    let way = way(context, url, public.is_some());
    Ok(match (came, reply) {
        (None, Err(error)) => no_reply(context, &error),
        (None, Ok(reply)) => led_elsewhere(context, url, &reply),
        (Some(_), Err(error)) => {
            let message = localize!(
                context.lang,
                "{way}, but its answer was lost: {error:#}",
                "{way}，但应答丢失：{error:#}",
            );
            Check::failure("probe", message)
        }
        (Some(delivery), Ok(reply)) => came_back(context, &probe, &way, &delivery, &reply),
    })
}

fn setup(context: &Context) -> ListenerConfig {
    ListenerConfig {
        token: context.token.as_ref().ok().cloned().flatten(),
        sign_window: context.window,
        max_body: MAX_BODY,
        ..ListenerConfig::default()
    }
}

/// The probe came in, and its sender got a reply: were both left as they were?
fn came_back(context: &Context, probe: &Probe, way: &str, came: &Delivery, reply: &Reply) -> Check {
    let lang = context.lang;
    let fail = |what: String, hint: String| {
        let message = localize!(lang, "{way}, but {what}", "{way}，但{what}");
        Check::failure("probe", message).hint(hint)
    };
    let proxy = || {
        localize!(
            lang,
            "let the tunnel or proxy pass query, body and reply as they are",
            "请让隧道或代理原样转发查询参数、正文与应答",
        )
    };
    if came.signature.refuses() {
        return fail(
            localize!(lang, "its signature was lost on the way", "签名在途中丢失"),
            proxy(),
        );
    }
    if came.method != "POST" || *came.body != *probe.sample.body {
        return fail(localize!(lang, "it was changed on the way", "内容在途中被改动"), proxy());
    }
    match wrong(reply) {
        None => in_time(context, "probe", way, reply.took),
        Some(why) => fail(
            localize!(lang, "the reply was changed on the way: {why}", "应答在途中被改动：{why}",),
            proxy(),
        ),
    }
}

/// Somebody replied, but the probe never came in.
fn led_elsewhere(context: &Context, url: &Uri, reply: &Reply) -> Check {
    let (lang, url, status) = (context.lang, shown(url), reply.status);
    let addr = context.listen;
    let message = localize!(
        lang,
        "{url} does not lead to {addr}: HTTP {status} came from somewhere else",
        "{url} 未通到 {addr}：别处应答了 HTTP {status}",
    );
    let hint = localize!(
        lang,
        "point the tunnel or proxy to {addr}; is it up, and is this its URL of today?",
        "请将隧道或代理指向 {addr}；它是否在运行，URL 是否为最新？",
    );
    Check::failure("probe", message).hint(hint)
}

fn no_reply(context: &Context, error: &anyhow::Error) -> Check {
    let lang = context.lang;
    let hint = localize!(
        lang,
        "see whether the tunnel runs, the name is known to DNS, the firewall is open, and the certificate is from a public authority",
        "请检查隧道是否运行、域名能否解析、防火墙是否放行、证书是否由公共 CA 签发",
    );
    Check::failure("probe", format!("{error:#}")).hint(hint)
}

fn same_token(context: &Context) -> String {
    localize!(
        context.lang,
        "give doctor the same token as the imscope that listens",
        "请为 doctor 提供与正在监听的 imscope 相同的 Token",
    )
}

/// Which way the probe took, and whether it was signed.
fn way(context: &Context, url: &Uri, public: bool) -> String {
    let (lang, url) = (context.lang, shown(url));
    let signed = matches!(context.token, Ok(Some(_)));
    let probe = match signed {
        true => localize!(lang, "a signed probe", "带签名的探测"),
        false => localize!(lang, "a probe without a signature", "不带签名的探测"),
    };
    match public {
        true => {
            localize!(lang, "{probe} went out to {url} and came in", "{probe}经 {url} 往返到达")
        }
        false => localize!(
            lang,
            "{probe} came in by the local URL {url} (no public URL is known)",
            "{probe}经本地 URL {url} 到达（没有已知的公网 URL）",
        ),
    }
}

/// Whether the local app answers as Tencent requires, and soon enough.
pub(super) async fn app(context: &Context) -> Option<Check> {
    let lang = context.lang;
    let url = context.forward.as_ref()?;
    let shown = shown(url);
    let reply = match Probe::new(context).send(context, url, &HttpClient::default()).await {
        Ok(reply) => reply,
        Err(error) => {
            let hint = localize!(
                lang,
                "start the app, or correct --forward; it must answer within 2 s",
                "请启动应用或更正 --forward；须在 2 秒内应答",
            );
            return Some(Check::failure("app", format!("{error:#}")).hint(hint));
        }
    };
    let way = localize!(lang, "{shown} answered", "{shown} 已应答");
    Some(match wrong(&reply) {
        None => in_time(context, "app", &way, reply.took),
        Some(why) => {
            let message = localize!(
                lang,
                "{shown} does not answer as Tencent requires: {why}",
                "{shown} 的应答不符合腾讯云要求：{why}",
            );
            let hint = localize!(
                lang,
                r#"answer HTTP 200 and {{"ActionStatus":"OK","ErrorInfo":"","ErrorCode":0}}"#,
                r#"请应答 HTTP 200 与 {{"ActionStatus":"OK","ErrorInfo":"","ErrorCode":0}}"#,
            );
            Check::failure("app", message).hint(hint)
        }
    })
}

/// What is wrong with a reply, if anything.
fn wrong(reply: &Reply) -> Option<String> {
    let expected = Expected::of(event::AFTER_SEND);
    check_reply(expected, reply.status, &reply.body).err().map(|it| it.join("; "))
}

/// All is well, but for the time it may have taken.
fn in_time(context: &Context, name: &'static str, way: &str, took: Duration) -> Check {
    let lang = context.lang;
    let time = format::duration(took);
    let message = localize!(lang, "{way}, answered in {time}", "{way}，耗时 {time}");
    let hint = localize!(
        lang,
        "answer first and work afterwards: Tencent waits for {} s, imscope for {} s",
        "请先应答再处理：腾讯云等待 {} 秒，imscope 等待 {} 秒",
        TENCENT_TIMEOUT.as_secs_f64(),
        ANSWER_BUDGET.as_secs_f64(),
    );
    match took {
        it if it < SLOW => Check::ok(name, message),
        it if it < ANSWER_BUDGET => Check::warning(name, message).hint(hint),
        _ => Check::failure(name, message).hint(hint),
    }
}
