//! Rules and filters in the values of options.

use std::path::Path;
use std::sync::Arc;

use super::{Parser, Text};
use crate::answer::problems::refusals;
use crate::answer::rule::Rule;
use crate::answer::switchboard::Entry;
use crate::callback::lang::Localized;
use crate::edge::rule_file;
use crate::history::filter::Filter;

const NO_FILE: Localized = Localized::new(
    "expected the name of a file of rules; rules are written in [ ]: answers = [\"RULE\"]",
    "应为规则文件的名称；规则应写在 [ ] 中：answers = [\"规则\"]",
);

impl Parser<'_> {
    /// Checks the filters of pairs, which are their first texts, and puts those of this file
    /// in place of their names.
    pub(super) fn filters(&mut self, pairs: &mut [Text]) {
        let names = self.filters.filters();
        for (at, text) in pairs.iter_mut().step_by(2) {
            match Filter::parse_with(text, &names) {
                Ok(filter) => filter.text().clone_into(text),
                Err(error) => {
                    let place = self.within(at, text, &error.at);
                    self.wrong(place, error.message(self.lang));
                }
            }
        }
    }

    /// A filter with those of this file in place of their names: another file, which may not
    /// be trusted, can have the same names. As it is if there is a mistake.
    pub(super) fn without_names(&self, filter: &str) -> String {
        let parsed = Filter::parse_with(filter, &self.filters.filters());
        parsed.map_or_else(|_| filter.to_owned(), |it| it.text().to_owned())
    }

    /// Checks the rules of an option that has some, or the name of their file.
    pub(super) fn rules_of(&mut self, option: &str, texts: &[Text]) {
        match option {
            "answer" => self.rules(texts),
            "answers" => self.file_of_rules(texts),
            _ => {}
        }
    }

    /// Refuses a rule where the name of a file of rules is meant.
    fn file_of_rules(&mut self, texts: &[Text]) {
        for (at, _) in texts.iter().filter(|(_, it)| it.contains("=>")) {
            self.wrong(at.clone(), NO_FILE.text(self.lang));
        }
    }

    /// Checks rules.
    fn rules(&mut self, texts: &[Text]) {
        let folder: Arc<Path> = self.path.parent().unwrap_or(Path::new("")).into();
        let mut entries = Vec::new();
        for (at, text) in texts {
            match rule_file::parse(text, &folder) {
                Ok(rule) => entries.push((at, rule)),
                Err(error) => {
                    let place = self.within(at, text, &error.at);
                    self.wrong(place, error.message(self.lang));
                }
            }
        }
        let (places, rules): (Vec<_>, Vec<Rule>) = entries.into_iter().unzip();
        let rules: Vec<_> =
            rules.into_iter().map(|it| Entry { rule: Arc::new(it), is_on: true }).collect();
        for (nth, problem) in refusals(&rules) {
            let place = self.within(places[nth], rules[nth].rule.text(), &problem.at);
            self.wrong(place, problem.message(self.lang));
        }
    }
}
