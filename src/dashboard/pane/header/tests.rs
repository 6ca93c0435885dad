//! The order in which parts of the first line leave.

use std::collections::HashSet;

use super::*;
use crate::callback::tunnel::TunnelReport;
use crate::callback::tunnel_program::TunnelProgram;
use crate::callback::{Answer, Delivery, Lang, Refusal, Timestamp, Verdict};
use crate::dashboard::settings::{InvalidReplies, Reach, Settings};
use crate::dashboard::status::Recording;
use crate::history::HistoryConfig;

/// A dashboard with as many parts as there can be.
fn app(lang: Lang) -> App {
    let settings = Settings {
        url: "http://127.0.0.1:9527".to_owned(),
        forward: Some("http://127.0.0.1:8080/im/callback".to_owned()),
        invalid_replies: InvalidReplies::Returned,
        signed: true,
        sdk_app_id: Some("1400000000".to_owned()),
        reach: Reach::OtherMachines,
        lang,
        ..Settings::default()
    };
    let mut app = App::new(settings, HistoryConfig::default(), Timestamp::default());
    let url = "https://a1b2-203-0-113-7.ngrok-free.app";
    app.report_tunnel(TunnelReport::found(TunnelProgram::Ngrok, url));
    let name = "chat.jsonl".to_owned();
    app.set_recording(Recording { name, bytes: 12_400_000, ..Recording::default() });
    app
}

fn line(app: &App, cells: usize) -> String {
    let ([left, right], _) = fitted(app, cells);
    left.into_iter().chain(right).map(|(text, _)| text).collect()
}

#[test]
fn addresses_are_cut_and_leave_before_the_state() {
    let app = app(Lang::En);
    let state = ["sign on", "● rec", "strict", "0 seen"];
    let full = line(&app, 300);
    for text in state.iter().chain(&["chat.jsonl 12.4 MB", "app 1400000000", "reply local app"]) {
        assert!(full.contains(text), "{text:?} in {full}");
    }
    let usual = line(&app, 120);
    for text in state.iter().chain(&["⇄ https://", "⇒ http://", "…"]) {
        assert!(usual.contains(text), "{text:?} in {usual}");
    }
    for cells in [80, 60, 50] {
        let shown = line(&app, cells);
        assert!(state.iter().all(|it| shown.contains(it)), "{shown}");
    }
    assert!(!line(&app, 50).contains("http"), "{}", line(&app, 50));
}

#[test]
fn the_line_is_as_wide_as_it_may_be() {
    for lang in [Lang::En, Lang::Zh] {
        let mut app = app(lang);
        app.settings.signed = false;
        for cells in 30..300 {
            let shown = line(&app, cells);
            assert!(width(&shown) <= cells, "{shown:?}");
        }
    }
}

#[test]
fn while_calls_are_refused_the_word_of_the_signature_is_red_with_their_number() {
    let mut app = app(Lang::En);
    let shown = |app: &App, short| Part::Sign.spans(app, short);
    assert!(shown(&app, false).iter().all(|it| it.1 != app.theme.failure));
    let refusal = Some(Refusal::Signature);
    let answer = Answer { status: 403, ..Answer::ok(40) };
    let method = "POST".into();
    app.apply(&Delivery {
        method,
        signature: Verdict::Wrong,
        refusal,
        answer,
        ..Delivery::default()
    });
    for (short, text) in [(false, "   sign ✗ last 1 refused"), (true, "   sign ✗ 1")] {
        let spans = shown(&app, short);
        assert!(spans.iter().all(|it| it.1 == app.theme.failure));
        assert_eq!(spans.into_iter().map(|it| it.0).collect::<String>(), text);
    }
}

#[test]
fn each_part_has_a_step_at_which_it_leaves_or_stays_to_the_end() {
    let stays = [Part::Answers, Part::Sign, Part::Unanswered, Part::Unshown];
    for part in LEFT.into_iter().chain(RIGHT) {
        let leaves = STEPS.iter().filter(|it| **it == Step::Leave(part)).count();
        assert_eq!(leaves, usize::from(!stays.contains(&part)), "{part:?}");
    }
    let steps: HashSet<_> = STEPS.iter().map(|it| format!("{it:?}")).collect();
    assert_eq!(steps.len(), STEPS.len());
}
