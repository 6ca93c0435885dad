//! Reads a file of rules, and prints what is wrong in it.

use std::io::{self, Read as _, Write};
use std::path::Path;

use anyhow::Context as _;

use crate::answer::problems::{Severity, problems};
use crate::answer::rule_file::{RuleFile, column};
use crate::callback::Lang;
use crate::callback::lang::Localized;
use crate::command::cli::value::marked_at;
use crate::command::words;
use crate::edge::rule_file::{self, Accepted, ReadError};

/// Reads a file of rules, or standard input if it is `-`, and prints its mistakes and, if
/// it has any, the problems of its other rules; `None` then.
pub(in crate::command) fn read(
    path: &Path,
    lang: Lang,
    out: &mut impl Write,
) -> anyhow::Result<Option<RuleFile>> {
    let name = path.display();
    let rules = if path == Path::new("-") {
        let mut text = String::new();
        io::stdin().read_to_string(&mut text).context(words::UNREADABLE_INPUT.text(lang))?;
        rule_file::parse_file(&text, &Path::new("").into())
    } else {
        rule_file::read(path, Accepted::Any)
    };
    match rules {
        Ok(rules) => Ok(Some(rules)),
        Err(ReadError::Io(error)) => Err(error).with_context(|| words::unreadable(path, lang)),
        Err(ReadError::Mistakes(mistakes, others)) => {
            for it in mistakes {
                let (line, column) = (it.line, it.column());
                let message = format!("{name}:{line}:{column}: {}", it.error.message(lang));
                writeln!(out, "{}\n", marked_at(&it.text, it.error.at, &message))?;
            }
            check(&others, &name.to_string(), lang, out)?;
            Ok(None)
        }
    }
}

/// Prints the problems of rules, and returns whether there is none but remarks, and none
/// in a rule that is on.
pub(in crate::command) fn check(
    file: &RuleFile,
    name: &str,
    lang: Lang,
    out: &mut impl Write,
) -> io::Result<bool> {
    let lines: Vec<_> = file.rules().collect();
    let mut works = true;
    for (nth, problem) in problems(&file.entries()) {
        let (number, line) = lines[nth];
        let severity = Severity::of(&problem, &line.entry);
        let kind = match severity {
            Severity::Off => Localized::new("off: ", "已停用："),
            Severity::Remark => Localized::new("remark: ", "提示："),
            Severity::Refused => Localized::new("", ""),
        };
        works &= severity != Severity::Refused;
        let at = line.place(&problem.at);
        let column = column(line.text(), at.start);
        let (kind, problem_text) = (kind.text(lang), problem.message(lang));
        let message = format!("{name}:{number}:{column}: {kind}{problem_text}");
        writeln!(out, "{}\n", marked_at(line.text(), at, &message))?;
    }
    Ok(works)
}
