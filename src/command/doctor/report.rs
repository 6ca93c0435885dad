//! How the findings are printed: two lines a check for people, or JSON.

use std::io::{self, Write};

use serde::Serialize;
use unicode_width::UnicodeWidthStr as _;

use super::check::{Check, Level};
use crate::callback::Lang;
use crate::callback::Localized;
use crate::callback::lang::localize;
use crate::dashboard::text;

/// What `--json` prints.
#[derive(Serialize)]
struct Json<'a> {
    v: u32,
    ok: bool,
    public_url: Option<&'a str>,
    checks: &'a [Check],
}

/// Everything found.
#[derive(Debug)]
pub struct Diagnosis {
    /// The checks, in the order they build on each other.
    pub checks: Vec<Check>,
    /// The URL for the console, where one is known.
    pub public_url: Option<String>,
}

impl Diagnosis {
    /// Whether nothing failed.
    pub fn is_well(&self) -> bool {
        self.count(Level::Failure) == 0
    }

    fn count(&self, level: Level) -> usize {
        self.checks.iter().filter(|it| it.level == level).count()
    }

    /// Prints it for programs: one line.
    pub(super) fn json(&self, out: &mut impl Write) -> anyhow::Result<()> {
        let public_url = self.public_url.as_deref();
        let json = Json { v: 1, ok: self.is_well(), public_url, checks: &self.checks };
        serde_json::to_writer(&mut *out, &json)?;
        writeln!(out)?;
        Ok(())
    }

    /// Prints it for people.
    pub(super) fn text(&self, lang: Lang, colors: bool, out: &mut impl Write) -> io::Result<()> {
        let names = self.checks.iter().map(|it| title(it.name).text(lang).width());
        let widest = names.max().unwrap_or(0);
        for check in &self.checks {
            let (sign, word, color) = mark(check.level);
            let (on, off) = if colors { (color, "\x1b[0m") } else { ("", "") };
            let word = padded(word.text(lang), 7);
            let title = padded(title(check.name).text(lang), widest);
            // What was found may quote what came from the network.
            writeln!(out, "{on}{sign} {word}{off}  {title}  {}", text::clean(&check.message))?;
            if let Some(hint) = &check.hint {
                writeln!(out, "    → {}", text::clean(hint))?;
            }
        }
        let (failures, warnings) = (self.count(Level::Failure), self.count(Level::Warning));
        let sum = localize!(
            lang,
            "{failures} failed, {warnings} to think about",
            "{failures} 项失败，{warnings} 项警告",
        );
        writeln!(out, "\n{sum}")
    }
}

/// Sign, word and color of a level: no difference is told by color alone.
const fn mark(level: Level) -> (&'static str, Localized, &'static str) {
    match level {
        Level::Ok => ("✓", Localized::new("ok", "正常"), "\x1b[32m"),
        Level::Warning => ("!", Localized::new("warning", "警告"), "\x1b[33m"),
        Level::Failure => ("✗", Localized::new("failure", "失败"), "\x1b[31m"),
        Level::Skipped => ("–", Localized::new("skipped", "跳过"), "\x1b[2m"),
    }
}

/// A check's name for people.
fn title(name: &str) -> Localized {
    match name {
        "port" => Localized::new("port", "端口"),
        "token" => Localized::new("token", "Token"),
        "signing" => Localized::new("signing", "签名自检"),
        "tunnel" => Localized::new("tunnel", "隧道"),
        "url" => Localized::new("URL", "公网 URL"),
        "clock" => Localized::new("clock", "时钟"),
        "probe" => Localized::new("probe", "探测"),
        _ => Localized::new("local app", "本地应用"),
    }
}

fn padded(text: &str, width: usize) -> String {
    format!("{text}{}", " ".repeat(width.saturating_sub(text.width())))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(lang: Lang, colors: bool) -> String {
        let checks = vec![
            Check::ok("port", "is free"),
            Check::failure("app", "message \u{1b}[2J").hint("be polite"),
        ];
        let mut out = Vec::new();
        Diagnosis { checks, public_url: None }.text(lang, colors, &mut out).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn a_check_has_a_line_and_one_for_what_to_do() {
        let told = text(Lang::En, false);
        assert!(told.starts_with("✓ ok       port       is free\n✗ failure  local app  message "));
        assert!(told.ends_with("\n    → be polite\n\n1 failed, 0 to think about\n"), "{told}");
        assert!(!told.contains('\u{1b}'), "what came from elsewhere is no control code");
        assert!(text(Lang::En, true).contains("\x1b[32m✓ ok     \x1b[0m  port"));
        assert!(text(Lang::Zh, false).contains("✓ 正常     端口      is free\n"));
    }
}
