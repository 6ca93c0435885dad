//! A callback as text: a summary on one line, and all of its details.
//!
//! `from` and `to` have columns of their own and are not repeated.

mod by_command;
mod room;

use super::command::Family;
use super::decode::Callback;
use super::details::{ElementContext, FormatTime};
use super::json::{Json, JsonKind};
use super::json_text::{Detail, expand_explained, is_full, one_line, push, summarize};
use super::lang::{Lang, Localized};
use super::value::{integer, is_time, seconds};
use super::value_words;

/// A message without an element.
const NO_CONTENT: Localized = Localized::new("(no content)", "（无内容）");

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
    /// The content on one line. `format_time` formats a time.
    pub fn summary(&self, lang: Lang, format_time: FormatTime<'_>) -> String {
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
        let parts = self.summary_parts(lang, format_time);
        let parts: Vec<_> = parts.into_iter().filter(|it| !it.is_empty()).collect();
        one_line(&parts.join(" · "))
    }

    /// The parts of the summary; empty ones are left out.
    fn summary_parts(&self, lang: Lang, format_time: FormatTime<'_>) -> Vec<String> {
        match self.command.map(|it| (it.word, it.family)) {
            Some(("C2C.CallbackAfterMsgReport", _)) => {
                vec![self.summary_of_read(lang, format_time)]
            }
            Some(("C2C.CallbackAfterMsgReadReceipt", _)) => vec![self.summary_of_receipts(lang)],
            Some(("C2C.CallbackAfterMsgReadAll", _)) => vec![self.summary_of_read_all(lang)],
            Some((
                "C2C.CallbackAfterC2CMsgExtension" | "Group.CallbackAfterGroupMsgExtension",
                _,
            )) => self.summary_of_extension(lang),
            Some(("Group.CallbackSendMsgException", _)) => {
                vec![self.summary_of_not_sent(lang), self.preview(lang)]
            }
            Some(("Group.CallbackAfterChangeGroupOwner", _)) => {
                vec![self.summary_of_owners(["OldOwner_Account", "NewOwner_Account"])]
            }
            Some((_, Family::State)) => self.summary_of_state(lang),
            Some((_, Family::Profile)) => vec![self.summary_of_field("ProfileItem")],
            Some((_, Family::Friends)) => self.summary_of_friends(lang),
            Some((_, Family::Follow)) => vec![self.other_targets(lang)],
            Some((_, Family::Push)) => self.summary_of_pushes(lang),
            _ if !self.elements.is_empty() => {
                vec![self.summary_of_editor(lang), self.preview(lang)]
            }
            _ if self.has_empty_message() => vec![NO_CONTENT.text(lang).to_owned()],
            _ => match self.command {
                Some(command) => self
                    .summary_of_room(lang)
                    .unwrap_or_else(|| self.summary_of_command_fields(command, lang)),
                None if self.field("CtxcbRequestId").is_some() => {
                    self.summary_of_content_check(lang)
                }
                None => self.summary_of_first_fields(),
            },
        }
    }

    /// The content in full, a line each: the elements of a message, else every
    /// field, with JSON inside strings expanded.
    pub fn details(&self, lang: Lang, format_time: FormatTime<'_>) -> Vec<Detail> {
        let mut out = Vec::new();
        for element in &self.elements {
            element
                .push_details(ElementContext { lang, format_time, depth: 0, relays: 0 }, &mut out);
        }
        let is_message = !self.elements.is_empty();
        let explain = |name: &str, value: Json<'_>| {
            value_words::explained(&self.word, name, value, lang, format_time)
        };
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
                    push(&mut out, 0, label, format!("{written} ({})", format_time(time)));
                }
                None => expand_explained(label, *value, &explain, &mut out),
            }
        }
        out
    }

    /// Whether its message has no element.
    fn has_empty_message(&self) -> bool {
        let body = self.field("MsgBody").filter(|it| it.kind() == JsonKind::Array);
        body.is_some_and(|it| it.items().is_empty())
    }

    /// Whether it is about a message that was edited.
    pub fn is_edit(&self) -> bool {
        self.word.ends_with(".CallbackAfterModifyMsg")
    }
}

/// A time in seconds since the Unix epoch, written in seconds or milliseconds.
fn time(value: Json<'_>) -> Option<i64> {
    integer(value).map(seconds).filter(|it| is_time(*it))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::callback::{Delivery, decode};

    #[test]
    fn a_message_without_an_element_has_no_content() {
        let summary = |body: &str| {
            let target = "/?CallbackCommand=C2C.CallbackAfterSendMsg".into();
            let delivery = Delivery {
                method: "POST".into(),
                target,
                body: body.as_bytes().into(),
                ..Delivery::default()
            };
            decode(&delivery).summary(Lang::Zh, &|_| String::new())
        };
        assert_eq!(summary(r#"{"MsgBody":[]}"#), "（无内容）");
        assert_ne!(summary("{}"), "（无内容）");
    }
}
