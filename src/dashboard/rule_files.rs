//! The files of the switchboard's rules: reading, writing, and what became of it.

use std::sync::Arc;

use super::app::App;
use super::effect::{Effect, Request, RuleReport};
use super::notice::Notice;
use super::overlay::Overlay;
use super::prompt::Prompt;
use super::settings::SavedRules;
use super::switchboard::Input;
use super::words;
use crate::answer::switchboard::Entry;
use crate::callback::lang::localize;

impl App {
    pub(super) fn read_rules(&mut self) -> Option<Effect> {
        let Some(file) = &self.rule_edits.file else {
            self.notify(words::NO_RULE_FILE.text(self.settings.lang));
            return None;
        };
        Some(Request::ReadRules(file.name.clone()).into())
    }

    /// Opens the input line for the name of the file that the rules are written to.
    pub(super) fn ask_file(&mut self) {
        let file = self.rule_edits.file.as_ref().filter(|_| !self.is_private());
        let name = file.map(|it| it.name.clone()).unwrap_or_default();
        self.open_input(Input::File(Prompt::new(name)));
    }

    /// Applies what was read or written.
    pub fn report_rules(&mut self, report: RuleReport) -> Option<Request> {
        let lang = self.settings.lang;
        match report {
            RuleReport::Parsed { place, rule: Ok(rule), .. } => {
                return request(self.put_rule(&rule, place));
            }
            RuleReport::Parsed { text, place, rule: Err(error) } => {
                let why = localize!(lang, "not added: {}", "未添加：{}", error.message(lang));
                let hidden = words::RULE_NOT_ADDED.text(lang).to_owned();
                self.notify(Notice::harmless(why).redacted_as(hidden));
                let is_free =
                    matches!(&self.overlay, Overlay::Switchboard(it) if it.input.is_none());
                if is_free {
                    self.open_input(Input::Rule(Prompt::mistaken(text, error), place));
                }
            }
            RuleReport::Read { rules: Err(why), .. } => {
                let hidden = words::RULES_NOT_READ.text(lang).to_owned();
                self.notify(Notice::harmless(why).redacted_as(hidden));
            }
            RuleReport::Written { written: Err(why), .. } => {
                let hidden = words::RULES_NOT_WRITTEN.text(lang).to_owned();
                self.notify(Notice::harmless(why).redacted_as(hidden));
            }
            RuleReport::Read { name, rules: Ok(rules) } => return self.renew_rules(name, rules),
            RuleReport::Written { name, rules, written: Ok(written) } => {
                let count = written.len();
                let hidden = localize!(lang, "rules written: {count}", "已写入 {count} 条规则");
                let text = localize!(
                    lang,
                    "rules written: {count}, to {name}",
                    "已将 {count} 条规则写入 {name}"
                );
                self.notify(Notice::harmless(text).redacted_as(hidden));
                let effect = self.replace_written(&rules, &written);
                self.rule_edits.file = Some(SavedRules { name, rules: written });
                return effect;
            }
        }
        None
    }

    /// Puts the rules of a file that was read in the places of those it held before.
    fn renew_rules(&mut self, name: String, rules: Vec<Entry>) -> Option<Request> {
        let earlier = self.rule_edits.file.take().map(|it| it.rules).unwrap_or_default();
        let (count, lang) = (rules.len(), self.settings.lang);
        let hidden = localize!(
            lang,
            "rules read: {count}; u restores those before",
            "已读取 {count} 条规则（u 恢复之前的规则）"
        );
        let text = localize!(lang, "{hidden}; from {name}", "{hidden}：{name}");
        self.notify(Notice::harmless(text).redacted_as(hidden));
        self.rule_edits.file = Some(SavedRules { name, rules: rules.clone() });
        request(self.change(|it| it.renew(&earlier, rules)))
    }

    /// Puts rules as they were written in the places of those that were to be written.
    fn replace_written(&mut self, rules: &[Entry], written: &[Entry]) -> Option<Request> {
        let switchboard = &mut self.status.switchboard;
        let both = rules.iter().zip(written).filter(|(it, now)| !Arc::ptr_eq(&it.rule, &now.rule));
        let replaced = both.filter(|(it, now)| switchboard.replace(&it.rule, now.rule.clone()));
        (0 < replaced.count()).then(|| Request::Answer(self.status.switchboard.clone()))
    }
}

fn request(effect: Effect) -> Option<Request> {
    match effect {
        Effect::Request(request) => Some(request),
        Effect::Terminal(_) => None,
    }
}
