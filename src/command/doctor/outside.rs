//! What is between Tencent and this machine: tunnel, URL, clock.

use std::time::Duration;

use hyper::Uri;

use super::Case;
use super::check::{Check, say};
use super::setup::{Holder, shown};
use crate::callback::Timestamp;
use crate::callback::callback_url::{self, Level};
use crate::edge::reply::LISTENING;
use crate::edge::tunnel::{self, Tunnel};

/// How many seconds two clocks may differ, where no window is set.
const WINDOW: u32 = 60;

/// Whether ngrok leads here. Also tells the public URL, if it does.
pub(super) async fn tunnel(case: &Case) -> (Check, Option<String>) {
    let (lang, port, given) = (case.lang, case.listen.port(), case.public_url.as_deref());
    let start = say!(
        lang,
        "start one with: ngrok http {port} — or tell the URL with --public-url",
        "启动隧道：ngrok http {port}，或用 --public-url 指定公网 URL",
    );
    let check = match tunnel::look(&case.ngrok, case.listen).await {
        Tunnel::Found(url) => return (found(case, &url), Some(url)),
        Tunnel::Silent if given.is_some() => {
            let said = say!(
                lang,
                "ngrok does not run here; the public URL was given",
                "本机未运行 ngrok；已指定公网 URL",
            );
            Check::skipped("tunnel", said)
        }
        Tunnel::Silent => {
            let said = say!(lang, "ngrok does not run here", "本机未运行 ngrok");
            Check::warning("tunnel", said).todo(start)
        }
        Tunnel::Empty => {
            let said = say!(
                lang,
                "ngrok runs, but has no tunnel for the web",
                "ngrok 正在运行，但没有 Web 隧道",
            );
            Check::warning("tunnel", said).todo(start)
        }
        Tunnel::Elsewhere(targets) => {
            let targets = targets.join(", ");
            let said = say!(
                lang,
                "ngrok runs, but leads to {targets} and not to port {port}",
                "ngrok 正在运行，但指向 {targets}，而非端口 {port}",
            );
            Check::warning("tunnel", said).todo(start)
        }
    };
    (check, None)
}

/// A tunnel was found; it should be the one that was given.
fn found(case: &Case, url: &str) -> Check {
    let lang = case.lang;
    let host = |it: &str| it.parse::<Uri>().ok().and_then(|it| it.host().map(str::to_owned));
    let given =
        case.public_url.as_deref().filter(|it| it.contains("ngrok") && host(it) != host(url));
    let said = say!(lang, "ngrok leads {url} here", "ngrok 将 {url} 转发到这里");
    if given.is_none() {
        return Check::ok("tunnel", said);
    }
    let said = say!(
        lang,
        "{said}, but another URL was given: the address of a tunnel changes",
        "{said}，但指定的是另一个 URL：隧道地址会变",
    );
    let todo = say!(lang, "set the tunnel's URL in the console", "在控制台改为该隧道的 URL",);
    Check::warning("tunnel", said).todo(todo)
}

/// Whether the console takes the URL, and Tencent can reach it.
pub(super) fn url(case: &Case, url: Option<&str>) -> Check {
    let lang = case.lang;
    let Some(url) = url else {
        let said = say!(lang, "no public URL is known", "没有已知的公网 URL");
        return Check::skipped("url", said);
    };
    let findings = callback_url::findings(url);
    let said: Vec<_> = findings.iter().map(|it| it.said(lang)).collect();
    let said = said.join(say!(lang, "; ", "；").as_str());
    let todo = say!(
        lang,
        "set a URL such as https://im.example.com/callback; a change in the console takes about 2 minutes",
        "请使用如 https://im.example.com/callback 的 URL；控制台修改约 2 分钟后生效",
    );
    match findings.iter().map(|it| it.level()).max() {
        None => {
            let shown = url.parse().map_or_else(|_| url.to_owned(), |it| shown(&it));
            Check::ok("url", say!(lang, "the console takes {shown}", "控制台接受 {shown}"))
        }
        Some(Level::Warning) => Check::warning("url", said),
        Some(Level::Failure) => Check::failure("url", said).todo(todo),
    }
}

/// Whether this machine's clock agrees with the one at the public URL. Asked
/// before we listen ourselves, so that the tunnel's own clock answers.
pub(super) async fn clock(case: &Case, url: Option<&Uri>, holder: Holder) -> Check {
    let lang = case.lang;
    let Some(url) = url else {
        let said = say!(
            lang,
            "there is no public URL whose clock could be asked",
            "没有公网 URL 可用于对时",
        );
        return Check::skipped("clock", said);
    };
    let before = (case.clock)();
    let reply = match case.poster().get(url).await {
        Ok(reply) => reply,
        Err(error) => {
            let said = say!(lang, "nobody tells the time: {error:#}", "无法对时：{error:#}");
            return Check::skipped("clock", said);
        }
    };
    let Some(date) = reply.date else {
        let said = say!(lang, "the reply from there has no Date", "应答中没有 Date");
        return Check::skipped("clock", said);
    };
    // A Date is cut to the second; its middle is the better guess.
    let there = date.plus(Duration::from_millis(500));
    let here = before.plus((case.clock)().since(before) / 2);
    let ahead = ahead(here, there);
    if ahead.unsigned_abs() <= 2 && holder == Holder::Imscope && reply.body == LISTENING {
        let said = say!(
            lang,
            "the only Date that came may be this machine's own",
            "唯一得到的 Date 可能就是本机的时间",
        );
        let todo = say!(
            lang,
            "stop imscope and ask again: then the tunnel answers with its own clock",
            "停止 imscope 后重试：届时由隧道自身的时钟应答",
        );
        return Check::skipped("clock", said).todo(todo);
    }
    judged(case, ahead)
}

/// How many seconds this clock is ahead of another, rounded.
const fn ahead(here: Timestamp, there: Timestamp) -> i64 {
    (here.offset_micros(there) + 500_000).div_euclid(1_000_000)
}

fn judged(case: &Case, ahead: i64) -> Check {
    let lang = case.lang;
    let (window, off) = (case.window.unwrap_or(WINDOW), ahead.unsigned_abs());
    let said = match ahead {
        0.. => say!(
            lang,
            "this clock is {off} s ahead of the one at the public URL",
            "本机时钟比公网 URL 处快 {off} 秒",
        ),
        _ => say!(
            lang,
            "this clock is {off} s behind the one at the public URL",
            "本机时钟比公网 URL 处慢 {off} 秒",
        ),
    };
    let todo = say!(
        lang,
        "set the clock by the network (NTP): a signature counts as stale after {window} s",
        "请通过 NTP 校准时钟：签名超过 {window} 秒即视为过期",
    );
    if u64::from(window) < off && case.window.is_some() {
        return Check::failure("clock", said).todo(todo);
    }
    if u64::from(window / 2) < off {
        return Check::warning("clock", said).todo(todo);
    }
    let said = say!(
        lang,
        "agrees with the one at the public URL within {off} s",
        "与公网 URL 处的时钟相差不超过 {off} 秒",
    );
    Check::ok("clock", said)
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
