//! The files of the switchboard's rules: reading, writing, and what became of it.

use std::sync::Arc;

use super::app::App;
use super::effect::{Effect, Request, RuleReport};
use super::notice::Notice;
use super::prompt::Prompt;
use super::settings::SavedRules;
use super::switchboard::Input;
use super::words;
use crate::answer::problems::refusals;
use crate::answer::switchboard::Entry;
use crate::callback::lang::localize;

impl App {
    pub(super) fn read_rules(&mut self) -> Option<Effect> {
        let Some(file) = &self.rule_edits.file else {
            self.notify_with_keys(words::NO_RULE_FILE);
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
            RuleReport::Parsed { text, place, rule } => {
                let put = rule.and_then(|it| self.put_rule(&it, &place));
                match put {
                    Ok(effect) => return request(effect),
                    Err(error) => self.refuse_rule(text, error, place),
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
                let file = SavedRules { name, rules: written };
                let effect = self.replace_written(&rules, &file.rules);
                self.notify_written(file);
                return effect;
            }
        }
        None
    }

    /// Puts the rules of a file that was read in the places of those it held before.
    fn renew_rules(&mut self, name: String, rules: Vec<Entry>) -> Option<Request> {
        let (count, lang) = (rules.len(), self.settings.lang);
        let off = match rules.iter().filter(|it| !it.is_on).count() {
            0 => String::new(),
            off => localize!(lang, ", {off} of them off", "，其中 {off} 条停用"),
        };
        let hidden = localize!(
            lang,
            "rules read: {count}{off}; u restores those before",
            "已读取 {count} 条规则{off}（u 恢复之前的规则）"
        );
        let text = localize!(lang, "{hidden}; from {name}", "{hidden}：{name}");
        self.notify(Notice::harmless(text).redacted_as(hidden));
        let earlier = self.rule_edits.read(SavedRules { name, rules: rules.clone() });
        request(self.change(|it| it.renew(&earlier, rules)))
    }

    fn notify_written(&mut self, file: SavedRules) {
        let (lang, count, name) = (self.settings.lang, file.rules.len(), file.name.clone());
        let refused = match refusals(&file.rules).next() {
            None => String::new(),
            Some((nth, _)) => {
                localize!(lang, "; a start refuses rule {0}", "；启动时会拒绝规则 {0}", nth + 1)
            }
        };
        let given = match self.rule_edits.written(file) {
            0 => String::new(),
            given => {
                localize!(lang, ", {given} of them from --answer", "（{given} 条来自 --answer）")
            }
        };
        let hidden = localize!(
            lang,
            "rules written: {count}{given}{refused}",
            "已写入 {count} 条规则{given}{refused}"
        );
        let text = localize!(
            lang,
            "rules written: {count}{given}, to {name}{refused}",
            "已将 {count} 条规则{given}写入 {name}{refused}"
        );
        self.notify(Notice::harmless(text).redacted_as(hidden));
    }

    /// Puts rules as they were written in the places of those that were to be written.
    fn replace_written(&mut self, rules: &[Entry], written: &[Entry]) -> Option<Request> {
        let both = rules.iter().zip(written).map(|(it, now)| (&it.rule, &now.rule));
        let others = both.filter(|(it, now)| !Arc::ptr_eq(it, now));
        let switchboard = &mut self.status.switchboard;
        switchboard.replace(others).then(|| Request::Answer(switchboard.clone()))
    }
}

fn request(effect: Effect) -> Option<Request> {
    match effect {
        Effect::Request(request) => Some(request),
        Effect::Terminal(_) => None,
    }
}
