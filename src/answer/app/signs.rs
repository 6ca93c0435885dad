//! Reads a reply of the local app leniently: what in it denies, however it is written.
//!
//! A reply that Tencent would not accept can still be a denial: `ActionStatus` `FAIL`,
//! a code as a string, a name in another spelling (`error_code`), JSON with
//! a comma too many, in UTF-16, or in a string, or below other fields, or behind a warning
//! of the app's framework. A reply that is data and does not deny is unclear, unless a code
//! in it is 0 and nothing in it has another meaning than success.

mod code;
mod text;

use std::borrow::Cow;

use crate::callback::decision::REPLACED;
use crate::callback::json::{self, Json, JsonKind, Part};
use crate::callback::value;
pub(super) use code::Code;

/// How deep the fields of a reply are searched for; what is deeper is unclear.
const MAX_LEVELS: usize = 64;

/// What is found in a reply.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Signs {
    /// The codes of the event, in their order.
    pub codes: Vec<Code>,
    /// Whether `ActionStatus` is `FAIL`.
    pub is_failure: bool,
    /// The last `ErrorInfo`.
    pub info: String,
    /// The decisions about single friends.
    pub items: Vec<Item>,
    /// The refused members, as strings.
    pub members: Vec<String>,
    /// Whether something is refused that cannot be read as an account.
    pub has_unreadable_member: bool,
    /// Whether something can be a denial that is not found.
    pub is_unclear: bool,
}

/// The decision about a friend.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Item {
    /// The UserID, if there is one.
    pub account: Option<String>,
    /// The codes, in their order.
    pub codes: Vec<Code>,
    /// The reason.
    pub info: String,
}

impl Signs {
    /// Reads the body of a reply.
    pub(super) fn read(body: &[u8]) -> Self {
        let mut signs = Self::default();
        let is_data = match json::read(body) {
            Ok(json) => {
                signs.add_json(json, MAX_LEVELS);
                true
            }
            Err(_) => {
                // What UTF-16 and UTF-32 have between the letters.
                let bytes: Vec<_> = body.iter().copied().filter(|it| *it != 0).collect();
                let text = String::from_utf8_lossy(&bytes);
                let has_fields = signs.add_text(&text);
                has_fields || begins_as_json(&text) || str::from_utf8(body).is_err()
            }
        };
        let has = |code| {
            signs.items.iter().flat_map(|it| &it.codes).chain(&signs.codes).any(|it| *it == code)
        };
        let is_code_missing = is_data && !has(Code::Number(0));
        signs.is_unclear |= is_code_missing || has(Code::Unclear);
        signs
    }

    /// Whether anything denies what the callback asks for.
    pub(super) fn deny(&self) -> bool {
        self.deny_the_event()
            || !self.members.is_empty()
            || self.has_unreadable_member
            || self.items.iter().any(|it| it.codes.iter().any(|it| it.is_denial()))
    }

    /// Whether the event is denied, and not only one of its users.
    pub(super) fn deny_the_event(&self) -> bool {
        self.is_failure || self.codes.iter().any(|it| it.is_denial())
    }

    /// Whether a parser could take another code than the last.
    pub(super) fn are_ambiguous(&self) -> bool {
        self.codes.len() > 1 || self.items.iter().any(|it| it.codes.len() > 1)
    }

    fn add_json(&mut self, json: Json<'_>, levels: usize) {
        let is_open = matches!(json.kind(), JsonKind::String | JsonKind::Array | JsonKind::Object);
        if levels == 0 {
            self.is_unclear |= is_open;
            return;
        }
        if let Some(text) = json.as_str() {
            match json::read(text.as_bytes()) {
                Ok(inner) => self.add_json(inner, levels - 1),
                Err(_) => _ = self.add_text(&text),
            }
            return;
        }
        let has_code = json.pairs().filter(|(name, it)| self.add_field(&letters(*name), *it));
        if has_code.count() > 0 {
            return;
        }
        for (name, value) in json.members() {
            if !name.is_some_and(is_no_wrapper) {
                self.add_json(value, levels - 1);
            }
        }
    }

    /// Adds a field of the reply; whether it is one with codes or accounts.
    fn add_field(&mut self, name: &str, value: Json<'_>) -> bool {
        match name {
            "errorcode" => self.codes.extend(Code::of_value(value)),
            "resultitem" => self.add_items(value),
            "refusedmembersaccount" => self.add_members(value),
            "actionstatus" => {
                self.add_status(value);
                return false;
            }
            "errorinfo" => {
                self.info = text(value);
                return false;
            }
            _ => return false,
        }
        true
    }

    fn add_status(&mut self, value: Json<'_>) {
        match value.as_str() {
            Some(text) => self.add_status_text(&text),
            None => self.is_unclear |= value.kind() != JsonKind::Null,
        }
    }

    fn add_status_text(&mut self, text: &str) {
        let text = text.trim();
        let beginning = text.as_bytes().get(..4);
        if beginning.is_some_and(|it| it.eq_ignore_ascii_case(b"fail")) {
            self.is_failure = true;
        } else {
            self.is_unclear |= !text.is_empty() && !code::is_success(text);
        }
    }

    fn add_items(&mut self, value: Json<'_>) {
        match value.kind() {
            JsonKind::Null => {}
            JsonKind::Array => value.each_item().for_each(|it| self.add_item(it)),
            _ => self.add_item(value),
        }
    }

    fn add_item(&mut self, json: Json<'_>) {
        let mut item = Item::default();
        for (name, value) in json.pairs() {
            match &*letters(name) {
                "toaccount" => item.account = value::string_or_number(value).map(Cow::into_owned),
                "resultcode" => item.codes.extend(Code::of_value(value)),
                "resultinfo" => item.info = text(value),
                _ => {}
            }
        }
        self.is_unclear |= item.codes.is_empty();
        self.items.push(item);
    }

    fn add_members(&mut self, value: Json<'_>) {
        let leaves = value.parts(MAX_LEVELS).filter_map(|it| match it {
            Part::Value(value) => Some(value),
            Part::Open | Part::Close | Part::Name(_) => None,
        });
        for leaf in leaves {
            match leaf.kind() {
                JsonKind::Null => {}
                JsonKind::Bool => self.has_unreadable_member |= leaf.raw() == "true",
                JsonKind::String if leaf.as_str().is_some_and(|it| begins_as_json(&it)) => {
                    self.has_unreadable_member = true;
                }
                JsonKind::String | JsonKind::Number => {
                    self.members.extend(value::string_or_number(leaf).map(Cow::into_owned));
                }
                JsonKind::Array | JsonKind::Object => self.has_unreadable_member = true,
            }
        }
    }
}

/// Whether the value of this field is read, or the content of a message: no decision is
/// below it.
fn is_no_wrapper(name: Json<'_>) -> bool {
    matches!(&*letters(name), "actionstatus" | "errorinfo")
        || REPLACED.iter().any(|(it, _)| name.is(it))
}

fn begins_as_json(text: &str) -> bool {
    text.trim_start_matches('\u{feff}').trim_start().starts_with(['{', '['])
}

/// The letters of a name, in lower case.
fn letters(name: Json<'_>) -> String {
    let name = name.as_str().unwrap_or_default();
    name.chars().filter(|it| it.is_alphanumeric()).map(|it| it.to_ascii_lowercase()).collect()
}

fn text(value: Json<'_>) -> String {
    match value.kind() {
        JsonKind::Null => String::new(),
        _ => value.as_str().unwrap_or_else(|| value.raw().into()).into_owned(),
    }
}

#[cfg(test)]
mod tests;
