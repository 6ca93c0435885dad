//! The screen before the first callback: what to do next, and after a minute the
//! possible reasons for missing callbacks.

use ratatui::buffer::Buffer;
use ratatui::layout::{Constraint, Rect};
use ratatui::style::Style;

use super::{put, row};
use crate::callback::curl;
use crate::callback::lang::localize;
use crate::dashboard::app::App;
use crate::dashboard::{text, words};

pub(in crate::dashboard) fn draw(app: &App, area: Rect, buffer: &mut Buffer) {
    let lines = lines(app);
    let widest = lines.iter().map(|(text, _)| text::width(text)).max().unwrap_or(0);
    let width = u16::try_from(widest).unwrap_or(u16::MAX).min(area.width.saturating_sub(4));
    let wrapped: Vec<(String, Style)> = lines
        .iter()
        .flat_map(|(text, style)| {
            text::wrap(text, width.into()).map(|line| (line.to_owned(), *style))
        })
        .collect();
    let height = u16::try_from(wrapped.len()).unwrap_or(u16::MAX);
    let middle = area.centered(Constraint::Length(width), Constraint::Length(height));
    for (nth, (text, style)) in wrapped.iter().enumerate() {
        if let Some(line) = row(middle, nth) {
            put(buffer, line.x, line.y, line.width, text, *style);
        }
    }
}

fn lines(app: &App) -> Vec<(String, Style)> {
    let (lang, theme) = (app.settings.lang, &app.theme);
    if app.shows_recording() {
        return vec![
            (words::EMPTY_RECORDING.text(lang).to_owned(), theme.strong),
            (format!("  {}", app.unless_private(&app.settings.url)), theme.accent),
        ];
    }
    let url = &app.settings.url;
    let sample = match (app.settings.signed, &app.settings.token_file) {
        (true, None) => words::EMPTY_SAMPLE_SIGNED,
        _ => words::EMPTY_SAMPLE,
    };
    let mut lines = vec![
        (words::EMPTY_TITLE.text(lang).to_owned(), theme.strong),
        (format!("  {url}"), theme.accent.patch(theme.strong)),
        (String::new(), theme.text),
        (sample.text(lang).to_owned(), theme.text),
        (format!("  {}", send_command(app)), theme.key),
        (String::new(), theme.text),
    ];
    lines.extend(next_step(app));
    lines.extend(received(app));
    if app.is_silent() {
        lines.extend(reasons(app));
    }
    lines
}

/// How Tencent reaches the listener: by its public URL, or by a tunnel to be started.
fn next_step(app: &App) -> [(String, Style); 3] {
    let (lang, theme) = (app.settings.lang, &app.theme);
    match app.status.reachability.url().map(|it| &it.url) {
        Some(public) => [
            (words::EMPTY_PUBLIC.text(lang).to_owned(), theme.text),
            (format!("  {}", app.unless_private(public)), theme.accent.patch(theme.strong)),
            (words::EMPTY_PASTE.text(lang).to_owned(), theme.text),
        ],
        None => [
            (words::EMPTY_TUNNEL.text(lang).to_owned(), theme.text),
            (format!("  {}", tunnel_command(&app.settings.url)), theme.key),
            (words::EMPTY_CONSOLE.text(lang).to_owned(), theme.text),
        ],
    }
}

/// What was received and is no callback, each after a blank line.
fn received(app: &App) -> Vec<(String, Style)> {
    let (lang, theme) = (app.settings.lang, &app.theme);
    let mut lines = Vec::new();
    if let probes @ 1.. = app.history().probes() {
        let probes = localize!(
            lang,
            "{probes} GET or HEAD received: a probe reached the listener",
            "{probes} 次 GET/HEAD 探测：监听端可达"
        );
        lines.extend([(String::new(), theme.text), (probes, theme.good)]);
    }
    if let (_, Some(unreadable)) = app.status.unreadable {
        lines.extend([(String::new(), theme.text), (unreadable.sentence(lang), theme.failure)]);
    }
    lines
}

/// The command that sends a callback to this listener. It signs, and accepts any
/// certificate of this machine, both of which curl needs help with.
fn send_command(app: &App) -> String {
    let settings = &app.settings;
    // A listener on all addresses is reached by that of this machine.
    let url = settings.url.replace("//0.0.0.0:", "//127.0.0.1:").replace("//[::]:", "//[::1]:");
    let app_id = settings.sdk_app_id.as_ref().map(|it| format!(" --app {}", app.app_id(it)));
    let token = settings.token_file.as_ref();
    let token = token
        .map(|it| format!(" --token-file {}", curl::quoted(app.unless_private(it).as_bytes())));
    format!("imscope send {url}{}{}", app_id.unwrap_or_default(), token.unwrap_or_default())
}

/// The command that starts a tunnel. It speaks plain HTTP to a port alone.
fn tunnel_command(url: &str) -> String {
    let port = url.rsplit(':').next().unwrap_or_default();
    let scheme = if url.starts_with("https:") { "https://localhost:" } else { "" };
    format!("ngrok http {scheme}{port}")
}

/// Why no callback may arrive.
fn reasons(app: &App) -> impl Iterator<Item = (String, Style)> {
    let (lang, theme) = (app.settings.lang, &app.theme);
    let title = words::SILENT_TITLE.text(lang).to_owned();
    let reasons = [
        words::SILENT_SWITCH,
        words::SILENT_URL,
        words::SILENT_HOST,
        words::SILENT_CERTIFICATE,
        words::SILENT_REST,
        words::SILENT_DENIED,
    ];
    let reasons = reasons.map(|it| (format!("  – {}", it.text(lang)), theme.text));
    [(String::new(), theme.text), (title, theme.warning)].into_iter().chain(reasons)
}
