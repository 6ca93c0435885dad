//! What can be checked on this machine alone: port, token, signing.

use std::net::{Ipv4Addr, Ipv6Addr, SocketAddr};
use std::time::Duration;

use hyper::Uri;

use super::Context;
use super::check::Check;
use crate::callback::lang::localize;
use crate::callback::signature::{EXAMPLE, LONGEST, Remark, Token};
use crate::edge::http_client::{HttpClient, display_url};
use crate::edge::listen;
use crate::edge::reply::LISTENING;

/// Whoever listens on this machine answers at once or not at all.
const TIMEOUT: Duration = Duration::from_secs(1);

/// Who has the port.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum PortOwner {
    /// Nobody: we may listen there ourselves.
    None,
    /// An imscope.
    Imscope,
    /// Somebody else, or the port cannot be had at all.
    Other,
}

/// Whether the port is free, or an imscope already listens there.
pub(super) async fn port(context: &Context) -> (Check, PortOwner) {
    let (lang, addr) = (context.lang, context.listen);
    let Err(taken) = listen::bind(addr) else {
        let message = localize!(lang, "{addr} is free", "{addr} 空闲");
        return (Check::ok("port", message), PortOwner::None);
    };
    let url = local_url(addr);
    match HttpClient::new(TIMEOUT).get(&url).await {
        Ok(reply) if reply.body == LISTENING => {
            let message = localize!(
                lang,
                "an imscope already listens on {addr}",
                "imscope 已在 {addr} 监听",
            );
            (Check::ok("port", message), PortOwner::Imscope)
        }
        Ok(reply) => {
            let status = reply.status;
            let message = localize!(
                lang,
                "something else already listens on {addr} (it answers HTTP {status})",
                "{addr} 已被其他程序占用（应答 HTTP {status}）",
            );
            let hint = localize!(
                lang,
                "stop it, or give imscope another port with --listen",
                "停止该程序，或用 --listen 指定其他端口",
            );
            (Check::failure("port", message).hint(hint), PortOwner::Other)
        }
        Err(_) => {
            let message = localize!(lang, "{taken:#}", "无法监听 {addr}：{taken:#}");
            let hint = localize!(
                lang,
                "free the address, or give imscope another one with --listen",
                "释放该地址，或用 --listen 指定其他地址",
            );
            (Check::failure("port", message).hint(hint), PortOwner::Other)
        }
    }
}

/// The URL of a listener on this machine.
pub(super) fn local_url(listen: SocketAddr) -> Uri {
    let mut address = listen;
    match listen {
        SocketAddr::V4(it) if it.ip().is_unspecified() => {
            address.set_ip(Ipv4Addr::LOCALHOST.into());
        }
        SocketAddr::V6(it) if it.ip().is_unspecified() => {
            address.set_ip(Ipv6Addr::LOCALHOST.into());
        }
        _ => {}
    }
    let uri = Uri::builder().scheme("http").authority(address.to_string()).path_and_query("/");
    // An address with its port is always an authority.
    uri.build().unwrap_or_default()
}

/// Whether a token is set, and whether it can be the one in the console.
pub(super) fn token(context: &Context) -> Check {
    let lang = context.lang;
    let from = context.token_from.as_deref().unwrap_or_default();
    let token = match &context.token {
        Err(why) => {
            let hint = localize!(
                lang,
                "name a file that holds the token, or set IMSCOPE_TOKEN",
                "指定包含 Token 的文件，或设置 IMSCOPE_TOKEN",
            );
            return Check::failure("token", why.clone()).hint(hint);
        }
        Ok(None) => {
            let message = localize!(
                lang,
                "none is set: signatures are not checked, anybody may call",
                "未设置：不校验签名，任何人都可调用",
            );
            let hint = localize!(
                lang,
                "switch authentication on in the console, and give its token in IMSCOPE_TOKEN or --token-file",
                "在控制台开启鉴权，并通过 IMSCOPE_TOKEN 或 --token-file 提供 Token",
            );
            return Check::warning("token", message).hint(hint);
        }
        Ok(Some(token)) => token,
    };
    match remark(context, token) {
        None => Check::ok("token", localize!(lang, "set by {from}", "来自 {from}")),
        Some((message, hint)) => {
            let message = localize!(lang, "set by {from}: {message}", "来自 {from}：{message}");
            Check::warning("token", message).hint(hint)
        }
    }
}

/// The first thing that is strange about a token, and what to do about it.
fn remark(context: &Context, token: &Token) -> Option<(String, String)> {
    let lang = context.lang;
    let compare =
        || localize!(lang, "compare it with the token in the console", "请与控制台中的 Token 核对");
    let told = match token.remarks().first()? {
        Remark::Long(length) => (
            localize!(
                lang,
                "it has {length} characters, the documents know at most {LONGEST}",
                "长度为 {length}，文档规定最多 {LONGEST}",
            ),
            compare(),
        ),
        Remark::Blank => {
            (localize!(lang, "white space stands inside of it", "其中包含空白字符"), compare())
        }
        Remark::Misprint => (
            localize!(
                lang,
                "it is the example of the document, and the document is in error: the signature printed beside xxxyyy belongs to xxxxyyyy",
                "这是文档中的示例，而文档有误：xxxyyy 旁印出的签名实际属于 xxxxyyyy",
            ),
            localize!(
                lang,
                "to try the document's example use xxxxyyyy; in earnest, a token that nobody can guess",
                "若要验证文档示例请用 xxxxyyyy；正式使用请设置难以猜测的 Token",
            ),
        ),
        Remark::Example => (
            localize!(
                lang,
                "it is the example of the document, which everybody knows",
                "这是文档中的示例，人人皆知",
            ),
            localize!(lang, "set a token that nobody can guess", "请设置难以猜测的 Token"),
        ),
    };
    Some(told)
}

/// Whether signing gives what the documents say.
pub(super) fn signing(context: &Context) -> Check {
    let lang = context.lang;
    if EXAMPLE.holds() {
        let message = localize!(
            lang,
            "gives the signature of the documents' example, token xxxxyyyy (a page prints xxxyyy beside it: a misprint)",
            "与文档示例（Token xxxxyyyy）的签名一致（有一页误印为 xxxyyy）",
        );
        return Check::ok("signing", message);
    }
    let message = localize!(
        lang,
        "does not give the signature of the documents' example",
        "与文档示例的签名不一致",
    );
    let hint =
        localize!(lang, "this imscope is broken: please report it", "此 imscope 有缺陷，请报告",);
    Check::failure("signing", message).hint(hint)
}

/// A URL for people, without what may be secret about it.
pub(super) fn shown(url: &Uri) -> String {
    display_url(url)
}
