//! The help: its place, and its search.

use imscope::callback::Lang::{En, Zh};

use super::chat::Chat;
use super::harness::{Journey, words};

/// The help on a screen with one callback.
fn help(lang: imscope::callback::Lang, (columns, rows): (u16, u16)) -> Journey {
    Journey::speaking(lang, columns, rows).deliver(Chat::new().texts(1)).press("?")
}

#[test]
fn a_search_in_help_shows_its_matches_and_esc_ends_it_before_it_closes() {
    let journey = help(En, (100, 24)).shows(&["Moving"]);
    let journey = journey.press("/").type_text("json line");
    let journey = journey.shows(&[" search / json line", "1 / 4", "save: JSON Lines"]);
    // Keys of the help are text until Enter.
    let journey = journey.press("enter").hides(&["search /"]).shows(&["1 / 4"]);
    let journey = journey.press("n").shows(&["2 / 4"]).press("n").shows(&["3 / 4"]);
    let journey = journey.shows(&["all rows of Flow, as JSON Lines"]);
    let journey = journey.press("N N N").shows(&["4 / 4"]).press("n").shows(&["1 / 4"]);
    let journey = journey.press("j k").shows(&["save: JSON Lines"]);
    let journey = journey.press("esc").hides(&["/ 4"]).shows(&[words("HELP", En), "JSON Lines"]);
    journey.press("esc").hides(&[words("HELP", En)]);
}

#[test]
fn a_search_in_help_finds_a_wrapped_chinese_word_and_says_if_there_is_none() {
    // In so few columns the meaning of the first form is wrapped.
    for columns in 50..60 {
        let searched = "正文包含该文字，不区分大小写";
        let journey = help(Zh, (columns, 24)).press("/").type_text(searched);
        journey.shows(&["1 / 1", "正文包含"]).press("enter n").shows(&["1 / 1", "正文包含"]);
    }
    let journey = help(Zh, (80, 24)).press("/").type_text("土豆").shows(&["无匹配"]);
    let journey = journey.press("enter n N").shows(&["无匹配"]).press("esc j").shows(&["显示"]);
    journey.press("q").hides(&[words("HELP", Zh)]);
}

#[test]
fn a_paste_goes_into_the_search_of_help_and_an_empty_one_ends() {
    let journey = help(En, (80, 24)).press("/").paste("switchboard\nx").shows(&["/ switchboard "]);
    let journey = journey.press("esc /").shows(&["search /"]).press("enter").hides(&["search /"]);
    let journey = journey.paste("switchboard").shows(&[words("PASTE_IGNORED", En)]);
    journey.press("x d C").shows(&[words("HELP", En)]).press("?").hides(&[words("HELP", En)]);
}

#[test]
fn help_begins_with_the_keys_of_what_is_open_and_the_switchboard_returns() {
    for (keys, heading) in [("5", "TIMELINE_KEYS"), ("b", "PAGE_KEYS"), ("o", "SWITCHBOARD_KEYS")] {
        let journey = Journey::at(80, 24).deliver(Chat::new().texts(1)).press(keys).press("?");
        let rows = journey.buffer_rows();
        assert!(rows[2].contains(words(heading, En)), "{}", journey.screen());
        let journey = journey.press("k").shows(&[words(heading, En)]);
        assert!(!journey.buffer_rows()[2].contains(words(heading, En)), "{}", journey.screen());
    }
    let journey = Journey::at(80, 24).deliver(Chat::new().texts(1)).press("o ? / a enter esc esc");
    journey.shows(&[words("ANSWERS", En)]).press("esc").hides(&[words("ANSWERS", En)]);
}

#[test]
fn the_help_explains_the_signs() {
    for lang in [En, Zh] {
        let journey = Journey::speaking(lang, 80, 120).deliver(Chat::new().texts(1)).press("?");
        let signs = ["MARKED", "DENIED", "REPLACES_APP", "DOUBTFUL"];
        let journey = journey.shows(&signs.map(|it| words(&format!("SIGN_{it}"), lang)));
        journey.shows(&["LEGEND", "OTHER_SIGNS"].map(|it| words(it, lang)));
    }
}
