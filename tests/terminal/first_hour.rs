//! The way of a new user: the demo, a dashboard behind a tunnel, signed samples, a failure
//! copied as a curl line and run, the recording opened, and replayed to an app. The
//! tunnel's program is a server with its local API.

use std::io::Write as _;
use std::net::TcpListener;
use std::process::Command;
use std::sync::{Arc, OnceLock};

use imscope_test_support::http::{Server, ok, response};
use imscope_test_support::program::imscope;
use imscope_test_support::terminal::{Pty, WATCH};
use serde_json::{Value, json};

const TOKEN: (&str, &str) = ("IMSCOPE_TOKEN", "correct-horse-battery");

/// The texts that are waited for.
struct Words {
    lang: &'static str,
    seen: &'static str,
    listening: &'static str,
}

const ENGLISH: Words = Words { lang: "en_US.UTF-8", seen: " seen", listening: "Listening" };
const CHINESE: Words = Words { lang: "zh_CN.UTF-8", seen: " 条", listening: "正在监听" };

/// A program of a tunnel.
struct Tunnel {
    /// What its local API replies to a path, for a tunnel to a port.
    reply: fn(&str, u16) -> Option<Value>,
    /// The public URL that this means.
    public: &'static str,
}

const NGROK: Tunnel = Tunnel {
    reply: |path, port| {
        let config = json!({ "addr": format!("http://localhost:{port}") });
        let tunnel = json!({ "public_url": "https://a1.ngrok-free.app", "config": config });
        (path == "/api/tunnels").then(|| json!({ "tunnels": [tunnel] }))
    },
    public: "https://a1.ngrok-free.app",
};
const CLOUDFLARED: Tunnel = Tunnel {
    reply: |path, port| match path {
        "/quicktunnel" => Some(json!({ "hostname": "a-b.trycloudflare.com" })),
        "/config" => {
            let service = format!("http://localhost:{port}");
            let ingress = [json!({ "hostname": "", "service": service })];
            Some(json!({ "version": -1, "config": { "ingress": ingress } }))
        }
        _ => None,
    },
    public: "https://a-b.trycloudflare.com",
};
const FRP: Tunnel = Tunnel {
    reply: |path, port| {
        let local = format!("127.0.0.1:{port}");
        let proxy = json!({ "name": "im", "type": "http", "status": "running", "err": "",
            "local_addr": local, "plugin": "", "remote_addr": "im.example.com:8080" });
        (path == "/api/status").then(|| json!({ "http": [proxy] }))
    },
    public: "http://im.example.com:8080",
};

/// The local API of a tunnel to a port that becomes known later.
fn api(tunnel: &'static Tunnel, listener: TcpListener, port: Arc<OnceLock<u16>>) -> Server {
    Server::listening(listener, move |request, stream| {
        let reply = port.get().and_then(|port| (tunnel.reply)(&request.target, *port));
        let reply = match reply {
            Some(json) => response(200, "Connection: close\r\n", json.to_string()),
            None => response(404, "Connection: close\r\n", ""),
        };
        // The program may have left.
        let _ = stream.write_all(&reply);
        false
    })
}

/// A listener at one of some ports, of which another test may have taken some.
fn bind(mut ports: std::ops::RangeInclusive<u16>) -> TcpListener {
    ports.find_map(|port| TcpListener::bind(("127.0.0.1", port)).ok()).unwrap()
}

fn walk(
    words: &Words,
    tunnel: &'static Tunnel,
    listener: TcpListener,
    options: &[&str],
    more: (&str, &str),
) {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("first.jsonl").display().to_string();
    let lang = ("LANG", words.lang);

    let mut demo = Pty::with(&["demo", "--seed", "1"], &[lang]);
    demo.shows("20007").press("q");
    assert!(demo.ends().success());
    demo.assert_restored();

    // A dashboard that records, and the URL for the console.
    let port = Arc::new(OnceLock::new());
    let _api = api(tunnel, listener, Arc::clone(&port));
    let args = [&WATCH[..], &["--record", &file], options].concat();
    let mut pty = Pty::with(&args, &[lang, TOKEN, more]);
    let url = pty.shows(words.listening).url();
    port.set(url.rsplit(':').next().unwrap().parse().unwrap()).unwrap();
    // A look at the tunnels, and then the key once more to copy what it found.
    pty.press("u").shows(tunnel.public).press("u").copied(1);
    let public = String::from_utf8(pty.clipboard()).unwrap();
    assert_eq!(public.trim_end_matches('/'), tunnel.public);

    // Signed samples, the last one of a message that was not sent.
    for more in [&["--count", "29"][..], &["--result", "20007"]] {
        let sent =
            imscope().args(["send", &url]).args(more).env(TOKEN.0, TOKEN.1).output().unwrap();
        assert!(sent.status.success(), "{sent:?}");
    }
    pty.shows(&format!("30{}", words.seen));

    // The first failure, copied as a curl line, and run.
    pty.press("g]").shows("✗").press("Y").shows("curl").press("c").copied(2);
    let line = String::from_utf8(pty.clipboard()).unwrap();
    assert!(!line.contains(TOKEN.1), "{line}");
    let run = Command::new("bash").args(["-c", &line]).env(TOKEN.0, TOKEN.1).output().unwrap();
    assert!(String::from_utf8_lossy(&run.stdout).contains("OK"), "{run:?}");
    pty.shows(&format!("31{}", words.seen)).press("q");
    assert!(pty.ends().success());

    // The recording, and an app that gets it.
    let mut opened = Pty::with(&["open", &file, "--utc"], &[lang]);
    opened.shows("31").shows("first.jsonl").press("q");
    assert!(opened.ends().success());
    let app = Server::replying(ok());
    let replay =
        imscope().args(["replay", &file, "--to", &app.url(), "--speed", "max"]).output().unwrap();
    assert!(replay.status.success(), "{replay:?}");
    assert_eq!(app.requests().len(), 31);
}

#[test]
fn a_new_user_gets_from_the_demo_to_a_replay_behind_ngrok() {
    let listener = bind(0..=0);
    let at = format!("http://{}", listener.local_addr().unwrap());
    walk(&ENGLISH, &NGROK, listener, &[], ("IMSCOPE_NGROK_API", &at));
}

#[test]
fn a_new_user_gets_from_the_demo_to_a_replay_behind_cloudflared_in_chinese() {
    // Its API has no other ports.
    let listener = bind(20241..=20245);
    walk(&CHINESE, &CLOUDFLARED, listener, &[], ("TZ", "UTC"));
}

#[test]
fn a_new_user_gets_from_the_demo_to_a_replay_behind_frp() {
    let listener = bind(0..=0);
    let at = format!("http://{}", listener.local_addr().unwrap());
    walk(&ENGLISH, &FRP, listener, &["--frp-admin", &at], ("TZ", "UTC"));
}
