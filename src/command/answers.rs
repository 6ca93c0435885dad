//! `imscope answers`: checks a file of rules, and tries it on a callback.

use std::fs;
use std::io::{self, Read as _, Write};
use std::path::Path;
use std::process::ExitCode;
use std::sync::Arc;

use anyhow::Context as _;

use super::cli::answers::{AnswersCommand, TryOptions};
use super::cli::value::marked_at;
use crate::answer::mode::AnswerMode;
use crate::answer::rule::{Reply, Rule, problems};
use crate::answer::rule_answer;
use crate::answer::rule_file::{RuleFile, column};
use crate::answer::switchboard::{Entry, Switchboard};
use crate::callback::decision::judge;
use crate::callback::{Delivery, Lang, decode, jsonl, query};
use crate::history::incoming::{Decoded, Incoming};

/// Runs a command on a file of rules; exit status 1 if something in it cannot work.
///
/// # Errors
/// A file or standard input that cannot be read, or output that cannot be written.
pub fn run(command: &AnswersCommand, out: &mut impl Write) -> anyhow::Result<ExitCode> {
    match command {
        AnswersCommand::Check { file } => {
            let Some(rules) = read(file, out)? else { return Ok(ExitCode::FAILURE) };
            let count = rules.rules().count();
            let works = check(&rules, &file.display().to_string(), out)?;
            if works {
                let noun = if count == 1 { "rule" } else { "rules" };
                writeln!(out, "{}: {count} {noun}", file.display())?;
            }
            Ok(if works { ExitCode::SUCCESS } else { ExitCode::FAILURE })
        }
        AnswersCommand::Try(options) => {
            let Some(rules) = read(&options.file, out)? else { return Ok(ExitCode::FAILURE) };
            let mut input = Vec::new();
            io::stdin().read_to_end(&mut input).context("cannot read standard input")?;
            explain(&rules, &delivery(&input, options), out)?;
            Ok(ExitCode::SUCCESS)
        }
    }
}

/// Reads a file of rules, and prints its mistakes; `None` if it has any.
pub(super) fn read(path: &Path, out: &mut impl Write) -> anyhow::Result<Option<RuleFile>> {
    let name = path.display();
    let text = fs::read_to_string(path).with_context(|| format!("cannot read {name}"))?;
    // The files that rules name are beside theirs.
    let folder = path.parent().unwrap_or(Path::new(""));
    let mut read_file = |it: &str| fs::read(folder.join(it)).map_err(|error| error.to_string());
    let errors = match RuleFile::parse(&text, &mut read_file) {
        Ok(rules) => return Ok(Some(rules)),
        Err(errors) => errors,
    };
    for it in errors {
        let place = format!("{name}:{}:{}: {}", it.line, it.column(), it.error);
        writeln!(out, "{}\n", marked_at(&it.text, it.error.at.clone(), &place))?;
    }
    Ok(None)
}

/// Prints the problems of rules, and returns whether there is none but remarks.
pub(super) fn check(file: &RuleFile, name: &str, out: &mut impl Write) -> anyhow::Result<bool> {
    let (lines, rules): (Vec<_>, Vec<_>) = file.rules().map(|(n, it)| (n, it.clone())).unzip();
    let problems = problems(&rules);
    for (nth, problem) in &problems {
        let (line, text) = (lines[*nth], rules[*nth].text());
        let kind = if problem.is_remark() { "remark: " } else { "" };
        let column = column(text, problem.at.start);
        let place = format!("{name}:{line}:{column}: {kind}{}", problem.message(Lang::En));
        writeln!(out, "{}\n", marked_at(text, problem.at.clone(), &place))?;
    }
    Ok(problems.iter().all(|(_, it)| it.is_remark()))
}

/// A line of a recording, or a body with the query of the options.
fn delivery(input: &[u8], options: &TryOptions) -> Delivery {
    if let Ok(delivery) = jsonl::decode(input) {
        return delivery;
    }
    let command = options.command.as_deref().map(|it| ("CallbackCommand", it));
    let app = options.app.as_deref().map(|it| ("SdkAppid", it));
    let parameters = command.into_iter().chain(app);
    let parameters: Vec<_> =
        parameters.map(|(name, it)| format!("{name}={}", query::escape(it))).collect();
    Delivery {
        method: "POST".into(),
        target: format!("/?{}", parameters.join("&")).into(),
        body: input.into(),
        ..Delivery::default()
    }
}

/// Prints which rule decides on a callback, its answer, and what Tencent does with it.
fn explain(file: &RuleFile, delivery: &Delivery, out: &mut impl Write) -> io::Result<()> {
    let entry = |rule: &Arc<Rule>| Entry { rule: rule.clone(), is_on: true };
    let rules = file.rules().map(|(_, it)| entry(it)).collect();
    let switchboard = Switchboard { mode: AnswerMode::default(), rules };
    let decoded = Decoded::default();
    let incoming = Incoming::new(delivery, &decoded);
    let Some(rule) = switchboard.decide(&incoming, |_| true) else {
        return writeln!(out, "no rule decides: the local app, or the answer mode");
    };
    let found = file.rules().find(|(_, it)| Arc::ptr_eq(it, rule));
    let line = found.map_or(0, |(line, _)| line);
    writeln!(out, "line {line} decides: {rule}")?;
    match &rule.reply {
        None => return writeln!(out, "only delayed: the local app, or the answer mode, replies"),
        Some(Reply::Forward(url)) => return writeln!(out, "the app at {url} replies"),
        Some(Reply::Hang) => writeln!(out, "no answer")?,
        Some(_) => {}
    }
    let callback = decode(delivery);
    let Some(reply) = &rule.reply else { return Ok(()) };
    let mut answer = rule_answer::answer(&callback.word, &delivery.body, reply);
    answer.took = u32::try_from(rule.delay.as_micros()).unwrap_or(u32::MAX);
    if answer.status != 0 {
        writeln!(out, "{} {}", answer.status, String::from_utf8_lossy(&answer.body))?;
    }
    for trouble in &answer.trouble {
        writeln!(out, "trouble: {trouble}")?;
    }
    match judge(&callback.word, &delivery.body, &answer) {
        Some(it) => writeln!(out, "{}: {}", it.word(Lang::En), it.sentence(Lang::En)),
        None => writeln!(out, "an after-callback: the answer decides nothing"),
    }
}
