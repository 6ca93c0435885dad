//! The first line: the listener, its options, and the state of the view.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::{StyledText, put_line};
use crate::callback::format;
use crate::callback::lang::localize;
use crate::dashboard::app::App;
use crate::dashboard::text::{clean, fit, width};
use crate::dashboard::words;

/// Maximum width of the answer mode in the banner: it must leave space for the
/// key that resets it.
const ANSWER_CELLS: usize = 24;

pub(in crate::dashboard) fn draw(app: &App, area: Rect, buffer: &mut Buffer) {
    let right = state(app);
    let cells: usize = right.iter().map(|(text, _)| width(text)).sum();
    let cells = u16::try_from(cells).unwrap_or(area.width).min(area.width);
    let [mut left, mut end] = [area; 2];
    left.width -= cells;
    end.x += left.width;
    end.width = cells;
    for (area, parts) in [(left, source(app)), (end, right)] {
        let spans: Vec<_> = parts.iter().map(|(text, style)| (text.as_str(), *style)).collect();
        put_line(buffer, area, &spans);
    }
}

/// The answer mode unless it is the default, the URLs, and the other options; in
/// this order, since the end may be cut off.
fn source(app: &App) -> Vec<StyledText> {
    let (lang, theme, settings) = (app.settings.lang, &app.theme, &app.settings);
    let mut parts = vec![
        (" imscope ".to_owned(), theme.accent.patch(theme.strong)),
        ("● ".to_owned(), theme.good),
    ];
    let mut part = |text: String, style| parts.push((text, style));
    if !app.status.answer_mode.is_default() {
        let (answering, change) = (words::ANSWERING.text(lang), words::CHANGE_ANSWER.text(lang));
        let mode = app.status.answer_mode.to_string();
        // The text of a FAIL was typed by the user.
        let mode = match mode.split_once(':') {
            Some((kind @ "fail", text)) => format!("{kind}:{}", app.unless_private(text)),
            _ => mode,
        };
        let mode = fit(&clean(&mode), ANSWER_CELLS).into_owned();
        part(format!(" {answering} {mode}  ·  {change} "), theme.selected);
        part("  ".to_owned(), theme.text);
    }
    if is_exposed(app) {
        part(format!(" ! {} ", words::NO_TOKEN.text(lang)), theme.failure.patch(theme.strong));
        part(" ".to_owned(), theme.text);
    }
    let name =
        if app.shows_recording() { app.unless_private(&settings.url) } else { &settings.url };
    part(name.to_owned(), theme.strong);
    if let Some(url) = &app.status.public_url {
        part(format!(" ⇄ {}", app.unless_private(url)), theme.accent);
    }
    if let Some(url) = &settings.forward {
        part(format!("   ⇒ {}", app.unless_private(url)), theme.name);
    }
    if app.shows_recording() {
        part(format!("   {}", words::RECORDING.text(lang)), theme.warning);
        return parts;
    }
    parts.extend(listener_options(app));
    parts
}

/// Whether strangers can call the local app through the listener.
fn is_exposed(app: &App) -> bool {
    let settings = &app.settings;
    let is_public = settings.is_public || app.status.public_url.is_some();
    settings.forward.is_some() && !settings.signed && is_public
}

/// Signature check, answer mode, expected application, written recording.
fn listener_options(app: &App) -> Vec<StyledText> {
    let (lang, theme, settings) = (app.settings.lang, &app.theme, &app.settings);
    let mut parts = Vec::new();
    let mut part = |text: String, style| parts.push((text, style));
    part(format!("   {} ", words::SIGN.text(lang)), theme.dim);
    match settings.signed {
        true => part("✓".to_owned(), theme.good),
        false => part(words::SIGN_OFF.text(lang).to_owned(), theme.dim),
    }
    if app.status.answer_mode.is_default() {
        part(format!("   {} ", words::REPLY.text(lang)), theme.dim);
        part("OK".to_owned(), theme.good);
    }
    if settings.demo {
        part(format!("   {}", words::DEMO.text(lang)), theme.warning);
    }
    if let Some(app) = &settings.sdk_app_id {
        part(format!("   {} {app}", words::APP.text(lang)), theme.text);
    }
    if let Some(it) = &app.status.recording {
        let text = format!(
            "   ● {} {} {}",
            words::REC.text(lang),
            app.unless_private(&it.name),
            format::bytes(it.bytes)
        );
        part(text, if it.failing { theme.failure } else { theme.good });
        if it.new_files > 0 {
            part(format!(" {}", words::IN_NEW_FILE.text(lang)), theme.warning);
        }
    }
    parts
}

/// The modes of the view, and the number of callbacks.
fn state(app: &App) -> Vec<StyledText> {
    let (lang, theme, history) = (app.settings.lang, &app.theme, app.history());
    let mut parts = vec![(" ".to_owned(), theme.text)];
    let mut part = |text: String, style| parts.push((text, style));
    if app.pseudonyms.is_some() {
        part(format!(" {} ", words::PRIVATE.text(lang)), theme.selected);
        part(" ".to_owned(), theme.text);
    }
    if app.paused.is_some() {
        part(format!(" {} ", words::PAUSED.text(lang)), theme.selected);
        part(" ".to_owned(), theme.text);
    }
    let lost = [(app.status.unanswered, words::UNANSWERED), (app.status.unshown, words::UNSHOWN)];
    for (count, word) in lost.into_iter().filter(|(count, _)| 0 < *count) {
        part(format!("{} {}   ", format::grouped(count), word.text(lang)), theme.failure);
    }
    if let count @ 1.. = history.flow().evicted() {
        part(format!("{} {}   ", format::grouped(count), words::EVICTED.text(lang)), theme.dim);
    }
    let seen = format::grouped(history.seen());
    part(localize!(lang, "{seen} seen ", "{seen} 条 "), theme.strong);
    parts
}
