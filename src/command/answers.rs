//! `imscope answers`: checks a file of rules, and tries it on a callback.

use std::io::{self, Read as _, Write};
use std::process::ExitCode;
use std::sync::Arc;

use anyhow::Context as _;

use super::cli::answers::{AnswersCommand, TryOptions};
use super::rules::file;
use super::usage;
use crate::answer::mode::AnswerMode;
use crate::answer::rule::Reply;
use crate::answer::rule_answer;
use crate::answer::rule_file::RuleFile;
use crate::answer::switchboard::Switchboard;
use crate::callback::decision::judge;
use crate::callback::{Delivery, Lang, decode, json, jsonl, query};
use crate::edge::clock;
use crate::history::incoming::{Decoded, Incoming};

/// Runs a command on a file of rules; exit status 1 if something in it cannot work.
///
/// # Errors
/// A file or standard input that cannot be read, or output that cannot be written.
pub fn run(command: &AnswersCommand, out: &mut impl Write) -> anyhow::Result<ExitCode> {
    match command {
        AnswersCommand::Check { file: path } => {
            let Some(rules) = file::read(path, out)? else { return Ok(ExitCode::FAILURE) };
            let name = path.display().to_string();
            if !file::check(&rules, &name, out)? {
                return Ok(ExitCode::FAILURE);
            }
            let rules = rules.entries();
            let noun = if rules.len() == 1 { "rule" } else { "rules" };
            write!(out, "{name}: {} {noun}", rules.len())?;
            match rules.iter().filter(|it| !it.is_on).count() {
                0 => writeln!(out)?,
                off => writeln!(out, ", {off} of them off")?,
            }
        }
        AnswersCommand::Try(options) => {
            let Some(rules) = file::read(&options.file, out)? else {
                return Ok(ExitCode::FAILURE);
            };
            let mut input = Vec::new();
            io::stdin().read_to_end(&mut input).context("cannot read standard input")?;
            explain(&rules, &delivery(&input, options)?, out)?;
        }
    }
    Ok(ExitCode::SUCCESS)
}

/// A line of a recording, or a body with the query of the options.
///
/// # Errors
/// An input that is not one of these, or a callback without a command.
fn delivery(input: &[u8], options: &TryOptions) -> anyhow::Result<Delivery> {
    let delivery = match jsonl::decode(input) {
        Ok(delivery) => delivery,
        Err(_) => of_body(input, options)?,
    };
    if decode::command_word(&delivery).is_empty() {
        return Err(usage("the callback has no CallbackCommand; give it by --command"));
    }
    Ok(delivery)
}

fn of_body(input: &[u8], options: &TryOptions) -> anyhow::Result<Delivery> {
    if input.trim_ascii().is_empty() {
        return Err(usage("standard input is empty; it must hold the body of a callback"));
    }
    if let Err(error) = json::read(input) {
        let first = str::from_utf8(input).ok().and_then(|it| json::read_first(it).ok());
        return Err(match first {
            Some(_) => usage("standard input holds more than one body"),
            None => usage(&format!("standard input is not JSON: {}", error.reason.text(Lang::En))),
        });
    }
    let command = options.command.as_deref().map(|it| ("CallbackCommand", it));
    let app = options.app.as_deref().map(|it| ("SdkAppid", it));
    let parameters = command.into_iter().chain(app);
    let parameters: Vec<_> =
        parameters.map(|(name, it)| format!("{name}={}", query::escape(it))).collect();
    Ok(Delivery {
        method: "POST".into(),
        target: format!("/?{}", parameters.join("&")).into(),
        body: input.into(),
        ..Delivery::default()
    })
}

/// Prints which rule decides on a callback, its answer, and what Tencent does with it.
fn explain(file: &RuleFile, delivery: &Delivery, out: &mut impl Write) -> io::Result<()> {
    let switchboard = Switchboard { mode: AnswerMode::default(), rules: file.entries() };
    let decoded = Decoded::default();
    let incoming = Incoming::new(delivery, &decoded);
    let Some(rule) = switchboard.decide(&incoming, |_| true) else {
        return writeln!(out, "no rule decides: the local app replies, or --reply does");
    };
    let found = file.rules().find(|(_, it)| Arc::ptr_eq(&it.entry.rule, rule));
    let line = found.map_or(0, |(line, _)| line);
    let times = rule.times.map(|it| format!("only the first {it} of these"));
    let chance = (rule.chance < 100).then(|| format!("{} % of these", rule.chance));
    let limits: Vec<_> = times.into_iter().chain(chance).collect();
    let limits =
        if limits.is_empty() { limits.concat() } else { format!(" ({})", limits.join(", ")) };
    writeln!(out, "line {line} decides{limits}: {rule}")?;
    match &rule.reply {
        None => return writeln!(out, "only delayed: the local app replies, or --reply does"),
        Some(Reply::Forward(url)) => return writeln!(out, "the app at {url} replies"),
        Some(Reply::Hang) => writeln!(out, "no answer")?,
        Some(_) => {}
    }
    let callback = decode(delivery);
    let Some(reply) = &rule.reply else { return Ok(()) };
    let mut answer = rule_answer::answer(&callback.word, &delivery.body, reply);
    answer.took = clock::micros(rule.delay);
    if answer.status != 0 {
        writeln!(out, "{} {}", answer.status, String::from_utf8_lossy(&answer.body))?;
    }
    for trouble in &answer.trouble {
        writeln!(out, "trouble: {}", trouble.text(Lang::En))?;
    }
    match judge(&callback.word, &delivery.body, &answer) {
        Some(it) => writeln!(out, "{}: {}", it.word(Lang::En), it.sentence(Lang::En)),
        None => writeln!(out, "an after-callback: the answer decides nothing"),
    }
}
