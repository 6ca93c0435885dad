//! Every key of every table, in each place where it does something, on each layout and in
//! both languages. A new key is in the tables, and so in these journeys.

use crossterm::event::{Event, KeyCode, KeyEvent, KeyModifiers};
use imscope::callback::Lang::{self, En, Zh};
use imscope::dashboard::keymap::{KeyTable, Keymap};
use imscope::dashboard::{MouseUse, QuitKey};

use super::chat::{Chat, answer};
use super::frames::{assert_in_cells, assert_popup, assert_sound};
use super::harness::{Journey, words};
use super::named_filters::named;
use super::room::of_all_lengths;

/// A screen of each arrangement.
const SIZES: [(u16, u16); 4] = [(50, 8), (80, 24), (120, 36), (200, 50)];
/// Undoes all that a key of the tables does in one of the places.
const BACK: &str = "esc esc esc esc esc esc";

/// Where the keys of the dashboard do something else: the keys that lead there.
const PLACES: [&str; 11] =
    ["1", "2", "3", "4", "4 l", "4 l w", "4 h", "5", "2 enter", "3 enter", "b"];
/// The pages.
const PAGES: [&str; 3] = ["2 enter", "3 enter", "b"];

fn dashboard(lang: Lang, (width, height): (u16, u16)) -> Journey {
    let journey = Journey::set(width, height, |it| {
        it.lang = lang;
        it.mouse = MouseUse::On;
        it.quit = QuitKey::Asks;
        it.forward = Some("http://127.0.0.1:8080/im".to_owned());
        it.filters = named(&[
            ("short", "failed"),
            ("一个很长的名称一个很长的名称", "from:小明 to:alice -lag>1s"),
        ]);
    });
    let mut chat = Chat::new();
    let denied = chat.asks("一个名字很长的用户", "bob", "may I? 😊", answer(120_001, "", ""));
    journey.deliver(of_all_lengths()).deliver([denied])
}

fn keys<A: Copy + PartialEq>(table: &KeyTable<A>) -> Vec<KeyEvent> {
    table.actions().flat_map(|it| table.keys(it.action)).map(|it| it.event()).collect()
}

/// Whether a key ends the program or stops it at once.
fn leaves(key: KeyEvent) -> bool {
    let control = key.modifiers == KeyModifiers::CONTROL;
    control && matches!(key.code, KeyCode::Char('c' | 'z'))
}

/// Presses keys in places, and after each goes back to the dashboard: in every second place
/// in one language, on all layouts.
fn press_each(lang: Lang, places: &[&str], bindings: &[KeyEvent]) {
    let all = SIZES.into_iter().flat_map(|size| places.iter().map(move |it| (size, it)));
    for (nth, (size, place)) in all.enumerate() {
        if nth % 2 != lang as usize {
            continue;
        }
        let mut journey = dashboard(lang, size);
        for key in bindings.iter().filter(|it| !leaves(**it)) {
            let what = format!("{:?} after {place:?} at {size:?}", key.code);
            journey = journey.press(place).event(Event::Key(*key));
            assert_in_cells(&journey);
            // A second time it does something else: another row, another tab, a time.
            journey = journey.event(Event::Key(*key));
            assert_in_cells(&journey);
            assert!(!journey.has_ended(), "{what}");
            journey = journey.press(BACK);
            let title = format!("╭ {} ", words("FLOW", lang));
            assert!(journey.screen().contains(&title), "{what}\n{}", journey.screen());
            assert_sound(&journey);
        }
    }
}

#[test]
fn esc_leads_back_from_every_key_of_the_dashboard() {
    press_each(En, &PLACES, &keys(&Keymap::default().dashboard));
}

#[test]
fn esc_leads_back_from_every_key_of_the_dashboard_in_chinese() {
    press_each(Zh, &PLACES, &keys(&Keymap::default().dashboard));
}

#[test]
fn esc_leads_back_from_every_key_of_a_page_the_timeline_and_the_switchboard() {
    let keymap = Keymap::default();
    for lang in [En, Zh] {
        press_each(lang, &PAGES, &keys(&keymap.page));
        press_each(lang, &["5", "5 z"], &keys(&keymap.timeline));
        press_each(lang, &["o", "o z"], &keys(&keymap.switchboard));
    }
}

/// What is drawn over the panes: the keys that open it, its title or its question, and
/// whether it has a frame.
const OVERLAYS: [(&str, [&str; 2], bool); 13] = [
    ("f", ["Named filters", "命名的过滤条件"], true),
    ("?", ["Help", "使用帮助"], true),
    ("Y", ["Copy", "复制"], true),
    ("o", ["Answer callbacks with", "应答设置"], true),
    ("G A", ["C2C.CallbackBeforeSendMsg", "C2C.CallbackBeforeSendMsg"], true),
    ("s", ["Save", "保存"], true),
    ("s a", ["Save", "保存"], true),
    ("/ ?", ["The language of filters", "过滤语法"], true),
    ("m k D", ["Compare", "比较"], true),
    ("C", ["Clear everything?", "清空全部记录？"], false),
    ("q", ["Quit?", "仍要退出？"], false),
    ("e", ["Send it?", "仍要发送？"], false),
    ("s a j", ["file:", "文件："], false),
];

/// Pages and input lines, by the keys that open them, and what the last line but for the
/// input has.
const OTHERS: [(&str, [&str; 2]); 9] = [
    ("2 enter", ["Unread", "未读"]),
    ("3 enter", ["Failures", "失败"]),
    ("b", ["Breakdown", "统计"]),
    ("4 h", ["Life line", "消息轨迹"]),
    ("/", ["esc leaves", "esc 取消"]),
    (":", ["esc leaves", "esc 取消"]),
    ("o a", ["esc leaves", "esc 取消"]),
    ("o w", ["esc leaves", "esc 取消"]),
    ("s a j", ["esc leaves", "esc 取消"]),
];

/// The journey after the keys of an overlay. The editor saves what is not JSON.
fn open(lang: Lang, size: (u16, u16), keys: &str) -> Journey {
    dashboard(lang, size).saving("{\"broken\": 一二三").press(keys)
}

#[test]
fn each_overlay_shows_what_it_is_and_how_to_leave_it() {
    for (lang, size) in [En, Zh].into_iter().flat_map(|lang| SIZES.map(|size| (lang, size))) {
        for (keys, title, is_framed) in OVERLAYS {
            let journey = open(lang, size, keys).shows(&[title[lang as usize]]);
            assert_in_cells(&journey);
            if is_framed {
                assert_popup(&journey, title[lang as usize]);
            }
            let last = journey.buffer_rows().split_off(usize::from(size.1) - 2).concat();
            let ways = ["esc", "n no", "n 否"];
            assert!(ways.iter().any(|it| last.contains(it)), "{keys} at {size:?}: {last}");
            let journey = journey.press(BACK);
            assert_sound(&journey.shows(&[&format!("╭ {} ", words("FLOW", lang))]));
        }
    }
}

#[test]
fn each_page_and_each_input_line_shows_how_to_leave_it() {
    for (lang, size) in [En, Zh].into_iter().flat_map(|lang| SIZES.map(|size| (lang, size))) {
        for (keys, text) in OTHERS {
            let journey = open(lang, size, keys).shows(&[text[lang as usize]]);
            assert_in_cells(&journey);
            let last = journey.buffer_rows().split_off(usize::from(size.1) - 2).concat();
            assert!(last.contains("esc"), "{keys} at {size:?}: {last}");
            let journey = journey.press(BACK);
            assert_sound(&journey.shows(&[&format!("╭ {} ", words("FLOW", lang))]));
        }
    }
}
