//! What the programs reply, and what is read from it.

use serde_json::json;

use super::*;

const AT: &str = "127.0.0.1:9527";

fn state_of(program: TunnelProgram, replies: &[Value], listen: &str) -> Option<TunnelState> {
    Some(state(program, read(program, replies)?, listen.parse().unwrap()))
}

fn found(program: TunnelProgram, urls: &[&str]) -> TunnelState {
    let source = UrlSource::Tunnel(program);
    TunnelState::Found(urls.iter().map(|it| PublicUrl { url: (*it).to_owned(), source }).collect())
}

fn ngrok_state(tunnels: &[(&str, &str)]) -> TunnelState {
    let tunnels: Vec<_> = tunnels
        .iter()
        .map(|(url, addr)| json!({ "public_url": url, "config": { "addr": addr } }))
        .collect();
    state_of(TunnelProgram::Ngrok, &[json!({ "tunnels": tunnels })], AT).unwrap()
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
    let (http, https) = ("http://a.ngrok.app", "https://a.ngrok.app");
    let both = found(TunnelProgram::Ngrok, &[https, http]);
    assert_eq!(ngrok_state(&[(http, "9527"), (https, "9527"), (http, "9527")]), both);
    assert_eq!(ngrok_state(&[(http, "9527")]), found(TunnelProgram::Ngrok, &[http]));
    let elsewhere = vec!["http://localhost:3000".to_owned()];
    let other_target = TunnelState::OtherTarget(TunnelProgram::Ngrok, elsewhere);
    assert_eq!(ngrok_state(&[(https, "http://localhost:3000")]), other_target);
    let none = TunnelState::NoTunnel(TunnelProgram::Ngrok);
    assert_eq!(ngrok_state(&[]), none);
    assert_eq!(ngrok_state(&[("tcp://0.tcp.ngrok.io:1", "9527")]), none);
    for url in ["https://a\u{1b}[2J", "https://u:pw@a.example", "https://a.example/?token=t"] {
        assert_eq!(ngrok_state(&[(url, "9527")]), none, "{url}");
    }
}

#[test]
fn a_quick_tunnel_has_its_host_name_and_its_target_in_two_replies() {
    let program = TunnelProgram::Cloudflared;
    let quick = json!({ "hostname": "a-b.trycloudflare.com" });
    let rules = |service: &str| json!({ "version": 0, "config": { "ingress": [{ "hostname": "", "service": service }] } });
    let url = found(program, &["https://a-b.trycloudflare.com"]);
    let state = |config| state_of(program, &[quick.clone(), config], AT);
    assert_eq!(state(rules("http://localhost:9527")), Some(url.clone()));
    assert_eq!(state(Value::Null), Some(url));
    let elsewhere = vec!["http://localhost:3000".to_owned()];
    let elsewhere = TunnelState::OtherTarget(program, elsewhere);
    assert_eq!(state(rules("http://localhost:3000")), Some(elsewhere));
}

#[test]
fn a_named_tunnel_has_the_host_names_of_its_rules() {
    let program = TunnelProgram::Cloudflared;
    let rules = json!([
        { "hostname": "app.example.com", "service": "http://localhost:3000" },
        { "hostname": "im.example.com", "service": "http://127.0.0.1:9527" },
        { "hostname": "*.example.com", "service": "http://127.0.0.1:9527" },
        { "hostname": "", "service": "http_status:404" },
    ]);
    let replies = [json!({ "hostname": "" }), json!({ "config": { "ingress": rules } })];
    let url = found(program, &["https://im.example.com"]);
    assert_eq!(state_of(program, &replies, AT), Some(url));
    let none = [json!({ "hostname": "" }), Value::Null];
    assert_eq!(state_of(program, &none, AT), Some(TunnelState::NoTunnel(program)));
}

#[test]
fn proxies_of_frp_are_found_by_their_local_address() {
    let program = TunnelProgram::Frp;
    let proxy = |status: &str, local: &str, remote: &str| json!({ "name": "im", "status": status, "local_addr": local, "remote_addr": remote });
    let here = "127.0.0.1:9527";
    let state = |status: Value| state_of(program, &[status], AT);
    let http = proxy("running", here, "im.example.com:8080,b.example.com:8080");
    let expected = found(program, &["http://im.example.com:8080"]);
    assert_eq!(state(json!({ "http": [http] })), Some(expected));
    let https = proxy("running", here, "im.example.com");
    assert_eq!(
        state(json!({ "https": [https] })),
        Some(found(program, &["https://im.example.com"]))
    );
    let tcp = proxy("running", here, "203.0.113.7:6000");
    assert_eq!(state(json!({ "tcp": [tcp] })), Some(found(program, &["http://203.0.113.7:6000"])));
    let none = Some(TunnelState::NoTunnel(program));
    let broken = proxy("start error", here, "");
    assert_eq!(state(json!({ "http": [broken], "udp": [] })), none);
    let elsewhere = proxy("running", "127.0.0.1:80", "im.example.com");
    let targets = vec!["127.0.0.1:80".to_owned()];
    let expected = TunnelState::OtherTarget(program, targets);
    assert_eq!(state(json!({ "http": [elsewhere] })), Some(expected));
}

#[test]
fn any_other_reply_is_not_from_the_program() {
    for reply in [Value::Null, json!("hello"), json!([]), json!({ "tunnels": 7 })] {
        assert_eq!(
            state_of(TunnelProgram::Ngrok, std::slice::from_ref(&reply), AT),
            None,
            "{reply}"
        );
        assert_eq!(state_of(TunnelProgram::Frp, std::slice::from_ref(&reply), AT), None, "{reply}");
        assert_eq!(state_of(TunnelProgram::Cloudflared, &[reply, Value::Null], AT), None);
    }
}
