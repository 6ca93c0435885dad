//! Reads a reply of the local app leniently: what in it denies, however it is written.
//!
//! A reply that Tencent would not accept can still be a denial: `ActionStatus` `FAIL`,
//! a code as a string, a name in another spelling (`error_code`), JSON with a comma too
//! many, in UTF-16, or in a string, or below another field, or behind a warning of the
//! app's framework.

use std::borrow::Cow;

use crate::callback::json::{self, Json, JsonKind};
use crate::callback::value;

/// How deep the fields of a reply are searched for.
const MAX_LEVELS: usize = 3;

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
}

/// A code as found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Code {
    /// A whole number, or the nearest one.
    Number(i64),
    /// Something else that is not success.
    Unreadable,
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

impl Code {
    /// Whether the code denies.
    pub(super) const fn is_denial(self) -> bool {
        !matches!(self, Self::Number(0))
    }

    /// The code of a JSON value; `None` if it means nothing.
    fn of_value(value: Json<'_>) -> Option<Self> {
        match value.kind() {
            JsonKind::String => Self::of_text(&value.as_str()?),
            JsonKind::Number => Some(value::code(value).map_or(Self::Unreadable, Self::Number)),
            JsonKind::Bool => (value.raw() == "true").then_some(Self::Unreadable),
            JsonKind::Null | JsonKind::Array | JsonKind::Object => None,
        }
    }

    /// The code of a text; `None` for a word of success.
    fn of_text(text: &str) -> Option<Self> {
        let text = text.trim();
        let is_nothing = ["", "ok", "success", "null", "none", "false"];
        if is_nothing.iter().any(|it| text.eq_ignore_ascii_case(it)) {
            return None;
        }
        let quoted = serde_json::Value::from(text).to_string();
        let number = json::read(quoted.as_bytes()).ok().and_then(value::code);
        Some(number.map_or(Self::Unreadable, Self::Number))
    }
}

impl Signs {
    /// Reads the body of a reply.
    pub(super) fn read(body: &[u8]) -> Self {
        let mut signs = Self::default();
        match json::read(body) {
            Ok(json) => signs.add_json(json, MAX_LEVELS),
            Err(_) => {
                // What UTF-16 and UTF-32 have between the letters.
                let bytes: Vec<_> = body.iter().copied().filter(|it| *it != 0).collect();
                signs.add_text(&String::from_utf8_lossy(&bytes));
            }
        }
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
        if levels == 0 {
            return;
        }
        if let Some(text) = json.as_str() {
            match json::read(text.as_bytes()) {
                Ok(inner) => self.add_json(inner, levels - 1),
                Err(_) => self.add_text(&text),
            }
            return;
        }
        let is_known = json.pairs().filter(|(name, value)| self.add_field(&letters(*name), *value));
        if is_known.count() == 0 {
            for (_, value) in json.members() {
                self.add_json(value, levels - 1);
            }
        }
    }

    /// Adds a field of the reply; whether it is one that decides.
    fn add_field(&mut self, name: &str, value: Json<'_>) -> bool {
        match name {
            "errorcode" => self.codes.extend(Code::of_value(value)),
            "actionstatus" => self.is_failure |= value.as_str().is_some_and(|it| is_failure(&it)),
            "errorinfo" => {
                self.info = text(value);
                return false;
            }
            "resultitem" if value.kind() == JsonKind::Object => self.add_item(value),
            "resultitem" => value.each_item().for_each(|it| self.add_item(it)),
            "refusedmembersaccount" => self.add_members(value),
            _ => return false,
        }
        true
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
        self.items.push(item);
    }

    fn add_members(&mut self, value: Json<'_>) {
        match value.kind() {
            JsonKind::Array => value.each_item().for_each(|it| self.add_members(it)),
            JsonKind::Object => value.pairs().for_each(|(_, it)| self.add_members(it)),
            JsonKind::Null => {}
            JsonKind::String | JsonKind::Number => {
                self.members.extend(value::string_or_number(value).map(Cow::into_owned));
            }
            JsonKind::Bool => self.has_unreadable_member |= value.raw() == "true",
        }
    }

    /// Searches text that is not JSON for fields and their values.
    fn add_text(&mut self, text: &str) {
        let mut item = Item::default();
        for (name, value) in fields_of_text(text) {
            match name {
                "errorcode" | "error_code" => self.codes.extend(Code::of_text(value)),
                "resultcode" | "result_code" => item.codes.extend(Code::of_text(value)),
                "actionstatus" | "action_status" => self.is_failure |= is_failure(value),
                "refusedmembers_account" => {
                    self.has_unreadable_member |= !matches!(value, "" | "[" | "null");
                }
                _ => value.clone_into(&mut self.info),
            }
        }
        if !item.codes.is_empty() {
            self.items.push(item);
        }
    }
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

/// `FAIL`, `Failed`, `failure`.
fn is_failure(text: &str) -> bool {
    text.trim().as_bytes().get(..4).is_some_and(|it| it.eq_ignore_ascii_case(b"fail"))
}

/// The names of [`Signs::add_text`], in lower case, and the values that follow them.
fn fields_of_text(text: &str) -> Vec<(&'static str, &str)> {
    const NAMES: [&str; 9] = [
        "errorcode",
        "error_code",
        "resultcode",
        "result_code",
        "actionstatus",
        "action_status",
        "refusedmembers_account",
        "errorinfo",
        "error_info",
    ];
    let lower = text.to_ascii_lowercase();
    let mut found = Vec::new();
    for name in NAMES {
        let is_closing = |at: usize| text[..at].ends_with('/');
        let starts = lower.match_indices(name).map(|(at, _)| at).filter(|at| !is_closing(*at));
        let ends = starts.map(|it| it + name.len());
        found.extend(ends.filter_map(|end| Some((name, value_after(&text[end..])?))));
    }
    found
}

/// The value after a name: `": 1,`, `' => 'x'`, `=1&`, `>1<`.
fn value_after(name_end: &str) -> Option<&str> {
    const QUOTES: [char; 2] = ['"', '\''];
    let rest = name_end.trim_start_matches('\\').trim_start_matches(QUOTES).trim_start();
    let value = rest.trim_start_matches([':', '=', '>']);
    if value.len() == rest.len() {
        return None;
    }
    let value = value.trim_start().trim_start_matches('\\');
    match value.strip_prefix(QUOTES) {
        Some(inner) => inner.split(['"', '\'', '\\']).next(),
        None => value.split([',', ';', '}', ']', '&', '<', ')', '\n', ' ', '\r', '\t']).next(),
    }
}

#[cfg(test)]
mod tests;
