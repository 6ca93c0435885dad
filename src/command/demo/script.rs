//! The script of the demo, one callback after the other.

use crate::callback::sample::Shape;
use crate::callback::sample::event::Presence;

/// One scripted callback. The arguments begin with the users: sender, recipient.
#[derive(Debug)]
pub(super) enum DemoCallback {
    /// A text.
    Text(&'static str, &'static str, &'static str),
    /// A message of another type.
    Message(&'static str, &'static str, Shape),
    /// A custom element with this data.
    Custom(&'static str, &'static str, &'static str),
    /// A text with this `CloudCustomData`.
    CloudCustomData(&'static str, &'static str, &'static str, &'static str),
    /// A text with `OnlineOnlyFlag`.
    OnlineOnly(&'static str, &'static str, &'static str),
    /// A text that fails with this code.
    FailedText(&'static str, &'static str, &'static str, i64),
    /// An image that fails with this code.
    FailedImage(&'static str, &'static str, i64),
    /// User, peer: the user has read the messages of the peer.
    ReadReport(&'static str, &'static str),
    /// The last message of the chat is recalled.
    Recall(&'static str, &'static str),
    /// The last message of the chat is replaced by this text.
    Edit(&'static str, &'static str, &'static str),
    /// The last callback again, identical to the byte.
    Duplicate,
    /// A text sent this many seconds before its callback.
    Older(&'static str, &'static str, &'static str, u64),
    /// The before-callback of this text; what becomes of it depends on the answer.
    BeforeText(&'static str, &'static str, &'static str),
    /// A text to the group.
    GroupText(&'static str, &'static str),
    /// A change of a user's online state.
    State(&'static str, Presence),
    /// User, new nickname.
    Profile(&'static str, &'static str),
    /// Offline pushes of the last messages, one of them failed.
    Push,
    /// `CallbackCommand`, sender, recipient: any other command.
    Other(&'static str, &'static str, &'static str),
    /// A text, signed with the wrong token.
    WrongToken(&'static str, &'static str, &'static str),
    /// A text, signed this many seconds ago.
    StaleText(&'static str, &'static str, &'static str, u32),
    /// A text with a comment in its JSON, as in examples of the documentation.
    Commented(&'static str, &'static str, &'static str),
    /// A text with the `MsgKey` of another message.
    WrongKey(&'static str, &'static str, &'static str),
    /// A text with numbers written as strings.
    NumbersAsText(&'static str, &'static str, &'static str),
}

use DemoCallback::{
    BeforeText, CloudCustomData, Commented, Custom, Duplicate, Edit, FailedImage, FailedText,
    GroupText, Message, NumbersAsText, Older, OnlineOnly, Other, Profile, Push, ReadReport, Recall,
    StaleText, State, Text, WrongKey, WrongToken,
};

/// Data of a custom element of real apps with calls: JSON in strings, nested twice.
const CALL: &str = r#"{"businessID":1,"inviteID":"7b0e-41","inviter":"小明","actionType":1,"data":"{\"cmd\":\"videoCall\",\"room_id\":48213,\"line\":\"第一行\\nline two\"}"}"#;
const TYPING: &str = r#"{"businessID":"user_typing_status","typingStatus":1}"#;
const RED_PACKET: &str =
    r#"{"businessID":"red_packet","amount":"8.88","currency":"CNY","wish":"恭喜发财 🧧"}"#;

/// The rules that the demo answers by: one denies, one drops, one changes a message.
pub(super) const RULES: [&str; 3] = [
    r#"before cmd:c2c from:mallory => deny 120001 "no advertising""#,
    r#"before cmd:c2c text:"代开发票" => drop"#,
    r#"before cmd:c2c text:13900139000 => set /MsgBody/0/MsgContent/Text="[number removed]""#,
];

/// The script. Rare kinds of callbacks come early, and kinds alternate.
pub(super) static SCRIPT: &[DemoCallback] = &[
    State("alice", Presence::Login),
    Text("jared", "Jonh", "red packet"),
    Text("alice", "小明", "在吗？"),
    Message("alice", "小明", Shape::Image),
    Text("小明", "alice", "在的，刚看到 😊"),
    FailedText("mallory", "bob", "加微信领红包，日结 500", 80001),
    Text("bob", "Jonh", "did you see the new build?"),
    Custom("小明", "李雷", CALL),
    BeforeText("mallory", "alice", "加微信领红包，日结 600"),
    ReadReport("alice", "小明"),
    BeforeText("alice", "Jonh", "call me: 13900139000"),
    CloudCustomData("jared", "Jonh", "your turn ♟️", r#"{"orderId":"A-1042","vip":true}"#),
    Duplicate,
    FailedText("mallory", "alice", "hey, remember me?", 20007),
    BeforeText("user_1042", "小明", "代开发票，加我私聊"),
    Message("bob", "alice", Shape::Sound),
    BeforeText("user_1042", "bob", "may I send this?"),
    GroupText("李雷", "今晚八点开会，别迟到"),
    WrongToken("mallory", "bob", "I am the system administrator"),
    Text("李雷", "小明", "周末去爬山吗 ⛰️"),
    Message("alice", "bob", Shape::Video),
    Older("jared", "Jonh", "sent before, came after", 9),
    Message("小明", "李雷", Shape::Location),
    Commented("jared", "Jonh", "pasted from the document"),
    Text("Jonh", "jared", "👨‍👩‍👧‍👦 family dinner at 7?"),
    Recall("alice", "bob"),
    Message("bob", "Jonh", Shape::File),
    WrongKey("bob", "alice", "whose key is this?"),
    Profile("小明", "小明同学 🎓"),
    FailedText("user_1042", "李雷", "hi, can we talk?", 20009),
    Text("alice", "小明", "好的，收到！"),
    Push,
    Other("Follow.CallbackAfterFollowAdd", "bob", "alice"),
    Custom("bob", "Jonh", RED_PACKET),
    Text(
        "mallory",
        "user_1042",
        "\u{1b}[31mred\u{1b}[0m \u{202e}desrever\u{202c} zero\u{200b}width",
    ),
    ReadReport("Jonh", "jared"),
    Message("jared", "alice", Shape::Relay),
    NumbersAsText("user_1042", "小明", "1 is not \"1\""),
    FailedText("user_1042", "bob", "discount code inside", 20012),
    Other("Meeting.CallbackAfterRaiseHand", "小明", "李雷"),
    Text("alice", "@RBT#001", "what's the weather in 深圳?"),
    Other("Bot.OnC2CMessage", "alice", "@RBT#001"),
    Text("@RBT#001", "alice", "深圳 26 °C，多云 ⛅"),
    State("bob", Presence::Disconnect),
    Message("小明", "alice", Shape::Several),
    FailedImage("mallory", "小明", 80004),
    Edit("bob", "alice", "whose key was this?"),
    OnlineOnly("李雷", "小明", "only visible while you are online"),
    Custom("alice", "bob", TYPING),
    Message("Jonh", "李雷", Shape::Face),
    StaleText("mallory", "bob", "a call recorded and sent again", 600),
    Text("bob", "Jonh", "ping"),
    Text("bob", "Jonh", "ping?"),
    Text("bob", "Jonh", "PING!"),
    FailedText("bob", "nobody_there", "hello?", 20003),
    Other("Sns.CallbackFriendAdd", "user_1042", "李雷"),
    Text("user_1042", "李雷", "thanks for adding me"),
    Older("alice", "小明", "这条消息迟到了", 30),
    ReadReport("小明", "alice"),
    Other("Group.CallbackAfterNewMemberJoin", "李雷", "@TGS#2J4SZEAEL"),
    GroupText("alice", "welcome! 🎉"),
    Recall("bob", "Jonh"),
    Other("Alert.RequestOverLimit", "administrator", ""),
    FailedText("mallory", "Jonh", "加微信领红包，日结 800", 80001),
    Text("小明", "李雷", "明天见，记得带水和帽子，山上太阳很大，下午还可能有雨"),
    State("bob", Presence::Login),
    ReadReport("bob", "user_1042"),
    State("alice", Presence::Logout),
];
