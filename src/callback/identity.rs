//! Identifies the event, the message and the chat of a callback: what has the same
//! identity is a duplicate, belongs to one life line, or is older than others of its chat.
//!
//! Every key includes the application: two applications may have the same users and
//! groups, and the same `MsgKey`.

use std::borrow::Cow;
use std::hash::{BuildHasher, Hash, Hasher};

use foldhash::fast::FixedState;

use super::command::{Family, When};
use super::decode::Callback;
use super::json::{Fields, Json};
use super::value::{get, integer, string_or_number, unsigned};

impl<'a> Callback<'a> {
    /// Hashes what identifies the event.
    ///
    /// Tencent documents no key. In use are `MsgKey` (with both users), group and
    /// `MsgSeq` for a group message, and user, `EventTime` and `Action` for a
    /// login. Everything else, such as an edit, of which a message can have
    /// several, is identified by its body: a repeated callback has the same bytes.
    pub fn identity(&self, hasher: &mut impl Hasher) {
        (&self.app, &self.word).hash(hasher);
        let known = match self.command.map(|it| it.word) {
            Some(
                "C2C.CallbackAfterSendMsg"
                | "C2C.CallbackBeforeSendMsg"
                | "C2C.CallbackAfterMsgWithDraw"
                | "Bot.OnC2CMessage",
            ) => self.msg_key.as_ref().map(|key| (key, &self.from, &self.to).hash(hasher)),
            Some("Group.CallbackAfterSendMsg" | "Bot.OnGroupMessage") => {
                self.msg_seq.map(|seq| (seq, &self.to, self.topic()).hash(hasher))
            }
            Some("State.StateChange") => self.field("EventTime").map(|time| {
                let action = self.state_info().and_then(|it| it.get("Action"));
                (integer(time).ok_or(time.raw()), &self.from, action.map(Json::raw)).hash(hasher);
            }),
            _ => None,
        };
        if known.is_none() {
            self.body.hash(hasher);
        }
    }

    /// The identity as a number, equal in every run. Not collision-resistant: a
    /// client could forge a duplicate, which is then only marked as one.
    pub fn duplicate_key(&self) -> u64 {
        let mut hasher = FixedState::default().build_hasher();
        self.identity(&mut hasher);
        hasher.finish()
    }

    /// The message as a number that all callbacks about it share: a hash of `MsgKey`, or
    /// of group, topic and `MsgSeq`. Of the first where the callback is about several; 0
    /// if it is about none.
    pub fn message_key(&self) -> u64 {
        let of_group = |seq| self.key_in_group(self.to.as_deref().unwrap_or_default(), seq);
        match &self.msg_key {
            // A content check of a group message has the `MsgSeq` as `MsgID`.
            Some(key) if self.to_group => key.parse().map_or_else(|_| self.key_of(key), of_group),
            Some(key) => self.key_of(key),
            None => match self.msg_seq.filter(|_| self.to_group) {
                Some(seq) => of_group(seq),
                None => self.listed_keys().next().unwrap_or(0),
            },
        }
    }

    /// The other messages of a callback about several: a receipt, a recall, a batch.
    pub fn other_message_keys(&self) -> Vec<u64> {
        let mut keys: Vec<_> = self.listed_keys().collect();
        if let Some(first) = keys.first().map(|_| self.message_key()) {
            keys.retain(|it| *it != first);
            keys.sort_unstable();
            keys.dedup();
        }
        keys
    }

    /// The `MsgKey` of each message of a callback about several.
    pub fn listed_msg_keys(&self) -> impl Iterator<Item = Cow<'a, str>> {
        self.listed().filter_map(|it| it.get("MsgKey").and_then(string_or_number))
    }

    fn listed_keys(&self) -> impl Iterator<Item = u64> {
        self.listed().filter_map(|it| self.listed_key(&it.fields()))
    }

    /// The entries of the list of messages; none for a message itself.
    fn listed(&self) -> impl Iterator<Item = Json<'a>> {
        const LISTS: [&str; 5] =
            ["C2CMsgInfo", "MsgSeqList", "WithdrawMsgList", "GroupMsgReceiptList", "Events"];
        let has_list = self.elements.is_empty();
        let list = has_list.then(|| LISTS.iter().find_map(|it| self.field(it))).flatten();
        list.into_iter().flat_map(Json::each_item)
    }

    fn listed_key(&self, item: &Fields<'a>) -> Option<u64> {
        let text = |name| get(item, name).and_then(string_or_number);
        if let Some(key) = text("MsgKey") {
            return Some(self.key_of(&key));
        }
        let group = text("GroupID").or_else(|| text("GroupId"));
        let group = group.or_else(|| self.to.clone().filter(|_| self.to_group))?;
        Some(self.key_in_group(&group, get(item, "MsgSeq").and_then(unsigned)?))
    }

    fn key_of(&self, msg_key: &str) -> u64 {
        FixedState::default().hash_one((&self.app, msg_key)).max(1)
    }

    fn key_in_group(&self, group: &str, msg_seq: u64) -> u64 {
        let topic = self.topic();
        FixedState::default().hash_one((&self.app, group, topic, msg_seq)).max(1)
    }

    /// The chat of a sent message, as a key to compare: the application, and both
    /// accounts of a one-to-one chat, sorted, or group and topic. `None` for other
    /// callbacks.
    pub fn chat(&self) -> Option<(&str, &str, &str)> {
        let command = self.command.filter(|it| it.when == When::After)?;
        let sent = matches!(command.family, Family::OneToOne | Family::Group | Family::Bot)
            && (command.word.ends_with(".CallbackAfterSendMsg")
                || command.word.starts_with("Bot."));
        let to = self.to.as_deref().filter(|_| sent)?;
        if self.to_group {
            return Some((&self.app, to, self.topic()));
        }
        let from = self.from.as_deref()?;
        Some(if from <= to { (&self.app, from, to) } else { (&self.app, to, from) })
    }

    /// `TopicId` of a community message as written, empty without one.
    fn topic(&self) -> &'a str {
        self.field("TopicId").map(Json::raw).filter(|it| *it != "\"\"").unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::super::{Answer, Delivery, Headers, Origin, Seq, Timestamp, Verdict, decode};

    fn delivery(body: &str) -> Delivery {
        Delivery {
            seq: Seq(1),
            at: Timestamp(0),
            peer: Arc::from(""),
            method: "POST".into(),
            target: "/".into(),
            headers: Headers::default(),
            body: body.as_bytes().into(),
            omitted_bytes: 0,
            signature: Verdict::Unchecked,
            refusal: None,
            answer: Answer::ok(0),
            origin: Origin::Caller,
        }
    }

    /// Whether two bodies of a command, given without braces, have one identity.
    fn same(word: &str, first: &str, second: &str) -> bool {
        let key = |fields: &str| {
            let body = format!(r#"{{"CallbackCommand":"{word}",{fields}}}"#);
            decode(&delivery(&body)).duplicate_key()
        };
        key(first) == key(second)
    }

    #[test]
    fn a_message_is_identified_by_key_and_users() {
        let word = "C2C.CallbackAfterSendMsg";
        let message = r#""From_Account":"a","To_Account":"b","MsgKey":"1_2_3""#;
        assert!(same(word, message, &format!(r#""UnreadMsgNum":7,{message}"#)));
        assert!(!same(word, message, &message.replace('b', "c")));
        assert!(!same(word, message, &message.replace("1_2_3", "1_2_4")));
    }

    #[test]
    fn a_group_message_is_identified_by_group_topic_and_seq() {
        let word = "Group.CallbackAfterSendMsg";
        let message = r#""GroupId":"g","MsgSeq":7"#;
        assert!(same(word, message, &format!(r#"{message},"EventTime":"9""#)));
        assert!(!same(word, message, &format!(r#"{message},"TopicId":"t""#)));
        assert!(!same(word, message, r#""GroupId":"g","MsgSeq":8"#));
    }

    #[test]
    fn a_login_is_identified_by_user_time_and_action() {
        let state = |time: u8, action: &str| {
            format!(r#""Info":{{"To_Account":"a","Action":"{action}"}},"EventTime":{time}"#)
        };
        let word = "State.StateChange";
        assert!(same(word, &state(1, "Login"), &format!(r#"{},"More":1"#, state(1, "Login"))));
        assert!(!same(word, &state(1, "Login"), &state(2, "Login")));
        assert!(!same(word, &state(1, "Login"), &state(1, "Logout")));
    }

    #[test]
    fn one_message_edited_twice_is_two_events() {
        let edit = |time: u8| format!(r#""MsgKey":"1_2_3","EventTime":{time}"#);
        assert!(same("C2C.CallbackAfterModifyMsg", &edit(1), &edit(1)));
        assert!(!same("C2C.CallbackAfterModifyMsg", &edit(1), &edit(2)));
    }

    #[test]
    fn a_callback_about_several_messages_has_the_key_of_each() {
        let keys = |word: &str, fields: &str| {
            let delivery = delivery(&format!(r#"{{"CallbackCommand":"{word}",{fields}}}"#));
            let callback = decode(&delivery);
            let mut keys = callback.other_message_keys();
            keys.push(callback.message_key());
            keys.sort_unstable();
            keys
        };
        let sorted = |parts: [Vec<u64>; 2]| {
            let mut keys = parts.concat();
            keys.sort_unstable();
            keys
        };
        let sent = |key| {
            let word = "C2C.CallbackAfterSendMsg";
            keys(word, &format!(r#""MsgKey":"{key}","From_Account":"a","To_Account":"b""#))
        };
        let receipt = r#""C2CMsgInfo":[{"MsgKey":"1_2_3"},{"MsgKey":"4_5_6"},{"MsgKey":"1_2_3"}]"#;
        let both = sorted([sent("1_2_3"), sent("4_5_6")]);
        assert_eq!(keys("C2C.CallbackAfterMsgReadReceipt", receipt), both);
        let recalled = receipt.replace("C2CMsgInfo", "WithdrawMsgList");
        assert_eq!(keys("OfficialAccount.CallbackAfterMsgWithDraw", &recalled), both);
        assert_eq!(keys("Push.OfflinePush", &receipt.replace("C2CMsgInfo", "Events")), both);

        let in_group = |seq| {
            let fields = format!(r#""GroupId":"g","MsgSeq":{seq},"TopicId":"","MsgBody":[{{}}]"#);
            keys("Group.CallbackAfterSendMsg", &fields)
        };
        let both = sorted([in_group(7), in_group(8)]);
        let recalled = r#""GroupId":"g","MsgSeqList":[{"MsgSeq":7},{"MsgSeq":8.0,"MsgId":"x"}]"#;
        assert_eq!(keys("Group.CallbackAfterRecallMsg", recalled), both);
        let pushed = r#""Events":[{"GroupID":"g","MsgSeq":7},{"GroupID":"g","MsgSeq":8}]"#;
        assert_eq!(keys("Push.OfflinePush", pushed), both);
        assert_eq!(
            keys("Group.CallbackAfterModifyMsg", r#""GroupId":"g","MsgSeq":7"#),
            in_group(7)
        );
        let checked = r#""ContactItem":{"GroupId":"g"},"MsgID":"7""#;
        assert_eq!(keys("ContentCallback.ResultNotify", checked), in_group(7));
        assert_eq!(keys("State.StateChange", r#""Info":{}"#), [0]);
    }

    #[test]
    fn two_apps_share_no_event_message_or_chat() {
        let body = r#"{"From_Account":"a","To_Account":"b","MsgKey":"1_2_3","MsgTime":3}"#;
        let of = |app: &str| {
            let target = format!("/?SdkAppid={app}&CallbackCommand=C2C.CallbackAfterSendMsg");
            let delivery = Delivery { target: target.into(), ..delivery(body) };
            let callback = decode(&delivery);
            let chat = callback.chat().map(|(app, ..)| app.to_owned());
            (callback.duplicate_key(), callback.message_key(), chat)
        };
        let (one, two) = (of("1400000001"), of("1400000002"));
        assert!(one.0 != two.0 && one.1 != two.1 && one.2 != two.2, "{one:?} {two:?}");
        assert_eq!(one, of("1400000001"));
    }

    #[test]
    fn the_app_is_that_of_the_query_else_of_the_body() {
        let app = |target: &str, body: &str| {
            let delivery = Delivery { target: target.into(), ..delivery(body) };
            decode(&delivery).app.into_owned()
        };
        assert_eq!(app("/?sdkappid=14", r#"{"SdkAppId":15}"#), "14");
        assert_eq!(app("/?SdkAppid=", r#"{"SdkAppId":1.5E1}"#), "15");
        assert_eq!(app("/", r#"{"SDKAppID":"15"}"#), "15");
        assert_eq!(app("/", "{}"), "");
    }

    #[test]
    fn a_chat_is_the_same_in_both_directions() {
        let chat = |word: &str, from: &str, to: &str| {
            let body = format!(
                r#"{{"CallbackCommand":"{word}","From_Account":"{from}","To_Account":"{to}"}}"#
            );
            let delivery = delivery(&body);
            decode(&delivery).chat().map(|(_, a, b)| format!("{a} {b}"))
        };
        assert_eq!(chat("C2C.CallbackAfterSendMsg", "b", "a").as_deref(), Some("a b"));
        assert_eq!(chat("C2C.CallbackAfterSendMsg", "a", "b").as_deref(), Some("a b"));
        assert_eq!(chat("C2C.CallbackBeforeSendMsg", "a", "b"), None);
        assert_eq!(chat("Nobody.Knows", "a", "b"), None);
    }
}
