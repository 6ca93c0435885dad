//! The input line. Above it are a hint, which is its first mistake with a caret or what can
//! be entered, the number of callbacks that match, and what its end can become.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::{choices, clear, put};
use crate::callback::Localized;
use crate::dashboard::app::App;
use crate::dashboard::prompt::{Mistake as _, Parsed, Prompt};
use crate::dashboard::switchboard::Input;
use crate::dashboard::text;
use crate::dashboard::viewport::Extent;
use crate::dashboard::words;

/// What was drawn of an input line.
#[derive(Debug, Clone, Copy, Default)]
pub(in crate::dashboard) struct Drawn {
    /// The position of the text cursor; `None` without an input line.
    pub(in crate::dashboard) cursor: Option<Position>,
    /// The list of what the end of its text can become.
    pub(in crate::dashboard) choices: Extent,
}

/// Draws the line and what is above it.
pub(super) fn draw<T: Parsed>(
    app: &App,
    prompt: &Prompt<T>,
    area: Rect,
    buffer: &mut Buffer,
) -> Drawn {
    let (theme, lang, input) = (&app.theme, app.settings.lang, &prompt.input);
    let rows = hint_rows(app, prompt, area.width).min(area.y);
    let above = Rect { y: area.y.saturating_sub(rows), height: rows, ..area };
    clear(above, buffer);
    clear(area, buffer);
    let x = area.x + put(buffer, area.x, area.y, area.width, T::LABEL.text(lang), theme.accent);
    let cells = area.right().saturating_sub(x + 1);
    let scroll = input.visual_scroll(cells.into());
    let (_, visible) = text::split(input.value(), scroll);
    put(buffer, x, area.y, cells, visible, theme.strong);
    draw_hint(app, prompt, x, scroll, above, buffer);
    let completion = prompt.completion().filter(|_| !app.shows_language());
    let choices = completion.map(|it| choices::draw(app, it, x, above, buffer));
    let cursor = input.visual_cursor().max(scroll) - scroll;
    let cursor = Position::new(x + u16::try_from(cursor).unwrap_or(0), area.y);
    Drawn { cursor: Some(cursor), choices: choices.unwrap_or_default() }
}

/// Draws the hint of an input that begins at a column, scrolled by so many cells.
fn draw_hint<T: Parsed>(
    app: &App,
    prompt: &Prompt<T>,
    x: u16,
    scroll: usize,
    above: Rect,
    buffer: &mut Buffer,
) {
    let (theme, lang, input) = (&app.theme, app.settings.lang, &prompt.input);
    let cells = above.right().saturating_sub(x + 1);
    match &prompt.error {
        _ if app.shows_language() => {
            let keys = app.settings.text_with_keys(words::LANGUAGE_KEYS);
            put(buffer, x, above.y, cells, &keys, theme.dim);
        }
        Some(error) => {
            let at = text::width(&input.value()[..error.at()]).saturating_sub(scroll);
            let caret = x + u16::try_from(at).unwrap_or(0).min(cells);
            let message = error.message(lang);
            let cells = u16::try_from(1 + text::width(&message)).unwrap_or(u16::MAX);
            let is_before = above.right() - caret <= cells && cells <= caret - above.x;
            let needed = (caret + 1).saturating_add(if is_before { 0 } else { cells });
            let hint = draw_count(app, needed, above, buffer);
            draw_mistake(app, &message, caret, hint, buffer);
        }
        None => {
            let hint = draw_count(app, x, above, buffer);
            let cells = hint.right().saturating_sub(x);
            let (text, style) = match app.typed_remark() {
                Some(remark) => (remark, theme.warning),
                None => (fitting(app, &parts(prompt), cells.into()), theme.dim),
            };
            put(buffer, x, hint.y, cells, &text, style);
        }
    }
}

/// The parts of the hint of an input line; what is entered at its cursor is left out last.
fn parts<T: Parsed>(prompt: &Prompt<T>) -> Vec<Localized> {
    let keys = T::HINT.iter().skip(usize::from(prompt.about.is_some()));
    keys.copied().chain(prompt.about).collect()
}

/// The parts of a hint that fit into a width.
fn fitting(app: &App, parts: &[Localized], cells: usize) -> String {
    let texts: Vec<_> = parts.iter().map(|it| app.settings.text_with_keys(*it)).collect();
    let joined = |first: usize| texts[first..].join("   ");
    let fits = |it: &String| text::width(it) <= cells;
    (0..texts.len()).map(joined).find(fits).unwrap_or_else(|| texts.concat())
}

/// Rows of the hint of an input line of the switchboard.
pub(super) fn switchboard_hint_rows(app: &App, input: &Input, cells: u16) -> u16 {
    match input {
        Input::Rule(prompt, _) => hint_rows(app, prompt, cells),
        Input::File(prompt) => hint_rows(app, prompt, cells),
    }
}

/// Rows of the hint: one if a mistake fits beside its caret, else one for the caret below
/// those of the mistake.
fn hint_rows<T: Parsed>(app: &App, prompt: &Prompt<T>, cells: u16) -> u16 {
    let Some(error) = prompt.error.as_ref().filter(|_| !app.shows_language()) else { return 1 };
    let (lang, cells, input) = (app.settings.lang, usize::from(cells), &prompt.input);
    let message = mistake_text(&error.message(lang));
    let needed = text::width(&message);
    let label = text::width(T::LABEL.text(lang));
    let space = cells.saturating_sub(label + 1);
    let at = text::width(&input.value()[..error.at()]);
    let caret = label + at.saturating_sub(input.visual_scroll(space)).min(space);
    if needed <= caret || needed < cells.saturating_sub(caret) {
        return 1;
    }
    let rows = text::wrap(&message, cells).count() + 1;
    u16::try_from(rows).unwrap_or(u16::MAX)
}

/// A mistake as it is drawn: with a space before it.
fn mistake_text(message: &str) -> String {
    format!(" {}", text::clean(message))
}

/// Draws the number of matches at the end of a hint of one row, unless that is needed up
/// to a column; returns the rest of the hint.
fn draw_count(app: &App, needed: u16, hint: Rect, buffer: &mut Buffer) -> Rect {
    let Some(count) = app.typed_count().filter(|_| hint.height == 1) else { return hint };
    let cells = u16::try_from(text::width(&count)).unwrap_or(u16::MAX);
    let place = hint.right().checked_sub(cells.saturating_add(1));
    let Some(x) = place.filter(|it| needed < *it) else { return hint };
    put(buffer, x, hint.y, cells, &count, app.theme.accent);
    Rect { width: x - hint.x - 1, ..hint }
}

/// Draws a mistake with a caret at a column of the last row of an area: in the rows above
/// the caret, if there are any, else before the caret or after it.
fn draw_mistake(app: &App, message: &str, caret: u16, area: Rect, buffer: &mut Buffer) {
    let style = app.theme.failure;
    let text = mistake_text(message);
    let y = area.bottom().saturating_sub(1);
    put(buffer, caret, y, 1, "▾", style);
    if 1 < area.height {
        let rows = (area.y..y).zip(text::wrap(&text, area.width.into()));
        rows.for_each(|(y, row)| _ = put(buffer, area.x, y, area.width, row, style));
        return;
    }
    let (after, before) = (area.right() - caret - 1, caret - area.x);
    let width = u16::try_from(text::width(&text)).unwrap_or(u16::MAX);
    if width <= after || before < width {
        put(buffer, caret + 1, y, after, &text, style);
    } else {
        put(buffer, area.x, y, before, &text, style);
    }
}
