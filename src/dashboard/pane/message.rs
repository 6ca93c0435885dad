//! Message: what the callback means, in the user's words.

use std::time::Duration;

use super::sheet::Sheet;
use super::{call, clock, date};
use crate::callback::code;
use crate::callback::command::When;
use crate::callback::format;
use crate::callback::{Callback, Delivery, Timestamp, decode};
use crate::dashboard::app::App;
use crate::dashboard::words;
use crate::history::RowId;
use crate::history::row::Flags;

pub(super) fn write(app: &App, id: RowId, delivery: &Delivery, sheet: &mut Sheet) {
    let callback = decode(delivery);
    let marks = app.history().flow().row(id).map_or(Flags::default(), |it| it.flags);
    write_headline(app, &callback, delivery, sheet);
    write_trouble(app, delivery, sheet);
    write_result(app, &callback, sheet);
    write_details(app, &callback, sheet);
    write_marks(app, marks, sheet);
    for oddity in app.history().oddities(&callback) {
        let said = format!("? {}", oddity.sentence(app.settings.lang));
        sheet.line(vec![(said, app.theme.warning)]);
    }
    write_command(app, &callback, sheet);
}

/// Who, to whom, when, from where, which key, how late.
fn write_headline(app: &App, callback: &Callback<'_>, delivery: &Delivery, sheet: &mut Sheet) {
    let (lang, theme) = (app.settings.lang, &app.theme);
    let mut parts = Vec::new();
    let mut part = |said: String, style| parts.push((said, style));
    if let Some(from) = &callback.from {
        part(from.to_string(), theme.name);
    }
    if let Some(to) = &callback.to {
        part(" → ".to_owned(), theme.dim);
        part(to.to_string(), theme.name);
    }
    let when = callback.msg_time.map_or_else(|| clock(app, delivery.at), |it| date(app, it));
    part(format!("  {when}"), theme.text);
    if let Some(time) = callback.msg_time {
        let behind = delivery.at.offset_micros(Timestamp::from_secs(time));
        part(format!("  {} ", words::LAG.text(lang)), theme.dim);
        part(signed_span(behind), theme.text);
    }
    let query = &callback.query;
    let place = [query.platform.as_deref(), query.client_ip.as_deref()];
    let place = place.into_iter().flatten().collect::<Vec<_>>().join(" ");
    if !place.is_empty() {
        part(format!("  {place}"), theme.text);
    }
    if let Some(key) = &callback.msg_key {
        part(format!("  {} ", words::KEY.text(lang)), theme.dim);
        part(key.to_string(), theme.text);
    }
    sheet.line(parts);
}

fn signed_span(micros: i64) -> String {
    let sign = if micros < 0 { "−" } else { "" };
    match micros.unsigned_abs() / 1_000_000 {
        0..600 => {
            format!("{sign}{}", format::duration(Duration::from_micros(micros.unsigned_abs())))
        }
        secs @ 600..7200 => format!("{sign}{} min", secs / 60),
        secs @ 7200..172_800 => format!("{sign}{} h", secs / 3600),
        secs => format!("{sign}{} d", secs / 86_400),
    }
}

/// Why it was refused, and what went wrong on the way to its answer.
fn write_trouble(app: &App, delivery: &Delivery, sheet: &mut Sheet) {
    if delivery.signature.refuses() {
        let (verdict, style) = call::verdict(app, delivery.signature);
        let refused = words::REFUSED.text(app.settings.lang);
        let signature = words::SIGNATURE.text(app.settings.lang);
        sheet.line(vec![(format!("⊘ {refused}: {signature} {verdict}"), style)]);
    }
    for trouble in &delivery.answer.trouble {
        sheet.line(vec![(format!("! {trouble}"), app.theme.failure)]);
    }
}

/// The failure with its meaning, and the unread count.
fn write_result(app: &App, callback: &Callback<'_>, sheet: &mut Sheet) {
    let (lang, theme) = (app.settings.lang, &app.theme);
    let info = callback.error_info.as_deref().unwrap_or_default();
    if let Some(failed) = callback.result.filter(|code| *code != 0) {
        let meaning =
            code::find(failed).map_or(words::UNKNOWN_CODE.text(lang), |it| it.meaning.text(lang));
        let said = format!("✗ {failed}  {meaning}");
        let info = if info.is_empty() { String::new() } else { format!("  ·  {info}") };
        sheet.line(vec![(said, theme.failure), (info, theme.text)]);
    }
}

fn write_details(app: &App, callback: &Callback<'_>, sheet: &mut Sheet) {
    let theme = &app.theme;
    let at = |secs| date(app, secs);
    for detail in callback.details(app.settings.lang, &at) {
        let label = "  ".repeat(detail.depth) + &detail.label;
        for (nth, line) in detail.value.split('\n').enumerate() {
            let label = if nth == 0 { label.as_str() } else { "" };
            sheet.entry(app, label, line, theme.text);
        }
    }
    if let Some(unread) = &callback.unread {
        let said = format!("{}  {}", unread.count, unread.user);
        sheet.entry(app, words::UNREAD_OF.text(app.settings.lang), &said, theme.number);
    }
}

fn write_marks(app: &App, marks: Flags, sheet: &mut Sheet) {
    let told = [
        (Flags::DUPLICATE, "↺", words::DUPLICATE_OF),
        (Flags::LATE, "‹", words::LATE_IN_CHAT),
        (Flags::ONLINE, "·", words::ONLINE_ONLY),
    ];
    for (mark, sign, words) in told {
        if marks.has(mark) {
            let said = format!("{sign} {}", words.text(app.settings.lang));
            sheet.line(vec![(said, app.theme.warning)]);
        }
    }
}

/// The command word, and whether its answer decides anything.
fn write_command(app: &App, callback: &Callback<'_>, sheet: &mut Sheet) {
    if callback.word.is_empty() {
        return;
    }
    let lang = app.settings.lang;
    let when = match callback.command.map(|it| it.when) {
        Some(When::Before) => words::BEFORE,
        Some(When::After) => words::AFTER,
        None => words::UNKNOWN_COMMAND,
    };
    let said = format!("{}  ·  {}", callback.word, when.text(lang));
    sheet.entry(app, words::COMMAND.text(lang), &said, app.theme.dim);
}
