//! Rules and filters in the values of options.

use std::path::Path;
use std::sync::Arc;

use super::{Parser, Text};
use crate::answer::problems::refusals;
use crate::answer::rule::Rule;
use crate::answer::switchboard::Entry;
use crate::edge::rule_file;
use crate::history::filter::Filter;

impl Parser<'_> {
    /// Checks the filters of pairs, which are their first texts.
    pub(super) fn filters(&mut self, pairs: &[Text]) {
        for (at, text) in pairs.iter().step_by(2) {
            if let Err(error) = Filter::parse(text) {
                let place = self.within(at, text, &(error.at.start..error.at.end));
                self.wrong(place, error.message(self.lang));
            }
        }
    }

    /// Checks rules.
    pub(super) fn rules(&mut self, texts: &[Text]) {
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
