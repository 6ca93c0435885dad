//! The list of filters with names.

use std::sync::Arc;

use crossterm::event::{MouseButton, MouseEventKind};
use imscope::callback::Lang::{self, En, Zh};
use imscope::dashboard::{MouseUse, Request};
use imscope::history::filter::{Filter, NamedFilter};

use super::chat::a_bit_of_everything;
use super::harness::Journey;

/// Filters with names.
pub(crate) fn named(filters: &[(&'static str, &str)]) -> Arc<[NamedFilter]> {
    let named = |(name, text): &(&'static str, &str)| NamedFilter {
        name,
        filter: Filter::parse(text).unwrap(),
    };
    filters.iter().map(named).collect()
}

const FILTERS: [(&str, &str); 3] =
    [("bad", "failed"), ("spam", "from:mallory"), ("小明的", "from:小明 | to:小明")];

fn with(lang: Lang, (width, height): (u16, u16), filters: &[(&'static str, &str)]) -> Journey {
    let journey = Journey::set(width, height, |it| {
        it.lang = lang;
        it.filters = named(filters);
        it.writes_entered = true;
        it.mouse = MouseUse::On;
    });
    journey.deliver(a_bit_of_everything())
}

#[test]
fn a_filter_is_chosen_by_its_digit_by_enter_and_by_a_click_and_kept_as_a_typed_one() {
    let journey = with(En, (120, 36), &FILTERS).press("f");
    let journey = journey.shows(&["Named filters", "1  bad", "from:mallory", "3 of 17"]);
    let journey = journey.press("2").shows(&["of 17 · from:mallory"]).hides(&["Named filters"]);
    let journey = journey.press("f down down enter").shows(&["of 17 · from:小明 | to:小明"]);
    let journey = journey.press("f esc").shows(&["of 17 · from:小明 | to:小明"]);
    let journey =
        journey.press("/ ctrl-u up up").shows(&[" filter / from:mallory"]).press("esc esc");
    let list = journey.press("f");
    let rows = list.buffer_rows();
    let row = rows.iter().position(|it| it.contains("1  bad")).unwrap();
    let click = MouseEventKind::Down(MouseButton::Left);
    let journey = list.mouse(click, (60, u16::try_from(row).unwrap()));
    let journey = journey.shows(&["of 17 · failed"]).hides(&["Named filters"]);
    let kept = journey.requests();
    let is_kept = |it: &&Request| format!("{it:?}").contains("from:mallory");
    assert_eq!(kept.iter().filter(is_kept).count(), 1, "{kept:?}");
}

#[test]
fn the_list_of_filters_shows_the_number_of_matches_of_the_selected_one() {
    let journey =
        with(En, (120, 36), &[("all", ""), ("bad", "failed"), ("none", "nothing-like-it")]);
    let journey = journey.press("f").shows(&["17 of 17"]).press("j").shows(&["3 of 17"]);
    journey.press("j").shows(&["0 of 17"]).press("esc").hides(&["of 17"]);
}

#[test]
fn many_filters_scroll_and_long_ones_are_cut_in_the_middle() {
    let long = format!("from:alice to:bob {} -lag>3s", "word ".repeat(60));
    let mut filters = vec![("longest", long.as_str())];
    filters.extend([("again", "failed"); 30]);
    filters.push(("last", "denied"));
    let journey = with(En, (80, 24), &filters).press("f");
    let journey =
        journey.shows(&["from:alice to:bob", "…", "-lag>3s", "9  again"]).hides(&["last"]);
    let journey = journey.press("G").shows(&["last", "denied"]).hides(&["longest"]);
    journey.press("7").shows(&["of 17 · failed"]);
}

#[test]
fn without_a_named_filter_it_is_shown_how_to_add_one() {
    for (lang, text) in [(En, "[filters] in the config file"), (Zh, "配置文件的 [filters]")] {
        with(lang, (80, 24), &[]).press("f").shows(&[text]);
    }
}

#[test]
fn a_name_stands_with_other_terms_in_the_filter_line_and_is_completed() {
    let journey = with(En, (120, 36), &FILTERS).press("/").type_text("@sp");
    let journey = journey.hides(&["no filter is called"]).shows(&["@spam", "from:mallory"]);
    let journey = journey.press("tab").type_text(" failed").shows(&["of 17"]).press("enter");
    let journey = journey.shows(&["of 17 · (from:mallory) failed"]);
    let journey = journey.press("/ ctrl-u").type_text("@spma a");
    let journey = journey.shows(&["no filter is called `spma`; did you mean `@spam`?"]);
    let journey = journey.press("esc / ctrl-u").type_text("@spma").press("enter");
    journey.shows(&["did you mean `@spam`?"]);
    let rule = with(Zh, (120, 36), &FILTERS).press("o a").type_text("@spam => deny");
    rule.shows(&["此处不能使用名称 `@spam`；请写出该过滤条件"]);
}

#[test]
fn in_private_mode_no_filter_of_a_name_is_offered() {
    let journey = with(En, (120, 36), &FILTERS).press("p /").type_text("@sp");
    journey.shows(&["@spam"]).hides(&["mallory"]).press("tab enter").hides(&["mallory"]);
}

#[test]
fn in_private_mode_no_remark_quotes_the_filter_of_a_name() {
    let typed = |keys, text| {
        let filters = [("x", "from:mallory denide")];
        with(En, (120, 36), &filters).press(keys).type_text(text)
    };
    for text in ["@x", "@x failed"] {
        typed("/", text).shows(&["searches the text `denide`"]);
        typed("p /", text).shows(&[text]).hides(&["denide", "mallory"]);
    }
    typed("p /", "denide").shows(&["searches the text `denide`"]);
}

#[test]
fn in_private_mode_the_list_shows_the_names_alone() {
    let journey = with(En, (120, 36), &FILTERS).press("p f");
    journey.shows(&["1  bad", "•••"]).hides(&["from:mallory"]).press("2").hides(&["mallory"]);
}

#[test]
fn on_a_line_of_the_payload_f_filters_by_the_field() {
    let journey = with(En, (120, 36), &FILTERS).press("4 l j j f");
    journey.hides(&["Named filters"]).shows(&["of 17 · ."]);
}
