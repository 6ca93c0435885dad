//! A scenario: the callbacks of a series of events, one after another.

mod course;
mod file;
mod named;

use std::fs;
use std::io::{self, Read as _};
use std::path::Path;
use std::time::Duration;

use anyhow::Context as _;
use serde_json::Value;

use crate::answer::rule_file::column;
use crate::callback::Lang;
use crate::callback::command::When;
use crate::callback::lang::localize;
use crate::callback::trouble::reason;
use crate::command::cli::expectation::Expectation;
use crate::command::cli::send::CallbackOptions;
use crate::command::cli::value::marked_at;
use crate::command::{usage, words};
pub(super) use course::Course;

/// A callback of a scenario.
#[derive(Debug, Clone, Default)]
pub(super) struct Step {
    /// `CallbackCommand`.
    pub word: String,
    /// The user, if it is not that of the message.
    pub from: Option<String>,
    /// The recipient, if it is not that of the message.
    pub to: Option<String>,
    /// The text of the message, if it has another one from here on.
    pub text: Option<String>,
    /// The body, if it is not generated.
    pub body: Option<Vec<u8>>,
    /// Time to wait before it is sent.
    pub after: Duration,
    /// What the reply is expected to be.
    pub expect: Option<Expectation>,
    /// The "before" commands that must have been allowed.
    needs: &'static [&'static str],
    /// The fields that replace those of the generated body.
    fields: Option<fn(&Parties) -> Value>,
}

/// The users and the group of a scenario.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Parties {
    from: String,
    to: String,
    /// The members that are invited, or the users that are asked to be friends: those
    /// that were not refused.
    others: Vec<String>,
}

impl Step {
    fn new(word: &str) -> Self {
        Self { word: word.to_owned(), ..Self::default() }
    }

    /// Whether it is of a "before" command.
    pub(super) fn is_before(&self) -> bool {
        When::of(&self.word) == When::Before
    }

    /// Whether Tencent sends it only if this command was allowed.
    pub(super) fn needs(&self, word: &str) -> bool {
        self.needs.contains(&word)
    }
}

/// The steps of a scenario with this name, or of this file; `-` is standard input. Steps
/// without an expectation get that of the options, if they are of a "before" command.
///
/// # Errors
/// A file that cannot be read, or that has a mistake; an expectation that no reply can
/// meet.
pub(super) fn read(
    name: &Path,
    callback: &CallbackOptions,
    expect: Option<Expectation>,
    lang: Lang,
) -> anyhow::Result<Vec<Step>> {
    let named = name.to_str().and_then(|it| named::find(it, callback));
    let mut steps = match named {
        Some(steps) => steps,
        None => read_file(name, lang)?,
    };
    let Some(expect) = expect else { return Ok(steps) };
    let mut befores = steps.iter_mut().filter(|it| it.is_before()).peekable();
    if befores.peek().is_none() {
        return Err(usage(localize!(
            lang,
            "{expect} cannot be expected: the scenario has no before-callback",
            "场景中没有之前回调，不能预期 {expect}"
        )));
    }
    for step in befores.filter(|it| it.expect.is_none()) {
        if let Some(problem) = expect.problem(&step.word, lang) {
            return Err(usage(problem));
        }
        step.expect = Some(expect);
    }
    Ok(steps)
}

fn read_file(path: &Path, lang: Lang) -> anyhow::Result<Vec<Step>> {
    let (name, text) = if path == Path::new("-") {
        let mut text = String::new();
        io::stdin().read_to_string(&mut text).context(words::UNREADABLE_INPUT.text(lang))?;
        (words::STANDARD_INPUT.text(lang).to_owned(), text)
    } else {
        let name = path.display().to_string();
        let text = fs::read_to_string(path).map_err(|error| {
            let names = named::names().join(lang.comma());
            let error = error.to_string();
            let error = reason::text(&error, lang);
            usage(localize!(
                lang,
                "{name} is no scenario ({names}), and no file that can be read: {error}",
                "没有名为 {name} 的场景（可用场景：{names}），也无法作为文件读取：{error}"
            ))
        })?;
        (name, text)
    };
    let steps = file::parse(&text, lang).map_err(|it| {
        let place = format!("{name}:{}:{}", it.line, column(it.text, it.at.start));
        let message = format!("{place}: {}", it.message);
        usage(marked_at(it.text, it.at, &message))
    })?;
    if steps.is_empty() {
        return Err(usage(localize!(lang, "no steps in {name}", "{name} 中没有步骤")));
    }
    Ok(steps)
}
