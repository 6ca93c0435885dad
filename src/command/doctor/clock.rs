//! Compares this machine's clock with the `Date` of the public URL.

use std::time::Duration;

use hyper::Uri;

use super::check::{CheckName, CheckResult};
use super::context::CheckContext;
use super::port::PortOwner;
use crate::answer::own::PROBE_BODY;
use crate::callback::lang::localize;
use crate::callback::local::is_local_host;
use crate::callback::{Lang, Timestamp};
use crate::command::sentence;

/// Largest difference of two clocks, in seconds, where no window is set.
const DEFAULT_WINDOW: u32 = 60;

/// Whether this machine's clock agrees with the one at the public URL. Must run
/// before doctor listens itself, so that the tunnel's own clock is compared.
pub(super) async fn check(
    context: &CheckContext,
    url: Option<&Uri>,
    owner: PortOwner,
) -> CheckResult {
    let lang = context.lang;
    let skipped = |message: String| CheckResult::skipped(CheckName::Clock, message);
    let Some(url) = url else {
        return skipped(localize!(
            lang,
            "no public URL to compare the clock with",
            "没有公网 URL 可用于对时",
        ));
    };
    let before = (context.clock)();
    let reply = match context.client().get(url).await {
        Ok(reply) => reply,
        Err(error) => {
            return skipped(no_time(&sentence(&error, lang), owner, lang));
        }
    };
    let Some(date) = reply.date else {
        return skipped(localize!(lang, "the reply has no Date header", "应答中没有 Date"));
    };
    // Date is truncated to seconds; the middle of the second is the best estimate.
    let there = date.plus(Duration::from_millis(500));
    let here = before.plus(reply.took / 2);
    let ahead = seconds_ahead(here, there);
    if ahead.unsigned_abs() <= 2 && owner == PortOwner::Imscope && reply.body == PROBE_BODY {
        return own_clock(context, url);
    }
    assess(context, ahead)
}

/// Why there is no time to compare with.
fn no_time(error: &str, owner: PortOwner, lang: Lang) -> String {
    match owner {
        // The test callback has a listener, this does not.
        PortOwner::None => localize!(
            lang,
            "cannot get the time while imscope is not running: {error}",
            "imscope 尚未运行，无法对时：{error}",
        ),
        _ => localize!(lang, "cannot get the time: {error}", "无法对时：{error}"),
    }
}

/// The running imscope answered, and a tunnel may have passed its `Date` on: a small
/// difference proves nothing.
fn own_clock(context: &CheckContext, url: &Uri) -> CheckResult {
    let message = localize!(
        context.lang,
        "the only Date received may be from this machine's own clock",
        "唯一得到的 Date 可能就是本机的时间",
    );
    let hint = match url.host().is_some_and(is_local_host) {
        true => localize!(
            context.lang,
            "this URL is of this machine: check the tunnel's public URL",
            "此 URL 指向本机：请检查隧道的公网 URL",
        ),
        false => localize!(
            context.lang,
            "stop imscope and try again: then the tunnel answers with its own clock",
            "停止 imscope 后重试：届时由隧道自身的时钟应答",
        ),
    };
    CheckResult::skipped(CheckName::Clock, message).hint(hint)
}

/// How many seconds `here` is ahead of `there`, rounded.
const fn seconds_ahead(here: Timestamp, there: Timestamp) -> i64 {
    (here.offset_micros(there) + 500_000).div_euclid(1_000_000)
}

/// The result for a difference in seconds: a failure above the window, a warning
/// above half of it.
fn assess(context: &CheckContext, ahead: i64) -> CheckResult {
    let lang = context.lang;
    let (window, off) = (context.sign_window.unwrap_or(DEFAULT_WINDOW), ahead.unsigned_abs());
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
        "synchronize the clock (NTP): a signature is stale after {window} s",
        "请通过 NTP 校准时钟：签名超过 {window} 秒即视为过期",
    );
    if u64::from(window) < off && context.sign_window.is_some() {
        return CheckResult::failure(CheckName::Clock, message).hint(hint);
    }
    if u64::from(window / 2) < off {
        return CheckResult::warning(CheckName::Clock, message).hint(hint);
    }
    let message = localize!(
        lang,
        "agrees with the one at the public URL within {off} s",
        "与公网 URL 处的时钟相差不超过 {off} 秒",
    );
    CheckResult::ok(CheckName::Clock, message)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_difference_is_rounded_and_signed() {
        let there = Timestamp::from_secs(100);
        let differences = [-1_400_000, -400_000, 0, 400_000, 61_000_000]
            .map(|it| seconds_ahead(Timestamp(there.0 + it), there));
        assert_eq!(differences, [-1, 0, 0, 0, 61]);
    }
}
