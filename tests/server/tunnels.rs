//! The look for tunnels to the listener, with servers in place of the local APIs of
//! their programs.

use std::io::Write as _;
use std::net::{SocketAddr, TcpListener};

use imscope::callback::tunnel::TunnelState;
use imscope::callback::tunnel_program::TunnelProgram::{self, Cloudflared, Frp, Ngrok};
use imscope::edge::tunnel::{TunnelApis, look};
use imscope_test_support::http::{Request, Server, response};
use serde_json::{Value, json};

const HERE: &str = "127.0.0.1:9527";

/// A path of a local API and the JSON that it replies.
type Resource = (&'static str, fn() -> Value);

/// The local API of a program: replies with JSON to the resources that it has.
fn api(resources: &'static [Resource]) -> SocketAddr {
    serve(move |request| match resources.iter().find(|(path, _)| *path == request.target) {
        Some((_, reply)) => response(200, "Connection: close\r\n", reply().to_string()),
        None => response(404, "Connection: close\r\n", ""),
    })
}

fn serve(answer: impl Fn(&Request) -> Vec<u8> + Send + Sync + 'static) -> SocketAddr {
    let server = Server::handling(move |request, stream| {
        stream.write_all(&answer(request)).unwrap();
        false
    });
    server.address
}

/// What a look finds at these APIs.
fn found(apis: &[(TunnelProgram, String)]) -> TunnelState {
    let apis = apis.iter().fold(TunnelApis::none(), |apis, (program, at)| {
        apis.with(*program, Some(&format!("http://{at}").parse().unwrap()))
    });
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(look(&apis, HERE.parse().unwrap()))
}

fn urls(state: &TunnelState) -> Vec<&str> {
    state.urls().iter().map(|it| it.url.as_str()).collect()
}

fn ngrok() -> SocketAddr {
    api(&[("/api/tunnels", || {
        let tunnel = |url: &str, port| json!({ "public_url": url, "config": { "addr": format!("http://localhost:{port}") } });
        json!({ "tunnels": [
            tunnel("https://other.ngrok-free.app", 3000),
            tunnel("https://a1.ngrok-free.app", 9527),
        ] })
    })])
}

fn cloudflared() -> SocketAddr {
    api(&[
        ("/quicktunnel", || json!({ "hostname": "a-b.trycloudflare.com" })),
        ("/config", || {
            json!({ "version": -1, "config": { "ingress": [
                { "hostname": "", "service": "http://localhost:9527" },
            ] } })
        }),
    ])
}

#[test]
fn of_several_tunnels_of_ngrok_the_one_that_leads_here_is_found() {
    assert_eq!(urls(&found(&[(Ngrok, ngrok().to_string())])), ["https://a1.ngrok-free.app"]);
}

#[test]
fn a_quick_tunnel_of_cloudflared_is_found() {
    let found = found(&[(Cloudflared, cloudflared().to_string())]);
    assert_eq!(urls(&found), ["https://a-b.trycloudflare.com"]);
    assert_eq!(found.urls()[0].program(), Some(Cloudflared));
}

#[test]
fn frp_is_asked_with_user_and_password() {
    let api = serve(|request| {
        // admin:s3cret
        let is_admin = request.header("authorization") == Some(b"Basic YWRtaW46czNjcmV0");
        let proxy = json!({ "name": "im", "type": "http", "status": "running", "err": "",
            "local_addr": HERE, "plugin": "", "remote_addr": "im.example.com:8080" });
        match is_admin && request.target == "/api/status" {
            true => response(200, "Connection: close\r\n", json!({ "http": [proxy] }).to_string()),
            false => response(401, "Connection: close\r\n", "Unauthorized"),
        }
    });
    let state = found(&[(Frp, format!("admin:s3cret@{api}"))]);
    assert_eq!(urls(&state), ["http://im.example.com:8080"]);
    assert_eq!(found(&[(Frp, format!("admin:wrong@{api}"))]), TunnelState::Refused(Frp, 401));
}

#[test]
fn a_given_address_that_does_not_reply_is_told() {
    let free = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let error = format!("cannot connect to http://{free}/api/status: connection refused");
    assert_eq!(found(&[(Frp, free.to_string())]), TunnelState::NoReply(Frp, error));
}

#[test]
fn what_leads_here_is_found_beside_programs_that_do_not_reply_or_lead_elsewhere() {
    // Accepts connections and does not reply.
    let mute = TcpListener::bind("127.0.0.1:0").unwrap();
    let mute = mute.local_addr().unwrap().to_string();
    let apis = [(Ngrok, mute), (Cloudflared, cloudflared().to_string())];
    assert_eq!(urls(&found(&apis)), ["https://a-b.trycloudflare.com"]);
}

#[test]
fn another_server_at_the_port_is_no_tunnel_program() {
    let other = serve(|_| response(200, "Connection: close\r\n", "<html>"));
    assert_eq!(found(&[(Ngrok, other.to_string())]), TunnelState::NotRunning);
}
