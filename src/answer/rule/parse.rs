//! The parser for rules: the filter up to `=>`, then the actions.

mod tokens;
mod actions;
mod arguments;
mod replacement;

use std::ops::Range;
use std::path::Path;
use std::time::Duration;

use super::body_file::BodyFile;
use super::error::{Reason, RuleError};
use super::{Places, Rule};
use crate::callback::Localized;
use crate::history::filter::{self, Filter};
use actions::Actions;

/// The maximum length of a rule in bytes; a large paste must not cost time.
const MAX_BYTES: usize = 1 << 16;
/// What separates the filter from the actions.
pub(super) const ARROW: &str = "=>";

/// What is written in its place by mistake.
const OTHER_ARROWS: [&str; 7] = ["->", "⇒", "→", "＝＞", "=＞", "＝>", "= >"];

const WRONG_ARROW: Localized =
    Localized::new("write `=>` between filter and action", "过滤条件与动作之间请写 `=>`");
const TOO_LONG: Localized = Localized::new("the rule is longer than 64 KiB", "规则超过 64 KiB");
const NOT_A_LINE: Localized = Localized::new("a rule is one line", "一条规则只能占一行");
const NO_ARROW: Localized = Localized::new(
    "no `=>` between filter and action; write FILTER => ACTION",
    "过滤条件与动作之间缺少 `=>`；请写作 FILTER => ACTION",
);
const HAS_TIME: Localized =
    Localized::new("a rule cannot depend on the time", "规则不能以时间为条件");
const NO_EFFECT: Localized =
    Localized::new("the rule neither replies nor delays", "规则既无应答也无延迟");

/// Parses a rule; `read_file` reads a file that it names.
pub(super) fn parse(
    text: &str,
    read_file: &mut dyn FnMut(&str) -> Result<Vec<u8>, String>,
) -> Result<Rule, RuleError> {
    check_line(text)?;
    // Where the text of the rule begins.
    let start = text.len() - text.trim_start().len();
    let in_filter = |it: filter::ParseError| {
        let at = it.at.start + start..it.at.end + start;
        RuleError { at, reason: it.into() }
    };
    let Some(arrow) = filter::find_outside(text, ARROW) else {
        check_arrow(text)?;
        // A mistake in the filter, such as an open quote, can hide the arrow.
        Filter::parse(text.trim()).map_err(in_filter)?;
        return error(text.len()..text.len(), Reason::Plain(NO_ARROW));
    };
    let filter = Filter::parse(text[..arrow].trim()).map_err(in_filter)?;
    check_times(&filter, start)?;
    let actions = Actions::parse(text, arrow + ARROW.len(), read_file)
        .map_err(|it| of_full_width(text, &it))?;
    if actions.reply.is_none() && actions.delay.is_none() {
        let end = text.trim_end().len();
        return error(arrow..end, Reason::Plain(NO_EFFECT));
    }
    let shifted = |it: &Range<usize>| it.start - start..it.end - start;
    let reply = actions.reply.as_ref().map(|(_, at)| shifted(at));
    let places = Places { reply, delay: actions.delay.as_ref().map(|(_, at)| shifted(at)) };
    Ok(Rule {
        text: text.trim().into(),
        filter,
        file: actions.file.map(|it| BodyFile { at: shifted(&it.at), ..it }),
        folder: Path::new("").into(),
        reply: actions.reply.map(|(it, _)| it),
        delay: actions.delay.map_or(Duration::ZERO, |(it, _)| it),
        times: actions.times,
        chance: actions.chance.unwrap_or(100),
        places,
    })
}

/// Checks that the filter at an offset has no times: a rule has no clock.
fn check_times(filter: &Filter, start: usize) -> Result<(), RuleError> {
    match filter.times().into_iter().next() {
        Some((_, at)) => error(at.start + start..at.end + start, Reason::Plain(HAS_TIME)),
        None => Ok(()),
    }
}

/// Checks that nothing is written in place of an arrow.
fn check_arrow(text: &str) -> Result<(), RuleError> {
    let arrows = OTHER_ARROWS.into_iter();
    let other = arrows.filter_map(|it| Some((filter::find_outside(text, it)?, it))).min();
    other.map_or(Ok(()), |(at, it)| error(at..at + it.len(), Reason::Plain(WRONG_ARROW)))
}

/// The mistake, or the full-width character that causes it.
fn of_full_width(text: &str, mistake: &RuleError) -> RuleError {
    let part = &text[mistake.at.clone()];
    let is_text = part.starts_with('"') || matches!(mistake.reason, Reason::Unreadable { .. });
    let found = filter::full_width(part).filter(|_| !is_text);
    found.map_or(mistake.clone(), |(at, char)| {
        let at = mistake.at.start + at;
        RuleError { at: at..at + char.len_utf8(), reason: Reason::FullWidth(char) }
    })
}

/// Checks that a text is one line, and not too long.
fn check_line(text: &str) -> Result<(), RuleError> {
    if text.len() > MAX_BYTES {
        return error(text.floor_char_boundary(MAX_BYTES)..text.len(), Reason::Plain(TOO_LONG));
    }
    match text.trim_end().find(['\n', '\r']) {
        Some(at) => error(at..at + 1, Reason::Plain(NOT_A_LINE)),
        None => Ok(()),
    }
}

fn error<T>(at: Range<usize>, reason: Reason) -> Result<T, RuleError> {
    Err(RuleError { at, reason })
}
