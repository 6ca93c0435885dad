//! The timeline: of a recording of three days and of a live minute, its cursor, its marks.

use std::time::Duration;

use crossterm::event::{MouseButton, MouseEventKind};
use imscope::callback::Lang::{self, En, Zh};
use imscope::callback::{Answer, Delivery, Timestamp};
use imscope::dashboard::{CallbackSource, MouseUse, Settings};

use super::chat::{START, body, forged};
use super::frames::assert_sound;
use super::harness::{Journey, words};

const HOUR: u64 = 3_600;

fn at(seconds: u64, delivery: Delivery) -> Delivery {
    Delivery { at: START.plus(Duration::from_secs(seconds)), ..delivery }
}

fn failed(seconds: u64) -> Delivery {
    let body = body(r#"{"CallbackCommand":"C2C.CallbackAfterSendMsg","SendMsgResult":80001}"#);
    at(seconds, Delivery { answer: Answer::ok(2_500_000), ..body })
}

/// A callback every hour of three days, from 06:02:00 on; ten of them in each twelfth hour,
/// of which one failed and one is refused.
fn three_days() -> Vec<Delivery> {
    let mut all = Vec::new();
    for hour in 0..=72 {
        all.push(at(hour * HOUR, body("{}")));
        if hour % 12 == 0 {
            all.extend((1..8).map(|it| at(hour * HOUR + it, body("{}"))));
            all.push(failed(hour * HOUR + 8));
            all.push(at(hour * HOUR + 9, forged(body("{}"))));
        }
    }
    all
}

fn recording(lang: Lang, width: u16, height: u16) -> Journey {
    let set = |it: &mut Settings| {
        it.source = CallbackSource::Recording;
        it.lang = lang;
    };
    Journey::set(width, height, set).deliver(three_days())
}

fn size(journey: &Journey) -> usize {
    journey.screen().matches('╭').count()
}

#[test]
fn three_days_are_seen_at_each_size_in_both_languages() {
    for (width, height) in [(50, 8), (80, 24), (120, 36), (200, 50)] {
        for (lang, numbers) in [(En, "10 callbacks · 1 failed"), (Zh, "10 条回调 · 失败 1")]
        {
            let journey = recording(lang, width, height).press("5");
            assert_sound(&journey);
            let journey = journey.shows(&["╵11-2", numbers, words("TIMELINE", lang)]);
            let journey = journey.hides(&["0.0/s", "0.0/秒"]).press("z");
            assert_sound(&journey);
            assert_eq!(size(&journey), 1, "{}", journey.screen());
        }
    }
}

#[test]
fn the_timeline_of_a_recording_on_the_smallest_screen() {
    insta::assert_snapshot!(recording(En, 80, 24).press("5 h h h m h h h").screen());
}

#[test]
fn the_timeline_of_a_recording_in_chinese() {
    insta::assert_snapshot!(recording(Zh, 120, 36).press("5 z h h h m").screen());
}

#[test]
fn enter_goes_to_the_time_in_flow() {
    let journey = recording(En, 120, 36).press("5 g enter").assert_selected("06:02:00");
    journey.shows(&["120 below"]).press("5 G h enter").assert_selected("05:02:00");
    // Three steps of zoom: of ten minutes, most have no callback.
    let between = [
        (En, "no callback of 11-22 06:10–06:20 is listed"),
        (Zh, "列表中没有 11-22 06:10–06:20 的回调"),
    ];
    for (lang, notice) in between {
        let journey = recording(lang, 120, 36).press("5 g + + + l").hides(&[notice]).press("enter");
        journey.shows(&[notice]).assert_selected("07:02:00");
    }
}

#[test]
fn after_the_last_callback_that_is_listed_enter_stays() {
    let journey = recording(En, 120, 36).press("/").type_text("failed").press("enter");
    let journey = journey.shows(&["7 of 136"]).press("5 G").shows(&["1 callback · 1 failed"]);
    let journey = journey.press("/ ctrl-u").type_text("80002 | failed -code:80001").press("enter");
    journey.shows(&[words("NOTHING_MATCHES", En)]).press("5 enter g l +");
    // In a live view the last bar is that of now.
    for (lang, notice) in [(En, "or later is listed"), (Zh, "及之后的回调")] {
        let journey = Journey::speaking(lang, 120, 36).deliver([at(0, body("{}"))]);
        let journey = journey.wait(Duration::from_secs(5)).press("5 end").hides(&[notice]);
        // The numbers of its bar are those of a timeline that has the focus.
        let journey = journey.shows(&["06:02:05–06:02:06 · 0 "]).press("enter");
        journey.shows(&[notice, "06:02:05–06:02:06 · 0 "]);
    }
}

#[test]
fn bars_get_shorter_and_longer_around_the_cursor() {
    for lang in [En, Zh] {
        let [shortest, all] = ["SHORTEST_BARS", "ALL_IS_SHOWN"].map(|it| words(it, lang));
        let width = |en, zh| if lang == En { en } else { zh };
        let journey = recording(lang, 120, 36).press("5 g").shows(&[width("1 h ╮", "1 小时 ╮")]);
        let journey =
            journey.press("+").shows(&[width("30 min ╮", "30 分钟 ╮"), "06:00–06:30 · 10"]);
        let journey = journey.press("- -").shows(&[all]).press("+ + + + + + + + + + + + + + + +");
        let journey = journey.shows(&[shortest, width("1 s ╮", "1 秒 ╮"), "06:02:00–06:02:01"]);
        journey.press("0").shows(&[width("1 h ╮", "1 小时 ╮"), "06:00–07:00"]);
    }
}

#[test]
fn a_live_timeline_moves_on_and_a_cursor_stays_at_its_time() {
    let mut journey = Journey::at(120, 36);
    for second in 0..60 {
        let callback = at(second, body("{}"));
        journey = journey.queue([callback]).wait(Duration::from_secs(1));
    }
    let journey = journey.press("5").shows(&["06:03:00–06:03:01 · 0 callbacks"]);
    let journey = journey.wait(Duration::from_secs(5)).press("5").shows(&["06:03:05–06:03:06"]);
    let journey = journey.press("h h h h h h").shows(&["06:02:59–06:03:00 · 1 callback · p50"]);
    let journey = journey.wait(Duration::from_secs(5)).shows(&["06:02:59–06:03:00 · 1 callback"]);
    journey.press("end").shows(&["06:03:10–06:03:11"]).press("g").shows(&["06:02:00–06:02:01"]);
}

#[test]
fn a_timeline_costs_no_frame_while_nothing_happens() {
    let journey = Journey::at(120, 36).deliver([at(0, body("{}"))]).press("5 z");
    let journey = journey.wait(Duration::from_secs(60));
    let draws = journey.painted().draws;
    let journey = journey.wait(Duration::from_secs(3_600));
    assert!(journey.painted().draws <= draws + 60, "the header shows the minutes");
}

#[test]
fn a_paused_timeline_is_that_of_the_pause() {
    let first = "06:02:00–06:02:01 · 2 callbacks";
    let more = || [at(0, body("{}")), at(1, body("{}")), failed(0)];
    let journey = Journey::at(120, 36).deliver([at(0, body("{}")), failed(0)]);
    let journey = journey.press("5 z").shows(&[first]).press("space").deliver(more());
    let journey = journey.shows(&[first]).press("l G").shows(&[first]);
    let journey = journey.press("space G").shows(&["06:02:01–06:02:02 · 1 callback"]);
    journey.press("h").shows(&["06:02:00–06:02:01 · 4 callbacks · 2 failed"]);
}

#[test]
fn a_timeline_is_of_what_the_filter_lets_through() {
    let journey = recording(En, 120, 36).press("/").type_text("failed").press("enter");
    let journey =
        journey.press("5 z g").shows(&["failed ╮", "11-22 06:00–07:00 · 1 callback · 1 failed"]);
    let journey = journey.press("l").shows(&["07:00–08:00 · 0 callbacks"]).press("esc esc");
    journey.press("esc 5 g").shows(&["10 callbacks"]);
    // While paused that filter has found what it had found.
    let journey = Journey::at(120, 36).deliver([failed(0)]).press("/").type_text("failed");
    let journey =
        journey.press("enter").press("5 space").deliver([failed(0)]).shows(&["1 callback · 1"]);
    journey.press("space").shows(&["2 callbacks · 2 failed"]);
}

#[test]
fn in_private_mode_the_filter_in_the_title_is_hidden() {
    let journey = recording(En, 120, 36).press("/").type_text("-user:xiaoming").press("enter 5 z");
    journey.shows(&["-user:xiaoming"]).press("p").hides(&["xiaoming"]).press("m m enter");
}

#[test]
fn without_a_known_time_there_is_no_bar() {
    for lang in [En, Zh] {
        let set = |it: &mut Settings| {
            it.source = CallbackSource::Recording;
            it.lang = lang;
        };
        let untimed = Delivery { at: Timestamp(1), ..body("{}") };
        let journey = Journey::set(120, 36, set).deliver([untimed]);
        assert_sound(&journey.press("5 h l + - 0 m m enter z"));
    }
}

#[test]
fn two_marks_become_a_filter_by_time() {
    let journey = recording(En, 120, 36).press("5 h m h h m").shows(&["◆"]).press("enter");
    let journey = journey.shows(&["3 of 136 · at:2026-11-25T03:00:00-05:59:59"]).hides(&["◆"]);
    // It is added to the filter that there is; one bar needs no mark.
    let journey = journey.press("esc").press("/").type_text("failed | refused").press("enter");
    let journey = journey
        .shows(&["14 of 136"])
        .press("5 g f")
        .shows(&["2 of 136 · (failed | refused) at:2026-11-22T0"]);
    journey.press("/").shows(&["(failed | refused) at:2026-11-22T06:00:00-06:59:59"]);
}

#[test]
fn the_mouse_points_at_a_bar_and_drags_over_a_time() {
    let set = |it: &mut Settings| (it.source, it.mouse) = (CallbackSource::Recording, MouseUse::On);
    let journey = Journey::set(80, 24, set).deliver(three_days()).press("5");
    // 37 bars, two cells wide each, end at column 78.
    let journey = journey.mouse(MouseEventKind::Down(MouseButton::Left), (78, 5));
    let journey = journey.shows(&["06:00–08:00 · 10 callbacks"]);
    let journey = journey.mouse(MouseEventKind::Down(MouseButton::Left), (74, 5));
    let journey = journey.shows(&["02:00–04:00 · 2 callbacks"]).hides(&["◆"]);
    let journey = journey.mouse(MouseEventKind::Drag(MouseButton::Left), (70, 9));
    journey.shows(&["◆", "f shows only 11-24 22:00–11-25 04:00"]);
}

#[test]
fn marks_are_removed_by_esc_before_the_focus_leaves() {
    let journey = recording(En, 80, 24).press("5 m h h m").shows(&["◆", "f shows only"]);
    let journey = journey.press("esc").hides(&["◆"]).shows(&["╭ Timeline"]);
    journey.press("esc").shows(&["╭ Flow"]);
}

#[test]
fn the_cursor_begins_at_the_selected_callback_and_goes_to_a_time() {
    let journey = recording(En, 120, 36).press("g 5").shows(&["11-22 06:00–"]);
    let journey = journey.press("+ +").shows(&["11-22 06:0"]);
    let journey = journey.press(":").type_text("2026-11-24T18:02").press("enter");
    assert_sound(&journey.shows(&["11-24 18:0", words("TIMELINE", En)]).press("h l"));
}

#[test]
fn the_view_stays_after_a_filter_by_time_is_off_again() {
    let journey = recording(En, 120, 36).press("g 5 + + m l m");
    let journey = journey.shows(&["filter by the marks", "15 min ╮"]);
    let journey = journey.press("f").shows(&["at:"]).press("esc").hides(&["at:2"]);
    journey.shows(&["15 min ╮"]).press("g j j 5").shows(&["11-22 06:00–06:15"]);
}

#[test]
fn answer_times_are_near_those_of_the_callbacks() {
    let took = |micros| at(0, Delivery { answer: Answer::ok(micros), ..body("{}") });
    let long = Journey::at(120, 36).deliver([took(1_700_000)]).press("5");
    long.shows(&["p50 1.7 s p99 1.7 s"]);
    Journey::at(120, 36).deliver([took(35)]).press("5").shows(&["p50 34 µs p99 34 µs"]);
}

#[test]
fn why_bars_get_no_shorter_is_told() {
    // More seconds than are kept one by one.
    let long = || (0..8_000).map(|it| at(it, body("{}")));
    for (lang, notice) in [(En, "here a bar is 1 min at least"), (Zh, "此处每条至少 1 分钟")]
    {
        let keys = "5 g + + + + + +";
        let journey = Journey::speaking(lang, 120, 36).deliver(long()).press(keys);
        journey
            .shows(&[notice])
            .press("G + + + + + + + + +")
            .shows(&[words("SHORTEST_BARS", lang)]);
    }
}
