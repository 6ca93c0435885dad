//! "Before" callbacks: what Tencent makes of their answers.

use imscope::callback::Lang::{self, En, Zh};
use imscope::callback::{Answer, AnsweredBy, AppReply, Delivery, Origin, trouble};
use imscope::edge::event_loop::Message;
use ratatui::style::Color;

use super::chat::{Chat, answer, body, changed};
use super::frames::assert_sound;
use super::harness::{Journey, words};

/// The answers, their words in RESULT, and their colors.
fn answers() -> [(Answer, [&'static str; 2], Color); 6] {
    let no_answer = Answer { status: 0, ..Answer::ok(2_100_000) };
    [
        (answer(0, "", ""), ["allowed", "允许"], Color::Green),
        (answer(120_001, "no", ""), ["denied 120001", "拒绝 120001"], Color::Magenta),
        (answer(2, "", ""), ["dropped", "已丢弃"], Color::Magenta),
        (changed("***"), ["changed", "已改写"], Color::Cyan),
        (no_answer, ["late", "超时"], Color::Red),
        (answer(99, "", ""), ["invalid", "无效应答"], Color::Red),
    ]
}

/// A text that is answered in each way, then one that was sent.
pub(crate) fn each_answer() -> Vec<Delivery> {
    let mut chat = Chat::new();
    let asked = answers().into_iter().enumerate();
    let mut all: Vec<_> = asked
        .map(|(nth, (answer, ..))| chat.asks("alice", "bob", &format!("text {nth}."), answer))
        .collect();
    all.push(chat.sends_text("alice", "bob", "text 6.", 3));
    all
}

fn row_of(journey: &Journey, text: &str) -> String {
    let rows = journey.buffer_rows();
    let row = rows.iter().find(|it| it.contains(text));
    row.unwrap_or_else(|| panic!("no {text:?} in\n{}", journey.screen())).clone()
}

/// The color of a word at the end of the row of Flow with this text.
fn color_of(journey: &Journey, text: &str, word: &str) -> Color {
    let y = journey.buffer_rows().iter().position(|it| it.contains(text)).unwrap();
    let painted = journey.painted();
    let buffer = painted.terminal.backend().buffer();
    let row = buffer.content.chunks(usize::from(buffer.area.width)).nth(y).unwrap();
    let end = row.iter().skip(1).position(|it| it.symbol() == "│").unwrap();
    let first = word.chars().next().unwrap().to_string();
    row[..end].iter().rfind(|it| it.symbol() == first).unwrap().fg
}

#[test]
fn each_decision_has_its_word_and_its_color() {
    for lang in [En, Zh] {
        for (width, height) in [(80, 24), (120, 36)] {
            let journey = Journey::speaking(lang, width, height).deliver(each_answer());
            assert_sound(&journey);
            for (nth, (_, result, color)) in answers().into_iter().enumerate() {
                let text = format!("text {nth}.");
                let row = row_of(&journey, &text);
                let result = result[usize::from(lang == Zh)];
                let word = if nth == 1 && width == 80 { "↛120001" } else { result };
                assert!(row.contains("alice") && row.contains('⇢'), "{row}");
                assert!(row.contains(word) && !row.contains('–'), "{word}: {row}");
                assert_eq!(color_of(&journey, &text, word), color, "{row}");
                let question = if lang == Zh { "文本？" } else { "text?" };
                assert_eq!(row.contains(question), width == 120, "{row}");
            }
            let sent = row_of(&journey, "text 6.");
            assert!(sent.contains('→') && !sent.contains('⇢'), "{sent}");
        }
    }
}

#[test]
fn a_denial_is_no_failure_and_no_answer_in_time_is() {
    let resent = Delivery { origin: Origin::Resent, ..each_answer().swap_remove(1) };
    // Trouble is counted also where little fits.
    Journey::at(80, 24).deliver(each_answer()).shows(&["! 2", words("NO_FAILURE", En)]);
    let journey = Journey::at(120, 36).deliver(each_answer());
    let journey = journey.message(Message::Resent(Box::new(resent)));
    let journey = journey.shows(&[words("NO_FAILURE", En), "! 2"]);
    let journey =
        journey.press("g ]").assert_selected("late").press("]").assert_selected("invalid");
    journey.press("]").shows(&[words("NO_LATER_FAILURE", En)]);
}

#[test]
fn decisions_are_found_by_their_words_and_codes() {
    for (filter, found) in [
        ("allowed", "text 0."),
        ("denied", "text 1."),
        ("code:120001", "text 1."),
        ("dropped", "text 2."),
        ("changed", "text 3."),
        ("late", "text 4."),
        ("took>2s", "text 4."),
        ("trouble -late", "text 5."),
        ("invalid", "text 5."),
        ("after", "text 6."),
        ("ok", "text 6."),
    ] {
        let journey = Journey::at(80, 24).deliver(each_answer());
        journey.press("/").type_text(filter).press("enter").shows(&["1 of 7", found]);
    }
    let journey = Journey::at(80, 24).deliver(each_answer()).press("/").type_text("before");
    journey.press("enter").shows(&["6 of 7"]).hides(&["text 6."]);
}

#[test]
fn the_callback_of_a_robot_is_told_from_that_of_its_message() {
    let sent = Chat::new().sends_text("lin", "@RBT#guide", "is it open?", 1);
    let robot = Delivery {
        target: sent.target.replace("C2C.CallbackAfterSendMsg", "Bot.OnC2CMessage").into(),
        body: String::from_utf8(sent.body.to_vec())
            .unwrap()
            .replace("C2C.CallbackAfterSendMsg", "Bot.OnC2CMessage")
            .into_bytes()
            .into(),
        ..sent.clone()
    };
    for lang in [En, Zh] {
        for (width, height) in [(80, 24), (120, 36)] {
            let journey = Journey::speaking(lang, width, height);
            let journey = journey.deliver([sent.clone(), robot.clone()]);
            assert_sound(&journey);
            let rows = journey.buffer_rows();
            let rows: Vec<_> = rows[3..5].to_vec();
            assert!(rows[0].contains(" → ") && rows[1].contains(" ⇉ "), "{rows:#?}");
            let kind = if lang == Zh { "Bot 文本" } else { "bot text" };
            assert_eq!([&rows[0], &rows[1]].map(|it| it.contains(kind)), [false, width == 120]);
        }
    }
}

/// The Answer tab of a text with this answer.
fn answer_tab(lang: Lang, size: (u16, u16), text: &str, answer: Answer) -> Journey {
    let asked = Chat::new().asks("alice", "bob", text, answer);
    Journey::speaking(lang, size.0, size.1).deliver([asked]).press("4 z l l l")
}

#[test]
fn the_answer_tab_explains_the_decision_and_its_time() {
    for size in [(80, 24), (120, 36)] {
        let mut denied = answer(120_001, "no", "");
        denied.rule = Some("from:alice => deny 120001 \"no\"".into());
        let journey = answer_tab(En, size, "hi", denied.clone());
        assert_sound(&journey);
        let journey = journey.shows(&[
            "Denied: the message is not delivered, and the client gets",
            "120001 “no”.",
            "850 µs of 2 s",
            "from:alice => deny 120001 \"no\"",
            words("RULE", En),
        ]);
        journey.press("p").shows(&["Denied: the message is not delivered"]).hides(&["from:alice"]);
        answer_tab(Zh, size, "hi", denied).shows(&[
            "拒绝：消息不下发，客户端收到 120001",
            "850 µs，上限 2 秒",
            words("RULE", Zh),
        ]);
        let late = Answer { status: 0, ..Answer::ok(2_100_000) };
        answer_tab(En, size, "hi", late).shows(&[
            "Late: Tencent waits 2 s",
            "80003",
            "2.1 s of 2 s",
        ]);
        let none = Answer { status: 0, ..Answer::ok(168) };
        answer_tab(En, size, "hi", none).shows(&["Late: Tencent waits 2 s"]).hides(&["µs of 2 s"]);
        let journey = answer_tab(En, size, "hi", answer(99, "", ""));
        journey.shows(&["Invalid: Tencent cannot use this answer", "has no code 99, only 0, 1, 2"]);
    }
    // The answer to what has happened decides nothing.
    let sent = Journey::at(120, 36).deliver(Chat::new().texts(1)).press("4 z l l l");
    sent.shows(&["85 µs of 2 s"]).hides(&[words("DECISION", En)]);
}

#[test]
fn the_message_tab_shows_the_decision_and_its_reason_above_the_users() {
    for (lang, decision) in [(En, "denied 120001 \"no\""), (Zh, "拒绝 120001 “no”")] {
        let asked = Chat::new().asks("alice", "bob", "hi", answer(120_001, "no", ""));
        let journey = Journey::speaking(lang, 80, 24).deliver([asked]).press("4 z");
        let rows = journey.buffer_rows();
        let users = rows.iter().position(|it| it.contains("alice → bob")).unwrap();
        assert!(rows[..users].concat().contains(decision), "{rows:#?}");
        journey.press("p").hides(&["“no”", "\"no\""]);
    }
}

#[test]
fn of_a_denial_that_imscope_wrote_for_the_app_both_replies_are_shown_at_once() {
    let denied = |reply: &str| {
        let app_reply = AppReply {
            status: 200,
            body: reply.as_bytes().into(),
            complete: true,
            ..AppReply::default()
        };
        Answer {
            by: AnsweredBy::App,
            trouble: vec![
                trouble::app_answered(200, "2 ms"),
                trouble::missing("ActionStatus", "\"OK\""),
                trouble::error_info("\"no\""),
            ],
            app_reply: Some(Box::new(app_reply)),
            ..answer(1, "no", "")
        }
    };
    for lang in [En, Zh] {
        let asked = Chat::new().asks("alice", "bob", "hi", denied("{\"ErrorCode\":1}"));
        let shown = [words("BY_IMSCOPE_FOR_APP", lang), "{\"ErrorCode\":1}"];
        let journey = Journey::speaking(lang, 120, 36).deliver([asked]).press("4 l l l");
        let rows = journey.shows(&shown).press("z").buffer_rows();
        let row = |text: &str| rows.iter().find(|it| it.contains(text)).unwrap();
        let label = words("TROUBLE", lang);
        for sentence in denied("").trouble {
            let is_labeled = row(&sentence.text(lang)).contains(label);
            assert_eq!(is_labeled, !sentence.is_fact(), "{rows:#?}");
        }
    }
}

#[test]
fn what_an_answer_changes_is_shown_field_by_field() {
    let rest = r#","CloudCustomData":"secret plan","MsgBody":[{"MsgType":"TIMTextElem","MsgContent":{"Text":"w***","Mood":"blue"}}]"#;
    for lang in [En, Zh] {
        for size in [(80, 24), (120, 36)] {
            let journey = answer_tab(lang, size, "word", answer(0, "", rest));
            assert_sound(&journey);
            let journey = journey.shows(&[
                "/MsgBody/0/MsgContent/Text  \"word\" → \"w***\"",
                "/MsgBody/0/MsgContent/Mood  – → \"blue\"",
                "/CloudCustomData  – → \"secret plan\"",
            ]);
            let journey = journey.press("p").hides(&["word", "w***", "Mood", "blue", "secret"]);
            let journey = journey.shows(&[
                "/MsgBody/0/MsgContent/Text  ••• → •••",
                "/MsgBody/0/MsgContent/id-",
                "/CloudCustomData  – → •••",
            ]);
            assert_sound(&journey);
        }
    }
}

#[test]
fn the_life_line_shows_the_decision() {
    let asked = |lang| {
        let denied = Chat::new().asks("alice", "bob", "may I?", answer(120_001, "no", ""));
        Journey::speaking(lang, 120, 36).deliver([denied]).press("4 z h")
    };
    asked(En).shows(&["alice ⇢ bob", "text?       denied 120001  may I?"]);
    asked(Zh).shows(&["拒绝 120001  may I?"]);
}

#[test]
fn a_denial_of_some_friends_has_their_number_in_flow_as_in_the_answer() {
    let items = r#"{"To_Account":"b","ResultCode":38000,"ResultInfo":"no"},{"To_Account":"c","ResultCode":0}"#;
    let reply =
        format!(r#"{{"ActionStatus":"OK","ErrorInfo":"","ErrorCode":0,"ResultItem":[{items}]}}"#);
    let call = Delivery {
        target: "/?CallbackCommand=Sns.CallbackPrevFriendAdd".into(),
        answer: Answer { body: reply.into_bytes().into(), ..Answer::ok(900) },
        ..body(
            r#"{"CallbackCommand":"Sns.CallbackPrevFriendAdd","From_Account":"alice",
                "FriendItem":[{"To_Account":"b"},{"To_Account":"c"}]}"#,
        )
    };
    for (lang, [flow, answer]) in
        [(En, ["denied 1/2", "Denied: 1 of 2"]), (Zh, ["拒绝 1/2", "拒绝：2 个中有 1"])]
    {
        let journey = Journey::speaking(lang, 120, 36).deliver([call.clone()]).press("4 l l l");
        assert!(row_of(&journey, "alice").contains(flow), "{}", journey.screen());
        journey.shows(&[answer]).press("/").type_text("code:38000").press("enter").shows(&[flow]);
    }
}

#[test]
fn in_private_mode_a_long_code_and_a_reason_are_hidden() {
    let call = Delivery {
        // Any code may be documented for it.
        target: "/?CallbackCommand=Group.CallbackBeforeUnheardOf".into(),
        answer: answer(13_800_138_000, "ask xiaoming", ""),
        ..body(r#"{"CallbackCommand":"Group.CallbackBeforeUnheardOf"}"#)
    };
    let journey = Journey::at(120, 36).deliver([call]).press("4 l l l");
    let journey = journey.shows(&["Denied: ", "13800138000 “ask xiaoming”"]);
    journey.press("p").shows(&["Denied: "]).hides(&["xiaoming", "13800138"]);
}
