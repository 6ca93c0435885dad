//! An app that speaks https.

use std::fs;
use std::sync::Arc;

use imscope::callback::trouble::Trouble;
use imscope::callback::{Answer, AnsweredBy};
use imscope::edge::client_tls::RootCerts;
use imscope::edge::forward::Forwarder;
use imscope::edge::listen::ListenerConfig;
use imscope::edge::tls::{Identity, Tls};
use imscope_test_support::http::post;

use crate::forward::asking;
use crate::harness::{Scope, setup};

/// The trouble of an answer as one text.
fn joined(answer: &Answer) -> String {
    answer.trouble.iter().map(Trouble::sentence).collect::<Vec<_>>().join("; ")
}

/// Another listener, over TLS, is the app.
fn app(identity: &Identity) -> Scope {
    Scope::start(ListenerConfig { tls: Some(Tls::new(identity, None).unwrap()), ..setup() })
}

#[test]
fn a_self_signed_certificate_is_accepted_on_this_machine() {
    let mut app = app(&Identity::self_signed().unwrap());
    let mut scope = Scope::start(asking(&format!("https://{}/api", app.running.address())));
    for _ in 0..3 {
        scope.ask(post("/x?y", "", b"{\"a\" : 1}")).assert_ok();
        let answer = scope.take().answer;
        assert_eq!((answer.by, answer.trouble.len()), (AnsweredBy::App, 0), "{answer:?}");
    }
    let (first, second) = (app.take(), app.take());
    assert_eq!((&*first.target, &*first.body), ("/api/x?y", &b"{\"a\" : 1}"[..]));
    assert_eq!(first.peer, second.peer, "the connection is kept");
}

#[test]
fn with_authorities_of_ones_own_others_are_refused() {
    let folder = tempfile::tempdir().unwrap();
    let file = |name: &str, text: String| {
        let file = folder.path().join(name);
        fs::write(&file, text).unwrap();
        file
    };
    let make = || rcgen::generate_simple_self_signed(vec!["127.0.0.1".to_owned()]).unwrap();
    let (one, other) = (make(), make());
    let certificate = file("cert.pem", one.cert.pem());
    let key = file("key.pem", one.signing_key.serialize_pem());
    let stranger = file("other.pem", other.cert.pem());
    let app = app(&Identity::read(&certificate, &key).unwrap());
    let url: hyper::Uri = format!("https://{}", app.running.address()).parse().unwrap();
    let answer = |trusted| {
        let trust = RootCerts::for_url(&url, Some(trusted)).unwrap();
        let forward = Some(Arc::new(Forwarder::new(url.clone(), false, &trust)));
        let mut scope = Scope::start(ListenerConfig { forwarder: forward, ..setup() });
        scope.ask(post("/", "", b"{}")).assert_ok();
        scope.take().answer
    };
    assert_eq!(answer(&*certificate).trouble, [""; 0]);
    let refused = joined(&answer(&*stranger));
    assert!(
        refused.contains(&format!("cannot connect to {url}: invalid peer certificate")),
        "{refused}"
    );
}

#[test]
fn https_to_a_plain_http_server_is_reported_as_such() {
    let app = Scope::start(setup());
    let mut scope = Scope::start(asking(&format!("https://{}", app.running.address())));
    scope.ask(post("/", "", b"{}")).assert_ok();
    let trouble = joined(&scope.take().answer);
    assert!(trouble.contains("the server does not speak TLS; is it an http URL?"), "{trouble}");
}
