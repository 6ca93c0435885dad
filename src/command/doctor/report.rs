//! Prints the results of all checks, as text or JSON.

use std::io::{self, Write};
use std::iter;

use serde::Serialize;
use unicode_width::UnicodeWidthStr as _;

use super::check::{CheckResult, Level};
use crate::callback::lang::localize;
use crate::callback::printable::clean;
use crate::callback::secret::{Secrets, masked_url};
use crate::callback::signature::Token;
use crate::callback::{Lang, Localized};
use crate::edge::stdio::Printer;

/// The object printed by `--json`.
#[derive(Serialize)]
struct Json<'a> {
    v: u32,
    ok: bool,
    public_url: Option<&'a str>,
    checks: &'a [CheckResult],
}

/// The results of all checks.
#[derive(Debug)]
pub struct Diagnosis {
    /// The results, in the order in which the checks build on each other.
    pub checks: Vec<CheckResult>,
    /// The URL for the console, if one is known.
    pub public_url: Option<String>,
}

impl Diagnosis {
    /// Whether no check failed.
    pub fn is_ok(&self) -> bool {
        self.count(Level::Failure) == 0
    }

    /// The diagnosis without secrets, which a URL and a reply can hold.
    #[must_use]
    pub(super) fn masked(mut self, token: Option<&Token>) -> Self {
        let url = self.public_url.take();
        let secrets = Secrets::of_target(url.as_deref().unwrap_or_default(), token);
        for check in &mut self.checks {
            for text in iter::once(&mut check.message).chain(&mut check.hint) {
                *text = secrets.masked_text(text).into_owned();
            }
        }
        let public_url = url.as_deref().map(masked_url);
        Self { public_url, ..self }
    }

    fn count(&self, level: Level) -> usize {
        self.checks.iter().filter(|it| it.level == level).count()
    }

    /// Prints one line of JSON.
    pub(super) fn json(&self, out: &mut Printer<impl Write>) -> io::Result<()> {
        let public_url = self.public_url.as_deref();
        out.json(&Json { v: 1, ok: self.is_ok(), public_url, checks: &self.checks })
    }

    /// Prints one line per check, and one for its hint.
    pub(super) fn text(
        &self,
        lang: Lang,
        colors: bool,
        out: &mut Printer<impl Write>,
    ) -> io::Result<()> {
        let names = self.checks.iter().map(|it| it.name.title().text(lang).width());
        let widest = names.max().unwrap_or(0);
        for check in &self.checks {
            let (sign, word, color) = mark(check.level);
            let level = format!("{sign} {}", padded(word.text(lang), 7));
            let title = padded(check.name.title().text(lang), widest);
            match colors {
                true => out.styled(color, &level)?,
                false => write!(out, "{level}")?,
            }
            // On one line each.
            writeln!(out, "  {title}  {}", clean(&check.message))?;
            if let Some(hint) = &check.hint {
                writeln!(out, "    → {}", clean(hint))?;
            }
        }
        let (failures, warnings) = (self.count(Level::Failure), self.count(Level::Warning));
        let summary = localize!(
            lang,
            "{failures} failed, {warnings} with warnings",
            "{failures} 项失败，{warnings} 项警告",
        );
        writeln!(out, "\n{summary}")
    }
}

/// Sign, word and color of a level; the color is never the only difference.
const fn mark(level: Level) -> (&'static str, Localized, &'static str) {
    match level {
        Level::Ok => ("✓", Localized::new("ok", "正常"), "\x1b[32m"),
        Level::Warning => ("!", Localized::new("warning", "警告"), "\x1b[33m"),
        Level::Failure => ("✗", Localized::new("failure", "失败"), "\x1b[31m"),
        Level::Skipped => ("–", Localized::new("skipped", "跳过"), "\x1b[2m"),
    }
}

fn padded(text: &str, width: usize) -> String {
    format!("{text}{}", " ".repeat(width.saturating_sub(text.width())))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::command::doctor::check::CheckName;

    fn text(lang: Lang, colors: bool) -> String {
        let checks = vec![
            CheckResult::ok(CheckName::Port, "is free"),
            CheckResult::failure(CheckName::App, "message \u{1b}[2J").hint("be polite"),
        ];
        let mut out = Vec::new();
        Diagnosis { checks, public_url: None }
            .text(lang, colors, &mut Printer::new(&mut out))
            .unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn a_check_has_a_line_and_one_for_its_hint() {
        let output = text(Lang::En, false);
        assert!(
            output.starts_with("✓ ok       port       is free\n✗ failure  local app  message ")
        );
        assert!(output.ends_with("\n    → be polite\n\n1 failed, 0 with warnings\n"), "{output}");
        assert!(!output.contains('\u{1b}'), "control characters are replaced");
        assert!(text(Lang::En, true).contains("\x1b[32m✓ ok     \x1b[0m  port"));
        assert!(text(Lang::Zh, false).contains("✓ 正常     端口      is free\n"));
    }
}
