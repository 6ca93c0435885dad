//! Sends a test callback to the public URL, or the local one if none is known, and checks
//! whether it arrives.

use std::sync::Arc;
use std::time::Duration;

use hyper::Uri;

use super::check::{CheckName, CheckResult};
use super::context::CheckContext;
use super::port::{PortOwner, local_url};
use super::test_callback::{TestCallback, USER, assess_time, invalid};
use crate::callback::lang::localize;
use crate::callback::{Delivery, format};
use crate::command::sentence;
use crate::edge::config::ListenerConfig;
use crate::edge::http_client::{Reply, display_url};
use crate::edge::listen;
use crate::edge::queue::queue;

/// Largest body accepted; far above the size of a test callback.
const MAX_BODY: usize = 1 << 20;

/// Whether a test callback sent to the URL arrives, and its reply is valid.
pub(super) async fn check(
    context: &CheckContext,
    public: Option<&Uri>,
    owner: PortOwner,
) -> CheckResult {
    let lang = context.lang;
    if context.token.is_err() {
        let message = localize!(lang, "the token cannot be read", "无法读取 Token");
        return CheckResult::skipped(CheckName::TestCallback, message);
    }
    match owner {
        PortOwner::Other => {
            let message = localize!(lang, "the port is not available", "端口不可用");
            CheckResult::skipped(CheckName::TestCallback, message)
        }
        PortOwner::Imscope => to_imscope(context, public).await,
        PortOwner::None => match to_own_listener(context, public).await {
            Ok(check) => check,
            Err(error) => {
                CheckResult::failure(CheckName::TestCallback, sentence(&error, context.lang))
            }
        },
    }
}

/// Sends a test callback to a running imscope; its reply shows whether it arrived.
async fn to_imscope(context: &CheckContext, public: Option<&Uri>) -> CheckResult {
    let lang = context.lang;
    let test_callback = TestCallback::new(context);
    let local = local_url(context.listen);
    let url = public.unwrap_or(&local);
    let arrived = arrived(context, url, public.is_some());
    let reply = match test_callback.send(context, url, &context.client()).await {
        Ok(reply) => reply,
        Err(error) => return no_reply(context, &error),
    };
    let Some(problem) = invalid(&reply, context.lang) else {
        let arrived = with_time(context, &arrived, reply.took);
        let message = localize!(
            lang,
            "{arrived} (the running imscope shows it, from {USER})",
            "{arrived}（正在监听的 imscope 会显示它，来自 {USER}）",
        );
        return assess_time(context, CheckName::TestCallback, message, reply.took);
    };
    let message = localize!(
        lang,
        "{arrived}, but was not answered as Tencent requires: {problem}",
        "{arrived}，但应答不符合腾讯云要求：{problem}",
    );
    let check = CheckResult::failure(CheckName::TestCallback, message);
    if reply.status != 403 {
        return check;
    }
    check.hint(localize!(
        lang,
        "set the same token for doctor as for the running imscope",
        "请为 doctor 提供与正在监听的 imscope 相同的 Token",
    ))
}

/// Listens on the free port while the test callback is sent.
async fn to_own_listener(
    context: &CheckContext,
    public: Option<&Uri>,
) -> anyhow::Result<CheckResult> {
    let listener = listen::bind(context.listen)?;
    let (sender, mut deliveries) = queue();
    let config = ListenerConfig {
        token: context.token.as_ref().ok().cloned().flatten(),
        sign_window: context.sign_window,
        max_body: MAX_BODY,
        ..ListenerConfig::default()
    };
    let mut running = listen::spawn(listener, Arc::new(config), sender)?;
    let local = local_url(running.address());
    let test_callback = TestCallback::new(context);
    let url = public.unwrap_or(&local);
    let reply = test_callback.send(context, url, &context.client()).await;
    let delivery = test_callback.find(&mut deliveries);
    running.stop();
    running.join()?;
    let arrived = arrived(context, url, public.is_some());
    Ok(match (delivery, reply) {
        (None, Err(error)) => no_reply(context, &error),
        (None, Ok(reply)) => not_arrived(context, url, &reply),
        (Some(_), Err(error)) => {
            let error = sentence(&error, context.lang);
            let message = localize!(
                context.lang,
                "{arrived}, but its answer was lost: {error}",
                "{arrived}，但应答丢失：{error}",
            );
            CheckResult::failure(CheckName::TestCallback, message)
        }
        (Some(delivery), Ok(reply)) => {
            check_unmodified(context, &test_callback, &arrived, &delivery, &reply)
        }
    })
}

/// Whether a test callback that arrived, and its answer, passed unmodified.
fn check_unmodified(
    context: &CheckContext,
    test_callback: &TestCallback,
    arrived: &str,
    delivery: &Delivery,
    reply: &Reply,
) -> CheckResult {
    let lang = context.lang;
    let problem = if delivery.signature.is_refusal() {
        localize!(lang, "its signature was lost in transit", "签名在途中丢失")
    } else if delivery.method != "POST" || *delivery.body != *test_callback.sample.body {
        localize!(lang, "it was modified in transit", "内容在途中被改动")
    } else if let Some(problem) = invalid(reply, context.lang) {
        localize!(
            lang,
            "the reply was modified in transit: {problem}",
            "应答在途中被改动：{problem}"
        )
    } else {
        return assess_time(
            context,
            CheckName::TestCallback,
            with_time(context, arrived, reply.took),
            reply.took,
        );
    };
    let message = localize!(lang, "{arrived}, but {problem}", "{arrived}，但{problem}");
    let hint = localize!(
        lang,
        "configure the tunnel or proxy to forward query, body and reply unchanged",
        "请让隧道或代理原样转发查询参数、正文与应答",
    );
    CheckResult::failure(CheckName::TestCallback, message).hint(hint)
}

/// Another server answered; the test callback did not arrive.
fn not_arrived(context: &CheckContext, url: &Uri, reply: &Reply) -> CheckResult {
    let (lang, url, status) = (context.lang, display_url(url), reply.status);
    let addr = context.listen;
    let message = localize!(
        lang,
        "{url} does not reach {addr}: another server answered HTTP {status}",
        "{url} 未通到 {addr}：别处应答了 HTTP {status}",
    );
    let hint = localize!(
        lang,
        "point the tunnel or proxy to {addr}; is it running, and is this its current URL?",
        "请将隧道或代理指向 {addr}；它是否在运行，URL 是否为最新？",
    );
    CheckResult::failure(CheckName::TestCallback, message).hint(hint)
}

fn no_reply(context: &CheckContext, error: &anyhow::Error) -> CheckResult {
    let hint = localize!(
        context.lang,
        "check that the tunnel is running, DNS resolves the host, the firewall is open, and the certificate is from a public CA",
        "请检查隧道是否运行、域名能否解析、防火墙是否放行、证书是否由公共 CA 签发",
    );
    CheckResult::failure(CheckName::TestCallback, sentence(error, context.lang)).hint(hint)
}

/// The URL by which the test callback arrived and whether it was signed, as text.
fn arrived(context: &CheckContext, url: &Uri, public: bool) -> String {
    let (lang, url) = (context.lang, display_url(url));
    let signed = matches!(context.token, Ok(Some(_)));
    let callback = match signed {
        true => localize!(lang, "a signed test callback", "带签名的测试回调"),
        false => localize!(lang, "an unsigned test callback", "不带签名的测试回调"),
    };
    match public {
        true => localize!(lang, "{callback} to {url} arrived", "{callback}经 {url} 往返到达"),
        false => localize!(
            lang,
            "{callback} to the local URL {url} arrived (no public URL is known)",
            "{callback}经本地 URL {url} 到达（没有已知的公网 URL）",
        ),
    }
}

fn with_time(context: &CheckContext, arrived: &str, took: Duration) -> String {
    let time = format::duration(took);
    localize!(context.lang, "{arrived}, answered in {time}", "{arrived}，耗时 {time}")
}
