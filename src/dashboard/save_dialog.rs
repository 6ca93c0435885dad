//! The dialog of key `s`: what is saved, in which format, to which file.

use std::ops::ControlFlow;

use crossterm::event::{KeyCode, KeyEvent};

use super::keymap::Keymap;
use super::prompt::{LEAVE, Mistake, Parsed, Prompt};
use super::text::short_name;
use crate::callback::export::Format;
use crate::callback::lang::localize;
use crate::callback::printable::is_hidden;
use crate::callback::{Lang, Localized};
use crate::history::filter::NamedFilter;

/// Which callbacks are saved.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Scope {
    /// Those in Flow: what the filter lets through, while paused up to the pause.
    Shown,
    /// The marked ones.
    Marked,
    /// All that are kept.
    All,
}

impl Scope {
    /// All of them, in the order of the menu.
    pub(super) const ALL: [Self; 3] = [Self::Shown, Self::Marked, Self::All];

    /// The key that chooses it.
    pub(super) const fn key(self) -> char {
        match self {
            Self::Shown => 's',
            Self::Marked => 'm',
            Self::All => 'a',
        }
    }

    /// Its text in the menu.
    pub(super) const fn label(self) -> Localized {
        match self {
            Self::Shown => Localized::new("the rows of Flow", "当前列表"),
            Self::Marked => Localized::new("the marked callbacks", "已标记的回调"),
            Self::All => Localized::new("all callbacks kept", "全部保留的回调"),
        }
    }
}

/// The state of the dialog.
#[derive(Debug, Clone)]
pub(super) struct SaveDialog {
    /// The number of callbacks of each [`Scope::ALL`]; those with none are not offered.
    pub(super) counts: [usize; 3],
    /// What is offered as the name, without an extension.
    pub(super) stem: String,
    /// What is asked for.
    pub(super) step: Step,
    /// Whether the program quits after the save.
    pub(super) quits: bool,
}

/// What the dialog asks for.
#[derive(Debug, Clone)]
pub(super) enum Step {
    /// Which callbacks.
    Scope,
    /// In which format.
    Format(Scope),
    /// To which file.
    Name(Scope, Format, Box<Prompt<SaveName>>),
}

/// What was chosen in the dialog.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct SaveChoice {
    /// The callbacks.
    pub(super) scope: Scope,
    /// The format.
    pub(super) format: Format,
    /// The name of the file.
    pub(super) name: String,
    /// Whether the program quits after the save.
    pub(super) quits: bool,
}

impl SaveDialog {
    /// Asks which callbacks are saved.
    pub(super) fn new(counts: [usize; 3], stem: String) -> Self {
        Self { counts, stem, step: Step::Scope, quits: false }
    }

    /// The scopes that can be chosen, with the number of their callbacks.
    pub(super) fn scopes(&self) -> impl Iterator<Item = (Scope, usize)> {
        Scope::ALL.into_iter().zip(self.counts).filter(|(_, count)| *count > 0)
    }

    /// Handles a key; breaks when the dialog is to be closed, with what was chosen.
    pub(super) fn on_key(
        &mut self,
        key: KeyEvent,
        keymap: &Keymap,
    ) -> ControlFlow<Option<SaveChoice>> {
        match &mut self.step {
            Step::Scope | Step::Format(_) if key.code == KeyCode::Esc => {
                return ControlFlow::Break(None);
            }
            Step::Scope => {
                let chosen = self.scopes().find(|(it, _)| key.code == KeyCode::Char(it.key()));
                if let Some((scope, _)) = chosen {
                    self.step = Step::Format(scope);
                }
            }
            Step::Format(scope) => {
                let scope = *scope;
                let mut formats = Format::ALL.into_iter();
                if let Some(format) = formats.find(|it| key.code == KeyCode::Char(it.key())) {
                    let name = format!("{}.{}", self.stem, format.extension());
                    self.step = Step::Name(scope, format, Box::new(Prompt::new(name)));
                }
            }
            Step::Name(scope, format, prompt) => {
                let (scope, format, quits) = (*scope, *format, self.quits);
                let choice = |SaveName(name)| SaveChoice { scope, format, name, quits };
                return prompt.on_key(key, None, &[], keymap).map_break(|it| it.map(choice));
            }
        }
        ControlFlow::Continue(())
    }

    /// Inserts pasted text into the input line; returns whether one is open.
    pub(super) fn paste(&mut self, text: &str) -> bool {
        match &mut self.step {
            Step::Name(_, _, prompt) => {
                prompt.paste(text);
                true
            }
            Step::Scope | Step::Format(_) => false,
        }
    }
}

/// The name of the file to save to.
#[derive(Debug, Clone)]
pub(super) struct SaveName(pub(super) String);

/// Why a name is not accepted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum NameError {
    /// It is empty.
    Missing,
    /// It has a character that cannot be seen, such as a line end.
    Hidden,
    /// It is that of a folder.
    Folder(String),
    /// There is such a file.
    Exists(String),
    /// It cannot be written, for the reason given.
    Unwritable(String),
}

impl Parsed for SaveName {
    type Mistake = NameError;

    const LABEL: Localized = Localized::new(" file: ", " 文件：");
    const HINT: &'static [Localized] = &[
        Localized::new("no file is ever overwritten", "不会覆盖已有文件"),
        Localized::new("enter saves to this new file", "enter 保存到该新文件"),
        LEAVE,
    ];

    fn parse(text: &str, _: &[NamedFilter]) -> Result<Self, NameError> {
        match text.trim() {
            "" => Err(NameError::Missing),
            name if name.contains(is_hidden) => Err(NameError::Hidden),
            name if name.ends_with('/') => Err(NameError::Folder(name.to_owned())),
            name => Ok(Self(name.to_owned())),
        }
    }
}

impl Mistake for NameError {
    fn at(&self) -> usize {
        0
    }

    fn message(&self, lang: Lang) -> String {
        match self {
            Self::Missing => {
                Localized::new("the name of a file is missing", "缺少文件名").text(lang).to_owned()
            }
            Self::Hidden => Localized::new(
                "the name of the file has a hidden character",
                "文件名中有不可见字符",
            )
            .text(lang)
            .to_owned(),
            Self::Folder(name) => localize!(
                lang,
                "{} is a folder: add the name of a file",
                "{} 是文件夹：请加上文件名",
                short_name(name)
            ),
            Self::Exists(name) => localize!(
                lang,
                "{} exists, and is not overwritten: change the name",
                "{} 已存在，不会覆盖：请更改文件名",
                short_name(name)
            ),
            Self::Unwritable(reason) => reason.clone(),
        }
    }
}
