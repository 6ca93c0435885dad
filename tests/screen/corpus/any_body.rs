//! Whatever the body is, the decoder does not panic.

use std::fs;

use imscope::callback::{command, decode};
use imscope_test_support::corpus;
use proptest::prelude::*;

use super::{call, picture};

/// Names that the decoder looks for.
const NAMES: [&str; 54] = [
    "CallbackCommand",
    "From_Account",
    "To_Account",
    "MsgBody",
    "MsgType",
    "MsgContent",
    "MsgTime",
    "MsgSeq",
    "MsgRandom",
    "MsgKey",
    "UnreadMsgNum",
    "SendMsgResult",
    "ErrorCode",
    "Events",
    "EventTime",
    "Info",
    "Action",
    "KickedDevice",
    "PairList",
    "FollowList",
    "ProfileItem",
    "Tag",
    "Value",
    "ContactItem",
    "C2CMsgInfo",
    "LastReadTime",
    "Report_Account",
    "GroupId",
    "MsgList",
    "Text",
    "Data",
    "ImageInfoArray",
    "Chunks",
    "Latitude",
    "Size",
    "CloudCustomData",
    "ExtensionList",
    "OperateType",
    "RoomInfo",
    "RoomId",
    "BattleId",
    "FromRoomInfo",
    "ToRoomList",
    "Duration",
    "GiftWater",
    "SeatList",
    "CallInfo",
    "CallRecord",
    "ChangedUserList",
    "User_Account",
    "EventInfo",
    "EventGroupId",
    "PushPlatform",
    "AcceptTime",
];

/// Any JSON, made of such names and of values that mean something.
fn any_json() -> impl Strategy<Value = String> {
    let words = command::TABLE.iter().map(|it| format!("{:?}", it.word)).collect::<Vec<_>>();
    let types =
        ["TIMTextElem", "TIMImageElem", "TIMRelayElem", "TIMCustomElem", "TIMVideoFileElem"];
    let leaf = prop_oneof![
        Just("null".to_owned()),
        Just("true".to_owned()),
        any::<i64>().prop_map(|it| it.to_string()),
        any::<f64>()
            .prop_filter("JSON has no such number", |it| it.is_finite())
            .prop_map(|it| it.to_string()),
        Just("1e999".to_owned()),
        Just(u64::MAX.to_string()),
        "[ -~\u{4e00}-\u{4e10}]{0,12}".prop_map(|it| serde_json::to_string(&it).unwrap()),
        Just(r#""\ud83d \u0000""#.to_owned()),
        proptest::sample::select(words),
        proptest::sample::select(types.to_vec()).prop_map(|it| format!("{it:?}")),
    ];
    leaf.prop_recursive(5, 64, 6, |inner| {
        let name = proptest::sample::select(NAMES.to_vec());
        let object = proptest::collection::vec((name, inner.clone()), 0..8);
        prop_oneof![
            object.prop_map(|it| {
                let fields = it.iter().map(|(name, value)| format!("{name:?}:{value}"));
                format!("{{{}}}", fields.collect::<Vec<_>>().join(","))
            }),
            proptest::collection::vec(inner.clone(), 0..4)
                .prop_map(|it| format!("[{}]", it.join(","))),
            inner.prop_map(|it| serde_json::to_string(&it).unwrap()),
        ]
    })
}

/// Decodes a body and formats everything about it.
fn check(target: &str, body: &[u8]) {
    let delivery = call("POST", target, body.to_vec());
    let callback = decode(&delivery);
    picture(&callback);
    callback.duplicate_key();
    callback.chat();
    assert_eq!(&*delivery.body, body, "the body is untouched");
}

proptest! {
    #[test]
    fn no_json_whatever_makes_the_decoder_panic(
        body in any_json(),
        word in proptest::sample::select(command::TABLE.iter().map(|it| it.word).collect::<Vec<_>>()),
    ) {
        check(&format!("/?SdkAppid=1&CallbackCommand={word}"), body.as_bytes());
        check("/", body.as_bytes());
    }

    #[test]
    fn no_bytes_whatever_make_the_decoder_panic(
        body in proptest::collection::vec(any::<u8>(), 0..200),
        query in "[ -~]{0,60}",
    ) {
        check(&format!("/?{query}"), &body);
    }

    #[test]
    fn a_truncated_body_is_reported_as_broken(cut in 0_usize..420) {
        let mut body = fs::read(corpus::path("corpus/c2c_sent_newest.json")).unwrap();
        body.truncate(cut);
        check("/?SdkAppid=1", &body);
    }
}
