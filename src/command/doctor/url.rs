//! Checks the public URL against the rules of the console.

use super::check::{CheckName, CheckResult};
use super::context::CheckContext;
use crate::callback::callback_url::{self, Level};
use crate::callback::lang::localize;
use crate::edge::http_client::display_url;

/// Whether the console accepts the URL, and Tencent can reach it.
pub(super) fn check(context: &CheckContext, url: Option<&str>) -> CheckResult {
    let lang = context.lang;
    let Some(url) = url else {
        let message = localize!(lang, "no public URL is known", "没有已知的公网 URL");
        return CheckResult::skipped(CheckName::Url, message);
    };
    let findings = callback_url::findings(url);
    let messages: Vec<_> = findings.iter().map(|it| it.message(lang)).collect();
    let message = messages.join(localize!(lang, "; ", "；").as_str());
    let hint = localize!(
        lang,
        "use a URL such as https://im.example.com/callback; a change in the console takes about 2 minutes",
        "请使用如 https://im.example.com/callback 的 URL；控制台修改约 2 分钟后生效",
    );
    match findings.iter().map(|it| it.level()).max() {
        None => {
            let url = url.parse().map_or_else(|_| url.to_owned(), |it| display_url(&it));
            CheckResult::ok(
                CheckName::Url,
                localize!(lang, "the console accepts {url}", "控制台接受 {url}"),
            )
        }
        Some(Level::Warning) => CheckResult::warning(CheckName::Url, message),
        Some(Level::Failure) => CheckResult::failure(CheckName::Url, message).hint(hint),
    }
}
