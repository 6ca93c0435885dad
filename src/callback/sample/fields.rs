//! A made-up value for each field of a command's body.

use serde_json::{Map, Value, json};

use super::{Message, Outcome, millis};
use crate::callback::command::{Command, Field, Kinds};
use crate::callback::json;
use crate::callback::timestamp::Timestamp;

/// A body of a command with its required fields and the usual ones among the others.
pub(super) fn body(
    command: &Command,
    word: &str,
    message: &Message,
    outcome: &Outcome,
    at: Timestamp,
) -> Value {
    let mut body = Map::new();
    body.insert("CallbackCommand".to_owned(), json!(word));
    for field in command.fields.iter().filter(|it| it.name != "CallbackCommand") {
        let usual = match field.name {
            "EventTime" => Some(millis(at)),
            _ => usual(field, message, outcome),
        };
        if let Some(value) = usual.or_else(|| field.required.then(|| any(field.kinds))) {
            body.insert(field.name.to_owned(), value);
        }
    }
    Value::Object(body)
}

/// The value of a field that most bodies have.
fn usual(field: &Field, message: &Message, outcome: &Outcome) -> Option<Value> {
    let Message { from, to, .. } = message;
    Some(match field.name {
        "MsgTime" => json!(message.time),
        "MsgSeq" => json!(message.seq),
        "MsgRandom" | "Random" => json!(message.random),
        "MsgKey" => json!(message.key()),
        "MsgBody" => json!(message.body),
        "OnlineOnlyFlag" => json!(u8::from(message.online_only)),
        "ErrorCode" | "SendMsgResult" => json!(outcome.result),
        "ErrorInfo" => json!(outcome.info),
        "GroupId" | "RoomId" | "To_Account" if field.kinds != Kinds::ARRAY => json!(to),
        "RoomInfo" => json!({"RoomId": to, "Owner_Account": from}),
        "Events" => json!([{
            "CallbackCommand": "Push.AllMemberPush",
            "EventType": 1,
            "EventTime": message.time,
            "From_Account": from,
            "To_Account": to,
            "PushPlatform": 1,
            "PushStage": 1,
            "TaskId": message.key(),
            "TaskTime": message.time,
            "ErrCode": outcome.result,
            "ErrInfo": outcome.info,
        }]),
        "Type" if field.kinds == Kinds::STRING => json!("Public"),
        "PairList" => json!([{"From_Account": from, "To_Account": to}]),
        "FollowList" | "FriendItem" | "ResponseFriendItem" => json!([{"To_Account": to}]),
        "MemberList" | "DestinationMembers" | "NewMemberList" | "ExitMemberList" => {
            json!([{"Member_Account": from}])
        }
        "To_Account" if field.kinds == Kinds::ARRAY => json!([to]),
        name if name.ends_with("_Account") && field.kinds == Kinds::STRING => json!(from),
        name => return of_alert(name),
    })
}

/// The value of a field of an alert.
fn of_alert(name: &str) -> Option<Value> {
    Some(match name {
        "ServiceName" => json!("openim"),
        "Command" => json!("batchsendmsg"),
        "Request" => json!(510),
        "Limit" => json!(200),
        _ => return None,
    })
}

/// A value of one of these kinds.
fn any(kinds: Kinds) -> Value {
    let values = [json!(1), json!("sample"), json!([]), json!({}), json!(true)];
    let fits = |it: &Value| {
        let text = it.to_string();
        json::read(text.as_bytes()).is_ok_and(|it| kinds.contains(it))
    };
    values.into_iter().find(fits).unwrap_or_default()
}
