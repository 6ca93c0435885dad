//! The first line: who listens where, and in which state.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

use super::put_line;
use crate::callback::format;
use crate::dashboard::app::App;
use crate::dashboard::settings::Source;
use crate::dashboard::text::{clean, fit, width};
use crate::dashboard::words;

type Part = (String, Style);

/// Cells for what callbacks are answered while that is not OK: the key that
/// leads back must be seen, too.
const ANSWERS: usize = 24;

pub(in crate::dashboard) fn draw(app: &App, area: Rect, buffer: &mut Buffer) {
    let right = states(app);
    let cells: usize = right.iter().map(|(said, _)| width(said)).sum();
    let cells = u16::try_from(cells).unwrap_or(area.width).min(area.width);
    let [mut left, mut end] = [area; 2];
    left.width -= cells;
    end.x += left.width;
    end.width = cells;
    for (place, parts) in [(left, settings(app)), (end, right)] {
        let spans: Vec<_> = parts.iter().map(|(said, style)| (said.as_str(), *style)).collect();
        put_line(buffer, place, &spans);
    }
}

/// Who listens where and how; what must be seen comes first.
fn settings(app: &App) -> Vec<Part> {
    let (lang, theme, settings) = (app.settings.lang, &app.theme, &app.settings);
    let mut parts = vec![
        (" imscope ".to_owned(), theme.accent.patch(theme.strong)),
        ("● ".to_owned(), theme.good),
    ];
    let mut part = |said: String, style| parts.push((said, style));
    if !app.status.answer_mode.is_default() {
        let (answering, back) = (words::ANSWERING.text(lang), words::BACK_TO_OK.text(lang));
        let answers = app.status.answer_mode.to_string();
        let answers = fit(&clean(&answers), ANSWERS).into_owned();
        part(format!(" {answering} {answers}  ·  {back} "), theme.selected);
        part("  ".to_owned(), theme.text);
    }
    part(settings.url.clone(), theme.strong);
    if let Some(url) = &app.status.public_url {
        part(format!(" ⇄ {url}"), theme.accent);
    }
    if let Some(url) = &settings.forward {
        part(format!("   ⇒ {url}"), theme.name);
    }
    if settings.source == Source::Recording {
        part(format!("   {}", words::RECORDING.text(lang)), theme.warning);
        return parts;
    }
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
    if let Some(app) = &settings.app {
        part(format!("   {} {app}", words::APP.text(lang)), theme.text);
    }
    if let Some(it) = &app.status.recording {
        let said =
            format!("   ● {} {} {}", words::REC.text(lang), it.name, format::bytes(it.bytes));
        part(said, if it.failing { theme.failure } else { theme.good });
    }
    parts
}

/// What the view does, and how much there is.
fn states(app: &App) -> Vec<Part> {
    let (lang, theme, history) = (app.settings.lang, &app.theme, app.history());
    let mut parts = vec![(" ".to_owned(), theme.text)];
    let mut part = |said: String, style| parts.push((said, style));
    if app.pseudonyms.is_some() {
        part(format!(" {} ", words::PRIVATE.text(lang)), theme.selected);
        part(" ".to_owned(), theme.text);
    }
    if app.paused.is_some() {
        part(format!(" {} ", words::PAUSED.text(lang)), theme.selected);
        part(" ".to_owned(), theme.text);
    }
    if let count @ 1.. = app.status.unanswered {
        part(
            format!("{} {}   ", format::grouped(count), words::UNANSWERED.text(lang)),
            theme.failure,
        );
    }
    if let count @ 1.. = history.flow().evicted() {
        part(format!("{} {}   ", format::grouped(count), words::EVICTED.text(lang)), theme.dim);
    }
    part(format!("{} {} ", format::grouped(history.seen()), words::SEEN.text(lang)), theme.strong);
    parts
}
