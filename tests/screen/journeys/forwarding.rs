//! What is shown of forwarding: who can call the local app, what was refused, the
//! headers of its replies; and commands that work when pasted.

use imscope::callback::Lang::{self, En, Zh};
use imscope::callback::trouble::{self, Trouble};
use imscope::callback::{AnsweredBy, AppReply, Headers, Refusal};
use imscope::dashboard::{Reach, Settings};
use ratatui::buffer::Cell;
use ratatui::style::Color;

use super::chat::{Chat, answer};
use super::harness::{Journey, words};

const PUBLIC: &str = "https://im.example.com";

fn forwarding(change: impl FnOnce(&mut Settings)) -> Journey {
    Journey::set(120, 36, |it| {
        (it.signed, it.forward) = (false, Some("http://127.0.0.1:8080".to_owned()));
        change(it);
    })
}

#[test]
fn an_app_that_strangers_can_call_is_warned_of() {
    let found = || super::harness::found(PUBLIC);
    forwarding(|_| {}).hides(&["no token"]).message(found()).shows(&[words("NO_TOKEN", En)]);
    forwarding(|it| it.lang = Zh).message(found()).shows(&[words("NO_TOKEN", Zh)]);
    forwarding(|it| it.reach = Reach::OtherMachines).shows(&[words("NO_TOKEN", En)]);
    forwarding(|it| it.signed = true).message(found()).hides(&["no token"]);
    forwarding(|it| it.forward = None).message(found()).hides(&["no token"]);
}

#[test]
fn the_answer_without_a_rule_is_that_of_the_local_app_if_there_is_one() {
    for (lang, of_app, ok) in
        [(En, "reply local app", "reply OK"), (Zh, "应答 由本地应用决定", "应答 OK")]
    {
        let journey = forwarding(|it| it.lang = lang).shows(&[of_app]).press("o");
        journey.shows(&[&format!("✓ 1  {}", words("REPLY_OF_APP", lang))]).hides(&["1  OK"]);
        let own = forwarding(|it| (it.lang, it.forward) = (lang, None));
        own.shows(&[ok]).press("o").shows(&["✓ 1  OK"]);
    }
}

#[test]
fn the_commands_of_the_empty_screen_fit_the_listener() {
    Journey::at(120, 36).shows(&[
        words("EMPTY_SAMPLE_SIGNED", En),
        "imscope send http://127.0.0.1:9527 --app 1400000000",
        "ngrok http 9527",
    ]);
    let journey = Journey::set(120, 36, |it| {
        it.url = "https://0.0.0.0:9527".to_owned();
        it.token_file = Some("my token".to_owned());
        it.sdk_app_id = None;
    });
    journey.hides(&["IMSCOPE_TOKEN"]).shows(&[
        "imscope send https://127.0.0.1:9527 --token-file 'my token'",
        "ngrok http https://localhost:9527",
    ]);
}

#[test]
fn a_refused_call_is_shown_with_its_reason() {
    for refusal in [Refusal::Path, Refusal::Browser, Refusal::Loop] {
        for (lang, refused) in [(En, "⊘ refused: "), (Zh, "⊘ 拒收：")] {
            let mut call = Chat::new().texts(1).remove(0);
            call.refusal = Some(refusal);
            let reason = refusal.reason().unwrap().text(lang);
            Journey::speaking(lang, 140, 36)
                .deliver([call])
                .shows(&[&format!("{refused}{reason}")]);
        }
    }
}

#[test]
fn the_headers_of_a_reply_are_shown() {
    let mut call = Chat::new().texts(1).remove(0);
    call.answer.headers = Headers::from_iter([("x-request-id", &b"7f"[..])]);
    let headers = Headers::from_iter([("location", &b"/im/callback/"[..])]);
    let reply = AppReply { status: 302, headers, ..AppReply::default() };
    call.answer.app_reply = Some(Box::new(reply));
    let journey = Journey::at(120, 36).deliver([call]).press("4 l l l");
    journey.shows(&["x-request-id: 7f", "location: /im/callback/"]);
}

#[test]
fn tls_to_a_plain_port_is_counted_and_the_empty_screen_tells_what_to_do() {
    use imscope::dashboard::Unreadable::Tls;
    use imscope::edge::event_loop::Message;
    for lang in [imscope::callback::Lang::En, imscope::callback::Lang::Zh] {
        Journey::speaking(lang, 200, 50)
            .message(Message::Unreadable(Tls))
            .press("esc")
            .shows(&[&Tls.sentence(lang)])
            .deliver(Chat::new().texts(1))
            .shows(&["✗ 1"]);
    }
}

#[test]
fn an_app_that_gives_no_answer_is_told_until_it_does() {
    for (lang, of_app) in [(En, "reply local app"), (Zh, "应答 由本地应用决定")] {
        let silent = words("APP_SILENT", lang);
        let mut chat = Chat::new();
        let mut call = |trouble: Option<Trouble>, by| {
            let mut call = chat.sends_text("alice", "bob", "hi", 1);
            call.answer.by = by;
            call.answer.trouble.extend(trouble);
            call
        };
        let refused =
            trouble::cannot_connect("http://127.0.0.1:8080", "connection refused", "1 ms");
        let journey = forwarding(|it| it.lang = lang).deliver([call(None, AnsweredBy::App)]);
        let journey = journey.shows(&[of_app]).hides(&[silent]);
        let journey = journey.deliver([call(Some(refused), AnsweredBy::Imscope)]);
        let journey = journey.shows(&[silent]).hides(&[of_app]);
        let journey = journey.deliver([call(None, AnsweredBy::App)]);
        journey.shows(&[of_app]).hides(&[silent]);
    }
}

/// The color of the decision in the Answer tab.
fn color_of_decision(journey: &Journey, lang: Lang) -> Color {
    let label = words("DECISION", lang);
    let painted = journey.painted();
    let buffer = painted.terminal.backend().buffer();
    let mut rows = buffer.content.chunks(usize::from(buffer.area.width));
    let text = |row: &[Cell]| -> String { row.iter().map(Cell::symbol).collect() };
    let row = rows.find(|it| text(it).replace(' ', "").starts_with(&format!("│{label}")));
    let row = row.unwrap_or_else(|| panic!("no {label}\n{}", journey.screen()));
    row.iter().find(|it| [":", "："].contains(&it.symbol())).unwrap().fg
}

#[test]
fn an_allow_in_place_of_the_app_is_not_shown_as_that_of_the_app() {
    let texts = [
        (En, 0, "allowed !", "allowed!", "allowed  ·  by imscope, in place of the local app"),
        (Zh, 0, "允许 !", "允许 !", "允许（由 imscope 代替本地应用决定）"),
        (En, 120_001, "denied 120001 !", "↛120001!", "  ·  by imscope, in place of the local app"),
        (Zh, 120_001, "拒绝 120001 !", "↛120001!", "（由 imscope 代替本地应用决定）"),
    ];
    for (lang, code, word, in_narrow, summary) in texts {
        let mut chat = Chat::new();
        let mut call = |trouble: Vec<Trouble>, by| {
            let mut call = chat.asks("alice", "bob", "may I?", answer(code, "", ""));
            (call.answer.by, call.answer.trouble) = (by, trouble);
            call
        };
        let down = trouble::cannot_connect("http://127.0.0.1:8080", "connection refused", "1 ms");
        let by_app = forwarding(|it| it.lang = lang).deliver([call(Vec::new(), AnsweredBy::App)]);
        let by_app = by_app.hides(&[word, summary]).press("4 l l l z");
        assert_ne!(color_of_decision(&by_app, lang), Color::Red);
        by_app.hides(&[words("REPLACES_APP", lang), words("BY_IMSCOPE_WITHOUT_APP", lang)]);
        let journey = forwarding(|it| it.lang = lang);
        let journey = journey.deliver([call(vec![down.clone()], AnsweredBy::Imscope)]);
        let journey = journey.shows(&[word, summary]).press("4 l l l z");
        assert_eq!(color_of_decision(&journey, lang), Color::Red);
        let journey = journey.shows(&[words("BY_IMSCOPE_WITHOUT_APP", lang)]);
        // In two lines if it is long.
        let text = journey.screen().replace('│', " ");
        let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(text.contains(words("REPLACES_APP", lang).trim()), "{}", journey.screen());
        let narrow = Journey::speaking(lang, 80, 24);
        narrow.deliver([call(vec![down], AnsweredBy::Imscope)]).shows(&[in_narrow]);
    }
}
