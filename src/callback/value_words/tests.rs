//! Tests of the words of values.

use super::*;
use crate::callback::command;
use crate::callback::json::read;

fn explain(command: &str, field: &str, value: &str, lang: Lang) -> Option<String> {
    let value = read(value.as_bytes()).unwrap();
    explained(command, field, value, lang, &|it| format!("at {it}"))
}

#[test]
fn a_code_has_its_words_in_both_languages() {
    let stage = |lang| explain("Push.OfflinePush", "PushStage", "3", lang);
    assert_eq!(stage(Lang::En).as_deref(), Some("3 (tapped)"));
    assert_eq!(stage(Lang::Zh).as_deref(), Some("3（已点击）"));
    assert_eq!(explain("Push.OfflinePush", "PushStage", "9", Lang::En), None);
}

#[test]
fn one_field_has_other_words_in_another_command() {
    let event = |command| explain(command, "EventType", "2", Lang::En);
    assert_eq!(event("Push.OfflinePush").as_deref(), Some("2 (group)"));
    assert_eq!(event("Push.AllMemberPush").as_deref(), Some("2 (online push)"));
    assert_eq!(event("Live.CallbackAfterDestroyRoom"), None);
}

#[test]
fn times_are_dates_and_durations_are_seconds() {
    let time = |field, value| explain("Live.CallbackAfterEndBattle", field, value, Lang::En);
    assert_eq!(
        time("EventMsTs", "1763000000123").as_deref(),
        Some("1763000000123 (at 1763000000)")
    );
    assert_eq!(time("EndTime", "\"1763000000\"").as_deref(), Some("1763000000 (at 1763000000)"));
    assert_eq!(time("Duration", "90000").as_deref(), Some("90000 (90 s)"));
    assert_eq!(time("StartTime", "0"), None);
    assert_eq!(time("Score", "1763000000"), None);
    let never = explain("Call.CallbackAfterEndCall", "AcceptTime", "0", Lang::En);
    assert_eq!(never.as_deref(), Some("0 (never)"));
}

#[test]
fn every_row_is_of_a_command_that_is_known() {
    for it in TABLE {
        assert!(command::TABLE.iter().any(|known| known.word.starts_with(it.commands)));
    }
}
