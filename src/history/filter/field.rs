//! The fields of a callback that hold text: `from:jared`, `platform=ios`.

use std::borrow::Cow;

use super::needle::Needle;
use super::readable::of_callback;
use super::subject::{CachedSubject, Subject};
use crate::callback::{Callback, decode, query};

/// A field that holds text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Field {
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
    /// `MsgKey`.
    Key,
    /// The readable text of the message.
    Text,
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
            Field::Platform => some(&query().platform),
            Field::Ip => some(&query().client_ip),
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
