//! What is between Tencent and this machine: tunnel, URL, clock.

use std::time::Duration;

use hyper::Uri;

use super::Context;
use super::check::Check;
use super::setup::{PortOwner, shown};
use crate::callback::Timestamp;
use crate::callback::callback_url::{self, Level};
use crate::callback::lang::localize;
use crate::edge::reply::LISTENING;
use crate::edge::tunnel::{self, Tunnel};

/// How many seconds two clocks may differ, where no window is set.
const WINDOW: u32 = 60;

/// Whether ngrok leads here. Also tells the public URL, if it does.
pub(super) async fn tunnel(context: &Context) -> (Check, Option<String>) {
    let (lang, port, given) = (context.lang, context.listen.port(), context.public_url.as_deref());
    let start = localize!(
        lang,
        "start one with: ngrok http {port} — or tell the URL with --public-url",
        "启动隧道：ngrok http {port}，或用 --public-url 指定公网 URL",
    );
    let check = match tunnel::look(&context.ngrok, context.listen).await {
        Tunnel::Found(url) => return (found(context, &url), Some(url)),
        Tunnel::Silent if given.is_some() => {
            let message = localize!(
                lang,
                "ngrok does not run here; the public URL was given",
                "本机未运行 ngrok；已指定公网 URL",
            );
            Check::skipped("tunnel", message)
        }
        Tunnel::Silent => {
            let message = localize!(lang, "ngrok does not run here", "本机未运行 ngrok");
            Check::warning("tunnel", message).hint(start)
        }
        Tunnel::Empty => {
            let message = localize!(
                lang,
                "ngrok runs, but has no tunnel for the web",
                "ngrok 正在运行，但没有 Web 隧道",
            );
            Check::warning("tunnel", message).hint(start)
        }
        Tunnel::Elsewhere(targets) => {
            let targets = targets.join(", ");
            let message = localize!(
                lang,
                "ngrok runs, but leads to {targets} and not to port {port}",
                "ngrok 正在运行，但指向 {targets}，而非端口 {port}",
            );
            Check::warning("tunnel", message).hint(start)
        }
    };
    (check, None)
}

/// A tunnel was found; it should be the one that was given.
fn found(context: &Context, url: &str) -> Check {
    let lang = context.lang;
    let host = |it: &str| it.parse::<Uri>().ok().and_then(|it| it.host().map(str::to_owned));
    let given =
        context.public_url.as_deref().filter(|it| it.contains("ngrok") && host(it) != host(url));
    let message = localize!(lang, "ngrok leads {url} here", "ngrok 将 {url} 转发到这里");
    if given.is_none() {
        return Check::ok("tunnel", message);
    }
    let message = localize!(
        lang,
        "{message}, but another URL was given: the address of a tunnel changes",
        "{message}，但指定的是另一个 URL：隧道地址会变",
    );
    let hint = localize!(lang, "set the tunnel's URL in the console", "在控制台改为该隧道的 URL",);
    Check::warning("tunnel", message).hint(hint)
}

/// Whether the console takes the URL, and Tencent can reach it.
pub(super) fn url(context: &Context, url: Option<&str>) -> Check {
    let lang = context.lang;
    let Some(url) = url else {
        let message = localize!(lang, "no public URL is known", "没有已知的公网 URL");
        return Check::skipped("url", message);
    };
    let findings = callback_url::findings(url);
    let message: Vec<_> = findings.iter().map(|it| it.message(lang)).collect();
    let message = message.join(localize!(lang, "; ", "；").as_str());
    let hint = localize!(
        lang,
        "set a URL such as https://im.example.com/callback; a change in the console takes about 2 minutes",
        "请使用如 https://im.example.com/callback 的 URL；控制台修改约 2 分钟后生效",
    );
    match findings.iter().map(|it| it.level()).max() {
        None => {
            let shown = url.parse().map_or_else(|_| url.to_owned(), |it| shown(&it));
            Check::ok("url", localize!(lang, "the console takes {shown}", "控制台接受 {shown}"))
        }
        Some(Level::Warning) => Check::warning("url", message),
        Some(Level::Failure) => Check::failure("url", message).hint(hint),
    }
}

/// Whether this machine's clock agrees with the one at the public URL. Asked
/// before we listen ourselves, so that the tunnel's own clock answers.
pub(super) async fn clock(context: &Context, url: Option<&Uri>, owner: PortOwner) -> Check {
    let lang = context.lang;
    let Some(url) = url else {
        let message = localize!(
            lang,
            "there is no public URL whose clock could be asked",
            "没有公网 URL 可用于对时",
        );
        return Check::skipped("clock", message);
    };
    let before = (context.clock)();
    let reply = match context.poster().get(url).await {
        Ok(reply) => reply,
        Err(error) => {
            let message =
                localize!(lang, "nobody tells the time: {error:#}", "无法对时：{error:#}");
            return Check::skipped("clock", message);
        }
    };
    let Some(date) = reply.date else {
        let message = localize!(lang, "the reply from there has no Date", "应答中没有 Date");
        return Check::skipped("clock", message);
    };
    // A Date is cut to the second; its middle is the better guess.
    let there = date.plus(Duration::from_millis(500));
    let here = before.plus((context.clock)().since(before) / 2);
    let ahead = ahead(here, there);
    if ahead.unsigned_abs() <= 2 && owner == PortOwner::Imscope && reply.body == LISTENING {
        let message = localize!(
            lang,
            "the only Date that came may be this machine's own",
            "唯一得到的 Date 可能就是本机的时间",
        );
        let hint = localize!(
            lang,
            "stop imscope and ask again: then the tunnel answers with its own clock",
            "停止 imscope 后重试：届时由隧道自身的时钟应答",
        );
        return Check::skipped("clock", message).hint(hint);
    }
    judged(context, ahead)
}

/// How many seconds this clock is ahead of another, rounded.
const fn ahead(here: Timestamp, there: Timestamp) -> i64 {
    (here.offset_micros(there) + 500_000).div_euclid(1_000_000)
}

fn judged(context: &Context, ahead: i64) -> Check {
    let lang = context.lang;
    let (window, off) = (context.window.unwrap_or(WINDOW), ahead.unsigned_abs());
    let message = match ahead {
        0.. => localize!(
            lang,
            "this clock is {off} s ahead of the one at the public URL",
            "本机时钟比公网 URL 处快 {off} 秒",
        ),
        _ => localize!(
            lang,
            "this clock is {off} s behind the one at the public URL",
            "本机时钟比公网 URL 处慢 {off} 秒",
        ),
    };
    let hint = localize!(
        lang,
        "set the clock by the network (NTP): a signature counts as stale after {window} s",
        "请通过 NTP 校准时钟：签名超过 {window} 秒即视为过期",
    );
    if u64::from(window) < off && context.window.is_some() {
        return Check::failure("clock", message).hint(hint);
    }
    if u64::from(window / 2) < off {
        return Check::warning("clock", message).hint(hint);
    }
    let message = localize!(
        lang,
        "agrees with the one at the public URL within {off} s",
        "与公网 URL 处的时钟相差不超过 {off} 秒",
    );
    Check::ok("clock", message)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_difference_is_rounded_and_keeps_its_sign() {
        let there = Timestamp::from_secs(100);
        let differences = [-1_400_000, -400_000, 0, 400_000, 61_000_000]
            .map(|it| ahead(Timestamp(there.0 + it), there));
        assert_eq!(differences, [-1, 0, 0, 0, 61]);
    }
}
