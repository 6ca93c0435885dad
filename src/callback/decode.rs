//! Decodes a delivery into a [`Callback`]. Every input decodes to one: an unknown
//! command keeps its word, and a body that is not JSON is kept as its parse error,
//! with the offset.

mod parties;
mod room;
mod unread;

use std::borrow::Cow;

use super::command::{self, Command, Family, When};
use super::delivery::Delivery;
use super::json::{self, Fields, Json, ParseError};
use super::message::{self, Element};
use super::oddity::Oddity;
use super::query::{self, Query};
use super::value::{code, get, integer, is_time, seconds, string_or_number, unsigned};
pub use unread::Unread;

/// A decoded delivery. It borrows from the delivery; values are converted only
/// when they are asked for.
#[derive(Debug, Clone)]
pub struct Callback<'a> {
    /// The parameters of the query.
    pub query: Query<'a>,
    /// The application: `SdkAppid` of the query, else of the body; empty if there is
    /// none.
    pub app: Cow<'a, str>,
    /// The command word: of the query, else of the body, else of the first
    /// event of a batch; empty if there is none.
    pub word: Cow<'a, str>,
    /// The command, if this version knows the word.
    pub command: Option<&'static Command>,
    /// The bytes of the body; `json` is what they are parsed into.
    pub body: &'a [u8],
    /// The body as JSON, or why it is not; an empty body is an error too.
    pub json: Result<Json<'a>, ParseError>,
    /// The fields of the body in their order, duplicates included.
    pub fields: Fields<'a>,
    /// The account that acted.
    pub from: Option<Cow<'a, str>>,
    /// The account, group, room, battle or call acted upon.
    pub to: Option<Cow<'a, str>>,
    /// Whether `to` is a group, a room or a call, and not an account.
    pub to_group: bool,
    /// `MsgTime`, seconds since the Unix epoch. Milliseconds are converted;
    /// `None` where it is not a plausible time.
    pub msg_time: Option<i64>,
    /// `MsgSeq`.
    pub msg_seq: Option<u64>,
    /// `MsgKey`: `MsgSeq_MsgRandom_MsgTime`; of the first message where a
    /// callback is about several.
    pub msg_key: Option<Cow<'a, str>>,
    /// `SendMsgResult`, or the `ErrorCode` of `Group.CallbackSendMsgException`,
    /// or the first `ErrCode` other than 0 of a push batch. 0 is success.
    pub result: Option<i64>,
    /// `ErrorInfo` (or `ErrInfo`), the text of the result.
    pub error_info: Option<Cow<'a, str>>,
    /// The failures of a push batch after the first, which is the result.
    pub other_failures: Vec<Failure<'a>>,
    /// The unread count this callback reports.
    pub unread: Option<Unread<'a>>,
    /// `OnlineOnlyFlag` = 1: not stored, only for users who are online.
    pub online_only: bool,
    /// The elements of `MsgBody`; of more than 1,000 the first, which is odd.
    pub elements: Vec<Element<'a>>,
    /// Deviations from what is documented.
    pub oddities: Vec<Oddity<'a>>,
}

/// A failed event of a batch.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failure<'a> {
    /// `ErrCode`, other than 0.
    pub code: i64,
    /// `ErrInfo`.
    pub info: Option<Cow<'a, str>>,
}

/// Decodes all but the oddities, which [`decode`](super::decode) adds.
pub(super) fn read(delivery: &Delivery) -> Callback<'_> {
    let (json, fields) = match json::read_fields(&delivery.body) {
        Ok((json, fields)) => (Ok(json), fields),
        Err(error) => (Err(error), Fields::new()),
    };
    let mut it = Callback {
        query: query::read(delivery.query()),
        app: Cow::Borrowed(""),
        word: Cow::Borrowed(""),
        command: None,
        body: &delivery.body,
        json,
        fields,
        from: None,
        to: None,
        to_group: false,
        msg_time: None,
        msg_seq: None,
        msg_key: None,
        result: None,
        error_info: None,
        other_failures: Vec::new(),
        unread: None,
        online_only: false,
        elements: Vec::new(),
        oddities: Vec::new(),
    };
    it.app = it.read_app();
    it.word = it.read_word();
    it.command = command::find(&it.word);
    let events = it.events();
    let event = events.first().map(|it| it.fields()).unwrap_or_default();
    it.set_message();
    it.set_parties(&event);
    it.set_result(&events);
    it.unread = it.read_unread(delivery.at);
    it
}

/// The command word alone, empty if there is none. The body is read only if the
/// query has no word, as Tencent's always has.
pub fn command_word(delivery: &Delivery) -> Cow<'_, str> {
    let word = query::read(delivery.query()).command;
    word.filter(|it| !it.is_empty()).unwrap_or_else(|| {
        let fields = json::read_fields(&delivery.body).map(|(_, fields)| fields);
        word_of_body(&fields.unwrap_or_default())
    })
}

/// `CallbackCommand` of a body, else of the first event of a batch.
fn word_of_body<'a>(fields: &Fields<'a>) -> Cow<'a, str> {
    let word = |fields: &Fields<'a>| get(fields, "CallbackCommand").and_then(string_or_number);
    word(fields).or_else(|| word(&first_of(fields, "Events"))).unwrap_or_default()
}

/// The fields of the first item of a list.
fn first_of<'a>(fields: &Fields<'a>, list: &str) -> Fields<'a> {
    let first = get(fields, list).and_then(|it| it.each_item().next());
    first.map(Json::fields).unwrap_or_default()
}

impl<'a> Callback<'a> {
    /// The value of a field of the body; the last one of duplicates, as most
    /// JSON parsers take it.
    pub fn field(&self, name: &str) -> Option<Json<'a>> {
        get(&self.fields, name)
    }

    /// A field that is a string or a number, as [`string_or_number`].
    pub fn text(&self, name: &str) -> Option<Cow<'a, str>> {
        self.field(name).and_then(string_or_number)
    }

    /// `EventTime` in seconds since the Unix epoch. Only pushes have it in
    /// seconds, all others in milliseconds.
    pub fn event_time(&self) -> Option<i64> {
        self.field("EventTime").and_then(integer).map(seconds)
    }

    /// Whether it reports messages as read: those of a conversation, single ones, or
    /// all.
    pub fn is_read(&self) -> bool {
        command::is_read(&self.word)
    }

    /// The command's family, if this version knows the command.
    pub fn family(&self) -> Option<Family> {
        self.command.map(|it| it.family)
    }

    /// Whether it is the callback of a robot that was sent a message.
    pub fn is_to_robot(&self) -> bool {
        self.command.is_some_and(Command::is_to_robot)
    }

    /// Whether it comes before or after its event ([`When::of`]).
    pub fn when(&self) -> When {
        self.command.map_or_else(|| When::by_convention(&self.word), |it| it.when)
    }

    /// Whether the body has something in it that is not JSON.
    pub fn is_broken(&self) -> bool {
        self.json.is_err() && !self.is_empty()
    }

    /// Replaces the body by the error of another one: that of the original, where this
    /// callback is read from redacted text.
    pub fn break_off(&mut self, error: ParseError) {
        self.fields.clear();
        self.elements.clear();
        self.oddities.retain(|it| !matches!(it, Oddity::NotJson(_) | Oddity::NotObject(_)));
        self.oddities.push(Oddity::NotJson(error.clone()));
        self.json = Err(error);
    }

    /// Whether the body has nothing in it.
    pub fn is_empty(&self) -> bool {
        self.body.trim_ascii().is_empty()
    }

    fn read_app(&self) -> Cow<'a, str> {
        let in_query = self.query.sdk_app_id.clone().filter(|it| !it.is_empty());
        in_query.unwrap_or_else(|| {
            let is_app = |name: &str| name.eq_ignore_ascii_case("SdkAppId");
            let app = self.fields.iter().rev().find(|(name, _)| is_app(name));
            app.and_then(|(_, value)| string_or_number(*value)).unwrap_or_default()
        })
    }

    fn read_word(&self) -> Cow<'a, str> {
        let in_query = self.query.command.clone().filter(|it| !it.is_empty());
        in_query.unwrap_or_else(|| word_of_body(&self.fields))
    }

    /// The events of a batch. A known command that is no push has none, and is
    /// not searched for them.
    fn events(&self) -> Vec<Json<'a>> {
        match self.family() {
            Some(Family::Push) | None => self.field("Events").map(Json::items).unwrap_or_default(),
            Some(_) => Vec::new(),
        }
    }

    /// Sets the elements of the message and what identifies it.
    fn set_message(&mut self) {
        self.elements = self.field("MsgBody").map(message::elements).unwrap_or_default();
        self.msg_time =
            self.field("MsgTime").and_then(integer).map(seconds).filter(|it| is_time(*it));
        self.msg_seq = self.field("MsgSeq").and_then(unsigned);
        self.online_only = self.field("OnlineOnlyFlag").and_then(integer) == Some(1);
        self.msg_key = self.text("MsgKey").or_else(|| self.text("MsgID")).or_else(|| {
            let first = self.field("C2CMsgInfo")?.each_item().next()?;
            first.get("MsgKey").and_then(string_or_number)
        });
    }

    /// Sets the result and its text.
    fn set_result(&mut self, events: &[Json<'a>]) {
        let code_of = |it: &str| self.field(it).and_then(code);
        // Of the known commands only a failed group message has an ErrorCode;
        // unknown ones may have it for the same purpose.
        let is_result = self.command.is_none_or(|it| it.word == "Group.CallbackSendMsgException");
        self.result =
            code_of("SendMsgResult").or_else(|| code_of("ErrorCode").filter(|_| is_result));
        self.error_info = self.text("ErrorInfo");
        for event in events.iter().map(|it| it.fields()) {
            let Some(code) = get(&event, "ErrCode").and_then(code) else { continue };
            let info = get(&event, "ErrInfo").and_then(string_or_number);
            match self.result {
                None | Some(0) => (self.result, self.error_info) = (Some(code), info),
                Some(_) if code != 0 => self.other_failures.push(Failure { code, info }),
                Some(_) => {}
            }
        }
    }
}
