//! Message: the meaning of the callback.

use super::call::kept_part;
use super::sheet::Sheet;
use super::{date, decision, time_of_day};
use crate::callback::code::{self, Code};
use crate::callback::command::When;
use crate::callback::head::Head;
use crate::callback::lang::localize;
use crate::callback::oddity::Oddity;
use crate::callback::{Callback, Delivery, Lang, decode};
use crate::dashboard::app::App;
use crate::dashboard::privacy::DETAIL_BYTES;
use crate::dashboard::timeline::width_text;
use crate::dashboard::words;
use crate::history::RowId;
use crate::history::row::Flags;
use crate::history::sign;

/// How many results of a batch are listed: as many as one of Tencent has.
const MAX_RESULTS: usize = 100;

pub(super) fn write(app: &App, id: RowId, head: &Head, sheet: &mut Sheet) {
    let delivery = &head.delivery;
    let callback = app.decoded(id, delivery, DETAIL_BYTES);
    let flags = app.history().flow().row(id).map_or(Flags::default(), |it| it.flags);
    write_command(app, &callback, sheet);
    // What is remarkable stands before long names and texts.
    decision::write_summary(app, id, sheet);
    write_result(app, &callback, sheet);
    write_trouble(app, delivery, sheet);
    write_flags(app, flags, sheet);
    // A part of a body is odd only because it is one.
    if delivery.omitted_bytes == 0 {
        write_oddities(app, id, &callback, sheet);
    }
    write_headline(app, &callback, delivery, sheet);
    if let Some(shown) = kept_part(app, head) {
        sheet.entry(app, words::BODY.text(app.settings.lang), &shown, app.theme.warning);
    }
    write_recalled(app, id, sheet);
    write_details(app, &callback, sheet);
}

/// What is odd. An id that is a number is redacted to a string, so of the kinds of
/// values the original decides.
fn write_oddities(app: &App, id: RowId, callback: &Callback<'_>, sheet: &mut Sheet) {
    let original = app.is_private().then(|| app.original_head(id)).flatten();
    let mut oddities = app.history().oddities(callback);
    if let Some(original) = &original {
        let of_kind = |it: &Oddity<'_>| matches!(it, Oddity::Type { .. });
        oddities.retain(|it| !of_kind(it));
        oddities.extend(decode(original).oddities.into_iter().filter(of_kind));
    }
    for oddity in oddities {
        let (symbol, style) = match oddity {
            Oddity::NotJson(_) => (sign::FAILED, app.theme.failure),
            _ => ("?", app.theme.warning),
        };
        let text = format!("{symbol} {}", oddity.sentence(app.settings.lang));
        sheet.line(vec![(text, style)]);
    }
}

/// Sender, recipient, time, lag, platform and address, `MsgKey`.
fn write_headline(app: &App, callback: &Callback<'_>, delivery: &Delivery, sheet: &mut Sheet) {
    let (lang, theme) = (app.settings.lang, &app.theme);
    let mut parts = Vec::new();
    let mut part = |text: String, style| parts.push((text, style));
    if let Some(from) = &callback.from {
        part(from.to_string(), theme.name);
    }
    if let Some(to) = &callback.to {
        part(" → ".to_owned(), theme.dim);
        part(to.to_string(), theme.name);
    }
    let when = callback.msg_time.map_or_else(|| time_of_day(app, delivery.at), |it| date(app, it));
    part(format!("  {when}"), theme.text);
    if let Some(time) = callback.msg_time {
        let lag = delivery.at.lag_micros(time);
        part(format!("  {} {}", words::LAG.text(lang), whole_seconds(lang, lag)), theme.text);
    }
    let query = &callback.query;
    let origin = [query.platform.as_deref(), query.client_ip.as_deref()];
    let origin = origin.into_iter().flatten().collect::<Vec<_>>().join(" ");
    if !origin.is_empty() {
        part(format!("  {origin}"), theme.text);
    }
    if let Some(key) = &callback.msg_key {
        part(format!("  {} {key}", words::KEY.text(lang)), theme.text);
    }
    // Long names hide none of what follows them.
    sheet.wrapped_line(parts);
}

/// A time from a whole second on, in microseconds, as exact as that is; it may be negative.
fn whole_seconds(lang: Lang, micros: i64) -> String {
    let sign = if micros < 0 { "−" } else { "" };
    let (size, seconds) = match micros.unsigned_abs() / 1_000_000 {
        0 => return "<".to_owned() + &width_text(lang, 1),
        it @ 1..600 => (1, it),
        it @ 600..7200 => (60, it),
        it @ 7200..172_800 => (3_600, it),
        it => (86_400, it),
    };
    let rounded = i64::try_from(seconds / size * size).unwrap_or(i64::MAX);
    sign.to_owned() + &width_text(lang, rounded)
}

/// The reason of a refusal, and errors in forwarding or recording.
fn write_trouble(app: &App, delivery: &Delivery, sheet: &mut Sheet) {
    let lang = app.settings.lang;
    if let Some(reason) = delivery.refusal_reason(lang) {
        let text = localize!(lang, "⊘ refused: {reason}", "⊘ 拒收：{reason}");
        sheet.line(vec![(text, app.theme.failure)]);
    }
    for trouble in &delivery.answer.trouble {
        let text = trouble.text(lang);
        sheet.line(vec![match trouble.is_fact() {
            true => (format!("  {text}"), app.theme.text),
            false => (format!("! {text}"), app.theme.failure),
        }]);
    }
}

/// The error code with its meaning and `ErrorInfo`; each of a batch.
fn write_result(app: &App, callback: &Callback<'_>, sheet: &mut Sheet) {
    let (lang, theme) = (app.settings.lang, &app.theme);
    let first = callback.result.filter(|it| *it != 0).map(|it| (it, &callback.error_info));
    let others = callback.other_failures.iter().map(|it| (it.code, &it.info));
    for (failed, info) in first.into_iter().chain(others).take(MAX_RESULTS) {
        let info = info.as_deref().unwrap_or_default();
        let known = code::find(failed);
        let meaning = known.map_or(words::UNKNOWN_CODE, Code::meaning).text(lang);
        let text = format!("✗ {failed}  {meaning}");
        let info = if info.is_empty() { String::new() } else { format!("  ·  {info}") };
        sheet.line(vec![(text, theme.failure), (info, theme.text)]);
        if let Some(code) = known {
            sheet.line(vec![(format!("  → {}", code.advice().text(lang)), theme.text)]);
        }
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
    if let Some(unread) = &callback.unread
        && let Some(count) = unread.count
    {
        let text = format!("{count}  {}", unread.user);
        sheet.entry(app, words::UNREAD_OF.text(app.settings.lang), &text, theme.number);
    }
}

/// The content of the message that a recall is about.
fn write_recalled(app: &App, id: RowId, sheet: &mut Sheet) {
    let recalled = app.history().flow().row(id).and_then(|it| app.recalled_text(&it));
    if let Some(text) = recalled {
        sheet.entry(app, words::RECALLED.text(app.settings.lang), &text, app.theme.text);
    }
}

fn write_flags(app: &App, flags: Flags, sheet: &mut Sheet) {
    let explained = [
        (Flags::DUPLICATE, sign::DUPLICATE, words::DUPLICATE_OF),
        (Flags::OLDER, sign::OLDER, words::OLDER_IN_CHAT),
        (Flags::ONLINE, "·", words::ONLINE_ONLY),
    ];
    for (flag, symbol, words) in explained {
        if flags.contains(flag) {
            let text = format!("{symbol} {}", words.text(app.settings.lang));
            sheet.line(vec![(text, app.theme.warning)]);
        }
    }
}

/// The command, and whether its answer has an effect.
fn write_command(app: &App, callback: &Callback<'_>, sheet: &mut Sheet) {
    if callback.word.is_empty() {
        return;
    }
    let lang = app.settings.lang;
    let when = match callback.command.map(|it| it.when) {
        Some(When::Before) => words::BEFORE,
        Some(When::After) if callback.command.is_some_and(|it| it.reply_field().is_some()) => {
            words::AFTER_WITH_REPLY
        }
        Some(When::After) => words::AFTER,
        None => words::UNKNOWN_COMMAND,
    };
    let text = format!("{}  ·  {}", callback.word, when.text(lang));
    sheet.entry(app, words::COMMAND.text(lang), &text, app.theme.dim);
}
