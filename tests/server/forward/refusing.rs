//! Calls that must not reach the local app: those of web pages, those whose path
//! leads out of its own, and those that come back.

use std::io;
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::Arc;
use std::thread;

use imscope::callback::oddity::Oddity;
use imscope::callback::{Refusal, decode};
use imscope::edge::client_tls::RootCerts;
use imscope::edge::forward::Forwarder;
use imscope::edge::listen::{self, ListenerConfig};
use imscope::edge::queue::queue;
use imscope_test_support::http::{Server, ok, post};

use crate::forward::asking;
use crate::harness::{Scope, setup};

#[test]
fn a_web_page_does_not_reach_the_app() {
    let app = Server::replying(ok());
    let mut scope = Scope::start(asking(&app.url()));
    for headers in [
        "Origin: https://page.example\r\nSec-Fetch-Site: cross-site\r\n",
        "Origin: http://rebind.example:9527\r\nSec-Fetch-Site: same-origin\r\n",
        "Origin: null\r\n",
        "Sec-Fetch-Site: same-site\r\n",
    ] {
        let answer = scope.ask(post("/im", headers, b"{}"));
        assert_eq!(answer.status, 403);
        assert!(answer.info().starts_with("a web page made this call"), "{}", answer.body);
        assert!(!answer.head.contains("access-control"), "{}", answer.head);
        assert_eq!(scope.take().refusal, Some(Refusal::Browser));
    }
    assert_eq!(app.requests(), []);
    scope.ask(post("/im", "Sec-Fetch-Site: none\r\n", b"{}")).assert_ok();
    assert_eq!(app.request().target, "/im");
}

#[test]
fn a_web_page_is_an_oddity_where_nothing_is_forwarded() {
    let mut scope = Scope::start(setup());
    scope.ask(post("/", "Origin: https://page.example\r\n", b"{}")).assert_ok();
    let delivery = scope.take();
    assert_eq!(delivery.refusal, None);
    assert!(decode(&delivery).oddities.contains(&Oddity::Browser));
}

#[test]
fn a_path_that_leads_out_does_not_reach_the_app() {
    let app = Server::replying(ok());
    let mut scope = Scope::start(asking(&format!("{}/im", app.url())));
    for path in
        ["/../admin", "/%2e%2e/admin", "/..;/admin", "/x%2f..%2fadmin", "/..%5cadmin", "/a\\b"]
    {
        assert_eq!(scope.ask(post(path, "", b"{}")).status, 403, "{path}");
        assert_eq!(scope.take().refusal, Some(Refusal::Path), "{path}");
    }
    assert_eq!(app.requests(), []);
    scope.ask(post("/v1.2/x?y=/../z", "", b"{}")).assert_ok();
    assert_eq!(app.request().target, "/im/v1.2/x?y=/../z");
}

/// A listener that forwards to `url`.
fn start_at(listener: TcpListener, url: &str) -> Scope {
    let (sender, deliveries) = queue();
    let url = url.parse().unwrap();
    let app = Forwarder::new(url, false, &RootCerts::default());
    let config = ListenerConfig { forwarder: Some(Arc::new(app)), ..setup() };
    let running = listen::spawn(listener, Arc::new(config), sender.clone()).unwrap();
    Scope { running, sender, deliveries }
}

/// A tunnel: passes each connection on to `target`.
fn tunnel(target: SocketAddr) -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    thread::spawn(move || {
        for near in listener.incoming().map_while(Result::ok) {
            let far = TcpStream::connect(target).unwrap();
            for (mut from, mut to) in
                [(near.try_clone().unwrap(), far.try_clone().unwrap()), (far, near)]
            {
                thread::spawn(move || {
                    let _ = io::copy(&mut from, &mut to);
                    let _ = to.shutdown(std::net::Shutdown::Write);
                });
            }
        }
    });
    address
}

#[test]
fn a_loop_through_the_own_tunnel_ends_at_its_first_turn() {
    let listener = listen::bind("127.0.0.1:0").unwrap();
    let public = tunnel(listener.local_addr().unwrap());
    let mut scope = start_at(listener, &format!("http://{public}/im"));
    scope.ask(post("/", "", b"{}")).assert_ok();
    let (came_back, first) = (scope.take(), scope.take());
    assert_eq!((came_back.refusal, came_back.answer.status), (Some(Refusal::Loop), 508));
    assert_eq!((first.refusal, first.answer.status), (None, 200));
    let trouble = "the callback came back: the URL of the local app leads to imscope";
    assert!(first.answer.trouble.iter().any(|it| *it == trouble), "{:?}", first.answer.trouble);
}

#[test]
fn two_that_forward_to_each_other_end_at_the_first_turn_and_a_chain_works() {
    let (one, two) = (listen::bind("127.0.0.1:0").unwrap(), listen::bind("127.0.0.1:0").unwrap());
    let url = |it: &TcpListener| format!("http://{}", it.local_addr().unwrap());
    let (to_one, to_two) = (url(&one), url(&two));
    let (mut one, mut two) = (start_at(one, &to_two), start_at(two, &to_one));
    one.ask(post("/", "", b"{}")).assert_ok();
    assert_eq!((one.take().refusal, two.take().refusal), (Some(Refusal::Loop), None));
    assert_eq!(one.take().refusal, None);
    let before = "/?CallbackCommand=C2C.CallbackBeforeSendMsg";
    one.ask(post(before, "", br#"{"From_Account":"a"}"#)).assert_ok();

    let app = Server::replying(ok());
    let inner = Scope::start(asking(&app.url()));
    let outer = Scope::start(asking(&format!("http://{}", inner.running.address())));
    outer.ask(post("/im", "", b"{}")).assert_ok();
    assert_eq!(app.request().target, "/im");
}
