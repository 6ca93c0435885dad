//! Checks which program owns the port.

use std::net::{Ipv4Addr, Ipv6Addr, SocketAddr};
use std::time::Duration;

use hyper::Uri;

use super::check::CheckResult;
use super::context::Context;
use crate::callback::lang::localize;
use crate::edge::answer::PROBE_BODY;
use crate::edge::http_client::HttpClient;
use crate::edge::listen;

/// A listener on this machine answers at once or not at all.
const TIMEOUT: Duration = Duration::from_secs(1);

/// Which program listens on the port.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum PortOwner {
    /// None: doctor can listen on it itself.
    None,
    /// A running imscope.
    Imscope,
    /// Another program, or the address cannot be bound.
    Other,
}

/// Whether the port is free, or a running imscope listens on it.
pub(super) async fn check(context: &Context) -> (CheckResult, PortOwner) {
    let (lang, addr) = (context.lang, context.listen);
    let Err(error) = listen::bind(addr) else {
        let message = localize!(lang, "{addr} is free", "{addr} 空闲");
        return (CheckResult::ok("port", message), PortOwner::None);
    };
    match HttpClient::new(TIMEOUT).get(&local_url(addr)).await {
        Ok(reply) if reply.body == PROBE_BODY => {
            let message =
                localize!(lang, "imscope already listens on {addr}", "imscope 已在 {addr} 监听");
            (CheckResult::ok("port", message), PortOwner::Imscope)
        }
        Ok(reply) => {
            let status = reply.status;
            let message = localize!(
                lang,
                "another program listens on {addr} (it answers HTTP {status})",
                "{addr} 已被其他程序占用（应答 HTTP {status}）",
            );
            let hint = localize!(
                lang,
                "stop it, or choose another port for imscope with --listen",
                "停止该程序，或用 --listen 指定其他端口",
            );
            (CheckResult::failure("port", message).hint(hint), PortOwner::Other)
        }
        Err(_) => {
            let message = localize!(lang, "{error:#}", "无法监听 {addr}：{error:#}");
            let hint = localize!(
                lang,
                "free the address, or choose another one with --listen",
                "释放该地址，或用 --listen 指定其他地址",
            );
            (CheckResult::failure("port", message).hint(hint), PortOwner::Other)
        }
    }
}

/// The URL of a listener on this machine; an unspecified address is replaced by
/// the loopback address.
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
    // An address with its port is always a valid authority.
    uri.build().unwrap_or_default()
}
