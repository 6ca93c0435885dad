//! Checks the reply of the local app to a test callback.

use super::check::{CheckName, CheckResult};
use super::context::CheckContext;
use super::test_callback::{TestCallback, assess_time, invalid};
use crate::callback::Lang;
use crate::callback::deadline::TENCENT_TIMEOUT;
use crate::callback::format;
use crate::callback::lang::localize;
use crate::command::sentence;
use crate::edge::client_tls::RootCerts;
use crate::edge::forward::Forwarder;
use crate::edge::http_client::{HttpClient, display_url};

/// Whether the local app answers as Tencent requires, and in time; `None` without
/// a local app.
pub(super) async fn check(context: &CheckContext) -> Option<CheckResult> {
    let lang = context.lang;
    let forward = context.forward.as_ref()?;
    let url = display_url(forward);
    if Forwarder::new(forward.clone(), false, &RootCerts::default()).targets(context.listen) {
        return Some(own_address(&url, lang));
    }
    let reply = match TestCallback::new(context)
        .send(context, forward, &HttpClient::default())
        .await
    {
        Ok(reply) => reply,
        Err(error) => {
            let hint = localize!(
                lang,
                "start the app, or correct --forward; it must answer within {} s",
                "请启动应用或更正 --forward；须在 {} 秒内应答",
                TENCENT_TIMEOUT.as_secs(),
            );
            return Some(CheckResult::failure(CheckName::App, sentence(&error, lang)).hint(hint));
        }
    };
    Some(match invalid(&reply, context.lang) {
        Some(problem) => unusable(&url, &problem, lang),
        None => {
            let time = format::duration(reply.took);
            let message = localize!(lang, "{url} answered in {time}", "{url} 已应答，耗时 {time}");
            assess_time(context, CheckName::App, message, reply.took)
        }
    })
}

/// The failure of an app whose reply Tencent does not accept.
fn unusable(url: &str, problem: &str, lang: Lang) -> CheckResult {
    let message = localize!(
        lang,
        "{url} does not answer as Tencent requires: {problem}",
        "{url} 的应答不符合腾讯云要求：{problem}",
    );
    let hint = localize!(
        lang,
        r#"answer HTTP 200 and {{"ActionStatus":"OK","ErrorInfo":"","ErrorCode":0}}"#,
        r#"请应答 HTTP 200 与 {{"ActionStatus":"OK","ErrorInfo":"","ErrorCode":0}}"#,
    );
    CheckResult::failure(CheckName::App, message).hint(hint)
}

/// The failure of an app that is imscope itself.
fn own_address(url: &str, lang: Lang) -> CheckResult {
    let message = localize!(
        lang,
        "{url} is the address of imscope itself: each callback would come back",
        "{url} 是 imscope 自身的地址：回调会不断转发给自己",
    );
    let hint = localize!(
        lang,
        "set --forward to the address of your app",
        "请把 --forward 设为您应用的地址",
    );
    CheckResult::failure(CheckName::App, message).hint(hint)
}
