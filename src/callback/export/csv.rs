//! Comma-separated values (RFC 4180), a row for each callback, for spreadsheets.
//!
//! The file begins with a byte order mark, without which Excel does not read it as UTF-8.

use super::{Entry, ExportOptions};
use crate::callback::decision::judge_delivery;
use crate::callback::format::time_of_day;
use crate::callback::printable::clean_emoji;
use crate::callback::{Callback, Delivery, Lang, Timestamp};

const COLUMNS: &str = "seq,time,app,command,from,to,type,text,result,code,info,decision,unread,lag_s,\
                       took_us,size,key,signs";

/// Appends the names of the columns.
pub(super) fn begin(out: &mut Vec<u8>) {
    out.extend_from_slice(format!("\u{feff}{COLUMNS}\r\n").as_bytes());
}

/// Appends the row of a callback.
pub(super) fn push(
    options: &ExportOptions,
    Entry { delivery, signs }: Entry<'_>,
    callback: &Callback<'_>,
    out: &mut Vec<u8>,
) {
    // It is read by scripts, which know no language.
    let lang = Lang::En;
    let at = |secs| time_of_day(Timestamp::from_secs(secs), &options.zone);
    let judgment = judge_delivery(callback, delivery);
    let mut row = Row { out, is_first: true };
    row.number(Some(delivery.seq));
    row.text(&options.date_time(delivery.at));
    row.text(&callback.app);
    row.text(&callback.word);
    row.text(callback.from.as_deref().unwrap_or_default());
    row.text(callback.to.as_deref().unwrap_or_default());
    row.text(&callback.type_label(lang));
    row.text(&callback.summary(lang, &at));
    row.text(result(delivery, callback, judgment.is_some()));
    // What is only asked for has neither failed nor succeeded.
    row.number(judgment.as_ref().map_or(callback.result, |it| it.code));
    row.text(callback.error_info.as_deref().unwrap_or_default());
    row.text(&judgment.map(|it| it.word(lang)).unwrap_or_default());
    row.number(callback.unread.as_ref().and_then(|it| it.count));
    // As exact as `MsgTime` is.
    row.number(callback.msg_time.map(|it| delivery.at.lag_micros(it) / 1_000_000));
    row.number(Some(delivery.answer.took));
    row.number(Some(delivery.body.len() as u64 + delivery.omitted_bytes));
    row.text(callback.msg_key.as_deref().unwrap_or_default());
    row.text(signs);
    out.extend_from_slice(b"\r\n");
}

/// The result in a word; empty for what has none, and for what is only asked for.
fn result(delivery: &Delivery, callback: &Callback<'_>, is_asked: bool) -> &'static str {
    match callback.result {
        _ if delivery.is_refused() => "refused",
        _ if callback.is_broken() => "broken",
        Some(0) if !is_asked => "ok",
        Some(_) if !is_asked => "failed",
        _ => "",
    }
}

/// A row that is written.
struct Row<'o> {
    out: &'o mut Vec<u8>,
    is_first: bool,
}

impl Row<'_> {
    fn cell(&mut self, text: &str) {
        if !self.is_first {
            self.out.push(b',');
        }
        self.is_first = false;
        self.out.extend_from_slice(text.as_bytes());
    }

    fn number(&mut self, number: Option<impl ToString>) {
        self.cell(&number.map(|it| it.to_string()).unwrap_or_default());
    }

    /// A text in quotes where it needs them. One that a spreadsheet would run as a
    /// formula begins with an apostrophe.
    fn text(&mut self, text: &str) {
        const FORMULA: [char; 9] = ['=', '+', '-', '@', '\t', '＝', '＋', '－', '＠'];
        let text = clean_emoji(text);
        let apostrophe = if text.trim_start().starts_with(FORMULA) { "'" } else { "" };
        // A semicolon separates cells where the comma is a decimal point.
        match text.contains([',', ';', '"', '\'']) || text.starts_with(' ') {
            true => self.cell(&format!("\"{apostrophe}{}\"", text.replace('"', "\"\""))),
            false => self.cell(&format!("{apostrophe}{text}")),
        }
    }
}
