//! The detail pane: its tabs, the tree of the body, its text, its bytes.

use imscope::callback::Lang::{En, Zh};
use imscope::callback::{Answer, Delivery, json, sample::Shape};

use super::chat::{Chat, a_bit_of_everything, body, forged};
use super::harness::{Journey, words};

const BODY: &str = r#"{"CallbackCommand":"C2C.X","Outer":{"Inner":[1,2]},"Last":3.10}"#;

#[test]
fn each_tab_shows_its_part() {
    Journey::at(120, 36)
        .deliver([forged(Chat::new().sends_text("小明", "bob", "look at me", 5))])
        .press("4 z")
        .shows(&["小明 → bob", "look at me", "C2C.CallbackAfterSendMsg"])
        .press("l")
        .shows(&[r#""From_Account": "小明""#])
        .press("right")
        .shows(&["host", "127.0.0.1:9527", "127.0.0.1:51622", "wrong: it does not match the token"])
        .press("l")
        .shows(&["403", r#"{"ActionStatus":"OK""#, "40 µs"])
        .press("l")
        .shows(&["小明 → bob"])
        .press("left h")
        .shows(&["127.0.0.1:51622"]);
}

#[test]
fn a_label_wider_than_its_column_stands_apart_from_its_value() {
    let read = r#"{"CallbackCommand":"C2C.CallbackAfterMsgReadReceipt","Operator_Account":"maya","AFieldOfTwentyFourCells":"7"}"#;
    let shown = ["Operator_Account    maya", "AFieldOfTwentyFourCells 7"];
    Journey::at(80, 24).deliver([body(read)]).press("4 z").shows(&shown);
}

#[test]
fn oddities_lateness_duplicates_and_failures_are_shown_in_words() {
    let mut everything = Journey::at(120, 36).deliver(a_bit_of_everything()).press("k");
    everything = everything.shows(&["Meeting.CallbackAfterRaiseHand"]);
    everything = everything.press("k").shows(&[words("DUPLICATE_OF", En)]);
    everything = everything.press("k k k k").shows(&[words("OLDER_IN_CHAT", En)]);
    everything.press("[").shows(&["✗ 80001"]);
}

#[test]
fn a_branch_folds_and_unfolds() {
    Journey::at(80, 24)
        .deliver([body(BODY)])
        .press("4 l z")
        .shows(&["▾ {", "\"Outer\"", "\"Inner\"", "3.10"])
        .press("j j enter")
        .assert_selected("\"Outer\"")
        .hides(&["\"Inner\""])
        .shows(&["{ 1 … }", "3.10"])
        .press("enter")
        .shows(&["\"Inner\""]);
}

#[test]
fn a_value_that_is_longer_than_its_line_unfolds_and_scrolls() {
    let text: Vec<_> = (0..400).map(|it| format!("word{it}")).collect();
    let long = format!(r#"{{"CallbackCommand":"X","Text":"{}","Last":1}}"#, text.join(" "));
    for (lang, unfold, fold) in
        [(En, "enter unfold", "enter fold"), (Zh, "enter 展开", "enter 折叠")]
    {
        let journey = Journey::speaking(lang, 80, 24).deliver([body(&long)]).press("4 l j j");
        let mut journey = journey.assert_selected("\"Text\"").shows(&[unfold, "\"Last\""]);
        let mut seen = std::collections::BTreeSet::new();
        journey = journey.press("enter").shows(&["word0 ", fold]).hides(&["\"Last\""]);
        for _ in 0..400 {
            let screen = journey.screen();
            let words = screen.split(|it: char| !it.is_ascii_alphanumeric());
            seen.extend(words.filter(|it| it.starts_with("word")).map(str::to_owned));
            journey = journey.press("j");
            if !journey.selected().unwrap().contains("word") {
                break;
            }
        }
        let missing: Vec<_> = text.iter().filter(|it| !seen.contains(*it)).collect();
        assert!(missing.is_empty(), "{missing:?}");
        // From below it is read from its end, and leaves upwards from its start.
        journey = journey.assert_selected("\"Last\"").press("k").shows(&["word399"]);
        journey = journey.press("g").assert_selected("{").press("j j enter").hides(&["word20 "]);
        assert!(journey.screen().contains("\"Last\""), "{}", journey.screen());
    }
}

#[test]
fn the_body_shows_as_text_and_as_bytes_too() {
    Journey::at(120, 36)
        .deliver([body(BODY)])
        .press("l")
        .shows(&["▾ {"])
        .press("h x")
        .shows(&["  \"Outer\": {", "    \"Inner\": ["])
        .press("x")
        .shows(&[BODY])
        .press("x")
        .shows(&["00000000", "7b 22 43 61"])
        .press("x")
        .shows(&["▾ {"]);
}

#[test]
fn escaped_letters_are_shown_as_letters_and_hidden_characters_as_escapes() {
    let raw = r#"{"CallbackCommand":"X","\u5c0f":"\u660e\u202e\u001b[31m\u0022"}"#;
    for (width, height) in [(80, 24), (120, 36)] {
        let journey = Journey::at(width, height).deliver([body(raw)]).press("4 z l");
        let shown = r#""小": "明\u202e\u001b[31m\u0022""#;
        let journey = journey.shows(&[shown]).press("x").shows(&[shown]);
        journey.press("x").shows(&[raw]).press("x").shows(&["5c 75 35 63"]);
    }
}

#[test]
fn the_bottom_line_has_only_keys_that_do_something() {
    let bottom = |journey: &Journey| journey.buffer_rows().pop().unwrap();
    for (lang, fold, forms, close) in [
        (En, "enter fold", ["x text", "x raw", "x bytes", "x tree"], "esc close"),
        (Zh, "enter 折叠", ["x 文本", "x 原文", "x 字节", "x 树"], "esc 关闭"),
    ] {
        let mut journey = Journey::speaking(lang, 80, 24).deliver([body(BODY)]).press("4");
        assert!(!bottom(&journey).contains("enter"), "{}", bottom(&journey));
        journey = journey.press("l");
        assert!(bottom(&journey).contains(fold), "{}", bottom(&journey));
        for form in forms {
            assert!(bottom(&journey).contains(form), "{}", bottom(&journey));
            journey = journey.press("x");
        }
        journey = journey.press("j");
        assert!(!bottom(&journey).contains("enter"), "no branch: {}", bottom(&journey));
        for keys in ["?", "esc Y", "esc m D"] {
            journey = journey.press(keys);
            assert!(bottom(&journey).contains(close), "{keys}: {}", bottom(&journey));
            assert!(!bottom(&journey).contains("enter"), "{}", bottom(&journey));
        }
    }
}

#[test]
fn a_long_body_shows_where_one_is_in_it() {
    let items: Vec<_> = (0..200).map(|it| it.to_string()).collect();
    let long = format!(r#"{{"CallbackCommand":"X","List":[{}]}}"#, items.join(","));
    let journey = Journey::at(80, 24).deliver([body(&long)]).press("4 z l");
    let journey = journey.shows(&[" 1 / 205 "]).press("j j j").shows(&[" 4 / 205 "]);
    let journey = journey.press("x").shows(&["1–20 / 205"]).press("G").shows(&["186–205 / 205"]);
    journey.press("x").hides(&[" / "]).press("x").shows(&["1–20 / "]);
}

#[test]
fn long_lines_are_cut_until_they_are_wrapped() {
    let words = format!("{} the-end", "很长的一句话 ".repeat(15));
    let journey = Journey::at(80, 24).deliver([Chat::new().sends_text("a", "b", &words, 1)]);
    for keys in ["4", "l", "x"] {
        let cut = Journey::at(80, 24).deliver([Chat::new().sends_text("a", "b", &words, 1)]);
        cut.press("4 z").press(keys).press("w").shows(&["the-end"]);
    }
    journey.press("4 z").hides(&["the-end"]);
}

#[test]
fn broken_json_is_shown_with_the_place_of_the_error() {
    let broken = "{\n  \"CallbackCommand\": \"C2C.X\",\n  \"To_Account\": bob\n}";
    let place = json::read(broken.as_bytes()).unwrap_err().to_string();
    assert!(place.contains("line 3"), "{place}");
    Journey::at(120, 36)
        .deliver([body(broken)])
        .press("4 l")
        .shows(&[&place, "\"To_Account\": bob"])
        .press("x x x")
        .shows(&["7b 0a"]);
}

#[test]
fn an_empty_body_and_one_that_is_no_text_are_shown() {
    let journey = Journey::at(120, 36).deliver([body("")]).press("4 l");
    let journey = journey.shows(&[words("EMPTY", En)]);
    journey.deliver([body(b"\xff\xfe{\x00}")]).press("x x x").shows(&["ff fe 7b 00 7d"]);
}

#[test]
fn long_details_can_be_moved_through_to_their_end() {
    let message = Chat::new().sends("alice", "bob", Shape::Several);
    let journey = Journey::at(80, 24).deliver([message]).press("4").shows(&[words("AFTER", En)]);
    let end = words("UNREAD_OF", En);
    let journey = journey.hides(&[end]).press("G").shows(&[end]).press("g").hides(&[end]);
    journey.press("pgdn pgdn pgdn pgdn pgdn pgdn pgdn").shows(&[end]);
}

#[test]
fn a_body_of_very_many_lines_or_levels_is_shown() {
    let wide = format!("[{}1]", "1,".repeat(20_000));
    let deep = "[".repeat(5_000) + &"]".repeat(5_000);
    for strange in [wide, deep] {
        let journey = Journey::at(80, 24).deliver([body(&strange)]).press("4 l G enter k enter g");
        journey.press("x G x G w g").shows(&["imscope"]);
    }
}

#[test]
fn a_selected_failure_shows_what_to_do_about_it() {
    let mut chat = Chat::new();
    let deliveries = [chat.fails("alice", "bob", "hi", 80_001), chat.fails("a", "b", "c", 77_777)];
    let advice = "change the text, or the";
    let journey = Journey::at(120, 36).deliver(deliveries).press("3").hides(&[advice]);
    let journey = journey.press("j").shows(&[advice, "list in the console"]);
    journey.press("1").hides(&[advice]).press("k enter").shows(&[advice, "list in the console"]);
}

#[test]
fn in_a_low_pane_the_beginning_of_the_advice_shows() {
    let mut chat = Chat::new();
    let mut deliveries = vec![chat.fails("alice", "bob", "hi", 80_001)];
    deliveries.extend(chat.texts(1));
    Journey::at(80, 24).deliver(deliveries).press("3").shows(&["→ change the text"]);
}

/// A signal to a chatbot, answered with `reply`.
fn signal(reply: &str) -> Delivery {
    let fields = r#""From_Account":"lin","To_Account":"@RBT#guide","Data":"{\"ask\":\"hut\"}""#;
    let command = "Chatbot.OnC2CSignalMessage";
    Delivery {
        target: format!("/?SdkAppid=1400000000&CallbackCommand={command}").into(),
        answer: Answer { body: reply.as_bytes().to_vec().into(), ..Answer::ok(40) },
        ..body(format!(r#"{{"CallbackCommand":"{command}",{fields}}}"#))
    }
}

#[test]
fn the_reply_to_a_signal_counts_and_is_shown() {
    let reply = r#"{"ActionStatus":"OK","ErrorInfo":"","ErrorCode":0,"RspData":"the hut is open"}"#;
    Journey::at(120, 36)
        .deliver([signal(reply)])
        .press("4 z")
        .shows(&["Data", "ask", "hut", words("AFTER_WITH_REPLY", En)])
        .press("l l l")
        .shows(&["RspData      the hut is open"])
        .hides(&[words("NO_REPLY_FIELD", En)]);
    Journey::at(120, 36)
        .deliver([signal(r#"{"ActionStatus":"OK","ErrorInfo":"","ErrorCode":0}"#)])
        .press("4 z h h")
        .shows(&["RspData", words("NO_REPLY_FIELD", En)]);
}

#[test]
fn a_recall_shows_the_text_of_its_message_unless_that_is_hidden() {
    let sent = r#"{"CallbackCommand":"C2C.CallbackAfterSendMsg","From_Account":"alice","To_Account":"bob","MsgKey":"1_2_3","MsgBody":[{"MsgType":"TIMTextElem","MsgContent":{"Text":"see you"}}]}"#;
    let recall = r#"{"CallbackCommand":"C2C.CallbackAfterMsgWithDraw","From_Account":"alice","To_Account":"bob","MsgKey":"1_2_3"}"#;
    let recall = body(recall);
    let target = recall.target.replace("AfterSendMsg", "AfterMsgWithDraw").into();
    let recall = Delivery { target, ..recall };
    for lang in [En, Zh] {
        let journey = Journey::speaking(lang, 120, 36).deliver([body(sent), recall.clone()]);
        assert_eq!(journey.screen().matches("see you").count(), 3, "{}", journey.screen());
        journey.shows(&[words("RECALLED", lang)]).press("p").hides(&["see you"]);
    }
    Journey::at(120, 36).deliver([recall]).shows(&["1_2_3"]);
}

#[test]
fn x_does_nothing_in_tabs_without_a_body() {
    let journey = Journey::at(120, 36).deliver([Chat::new().sends_text("a", "b", "hi", 5)]);
    let mut journey = journey.press("4 z l l");
    for _ in 0..3 {
        let before = journey.screen();
        journey = journey.press("x");
        assert_eq!(journey.screen(), before);
        journey = journey.press("l");
    }
}

#[test]
fn what_is_remarkable_stands_before_long_names() {
    let long = "u".repeat(300);
    let sent = format!(
        r#"{{"CallbackCommand":"C2C.CallbackAfterSendMsg","From_Account":"{long}","To_Account":"{long}","MsgTime":1,"SendMsgResult":80001,"Unknown":[]}}"#
    );
    let journey = Journey::at(120, 36).deliver([body(sent)]).press("4");
    let screen = journey.screen();
    let line = |text: &str| screen.lines().position(|it| it.contains(text));
    let names = line("│ uuu").unwrap();
    assert!(line("✗ 80001").unwrap() < names, "{screen}");
    assert!(line("? ").is_none_or(|it| it < names), "{screen}");
}
