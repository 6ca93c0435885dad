//! `imscope doctor`, run as a user runs it, where all is well and where one thing
//! is wrong.

mod world;

use std::net::TcpListener;
use std::sync::Arc;

use imscope::callback::signature::Token;
use imscope::edge::config::ListenerConfig;
use imscope::edge::listen::{self, ListenerHandle};
use imscope::edge::queue::{Receiver, queue};
use imscope_test_support::OK;
use imscope_test_support::http::Request;
use serde_json::Value;
use world::{Doctor, free, frp, ngrok, response, serve, tunnel};

/// A doctor whose public URL leads back here through a tunnel that is faithful.
fn well() -> Doctor {
    let here = free();
    Doctor::of(here).public(tunnel(here, 0, |_| ()))
}

fn assert_check(doctor: Doctor, name: &str, level: &str, message: &str) {
    let found = doctor.check(name);
    assert_eq!(found.0, level, "{found:?}");
    assert!(found.1.contains(message), "{found:?}");
    assert_eq!(level == "failure", level == "failure" && !found.2.is_empty(), "{found:?}");
}

/// An imscope that listens already.
fn imscope(token: &str) -> (ListenerHandle, Receiver) {
    let setup =
        ListenerConfig { token: Token::new(token), max_body: 4096, ..ListenerConfig::default() };
    let (to_us, deliveries) = queue();
    let listener = listen::bind("127.0.0.1:0").unwrap();
    (listen::spawn(listener, Arc::new(setup), to_us).unwrap(), deliveries)
}

#[test]
fn all_is_well() {
    let app = serve(|_| response(200, "", OK));
    let report = well().with(&["--forward", &format!("http://{app}/im")]).ask();
    assert_eq!(report.status, 0, "{}", report.text);
    let words: Vec<_> =
        report.text.lines().map(|it| it.chars().take(10).collect::<String>()).collect();
    assert_eq!(words[0], "✓ ok      ", "{}", report.text);
    assert!(report.text.contains("a signed test callback to http://im.example.com/hook arrived"));
    assert!(report.text.contains("agrees with the one at the public URL"), "{}", report.text);
    assert!(report.text.contains(&format!("http://{app}/im answered in ")), "{}", report.text);
    assert!(report.text.ends_with("0 failed, 1 with warnings\n"), "{}", report.text);
    assert!(!report.text.contains('\u{1b}'), "no colors in a pipe");
}

#[test]
fn json_has_names_that_stay() {
    let app = serve(|_| response(200, "", OK));
    let report = well().with(&["--json", "--forward", &app.to_string()]).ask();
    let json: Value = serde_json::from_str(&report.text).unwrap();
    let names = json["checks"].as_array().unwrap().iter().map(|it| it["name"].as_str().unwrap());
    let names: Vec<_> = names.collect();
    assert_eq!(names, ["port", "token", "signing", "tunnel", "url", "clock", "probe", "app"]);
    assert_eq!((&json["v"], &json["ok"]), (&1.into(), &true.into()));
    assert_eq!(json["public_url"], "http://im.example.com/hook");
    assert!(json["checks"][0]["hint"].is_null() && json["checks"][0]["message"].is_string());
}

#[test]
fn without_a_public_url_the_test_callback_stays_local() {
    let report = Doctor::of(free()).ask();
    assert_eq!(report.status, 0, "{}", report.text);
    assert!(
        report
            .text
            .contains("! warning  tunnel         none is found on this machine (ngrok, cloudflared, frp)\n    → start a tunnel")
    );
    assert!(
        report.text.contains("– skipped  URL            no public URL is known"),
        "{}",
        report.text
    );
    assert!(report.text.contains("to the local URL http://127.0.0.1:"), "{}", report.text);
}

#[test]
fn it_speaks_chinese() {
    let report = Doctor::of(free()).with(&["--lang", "zh"]).ask();
    assert!(
        report.text.contains(
            "! 警告     隧道      本机未发现隧道（ngrok、cloudflared、frp）\n    → 启动隧道"
        ),
        "{}",
        report.text
    );
}

#[test]
fn a_given_address_of_a_tunnel_that_does_not_reply_is_a_warning() {
    let error = "no reply of ngrok: cannot connect to http://127.0.0.1:";
    assert_check(Doctor::of(free()).ngrok(free()), "tunnel", "warning", error);
}

#[test]
fn the_public_url_is_taken_from_ngrok() {
    let here = free();
    let api = ngrok(&[("http://a1.ngrok-free.app", format!("http://localhost:{}", here.port()))]);
    let at = tunnel(here, 0, |_| ()).to_string();
    let doctor = || Doctor::of(here).ngrok(api).with(&["--connect-to", &at]);
    let found = "ngrok forwards http://a1.ngrok-free.app to it";
    assert_check(doctor(), "tunnel", "ok", found);
    assert_check(doctor(), "probe", "ok", "to http://a1.ngrok-free.app/ arrived");
    let old = doctor().with(&["--public-url", "http://b2.ngrok-free.app"]);
    assert_check(old, "tunnel", "warning", "the URL of a tunnel can change");
}

#[test]
fn ngrok_may_lead_elsewhere_or_have_no_tunnel() {
    let api = ngrok(&[("http://a1.ngrok-free.app", "http://localhost:1".to_owned())]);
    let leads = "ngrok is running, but forwards to http://localhost:1, not to port";
    assert_check(Doctor::of(free()).ngrok(api), "tunnel", "warning", leads);
    assert_check(Doctor::of(free()).ngrok(ngrok(&[])), "tunnel", "warning", "has no HTTP tunnel");
    let strange = serve(|_| response(200, "", "hello"));
    assert_check(Doctor::of(free()).ngrok(strange), "tunnel", "warning", "none is found");
}

#[test]
fn the_public_url_is_taken_from_frp_and_its_password_is_not_printed() {
    let here = free();
    let api = frp("Basic YWRtaW46czNjcmV0", here);
    let at = tunnel(here, 0, |_| ()).to_string();
    let doctor = |user: &str| {
        let admin = format!("http://{user}@{api}");
        Doctor::of(here).with(&["--frp-admin", &admin, "--connect-to", &at])
    };
    let found = "frp forwards http://im.example.com to it";
    assert_check(doctor("admin:s3cret"), "tunnel", "ok", found);
    assert_check(doctor("admin:s3cret"), "probe", "ok", "to http://im.example.com/ arrived");
    let wrong = "the local API of frp answers HTTP 401";
    assert_check(doctor("admin:another"), "tunnel", "warning", wrong);
    let report = doctor("admin:another").ask();
    assert!(!report.text.contains("another"), "{}", report.text);
}

#[test]
fn the_port_may_be_in_use() {
    let other = serve(|_| response(404, "", ""));
    let taken = format!("another program listens on {other} (it answers HTTP 404)");
    assert_check(Doctor::of(other), "port", "failure", &taken);
    assert_check(Doctor::of(other), "probe", "skipped", "the port is not available");
    // Accepts connections and does not answer.
    let mute = TcpListener::bind("127.0.0.1:0").unwrap();
    assert_check(Doctor::of(mute.local_addr().unwrap()), "port", "failure", "the port is in use");
}

#[test]
fn a_running_imscope_gets_one_test_callback() {
    let (running, mut deliveries) = imscope(world::TOKEN);
    let here = running.address();
    assert_check(Doctor::of(here), "port", "ok", "imscope already listens on");
    let shows = "the running imscope shows it, from imscope-doctor";
    let through = Doctor::of(here).public(tunnel(here, 0, |_| ()));
    assert_check(through, "probe", "ok", shows);
    let mut received = Vec::new();
    deliveries.try_recv_many(&mut received, 100);
    let callbacks =
        received.iter().filter(|it| it.method == "POST" && it.path() == "/hook").count();
    assert_eq!(callbacks, 1, "the test callback went through the public URL");
    let twice = Doctor::of(here).public(tunnel(here, 0, |_| ()));
    assert_check(twice, "clock", "skipped", "may be from this machine's own clock");
    assert_check(Doctor::of(here).without_token(), "token", "warning", "not set for doctor; if");
    let other = Doctor::of(here).token("another");
    assert_check(other, "probe", "failure", "the status is 403");
}

#[test]
fn the_token_is_checked() {
    assert_check(Doctor::of(free()), "token", "ok", "set by IMSCOPE_TOKEN");
    assert_check(Doctor::of(free()).token(""), "token", "failure", "is empty");
    assert_check(Doctor::of(free()).token("a b"), "token", "warning", "white space");
    let long = "a".repeat(129);
    assert_check(Doctor::of(free()).token(&long), "token", "warning", "it has 129 characters");
    let lost = Doctor::of(free()).with(&["--token-file", "/nowhere/token"]);
    assert_check(lost, "token", "failure", "cannot read /nowhere/token");
}

#[test]
fn the_misprint_of_the_documents_is_reported() {
    let older = "the example of older copies";
    assert_check(Doctor::of(free()).token("xxxyyy"), "token", "warning", older);
    assert_check(Doctor::of(free()).token("xxxxyyyy"), "token", "warning", "which is public");
    assert_check(
        Doctor::of(free()),
        "signing",
        "ok",
        "older copies print a token that does not fit",
    );
}

#[test]
fn the_rules_of_the_console_are_checked() {
    let doctor = |url| Doctor::of(free()).with(&["--public-url", url]);
    let to = ["--connect-to", "127.0.0.1:1"];
    let named = |url| doctor(url).with(&to);
    assert_check(named("https://my_app.example.com"), "url", "failure", r#"the host has "_""#);
    assert_check(named("http://im.example.com/im?key=1"), "url", "failure", "it has a query");
    assert_check(doctor("http://127.0.0.1:1"), "url", "failure", "of this machine only");
    assert_check(named("im example.com"), "url", "failure", "it must begin with http://");
    assert_check(named("im example.com"), "probe", "skipped", "cannot be called");
}

#[test]
fn clocks_are_compared() {
    let off = |ahead| {
        let here = free();
        Doctor::of(here).public(tunnel(here, ahead, |_| ()))
    };
    assert_check(off(120), "clock", "failure", "s behind the one at the public URL");
    assert_check(off(-120), "clock", "failure", "s ahead of the one at the public URL");
    assert_check(off(45), "clock", "warning", "s behind the one at the public URL");
    assert_check(off(120).with(&["--sign-window", "off"]), "clock", "warning", "s behind");
    assert_check(off(120).with(&["--sign-window", "10m"]), "clock", "ok", "agrees");
}

#[test]
fn a_test_callback_that_does_not_come_back_is_a_failure() {
    let elsewhere = serve(|_| response(404, "", "not here"));
    let doctor = Doctor::of(free()).public(elsewhere);
    assert_check(doctor, "probe", "failure", "another server answered HTTP 404");
    let doctor = Doctor::of(free()).public(free());
    assert_check(doctor, "probe", "failure", "connection refused");
}

#[test]
fn changes_made_by_a_tunnel_are_reported() {
    let changed = |change: fn(&mut Request)| {
        let here = free();
        Doctor::of(here).public(tunnel(here, 0, change))
    };
    let lost = changed(|it| it.target = it.target.replace("Sign=", "NoSign="));
    assert_check(lost, "probe", "failure", "its signature was lost in transit");
    let cut = changed(|it| it.body.extend_from_slice(b"\n"));
    assert_check(cut, "probe", "failure", "it was modified in transit");
    let here = free();
    let at = tunnel(here, 0, |_| ());
    let page = serve(move |it| {
        let url = format!("http://{at}{}", it.target);
        pass(&url, &it.body);
        response(200, "", "<html>you are about to visit")
    });
    let message = "the reply was modified in transit: the body \"<html>you are";
    assert_check(Doctor::of(here).public(page), "probe", "failure", message);
}

/// Posts a body and waits for the reply, whatever it is.
fn pass(url: &str, body: &[u8]) {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let poster = imscope::edge::http_client::HttpClient::default();
    let (url, body) = (url.parse().unwrap(), body.to_vec().into());
    runtime.block_on(poster.post(&url, body)).unwrap();
}

#[test]
fn the_local_app_must_answer_as_tencent_requires() {
    let forward = |url: &str| Doctor::of(free()).with(&["--forward", url]);
    let polite = serve(|_| response(200, "", "success")).to_string();
    let message = "does not answer as Tencent requires: the body \"success\" is not JSON";
    assert_check(forward(&polite), "app", "failure", message);
    let down = free().to_string();
    assert_check(forward(&down), "app", "failure", "connection refused");
}

#[test]
fn a_local_app_that_strangers_can_call_is_warned_of() {
    let app = serve(|_| response(200, "", OK)).to_string();
    let exposed = "anyone can call the local app";
    let doctor = || Doctor::of(free()).without_token();
    let forwarding = || doctor().with(&["--forward", &app]);
    let public = ["--public-url", "http://im.example.com:99999"];
    assert_check(forwarding().with(&public), "token", "warning", exposed);
    assert_check(forwarding(), "token", "warning", "anyone can send callbacks");
    assert_check(doctor().with(&public), "token", "warning", "anyone can send callbacks");
}

#[test]
fn a_local_app_that_is_imscope_itself_is_a_failure() {
    let here = free();
    let doctor = Doctor::of(here).with(&["--forward", &here.to_string()]);
    assert_check(doctor, "app", "failure", "is the address of imscope itself");
}
