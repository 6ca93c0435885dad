//! A callback as text: its type in a word, a summary on one line, and all of its
//! details.
//!
//! `from` and `to` have columns of their own and are not repeated.

mod by_command;

use super::command::Family;
use super::decode::Callback;
use super::details::{Context, FormatTime};
use super::json::{Json, JsonKind};
use super::json_text::{Detail, expand, is_full, one_line, push, summarize};
use super::lang::{Lang, Localized};
use super::message::ElementType;
use super::value::{integer, is_time, seconds};

/// Fields of a message that the screen shows elsewhere.
const SHOWN: [&str; 18] = [
    "CallbackCommand",
    "From_Account",
    "To_Account",
    "GroupId",
    "Type",
    "Operator_Account",
    "MsgBody",
    "MsgSeq",
    "MsgRandom",
    "Random",
    "MsgTime",
    "MsgKey",
    "OnlineOnlyFlag",
    "SendMsgResult",
    "ErrorCode",
    "ErrorInfo",
    "UnreadMsgNum",
    "EventTime",
];

impl Callback<'_> {
    /// The type of the callback in a word or two: the kind of a message, else the
    /// label of the command, else the unknown command word.
    pub fn type_label(&self, lang: Lang) -> String {
        match (self.elements.as_slice(), self.command) {
            (_, None) if !self.word.is_empty() => one_line(&self.word),
            ([], None) => "?".to_owned(),
            (_, Some(command)) if self.elements.is_empty() || self.is_edit() => {
                command.label.text(lang).to_owned()
            }
            ([], Some(command)) => command.label.text(lang).to_owned(),
            ([first, rest @ ..], _) => {
                let word = match first.kind {
                    ElementType::Other if !first.word.is_empty() => one_line(&first.word),
                    kind => kind.label().text(lang).to_owned(),
                };
                match rest.len() {
                    0 => word,
                    more => format!("{word}+{more}"),
                }
            }
        }
    }

    /// The content on one line. `clock` formats a time.
    pub fn summary(&self, lang: Lang, clock: FormatTime<'_>) -> String {
        let body = match &self.json {
            Err(_) if self.is_empty() => {
                return Localized::new("(empty body)", "（空正文）").text(lang).into();
            }
            Err(error) => return error.text(lang),
            Ok(body) => *body,
        };
        if body.kind() != JsonKind::Object {
            return summarize(body);
        }
        let parts = match self.command.map(|it| (it.word, it.family)) {
            Some(("C2C.CallbackAfterMsgReport", _)) => vec![self.read(lang, clock)],
            Some(("C2C.CallbackAfterMsgReadReceipt", _)) => vec![self.receipts(lang)],
            Some(("C2C.CallbackAfterMsgReadAll", _)) => vec![self.read_all(lang)],
            Some(("C2C.CallbackAfterC2CMsgExtension", _)) => vec![self.extension(lang)],
            Some(("Group.CallbackSendMsgException", _)) => {
                vec![self.not_sent(lang), self.preview(lang)]
            }
            Some(("Group.CallbackAfterChangeGroupOwner", _)) => vec![self.owners()],
            Some((_, Family::State)) => self.state(lang),
            Some((_, Family::Profile)) => vec![self.summary_of("ProfileItem")],
            Some((_, Family::Friends)) => self.friends(lang),
            Some((_, Family::Follow)) => vec![self.other_targets(lang)],
            Some((_, Family::Push)) => vec![self.pushes(lang)],
            _ if !self.elements.is_empty() => vec![self.edited(lang), self.preview(lang)],
            _ if self.field("CtxcbRequestId").is_some() => self.checked(),
            _ => match self.command {
                Some(command) => self.summary_fields(command, lang),
                None => self.first_fields(),
            },
        };
        let parts: Vec<_> = parts.into_iter().filter(|it| !it.is_empty()).collect();
        one_line(&parts.join(" · "))
    }

    /// The content in full, a line each: the elements of a message, else every
    /// field, with JSON inside strings expanded.
    pub fn details(&self, lang: Lang, clock: FormatTime<'_>) -> Vec<Detail> {
        let mut out = Vec::new();
        for element in &self.elements {
            element.push_details(Context { lang, clock, depth: 0, relays: 0 }, &mut out);
        }
        let is_message = !self.elements.is_empty();
        for (name, value) in &self.fields {
            let label = match &**name {
                _ if is_full(&out) => break,
                "CallbackCommand" => continue,
                name if is_message && SHOWN.contains(&name) => continue,
                _ if is_message && value.raw() == "\"\"" => continue,
                "CloudCustomData" => {
                    Localized::new("custom data", "自定义数据").text(lang).to_owned()
                }
                name => name.to_owned(),
            };
            match time(*value).filter(|_| name.ends_with("Time")) {
                Some(time) => {
                    let written = value.raw().trim_matches('"');
                    push(&mut out, 0, label, format!("{written} ({})", clock(time)));
                }
                None => expand(label, *value, 0, &mut out),
            }
        }
        out
    }

    fn is_edit(&self) -> bool {
        self.word.ends_with(".CallbackAfterModifyMsg")
    }
}

/// A time in seconds since the Unix epoch, written in seconds or milliseconds.
fn time(value: Json<'_>) -> Option<i64> {
    integer(value).map(seconds).filter(|it| is_time(*it))
}
