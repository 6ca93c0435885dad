//! Numbers as the dashboard shows them: read by value, of the right application, and
//! marked when they are doubtful.

use imscope::callback::Delivery;
use imscope::callback::Lang::{En, Zh};

use super::chat::body;
use super::harness::{Journey, words};

/// A callback with a command, in an application.
fn call(app: &str, command: &str, fields: &str) -> Delivery {
    let target = format!("/?SdkAppid={app}&CallbackCommand={command}&contenttype=json");
    Delivery { target: target.into(), ..body(format!("{{{fields}}}")) }
}

fn sent(app: &str, count: u32) -> Delivery {
    let fields = format!(
        r#""From_Account":"lin","To_Account":"maya","MsgSeq":7,"MsgRandom":8,"MsgTime":1557481126,
        "MsgKey":"7_8_1557481126","SendMsgResult":0,"UnreadMsgNum":{count},"MsgBody":[]"#
    );
    call(app, "C2C.CallbackAfterSendMsg", &fields)
}

#[test]
fn whole_numbers_written_as_floats_count() {
    let failed = r#""From_Account":"lin","To_Account":"maya","MsgSeq":7.0,"MsgRandom":8.0,
        "MsgTime":1.557481126E9,"MsgKey":"7_8_1557481126","SendMsgResult":2.0007E4,
        "UnreadMsgNum":-1.0,"MsgBody":[{"MsgType":"TIMFileElem","MsgContent":
        {"FileName":"plan.pdf","FileSize":2.5E6}}]"#;
    let report = r#""Report_Account":"maya","Peer_Account":"lin","UnreadMsgNum":3.0"#;
    let word = "C2C.CallbackAfterSendMsg";
    let journey = Journey::at(120, 36)
        .deliver([call("14", word, failed), call("14", "C2C.CallbackAfterMsgReport", report)]);
    let journey = journey.shows(&["20007", "plan.pdf · 2.5 MB", "maya     3 "]);
    let journey = journey.press("g 4").press("G").shows(&["whole numbers are written as floats"]);
    journey.press("/").type_text("failed").press("enter").shows(&["1 of 2"]);
}

#[test]
fn two_applications_are_told_apart_where_there_are_two() {
    let journey = Journey::at(120, 36).deliver([sent("14000001", 9)]).hides(&["maya 14000001"]);
    let journey = journey.deliver([sent("14000002", 1)]);
    let journey = journey.shows(&["maya 14000001", "maya 14000002", "dup 0"]);
    // The page is of one of them, and filters by both.
    let journey = journey.press("2 enter").shows(&["maya · 14000001", "1 step "]);
    journey.press("f").shows(&["app=14000001 user=maya", "1 of 2"]);
}

#[test]
fn a_count_that_has_changed_since_is_marked() {
    let read = |time: i64| {
        let fields =
            format!(r#""Report_Account":"maya","Peer_Account":"lin","EventTime":{time}000"#);
        call("14", "C2C.CallbackAfterMsgReport", &fields)
    };
    for lang in [En, Zh] {
        let journey =
            Journey::speaking(lang, 120, 36).deliver([sent("14", 4), read(1_557_481_120)]);
        let journey = journey.hides(&["~4"]).deliver([read(1_557_481_130)]).shows(&["~4"]);
        journey.press("? / ~ 4 enter").shows(&[words("SIGN_DOUBTFUL", lang)]);
    }
}

#[test]
fn each_failure_of_a_batch_is_listed() {
    let batch = r#""Events":[{"To_Account":"maya","ErrCode":0},
        {"ErrCode":-195,"ErrInfo":"no token"},{"ErrCode":-196,"ErrInfo":"no device"}]"#;
    let journey = Journey::at(120, 36).deliver([call("14", "Push.OfflinePush", batch)]);
    let journey = journey.shows(&["-195+1", "no token", "no device"]);
    journey.press("/").type_text("code:-196").press("enter").shows(&["1 of 1"]);
}
