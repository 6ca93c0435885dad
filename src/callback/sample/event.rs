//! Generates the callbacks about other events than one-to-one messages.

use serde_json::{Map, Value, json};

use super::super::timestamp::Timestamp;
use super::{Maker, Message, Outcome, Sample, element, fields, millis, sent};
use crate::callback::command::{self, Family};

/// After a one-to-one message was sent, or failed.
pub const AFTER_SEND: &str = "C2C.CallbackAfterSendMsg";
/// Before a one-to-one message is sent.
pub const BEFORE_SEND: &str = "C2C.CallbackBeforeSendMsg";
/// The recipient of messages to a group, if no other is given.
const GROUP: &str = "@TGS#2J4SZEAEL";

/// Whether a command is about a group.
pub fn is_of_group(word: &str) -> bool {
    word.starts_with("Group.") || word == "Bot.OnGroupMessage"
}

/// The recipient of a command's message, if no other is given: a user or a group.
pub fn recipient(word: &str) -> &'static str {
    if is_of_group(word) { GROUP } else { "Jonh" }
}

/// A change of a user's login state.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Presence {
    /// A login.
    Login,
    /// A logout.
    Logout,
    /// The connection was lost.
    Disconnect,
}

impl Maker {
    /// `C2C.CallbackAfterMsgReport`: a user read the messages of a peer.
    pub fn read(&self, user: &str, peer: &str, at: Timestamp, unread: Option<i64>) -> Sample {
        let mut body = json!({
            "CallbackCommand": "C2C.CallbackAfterMsgReport",
            "Report_Account": user,
            "Peer_Account": peer,
            "LastReadTime": at.secs(),
        });
        put_unread(&mut body, unread);
        body["EventTime"] = millis(at);
        self.sample(user, &body)
    }

    /// `C2C.CallbackAfterMsgWithDraw`: a message was recalled.
    pub fn recalled(&self, message: &Message, at: Timestamp, unread: Option<i64>) -> Sample {
        let mut body = json!({
            "CallbackCommand": "C2C.CallbackAfterMsgWithDraw",
            "From_Account": message.from,
            "To_Account": message.to,
            "MsgKey": message.key(),
        });
        put_unread(&mut body, unread);
        body["EventTime"] = millis(at);
        self.sample(&message.from, &body)
    }

    /// `C2C.CallbackAfterModifyMsg`: a message was edited; `message` is the result.
    pub fn edited(&self, message: &Message, at: Timestamp) -> Sample {
        let body = json!({
            "CloudCustomData": message.cloud.as_deref().unwrap_or_default(),
            "MsgBody": message.body,
            "CallbackCommand": "C2C.CallbackAfterModifyMsg",
            "Operator_Account": message.from,
            "From_Account": message.from,
            "To_Account": message.to,
            "MsgRandom": message.random,
            "MsgSeq": message.seq,
            "MsgTime": message.time,
            "MsgKey": message.key(),
            "EventTime": millis(at),
        });
        self.sample(&message.from, &body)
    }

    /// `Group.CallbackAfterSendMsg`: a message to a group; its `to` is the group.
    pub fn group_sent(&self, message: &Message, at: Timestamp) -> Sample {
        let mut body = json!({
            "CallbackCommand": "Group.CallbackAfterSendMsg",
            "CloudCustomData": message.cloud.as_deref().unwrap_or_default(),
            "MsgSeq": message.seq % 10_000,
            "MsgTime": message.time,
        });
        put_group(&mut body, message, at);
        self.sample(&message.from, &sorted(body))
    }

    /// `State.StateChange`: the login state of a user changed.
    pub fn state(&self, user: &str, presence: Presence, at: Timestamp) -> Sample {
        let (action, reason) = match presence {
            Presence::Login => ("Login", "Register"),
            Presence::Logout => ("Logout", "Unregister"),
            Presence::Disconnect => ("Disconnect", "LinkClose"),
        };
        let body = json!({
            "CallbackCommand": "State.StateChange",
            "EventTime": millis(at),
            "Info": {"Action": action, "To_Account": user, "Reason": reason},
        });
        self.sample(user, &body)
    }

    /// `Profile.CallbackPortraitSet`: a user changed the profile.
    pub fn profile(&self, user: &str, nick: &str, at: Timestamp) -> Sample {
        let body = json!({
            "CallbackCommand": "Profile.CallbackPortraitSet",
            "Operator_Account": user,
            "From_Account": user,
            "EventTime": millis(at),
            "ProfileItem": [
                {"Tag": "Tag_Profile_IM_Nick", "Value": nick},
                {"Tag": "Tag_Profile_IM_Level", "Value": 7},
            ],
        });
        self.sample(user, &body)
    }

    /// `Push.OfflinePush`: a batch with an event for each message and its code.
    pub fn push(&mut self, pushes: &[(&Message, i64)], at: Timestamp) -> Sample {
        let events: Vec<Value> = pushes
            .iter()
            .map(|(message, code)| {
                json!({
                    "CallbackCommand": "Push.OfflinePush",
                    "EventType": 1,
                    "EventTime": at.secs(),
                    "From_Account": message.from,
                    "To_Account": message.to,
                    "PushPlatform": self.rng.u32(1..7),
                    "PushStage": 1,
                    "MsgKey": message.key(),
                    "MsgSeq": message.seq,
                    "MsgRandom": message.random,
                    "MsgTime": message.time,
                    "PushID": format!("{}_{}_{}", self.hex(8), self.hex(8), self.hex(12)),
                    "ErrCode": code,
                    "ErrInfo": if *code == 0 { "OK" } else { "device token is not valid" },
                })
            })
            .collect();
        self.sample("administrator", &json!({ "Events": events }))
    }

    /// A callback with any command word about a message: as documented for frequent
    /// commands, else with the common fields of the family.
    pub fn of_word(&mut self, word: &str, message: &Message, outcome: &Outcome) -> Sample {
        self.of_word_at(word, message, outcome, Timestamp::from_secs(message.time))
    }

    /// As [`Maker::of_word`], of an event at a time other than that of the message.
    pub fn of_word_at(
        &mut self,
        word: &str,
        message: &Message,
        outcome: &Outcome,
        at: Timestamp,
    ) -> Sample {
        let (from, to) = (&message.from, &message.to);
        let unread = outcome.unread;
        match word {
            AFTER_SEND | "Bot.OnC2CMessage" => self.sample(from, &sent(word, message, outcome)),
            BEFORE_SEND => self.before(message),
            "C2C.CallbackAfterMsgReport" => self.read(from, to, at, unread),
            "C2C.CallbackAfterMsgWithDraw" => self.recalled(message, at, unread),
            "C2C.CallbackAfterModifyMsg" => self.edited(message, at),
            "State.StateChange" => self.state(from, Presence::Login, at),
            "Profile.CallbackPortraitSet" => self.profile(from, from, at),
            "Push.OfflinePush" => self.push(&[(message, outcome.result)], at),
            "Group.CallbackAfterSendMsg" => self.group_sent(&not_empty(message), at),
            _ => self.sample(from, &plausible(word, message, outcome, at)),
        }
    }
}

/// A body with the documented fields of a command; of an unknown one, with those that
/// most have. The keys of groups are sorted.
fn plausible(word: &str, message: &Message, outcome: &Outcome, at: Timestamp) -> Value {
    let message = &not_empty(message);
    match command::find(word).filter(|it| !it.fields.is_empty()) {
        Some(it) if it.family == Family::Group => {
            sorted(fields::body(it, word, message, outcome, at))
        }
        Some(it) => fields::body(it, word, message, outcome, at),
        None => json!({
            "CallbackCommand": word,
            "From_Account": message.from,
            "To_Account": message.to,
            "EventTime": millis(at),
        }),
    }
}

/// The message with something in it.
fn not_empty(message: &Message) -> Message {
    let mut message = message.clone();
    if message.body.is_empty() {
        message.body = vec![element::text("hello")];
    }
    message
}

fn put_group(body: &mut Value, message: &Message, at: Timestamp) {
    body["GroupId"] = json!(message.to);
    body["Type"] = json!("Public");
    body["From_Account"] = json!(message.from);
    body["Operator_Account"] = json!(message.from);
    body["Random"] = json!(message.random);
    body["OnlineOnlyFlag"] = json!(u8::from(message.online_only));
    body["MsgBody"] = json!(message.body);
    body["EventTime"] = millis(at);
}

fn put_unread(body: &mut Value, unread: Option<i64>) {
    if let Some(unread) = unread {
        body["UnreadMsgNum"] = json!(unread);
    }
}

/// The value with all keys sorted, as in group callbacks.
fn sorted(value: Value) -> Value {
    match value {
        Value::Object(fields) => {
            let mut fields: Vec<_> = fields.into_iter().collect();
            fields.sort_by(|(a, _), (b, _)| a.cmp(b));
            Value::Object(fields.into_iter().map(|(k, v)| (k, sorted(v))).collect::<Map<_, _>>())
        }
        Value::Array(items) => items.into_iter().map(sorted).collect(),
        other => other,
    }
}
