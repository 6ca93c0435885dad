//! Parses a rule.

use std::ops::Range;
use std::time::Duration;

use serde::de::IgnoredAny;

use super::error::{Reason, RuleError};
use super::value::{self, CHANCE, CODE, DELAY, POINTER, STATUS, TIMES, URL};
use super::{ACTIONS, Replacement, Reply, Rule};
use crate::callback::Localized;
use crate::history::filter::Filter;

const NO_ARROW: Localized =
    Localized::new("`=>` is missing: FILTER => ACTION", "缺少 `=>`：过滤条件 => 动作");
const NO_ACTION: Localized = Localized::new("an action is missing", "缺少动作");
const NO_COMMA: Localized =
    Localized::new("a comma is missing between two actions", "两个动作之间缺少逗号");
const UNCLOSED_QUOTE: Localized = Localized::new("the quote is not closed", "引号没有闭合");
const NO_EQUALS: Localized =
    Localized::new("`=` is missing after the pointer", "JSON 指针后缺少 `=`");
const NO_VALUE: Localized = Localized::new("a value is missing", "缺少取值");
const NO_FILE: Localized = Localized::new("the name of a file is missing", "缺少文件名");

/// Parses a rule; `read_file` returns the content of the file that `reply @FILE` names.
pub(super) fn parse(
    text: &str,
    read_file: &mut dyn FnMut(&str) -> Result<Vec<u8>, String>,
) -> Result<Rule, RuleError> {
    let text = text.trim();
    let Some(arrow) = arrow(text) else { return plain(text.len()..text.len(), NO_ARROW) };
    let filter = Filter::parse(text[..arrow].trim_end())
        .map_err(|error| RuleError { at: error.at.clone(), reason: Reason::Filter(error) })?;
    let mut rule = Rule {
        text: text.into(),
        filter,
        reply: None,
        delay: Duration::ZERO,
        times: None,
        chance: 100,
    };
    let mut actions = Actions { text, at: arrow + 2, read_file };
    loop {
        actions.action(&mut rule)?;
        actions.skip_space();
        match actions.rest().chars().next() {
            None => return Ok(rule),
            Some(',') => actions.at += 1,
            Some(other) => return plain(actions.at..actions.at + other.len_utf8(), NO_COMMA),
        }
    }
}

fn plain<T>(at: Range<usize>, text: Localized) -> Result<T, RuleError> {
    Err(RuleError { at, reason: Reason::Plain(text) })
}

/// The place of the first `=>` outside quotes and patterns.
fn arrow(text: &str) -> Option<usize> {
    let bytes = text.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        match bytes[at] {
            b'"' => at = closing(bytes, at + 1, b'"')?,
            b'/' if text[..at].to_ascii_lowercase().ends_with("re:") => {
                at = closing(bytes, at + 1, b'/')?;
            }
            b'=' if bytes.get(at + 1) == Some(&b'>') => return Some(at),
            _ => {}
        }
        at += 1;
    }
    None
}

/// The place of the closing `mark` from `at` on; a backslash escapes the next byte.
fn closing(bytes: &[u8], mut at: usize, mark: u8) -> Option<usize> {
    while *bytes.get(at)? != mark {
        at += if bytes[at] == b'\\' { 2 } else { 1 };
    }
    Some(at)
}

/// The actions of a rule, from a position on.
struct Actions<'t, 'f> {
    text: &'t str,
    /// The position in bytes, on a character boundary.
    at: usize,
    read_file: &'f mut dyn FnMut(&str) -> Result<Vec<u8>, String>,
}

impl<'t> Actions<'t, '_> {
    fn rest(&self) -> &'t str {
        &self.text[self.at..]
    }

    fn skip_space(&mut self) {
        self.at = self.text.len() - self.rest().trim_start().len();
    }

    /// Takes what is up to the next character that ends a word.
    fn word(&mut self, ends: fn(char) -> bool) -> (&'t str, Range<usize>) {
        self.skip_space();
        let rest = self.rest();
        let word = &rest[..rest.find(ends).unwrap_or(rest.len())];
        let at = self.at..self.at + word.len();
        self.at = at.end;
        (word, at)
    }

    /// Takes an action and adds it to a rule.
    fn action(&mut self, rule: &mut Rule) -> Result<(), RuleError> {
        let (word, at) = self.word(ends_word);
        if word.is_empty() {
            return plain(at, NO_ACTION);
        }
        let Some(name) = ACTIONS.into_iter().find(|it| it.eq_ignore_ascii_case(word)) else {
            let reason = Reason::UnknownAction(word.to_owned(), value::nearest(word));
            return Err(RuleError { at, reason });
        };
        match name {
            "delay" => rule.delay = self.parsed(DELAY, value::duration)?,
            "times" => rule.times = Some(self.parsed(TIMES, value::times)?),
            "chance" => rule.chance = self.parsed(CHANCE, value::chance)?,
            "set" => {
                let replacement = self.replacement()?;
                match &mut rule.reply {
                    None => rule.reply = Some(Reply::Set(vec![replacement])),
                    Some(Reply::Set(all)) => all.push(replacement),
                    Some(_) => return second(at, name),
                }
            }
            _ if rule.reply.is_some() => return second(at, name),
            _ => rule.reply = Some(self.reply(name)?),
        }
        Ok(())
    }

    /// Takes the arguments of an action that is a reply.
    fn reply(&mut self, name: &str) -> Result<Reply, RuleError> {
        Ok(match name {
            "allow" => Reply::Allow,
            "deny" => {
                let code = self.code()?.unwrap_or(1);
                Reply::Deny(code, self.quoted()?.unwrap_or_default())
            }
            "drop" => Reply::Drop,
            "reply" => Reply::Body(self.body()?),
            "fail" => Reply::Fail(self.quoted()?.unwrap_or_default()),
            "status" => Reply::Status(self.parsed(STATUS, value::status)?),
            "forward" => Reply::Forward(self.parsed(URL, value::url)?),
            _ => Reply::Hang,
        })
    }

    fn parsed<T>(
        &mut self,
        expected: Localized,
        parse: fn(&str) -> Option<T>,
    ) -> Result<T, RuleError> {
        let (word, at) = self.word(ends_value);
        match parse(word) {
            Some(value) => Ok(value),
            None if word.is_empty() => plain(at, NO_VALUE),
            None => Err(RuleError { at, reason: Reason::WrongValue(word.to_owned(), expected) }),
        }
    }

    /// Takes a code, if one follows.
    fn code(&mut self) -> Result<Option<i64>, RuleError> {
        self.skip_space();
        if self.rest().is_empty() || self.rest().starts_with(['"', ',']) {
            return Ok(None);
        }
        self.parsed(CODE, |it| it.parse().ok().filter(|it| *it != 0)).map(Some)
    }

    /// Takes a text in quotes, if one follows: a JSON string.
    fn quoted(&mut self) -> Result<Option<String>, RuleError> {
        self.skip_space();
        if !self.rest().starts_with('"') {
            return Ok(None);
        }
        let start = self.at;
        if closing(self.text.as_bytes(), start + 1, b'"').is_none() {
            return plain(start..start + 1, UNCLOSED_QUOTE);
        }
        let json = self.json()?;
        let text = serde_json::from_str(json);
        text.map(Some).map_err(|error| not_json(start..self.at, &error))
    }

    /// Takes a JSON value.
    fn json(&mut self) -> Result<&'t str, RuleError> {
        self.skip_space();
        let (start, rest) = (self.at, self.rest());
        let mut values = serde_json::Deserializer::from_str(rest).into_iter::<IgnoredAny>();
        match values.next() {
            None => plain(start..start, NO_VALUE),
            Some(Err(error)) => {
                // One line: the column is the place in bytes.
                let at = start + error.column().saturating_sub(1).min(rest.len());
                let at = self.text.floor_char_boundary(at);
                let end = self.text.ceil_char_boundary((at + 1).min(self.text.len()));
                Err(not_json(at..end, &error))
            }
            Some(Ok(_)) => {
                self.at = start + values.byte_offset();
                Ok(&self.text[start..self.at])
            }
        }
    }

    /// Takes `POINTER=JSON`.
    fn replacement(&mut self) -> Result<Replacement, RuleError> {
        let (pointer, at) = self.word(|it| it == '=' || it.is_whitespace());
        if !(pointer.starts_with("/MsgBody/") || pointer == "/CloudCustomData") {
            let reason = match pointer {
                "" => Reason::Plain(NO_VALUE),
                _ => Reason::WrongValue(pointer.to_owned(), POINTER),
            };
            return Err(RuleError { at, reason });
        }
        self.skip_space();
        if !self.rest().starts_with('=') {
            return plain(self.at..self.at, NO_EQUALS);
        }
        self.at += 1;
        Ok(Replacement { pointer: pointer.to_owned(), value: self.json()?.to_owned() })
    }

    /// Takes JSON, or `@` and the name of a file, in quotes if need be.
    fn body(&mut self) -> Result<Vec<u8>, RuleError> {
        self.skip_space();
        if !self.rest().starts_with('@') {
            return self.json().map(|it| it.as_bytes().to_vec());
        }
        self.at += 1;
        let start = self.at;
        let name = match self.quoted()? {
            Some(name) => name,
            None => self.word(ends_value).0.to_owned(),
        };
        if name.is_empty() {
            return plain(start..self.at, NO_FILE);
        }
        (self.read_file)(&name)
            .map_err(|why| RuleError { at: start..self.at, reason: Reason::File(name, why) })
    }
}

fn second<T>(at: Range<usize>, name: &'static str) -> Result<T, RuleError> {
    Err(RuleError { at, reason: Reason::SecondReply(name) })
}

fn not_json(at: Range<usize>, error: &serde_json::Error) -> RuleError {
    let text = error.to_string();
    // The place is shown by the caret.
    let why = text.split(" at line ").next().unwrap_or_default().to_owned();
    RuleError { at, reason: Reason::NotJson(why) }
}

fn ends_word(it: char) -> bool {
    it.is_whitespace() || matches!(it, ',' | '"' | '@' | '{' | '/')
}

fn ends_value(it: char) -> bool {
    it.is_whitespace() || matches!(it, ',' | '"')
}
