//! `imscope help`: the help of a command, and the language of filters.

use std::io::Write;
use std::process::ExitCode;

use roff::{Roff, bold, italic, roman};

use super::cli::help_page::{Length, page};
use super::cli::other::HelpOptions;
use super::cli::paragraph::wrap;
use super::cli::spec::CommandSpec;
use super::{cli, session, usage};
use crate::callback::Lang;
use crate::callback::lang::{Localized, localize};
use crate::dashboard::text::width;
use crate::edge::stdio::{Printer, stdout_is_terminal, stdout_width};
use crate::history::filter::language::{Entry, Group, TABLE};

const FILTER: Localized = Localized::new("FILTER", "过滤条件");
/// Columns of what is not printed to a terminal; help is never wider.
const COLUMNS: usize = 100;
/// Spaces before a meaning.
const INDENT: &str = "      ";
/// The style of headings, and of what is to be typed as it stands.
const BOLD: &str = "\x1b[1m";

/// Prints the help of a command, or the language of filters.
///
/// # Errors
/// An unknown command; the output cannot be written.
pub(super) fn run(
    options: &HelpOptions,
    lang: Lang,
    out: &mut Printer<impl Write>,
) -> anyhow::Result<ExitCode> {
    if options.topic == ["filter"] {
        write!(out, "{}", language(lang, stdout_width().unwrap_or(COLUMNS)))?;
        return Ok(ExitCode::SUCCESS);
    }
    let path = cli::find(options.topic.iter().map(String::as_str)).map_err(|name| {
        let text = localize!(
            lang,
            "no such command: {name}; a topic is: filter",
            "没有此命令：{name}；可用主题：filter"
        );
        usage(&text, lang)
    })?;
    print(&path, lang, Length::Long, out)
}

/// Prints the help of the command at the end of a path.
///
/// # Errors
/// The output cannot be written.
pub(super) fn print(
    path: &[&'static CommandSpec],
    lang: Lang,
    length: Length,
    out: &mut Printer<impl Write>,
) -> anyhow::Result<ExitCode> {
    let has_styles = stdout_is_terminal() && !session::colors_disabled();
    let columns = stdout_width().map_or(COLUMNS, |it| it.min(COLUMNS));
    for span in page(path, lang, length, columns) {
        match span.is_strong && has_styles {
            true => out.styled(BOLD, &span.text)?,
            false => out.write_all(span.text.as_bytes())?,
        }
    }
    Ok(ExitCode::SUCCESS)
}

/// The help of the command at the end of a path, without styles.
pub(super) fn plain(path: &[&'static CommandSpec], lang: Lang, length: Length) -> String {
    page(path, lang, length, COLUMNS).into_iter().map(|it| it.text).collect()
}

/// The table of the language: each entry with its example, and its meaning below.
fn language(lang: Lang, columns: usize) -> String {
    let mut page = String::new();
    for group in Group::ALL {
        page.extend([&*group.label().text(lang).to_uppercase(), "\n"]);
        for entry in of_group(group) {
            let name = entry.name.text(lang);
            let gap = " ".repeat(16_usize.saturating_sub(width(name)).max(2));
            page.extend(["  ", name, &gap, entry.example, "\n"]);
            for line in wrap(&entry.explanation(lang), columns.saturating_sub(INDENT.len())) {
                page.extend([INDENT, &line, "\n"]);
            }
        }
        page.push('\n');
    }
    page
}

fn of_group(group: Group) -> impl Iterator<Item = &'static Entry> {
    TABLE.iter().filter(move |it| it.group() == group)
}

/// The same table as a section of the manual page.
pub(super) fn section(lang: Lang) -> String {
    let mut roff = Roff::new();
    roff.control("SH", [FILTER.text(lang)]);
    for group in Group::ALL {
        roff.control("SS", [group.label().text(lang)]);
        for entry in of_group(group) {
            roff.control("TP", []);
            roff.text([bold(entry.name.text(lang)), roman("   "), italic(entry.example)]);
            roff.text([roman(entry.explanation(lang))]);
        }
    }
    roff.render()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn help_and_the_manual_hold_the_whole_table_of_the_language() {
        let [en, zh] = [Lang::En, Lang::Zh].map(|it| language(it, usize::MAX));
        // Without the escapes of roff.
        let letters = |it: &str| it.chars().filter(|it| it.is_alphanumeric()).collect::<String>();
        let manual = letters(&section(Lang::En).replace("\\*(Aq", ""));
        for entry in TABLE {
            assert!(
                en.contains(entry.name.en) && en.contains(entry.meaning.en),
                "{}",
                entry.name.en
            );
            assert!(
                zh.contains(entry.name.zh) && zh.contains(entry.meaning.zh),
                "{}",
                entry.name.zh
            );
            assert!(manual.contains(&letters(entry.meaning.en)), "{}", entry.meaning.en);
        }
        assert!(language(Lang::En, 60).lines().all(|it| width(it) <= 100));
    }

    #[test]
    fn help_of_a_command_is_that_of_its_option() {
        let help = |topic: &[&str]| {
            let topic = topic.iter().map(ToString::to_string).collect();
            let mut out = Vec::new();
            run(&HelpOptions { topic }, Lang::En, &mut Printer::new(&mut out)).map(|_| out)
        };
        assert!(String::from_utf8(help(&["send"]).unwrap()).unwrap().contains("--error-info"));
        assert!(String::from_utf8(help(&[]).unwrap()).unwrap().contains("help filter"));
        assert!(help(&["potato"]).is_err());
    }
}
