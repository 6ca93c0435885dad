//! Overlays: what is drawn over the panes and receives keys before them.

use std::ops::ControlFlow;

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

use super::action::Action;
use super::cursor::scrolled;
use super::effect::{Effect, Request};
use super::entered::Entered;
use super::keymap;
use super::menu::CopyTarget;
use super::prompt::{FilterLine, Prompt};
use super::rule_menu::{RuleDraft, RuleMenu};
use super::save_dialog::{SaveChoice, SaveDialog, Step};
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
    /// All keys; the first line on the screen, and the switchboard if it is below.
    Help(usize, Option<Box<Switches>>),
    /// The question whether to clear everything.
    Clear,
    /// The question whether to send an edited body that is not JSON.
    SendBroken(Box<Edit>),
    /// The input line of the filter.
    Filter(Box<Prompt<Filter>>),
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
    ) -> KeyOutcome {
        // ^c, ^l and ^z work everywhere.
        let control = key.modifiers == KeyModifiers::CONTROL;
        if control && matches!(key.code, KeyCode::Char('c' | 'l' | 'z')) {
            return KeyOutcome::Ignored;
        }
        // The comparison fills the screen like a pane.
        let quits = matches!(self, Self::Compare(_)) && keymap::action(key) == Some(Action::Quit);
        if matches!(self, Self::None) || quits {
            return KeyOutcome::Ignored;
        }
        if let Self::Switchboard(switches) = self {
            let command = switches.on_key(key, extent, &entered.rules);
            return KeyOutcome::Handled(command.map(Choice::Switchboard));
        }
        match self.choose(key, extent, entered) {
            ControlFlow::Continue(()) => KeyOutcome::Handled(None),
            ControlFlow::Break(choice) => {
                *self = match std::mem::take(self) {
                    Self::Help(_, Some(below)) => Self::Switchboard(below),
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
    ) -> ControlFlow<Option<Choice>> {
        let choice = match self {
            Self::Help(line, _) | Self::Compare(line)
                if let Some(to) = scrolled(*line, key, extent) =>
            {
                *line = to;
                return ControlFlow::Continue(());
            }
            Self::Compare(_) if key.code != KeyCode::Esc => return ControlFlow::Continue(()),
            Self::None | Self::Switchboard(_) | Self::Help(..) | Self::Compare(_) => None,
            Self::Time(it) => {
                return it.on_key(key, None, &[]).map_break(|it| it.map(Choice::Time));
            }
            Self::Filter(prompt) => {
                return prompt
                    .on_key(key, extent, &entered.filters)
                    .map_break(|it| it.map(Choice::Filter));
            }
            Self::Save(it) => return it.on_key(key).map_break(|it| it.map(Choice::Save)),
            Self::CopyMenu => {
                let mut targets = CopyTarget::ALL.into_iter();
                targets.find(|it| key.code == KeyCode::Char(it.key())).map(Choice::Copy)
            }
            Self::RuleMenu(menu) => return menu.on_key(key).map_break(|it| it.map(Choice::Rule)),
            Self::FirstRule(prompt) => {
                let choice = |it| Choice::Switchboard(Command::Enter(it, Place::First));
                return prompt.on_key(key, extent, &entered.rules).map_break(|it| it.map(choice));
            }
            Self::Quit if key.code == KeyCode::Char('s') => Some(Choice::SaveFirst),
            Self::Quit => is_yes(key).then_some(Choice::Quit),
            Self::Clear => is_yes(key).then_some(Choice::Clear),
            Self::SendBroken(edit) => is_yes(key).then(|| Choice::Send(edit.clone())),
        };
        ControlFlow::Break(choice)
    }

    /// Whether the arrow keys scroll it or move in it.
    pub(super) fn scrolls(&self) -> bool {
        match self {
            Self::Help(..) | Self::Compare(_) => true,
            Self::Switchboard(switches) if switches.input.is_none() => true,
            _ => self.filter_line().is_some_and(|it| it.page().is_some()),
        }
    }

    /// Whether an input line is open in it.
    pub(super) fn is_typing(&self) -> bool {
        match self {
            Self::Filter(_) | Self::Time(_) | Self::FirstRule(_) => true,
            Self::Switchboard(switches) => switches.input.is_some(),
            Self::Save(dialog) => matches!(dialog.step, Step::Name(..)),
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
mod tests {
    use super::*;

    fn press(overlay: &mut Overlay, code: KeyCode, extent: Option<Extent>) -> KeyOutcome {
        overlay.on_key(KeyEvent::from(code), extent, &Entered::default())
    }

    #[test]
    fn scrolling_stops_at_both_ends() {
        let extent = Some(Extent { rows: 10, lines: 25, ..Extent::default() });
        let cases = [
            (0, KeyCode::Up, 0),
            (0, KeyCode::PageDown, 9),
            (9, KeyCode::PageDown, 15),
            (15, KeyCode::Down, 15),
            (40, KeyCode::Up, 14),
            (14, KeyCode::PageUp, 5),
            (3, KeyCode::Char('G'), 15),
            (3, KeyCode::End, 15),
            (14, KeyCode::Char('g'), 0),
            (0, KeyCode::Char(' '), 9),
        ];
        for (from, key, to) in cases {
            let mut help = Overlay::Help(from, None);
            assert!(matches!(press(&mut help, key, extent), KeyOutcome::Handled(None)));
            assert!(
                matches!(help, Overlay::Help(line, _) if line == to),
                "{key} from {from}: {help:?}"
            );
        }
    }

    #[test]
    fn any_key_closes_a_menu_and_one_of_its_keys_chooses() {
        let mut menu = Overlay::CopyMenu;
        let outcome = press(&mut menu, KeyCode::Char('c'), None);
        assert!(matches!(outcome, KeyOutcome::Handled(Some(Choice::Copy(CopyTarget::Curl)))));
        assert!(matches!(menu, Overlay::None));
        let mut question = Overlay::Clear;
        let outcome = press(&mut question, KeyCode::Char('n'), None);
        assert!(matches!(outcome, KeyOutcome::Handled(None)));
        assert!(matches!(question, Overlay::None));
    }

    #[test]
    fn keys_that_work_everywhere_are_left_to_the_app() {
        let quit = KeyEvent::new(KeyCode::Char('c'), KeyModifiers::CONTROL);
        let mut menu = Overlay::CopyMenu;
        assert!(matches!(menu.on_key(quit, None, &Entered::default()), KeyOutcome::Ignored));
        assert!(matches!(menu, Overlay::CopyMenu));
        assert!(matches!(press(&mut Overlay::None, KeyCode::Esc, None), KeyOutcome::Ignored));
    }
}
