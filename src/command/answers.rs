//! `imscope answers`: checks a file of rules, and tries it on a callback.

use std::io::{self, Read as _, Write};
use std::process::ExitCode;
use std::sync::Arc;
use std::time::Duration;

use anyhow::Context as _;

use super::cli::answers::{AnswersCommand, TryOptions};
use super::rules::file;
use super::{usage, words};
use crate::answer::mode::AnswerMode;
use crate::answer::rule::{Reply, Rule};
use crate::answer::rule_answer;
use crate::answer::rule_file::RuleFile;
use crate::answer::switchboard::Switchboard;
use crate::callback::decision::judge;
use crate::callback::lang::{Localized, localize};
use crate::callback::{Delivery, Lang, decode, json, jsonl, query};
use crate::edge::clock;
use crate::history::incoming::{Decoded, Incoming};

const NO_COMMAND: Localized = Localized::new(
    "the callback has no CallbackCommand; give it by --command",
    "回调中没有 CallbackCommand；请用 --command 指定",
);
const EMPTY_INPUT: Localized = Localized::new(
    "standard input is empty; it must hold the body of a callback",
    "标准输入为空；应为一个回调的正文",
);
const SEVERAL_BODIES: Localized =
    Localized::new("standard input holds more than one body", "标准输入中的正文不止一个");
const NO_RULE: Localized = Localized::new(
    "no rule decides: the local app replies, or --reply does",
    "没有规则匹配：由本地应用或 --reply 应答",
);
const ONLY_DELAYED: Localized = Localized::new(
    "only delayed: the local app replies, or --reply does",
    "仅延迟：由本地应用或 --reply 应答",
);
const NO_ANSWER: Localized = Localized::new("no answer", "不应答");
const DECIDES_NOTHING: Localized =
    Localized::new("an after-callback: the answer decides nothing", "之后回调：应答不起决定作用");

/// Runs a command on a file of rules; exit status 1 if something in it cannot work.
///
/// # Errors
/// A file or standard input that cannot be read, or output that cannot be written.
pub fn run(command: &AnswersCommand, out: &mut impl Write) -> anyhow::Result<ExitCode> {
    match command {
        AnswersCommand::Check(path, lang) => {
            let lang = *lang;
            let Some(rules) = file::read(path, lang, out)? else { return Ok(ExitCode::FAILURE) };
            let name = path.display().to_string();
            if !file::check(&rules, &name, lang, out)? {
                return Ok(ExitCode::FAILURE);
            }
            let rules = rules.entries();
            let off = rules.iter().filter(|it| !it.is_on).count();
            writeln!(out, "{}", counted(&name, rules.len(), off, lang))?;
        }
        AnswersCommand::Try(options) => {
            let Some(rules) = file::read(&options.file, options.lang, out)? else {
                return Ok(ExitCode::FAILURE);
            };
            let mut input = Vec::new();
            io::stdin()
                .read_to_end(&mut input)
                .context(words::UNREADABLE_INPUT.text(options.lang))?;
            explain(&rules, &delivery(&input, options)?, options.lang, out)?;
        }
    }
    Ok(ExitCode::SUCCESS)
}

/// A line of a recording, or a body with the query of the options.
///
/// # Errors
/// An input that is not one of these, or a callback without a command.
fn delivery(input: &[u8], options: &TryOptions) -> anyhow::Result<Delivery> {
    let lang = options.lang;
    let delivery = match jsonl::decode(input) {
        Ok(delivery) => delivery,
        Err(_) => of_body(input, options)?,
    };
    if decode::command_word(&delivery).is_empty() {
        return Err(usage(NO_COMMAND.text(lang)));
    }
    Ok(delivery)
}

fn of_body(input: &[u8], options: &TryOptions) -> anyhow::Result<Delivery> {
    let lang = options.lang;
    if input.trim_ascii().is_empty() {
        return Err(usage(EMPTY_INPUT.text(lang)));
    }
    if let Err(error) = json::read(input) {
        let first = str::from_utf8(input).ok().and_then(|it| json::read_first(it).ok());
        return Err(match first {
            Some(_) => usage(SEVERAL_BODIES.text(lang)),
            None => {
                let why = error.reason.text(lang);
                let text = localize!(
                    lang,
                    "standard input is not JSON: {why}",
                    "标准输入不是 JSON：{why}"
                );
                usage(text)
            }
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

/// The number of rules of a file, and of those that are off.
fn counted(name: &str, rules: usize, off: usize, lang: Lang) -> String {
    let noun = if rules == 1 { "rule" } else { "rules" };
    let text = localize!(lang, "{name}: {rules} {noun}", "{name}：{rules} 条规则");
    match off {
        0 => text,
        _ => localize!(lang, "{text}, {off} of them off", "{text}，其中 {off} 条已停用"),
    }
}

/// Prints which rule decides on a callback, its answer, and what Tencent does with it.
fn explain(
    file: &RuleFile,
    delivery: &Delivery,
    lang: Lang,
    out: &mut impl Write,
) -> io::Result<()> {
    let switchboard = Switchboard { mode: AnswerMode::default(), rules: file.entries() };
    let decoded = Decoded::default();
    let incoming = Incoming::new(delivery, &decoded);
    let Some(rule) = switchboard.decide(&incoming, |_| true) else {
        return writeln!(out, "{}", NO_RULE.text(lang));
    };
    let found = file.rules().find(|(_, it)| Arc::ptr_eq(&it.entry.rule, rule));
    let line = found.map_or(0, |(line, _)| line);
    let limits = limits(rule, lang);
    let text = localize!(
        lang,
        "line {line} decides{limits}: {rule}",
        "由第 {line} 行决定{limits}：{rule}"
    );
    writeln!(out, "{text}")?;
    match &rule.reply {
        None => return writeln!(out, "{}", ONLY_DELAYED.text(lang)),
        Some(Reply::Forward(url)) => {
            let text = localize!(lang, "the app at {url} replies", "由 {url} 的应用应答");
            return writeln!(out, "{text}");
        }
        Some(Reply::Hang) => writeln!(out, "{}", NO_ANSWER.text(lang))?,
        Some(_) => {}
    }
    match &rule.reply {
        Some(reply) => print_answer(delivery, reply, rule.delay, lang, out),
        None => Ok(()),
    }
}

/// Prints the answer of a rule, and what Tencent does with it.
fn print_answer(
    delivery: &Delivery,
    reply: &Reply,
    delay: Duration,
    lang: Lang,
    out: &mut impl Write,
) -> io::Result<()> {
    let callback = decode(delivery);
    let mut answer = rule_answer::answer(&callback.word, &delivery.body, reply);
    answer.took = clock::micros(delay);
    if answer.status != 0 {
        writeln!(out, "{} {}", answer.status, String::from_utf8_lossy(&answer.body))?;
    }
    for trouble in &answer.trouble {
        let trouble = trouble.text(lang);
        writeln!(out, "{}", localize!(lang, "trouble: {trouble}", "问题：{trouble}"))?;
    }
    match judge(&callback.word, &delivery.body, &answer) {
        Some(it) => {
            let (word, sentence) = (it.word(lang), it.sentence(lang));
            let separator = Localized::new(": ", "：").text(lang);
            // A sentence that begins with the word of the decision does not repeat it.
            let prefix = format!("{}{separator}", it.decision.label().text(lang));
            let begins_with_it = sentence
                .get(..prefix.len())
                .is_some_and(|start| start.eq_ignore_ascii_case(&prefix));
            let rest = if begins_with_it { &sentence[prefix.len()..] } else { &*sentence };
            writeln!(out, "{word}{separator}{rest}")
        }
        None => writeln!(out, "{}", DECIDES_NOTHING.text(lang)),
    }
}

/// To how many of the callbacks that match a rule applies, in parentheses.
fn limits(rule: &Rule, lang: Lang) -> String {
    let times =
        rule.times.map(|it| localize!(lang, "only the first {it} of these", "仅限前 {it} 个"));
    let chance = (rule.chance < 100).then_some(rule.chance);
    let chance = chance.map(|it| localize!(lang, "{it} % of these", "其中的 {it} %"));
    let limits: Vec<_> = times.into_iter().chain(chance).collect();
    match limits.join(Localized::new(", ", "，").text(lang)) {
        none if none.is_empty() => none,
        limits => localize!(lang, " ({limits})", "（{limits}）"),
    }
}
