//! `imscope codes`: prints the meanings of error codes.

use std::io::Write;
use std::process::ExitCode;

use unicode_width::UnicodeWidthStr;

use super::cli::CodesOptions;
use crate::callback::code::{self, Code};

/// Prints the codes that match, one per line; exit status 1 if there are none.
///
/// # Errors
/// The output cannot be written.
pub fn run(options: &CodesOptions, out: &mut impl Write) -> anyhow::Result<ExitCode> {
    let numbers: Option<Vec<i64>> = options.wanted.iter().map(|it| it.parse().ok()).collect();
    let (found, unknown) = match numbers {
        Some(none) if none.is_empty() => (code::TABLE.iter().collect(), Vec::new()),
        Some(numbers) => look_up(&numbers),
        None => (code::search(&options.wanted.join(" ")), Vec::new()),
    };
    out.write_all(table(&found).as_bytes())?;
    for code in &unknown {
        writeln!(out, "{code} is not in the table; see the ErrorInfo of its callback")?;
    }
    if found.is_empty() && unknown.is_empty() {
        writeln!(out, "no code matches \"{}\"", options.wanted.join(" "))?;
    }
    Ok(if found.is_empty() { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}

/// The table rows of these codes, each once, and the codes without a row.
fn look_up(numbers: &[i64]) -> (Vec<&'static Code>, Vec<i64>) {
    let mut found: Vec<&'static Code> = Vec::new();
    let mut unknown = Vec::new();
    for number in numbers {
        match code::find(*number) {
            Some(code) if found.iter().any(|it| std::ptr::eq(*it, code)) => {}
            Some(code) => found.push(code),
            None => unknown.push(*number),
        }
    }
    (found, unknown)
}

fn range(code: &Code) -> String {
    if code.first == code.last {
        return code.first.to_string();
    }
    format!("{}–{}", code.first, code.last)
}

/// The codes in columns, aligned by display width.
fn table(codes: &[&Code]) -> String {
    let rows: Vec<[String; 4]> = codes
        .iter()
        .map(|it| {
            [range(it), it.meaning.en.to_owned(), it.meaning.zh.to_owned(), it.symbol.to_owned()]
        })
        .collect();
    let widths: [usize; 4] =
        std::array::from_fn(|nth| rows.iter().map(|row| row[nth].width()).max().unwrap_or(0));
    let mut out = String::new();
    for row in &rows {
        let mut line = String::new();
        for (cell, width) in row.iter().zip(widths) {
            line.push_str(cell);
            line.extend(std::iter::repeat_n(' ', width - cell.width() + 2));
        }
        out.push_str(line.trim_end());
        out.push('\n');
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn codes(wanted: &[&str]) -> String {
        let options = CodesOptions { wanted: wanted.iter().map(|it| (*it).to_owned()).collect() };
        let mut out = Vec::new();
        run(&options, &mut out).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn a_code_is_printed_once_and_in_both_languages() {
        let text = codes(&["80001", "80001"]);
        assert_eq!(text.lines().count(), 1, "{text}");
        assert!(text.contains("blocked by the content check") && text.contains("敏感"), "{text}");
    }

    #[test]
    fn columns_are_aligned_by_display_width() {
        let text = codes(&[]);
        let starts = text.lines().zip(code::TABLE).map(|(line, code)| {
            let zh = line.rfind(code.meaning.zh).unwrap();
            line[..zh].width()
        });
        let starts: std::collections::BTreeSet<_> = starts.collect();
        assert_eq!(starts.len(), 1, "{text}");
    }

    #[test]
    fn unknown_codes_are_reported() {
        assert!(codes(&["80001", "77777"]).contains("77777 is not in the table"));
        assert_eq!(codes(&["potato"]), "no code matches \"potato\"\n");
    }
}
