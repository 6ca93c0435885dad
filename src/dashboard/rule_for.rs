//! Makes a rule for a callback: this command from this user.

use std::sync::Arc;

use super::app::App;
use super::effect::Effect;
use super::overlay::Overlay;
use super::prompt::Prompt;
use super::rule_menu::{Blank, RuleDraft, RuleMenu};
use super::switchboard::Place;
use super::words;
use crate::answer::Rule;
use crate::callback::command::When;
use crate::callback::{Localized, decode, json};

impl App {
    /// Opens the menu of rules for the callback in the detail pane.
    pub(super) fn answer_selected(&mut self) {
        let menu = match self.shows_recording() {
            true => Err(words::NO_LISTENER),
            false => self.rule_menu(),
        };
        match menu {
            Ok(menu) => self.show(Overlay::RuleMenu(Box::new(menu))),
            Err(notice) => self.notify(notice.text(self.settings.lang)),
        }
    }

    fn rule_menu(&self) -> Result<RuleMenu, Localized> {
        let shown = self.detail_callback().and_then(|it| self.original_head(it));
        let delivery = shown.ok_or(words::NO_CALLBACK)?;
        let callback = decode(&delivery);
        if callback.word.is_empty() || When::of(&callback.word) == When::After {
            return Err(words::ANSWER_IGNORED);
        }
        let has_several_apps = self.history().unread().has_several_apps();
        Ok(RuleMenu {
            word: callback.word.to_string(),
            from: callback.from.as_deref().unwrap_or_default().to_owned(),
            app: (has_several_apps && !callback.app.is_empty()).then(|| callback.app.to_string()),
            text: text_of(&delivery.body),
            cursor: 0,
        })
    }

    /// Makes a rule the first one, after its value is entered if it needs one.
    pub(super) fn draft_rule(&mut self, draft: RuleDraft) -> Option<Effect> {
        let RuleDraft { text, blank } = draft;
        match blank {
            Some(_) if self.is_private() => {
                self.notify_with_keys(words::NO_RULE_WHILE_PRIVATE);
                None
            }
            Some(Blank { from_end, meaning }) => {
                let prompt = Prompt::new(text).left(from_end).about(meaning);
                self.show(Overlay::FirstRule(Box::new(prompt)));
                None
            }
            None => {
                let rule = Rule::parse(&text, &mut |_| Err(String::new())).ok()?;
                self.put_rule(&Arc::new(rule), &Place::First).ok()
            }
        }
    }
}

/// The pointer to the first text of a message, and the text as JSON.
fn text_of(body: &[u8]) -> Option<(String, String)> {
    let json = json::read(body).ok()?;
    let elements = json.get("MsgBody")?.items();
    let text = |it: &json::Json<'_>| Some(it.get("MsgContent")?.get("Text")?.raw().to_owned());
    elements
        .iter()
        .enumerate()
        .find_map(|(nth, it)| Some((format!("/MsgBody/{nth}/MsgContent/Text"), text(it)?)))
}
