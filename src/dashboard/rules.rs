//! What the keys of the switchboard do.

use std::sync::Arc;

use super::action::{Direction, SwitchboardAction};
use super::app::App;
use super::effect::{Effect, Request};
use super::menu::ANSWERS;
use super::overlay::{Entered, Overlay};
use super::prompt::Prompt;
use super::switchboard::{Command, Input, Place, RuleText, Switches};
use super::words;
use crate::answer::{Rule, Switchboard};

impl App {
    /// Opens the switchboard.
    pub(super) fn open_switchboard(&mut self) {
        match self.shows_recording() {
            true => self.notify(words::NO_LISTENER.text(self.settings.lang)),
            false => self.show(Overlay::Switchboard(Box::default())),
        }
    }

    /// Sets the default answer mode, and turns all rules off.
    pub(super) fn reset_answers(&mut self) -> Option<Effect> {
        let is_default = self.status.switchboard.is_default();
        let notice = match (self.shows_recording(), is_default) {
            (true, _) => words::NO_LISTENER,
            (_, true) => words::ALREADY_DEFAULT,
            _ => words::RESET_DONE,
        };
        self.notify(notice.text(self.settings.lang));
        (!is_default && !self.shows_recording()).then(|| self.change(Switchboard::reset))
    }

    /// Performs what was chosen in the switchboard.
    pub(super) fn command(&mut self, command: Command) -> Option<Effect> {
        match command {
            Command::Act(action) => self.switch(action),
            Command::Enter(RuleText { text, rule }, place) => {
                Entered::add(&mut self.entered.rules, text.clone());
                Some(match rule {
                    Some(rule) => {
                        self.put_rule(&Arc::new(rule.relative_to(&place.folder())), place)
                    }
                    None => Request::ParseRule(text, place).into(),
                })
            }
            Command::Write(name) => {
                Some(Request::WriteRules(name, self.status.switchboard.rules.clone()).into())
            }
        }
    }

    fn switch(&mut self, action: SwitchboardAction) -> Option<Effect> {
        let (nth, rules) = (self.rule_cursor(), self.status.switchboard.rules.len());
        match action {
            SwitchboardAction::Close => self.show(Overlay::None),
            SwitchboardAction::Help => {
                // Its own keys are at the end.
                let below = match std::mem::take(&mut self.overlay) {
                    Overlay::Switchboard(below) => Some(below),
                    _ => None,
                };
                self.show(Overlay::Help(usize::MAX, below));
            }
            SwitchboardAction::Answer(nth) => {
                let mode = &ANSWERS.get(nth)?.mode;
                return Some(self.change(|it| it.mode = mode.clone()));
            }
            SwitchboardAction::Add => {
                self.open_input(Input::Rule(Prompt::new(String::new()), Place::Last));
            }
            SwitchboardAction::Undo => return self.undo(),
            SwitchboardAction::Reset => return self.reset_answers(),
            SwitchboardAction::Read => return self.read_rules(),
            SwitchboardAction::Write => self.ask_file(),
            _ if rules == 0 => self.notify(words::NO_RULE_HERE.text(self.settings.lang)),
            SwitchboardAction::Toggle => return Some(self.change(|it| it.toggle(nth))),
            SwitchboardAction::Edit => self.edit_rule(nth),
            SwitchboardAction::Delete => {
                let effect = self.change(|it| _ = it.rules.remove(nth));
                self.notify(words::RULE_DELETED.text(self.settings.lang));
                return Some(effect);
            }
            SwitchboardAction::Swap(direction) => return self.swap(nth, direction),
        }
        None
    }

    /// The index of the selected rule.
    pub(super) fn rule_cursor(&self) -> usize {
        let last = self.status.switchboard.rules.len().saturating_sub(1);
        match &self.overlay {
            Overlay::Switchboard(switches) => switches.cursor.min(last),
            _ => last,
        }
    }

    fn set_rule_cursor(&mut self, nth: usize) {
        if let Overlay::Switchboard(switches) = &mut self.overlay {
            switches.cursor = nth;
        }
    }

    /// Opens an input line in the switchboard.
    pub(super) fn open_input(&mut self, input: Input) {
        let cursor = self.rule_cursor();
        self.show(Overlay::Switchboard(Box::new(Switches { cursor, input: Some(input) })));
    }

    /// Changes the switchboard such that the change can be undone.
    pub(super) fn change(&mut self, change: impl FnOnce(&mut Switchboard)) -> Effect {
        self.rule_edits.keep(&self.status.switchboard);
        change(&mut self.status.switchboard);
        Request::Answer(self.status.switchboard.clone()).into()
    }

    fn undo(&mut self) -> Option<Effect> {
        let Some(earlier) = self.rule_edits.undo() else {
            self.notify(words::NOTHING_TO_UNDO.text(self.settings.lang));
            return None;
        };
        self.status.switchboard = earlier;
        Some(Request::Answer(self.status.switchboard.clone()).into())
    }

    /// Puts a rule in its place, and selects it.
    pub(super) fn put_rule(&mut self, rule: &Arc<Rule>, place: Place) -> Effect {
        let put = Arc::clone(rule);
        let effect = self.change(|it| match place {
            Place::First => it.insert(0, put),
            Place::Instead(replaced) if it.replace(&replaced, Arc::clone(&put)) => {}
            Place::Instead(_) | Place::Last => it.insert(usize::MAX, put),
        });
        let rules = &self.status.switchboard.rules;
        if let Some(nth) = rules.iter().position(|it| Arc::ptr_eq(&it.rule, rule)) {
            self.set_rule_cursor(nth);
        }
        effect
    }

    fn edit_rule(&mut self, nth: usize) {
        if self.is_private() {
            return self.notify(words::NO_RULE_WHILE_PRIVATE.text(self.settings.lang));
        }
        let rule = self.status.switchboard.rules.get(nth).map(|it| Arc::clone(&it.rule));
        if let Some(rule) = rule {
            let prompt = Prompt::new(rule.text().to_string());
            self.open_input(Input::Rule(prompt, Place::Instead(rule)));
        }
    }

    fn swap(&mut self, nth: usize, direction: Direction) -> Option<Effect> {
        let other = match direction {
            Direction::Next => nth + 1,
            Direction::Previous => nth.checked_sub(1)?,
        };
        if self.status.switchboard.rules.len() <= other {
            return None;
        }
        self.set_rule_cursor(other);
        Some(self.change(|it| it.rules.swap(nth, other)))
    }
}
