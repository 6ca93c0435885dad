//! Tests of the validator against `serde_json`.

use proptest::prelude::*;
use serde_json::value::RawValue;

use super::*;

/// Pieces of JSON, valid and invalid.
const PIECES: [&str; 36] = [
    "{",
    "}",
    "[",
    "]",
    ":",
    ",",
    "\"",
    "\\",
    " ",
    "\t\r\n",
    "\"a\"",
    "\"\":",
    "\"ab\":{",
    "\"eight or more plain characters\"",
    "小红包🧧",
    "\\\"",
    "\\/",
    "\\u00e9",
    "\\ud83e",
    "\\u12g4",
    "\\x",
    "\u{1}",
    "\u{7f}",
    "-",
    "0",
    "10",
    "01",
    ".5",
    "1.",
    "1e9",
    "E+",
    "1e999",
    "true",
    "false",
    "null",
    "nul",
];

fn is_json(text: &str) -> bool {
    serde_json::from_str::<&RawValue>(text).is_ok()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn pieces_of_json_are_validated_as_by_serde_json(
        pieces in prop::collection::vec(prop::sample::select(&PIECES[..]), 0..8),
        open in prop::sample::select(vec![("", ""), ("[", "]"), ("{\"\":", "}"), ("\"", "\"")]),
    ) {
        let text = format!("{}{}{}", open.0, pieces.concat(), open.1);
        prop_assert_eq!(accepts(&text), is_json(&text), "{}", text);
    }

    #[test]
    fn a_changed_callback_is_validated_as_by_serde_json(
        at in 0..BODY.len(),
        over in 0..4_usize,
        piece in prop::sample::select(&PIECES[..]),
    ) {
        let end = (at + over).min(BODY.len());
        let text = format!("{}{piece}{}", &BODY[..at], &BODY[end..]);
        prop_assert_eq!(accepts(&text), is_json(&text), "{}", text);
    }
}

const BODY: &str = r#"{"MsgBody":[{"MsgType":"TIMTextElem","MsgContent":{"Text":"a \"b\" c"}},
    {"MsgType":"TIMFaceElem","MsgContent":{"Index":-1,"Data":""}}], "MsgTime": 1557481126,
    "Rate": 0.5e-1, "Seen":[true,false,null,{},[ ]],"ErrorInfo":"OK"}"#;

#[test]
fn the_unchanged_callback_is_well_formed() {
    assert!(accepts(BODY));
}

#[test]
fn only_the_outermost_fields_are_found() {
    let found = |text: &str| {
        let mut found = Vec::new();
        fields(text, |it| {
            let [name, value] = [it.name.clone(), it.value.clone()].map(|it| &text[it]);
            let mark = if it.is_plain { "" } else { "*" };
            found.push(format!("{name}{mark}={value}"));
        })?;
        Some(found.join(" "))
    };
    let text = r#" { "a" : [1,{"b":2}] ,"\"c":{"d":{}, "e" :"f"}, "" : -1.5 , "a":[ ]} "#;
    let members = r#""a"=[1,{"b":2}] "\"c"*={"d":{}, "e" :"f"} ""=-1.5 "a"=[ ]"#;
    assert_eq!(found(text).as_deref(), Some(members));
    for text in ["{ }", "[{\"a\":1}]", "[[],{\"a\":{}}]", "1"] {
        assert_eq!(found(text).as_deref(), Some(""), "{text}");
    }
}

#[test]
fn deeper_nesting_is_left_to_serde_json() {
    let nested = |levels| "[".repeat(levels) + &"]".repeat(levels);
    // The innermost one is empty and not pushed.
    let followed = MAX_LEVELS as usize + 1;
    assert!(accepts(&nested(followed)));
    assert!(!accepts(&nested(followed + 1)));
    assert!(is_json(&nested(followed + 1)));
}

#[test]
fn the_end_of_plain_text_is_found_at_every_place() {
    for byte in 0..=127_u8 {
        for place in 0..20 {
            let mut text = [b'a'; 20];
            text[place] = byte;
            let ends = matches!(byte, b'"' | b'\\' | ..0x20);
            assert_eq!(past_plain(&text, 0), if ends { place } else { 20 }, "{byte} {place}");
        }
    }
}
