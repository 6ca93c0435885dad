//! What is offered while a filter or a rule is typed.

use imscope::callback::Lang::{self, En, Zh};
use imscope::history::filter::language::TABLE;
use unicode_width::UnicodeWidthStr as _;

use super::chat::Chat;
use super::frames::assert_in_cells;
use super::harness::{Journey, words};

const SIZES: [(u16, u16); 2] = [(80, 24), (120, 36)];
/// Names of 32 bytes, and others that are hard to write or to draw.
const NAMES: [&str; 5] = [
    "user_0123456789abcdef0123456789a",
    "user_0123456789abcdef0123456789b",
    "小明",
    "🧧 envelope",
    "the \"boss\"",
];

fn chat(lang: Lang, size: (u16, u16)) -> Journey {
    let mut chat = Chat::new();
    let texts: Vec<_> = NAMES.map(|it| chat.sends_text(it, "bob", "hi", 1)).into();
    Journey::speaking(lang, size.0, size.1).deliver(texts)
}

/// The last row, which is the input line.
fn input(journey: &Journey) -> String {
    journey.buffer_rows().last().unwrap().trim().replace("  ", " ")
}

#[test]
fn names_are_listed_the_most_recent_first_and_quoted() {
    for (lang, size) in SIZES.into_iter().flat_map(|it| [(En, it), (Zh, it)]) {
        let mut journey = chat(lang, size).press("/").type_text("from:");
        for name in NAMES.iter().rev() {
            journey = journey.press("tab");
            assert_in_cells(&journey);
            let begin: String = name.chars().take(1).collect();
            assert!(input(&journey).contains(&begin), "{}", journey.screen());
        }
        let journey = journey.press("enter").shows(&["1 of 5"][..usize::from(lang == En)]);
        let journey = journey.press("/ ctrl-u").type_text("from:the").press("tab enter");
        assert_in_cells(&journey.shows(&["from:\"the \\\"boss"]));
    }
}

#[test]
fn the_list_is_entered_by_tab_and_left_by_esc_and_arrows_are_history_before() {
    let journey = chat(En, (80, 24)).press("/").type_text("bob").press("enter / ctrl-u");
    let journey = journey.shows(&["the acting user"]).press("up");
    assert!(input(&journey).ends_with("/ bob"), "{}", journey.screen());
    let journey = journey.press("ctrl-u").type_text("t").press("tab down up down");
    assert!(input(&journey).ends_with("/ type:"), "{}", journey.screen());
    let journey = journey.press("esc");
    assert!(input(&journey).ends_with("/ t"), "{}", journey.screen());
    journey.press("esc").hides(&["the recipient"]);
}

#[test]
fn tab_after_a_field_goes_on_with_its_values() {
    let journey = chat(En, (80, 24)).press("/").type_text("t").press("tab tab");
    let journey = journey.shows(&["bob"]).hides(&["the recipient"]);
    assert!(input(&journey).ends_with("/ to:"), "{}", journey.screen());
    let journey = journey.press("tab");
    assert!(input(&journey).ends_with("/ to:bob"), "{}", journey.screen());
    let forms = journey.press("ctrl-u").type_text("at:").shows(&["2026-11-27T14:02", "14:02:11-"]);
    forms.press("tab enter").shows(&["at:14:02"]);
}

#[test]
fn what_is_like_something_seen_is_offered_when_nothing_matches() {
    let journey = chat(En, (80, 24)).press("/").type_text("user:bbo");
    let journey = journey.shows(&["did you mean `user:bob`?"]).press("enter");
    let journey = journey.shows(&["nothing matches; esc", "did you mean `user:bob`?"]);
    let journey = journey.press("p").hides(&["user:bob"]).press("p / ctrl-u").type_text(".Text:hi");
    journey.shows(&["`.MsgBody.MsgContent.Text:hi`"]);
}

#[test]
fn what_is_like_something_seen_is_looked_up_when_twice_as_many_have_come_and_after_clearing() {
    let mut chat = Chat::new();
    let of_bob = |count| -> Vec<_> {
        (0..count).map(|_| Chat::new().sends_text("bob", "carol", "hi", 1)).collect()
    };
    let meant = ["did you mean `user:alice`?"];
    let journey = Journey::at(80, 24).deliver(of_bob(5)).press("/");
    let journey = journey.type_text("user:alcie").hides(&meant);
    let journey = journey.deliver(chat.texts(1)).hides(&meant);
    let journey = journey.deliver(chat.texts(1)).shows(&meant).press("enter").shows(&meant);
    let journey = journey.press("C y").deliver(of_bob(7));
    journey.shows(&["nothing matches"]).hides(&meant);
}

#[test]
fn matches_are_counted_while_the_filter_that_is_set_stays() {
    let mut chat = Chat::new();
    let journey = Journey::at(120, 36).deliver(chat.texts(10)).press("/").type_text("bob");
    let journey = journey.press("enter / ctrl-u").type_text("\"text 7\"");
    let journey = journey.shows(&["1 of 10", "10 of 10 · bob"]).type_text(" (");
    let journey = journey.hides(&["1 of 10 "]).press("esc").shows(&["10 of 10 · bob"]);
    journey.press("o a").type_text("\"text 7\" => ").shows(&["1 of 10"]);
}

#[test]
fn the_page_about_the_language_closes_back_to_the_text() {
    for (lang, size) in SIZES.into_iter().flat_map(|it| [(En, it), (Zh, it)]) {
        let title = words("LANGUAGE", lang);
        let mut journey = chat(lang, size).press("/ ?").shows(&[title]);
        let mut seen = String::new();
        for _ in 0..30 {
            assert_in_cells(&journey);
            seen += &journey.screen();
            journey = journey.press("pgdn");
        }
        for entry in TABLE {
            let name = entry.name.text(lang);
            assert!(seen.contains(name) && name.width() < 20, "{name}");
        }
        let journey = journey.press("esc").hides(&[title]).type_text("what?");
        assert!(input(&journey).ends_with("what?"), "{}", journey.screen());
        let journey = journey.press("f1").shows(&[title]).press("q").hides(&[title]);
        assert!(input(&journey).ends_with("what?"), "{}", journey.screen());
    }
}

#[test]
fn private_mode_offers_no_names() {
    let journey = chat(En, (80, 24)).press("p /").type_text("from:");
    let journey = journey.hides(&["小明", "boss"]).press("tab");
    assert!(input(&journey).ends_with("/ from:"), "{}", journey.screen());
    journey.press("ctrl-u").type_text("fr").press("tab").shows(&["/ from:"]);
}

#[test]
fn a_word_that_is_nearly_a_keyword_has_a_remark_and_is_still_searched_for() {
    for (lang, remark) in [(En, "did you mean `before`?"), (Zh, "是否想写 `before`？")] {
        let journey = Journey::speaking(lang, 120, 36).deliver(Chat::new().texts(2)).press("/");
        let journey = journey.type_text("befor").shows(&[remark]).type_text("e").hides(&[remark]);
        journey.press("backspace").shows(&[remark]).press("enter").shows(&[remark]);
    }
}

#[test]
fn a_field_without_a_value_is_no_mistake_before_enter_and_enter_lists_its_values() {
    for (lang, mistake) in [(En, "needs a value"), (Zh, "后需紧跟一个值")] {
        let journey = chat(lang, (120, 36)).press("/ tab");
        assert!(input(&journey).ends_with("/ from:"), "{}", journey.screen());
        let journey =
            journey.hides(&[mistake]).press("enter").shows(&["envelope"]).hides(&[mistake]);
        assert!(input(&journey).ends_with("/ from:"), "{}", journey.screen());
        let journey = journey.press("down down enter").hides(&["/ from:"]);
        journey.press("/ ctrl-u").type_text("from:").press("enter").shows(&[mistake]);
    }
}

#[test]
fn a_type_that_is_searched_as_text_has_a_remark_if_nothing_matches() {
    for (lang, remark) in
        [(En, "did you mean `type:recalled`?"), (Zh, "是否想写 `type:recalled`？")]
    {
        let journey = Journey::speaking(lang, 120, 36).deliver(Chat::new().texts(2)).press("/");
        journey
            .type_text("recall")
            .shows(&[remark])
            .press("ctrl-u")
            .type_text("text")
            .hides(&[remark]);
    }
}

#[test]
fn f_filters_by_the_field_under_the_cursor() {
    let journey = chat(En, (120, 36)).press("f").shows(&["no named filters: "]);
    journey.press("4 z l").shows(&["CallbackCommand"]).press("j j f").shows(&["of 5 · ."]);
}

#[test]
fn on_the_smallest_screen_a_mistake_is_whole_and_its_caret_at_its_place() {
    for (lang, mistake) in [
        (En, "unknown field `fro`; did you mean `from`?"),
        (Zh, "未知字段 `fro`；是否想写 `from`？"),
    ] {
        let journey = chat(lang, (50, 8)).press("/").type_text("fro:x and more");
        let journey = journey.shows(&[mistake]);
        let rows = journey.buffer_rows();
        let place = |row: &str, text: &str| row.find(text).map(|at| row[..at].width());
        let line = rows.last().unwrap();
        assert_eq!(place(&rows[6], "▾"), place(line, "fro"), "{}", journey.screen());
        assert_in_cells(&journey);
    }
}
