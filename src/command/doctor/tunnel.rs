//! Checks whether an ngrok tunnel forwards to the port.

use hyper::Uri;

use super::check::{CheckName, CheckResult};
use super::context::CheckContext;
use crate::callback::lang::localize;
use crate::edge::tunnel::{self, Tunnel};

/// Whether ngrok forwards to the port; also the public URL, if it does.
pub(super) async fn check(context: &CheckContext) -> (CheckResult, Option<String>) {
    let (lang, port) = (context.lang, context.listen.port());
    let message = match tunnel::look(&context.ngrok, context.listen).await {
        Tunnel::Found(url) => return (found(context, &url), Some(url)),
        Tunnel::NotRunning if context.public_url.is_some() => {
            let message = localize!(
                lang,
                "ngrok is not running; the public URL was given",
                "本机未运行 ngrok；已指定公网 URL",
            );
            return (CheckResult::skipped(CheckName::Tunnel, message), None);
        }
        Tunnel::NotRunning => localize!(lang, "ngrok is not running", "本机未运行 ngrok"),
        Tunnel::NoTunnel => localize!(
            lang,
            "ngrok is running, but has no HTTP tunnel",
            "ngrok 正在运行，但没有 Web 隧道",
        ),
        Tunnel::OtherTarget(targets) => {
            let targets = targets.join(", ");
            localize!(
                lang,
                "ngrok is running, but forwards to {targets}, not to port {port}",
                "ngrok 正在运行，但指向 {targets}，而非端口 {port}",
            )
        }
    };
    let hint = localize!(
        lang,
        "start a tunnel with: ngrok http {port}, or set the URL with --public-url",
        "启动隧道：ngrok http {port}，或用 --public-url 指定公网 URL",
    );
    (CheckResult::warning(CheckName::Tunnel, message).hint(hint), None)
}

/// A tunnel was found: a warning if the given public URL is another ngrok URL.
fn found(context: &CheckContext, url: &str) -> CheckResult {
    let lang = context.lang;
    let host = |it: &str| it.parse::<Uri>().ok().and_then(|it| it.host().map(str::to_owned));
    let is_outdated = |given: &str| given.contains("ngrok") && host(given) != host(url);
    let message = localize!(lang, "ngrok forwards {url} to it", "ngrok 将 {url} 转发到这里");
    if !context.public_url.as_deref().is_some_and(is_outdated) {
        return CheckResult::ok(CheckName::Tunnel, message);
    }
    let message = localize!(
        lang,
        "{message}, but another URL was given: the URL of a tunnel can change",
        "{message}，但指定的是另一个 URL：隧道地址会变",
    );
    let hint = localize!(lang, "set the tunnel's URL in the console", "在控制台改为该隧道的 URL");
    CheckResult::warning(CheckName::Tunnel, message).hint(hint)
}
