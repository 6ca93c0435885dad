//! The rules of the command line: `--answer`, then those of the file of `--answers`.

pub(super) mod file;

use std::fmt;
use std::net::SocketAddr;
use std::path::Path;
use std::sync::Arc;

use anyhow::bail;

use super::cli::listen::RuleOptions;
use super::cli::value::marked_at;
use crate::answer::problems::refusals;
use crate::answer::rule::{Reply, Rule, RuleError};
use crate::answer::switchboard::Entry;
use crate::callback::Lang;
use crate::callback::lang::localize;
use crate::dashboard::SavedRules;
use crate::edge::forward::RuleApps;
use crate::edge::rule_file;

/// A mistake in a rule or a scenario, with its line and carets on lines of their own.
#[derive(Debug)]
pub struct MarkedMistake(pub(super) String);

impl fmt::Display for MarkedMistake {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for MarkedMistake {}

/// Reads the rules of the options, in their order.
///
/// # Errors
/// A mistake in a rule, a rule that cannot work, or a file that cannot be read.
pub(super) fn read(options: &RuleOptions, lang: Lang) -> anyhow::Result<Vec<Entry>> {
    let folder = options.folder.as_path().into();
    let given = options.answer.iter().map(|it| parse(it, &folder, lang));
    let mut rules: Vec<_> = given.collect::<Result<_, _>>()?;
    check(&rules, lang)?;
    if let Some(path) = &options.answers {
        rules.extend(read_file(path, lang).map_err(|it| named_by_option(it, lang))?);
    }
    Ok(rules)
}

/// The rules of the file of the options, which are the last of all.
pub(super) fn of_file(options: &RuleOptions, rules: &[Entry]) -> Option<SavedRules> {
    let name = options.answers.as_ref()?.display().to_string();
    Some(SavedRules { name, rules: rules.iter().skip(options.answer.len()).cloned().collect() })
}

/// The rule of an option. Files that it names are relative to the folder.
fn parse(text: &str, folder: &Arc<Path>, lang: Lang) -> anyhow::Result<Entry> {
    let rule = rule_file::parse(text, folder).map_err(|error| {
        let message = localize!(lang, "--answer: {}", "--answer：{}", error.message(lang));
        MarkedMistake(marked_at(text, error.at.clone(), &message))
    })?;
    Ok(Entry { rule: Arc::new(rule), is_on: true })
}

/// Refuses the first rule that cannot work.
fn check(rules: &[Entry], lang: Lang) -> anyhow::Result<()> {
    let Some((nth, problem)) = refusals(rules).next() else { return Ok(()) };
    let message = localize!(lang, "--answer: {}", "--answer：{}", problem.message(lang));
    bail!(MarkedMistake(marked_at(rules[nth].rule.text(), problem.at.clone(), &message)))
}

/// The mistakes of a file of rules, with the option that names it.
fn named_by_option(error: anyhow::Error, lang: Lang) -> anyhow::Error {
    match error.downcast::<MarkedMistake>() {
        Ok(MarkedMistake(it)) => {
            MarkedMistake(localize!(lang, "--answers: {it}", "--answers：{it}")).into()
        }
        Err(error) => error,
    }
}

/// Reads the rules of a file.
///
/// # Errors
/// The mistakes and problems of its rules, or why it cannot be read.
pub(super) fn read_file(path: &Path, lang: Lang) -> anyhow::Result<Vec<Entry>> {
    let mut mistakes = Vec::new();
    let file = file::read(path, lang, &mut mistakes)?;
    let works = match &file {
        Some(file) => file::check(file, &path.display().to_string(), lang, &mut mistakes)?,
        None => false,
    };
    match file.filter(|_| works) {
        Some(file) => Ok(file.entries()),
        None => {
            let mistakes = String::from_utf8_lossy(&mistakes);
            bail!(MarkedMistake(mistakes.trim_end().to_owned()))
        }
    }
}

/// Makes the local apps of the rules that forward.
///
/// # Errors
/// A URL that is none, or that of the listener itself.
pub(super) fn prepare_apps(
    rules: &[Entry],
    apps: &Arc<RuleApps>,
    listener: SocketAddr,
    lang: Lang,
) -> anyhow::Result<()> {
    let apps = AppCheck { apps: Arc::clone(apps), listener };
    for Entry { rule, .. } in rules {
        apps.check(rule).map_err(|error| {
            MarkedMistake(marked_at(rule.text(), error.at.clone(), &error.message(lang)))
        })?;
    }
    Ok(())
}

/// Checks the local apps of rules.
#[derive(Debug, Clone)]
pub(super) struct AppCheck {
    /// The apps of the listener.
    pub(super) apps: Arc<RuleApps>,
    /// The address of the listener.
    pub(super) listener: SocketAddr,
}

impl AppCheck {
    /// Makes the local app of a rule that forwards.
    ///
    /// # Errors
    /// A URL that is none, or that of the listener itself.
    pub(super) fn check(&self, rule: &Rule) -> Result<(), RuleError> {
        let Some(Reply::Forward(url)) = &rule.reply else { return Ok(()) };
        let app = self.apps.app(url).map_err(|it| RuleError::no_app(rule, format!("{it:#}")))?;
        if app.targets(self.listener) { Err(RuleError::own_listener(rule)) } else { Ok(()) }
    }
}
