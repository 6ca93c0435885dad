//! Each sentence of the tables is found by its English text, and in a recording.

use super::template::{Part, Parts, Template};
use super::*;
use crate::callback::json;
use crate::callback::jsonl;
use crate::callback::{Answer, AnsweredBy, Delivery};

/// A text with its values replaced by `值1`, `值2`, … in this order of their names.
fn filled(text: &'static str, names: &[&str]) -> String {
    let value = |name: &str| format!("值{}", names.iter().position(|it| *it == name).unwrap() + 1);
    let part = |it| match it {
        Part::Text(text) => text.to_owned(),
        Part::Name(name) => value(name),
    };
    Parts(text).map(part).collect()
}

/// Each row of a table, with values.
fn rows(table: &'static [Template]) -> impl Iterator<Item = (String, String)> {
    table.iter().map(|Template(texts)| {
        let names = Parts(texts.en).filter_map(|it| match it {
            Part::Name(name) => Some(name),
            Part::Text(_) => None,
        });
        let names: Vec<_> = names.collect();
        (filled(texts.en, &names), filled(texts.zh, &names))
    })
}

#[test]
fn every_trouble_of_a_recording_has_its_chinese_text() {
    for (en, zh) in rows(TABLE) {
        let answer = Answer { trouble: vec![Trouble::recorded(en.clone())], ..Answer::ok(0) };
        let mut line = Vec::new();
        jsonl::encode(&Delivery { answer, ..Delivery::default() }, &mut line);
        let read = jsonl::decode(&line).unwrap().answer.trouble;
        assert_eq!((&*read[0].text(Lang::En), &*read[0].text(Lang::Zh)), (&*en, &*zh));
        let recorded = serde_json::Value::from(en).to_string();
        assert!(String::from_utf8(line).unwrap().contains(&format!("\"trouble\":[{recorded}]")));
    }
}

#[test]
fn every_reason_within_a_trouble_has_its_chinese_text() {
    let constant = reason::texts().filter(|it| !it.en.contains('{'));
    let constant = constant.map(|it| (it.en.to_owned(), it.zh.to_owned()));
    for (en, zh) in rows(reason::TABLE).chain(constant) {
        assert_eq!(reason::text(&en, Lang::Zh), zh);
        assert_eq!(reason::text(&en, Lang::En), en);
        assert_eq!(not_recorded(en).text(Lang::Zh), format!("未录制：{zh}"));
    }
}

#[test]
fn a_sentence_of_no_table_stays_as_it_is() {
    for sentence in ["", "太慢", "the moon is too slow", "is, but must be", "***"] {
        let trouble = Trouble::recorded(sentence);
        assert_eq!(trouble.text(Lang::Zh), sentence);
        assert!(!trouble.is_fact());
    }
}

#[test]
fn a_value_may_be_any_text() {
    let body = "\"a is not JSON: b, but must be {c}\"";
    let not_json = body_is_not_json(body, "the body is empty at line 1 column 1");
    let expected = format!("正文 {body} 不是 JSON：第 1 行第 1 列：正文为空");
    assert_eq!(not_json.text(Lang::Zh), expected);
    let differs = differs("ErrorInfo", "[\"is\", \", but must be \"]", reason::a_string());
    let expected = "ErrorInfo 为 [\"is\", \", but must be \"]，应为字符串";
    assert_eq!(differs.text(Lang::Zh), expected);
}

#[test]
fn an_error_has_the_cause_after_it() {
    let text = |it| reason::text(it, Lang::Zh).into_owned();
    assert_eq!(
        text("cannot read x.pem: No such file or directory (os error 2)"),
        "无法读取 x.pem：文件或目录不存在"
    );
    assert_eq!(text("cannot create a file to edit: odd"), "无法创建待编辑的文件：odd");
    assert_eq!(text("odd: connection refused"), "odd：连接被拒绝");
    assert_eq!(text("odd: odd"), "odd: odd");
}

#[test]
fn a_reason_of_any_depth_has_a_text() {
    let causes = |number| "a: ".repeat(number) + "connection refused";
    assert_eq!(reason::text(&causes(7), Lang::Zh), "a：".repeat(7) + "连接被拒绝");
    assert_eq!(reason::text(&causes(8), Lang::Zh), causes(8));
    let deep = "a: ".repeat(100_000);
    assert!(Trouble::recorded(deep.clone()).text(Lang::Zh).ends_with(&deep));
    assert_eq!(not_recorded(&deep).text(Lang::Zh), format!("未录制：{deep}"));
    assert_eq!(reason::text(&deep, Lang::Zh), deep);
    for part in ["invalid peer certificate: ", "cannot read ", " is not a URL"] {
        let text = not_recorded(part.repeat(100_000)).text(Lang::Zh).into_owned();
        assert!(text.contains(&part.repeat(99_990)), "{part}");
    }
}

#[test]
fn every_error_in_json_has_its_chinese_text() {
    let bodies: [&[u8]; 14] = [
        b"",
        b"\xef\xbb\xbf{}",
        b"{// a",
        b"{\"a\":1,}",
        b"{'a':1}",
        b"{\"a\"=>1}",
        b"{\"a\":None}",
        b"{\"a\":NaN}",
        b"a=1&b=2",
        b"{\"a\":\"\xff\"}",
        b"{\"a\" 1}",
        b"{\"a\":\xc2\xa01}",
        "{\"a\"：1}".as_bytes(),
        "{\"a\"：“1”}".as_bytes(),
    ];
    for body in bodies {
        let error = json::read(body).unwrap_err();
        assert_eq!(reason::text(&error.text(Lang::En), Lang::Zh), error.text(Lang::Zh));
    }
}

#[test]
fn facts_are_no_trouble() {
    assert!(app_answered(200, "3.0 ms").is_fact() && app_answered(200, "3.0 ms").is_app_answered());
    assert!(denial_passed_on().is_fact() && error_info("\"no\"").is_fact());
    assert!(!status_differs(500).is_fact() && !error_info("\"no\"").is_app_answered());
}

#[test]
fn an_app_is_silent_that_gives_no_complete_reply() {
    let silent = [
        no_answer_within(3),
        no_end_within(3),
        closed_unanswered("3 ms"),
        broke_off(200, "3 ms", 7),
        answer_too_long(200, 9),
        cannot_connect("http://127.0.0.1:1", "connection refused", "3 ms"),
        no_answer("reset", "3 ms"),
    ];
    assert!(silent.iter().all(Trouble::is_app_silent) && silent.len() == APP_SILENT.len());
    let not_asked = [cannot_ask("no URL", "3 ms"), not_forwarded("no URL")];
    assert!(not_asked.iter().all(Trouble::is_app_not_asked));
    assert_eq!(not_asked.len(), APP_NOT_ASKED.len());
    let others = [app_answered(200, "3 ms"), came_back()];
    assert!(!others.iter().chain(&not_asked).any(Trouble::is_app_silent));
    assert!(!others.iter().chain(&silent).any(Trouble::is_app_not_asked));
}

#[test]
fn imscope_replaces_an_app_that_gives_no_usable_reply() {
    let answer = |by, trouble: &[Trouble]| Answer { by, trouble: trouble.into(), ..Answer::ok(1) };
    let answered = [app_answered(500, "3 ms"), status_differs(500)];
    assert!(answer(AnsweredBy::Imscope, &answered).replaces_app());
    assert!(answer(AnsweredBy::Imscope, &[no_answer_within(3)]).replaces_app());
    assert!(answer(AnsweredBy::Imscope, &[not_forwarded("no URL")]).replaces_app());
    assert!(!answer(AnsweredBy::App, &answered).replaces_app());
    assert!(!answer(AnsweredBy::Imscope, &[not_recorded("disk full")]).replaces_app());
    assert!(!answer(AnsweredBy::Imscope, &[]).replaces_app());
}
