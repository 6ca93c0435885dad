//! What a delivery means. Total: decoding never fails.
//!
//! A call this version does not know is shown by its name, a body that is not
//! JSON by the place of its error; neither is an error here.

use std::borrow::Cow;

use super::command::{self, Command, Family};
use super::delivery::Delivery;
use super::examine;
use super::json::{self, Broken, Fields, Json, Kind};
use super::message::{self, Element};
use super::oddity::Oddity;
use super::query::{self, Query};
use super::timestamp::Timestamp;
use super::unfold::whole;

/// What a delivery means. Borrowed from the delivery; nothing is converted
/// that was not asked for.
#[derive(Debug, Clone)]
pub struct Callback<'a> {
    /// What the query tells.
    pub query: Query<'a>,
    /// The command word: of the query, else of the body, else of the first
    /// event of a batch; empty if there is none.
    pub word: Cow<'a, str>,
    /// The command, if this version knows the word.
    pub command: Option<&'static Command>,
    /// The bytes of the body.
    pub raw: &'a [u8],
    /// The body, or why it is not JSON. An empty body is [`Broken`] too.
    pub body: Result<Json<'a>, Broken>,
    /// The fields of the body in their order, doubles included.
    pub fields: Fields<'a>,
    /// Who acted.
    pub from: Option<Cow<'a, str>>,
    /// To whom: a user, or the group.
    pub to: Option<Cow<'a, str>>,
    /// Whether `to` is a group (or a room) and not a user.
    pub to_group: bool,
    /// `MsgTime`, seconds since the Unix epoch. Milliseconds are read as such;
    /// what is no time of our days is `None`.
    pub msg_time: Option<i64>,
    /// `MsgSeq`.
    pub msg_seq: Option<u64>,
    /// `MsgKey`: `MsgSeq_MsgRandom_MsgTime`; of the first message where a
    /// callback tells of several.
    pub msg_key: Option<Cow<'a, str>>,
    /// `SendMsgResult`, or the `ErrorCode` of `Group.CallbackSendMsgException`,
    /// or the first `ErrCode` other than 0 of a push batch. 0 is success.
    pub result: Option<i64>,
    /// What stands beside the result as text.
    pub error_info: Option<Cow<'a, str>>,
    /// The unread count this callback reports.
    pub unread: Option<Unread<'a>>,
    /// `OnlineOnlyFlag` = 1: not stored, only for users who are online.
    pub online_only: bool,
    /// The elements of `MsgBody`.
    pub elements: Vec<Element<'a>>,
    /// What is odd about the call.
    pub oddities: Vec<Oddity<'a>>,
}

/// How many one-to-one messages a user has not read, over all conversations.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unread<'a> {
    /// Whose count it is.
    pub user: Cow<'a, str>,
    /// The count.
    pub count: u32,
    /// When it was true, to be compared: seconds since the Unix epoch, then
    /// `MsgSeq` (or `u64::MAX` for what is no message and so comes after the
    /// messages of its second).
    pub order: (i64, u64),
}

/// The first millisecond count that cannot be a second count of our days.
const MILLIS: i64 = 100_000_000_000;

/// What a delivery means.
pub fn decode(delivery: &Delivery) -> Callback<'_> {
    let (body, fields) = match json::read_fields(&delivery.body) {
        Ok((body, fields)) => (Ok(body), fields),
        Err(broken) => (Err(broken), Fields::new()),
    };
    let mut it = Callback {
        query: query::read(delivery.query()),
        word: Cow::Borrowed(""),
        command: None,
        raw: &delivery.body,
        body,
        fields,
        from: None,
        to: None,
        to_group: false,
        msg_time: None,
        msg_seq: None,
        msg_key: None,
        result: None,
        error_info: None,
        unread: None,
        online_only: false,
        elements: Vec::new(),
        oddities: Vec::new(),
    };
    it.word = it.find_word();
    it.command = command::find(&it.word);
    let events = it.find_events();
    let event = events.first().map(|it| it.fields()).unwrap_or_default();
    it.find_message();
    it.find_people(&event);
    it.find_result(&events);
    it.unread = it.find_unread(delivery.at);
    examine::examine(&mut it, delivery, events.len());
    it
}

impl<'a> Callback<'a> {
    /// The value of a field of the body; the last one of doubles, as most
    /// readers of JSON take it.
    pub fn field(&self, name: &str) -> Option<Json<'a>> {
        get(&self.fields, name)
    }

    /// The text of a field; `None` also where it is empty.
    pub fn text(&self, name: &str) -> Option<Cow<'a, str>> {
        self.field(name).and_then(text)
    }

    /// `EventTime` in seconds since the Unix epoch. Only pushes have it in
    /// seconds, all others in milliseconds.
    pub fn event_time(&self) -> Option<i64> {
        self.field("EventTime").and_then(whole).map(seconds)
    }

    /// Whether somebody has read something: the report of a conversation, the
    /// receipt of single messages, all at once.
    pub fn is_read(&self) -> bool {
        matches!(
            &*self.word,
            "C2C.CallbackAfterMsgReport"
                | "C2C.CallbackAfterMsgReadReceipt"
                | "C2C.CallbackAfterMsgReadAll"
                | "Group.CallbackAfterReadReceipt"
        )
    }

    /// The command's family, if this version knows the command.
    pub fn family(&self) -> Option<Family> {
        self.command.map(|it| it.family)
    }

    /// Whether the body has nothing in it.
    pub fn is_empty(&self) -> bool {
        self.raw.trim_ascii().is_empty()
    }

    fn find_word(&self) -> Cow<'a, str> {
        let given = self.query.command.clone().filter(|it| !it.is_empty());
        let of_batch = || get(&self.first_of("Events"), "CallbackCommand").and_then(text);
        given.or_else(|| self.text("CallbackCommand")).or_else(of_batch).unwrap_or_default()
    }

    /// The events of a batch. A known command that is no push has none, and
    /// need not be searched for them.
    fn find_events(&self) -> Vec<Json<'a>> {
        match self.family() {
            Some(Family::Push) | None => self.field("Events").map(Json::items).unwrap_or_default(),
            Some(_) => Vec::new(),
        }
    }

    /// The message: its elements, and what identifies it.
    fn find_message(&mut self) {
        self.elements = self.field("MsgBody").map(message::elements).unwrap_or_default();
        self.msg_time =
            self.field("MsgTime").and_then(whole).map(seconds).filter(|it| is_time(*it));
        self.msg_seq = self.field("MsgSeq").and_then(whole).and_then(|it| it.try_into().ok());
        self.online_only = self.field("OnlineOnlyFlag").and_then(whole) == Some(1);
        self.msg_key = self.text("MsgKey").or_else(|| self.text("MsgID")).or_else(|| {
            let first = self.field("C2CMsgInfo")?.each_item().next()?;
            first.get("MsgKey").and_then(text)
        });
    }

    /// Who acted, and on whom. Asked by field rather than by command, so that
    /// an unknown command has them too.
    fn find_people(&mut self, event: &Fields<'a>) {
        match self.family() {
            Some(Family::State) => {
                self.from = self.field("Info").and_then(|it| it.get("To_Account")).and_then(text);
                return;
            }
            Some(Family::Profile) => {
                let owner = self.text("From_Account");
                self.from = self.text("Operator_Account").or_else(|| owner.clone());
                self.to = owner.filter(|it| self.from.as_ref() != Some(it));
                return;
            }
            _ => {}
        }
        let pair = match self.family() {
            Some(Family::Friends) | None => self.first_of("PairList"),
            Some(_) => Fields::new(),
        };
        let within = if pair.is_empty() { event } else { &pair };
        if !within.is_empty() {
            self.from = get(within, "From_Account").and_then(text);
            self.to = get(within, "To_Account").and_then(text);
            self.msg_key = self.msg_key.take().or_else(|| get(within, "MsgKey").and_then(text));
            return;
        }
        self.to = self.text("GroupId").or_else(|| self.text("RoomId"));
        self.to_group = self.to.is_some();
        self.from = self.find_actor();
        if self.to.is_none() {
            self.find_target();
        }
    }

    fn find_actor(&self) -> Option<Cow<'a, str>> {
        let names = [
            "From_Account",
            "Report_Account",
            "Operator_Account",
            "Requester_Account",
            "Requestor_Account",
            "Owner_Account",
        ];
        let member = || get(&self.first_of("MemberList"), "Member_Account").and_then(text);
        names.iter().find_map(|it| self.text(it)).or_else(member)
    }

    fn find_target(&mut self) {
        let names = ["To_Account", "Peer_Account", "Official_Account"];
        let lists = ["FollowList", "FriendItem", "ResponseFriendItem"];
        self.to = names.iter().find_map(|it| self.text(it)).or_else(|| {
            let list = self.field("To_Account").map(Json::items).unwrap_or_default();
            list.into_iter().find_map(text).or_else(|| {
                lists.iter().find_map(|it| get(&self.first_of(it), "To_Account").and_then(text))
            })
        });
        if let (None, Some(contact)) = (&self.to, self.field("ContactItem")) {
            let group = contact.get("GroupId").and_then(text);
            self.to_group = group.is_some();
            self.to = group.or_else(|| contact.get("To_Account").and_then(text));
        }
    }

    /// The fields of the first item of a list.
    fn first_of(&self, list: &str) -> Fields<'a> {
        let first = self.field(list).and_then(|it| it.each_item().next());
        first.map(Json::fields).unwrap_or_default()
    }

    fn find_result(&mut self, events: &[Json<'a>]) {
        let code = |it: &str| self.field(it).and_then(whole);
        // Only a failed group message has an ErrorCode; names that circulate in
        // public code for the same thing are given the benefit of the doubt.
        let failed = self.command.is_none_or(|it| it.word == "Group.CallbackSendMsgException");
        self.result = code("SendMsgResult").or_else(|| code("ErrorCode").filter(|_| failed));
        self.error_info = self.text("ErrorInfo");
        for event in events.iter().map(|it| it.fields()) {
            if let Some(code) = get(&event, "ErrCode").and_then(whole) {
                self.result = Some(code);
                self.error_info = get(&event, "ErrInfo").and_then(text);
                if code != 0 {
                    return;
                }
            }
        }
    }

    fn find_unread(&self, arrival: Timestamp) -> Option<Unread<'a>> {
        let count = || u32::try_from(whole(self.field("UnreadMsgNum")?)?).ok();
        let event_time = self.event_time();
        let (user, count, order) = match &*self.word {
            "C2C.CallbackAfterSendMsg" | "Bot.OnC2CMessage" => {
                let time = self.msg_time.unwrap_or_else(|| arrival.secs());
                (self.to.clone()?, count()?, (time, self.msg_seq.unwrap_or_default()))
            }
            // The time of the report, where it is told, and not that of the
            // newest message read: the count was true when it was reported.
            "C2C.CallbackAfterMsgReport" => {
                let read = || self.field("LastReadTime").and_then(whole).map(seconds);
                (self.from.clone()?, count()?, (event_time.or_else(read)?, u64::MAX))
            }
            "C2C.CallbackAfterMsgWithDraw" => {
                let time = event_time.unwrap_or_else(|| arrival.secs());
                (self.to.clone()?, count()?, (time, u64::MAX))
            }
            "C2C.CallbackAfterMsgReadAll" => {
                let time = event_time.unwrap_or_else(|| arrival.secs());
                (self.from.clone()?, 0, (time, u64::MAX))
            }
            _ => return None,
        };
        Some(Unread { user, count, order })
    }
}

/// The value of the last field with this name.
pub(super) fn get<'a>(fields: &[(Cow<'a, str>, Json<'a>)], name: &str) -> Option<Json<'a>> {
    fields.iter().rev().find(|(it, _)| it == name).map(|(_, value)| *value)
}

/// A name or a text: a string that is not empty, or a number as it was written.
pub fn text(value: Json<'_>) -> Option<Cow<'_, str>> {
    match value.kind() {
        Kind::String => value.as_str().filter(|it| !it.is_empty()),
        Kind::Number => Some(Cow::Borrowed(value.text())),
        _ => None,
    }
}

/// Seconds of a time in seconds or in milliseconds.
pub(super) const fn seconds(time: i64) -> i64 {
    if MILLIS <= time { time / 1000 } else { time }
}

/// Whether seconds since the Unix epoch are a time that can be meant.
pub(super) fn is_time(seconds: i64) -> bool {
    (0..MILLIS).contains(&seconds)
}
