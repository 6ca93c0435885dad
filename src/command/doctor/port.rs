//! Checks which program owns the port.

use std::io;
use std::net::{Ipv4Addr, Ipv6Addr, SocketAddr, TcpListener};
use std::time::Duration;

use hyper::Uri;

use super::check::{CheckName, CheckResult};
use super::context::CheckContext;
use crate::answer::own::PROBE_BODY;
use crate::callback::lang::{Lang, Localized, localize};
use crate::edge::http_client::HttpClient;

/// A listener on this machine answers at once or not at all.
const TIMEOUT: Duration = Duration::from_secs(1);

/// Which program listens on the port.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum PortOwner {
    /// None: doctor can listen on it itself.
    None,
    /// A running imscope that serves plain http; one with TLS is not recognized.
    Imscope,
    /// Another program, an imscope with TLS, or the address cannot be bound.
    Other,
}

/// Whether the port is free, or a running imscope listens on it; asks by plain http.
pub(super) async fn check(context: &CheckContext) -> (CheckResult, PortOwner) {
    let (lang, addr) = (context.lang, context.listen);
    let Err(error) = TcpListener::bind(addr) else {
        let message = localize!(lang, "{addr} is free", "{addr} 空闲");
        return (CheckResult::ok(CheckName::Port, message), PortOwner::None);
    };
    match HttpClient::new(TIMEOUT).get(&local_url(addr)).await {
        Ok(reply) if reply.body == PROBE_BODY => {
            let message =
                localize!(lang, "imscope already listens on {addr}", "imscope 已在 {addr} 监听");
            (CheckResult::ok(CheckName::Port, message), PortOwner::Imscope)
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
            (CheckResult::failure(CheckName::Port, message).hint(hint), PortOwner::Other)
        }
        Err(_) => {
            let reason = bind_error(lang, &error);
            let message =
                localize!(lang, "cannot listen on {addr}: {reason}", "无法监听 {addr}：{reason}",);
            let hint = localize!(
                lang,
                "free the address, or choose another one with --listen; a running imscope with TLS is not recognized",
                "释放该地址，或用 --listen 指定其他地址；无法识别启用了 TLS 的 imscope",
            );
            (CheckResult::failure(CheckName::Port, message).hint(hint), PortOwner::Other)
        }
    }
}

/// Why an address cannot be bound; an unusual error in the words of the system.
fn bind_error(lang: Lang, error: &io::Error) -> String {
    let reason = match error.kind() {
        io::ErrorKind::AddrInUse => Localized::new("the port is in use", "端口已被占用"),
        io::ErrorKind::PermissionDenied => {
            Localized::new("this port needs more rights", "使用该端口需要更高权限")
        }
        io::ErrorKind::AddrNotAvailable => {
            Localized::new("this machine has no such address", "本机没有该地址")
        }
        _ => return error.to_string(),
    };
    reason.text(lang).to_owned()
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
