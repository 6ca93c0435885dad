//! Parsing of the actions of a rule.

use std::ops::Range;
use std::time::Duration;

use super::arguments::{self, ReadFile};
use super::error;
use super::replacement::replacement;
use crate::answer::rule::body_file::BodyFile;
use crate::answer::rule::error::{Reason, RuleError};
use crate::answer::rule::{Reply, action};
use crate::callback::Localized;
use crate::callback::cursor::Cursor;

const NO_ACTION: Localized = Localized::new("no action here", "此处缺少动作");

const TEXT_AFTER_COMMA: Localized = Localized::new(
    "no action here; a text follows its action without a comma",
    "此处缺少动作；文本与其动作之间不加逗号",
);

/// The actions of a rule, with the places of those that can have problems.
#[derive(Default)]
pub(super) struct Actions {
    pub(super) reply: Option<(Reply, Range<usize>)>,
    /// The file of a reply.
    pub(super) file: Option<BodyFile>,
    pub(super) delay: Option<(Duration, Range<usize>)>,
    pub(super) times: Option<u32>,
    pub(super) chance: Option<u8>,
}

impl Actions {
    /// Parses the actions that begin at a place of the text.
    pub(super) fn parse(
        text: &str,
        at: usize,
        read_file: &mut ReadFile<'_>,
    ) -> Result<Self, RuleError> {
        let mut cursor = Cursor { text, at };
        let mut actions = Self::default();
        // The word of the action that replies.
        let mut reply = "";
        loop {
            cursor.skip_space();
            let (word, at) = cursor.word();
            if word.is_empty() && cursor.peek() == Some('"') {
                return error(cursor.next_char(), Reason::Plain(TEXT_AFTER_COMMA));
            }
            if word.is_empty() {
                return error(cursor.next_char(), Reason::Plain(NO_ACTION));
            }
            let Some(action) = action::named(word) else {
                let nearest = action::nearest(word);
                return error(at, Reason::UnknownAction { word: word.to_owned(), nearest });
            };
            actions.check(action, reply, at.clone())?;
            cursor.skip_space();
            actions.add(action, at.start, &mut cursor, read_file)?;
            if actions.reply.is_some() && reply.is_empty() {
                reply = action;
            }
            cursor.skip_space();
            if cursor.rest().is_empty() {
                return Ok(actions);
            }
            if !cursor.skip(',') {
                let (found, at) = cursor.until(|it| it.is_whitespace() || it == ',');
                return error(at, Reason::NoComma { action, found: found.to_owned() });
            }
        }
    }

    /// Checks that an action fits those before it, of which `reply` replies.
    fn check(
        &self,
        action: &'static str,
        reply: &'static str,
        at: Range<usize>,
    ) -> Result<(), RuleError> {
        let is_repeated = match action {
            "delay" => self.delay.is_some(),
            "times" => self.times.is_some(),
            "chance" => self.chance.is_some(),
            "set" if reply == "set" => false,
            _ if reply.is_empty() => false,
            _ if action == reply => true,
            _ => return error(at, Reason::TwoReplies { first: reply, second: action }),
        };
        if is_repeated { error(at, Reason::Repeated(action)) } else { Ok(()) }
    }

    /// Parses the arguments of the action that begins at `start`, and adds it.
    fn add(
        &mut self,
        action: &'static str,
        start: usize,
        cursor: &mut Cursor<'_>,
        read_file: &mut ReadFile<'_>,
    ) -> Result<(), RuleError> {
        let reply = match action {
            "delay" => {
                let delay = arguments::duration(cursor)?;
                self.delay = Some((delay, start..cursor.at));
                return Ok(());
            }
            "times" => {
                self.times = Some(arguments::times(cursor)?);
                return Ok(());
            }
            "chance" => {
                self.chance = Some(arguments::chance(cursor)?);
                return Ok(());
            }
            "set" => return self.add_replacement(start, cursor),
            "deny" => arguments::denial(cursor)?,
            "drop" => Reply::Drop,
            "reply" => {
                let (body, file) = arguments::body(cursor, read_file)?;
                self.file = file;
                Reply::Body(body)
            }
            "fail" => Reply::Fail(arguments::optional_text(cursor, action)?),
            "status" => Reply::Status(arguments::status(cursor)?),
            "hang" => Reply::Hang,
            "forward" => Reply::Forward(arguments::url(cursor)?),
            _ => Reply::Allow,
        };
        self.reply = Some((reply, start..cursor.end_before()));
        Ok(())
    }

    fn add_replacement(&mut self, start: usize, cursor: &mut Cursor<'_>) -> Result<(), RuleError> {
        let replacement = replacement(cursor)?;
        match &mut self.reply {
            Some((Reply::Set(all), at)) => {
                all.push(replacement);
                at.end = cursor.at;
            }
            _ => self.reply = Some((Reply::Set(vec![replacement]), start..cursor.at)),
        }
        Ok(())
    }
}
