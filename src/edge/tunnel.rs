//! The public URL of an ngrok tunnel to the listener, from the agent's local API.
//!
//! That there is no tunnel is not an error, and it is soon known.

use std::net::SocketAddr;
use std::time::Duration;

use hyper::Uri;
use serde_json::Value;

use super::http_client::HttpClient;
use crate::callback::local::{self, is_local_host};

/// The default URL of the agent's API.
pub const API: &str = "http://127.0.0.1:4040";

/// The agent is on this machine: it replies at once or not at all.
const TIMEOUT: Duration = Duration::from_millis(300);

/// The result of asking the agent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Tunnel {
    /// This public URL leads to the listener.
    Found(String),
    /// The agent runs, but its tunnels lead to these addresses.
    OtherTarget(Vec<String>),
    /// The agent runs, and has no HTTP tunnel.
    NoTunnel,
    /// There is no agent.
    NotRunning,
}

/// Asks the agent at `api` for a tunnel to the listener's address.
pub async fn look(api: &Uri, listen: SocketAddr) -> Tunnel {
    let base = api.to_string();
    let url = format!("{}/api/tunnels", base.trim_end_matches('/'));
    let Ok(url) = url.parse() else { return Tunnel::NotRunning };
    match HttpClient::new(TIMEOUT).get(&url).await {
        Ok(reply) if reply.status == 200 => read(&reply.body, listen),
        _ => Tunnel::NotRunning,
    }
}

/// The public URL of a tunnel to the listener's address, if there is one.
pub async fn public_url(api: &Uri, listen: SocketAddr) -> Option<String> {
    match look(api, listen).await {
        Tunnel::Found(url) => Some(url),
        Tunnel::OtherTarget(_) | Tunnel::NoTunnel | Tunnel::NotRunning => None,
    }
}

fn read(body: &[u8], listen: SocketAddr) -> Tunnel {
    let Ok(body) = serde_json::from_slice::<Value>(body) else { return Tunnel::NotRunning };
    let Some(tunnels) = body["tunnels"].as_array() else { return Tunnel::NotRunning };
    let mut own = None;
    let mut others = Vec::new();
    for tunnel in tunnels {
        let Some(target) = tunnel["config"]["addr"].as_str() else { continue };
        if !leads_to(target, listen) {
            others.push(target.to_owned());
            continue;
        }
        let url = tunnel["public_url"].as_str().filter(|it| is_http(it));
        // Of http and https to the same port, the encrypted one.
        if url.is_some_and(|it| own.is_none() || it.starts_with("https:")) {
            own = url;
        }
    }
    others.sort();
    others.dedup();
    match own {
        Some(url) => Tunnel::Found(url.to_owned()),
        None if others.is_empty() => Tunnel::NoTunnel,
        None => Tunnel::OtherTarget(others),
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
mod tests {
    use serde_json::json;

    use super::*;

    fn tunnels(tunnels: &[(&str, &str)], listen: &str) -> Tunnel {
        let tunnels: Vec<_> = tunnels
            .iter()
            .map(|(url, addr)| json!({ "public_url": url, "config": { "addr": addr } }))
            .collect();
        read(json!({ "tunnels": tunnels }).to_string().as_bytes(), listen.parse().unwrap())
    }

    #[test]
    fn a_target_has_many_forms() {
        for (target, listen, expected) in [
            ("http://localhost:9527", "127.0.0.1:9527", true),
            ("https://127.0.0.1:9527", "127.0.0.1:9527", true),
            ("localhost:9527", "[::1]:9527", true),
            ("9527", "127.0.0.1:9527", true),
            ("http://[::1]:9527/", "127.0.0.1:9527", true),
            ("http://host.docker.internal:9527", "127.0.0.1:9527", true),
            ("http://192.168.1.5:9527", "192.168.1.5:9527", true),
            ("http://192.168.1.5:9527", "0.0.0.0:9527", true),
            ("http://192.168.1.5:9527", "127.0.0.1:9527", false),
            ("http://localhost:3000", "127.0.0.1:9527", false),
            ("http://localhost", "127.0.0.1:9527", false),
            ("", "127.0.0.1:9527", false),
        ] {
            assert_eq!(leads_to(target, listen.parse().unwrap()), expected, "{target} {listen}");
        }
    }

    #[test]
    fn https_is_preferred_and_other_targets_are_listed() {
        let at = "127.0.0.1:9527";
        let (http, https) = ("http://a.ngrok.app", "https://a.ngrok.app");
        let found = Tunnel::Found(https.to_owned());
        assert_eq!(tunnels(&[(http, "9527"), (https, "9527"), (http, "9527")], at), found);
        assert_eq!(tunnels(&[(https, "9527"), (http, "9527")], at), found);
        assert_eq!(tunnels(&[(http, "9527")], at), Tunnel::Found(http.to_owned()));
        let other_target = Tunnel::OtherTarget(vec!["http://localhost:3000".to_owned()]);
        assert_eq!(tunnels(&[(https, "http://localhost:3000")], at), other_target);
        assert_eq!(tunnels(&[], at), Tunnel::NoTunnel);
        assert_eq!(tunnels(&[("tcp://0.tcp.ngrok.io:1", "9527")], at), Tunnel::NoTunnel);
        for url in ["https://a\u{1b}[2J", "https://u:pw@a.example", "https://a.example/?token=t"] {
            assert_eq!(tunnels(&[(url, "9527")], at), Tunnel::NoTunnel, "{url}");
        }
    }

    #[test]
    fn any_other_reply_is_not_from_an_agent() {
        for body in ["", "hello", "[]", r#"{"tunnels":7}"#] {
            assert_eq!(
                read(body.as_bytes(), "127.0.0.1:9527".parse().unwrap()),
                Tunnel::NotRunning
            );
        }
    }
}
