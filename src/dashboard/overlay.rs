//! Overlays: what is drawn over the panes and receives keys before them.

use std::ops::ControlFlow;

use crossterm::event::{KeyCode, KeyEvent};

use super::action::{Action, Step};
use super::cursor::{scrolled, scrolled_by};
use super::effect::{Effect, Request};
use super::entered::Entered;
use super::filter_list::FilterList;
use super::help::Help;
use super::keymap::Keymap;
use super::menu::CopyTarget;
use super::prompt::{FilterLine, Prompt};
use super::rule_menu::{RuleDraft, RuleMenu};
use super::save_dialog::{self, SaveChoice, SaveDialog};
use super::switchboard::{Command, Input, Place, RuleText, Switches};
use super::viewport::Extent;
use crate::callback::Delivery;
use crate::callback::json::ParseError;
use crate::history::filter::{Destination, Filter};

/// The overlay on the screen.
#[derive(Debug, Clone, Default)]
pub(super) enum Overlay {
    /// None.
    #[default]
    None,
    /// The help.
    Help(Box<Help>),
    /// The question whether to clear everything.
    Clear,
    /// The question whether to send an edited body that is not JSON.
    SendBroken(Box<Edit>),
    /// The input line of the filter.
    Filter(Box<Prompt<Filter>>),
    /// The filters with names.
    Filters(Box<FilterList>),
    /// The input line for a time to go to.
    Time(Box<Prompt<Destination>>),
    /// The menu of what to copy.
    CopyMenu,
    /// The rules and the answer mode.
    Switchboard(Box<Switches>),
    /// The menu of rules for a callback.
    RuleMenu(Box<RuleMenu>),
    /// The input line of a rule that becomes the first one.
    FirstRule(Box<Prompt<RuleText>>),
    /// The question whether to quit.
    Quit,
    /// What to save, and to which file.
    Save(Box<SaveDialog>),
    /// Two callbacks side by side; the first line on the screen.
    Compare(usize),
}

/// A callback whose edited body is not JSON.
#[derive(Debug, Clone)]
pub(super) struct Edit {
    /// The callback as received.
    pub(super) delivery: Delivery,
    /// The edited body.
    pub(super) body: Vec<u8>,
    /// Why it is not JSON.
    pub(super) error: ParseError,
}

impl From<Box<Edit>> for Effect {
    fn from(edit: Box<Edit>) -> Self {
        Request::SendEdited(Box::new(edit.delivery), edit.body).into()
    }
}

/// Whether an overlay consumed a key.
#[derive(Debug)]
pub(super) enum KeyOutcome {
    /// No overlay is open, or the key is not for it.
    Ignored,
    /// It consumed the key, and perhaps made a choice with it.
    Handled(Option<Choice>),
}

/// What the user chose in an overlay.
#[derive(Debug)]
pub(super) enum Choice {
    /// Copy this.
    Copy(CopyTarget),
    /// Change the switchboard.
    Switchboard(Command),
    /// Make this rule the first one.
    Rule(RuleDraft),
    /// Set this filter; it may be empty.
    Filter(Filter),
    /// Go to this time.
    Time(Destination),
    /// Clear everything.
    Clear,
    /// Send this.
    Send(Box<Edit>),
    /// Save this.
    Save(SaveChoice),
    /// Open the dialog of what to save.
    SaveFirst,
    /// Quit.
    Quit,
}

impl Overlay {
    /// Handles a key. `extent` is that of the last frame, if it held this
    /// overlay; `entered` are the texts entered before.
    pub(super) fn on_key(
        &mut self,
        key: KeyEvent,
        extent: Option<Extent>,
        entered: &Entered,
        keymap: &Keymap,
    ) -> KeyOutcome {
        // The comparison fills the screen like a pane.
        let quits = || {
            let action = keymap.dashboard.action(key);
            matches!(self, Self::Compare(_)) && action == Some(Action::Quit)
        };
        if matches!(self, Self::None) || keymap.works_everywhere(key) || quits() {
            return KeyOutcome::Ignored;
        }
        if let Self::Switchboard(switches) = self {
            let command = switches.on_key(key, extent, &entered.rules, keymap);
            return KeyOutcome::Handled(command.map(Choice::Switchboard));
        }
        match self.choose(key, extent, entered, keymap) {
            ControlFlow::Continue(()) => KeyOutcome::Handled(None),
            ControlFlow::Break(choice) => {
                *self = match std::mem::take(self) {
                    Self::Help(help) => help.below.map_or(Self::None, Self::Switchboard),
                    _ => Self::None,
                };
                KeyOutcome::Handled(choice)
            }
        }
    }

    /// Breaks when the overlay is to be closed, with the choice that was made.
    fn choose(
        &mut self,
        key: KeyEvent,
        extent: Option<Extent>,
        entered: &Entered,
        keymap: &Keymap,
    ) -> ControlFlow<Option<Choice>> {
        let choice = match self {
            Self::Help(help) => return help.on_key(key, extent, keymap).map_break(|()| None),
            Self::Compare(line) if let Some(to) = scrolled(*line, key, extent, keymap) => {
                *line = to;
                return ControlFlow::Continue(());
            }
            Self::Compare(_) if key.code != KeyCode::Esc => return ControlFlow::Continue(()),
            Self::None | Self::Switchboard(_) | Self::Compare(_) => None,
            Self::Time(_) | Self::Filter(_) | Self::Filters(_) | Self::FirstRule(_) => {
                return self.enter(key, extent, entered, keymap);
            }
            Self::Save(it) => return it.on_key(key, keymap).map_break(|it| it.map(Choice::Save)),
            Self::CopyMenu => {
                let mut targets = CopyTarget::ALL.into_iter();
                targets.find(|it| key.code == KeyCode::Char(it.key())).map(Choice::Copy)
            }
            Self::RuleMenu(menu) => {
                return menu.on_key(key, keymap).map_break(|it| it.map(Choice::Rule));
            }
            Self::Quit if key.code == KeyCode::Char('s') => Some(Choice::SaveFirst),
            Self::Quit => is_yes(key).then_some(Choice::Quit),
            Self::Clear => is_yes(key).then_some(Choice::Clear),
            Self::SendBroken(edit) => is_yes(key).then(|| Choice::Send(edit.clone())),
        };
        ControlFlow::Break(choice)
    }

    /// Handles a key of an input line or of the list of filters; breaks when that is to be
    /// closed, with what was entered or chosen.
    fn enter(
        &mut self,
        key: KeyEvent,
        extent: Option<Extent>,
        entered: &Entered,
        keymap: &Keymap,
    ) -> ControlFlow<Option<Choice>> {
        match self {
            Self::Time(it) => {
                it.on_key(key, None, &[], keymap).map_break(|it| it.map(Choice::Time))
            }
            Self::Filter(it) => {
                let filter = it.on_key(key, extent, &entered.filters, keymap);
                filter.map_break(|it| it.map(Choice::Filter))
            }
            Self::Filters(it) => {
                it.on_key(key, extent, keymap).map_break(|it| it.map(Choice::Filter))
            }
            Self::FirstRule(it) => {
                let rule = it.on_key(key, extent, &entered.rules, keymap);
                let choice = |it| Choice::Switchboard(Command::Enter(it, Place::First));
                rule.map_break(|it| it.map(choice))
            }
            _ => ControlFlow::Continue(()),
        }
    }

    /// Scrolls it, or moves in it.
    pub(super) fn scroll(&mut self, step: Step, extent: Option<Extent>) {
        match self {
            Self::Help(help) => help.scroll(step, extent),
            Self::Compare(line) => *line = scrolled_by(*line, step, extent),
            Self::Switchboard(switches) if switches.input.is_none() => switches.step(step, extent),
            Self::Filters(list) => list.step(step, extent),
            _ => {
                if let Some(line) = self.filter_line_mut() {
                    line.scroll_page(step, extent);
                }
            }
        }
    }

    /// Whether an input line is open in it.
    pub(super) fn is_typing(&self) -> bool {
        match self {
            Self::Filter(_) | Self::Time(_) | Self::FirstRule(_) => true,
            Self::Switchboard(switches) => switches.input.is_some(),
            Self::Save(dialog) => matches!(dialog.step, save_dialog::Step::Name(..)),
            _ => false,
        }
    }

    /// The input line that is open, if a filter is entered in it.
    pub(super) fn filter_line(&self) -> Option<&dyn FilterLine> {
        match self {
            Self::Filter(prompt) => Some(&**prompt),
            Self::FirstRule(prompt) => Some(&**prompt),
            Self::Switchboard(switches) => match &switches.input {
                Some(Input::Rule(prompt, _)) => Some(prompt),
                Some(Input::File(_)) | None => None,
            },
            _ => None,
        }
    }

    /// As [`Self::filter_line`], to be changed.
    pub(super) fn filter_line_mut(&mut self) -> Option<&mut dyn FilterLine> {
        match self {
            Self::Filter(prompt) => Some(&mut **prompt),
            Self::FirstRule(prompt) => Some(&mut **prompt),
            Self::Switchboard(switches) => match &mut switches.input {
                Some(Input::Rule(prompt, _)) => Some(prompt),
                Some(Input::File(_)) | None => None,
            },
            _ => None,
        }
    }

    /// Inserts pasted text into the input line; returns whether one is open.
    pub(super) fn paste(&mut self, text: &str) -> bool {
        match self {
            Self::Time(prompt) => prompt.paste(text),
            Self::Filter(prompt) => prompt.paste(text),
            Self::FirstRule(prompt) => prompt.paste(text),
            Self::Save(dialog) => return dialog.paste(text),
            Self::Help(help) => return help.paste(text),
            Self::Switchboard(switches) => return switches.paste(text),
            _ => return false,
        }
        true
    }
}

/// Whether a key agrees to a question.
fn is_yes(key: KeyEvent) -> bool {
    matches!(key.code, KeyCode::Char('y' | 'Y') | KeyCode::Enter)
}

#[cfg(test)]
mod tests;
