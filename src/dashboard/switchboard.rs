//! The switchboard on the screen: the selected rule, and the input lines.

use std::ops::{ControlFlow, Range};
use std::path::Path;
use std::sync::Arc;

use crossterm::event::{KeyCode, KeyEvent};

use super::action::{Step, SwitchboardAction};
use super::cursor::moved;
use super::keymap::Keymap;
use super::prompt::{LEAVE, Mistake, Parsed, Prompt, SET};
use super::viewport::Extent;
use crate::answer::Rule;
use crate::answer::problems::refusal;
use crate::answer::rule::{Reply, RuleError, completion};
use crate::answer::switchboard::Entry;
use crate::callback::{Lang, Localized};
use crate::history::History;
use crate::history::filter::NamedFilter;
use crate::history::filter::completion::Choices;

/// The state of the switchboard on the screen.
#[derive(Debug, Clone, Default)]
pub(super) struct Switches {
    /// The selected rule.
    pub(super) cursor: usize,
    /// The input line, if one is open.
    pub(super) input: Option<Input>,
}

/// An input line of the switchboard.
#[derive(Debug, Clone)]
pub(super) enum Input {
    /// For a rule, with its place.
    Rule(Prompt<RuleText>, Place),
    /// For the name of the file that the rules are written to.
    File(Prompt<FileName>),
}

/// The place of a rule that was entered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Place {
    /// Before all others.
    First,
    /// After all others.
    Last,
    /// In the place of this one; the last one if it is gone.
    Instead(Arc<Rule>),
}

impl Place {
    /// The folder that a name in the rule is relative to: that of the rule before; empty
    /// for the working folder.
    pub fn folder(&self) -> Arc<Path> {
        match self {
            Self::Instead(rule) => Arc::clone(rule.folder()),
            Self::First | Self::Last => Path::new("").into(),
        }
    }
}

/// What the user chose in the switchboard.
#[derive(Debug)]
pub(super) enum Command {
    /// What a key does.
    Act(SwitchboardAction),
    /// A rule was entered.
    Enter(RuleText, Place),
    /// The rules are to be written to the file with this name.
    Write(String),
}

impl Switches {
    /// Handles a key. `extent` is that of the rules in the last frame; `earlier` are the
    /// texts of rules entered before, oldest first.
    pub(super) fn on_key(
        &mut self,
        key: KeyEvent,
        extent: Option<Extent>,
        earlier: &[String],
        keymap: &Keymap,
    ) -> Option<Command> {
        let entered = match &mut self.input {
            Some(Input::Rule(prompt, place)) => {
                let place = place.clone();
                prompt
                    .on_key(key, extent, earlier, keymap)
                    .map_break(|it| it.map(|it| Command::Enter(it, place)))
            }
            Some(Input::File(prompt)) => {
                let entered = prompt.on_key(key, extent, &[], keymap);
                entered.map_break(|it| it.map(|it| Command::Write(it.0)))
            }
            None => return self.on_list_key(key, extent, keymap),
        };
        match entered {
            ControlFlow::Continue(()) => None,
            ControlFlow::Break(command) => {
                self.input = None;
                command
            }
        }
    }

    fn on_list_key(
        &mut self,
        key: KeyEvent,
        extent: Option<Extent>,
        keymap: &Keymap,
    ) -> Option<Command> {
        if let Some(action) = keymap.switchboard.action(key) {
            return Some(Command::Act(action));
        }
        let end = (key.code == KeyCode::End).then_some(Step::Bottom);
        self.step(keymap.step(key).or(end)?, extent);
        None
    }

    /// Selects another rule.
    pub(super) fn step(&mut self, step: Step, extent: Option<Extent>) {
        let Extent { rows, lines, .. } = extent.unwrap_or_default();
        self.cursor = moved(self.cursor, lines, rows, step);
    }

    /// Inserts pasted text into the input line; returns whether one is open.
    pub(super) fn paste(&mut self, text: &str) -> bool {
        match &mut self.input {
            Some(Input::Rule(prompt, _)) => prompt.paste(text),
            Some(Input::File(prompt)) => prompt.paste(text),
            None => return false,
        }
        true
    }
}

/// The text of a rule without a mistake, but for the file or the local app that it names.
#[derive(Debug, Clone)]
pub(super) struct RuleText {
    /// The text.
    pub(super) text: String,
    /// The rule; `None` if a file or an app has to be looked up for it.
    pub(super) rule: Option<Arc<Rule>>,
}

impl Parsed for RuleText {
    type Mistake = RuleError;

    const LABEL: Localized = Localized::new(" rule: ", " 规则：");
    const HINT: &'static [Localized] = &[
        Localized::new(
            "FILTER => allow, deny 1 \"…\", drop, set, reply …",
            "过滤条件 => allow、deny 1 \"…\"、drop、set、reply …",
        ),
        Localized::new("tab completes", "tab 补全"),
        SET,
        LEAVE,
    ];

    fn parse(text: &str, _: &[NamedFilter]) -> Result<Self, RuleError> {
        let rule = Arc::new(Rule::parse(text, &mut |_| Ok(b"{}".to_vec()))?);
        // Whether it is reached depends on its place.
        let alone = [Entry { rule: Arc::clone(&rule), is_on: true }];
        if let Some(problem) = refusal(&alone, 0) {
            let Range { start, end } = problem.at;
            let indent = text.len() - text.trim_start().len();
            return Err(RuleError::refused(problem).at(start + indent..end + indent));
        }
        let is_complete = rule.file().is_none() && !matches!(rule.reply, Some(Reply::Forward(_)));
        Ok(Self { text: text.trim().to_owned(), rule: is_complete.then_some(rule) })
    }

    fn choices(text: &str, _: &[NamedFilter], lang: Lang, history: Option<&History>) -> Choices {
        completion::choices(text, lang, history)
    }

    fn filter(text: &str) -> Option<&str> {
        Some(completion::filter(text))
    }
}

impl Mistake for RuleError {
    fn at(&self) -> usize {
        self.at.start
    }

    fn message(&self, lang: Lang) -> String {
        Self::message(self, lang)
    }
}

/// The name of a file.
#[derive(Debug, Clone)]
pub(super) struct FileName(pub(super) String);

/// A file name that is empty.
#[derive(Debug, Clone, Copy)]
pub(super) struct NoName;

impl Parsed for FileName {
    type Mistake = NoName;

    const LABEL: Localized = Localized::new(" file: ", " 文件：");
    const HINT: &'static [Localized] = &[
        Localized::new("a file that is there is kept as NAME~", "已有文件另存为 文件名~"),
        Localized::new("enter writes the rules", "enter 写入规则"),
        LEAVE,
    ];

    fn parse(text: &str, _: &[NamedFilter]) -> Result<Self, NoName> {
        let name = text.trim();
        if name.is_empty() { Err(NoName) } else { Ok(Self(name.to_owned())) }
    }
}

impl Mistake for NoName {
    fn at(&self) -> usize {
        0
    }

    fn message(&self, lang: Lang) -> String {
        Localized::new("the name of a file is missing", "缺少文件名").text(lang).to_owned()
    }
}
