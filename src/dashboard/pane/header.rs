//! The first line: the listener, its options, and the state of the view.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

use super::{StyledText, put_line};
use crate::callback::format;
use crate::callback::lang::localize;
use crate::dashboard::app::App;
use crate::dashboard::settings::Reach;
use crate::dashboard::text::{clean, fit, fit_middle, width};
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
    for (area, parts) in [(left, source(app, left.width.into())), (end, right)] {
        let spans: Vec<_> = parts.iter().map(|(text, style)| (text.as_str(), *style)).collect();
        put_line(buffer, area, &spans);
    }
}

/// The answer mode unless it is the default, the URLs, and the other options. In a
/// width that is too small the URLs are cut: the state is more important.
fn source(app: &App, cells: usize) -> Vec<StyledText> {
    let mut parts = banner(app, cells);
    let urls = urls(app);
    let used = |parts: &[StyledText]| parts.iter().map(|(text, _)| width(text)).sum::<usize>();
    let url_cells: usize = urls.iter().map(|(mark, url, _)| width(mark) + width(url)).sum();
    let has_space = |options: &[StyledText]| used(&parts) + url_cells + used(options) <= cells;
    let mut options = options(app, true);
    if !has_space(&options) {
        options = self::options(app, false);
    }
    let space = cells.saturating_sub(used(&parts) + used(&options));
    parts.extend(fitted(urls, space));
    parts.extend(options);
    parts
}

/// The program, and how callbacks are answered unless it is the default.
fn banner(app: &App, cells: usize) -> Vec<StyledText> {
    let (lang, theme) = (app.settings.lang, &app.theme);
    let mut parts = vec![
        (" imscope ".to_owned(), theme.accent.patch(theme.strong)),
        ("● ".to_owned(), theme.good),
    ];
    if !app.status.switchboard.is_default() {
        let used: usize = parts.iter().map(|(text, _)| width(text)).sum();
        let reset = format!("  ·  {} ", words::RESET_ANSWER.text(lang));
        let cells = cells.saturating_sub(used + 1 + width(&reset));
        parts.push((format!(" {}{reset}", answers(app, cells)), theme.selected));
        parts.push(("  ".to_owned(), theme.text));
    }
    if is_exposed(app) {
        let text = format!(" ! {} ", words::NO_TOKEN.text(lang));
        parts.push((text, theme.failure.patch(theme.strong)));
        parts.push((" ".to_owned(), theme.text));
    }
    parts
}

/// How callbacks are answered, where it is not the default: the answer mode, and the
/// number of rules that are on. In a width that is too small the mode is cut.
fn answers(app: &App, cells: usize) -> String {
    let (lang, switchboard) = (app.settings.lang, &app.status.switchboard);
    let rules = match switchboard.rules.iter().filter(|it| it.is_on).count() {
        0 => None,
        1 => Some(localize!(lang, "1 rule", "1 条规则")),
        count => Some(localize!(lang, "{count} rules", "{count} 条规则")),
    };
    if switchboard.mode.is_default() {
        return rules.unwrap_or_default();
    }
    let mode = switchboard.mode.to_string();
    // The text of a FAIL was typed by the user.
    let mode = match mode.split_once(':') {
        Some((kind @ "fail", text)) => format!("{kind}:{}", app.unless_private(text)),
        _ => mode,
    };
    let answering = format!("{} ", words::ANSWERING.text(lang));
    let rules = rules.map(|it| format!(" · {it}")).unwrap_or_default();
    let cells = cells.saturating_sub(width(&answering) + width(&rules));
    format!("{answering}{}{rules}", fit(&clean(&mode), cells.min(ANSWER_CELLS)))
}

/// Whether strangers can call the local app through the listener.
fn is_exposed(app: &App) -> bool {
    let settings = &app.settings;
    let is_public = settings.reach == Reach::OtherMachines || app.status.public_url.is_some();
    settings.forward.is_some() && !settings.signed && is_public
}

/// The URLs of the listener, of the tunnel and of the local app, each after its mark.
fn urls(app: &App) -> Vec<(&'static str, String, Style)> {
    let (theme, settings) = (&app.theme, &app.settings);
    let url = |mark, url: &str, style| (mark, clean(url).into_owned(), style);
    let name =
        if app.shows_recording() { app.unless_private(&settings.url) } else { &settings.url };
    let mut urls = vec![url("", name, theme.strong)];
    let others =
        [(" ⇄ ", &app.status.public_url, theme.accent), ("   ⇒ ", &settings.forward, theme.name)];
    urls.extend(others.into_iter().filter_map(|(mark, it, style)| {
        Some(url(mark, app.unless_private(it.as_deref()?), style))
    }));
    urls
}

/// The URLs within a width: short ones whole, the others cut in the middle to the same
/// width.
fn fitted(urls: Vec<(&'static str, String, Style)>, cells: usize) -> Vec<StyledText> {
    let mut space = cells.saturating_sub(urls.iter().map(|(mark, ..)| width(mark)).sum());
    let mut order: Vec<usize> = (0..urls.len()).collect();
    order.sort_by_key(|it| width(&urls[*it].1));
    let mut shown = vec![String::new(); urls.len()];
    for (nth, at) in order.into_iter().enumerate() {
        shown[at] = fit_middle(&urls[at].1, space / (urls.len() - nth)).into_owned();
        space -= width(&shown[at]);
    }
    let parts = urls.into_iter().zip(shown);
    parts.map(|((mark, _, style), url)| (format!("{mark}{url}"), style)).collect()
}

/// The recording that is shown; else signature check, answer mode, application,
/// written recording. In short only what may change.
fn options(app: &App, in_full: bool) -> Vec<StyledText> {
    let (lang, theme, settings) = (app.settings.lang, &app.theme, &app.settings);
    if app.shows_recording() {
        return vec![(format!("   {}", words::RECORDING.text(lang)), theme.warning)];
    }
    let mut parts = vec![(format!("   {} ", words::SIGN.text(lang)), theme.dim), sign(app)];
    let mut part = |text: String, style| parts.push((text, style));
    // That the local app answers is clear from its URL.
    let names_answer = in_full || settings.forward.is_none();
    if app.status.switchboard.is_default() && names_answer {
        part(format!("   {} ", words::REPLY.text(lang)), theme.dim);
        part(settings.default_answer().text(lang).to_owned(), theme.good);
    }
    if settings.demo {
        part(format!("   {}", words::DEMO.text(lang)), theme.warning);
    }
    if let Some(app_id) = settings.sdk_app_id.as_ref().filter(|_| in_full) {
        part(format!("   {} {}", words::APP.text(lang), app.app_id(app_id)), theme.text);
    }
    if let Some(it) = &app.status.recording {
        let name =
            if in_full { format!(" {}", app.unless_private(&it.name)) } else { String::new() };
        let text = format!("   ● {}{name} {}", words::REC.text(lang), format::bytes(it.bytes));
        part(text, if it.failing { theme.failure } else { theme.good });
        if it.new_files > 0 {
            part(format!(" {}", words::IN_NEW_FILE.text(lang)), theme.warning);
        }
    }
    parts
}

/// The state of the signature check: while calls are refused, how many since the last
/// that was not. The Traffic pane counts all.
fn sign(app: &App) -> StyledText {
    let (lang, theme) = (app.settings.lang, &app.theme);
    match app.panes().counts.refused_signatures {
        _ if !app.settings.signed => (words::SIGN_OFF.text(lang).to_owned(), theme.dim),
        0 => ("✓".to_owned(), theme.good),
        count => {
            let count = format::grouped(count);
            (localize!(lang, "✗ last {count} refused", "✗ 最近拒收 {count} 条"), theme.failure)
        }
    }
}

/// The modes of the view, and the number of callbacks.
fn state(app: &App) -> Vec<StyledText> {
    let (lang, theme, history) = (app.settings.lang, &app.theme, app.history());
    let mut parts = vec![(" ".to_owned(), theme.text)];
    let mut part = |text: String, style| parts.push((text, style));
    if app.is_private() {
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
