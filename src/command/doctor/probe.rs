//! Callbacks made up and sent: out through the public URL and back in, and to
//! the local app.

use std::sync::Arc;
use std::time::Duration;

use anyhow::Context as _;
use bytes::Bytes;
use hyper::Uri;

use super::Case;
use super::check::{Check, say};
use super::setup::{Holder, local_url, shown};
use crate::callback::reply_check::{Expected, check_reply};
use crate::callback::sample::{Maker, Outcome, Sample, Shape, event};
use crate::callback::{Delivery, query};
use crate::dashboard::text;
use crate::edge::desk::Setup;
use crate::edge::listen;
use crate::edge::post::{Poster, Reply};
use crate::edge::queue::{Receiver, queue};

/// Who sends the probes and who gets them: told, so that nobody wonders.
const WHO: &str = "imscope-doctor";
/// Far above the size of a probe.
const MAX_BODY: usize = 1 << 20;
/// From here on a reply is slow. Tencent waits for 2 s; the network between is
/// not the same each time.
const SLOW: Duration = Duration::from_secs(1);
/// What a local app may take, of the 2 s that Tencent waits.
const BUDGET: Duration = Duration::from_millis(1800);

/// A probe: a callback like any other, but for a number that tells it apart.
struct Probe {
    sample: Sample,
    nonce: String,
}

impl Probe {
    fn new(case: &Case) -> Self {
        let now = (case.clock)();
        let mut maker = Maker::new(now.0.unsigned_abs(), &case.app);
        let nonce = format!("imscope-doctor-{:016x}", fastrand::u64(..));
        let body = maker.body(Shape::Text, Some(&nonce));
        let message = maker.message(WHO, WHO, now, body);
        let mut sample = maker.sent(&message, &Outcome::sent(1));
        sample.query = format!("{}&RequestId={nonce}", sample.query);
        Self { sample, nonce }
    }

    /// Sends it to a URL, signed if there is a token.
    async fn send(&self, case: &Case, url: &Uri, poster: &Poster) -> anyhow::Result<Reply> {
        let token = case.token.as_ref().ok().and_then(Option::as_ref);
        let path = url.path_and_query().map_or("/", |it| it.as_str());
        let target = self.sample.target(path, token.map(|it| (it, (case.clock)())));
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
pub(super) async fn round_trip(case: &Case, public: Option<&Uri>, holder: Holder) -> Check {
    let lang = case.lang;
    if case.token.is_err() {
        let said = say!(lang, "the token cannot be read", "无法读取 Token");
        return Check::skipped("probe", said);
    }
    match holder {
        Holder::Other => {
            let said = say!(lang, "the port cannot be had", "端口不可用");
            Check::skipped("probe", said)
        }
        Holder::Imscope => past_imscope(case, public).await,
        Holder::Nobody => match through_ourselves(case, public).await {
            Ok(check) => check,
            Err(error) => Check::failure("probe", format!("{error:#}")),
        },
    }
}

/// An imscope listens already; its replies tell whether it got the probe.
async fn past_imscope(case: &Case, public: Option<&Uri>) -> Check {
    let lang = case.lang;
    let probe = Probe::new(case);
    let local = local_url(case.listen);
    let url = public.unwrap_or(&local);
    let way = way(case, url, public.is_some());
    match probe.send(case, url, &case.poster()).await {
        Err(error) => no_reply(case, &error),
        Ok(reply) => match wrong(&reply) {
            None => {
                let check = in_time(case, "probe", &way, reply.took);
                let said = say!(
                    lang,
                    "{} (the imscope that listens shows it, from {WHO})",
                    "{}（正在监听的 imscope 会显示它，来自 {WHO}）",
                    check.said
                );
                Check { said, ..check }
            }
            Some(why) => {
                let said = say!(
                    lang,
                    "{way}, but was not answered as Tencent requires: {why}",
                    "{way}，但应答不符合腾讯云要求：{why}",
                );
                let check = Check::failure("probe", said);
                if reply.status == 403 { check.todo(same_token(case)) } else { check }
            }
        },
    }
}

/// Nobody listens: we do, for as long as the probe takes.
async fn through_ourselves(case: &Case, public: Option<&Uri>) -> anyhow::Result<Check> {
    let listener = listen::bind(case.listen)?;
    let (to_us, mut deliveries) = queue();
    let mut running = listen::spawn(listener, Arc::new(setup(case)), to_us)?;
    let local = local_url(running.address());
    let probe = Probe::new(case);
    let url = public.unwrap_or(&local);
    let reply = probe.send(case, url, &case.poster()).await;
    let came = probe.find(&mut deliveries);
    running.stop();
    running.join().context("while probing")?;
    let way = way(case, url, public.is_some());
    Ok(match (came, reply) {
        (None, Err(error)) => no_reply(case, &error),
        (None, Ok(reply)) => led_elsewhere(case, url, &reply),
        (Some(_), Err(error)) => {
            let said = say!(
                case.lang,
                "{way}, but its answer was lost: {error:#}",
                "{way}，但应答丢失：{error:#}",
            );
            Check::failure("probe", said)
        }
        (Some(delivery), Ok(reply)) => came_back(case, &probe, &way, &delivery, &reply),
    })
}

fn setup(case: &Case) -> Setup {
    Setup {
        token: case.token.as_ref().ok().cloned().flatten(),
        sign_window: case.window,
        max_body: MAX_BODY,
        ..Setup::default()
    }
}

/// The probe came in, and its sender got a reply: were both left as they were?
fn came_back(case: &Case, probe: &Probe, way: &str, came: &Delivery, reply: &Reply) -> Check {
    let lang = case.lang;
    let fail = |what: String, todo: String| {
        let said = say!(lang, "{way}, but {what}", "{way}，但{what}");
        Check::failure("probe", said).todo(todo)
    };
    let proxy = || {
        say!(
            lang,
            "let the tunnel or proxy pass query, body and reply as they are",
            "请让隧道或代理原样转发查询参数、正文与应答",
        )
    };
    if came.signature.refuses() {
        return fail(say!(lang, "its signature was lost on the way", "签名在途中丢失"), proxy());
    }
    if came.method != "POST" || *came.body != *probe.sample.body {
        return fail(say!(lang, "it was changed on the way", "内容在途中被改动"), proxy());
    }
    match wrong(reply) {
        None => in_time(case, "probe", way, reply.took),
        Some(why) => fail(
            say!(lang, "the reply was changed on the way: {why}", "应答在途中被改动：{why}",),
            proxy(),
        ),
    }
}

/// Somebody replied, but the probe never came in.
fn led_elsewhere(case: &Case, url: &Uri, reply: &Reply) -> Check {
    let (lang, url, status) = (case.lang, shown(url), reply.status);
    let addr = case.listen;
    let said = say!(
        lang,
        "{url} does not lead to {addr}: HTTP {status} came from somewhere else",
        "{url} 未通到 {addr}：别处应答了 HTTP {status}",
    );
    let todo = say!(
        lang,
        "point the tunnel or proxy to {addr}; is it up, and is this its URL of today?",
        "请将隧道或代理指向 {addr}；它是否在运行，URL 是否为最新？",
    );
    Check::failure("probe", said).todo(todo)
}

fn no_reply(case: &Case, error: &anyhow::Error) -> Check {
    let lang = case.lang;
    let todo = say!(
        lang,
        "see whether the tunnel runs, the name is known to DNS, the firewall is open, and the certificate is from a public authority",
        "请检查隧道是否运行、域名能否解析、防火墙是否放行、证书是否由公共 CA 签发",
    );
    Check::failure("probe", format!("{error:#}")).todo(todo)
}

fn same_token(case: &Case) -> String {
    say!(
        case.lang,
        "give doctor the same token as the imscope that listens",
        "请为 doctor 提供与正在监听的 imscope 相同的 Token",
    )
}

/// Which way the probe took, and whether it was signed.
fn way(case: &Case, url: &Uri, public: bool) -> String {
    let (lang, url) = (case.lang, shown(url));
    let signed = matches!(case.token, Ok(Some(_)));
    let probe = match signed {
        true => say!(lang, "a signed probe", "带签名的探测"),
        false => say!(lang, "a probe without a signature", "不带签名的探测"),
    };
    match public {
        true => say!(lang, "{probe} went out to {url} and came in", "{probe}经 {url} 往返到达"),
        false => say!(
            lang,
            "{probe} came in by the local URL {url} (no public URL is known)",
            "{probe}经本地 URL {url} 到达（没有已知的公网 URL）",
        ),
    }
}

/// Whether the local app answers as Tencent requires, and soon enough.
pub(super) async fn app(case: &Case) -> Option<Check> {
    let lang = case.lang;
    let url = case.forward.as_ref()?;
    let shown = shown(url);
    let reply = match Probe::new(case).send(case, url, &Poster::default()).await {
        Ok(reply) => reply,
        Err(error) => {
            let todo = say!(
                lang,
                "start the app, or correct --forward; it must answer within 2 s",
                "请启动应用或更正 --forward；须在 2 秒内应答",
            );
            return Some(Check::failure("app", format!("{error:#}")).todo(todo));
        }
    };
    let way = say!(lang, "{shown} answered", "{shown} 已应答");
    Some(match wrong(&reply) {
        None => in_time(case, "app", &way, reply.took),
        Some(why) => {
            let said = say!(
                lang,
                "{shown} does not answer as Tencent requires: {why}",
                "{shown} 的应答不符合腾讯云要求：{why}",
            );
            let todo = say!(
                lang,
                r#"answer HTTP 200 and {{"ActionStatus":"OK","ErrorInfo":"","ErrorCode":0}}"#,
                r#"请应答 HTTP 200 与 {{"ActionStatus":"OK","ErrorInfo":"","ErrorCode":0}}"#,
            );
            Check::failure("app", said).todo(todo)
        }
    })
}

/// What is wrong with a reply, if anything.
fn wrong(reply: &Reply) -> Option<String> {
    let expected = Expected::of(event::AFTER_SEND);
    check_reply(expected, reply.status, &reply.body).err().map(|it| it.join("; "))
}

/// All is well, but for the time it may have taken.
fn in_time(case: &Case, name: &'static str, way: &str, took: Duration) -> Check {
    let lang = case.lang;
    let time = text::span(u64::try_from(took.as_micros()).unwrap_or(u64::MAX));
    let said = say!(lang, "{way}, answered in {time}", "{way}，耗时 {time}");
    let todo = say!(
        lang,
        "answer first and work afterwards: Tencent waits for 2 s, imscope for 1.8 s",
        "请先应答再处理：腾讯云等待 2 秒，imscope 等待 1.8 秒",
    );
    match took {
        it if it < SLOW => Check::ok(name, said),
        it if it < BUDGET => Check::warning(name, said).todo(todo),
        _ => Check::failure(name, said).todo(todo),
    }
}
