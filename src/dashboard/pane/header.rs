//! The first line: who listens where, and in which state.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::{put, put_line};
use crate::dashboard::app::App;
use crate::dashboard::text::{grouped, width};
use crate::dashboard::words;

pub(in crate::dashboard) fn draw(app: &App, area: Rect, buffer: &mut Buffer) {
    let (lang, theme) = (app.settings.lang, &app.theme);
    let history = app.history();
    let seen = format!("{} {} ", grouped(history.seen()), words::SEEN.of(lang));
    let let_go = match history.flow().let_go() {
        0 => String::new(),
        count => format!("{} {}   ", grouped(count), words::LET_GO.of(lang)),
    };
    let paused = format!(" {} ", words::PAUSED.of(lang));
    let pause = if app.still.is_some() { paused.as_str() } else { "" };
    let public = app.public_url.as_ref().map(|it| format!(" ⇄ {it}"));
    let demo = format!("   {}", words::DEMO.of(lang));
    let app_id = app.settings.app.as_ref().map(|it| format!("   {} {it}", words::APP.of(lang)));
    let sign = format!("   {} ", words::SIGN.of(lang));
    let (verdict, verdict_style) = match app.settings.signed {
        true => ("✓", theme.good),
        false => (words::SIGN_OFF.of(lang), theme.dim),
    };
    let private = format!(" {} ", words::PRIVATE.of(lang));
    let private = if app.veil.is_some() { private.as_str() } else { "" };
    let right = width(private) + width(&seen) + width(&let_go) + width(pause) + 1;
    let left =
        Rect { width: area.width.saturating_sub(right.try_into().unwrap_or(area.width)), ..area };
    put_line(
        buffer,
        left,
        &[
            (" imscope ", theme.accent.patch(theme.strong)),
            ("● ", theme.good),
            (&app.settings.url, theme.strong),
            (public.as_deref().unwrap_or(""), theme.accent),
            (if app.settings.demo { &demo } else { "" }, theme.warning),
            (app_id.as_deref().unwrap_or(""), theme.text),
            (&sign, theme.dim),
            (verdict, verdict_style),
        ],
    );
    let mut x = left.right();
    for (said, style) in [
        (private, theme.selected),
        (pause, theme.selected),
        (" ", theme.text),
        (&let_go, theme.dim),
        (&seen, theme.strong),
    ] {
        x += put(buffer, x, area.y, area.right().saturating_sub(x), said, style);
    }
}
