//! `imscope codes`: prints what error codes mean and what to do about them.

use std::fmt::Write as _;
use std::io::Write;
use std::ops::RangeInclusive;
use std::process::ExitCode;

use super::cli::other::CodesOptions;
use crate::callback::Lang;
use crate::callback::code::{self, Code};
use crate::callback::lang::{Localized, localize};
use crate::dashboard::text;

/// The column of the texts: it fits the longest range, `120001–130000`.
const INDENT: usize = 15;

/// Prints the codes that match, ascending; exit status 1 if there are none. With a
/// width in `cells` (a terminal) each is a paragraph wrapped to it, without one a
/// line of eight columns.
///
/// # Errors
/// The output cannot be written.
pub fn run(
    options: &CodesOptions,
    cells: Option<usize>,
    out: &mut impl Write,
) -> anyhow::Result<ExitCode> {
    let lang = options.lang;
    let parts = options.wanted.iter().flat_map(|it| it.split([',', '，'])).map(str::trim);
    let parts = parts.filter(|it| !it.is_empty());
    let ranges: Option<Vec<_>> = parts.map(code::parse_range).collect();
    let (found, unknown) = match ranges {
        Some(none) if none.is_empty() => (code::TABLE.iter().collect(), Vec::new()),
        Some(ranges) => look_up(&ranges),
        None => (code::search(&options.wanted.join(" ")), Vec::new()),
    };
    for code in &found {
        out.write_all(format(code, cells, lang).as_bytes())?;
    }
    for range in &unknown {
        let codes = range_text(range);
        let text = match range.start() == range.end() {
            true => localize!(
                lang,
                "{codes} is not in the table; see the ErrorInfo of its callback",
                "表中没有 {codes}；请看回调中的 ErrorInfo"
            ),
            false => {
                localize!(lang, "no code of {codes} is in the table", "表中没有 {codes} 内的错误码")
            }
        };
        writeln!(out, "{text}")?;
    }
    if found.is_empty() && unknown.is_empty() {
        let wanted = options.wanted.join(" ");
        let text = localize!(lang, "no code matches \"{wanted}\"", "没有匹配“{wanted}”的错误码");
        writeln!(out, "{text}")?;
    }
    Ok(if found.is_empty() { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}

/// The rows of these ranges, ascending and each once, and the ranges without a row.
fn look_up(ranges: &[RangeInclusive<i64>]) -> (Vec<&'static Code>, Vec<RangeInclusive<i64>>) {
    let mut found: Vec<&'static Code> = ranges.iter().flat_map(code::within).collect();
    found.sort_by_key(|it| it.first);
    found.dedup_by_key(|it| it.first);
    let unknown = ranges.iter().filter(|it| code::within(it).is_empty()).cloned().collect();
    (found, unknown)
}

fn range_text(range: &RangeInclusive<i64>) -> String {
    match range.start() == range.end() {
        true => range.start().to_string(),
        false => format!("{}–{}", range.start(), range.end()),
    }
}

fn format(code: &Code, cells: Option<usize>, lang: Lang) -> String {
    let number = range_text(&(code.first..=code.last));
    let (meaning, advice, place) = (code.meaning(), code.advice(), code.place.label());
    let Some(cells) = cells else {
        let columns = [
            &*number,
            code.symbol(),
            meaning.en,
            meaning.zh,
            advice.en,
            advice.zh,
            place.en,
            place.zh,
        ];
        return columns.join(" | ") + "\n";
    };
    let cells = cells.saturating_sub(INDENT);
    let mut lines = in_both(meaning, lang, "", cells);
    lines.extend(in_both(advice, lang, "→ ", cells));
    lines.extend((!code.symbol().is_empty()).then(|| code.symbol().to_owned()));
    lines.extend(in_both(place, lang, "", cells));
    let mut out = String::new();
    let mut label = number.as_str();
    for line in lines.iter().flat_map(|it| text::wrap(it, cells)) {
        let pad = INDENT - text::width(label);
        // Writing to memory cannot fail.
        let _ = writeln!(out, "{label}{:pad$}{line}", "");
        label = "";
    }
    out
}

/// A text in both languages, that of `lang` first: on one line if it fits, else a line for
/// each.
fn in_both(text: Localized, lang: Lang, sign: &str, cells: usize) -> Vec<String> {
    let other = Localized::new(text.zh, text.en).text(lang);
    let first = text.text(lang);
    let both = format!("{sign}{first} · {other}");
    match text::width(&both) <= cells {
        true => vec![both],
        false => vec![format!("{sign}{first}"), format!("{sign}{other}")],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn codes(wanted: &[&str], cells: Option<usize>) -> String {
        codes_in(Lang::En, wanted, cells)
    }

    fn codes_in(lang: Lang, wanted: &[&str], cells: Option<usize>) -> String {
        let options =
            CodesOptions { wanted: wanted.iter().map(|it| (*it).to_owned()).collect(), lang };
        let mut out = Vec::new();
        run(&options, cells, &mut out).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn a_code_is_printed_once_with_advice_and_in_both_languages() {
        assert_eq!(
            codes(&["80004", "80004"], Some(80)),
            "80004          image blocked by content check · 图片未过内容审核\n\
             \x20              → send another image · 更换图片\n\
             \x20              ERR_SVR_COMM_SENSITIVE_IMAGE\n\
             \x20              result in the after-callback · 发消息之后回调的结果\n"
        );
    }

    #[test]
    fn the_language_of_the_reader_comes_first() {
        let text = codes_in(Lang::Zh, &["80004"], Some(80));
        assert!(text.starts_with("80004          图片未过内容审核 · image blocked"), "{text}");
    }

    #[test]
    fn without_a_terminal_each_code_is_one_line_of_eight_columns() {
        let text = codes(&[], None);
        assert_eq!(text.lines().count(), code::TABLE.len());
        assert!(text.lines().all(|it| it.split(" | ").count() == 8));
    }

    #[test]
    fn no_line_is_wider_than_the_terminal() {
        for cells in [40, 80, 132] {
            assert!(codes(&[], Some(cells)).lines().all(|it| text::width(it) <= cells));
        }
    }

    #[test]
    fn a_range_prints_all_its_codes() {
        let first = |wanted: &[&str]| -> Vec<String> {
            let columns = codes(wanted, None);
            columns.lines().map(|it| it.split(" | ").next().unwrap().to_owned()).collect()
        };
        assert_eq!(first(&["20006-20008"]), ["20006", "20007", "20008"]);
        assert_eq!(first(&["20007", "20006-20007"]), ["20006", "20007"]);
        assert_eq!(first(&["-20009--10114"]), ["-20009", "-10114"]);
        assert_eq!(first(&["125000-125001"]), ["120001–130000"]);
        assert_eq!(first(&["20007,20006"]), ["20006", "20007"]);
    }

    #[test]
    fn unknown_codes_are_reported() {
        assert!(codes(&["80001", "77777"], None).contains("77777 is not in the table"));
        assert_eq!(codes(&["77770-77777"], None), "no code of 77770–77777 is in the table\n");
        assert_eq!(codes(&["potato"], None), "no code matches \"potato\"\n");
    }
}
