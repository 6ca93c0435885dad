//! What the keys of the switchboard do.

use std::sync::Arc;

use super::action::{Action, Direction, SwitchboardAction};
use super::app::App;
use super::effect::{Effect, Request};
use super::entered::InputKind;
use super::help::Help;
use super::menu::ANSWERS;
use super::notice::Notice;
use super::overlay::Overlay;
use super::prompt::Prompt;
use super::switchboard::{Command, Input, Place, RuleText, Switches};
use super::words;
use crate::answer::problems::{first_problems, hider, refusal};
use crate::answer::rule::RuleError;
use crate::answer::switchboard::Entry;
use crate::answer::{Rule, Switchboard};
use crate::callback::lang::localize;

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
        self.notify_with_keys(notice);
        (!is_default && !self.shows_recording()).then(|| self.change(Switchboard::reset))
    }

    /// Performs what was chosen in the switchboard.
    pub(super) fn command(&mut self, command: Command) -> Option<Effect> {
        match command {
            Command::Act(action) => self.switch(action),
            Command::Enter(RuleText { text, rule }, place) => {
                self.keep_entered(InputKind::Rule, text.clone());
                let Some(rule) = rule else { return Some(Request::ParseRule(text, place).into()) };
                let rule = Arc::new(Rule::clone(&rule).relative_to(&place.folder()));
                match self.put_rule(&rule, &place) {
                    Ok(effect) => return Some(effect),
                    Err(error) => self.refuse_rule(text, error, place),
                }
                None
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
                if let Overlay::Switchboard(below) = std::mem::take(&mut self.overlay) {
                    let help = Help::over(below, words::SWITCHBOARD_KEYS);
                    self.show(Overlay::Help(Box::new(help)));
                }
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
            _ if rules == 0 => self.notify_with_keys(words::NO_RULE_HERE),
            SwitchboardAction::Toggle => return Some(self.change(|it| it.toggle(nth))),
            SwitchboardAction::Edit => self.edit_rule(nth),
            SwitchboardAction::Delete => {
                let effect = self.change(|it| _ = it.rules.remove(nth));
                self.notify_with_keys(words::RULE_DELETED);
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
    ///
    /// # Errors
    /// Why a file with the rules in this order would be refused for it.
    pub(super) fn put_rule(
        &mut self,
        rule: &Arc<Rule>,
        place: &Place,
    ) -> Result<Effect, RuleError> {
        let mut after = self.status.switchboard.clone();
        let nth = put(&mut after.rules, rule, place);
        if let Some(problem) = refusal(&after.rules, nth) {
            return Err(RuleError::refused(problem));
        }
        let has_replaced = after.rules.len() <= self.status.switchboard.rules.len();
        match place {
            Place::First => self.notify_first(rule, has_replaced),
            Place::Last if nth + 1 < after.rules.len() => self.notify_before(&after.rules[nth + 1]),
            Place::Last | Place::Instead(_) => {}
        }
        self.set_rule_cursor(nth);
        Ok(self.change(|it| *it = after))
    }

    /// Shows that a rule is the first one now; it may have replaced others.
    fn notify_first(&mut self, rule: &Rule, has_replaced: bool) {
        let lang = self.settings.lang;
        let hidden = match has_replaced {
            true => localize!(lang, "replaced, now the first rule", "已替换，现为第一条规则"),
            false => localize!(lang, "now the first rule", "已添加为第一条规则"),
        };
        let text = localize!(lang, "{hidden}: {rule}", "{hidden}：{rule}");
        self.notify(Notice::harmless(text).redacted_as(hidden));
    }

    /// Shows that a rule was not added as the last one.
    fn notify_before(&mut self, next: &Entry) {
        let (lang, rule) = (self.settings.lang, &next.rule);
        let hidden = localize!(
            lang,
            "added before the rule that would hide it",
            "已添加在会使其不生效的规则之前"
        );
        let text = localize!(lang, "{hidden}: {rule}", "{hidden}：{rule}");
        self.notify(Notice::harmless(text).redacted_as(hidden));
    }

    /// Shows that rules have remarks, if any of those that are on has one.
    pub(super) fn notify_remarks(&mut self) {
        let (rules, lang) = (&self.status.switchboard.rules, self.settings.lang);
        let found = first_problems(rules, 0..rules.len()).into_iter().flatten().count();
        let key = self.settings.keymap.dashboard.label(Action::Switchboard);
        let text = match found {
            0 => return,
            1 => localize!(
                lang,
                "there is a remark on a rule: {key} shows it",
                "一条规则有提示：按 {key} 查看"
            ),
            _ => localize!(
                lang,
                "there are remarks on {found} rules: {key} shows them",
                "{found} 条规则有提示：按 {key} 查看"
            ),
        };
        self.notify(Notice::harmless(text));
    }

    /// Shows why a rule is refused, in the input line that it was entered in.
    pub(super) fn refuse_rule(&mut self, text: String, error: RuleError, place: Place) {
        let lang = self.settings.lang;
        let why = localize!(lang, "not added: {}", "未添加：{}", error.message(lang));
        let hidden = words::RULE_NOT_ADDED.text(lang).to_owned();
        self.notify(Notice::harmless(why).redacted_as(hidden));
        let prompt = Prompt::mistaken(text, error);
        match (&self.overlay, place) {
            (Overlay::None, Place::First) => self.show(Overlay::FirstRule(Box::new(prompt))),
            (Overlay::Switchboard(it), place @ (Place::Last | Place::Instead(_)))
                if it.input.is_none() =>
            {
                self.open_input(Input::Rule(prompt, place));
            }
            _ => {}
        }
    }

    fn edit_rule(&mut self, nth: usize) {
        if self.is_private() {
            return self.notify_with_keys(words::NO_RULE_WHILE_PRIVATE);
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

/// Puts a rule in its place among others, and returns its position.
fn put(rules: &mut Vec<Entry>, rule: &Arc<Rule>, place: &Place) -> usize {
    let entry = |is_on| Entry { rule: Arc::clone(rule), is_on };
    match place {
        Place::First => {
            rules.retain(|it| it.rule.filter != rule.filter);
            rules.insert(0, entry(true));
            return 0;
        }
        Place::Instead(replaced) => {
            if let Some(nth) = rules.iter().position(|it| Arc::ptr_eq(&it.rule, replaced)) {
                rules[nth] = entry(rules[nth].is_on);
                return nth;
            }
        }
        Place::Last => {}
    }
    let last = rules.len();
    rules.push(entry(true));
    let Some(hider) = hider(rules, last) else { return last };
    rules[hider..].rotate_right(1);
    // It may hide that one in turn: then they are alike.
    if self::hider(rules, hider + 1) == Some(hider) {
        rules[hider..].rotate_left(1);
        return last;
    }
    hider
}
