//! What happens in the demo, scene after scene.

use crate::callback::sample::Shape;
use crate::callback::sample::event::Presence;

/// One scene: names first, then what happens.
#[derive(Debug)]
pub(super) enum Scene {
    /// From, to: a text.
    Says(&'static str, &'static str, &'static str),
    /// From, to: a message of some other shape.
    Sends(&'static str, &'static str, Shape),
    /// From, to: the data of a custom element.
    Custom(&'static str, &'static str, &'static str),
    /// From, to: a text with `CloudCustomData` beside it.
    WithCloud(&'static str, &'static str, &'static str, &'static str),
    /// From, to: a text for those who are online only.
    Online(&'static str, &'static str, &'static str),
    /// From, to: a text that cannot be sent, and why.
    Fails(&'static str, &'static str, &'static str, i64),
    /// From, to: a picture that cannot be sent.
    PictureFails(&'static str, &'static str, i64),
    /// A user reads what a peer wrote.
    Reads(&'static str, &'static str),
    /// From, to: the last message that was sent is recalled.
    Recalls(&'static str, &'static str),
    /// From, to: the last message that was sent becomes another text.
    Edits(&'static str, &'static str, &'static str),
    /// The last callback comes again, to the byte.
    Again,
    /// From, to: a text that comes so many seconds late.
    Late(&'static str, &'static str, &'static str, u64),
    /// From, to: may this text be sent? Then it is.
    Asks(&'static str, &'static str, &'static str),
    /// From: a text to the group.
    ToGroup(&'static str, &'static str),
    /// A user comes or goes.
    State(&'static str, Presence),
    /// A user has a new nickname.
    Profile(&'static str, &'static str),
    /// Offline pushes for the last messages, one of them failed.
    Push,
    /// A command word, from, to: any other command.
    Other(&'static str, &'static str, &'static str),
    /// From, to: signed with the wrong token.
    Forged(&'static str, &'static str, &'static str),
    /// From, to: signed this many seconds ago.
    Stale(&'static str, &'static str, &'static str, u32),
    /// From, to: a comment in the JSON, as in the documents' examples.
    Commented(&'static str, &'static str, &'static str),
    /// From, to: a `MsgKey` that is of another message.
    WrongKey(&'static str, &'static str, &'static str),
    /// From, to: numbers written as strings.
    NumbersAsText(&'static str, &'static str, &'static str),
}

use Scene::{
    Again, Asks, Commented, Custom, Edits, Fails, Forged, Late, NumbersAsText, Online, Other,
    PictureFails, Profile, Push, Reads, Recalls, Says, Sends, Stale, State, ToGroup, WithCloud,
    WrongKey,
};

/// What apps with calls really send: JSON in a string in JSON in a string.
const CALL: &str = r#"{"businessID":1,"inviteID":"7b0e-41","inviter":"小明","actionType":1,"data":"{\"cmd\":\"videoCall\",\"room_id\":48213,\"line\":\"第一行\\nline two\"}"}"#;
const TYPING: &str = r#"{"businessID":"user_typing_status","typingStatus":1}"#;
const RED_PACKET: &str =
    r#"{"businessID":"red_packet","amount":"8.88","currency":"CNY","wish":"恭喜发财 🧧"}"#;

/// The script: what is rare comes early, and nothing for long alone.
pub(super) static SCRIPT: &[Scene] = &[
    State("alice", Presence::Login),
    Says("jared", "Jonh", "red packet"),
    Says("alice", "小明", "在吗？"),
    Sends("alice", "小明", Shape::Image),
    Says("小明", "alice", "在的，刚看到 😊"),
    Fails("mallory", "bob", "加微信领红包，日结 500", 80001),
    Says("bob", "Jonh", "did you see the new build?"),
    Custom("小明", "李雷", CALL),
    Reads("alice", "小明"),
    WithCloud("jared", "Jonh", "your turn ♟️", r#"{"orderId":"A-1042","vip":true}"#),
    Again,
    Fails("mallory", "alice", "hey, remember me?", 20007),
    Sends("bob", "alice", Shape::Sound),
    Asks("user_1042", "bob", "may I send this?"),
    Says("user_1042", "bob", "may I send this?"),
    ToGroup("李雷", "今晚八点开会，别迟到"),
    Forged("mallory", "bob", "I am the system administrator"),
    Says("李雷", "小明", "周末去爬山吗 ⛰️"),
    Sends("alice", "bob", Shape::Video),
    Late("jared", "Jonh", "sent before, came after", 9),
    Sends("小明", "李雷", Shape::Location),
    Commented("jared", "Jonh", "pasted from the document"),
    Says("Jonh", "jared", "👨‍👩‍👧‍👦 family dinner at 7?"),
    Recalls("alice", "bob"),
    Sends("bob", "Jonh", Shape::File),
    WrongKey("bob", "alice", "whose key is this?"),
    Profile("小明", "小明同学 🎓"),
    Fails("user_1042", "李雷", "hi, can we talk?", 20009),
    Says("alice", "小明", "好的，收到！"),
    Push,
    Other("Follow.CallbackAfterFollowAdd", "bob", "alice"),
    Custom("bob", "Jonh", RED_PACKET),
    Says(
        "mallory",
        "user_1042",
        "\u{1b}[31mred\u{1b}[0m \u{202e}desrever\u{202c} zero\u{200b}width",
    ),
    Reads("Jonh", "jared"),
    Sends("jared", "alice", Shape::Relay),
    NumbersAsText("user_1042", "小明", "1 is not \"1\""),
    Fails("alice", "bob", "discount code inside", 120_001),
    Other("Meeting.CallbackAfterRaiseHand", "小明", "李雷"),
    Says("alice", "@RBT#001", "what's the weather in 深圳?"),
    Other("Bot.OnC2CMessage", "alice", "@RBT#001"),
    Says("@RBT#001", "alice", "深圳 26 °C，多云 ⛅"),
    State("bob", Presence::Disconnect),
    Sends("小明", "alice", Shape::Several),
    PictureFails("mallory", "小明", 80004),
    Edits("bob", "alice", "whose key was this?"),
    Online("李雷", "小明", "typing is for the living"),
    Custom("alice", "bob", TYPING),
    Sends("Jonh", "李雷", Shape::Face),
    Stale("mallory", "bob", "a call recorded and sent again", 600),
    Says("bob", "Jonh", "ping"),
    Says("bob", "Jonh", "ping?"),
    Says("bob", "Jonh", "PING!"),
    Fails("bob", "nobody_there", "hello?", 20003),
    Other("Sns.CallbackFriendAdd", "user_1042", "李雷"),
    Says("user_1042", "李雷", "thanks for adding me"),
    Late("alice", "小明", "这条消息迟到了", 30),
    Reads("小明", "alice"),
    Other("Group.CallbackAfterNewMemberJoin", "李雷", "@TGS#2J4SZEAEL"),
    ToGroup("alice", "welcome! 🎉"),
    Recalls("bob", "Jonh"),
    Other("Alert.RequestOverLimit", "administrator", ""),
    Fails("mallory", "Jonh", "加微信领红包，日结 800", 80001),
    Says("小明", "李雷", "明天见，记得带水和帽子，山上太阳很大，下午还可能有雨"),
    State("bob", Presence::Login),
    Reads("bob", "user_1042"),
    State("alice", Presence::Logout),
];
