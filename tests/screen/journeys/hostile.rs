//! Text from the network stays in its cell, whatever it is made of.

use imscope_test_support::cases;
use proptest::prelude::*;
use proptest::sample::select;
use proptest::test_runner::Config;

use imscope::callback::Delivery;

use super::chat::{Chat, a_bit_of_everything, body, forged};
use super::frames::assert_sound;
use super::harness::Journey;

/// Texts that harm a terminal, or a count of its cells.
const HOSTILE: [&str; 12] = [
    "\x1b]0;owned\x07\x1b[2J\x1b[31mred\x1b[0m\x1bc",
    "\u{9b}31m\u{9d}0;owned\u{9c}\u{85}",
    "a\r\nb\tc\x08d\x0be\x0cf\x7fg\0h",
    "\u{202e}desrever\u{202c} \u{2066}isolated\u{2069} \u{200f}right",
    "zero\u{200b}width\u{feff}\u{ad}\u{2060}\u{180e}",
    "👨\u{200d}👩\u{200d}👧\u{200d}👦👍🏽🇨🇳🇩🇪❤\u{fe0f}1\u{fe0f}\u{20e3}🏴\u{e0067}\u{e007f}",
    "Z\u{351}\u{36b}\u{343}\u{36a}\u{302}A\u{30f}\u{301}L\u{334}\u{335}G\u{336}O\u{337}",
    "\u{301}\u{302}\u{303}accents without a letter",
    "עברית و العربية ไทย हिन्दी 한국어 ᄀ\u{1161}\u{11a8}",
    "﷽𒐫⸻꧅ＦＵＬＬ　ＷＩＤＴＨ｡ﾊﾝｶｸ",
    "\u{fff9}a\u{fffa}b\u{fffb}\u{fffc}\u{10ffff}\u{e000}\u{feff}",
    "\u{2028}\u{2029}\u{61c}\u{3164}\u{115f}\u{17b4}",
];

fn assert_sound_in_every_corner(mut journey: Journey) {
    assert_sound(&journey);
    for keys in ["k", "4 l", "w", "x", "w", "x", "l", "w", "l", "2 z", "z 3 z", "4 z", "1 z"] {
        journey = journey.press(keys);
        assert_sound(&journey);
    }
    for (width, height) in [(80, 24), (120, 36), (97, 40)] {
        journey = journey.resize(width, height).press("2 enter");
        assert_sound(&journey);
        journey = journey.press("esc 3 enter");
        assert_sound(&journey);
        journey = journey.press("esc b h h");
        assert_sound(&journey);
        journey = journey.press("esc").press("/ enter").press("1 F");
    }
}

#[test]
fn hostile_text_in_every_field_stays_in_its_cell() {
    for text in HOSTILE {
        let mut chat = Chat::new();
        let mut all = a_bit_of_everything();
        all.extend([chat.all(text), forged(chat.all(text)), body(text)]);
        let strange = serde_json::json!({"CallbackCommand": text, text: {text: [text, {}]}});
        all.push(body(strange.to_string()));
        assert_sound_in_every_corner(Journey::at(80, 24).deliver(all));
    }
}

#[test]
fn ten_thousand_characters_of_a_name_stay_in_their_cell() {
    for part in ["x", "小", "\x1b[31m"] {
        let mut chat = Chat::new();
        let name = part.repeat(10_000);
        let journey = Journey::at(80, 24).deliver(chat.texts(3)).deliver([chat.all(&name)]);
        assert_sound_in_every_corner(journey);
    }
}

#[test]
fn hostile_text_typed_and_pasted_stays_in_its_line() {
    for text in HOSTILE {
        let journey = Journey::at(80, 24).deliver(a_bit_of_everything()).press("/").paste(text);
        assert_sound(&journey.type_text("(\u{202e}\u{1b}[2J").press("left backspace enter esc"));
    }
}

const KEYS: [&str; 41] = [
    "o",
    "a",
    "e",
    "d",
    "u",
    "J",
    "O",
    "j",
    "k",
    "g",
    "G",
    "pgup",
    "pgdn",
    "ctrl-u",
    "ctrl-d",
    "tab",
    "backtab",
    "1",
    "2",
    "3",
    "4",
    "h",
    "l",
    "enter",
    "z",
    "esc",
    "/",
    "space",
    "F",
    "end",
    "]",
    "[",
    "n",
    "N",
    "w",
    "x",
    "C",
    "y",
    "?",
    "t",
    "backspace",
];

#[derive(Debug, Clone)]
enum Step {
    Press(&'static str),
    Type(String),
    Comes(Vec<u8>),
    Text(String, String, i64),
    Fails(String, i64),
    Reads(String),
    Forged(String),
    Resize(u16, u16),
    Wait(u64),
}

fn step() -> impl Strategy<Value = Step> {
    let text = || prop_oneof!["\\PC{0,12}", select(&HOSTILE[..]).prop_map(str::to_owned)];
    // Lines of frames in a text would be taken for frames.
    let text =
        move || text().prop_filter("no frames", |it| !it.contains(['╭', '╮', '╰', '╯', '│']));
    prop_oneof![
        8 => select(&KEYS[..]).prop_map(Step::Press),
        1 => text().prop_map(Step::Type),
        1 => prop::collection::vec(any::<u8>(), 0..40).prop_map(Step::Comes),
        3 => (text(), text(), -1_i64..1_000_000).prop_map(|(a, b, n)| Step::Text(a, b, n)),
        1 => (text(), any::<i64>()).prop_map(|(a, code)| Step::Fails(a, code)),
        1 => text().prop_map(Step::Reads),
        1 => text().prop_map(Step::Forged),
        1 => (1_u16..160, 1_u16..60).prop_map(|(width, height)| Step::Resize(width, height)),
        1 => (0_u64..100).prop_map(Step::Wait),
    ]
}

fn take(journey: Journey, chat: &mut Chat, step: Step) -> Journey {
    let deliver = |journey: Journey, delivery: Delivery| journey.deliver([delivery]);
    match step {
        Step::Press(key) => journey.press(key),
        Step::Type(text) => journey.type_text(&text.replace(['q', '\x03'], "")),
        Step::Comes(bytes) => deliver(journey, body(bytes)),
        Step::Text(from, to, unread) => {
            deliver(journey, chat.sends_text(&from, &to, "text", unread))
        }
        Step::Fails(text, code) => deliver(journey, chat.fails(&text, "bob", &text, code)),
        Step::Reads(user) => deliver(journey, chat.reads(&user, "bob")),
        Step::Forged(text) => deliver(journey, forged(chat.all(&text))),
        Step::Resize(width, height) => journey.resize(width, height),
        Step::Wait(seconds) => journey.wait(std::time::Duration::from_secs(seconds)),
    }
}

proptest! {
    #![proptest_config(Config { cases: cases(24), failure_persistence: None, ..Config::default() })]

    #[test]
    fn any_callbacks_and_keys_leave_the_screen_intact(
        steps in prop::collection::vec(step(), 1..30),
    ) {
        let mut chat = Chat::new();
        let mut journey = Journey::at(80, 24);
        for step in steps {
            journey = take(journey, &mut chat, step);
            prop_assert!(!journey.has_ended());
        }
        // What lies over the panes lies over their frames too: a search, its help, a menu.
        assert_sound(&journey.press("esc esc esc esc"));
    }
}
