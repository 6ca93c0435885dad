//! The way to the first callback: the tunnel, the public URL, the steps, the silence.

use std::time::Duration;

use imscope::callback::Lang::{En, Zh};
use imscope::callback::tunnel::{TunnelReport, TunnelState};
use imscope::callback::tunnel_program::TunnelProgram;
use imscope::callback::{Delivery, Headers, Lang, Verdict, own_request};
use imscope::dashboard::{CallbackSource, Request};
use imscope::edge::event_loop::Message;

use super::chat::{Chat, body, forged};
use super::harness::{Journey, found, words};

const URL: &str = "https://a1.ngrok-free.app";

fn missing() -> Message {
    Message::Tunnel(TunnelReport::default())
}

fn minutes(count: u64) -> Duration {
    Duration::from_secs(60 * count)
}

/// How often tunnels were looked for.
fn looks(journey: &Journey) -> usize {
    journey.requests().iter().filter(|it| **it == Request::FindTunnel).count()
}

/// What was copied last, if anything was.
fn copied(journey: &Journey) -> Option<String> {
    let requests = journey.requests();
    let texts = requests.into_iter().filter_map(|it| match it {
        Request::Copy { copied, .. } => Some(String::from_utf8(copied.text).unwrap()),
        _ => None,
    });
    texts.last()
}

/// A callback that came through a tunnel.
fn through(host: &str) -> Delivery {
    let headers: Headers =
        [("host", host.as_bytes()), ("x-forwarded-proto", b"https")].into_iter().collect();
    Delivery { headers, ..body("{}") }
}

#[test]
fn u_copies_the_public_url_as_it_stands_in_the_console() {
    let journey = Journey::at(120, 36).message(found(URL)).press("u");
    assert_eq!(copied(&journey), Some(format!("{URL}/")));
    let given = |it: &mut imscope::dashboard::Settings| {
        it.public_url = Some("https://im.example.com/hook".to_owned());
    };
    let journey = Journey::set(120, 36, given).message(found(URL));
    let journey = journey.shows(&["⇄ https://im.example.com/hook"]).hides(&[URL]).press("u");
    assert_eq!(copied(&journey).as_deref(), Some("https://im.example.com/hook"));
}

#[test]
fn without_a_public_url_u_looks_for_a_tunnel() {
    let journey = Journey::at(120, 36).press("u").shows(&[words("NO_PUBLIC_URL", En)]);
    assert_eq!(looks(&journey), 1);
    let nothing = || Message::Tunnel(TunnelReport::default());
    let journey = journey.message(nothing()).shows(&[words("NO_TUNNEL", En)]);
    // A look without a key press reports nothing.
    let journey = journey.press("p p").message(nothing()).hides(&[words("NO_TUNNEL", En)]);
    let journey = journey.press("u").message(found(URL));
    journey.shows(&[&format!("found: {URL}; u copies it")]);
}

#[test]
fn in_private_mode_u_copies_nothing() {
    let journey = Journey::at(120, 36).message(found(URL)).press("p u");
    let journey = journey.shows(&[words("NO_URL_WHILE_PRIVATE", En)]).hides(&["a1.ngrok"]);
    assert_eq!(copied(&journey), None);
    journey.message(found("https://b2.ngrok-free.app")).hides(&["b2.ngrok"]);
}

#[test]
fn the_first_callback_through_a_tunnel_shows_its_public_url() {
    let journey = Journey::at(120, 36).deliver([body("{}")]).hides(&["⇄"]);
    let journey = journey.deliver([through("a1.natappfree.cc")]);
    journey.shows(&["⇄ https://a1.natappfree.cc/"]);
}

#[test]
fn when_calls_stop_there_is_one_look_and_a_tunnel_that_is_missing_is_told() {
    let journey = Journey::at(120, 36).message(found(URL)).deliver([body("{}")]);
    assert_eq!(looks(&journey), 0);
    let journey = journey.wait(minutes(2));
    assert_eq!(looks(&journey), 1);
    let journey = journey.wait(minutes(30));
    assert_eq!(looks(&journey), 1, "no polling");
    let journey = journey.press("space").press("space");
    assert_eq!(looks(&journey), 1, "a pause is no occasion");
    let journey = journey.message(missing()).shows(&["the tunnel is gone", "ngrok http 9527"]);
    let journey = journey.message(found(URL)).shows(&[words("TUNNEL_BACK", En)]);
    let new = "https://b2.ngrok-free.app";
    journey.message(found(new)).shows(&["has another URL now", new]);
}

#[test]
fn a_recording_and_a_demo_look_for_no_tunnel() {
    for source in [CallbackSource::Recording, CallbackSource::Demo] {
        let journey = Journey::set(120, 36, |it| it.source = source).deliver([body("{}")]);
        assert_eq!(looks(&journey.wait(minutes(2))), 0, "{source:?}");
    }
}

#[test]
fn the_steps_are_ticked_off_by_what_is_known() {
    for (lang, steps) in [
        (En, ["1 start a tunnel: ngrok http 9527", "2 set the callback URL", "3 wait two minutes"]),
        (Zh, ["1 启动隧道：ngrok http 9527", "2 在控制台填写回调 URL", "3 等待 2 分钟"]),
    ] {
        for (columns, rows) in [(50, 8), (80, 24), (200, 50)] {
            let journey = Journey::speaking(lang, columns, rows).shows(&steps);
            journey.message(found(URL)).hides(&[steps[0]]).shows(&["✓ 1", URL, steps[1], steps[2]]);
        }
    }
}

#[test]
fn programs_that_are_installed_are_offered_and_one_that_leads_elsewhere_is_told() {
    let report = |state| TunnelReport { state, installed: vec![TunnelProgram::Cpolar] };
    let journey = Journey::at(80, 24).message(Message::Tunnel(report(TunnelState::NotRunning)));
    let journey = journey.shows(&["1 start a tunnel: cpolar http 9527"]).hides(&["ngrok"]);
    let targets = vec!["http://localhost:3000".to_owned()];
    let elsewhere = TunnelState::OtherTarget(TunnelProgram::Ngrok, targets);
    let journey = journey.message(Message::Tunnel(report(elsewhere)));
    journey.shows(&["ngrok leads to http://localhost:3000, not here"]);
}

#[test]
fn a_given_address_that_does_not_reply_is_told() {
    let why = "cannot connect to http://127.0.0.1:7/: connection refused".to_owned();
    let state = TunnelState::NoReply(TunnelProgram::Frp, why);
    let report = || Message::Tunnel(TunnelReport { state: state.clone(), installed: vec![] });
    let error = "no reply of frp: cannot connect to http://127.0.0.1:7/: connection refused";
    let journey = Journey::at(120, 36).message(report()).shows(&[error]);
    journey.press("u").message(report()).shows(&[error]).hides(&["looking for a tunnel"]);
}

#[test]
fn after_a_minute_of_silence_each_reason_has_its_check_and_there_is_one_look() {
    let journey = Journey::at(120, 36).message(found(URL)).wait(minutes(2));
    assert_eq!(looks(&journey), 1);
    journey.shows(&[
        words("SILENT_TITLE", En),
        "changed: imscope doctor",
        "curl -i https://a1.ngrok-free.app/",
    ]);
}

#[test]
fn the_first_callback_after_a_wait_is_one_line() {
    let first = |lang: Lang, change: fn(&mut Delivery)| {
        let mut first = body("{}");
        change(&mut first);
        Journey::speaking(lang, 120, 36).wait(minutes(1)).deliver([first])
    };
    let signed = |it: &mut Delivery| it.signature = Verdict::Valid { age: 1 };
    first(En, signed).shows(&["first callback from 1400000000 · signed · answered in "]);
    first(Zh, signed).shows(&["首个回调来自 1400000000 · 签名有效 · "]);
    first(En, |it| it.signature = Verdict::Unchecked).shows(&["signature not checked"]);
    let refused = |it: &mut Delivery| *it = forged(it.clone());
    first(En, refused).shows(&["the first callback was refused: signature"]);
}

#[test]
fn the_steps_stay_until_a_callback_comes_that_imscope_did_not_send() {
    for (lang, step) in
        [(En, "3 wait two minutes, then send a message"), (Zh, "3 等待 2 分钟，然后发一条消息")]
    {
        let sample = |text| {
            let headers = [("user-agent", own_request::USER_AGENT.as_bytes())];
            Delivery {
                headers: headers.into_iter().collect(),
                ..Chat::new().sends_text("alice", "bob", text, 1)
            }
        };
        for size in [(80, 24), (120, 36), (160, 36)] {
            let journey = Journey::speaking(lang, size.0, size.1).shows(&[step]);
            let journey = journey.deliver([forged(sample("refused"))]).shows(&[step]);
            let journey = journey.hides(&[words("SAMPLE_ARRIVED", lang)]);
            let journey = journey.deliver([sample("mine")]);
            let journey = journey.shows(&["mine", step, words("SAMPLE_ARRIVED", lang)]);
            let journey = journey.deliver((0..30).map(|_| sample("again"))).shows(&[step]);
            journey.deliver(Chat::new().texts(1)).hides(&[step]).shows(&["again", "text 0."]);
        }
        let of_demo =
            Journey::set(80, 24, |it| (it.lang, it.source) = (lang, CallbackSource::Demo));
        of_demo.deliver([sample("mine")]).hides(&[step]);
    }
}
