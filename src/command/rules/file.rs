//! Reads a file of rules, and prints what is wrong in it.

use std::io::{self, Write};
use std::path::Path;

use anyhow::Context as _;

use crate::answer::rule::problems;
use crate::answer::rule_file::{RuleFile, column};
use crate::callback::Lang;
use crate::command::cli::value::marked_at;
use crate::edge::rule_file::{self, Accepted, ReadError};

/// Reads a file of rules, and prints its mistakes; `None` if it has any.
pub(in crate::command) fn read(
    path: &Path,
    out: &mut impl Write,
) -> anyhow::Result<Option<RuleFile>> {
    let name = path.display();
    match rule_file::read(path, Accepted::Any) {
        Ok(rules) => Ok(Some(rules)),
        Err(ReadError::Io(error)) => Err(error).with_context(|| format!("cannot read {name}")),
        Err(ReadError::Mistakes(mistakes)) => {
            for it in mistakes {
                let message = format!("{name}:{}:{}: {}", it.line, it.column(), it.error);
                writeln!(out, "{}\n", marked_at(&it.text, it.error.at, &message))?;
            }
            Ok(None)
        }
    }
}

/// Prints the problems of rules, and returns whether there is none but remarks.
pub(in crate::command) fn check(
    file: &RuleFile,
    name: &str,
    out: &mut impl Write,
) -> io::Result<bool> {
    let (lines, rules): (Vec<_>, Vec<_>) = file.rules().map(|(n, it)| (n, it.clone())).unzip();
    let problems = problems(&rules);
    for (nth, problem) in &problems {
        let (line, text) = (lines[*nth], rules[*nth].text());
        let kind = if problem.is_remark() { "remark: " } else { "" };
        let column = column(text, problem.at.start);
        let message = format!("{name}:{line}:{column}: {kind}{}", problem.message(Lang::En));
        writeln!(out, "{}\n", marked_at(text, problem.at.clone(), &message))?;
    }
    Ok(problems.iter().all(|(_, it)| it.is_remark()))
}
