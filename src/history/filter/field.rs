//! The fields of a callback that hold text: `from:jared`, `platform=ios`.

use std::borrow::Cow;

use super::needle::Needle;
use super::readable::of_callback;
use super::subject::{CachedSubject, Subject};
use crate::callback::json::{self, Json};
use crate::callback::{Callback, Delivery, decode, query};

/// A field that holds text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Field {
    /// The acting user.
    From,
    /// The recipient, a user or a group.
    To,
    /// Either of the two.
    User,
    /// The callback command.
    Command,
    /// The application.
    App,
    /// `OptPlatform` of the query.
    Platform,
    /// `ClientIP` of the query.
    Ip,
    /// The address that the call came from.
    Peer,
    /// `MsgKey`.
    Key,
    /// The readable text of the message.
    Text,
    /// `ErrorInfo` of the callback and of the answer to it.
    Info,
    /// The rule that decided the answer.
    Rule,
}

/// A condition on a field.
#[derive(Debug, Clone)]
pub(super) struct FieldTerm {
    pub(super) field: Field,
    pub(super) needle: Needle,
    /// Whether the value must equal the needle (`=`), or contain it (`:`).
    pub(super) exact: bool,
}

impl FieldTerm {
    /// Whether a callback matches.
    pub(super) fn matches<S: Subject>(&self, subject: &CachedSubject<'_, S>) -> bool {
        let row = || subject.row();
        let some = |it: &Option<Cow<'_, str>>| self.accepts(it.as_deref().unwrap_or_default());
        let query = || query::read(subject.delivery().query());
        match self.field {
            Field::From => self.accepts(row().from),
            Field::To => self.accepts(row().to),
            Field::User => self.accepts(row().from) || self.accepts(row().to),
            Field::Command => self.accepts(subject.word()),
            Field::App => self.accepts(subject.app()),
            Field::Rule => {
                self.accepts(subject.delivery().answer.rule.as_deref().unwrap_or_default())
            }
            Field::Info => match subject.callback() {
                Some(callback) => self.accepts_info(callback, subject.delivery()),
                None => self.accepts_info(&decode(subject.delivery()), subject.delivery()),
            },
            Field::Platform => some(&query().platform),
            Field::Ip => some(&query().client_ip),
            Field::Peer => self.accepts(subject.delivery().source_address()),
            Field::Key => {
                let has_key = |it: &Callback<'_>| {
                    some(&it.msg_key) || it.listed_msg_keys().any(|it| self.accepts(&it))
                };
                match subject.callback() {
                    Some(callback) => has_key(callback),
                    None => has_key(&decode(subject.delivery())),
                }
            }
            Field::Text => {
                let has_text = |it: &[Cow<'_, str>]| it.iter().any(|it| self.accepts(it));
                !self.is_surely_absent(subject.body())
                    && match subject.texts() {
                        Some(texts) => has_text(texts),
                        None => has_text(&of_callback(&decode(subject.delivery()))),
                    }
            }
        }
    }

    /// Whether it accepts the `ErrorInfo` of a callback, that of the answer to it, or the
    /// `ResultInfo` for one of its users.
    fn accepts_info(&self, callback: &Callback<'_>, delivery: &Delivery) -> bool {
        let text = |it: Json<'_>| it.as_str().is_some_and(|it| self.accepts(&it));
        let answer = json::read(&delivery.answer.body).ok();
        let field = |name| answer.and_then(|it| it.get(name));
        let mut items = field("ResultItem").into_iter().flat_map(Json::items);
        callback.error_info.as_deref().is_some_and(|it| self.accepts(it))
            || field("ErrorInfo").is_some_and(text)
            || items.any(|it| it.get("ResultInfo").is_some_and(text))
    }

    pub(super) fn accepts(&self, value: &str) -> bool {
        match (self.exact, self.field) {
            (false, _) => self.needle.is_in(value.as_bytes()),
            // Tencent writes `iOS`, `Android`, `RESTAPI`.
            (true, Field::Platform) => value.eq_ignore_ascii_case(self.needle.text()),
            (true, _) => value == self.needle.text(),
        }
    }

    /// Whether no string of the body can contain the needle. Without a backslash
    /// a body has no escapes: what its bytes do not contain, no string does.
    fn is_surely_absent(&self, body: &[u8]) -> bool {
        (!self.exact || !self.needle.text().is_empty())
            && memchr::memchr(b'\\', body).is_none()
            && !self.needle.is_in(body)
    }
}
