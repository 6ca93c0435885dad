//! Request and Answer: the HTTP request and its response.

use std::time::Duration;

use super::sheet::Sheet;
use super::{date, decision, time_of_day};
use crate::callback::decode::command_word;
use crate::callback::head::Head;
use crate::callback::lang::localize;
use crate::callback::secret::Secrets;
use crate::callback::{Answer, AnsweredBy, AppReply, Delivery, Headers, Origin, Verdict, query};
use crate::callback::{command, format, json, value};
use crate::dashboard::app::App;
use crate::dashboard::words;
use crate::history::RowId;

pub(super) fn write_request(app: &App, head: &Head, sheet: &mut Sheet) {
    let (lang, theme, delivery) = (app.settings.lang, &app.theme, &head.delivery);
    if delivery.origin == Origin::BareBody {
        let text = words::BARE_BODY.text(lang);
        return sheet.entry(app, words::RECORDING.text(lang), text, theme.warning);
    }
    let received =
        format!("{}  ·  {}", date(app, delivery.at.secs()), format::bytes(head.all_bytes()));
    let verdict = delivery.signature.text(lang);
    let style = match delivery.signature {
        Verdict::Unchecked => theme.dim,
        Verdict::Valid { .. } => theme.good,
        Verdict::Absent | Verdict::Wrong | Verdict::Stale { .. } => theme.failure,
    };
    let secrets = Secrets::of(delivery);
    let target = secrets.masked_target(&delivery.target);
    let (path, query) = target.split_once('?').unwrap_or((&target, ""));
    let line = format!("{} {path}", delivery.method);
    sheet.entry(app, words::METHOD.text(lang), &line, theme.strong);
    sheet.entry(app, words::SIGNATURE.text(lang), &verdict, style);
    sheet.entry(app, words::RECEIVED_AT.text(lang), &received, theme.text);
    if let Some(kept) = kept_part(app, head) {
        sheet.entry(app, words::BODY.text(lang), &kept, theme.warning);
    }
    sheet.entry(app, words::PEER.text(lang), &delivery.peer, theme.text);
    for (name, value) in query::pairs(query) {
        let value = query::unescape(value);
        sheet.line(vec![(format!("  {name} = "), theme.key), (value.into_owned(), theme.string)]);
    }
    write_headers(app, &delivery.headers, &secrets, sheet);
}

fn write_headers(app: &App, headers: &Headers, secrets: &Secrets<'_>, sheet: &mut Sheet) {
    for (name, value) in headers.iter() {
        let value = secrets.masked_header(name, value);
        sheet.line(vec![
            (format!("  {name}: "), app.theme.key),
            (String::from_utf8_lossy(&value).into_owned(), app.theme.text),
        ]);
    }
}

/// How much of the body is shown, if not all of it.
pub(super) fn kept_part(app: &App, head: &Head) -> Option<String> {
    let (shown, all) = (head.kept_bytes, head.all_bytes());
    (shown < all).then(|| {
        let (shown, all) = (format::grouped(shown), format::grouped(all));
        localize!(
            app.settings.lang,
            "the first {shown} of {all} bytes",
            "共 {all} 字节，这是前 {shown} 字节"
        )
    })
}

pub(super) fn write_answer(app: &App, id: RowId, delivery: &Delivery, sheet: &mut Sheet) {
    let (lang, theme, answer) = (app.settings.lang, &app.theme, &delivery.answer);
    let secrets = Secrets::of(delivery);
    let style = if answer.status == 200 { theme.good } else { theme.failure };
    let status = match answer.status {
        0 => words::NO_ANSWER.text(lang).to_owned(),
        status => status.to_string(),
    };
    let by = match answer.by {
        AnsweredBy::Imscope if answer.replaces_app() => words::BY_IMSCOPE_WITHOUT_APP.text(lang),
        AnsweredBy::Imscope => "imscope",
        // A reply that is kept apart is not the answer.
        AnsweredBy::App if answer.app_reply.is_some() => words::BY_IMSCOPE_FOR_APP.text(lang),
        AnsweredBy::App => words::BY_APP.text(lang),
    };
    decision::write(app, id, sheet);
    let (took, took_style) = decision::time_used(app, answer);
    sheet.entry(app, words::TOOK.text(lang), &took, took_style);
    if let Some(rule) = &answer.rule {
        sheet.entry(app, words::RULE.text(lang), rule, theme.strong);
    }
    sheet.entry(app, words::STATUS.text(lang), &status, style);
    if answer.status != 0 {
        let body = String::from_utf8_lossy(&answer.body);
        sheet.entry(app, words::ANSWERED_BY.text(lang), by, theme.text);
        sheet.entry(app, words::BODY.text(lang), &body, theme.string);
    }
    if let Some(reply) = &answer.app_reply {
        write_app_reply(app, reply, sheet);
    }
    write_reply_field(app, delivery, sheet);
    write_trouble(app, answer, sheet);
    write_headers(app, &answer.headers, &secrets, sheet);
    if let Some(reply) = &answer.app_reply {
        write_headers(app, &reply.headers, &secrets, sheet);
    }
    sheet.entry(app, words::RECEIVED_AT.text(lang), &time_of_day(app, delivery.at), theme.dim);
}

/// What was wrong with an answer, and then what is only a fact about it.
fn write_trouble(app: &App, answer: &Answer, sheet: &mut Sheet) {
    let (lang, theme) = (app.settings.lang, &app.theme);
    let (facts, trouble): (Vec<_>, Vec<_>) = answer.trouble.iter().partition(|it| it.is_fact());
    for it in trouble {
        sheet.entry(app, words::TROUBLE.text(lang), &it.text(lang), theme.failure);
    }
    for it in facts {
        sheet.line(vec![(it.text(lang).into_owned(), theme.text)]);
    }
}

/// The reply of the local app that is not the answer, without its headers.
fn write_app_reply(app: &App, reply: &AppReply, sheet: &mut Sheet) {
    let (lang, theme) = (app.settings.lang, &app.theme);
    let AppReply { status, took, content_type, body, complete, .. } = reply;
    let line = format!("{status}  {}  {content_type}", duration(*took));
    let rest = if *complete { "" } else { "…" };
    let body = format!("{}{rest}", String::from_utf8_lossy(body));
    sheet.entry(app, words::APP_REPLY.text(lang), &line, theme.failure);
    sheet.entry(app, words::APP_BODY.text(lang), &body, theme.string);
}

/// The field of the answer that is used although the event has happened.
fn write_reply_field(app: &App, delivery: &Delivery, sheet: &mut Sheet) {
    let command = command::find(&command_word(delivery));
    let Some(field) = command.and_then(command::Command::reply_field) else { return };
    let value = json::read(&delivery.answer.body).ok().and_then(|it| it.get(field));
    match value.and_then(value::string_or_number) {
        Some(text) => sheet.entry(app, field, &text, app.theme.string),
        None => {
            let missing = words::NO_REPLY_FIELD.text(app.settings.lang);
            sheet.entry(app, field, missing, app.theme.warning);
        }
    }
}

fn duration(micros: u32) -> String {
    format::duration(Duration::from_micros(micros.into()))
}
