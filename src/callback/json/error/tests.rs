//! Each common error is named, with its position.

use super::super::read;
use super::*;

fn message(body: &[u8]) -> String {
    read(body).expect_err("should be refused").to_string()
}

#[test]
fn common_errors_are_named_with_their_position() {
    assert_eq!(
        message(b"{\"a\":1, // one\n\"b\":2}"),
        "a comment, which JSON does not allow, at line 1 column 9"
    );
    assert_eq!(message(b"{\"a\":1,}"), "a comma with nothing after it at line 1 column 8");
    assert_eq!(
        message(b"{'a':1}"),
        "a single quote, where JSON has double ones, at line 1 column 2"
    );
    assert_eq!(message(b"a=1&b=2"), "form data, not JSON, at line 1 column 1");
    assert_eq!(
        message("{\"名\": \n \"x\" \"y\"}".as_bytes()),
        "a comma or } is missing at line 2 column 6"
    );
    assert_eq!(message(b"{\"a\":\"\xff\"}"), "not UTF-8: byte 0xff at line 1 column 7");
    assert_eq!(message(b""), "the body is empty at line 1 column 1");
    assert_eq!(message(b"{\"a\":"), "the text ends before a value at line 1 column 6");
    // Words that begin like those of JSON.
    assert_eq!(message(b"name=a&b=2"), "form data, not JSON, at line 1 column 1");
    assert_eq!(message(b"not found"), "something that is no JSON value at line 1 column 1");
    assert_eq!(message(b"[1,tru]"), "something that is no JSON value at line 1 column 4");
}

#[test]
fn chinese_has_the_position_first() {
    let text = |body: &[u8]| read(body).unwrap_err().text(Lang::Zh);
    assert_eq!(text(b"{\"a\":\"\xff\"}"), "第 1 行第 7 列：不是 UTF-8，字节 0xff");
    assert_eq!(text(b"{\"a\":"), "第 1 行第 6 列：内容在值之前中断");
    assert_eq!(text(b"{\"a\" 1}"), "第 1 行第 6 列：此处缺少“:”");
}

#[test]
fn every_message_of_serde_json_has_a_translation() {
    let bodies = [
        r#"{"a":1 "b"}"#,
        "[1 2]",
        r#"{"a" 1}"#,
        r#"{"a":}"#,
        "1 2",
        "[tru]",
        r#"["\x"]"#,
        "[01]",
        "{1:2}",
        "[\"\u{1}\"]",
        "[1,",
        r#"{"a":1"#,
        "[1",
        "[\"",
    ];
    for (body, (serde, text)) in bodies.into_iter().zip(SYNTAX) {
        let error = serde_json::from_str::<&serde_json::value::RawValue>(body).unwrap_err();
        assert!(error.to_string().starts_with(serde), "{body}: {error}");
        assert_eq!(read(body.as_bytes()).unwrap_err().reason, Reason::Syntax(text));
    }
}

#[test]
fn what_other_programs_write_in_place_of_json_is_named() {
    let named = |body: &[u8], en: &str, zh: &str| {
        let error = read(body).expect_err("should be refused");
        assert_eq!(error.text(Lang::En), en);
        assert_eq!(error.text(Lang::Zh), zh);
    };
    let starts = |body: &[u8], start: &str| {
        let text = message(body);
        assert!(text.starts_with(start), "{text}");
    };
    named(
        "{\"a\"：1}".as_bytes(),
        "full-width colon ： (U+FF1A) in place of : at line 1 column 5",
        "第 1 行第 5 列：全角冒号 ：（U+FF1A），应为半角 :",
    );
    named(
        "{\"a\"： “b”}".as_bytes(),
        "full-width colon ： (U+FF1A) in place of : at line 1 column 5, \
         then left double quotation mark “ (U+201C) in place of \"",
        "第 1 行第 5 列：全角冒号 ：（U+FF1A），应为半角 :；其后是左双引号 “（U+201C），应为半角 \"",
    );
    named(
        b"{\"a\": None}",
        "None in place of null at line 1 column 7",
        "第 1 行第 7 列：None 应写作 null",
    );
    named(
        b"array (\n  'a' => 'b',\n)",
        "what PHP prints of an array (use json_encode), not JSON, at line 1 column 1",
        "第 1 行第 1 列：这是由 PHP 打印的数组（请用 json_encode），不是 JSON",
    );
    starts(
        "{“，a”:1}".as_bytes(),
        "left double quotation mark “ (U+201C) in place of \" at line 1 column 2",
    );
    starts("{\"a\":1，\"b\":2}".as_bytes(), "full-width comma ， (U+FF0C) in place of , at");
    starts("｛\"a\":1｝".as_bytes(), "full-width left brace ｛ (U+FF5B) in place of { at");
    starts("{\"a\":\u{a0}1}".as_bytes(), "a space that JSON does not allow (U+00A0)");
    starts("{\u{3000}\"a\":1}".as_bytes(), "a space that JSON does not allow (U+3000)");
    starts(b"{\"a\":True}", "True in place of true");
    starts(b"{\"a\":undefined}", "undefined in place of null");
    starts(b"{\"a\":[1,NaN]}", "NaN, which JSON does not have, at line 1 column 9");
    starts(b"{\"a\":nan}", "nan, which JSON does not have,");
    starts(b"{\"a\":nil}", "nil in place of null");
    starts(b"{\"a\":-Infinity}", "Infinity, which JSON does not have,");
    starts(b"{u'a':1}", "a single quote");
    starts(b"{\"a\"=>1}", "a =>, where JSON has a colon, at line 1 column 5");
    let php: [&[u8]; 4] = [
        b"Array\n(\n [a] => 1\n)",
        b"array(1) {",
        b"a:1:{s:1:\"a\";i:1;}",
        b"array ('a' => 'b=c')",
    ];
    for body in php {
        starts(body, "what PHP prints of an array");
    }
    starts(b"<?xml version=\"1.0\"?><xml/>", "XML or HTML, not JSON,");
    starts(b"eyJhIjoxfQ==", "JSON in base64, not JSON,");
    starts(b"b'{\"a\": 1}'", "a printed Python bytes object");
    starts(b"%7B%22a%22%3A1%7D", "JSON in percent-encoding");
    starts(b"\x1f\x8b\x08\0\0", "compressed data, not JSON, at line 1 column 1");
    starts(b"\x78\x9c\xab\x56", "compressed data");
    starts(b"{\0\"\0a\0", "text in UTF-16");
    starts(b"\xff\xfe{\0", "text in UTF-16");
    starts(b"--x\r\nContent-Disposition: form-data; name=a", "a form in parts");
}

#[test]
fn form_data_is_only_what_is_form_data() {
    for body in ["a=1&b=2", "from=ann", "true=1", "data=%7B%7D&x[0]=", "a={\"b\":1}"] {
        assert!(message(body.as_bytes()).starts_with("form data"), "{body}");
    }
    for body in ["a b=c", "=1", "a=1&&b", "x => y", "if (a=b)", "a=1\nb=2"] {
        assert!(!message(body.as_bytes()).starts_with("form data"), "{body}");
    }
}
