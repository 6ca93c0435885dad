//! Reads what the APIs of tunnel programs reply.

use std::net::SocketAddr;

use hyper::Uri;
use serde_json::Value;

use crate::callback::local::{self, is_local_host};
use crate::callback::public_url::{PublicUrl, UrlSource};
use crate::callback::tunnel::TunnelState;
use crate::callback::tunnel_program::TunnelProgram;

/// A public URL and the address that it leads to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Route {
    /// The URL; `None` if it is not for HTTP.
    url: Option<String>,
    /// The address, as the program writes it; `None` if its reply has none.
    target: Option<String>,
}

/// The tunnels of a program by the replies of its resources; `None` if another program
/// replied.
pub(super) fn read(program: TunnelProgram, replies: &[Value]) -> Option<Vec<Route>> {
    match (program, replies) {
        (TunnelProgram::Ngrok, [tunnels]) => ngrok(tunnels),
        (TunnelProgram::Cloudflared, [quick, config]) => cloudflared(quick, config),
        (TunnelProgram::Frp, [status]) => frp(status),
        _ => None,
    }
}

fn ngrok(reply: &Value) -> Option<Vec<Route>> {
    let tunnels = reply["tunnels"].as_array()?.iter();
    let routes = tunnels.filter_map(|it| {
        let target = it["config"]["addr"].as_str()?.to_owned();
        Some(Route { url: text(&it["public_url"]), target: Some(target) })
    });
    Some(routes.collect())
}

/// The ingress rules of a tunnel; one without a host name has that of the quick tunnel.
/// Versions without `/config` give no address behind it.
fn cloudflared(quick: &Value, config: &Value) -> Option<Vec<Route>> {
    let quick = quick["hostname"].as_str()?;
    let url = |host: &str| (!host.is_empty()).then(|| format!("https://{host}"));
    let Some(rules) = config["config"]["ingress"].as_array() else {
        let quick = Route { url: url(quick), target: None };
        return Some(if quick.url.is_some() { vec![quick] } else { Vec::new() });
    };
    let routes = rules.iter().filter_map(|it| {
        let service = it["service"].as_str().filter(|it| it.contains("://"))?;
        let host = it["hostname"].as_str().filter(|it| !it.is_empty()).unwrap_or(quick);
        // A wildcard is no name.
        let url = url(host).filter(|it| !it.contains('*'));
        Some(Route { url, target: Some(service.to_owned()) })
    });
    Some(routes.collect())
}

/// The proxies that run. One of http or https can have several domains, one of tcp has
/// the address of the server.
fn frp(status: &Value) -> Option<Vec<Route>> {
    let mut routes = Vec::new();
    for (kind, proxies) in status.as_object()? {
        for proxy in proxies.as_array()? {
            let remote = proxy["remote_addr"].as_str()?.split(',').next().unwrap_or_default();
            if proxy["status"] != "running" || remote.is_empty() {
                continue;
            }
            let scheme = match kind.as_str() {
                "http" | "tcp" => Some("http"),
                "https" => Some("https"),
                _ => None,
            };
            let url = scheme.map(|it| format!("{it}://{remote}"));
            routes.push(Route { url, target: text(&proxy["local_addr"]) });
        }
    }
    Some(routes)
}

fn text(value: &Value) -> Option<String> {
    value.as_str().map(str::to_owned)
}

/// The state of a program with these tunnels.
pub(super) fn state(program: TunnelProgram, routes: Vec<Route>, listen: SocketAddr) -> TunnelState {
    let mut urls = Vec::new();
    let mut others = Vec::new();
    for Route { url, target } in routes {
        match target {
            Some(target) if !leads_to(&target, listen) => others.push(target),
            _ => urls.extend(url.filter(|it| is_http(it))),
        }
    }
    // Of http and https to the same port, the encrypted one is first.
    urls.sort_by_key(|it| !it.starts_with("https:"));
    urls.dedup();
    others.sort();
    others.dedup();
    let source = UrlSource::Tunnel(program);
    match urls.is_empty() {
        false => {
            TunnelState::Found(urls.into_iter().map(|url| PublicUrl { url, source }).collect())
        }
        true if others.is_empty() => TunnelState::NoTunnel(program),
        true => TunnelState::OtherTarget(program, others),
    }
}

/// Whether a text is an http URL, which consists of visible ASCII. It is shown, and so
/// has neither a user with a password nor a query, as those of ngrok.
fn is_http(text: &str) -> bool {
    let Ok(url) = text.parse::<Uri>() else { return false };
    matches!(url.scheme_str(), Some("http" | "https"))
        && url.authority().is_some_and(|it| !it.as_str().contains('@'))
        && url.query().is_none()
}

/// Whether the target of a tunnel is the listener's address. The agent
/// writes `http://localhost:9527`, `localhost:9527` or `9527`.
fn leads_to(target: &str, listen: SocketAddr) -> bool {
    let rest = target.split_once("://").map_or(target, |(_, it)| it);
    let rest = rest.split('/').next().unwrap_or_default();
    let (host, port) = rest.rsplit_once(':').unwrap_or(("localhost", rest));
    if port.parse() != Ok(listen.port()) {
        return false;
    }
    // A tunnel to any address of this machine reaches an unspecified one.
    if listen.ip().is_unspecified() || is_local_host(host) {
        return true;
    }
    match local::address(host) {
        Some(address) => address == listen.ip(),
        // An agent in a container calls its host by such a name.
        None => host.ends_with(".internal"),
    }
}

#[cfg(test)]
mod tests;
