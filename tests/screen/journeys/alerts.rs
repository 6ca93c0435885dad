//! The bell, and commands for callbacks.

use std::time::Duration;

use imscope::callback::{Delivery, Lang, Origin, jsonl};
use imscope::dashboard::Request;
use imscope::dashboard::alerts::{
    AlertRules, HookEvent, HookFailure, HookReport, HookRule, HookRun,
};
use imscope::edge::event_loop::Message;
use imscope::history::filter::Filter;

use super::chat::{Chat, a_bit_of_everything};
use super::harness::Journey;

const SECOND: Duration = Duration::from_secs(1);

/// A dashboard that rings for failures, and runs a command for each.
fn alerted(lang: Lang) -> Journey {
    let failed = || Filter::parse("failed").unwrap();
    let hook = HookRule { filter: failed(), command: "true".to_owned() };
    let alerts = AlertRules { bell: Some(failed()), hooks: vec![hook], ..AlertRules::default() };
    Journey::set(120, 36, |it| (it.alerts, it.lang) = (alerts, lang))
}

fn rings(journey: &Journey) -> Vec<String> {
    journey.painted().rings.clone()
}

fn runs(journey: &Journey) -> Vec<HookRun> {
    let runs = journey.requests().into_iter().filter_map(|it| match it {
        Request::RunHook(run) => Some(run),
        _ => None,
    });
    runs.collect()
}

#[test]
fn a_match_rings_at_once_and_the_next_ones_together() {
    let mut chat = Chat::new();
    let journey = alerted(Lang::En).deliver(chat.texts(3));
    assert!(rings(&journey).is_empty());
    let journey = journey.deliver([chat.fails("mallory", "bob", "join now", 80_001)]);
    assert_eq!(rings(&journey), ["mallory → bob join now · 80001 text blocked by content check"]);
    let failures: Vec<_> = (0..5).map(|_| chat.fails("a", "b", "c", 20_007)).collect();
    let journey = journey.deliver(failures).wait(SECOND);
    assert_eq!(rings(&journey).len(), 1);
    let journey = journey.wait(2 * SECOND);
    assert_eq!(rings(&journey)[1..], ["5 callbacks in 3 s: failed"]);
    assert_eq!(rings(&journey.wait(30 * SECOND)).len(), 2);
}

#[test]
fn a_command_gets_the_line_of_the_recording() {
    let failed = Chat::new().fails("mallory", "bob", "join now", 80_001);
    let journey = alerted(Lang::En).deliver([failed.clone()]);
    let [run] = &runs(&journey)[..] else { panic!("{:?}", journey.requests()) };
    assert_eq!((&*run.command, run.hook), ("true", 0));
    assert_eq!(jsonl::decode(&run.input).unwrap().body, failed.body);
}

#[test]
fn of_a_thousand_failures_few_run_one_notice_counts_the_others_and_none_is_lost() {
    let mut chat = Chat::new();
    let failures: Vec<_> = (0..1000).map(|_| chat.fails("a", "b", "c", 80_001)).collect();
    let journey = alerted(Lang::En).deliver(failures).wait(3 * SECOND);
    assert_eq!((runs(&journey).len(), journey.painted().seen), (10, 1000));
    assert!(rings(&journey).len() <= 2, "{:?}", rings(&journey));
    let journey = journey.shows(&["the command was not run for 990 callbacks"]);
    let journey = journey.wait(60 * SECOND).hides(&["was not run"]);
    assert_eq!(runs(&journey).len(), 10);
    let journey = journey.deliver([chat.fails("a", "b", "c", 80_001)]);
    assert_eq!(runs(&journey).len(), 11);
}

#[test]
fn of_two_commands_that_were_not_run_each_has_its_notice() {
    let hook = |text: &str| {
        let filter = Filter::parse(text).unwrap();
        HookRule { filter, command: "true".to_owned() }
    };
    let hooks = vec![hook("failed"), hook("80001")];
    let flood = || {
        let mut chat = Chat::new();
        let failures: Vec<_> = (0..100).map(|_| chat.fails("a", "b", "c", 80_001)).collect();
        let alerts = AlertRules { hooks: hooks.clone(), ..AlertRules::default() };
        let journey = Journey::set(120, 36, |it| it.alerts = alerts).deliver(failures);
        journey.wait(4 * SECOND).shows(&["--on 'failed': the command was not run"])
    };
    let second = "--on '80001': the command was not run for 90 callbacks";
    flood().wait(10 * SECOND).shows(&[second]).wait(11 * SECOND).hides(&["not run"]);
    // A key ends the first one.
    flood().press("k").shows(&[second]);
}

#[test]
fn a_ring_comes_in_time_while_a_report_waits_for_a_notice() {
    let failed = || Filter::parse("failed").unwrap();
    let hook = || HookRule { filter: failed(), command: "true".to_owned() };
    let alerts =
        AlertRules { bell: Some(failed()), hooks: vec![hook(), hook()], ..AlertRules::default() };
    let mut chat = Chat::new();
    let flood: Vec<_> = (0..100).map(|_| chat.fails("a", "b", "c", 80_001)).collect();
    let journey = Journey::set(120, 36, |it| it.alerts = alerts).press("space");
    let mut journey = journey.deliver(flood).wait(4 * SECOND).shows(&["was not run for 90"]);
    assert_eq!(rings(&journey).len(), 1);
    for _ in 0..2 {
        journey = journey.deliver([chat.fails("a", "b", "c", 80_001)]);
    }
    assert_eq!(rings(&journey).len(), 2, "{:?}", rings(&journey));
    let journey = journey.wait(3 * SECOND).shows(&["was not run for 90"]);
    assert_eq!(rings(&journey).len(), 3, "{:?}", rings(&journey));
}

#[test]
fn a_stalled_terminal_gets_one_ring_when_it_flows_again() {
    let mut chat = Chat::new();
    let mut journey = alerted(Lang::Zh).stall(true).press("k");
    for _ in 0..10 {
        journey = journey.deliver([chat.fails("a", "b", "c", 80_001)]).wait(10 * SECOND);
    }
    assert!(rings(&journey).is_empty());
    assert_eq!(rings(&journey.stall(false)), ["10 个回调：failed"]);
}

#[test]
fn nothing_personal_rings_in_private_mode() {
    let mut chat = Chat::new();
    let journey = alerted(Lang::En).press("p");
    let journey = journey.deliver([chat.fails("mallory", "bob", "join now", 80_001)]);
    let ring = &rings(&journey)[0];
    assert!(ring.contains("80001") && ring.contains("id-"), "{ring}");
    assert!(["mallory", "bob", "join"].iter().all(|it| !ring.contains(it)), "{ring}");
    // What was collected before rings so, too.
    let journey = journey.press("p").deliver([chat.fails("mallory", "bob", "join", 80_001)]);
    let journey = journey.press("p").wait(3 * SECOND);
    let last = rings(&journey).pop().unwrap();
    assert!(rings(&journey).len() == 2 && !last.contains("bob"), "{last}");
}

#[test]
fn nothing_hidden_rings() {
    let hostile = "\x1b]0;x\x07\u{9d}\u{202e}\n";
    let rings = rings(&alerted(Lang::En).deliver([Chat::new().all(hostile)]));
    assert!(rings.len() == 1 && !rings[0].contains(char::is_control), "{rings:?}");
    assert!(!rings[0].contains('\u{202e}'), "{rings:?}");
}

#[test]
fn what_the_user_sends_again_and_clears_does_not_ring() {
    let mut chat = Chat::new();
    let resent = Delivery { origin: Origin::Resent, ..chat.fails("a", "b", "c", 80_001) };
    let journey = alerted(Lang::En).message(Message::Resent(Box::new(resent)));
    assert!(rings(&journey).is_empty() && runs(&journey).is_empty());
    let two = [chat.fails("a", "b", "first", 80_001), chat.fails("a", "b", "second", 80_001)];
    let [first, second] = two.map(|it| [it]);
    let journey = journey.deliver(first).deliver(second).press("C y").wait(10 * SECOND);
    assert_eq!(rings(&journey).len(), 1, "{:?}", rings(&journey));
}

#[test]
fn no_alert_is_set_without_the_options() {
    let journey = Journey::at(120, 36).deliver(a_bit_of_everything()).wait(10 * SECOND);
    assert!(rings(&journey).is_empty() && runs(&journey).is_empty());
}

#[test]
fn a_command_that_fails_is_a_notice_without_its_output_in_private_mode() {
    let failure = HookFailure::Status("exit status: 3".to_owned(), "no bob here".to_owned());
    let report = HookReport { hook: 0, event: HookEvent::Failed(failure) };
    let journey = alerted(Lang::En).message(Message::Hook(report.clone()));
    let journey = journey.shows(&["--on 'failed': exit status: 3: no bob here"]);
    let journey = journey.press("p").message(Message::Hook(report));
    journey.shows(&["exit status: 3"]).hides(&["bob"]);
}
