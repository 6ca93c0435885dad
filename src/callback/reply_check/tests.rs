//! Tests of the check of replies.

use super::*;

fn problems(word: &str, status: u16, body: &str) -> String {
    problems_of(Expected::of(word, b""), status, body)
}

fn problems_of(expected: Expected<'_>, status: u16, body: &str) -> String {
    let wrong = check_reply(expected, status, body.as_bytes()).err().unwrap_or_default();
    wrong.iter().map(Trouble::sentence).collect::<Vec<_>>().join("; ")
}

/// A reply with a code and more fields.
fn coded(rest: &str) -> String {
    format!(r#"{{"ActionStatus":"OK","ErrorInfo":"","ErrorCode":{rest}}}"#)
}

fn after(body: &str) -> String {
    problems("C2C.CallbackAfterSendMsg", 200, body)
}

#[test]
fn the_documented_reply_is_accepted_with_other_fields() {
    assert_eq!(after(r#"{"ActionStatus":"OK","ErrorInfo":"","ErrorCode":0}"#), "");
    assert_eq!(after(r#" {"ErrorCode":0,"x":[],"ErrorInfo":"fine","ActionStatus":"OK"}"#), "");
}

#[test]
fn every_problem_is_reported() {
    let ok = r#"{"ActionStatus":"OK","ErrorInfo":"","ErrorCode":0}"#;
    assert_eq!(problems("", 500, ok), "the status is 500, but must be 200");
    assert_eq!(after(""), "the body is empty, but must be a JSON object");
    assert_eq!(
        after("ok"),
        "the body \"ok\" is not JSON: something that is no JSON value at line 1 column 1"
    );
    assert_eq!(
        after(r#"{"ActionStatus":"FAIL","ErrorInfo":"no\u001b Sign","ErrorCode":0}"#),
        "ActionStatus is \"FAIL\", but must be \"OK\"; ErrorInfo: \"no\\u{1b} Sign\""
    );
    assert_eq!(after("\"OK\""), "the body \"\"OK\"\" is not a JSON object");
    assert_eq!(
        after(r#"{"ActionStatus":"FAIL","ErrorInfo":null,"ErrorCode":1}"#),
        "ActionStatus is \"FAIL\", but must be \"OK\"; \
         ErrorInfo is null, but must be a string; ErrorCode is 1, but must be 0"
    );
    assert_eq!(
        after(r#"{"actionStatus":"OK","ErrorCode":"0"}"#),
        "ActionStatus is missing (actionStatus is not the same), and must be \"OK\"; \
         ErrorInfo is missing, and must be a string, which may be empty; \
         ErrorCode is \"0\", but must be a whole number"
    );
}

#[test]
fn a_decision_has_the_codes_of_its_family() {
    for (word, known, unknown) in [
        ("C2C.CallbackBeforeSendMsg", &[0, 1, 2, 120_001, 130_000][..], &[-1, 3, 120_000][..]),
        ("OfficialAccount.CallbackBeforeSendMsg", &[2, 120_001], &[10_100]),
        ("OfficialAccount.CallbackBeforeAddSubscriber", &[1, 130_000], &[2]),
        ("Group.CallbackBeforeSendMsg", &[0, 1, 2, 10_100, 10_200], &[10_099, 120_001]),
        ("Group.CallbackBeforeApplyJoinGroup", &[0, 1, 10_150], &[2]),
        ("Live.CallbackBeforeSendGift", &[0, 1, 102_100, 102_200], &[2, 102_201]),
        ("Group.CallbackBeforeUnheardOf", &[-7, 5], &[]),
    ] {
        for code in known {
            assert_eq!(problems(word, 200, &coded(&code.to_string())), "", "{word} {code}");
        }
        for code in unknown {
            let found = problems(word, 200, &coded(&code.to_string()));
            assert!(found.starts_with(&format!("ErrorCode is {code}, but must be 0, 1")));
        }
    }
    assert_eq!(after(&coded("120001")), "ErrorCode is 120001, but must be 0");
}

#[test]
fn a_message_is_replaced_only_with_code_0() {
    let word = "C2C.CallbackBeforeSendMsg";
    let replaced = r#"0,"MsgBody":[{}],"CloudCustomData":"""#;
    assert_eq!(problems(word, 200, &coded(replaced)), "");
    assert_eq!(
        problems(word, 200, &coded(r#"0,"MsgBody":"x","CloudCustomData":{}"#)),
        "MsgBody is \"x\", but must be an array; CloudCustomData is {}, but must be a string"
    );
    assert_eq!(
        problems(word, 200, &coded(r#"1,"MsgBody":[]"#)),
        "MsgBody has no effect with ErrorCode 1, only with 0"
    );
    assert_eq!(
        problems(
            "Group.CallbackBeforeInviteJoinGroup",
            200,
            &coded(r#"0,"RefusedMembers_Account":"a""#)
        ),
        "RefusedMembers_Account is \"a\", but must be an array"
    );
}

#[test]
fn a_signal_to_a_chatbot_wants_data() {
    let signal = |rest: &str| problems("Chatbot.OnC2CSignalMessage", 200, &coded(rest));
    assert_eq!(signal(r#"0,"RspData":"{}""#), "");
    assert_eq!(signal("1"), "");
    assert_eq!(signal("0"), "RspData is missing, and must be a string: the chatbot gets no answer");
    assert_eq!(signal(r#"0,"RspData":{}"#), "RspData is {}, but must be a string");
    assert_eq!(signal("2"), "ErrorCode is 2, but must be 0");
}

#[test]
fn replies_about_friends_need_an_item_for_each() {
    let word = "Sns.CallbackPrevFriendAdd";
    assert_eq!(
        problems(word, 200, &coded("0")),
        "ResultItem is missing, and must be an array with an item a user"
    );
    let request = br#"{"FriendItem":[{"To_Account":"a"},{"To_Account":"b"}]}"#;
    let of = |items: &str| {
        let reply = coded(&format!(r#"0,"ResultItem":[{items}]"#));
        problems_of(Expected::of(word, request), 200, &reply)
    };
    let a = r#"{"To_Account":"a","ResultCode":38000}"#;
    assert_eq!(of(&format!(r#"{{"To_Account":"b","ResultCode":0}},{a}"#)), "");
    assert_eq!(of(""), r#"ResultItem has no item for "a", "b""#);
    assert_eq!(
        of(&format!(r#"{a},{{"To_Account":1,"ResultCode":0}}"#)),
        r#"ResultItem[1] needs To_Account and ResultCode; ResultItem has no item for "b""#
    );
    assert_eq!(
        of(&format!(r#"{a},{{"To_Account":"b","ResultCode":7}}"#)),
        "ResultCode of ResultItem[1] is 7, but must be 0, 1 or 38000 to 39000"
    );
    let many =
        format!(r#"{{"FriendItem":[{}{{"To_Account":"z"}}]}}"#, r#"{"To_Account":"y"},"#.repeat(4));
    assert_eq!(
        problems_of(Expected::of(word, many.as_bytes()), 200, &coded(r#"0,"ResultItem":[]"#)),
        r#"ResultItem has no item for "y", "y", "y", 2 more"#
    );
}

#[test]
fn quoted_text_has_no_control_characters() {
    let text = after("\u{1b}[2J\u{202e}evil");
    assert!(text.contains(r"\u{1b}[2J\u{202e}evil"), "{text}");
}
