//! The input line, and above it a hint. The hint lists words that complete the input,
//! its first mistake with a caret, or what can be entered.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::{clear, put, put_line};
use crate::dashboard::app::App;
use crate::dashboard::completion::Completion;
use crate::dashboard::prompt::{Mistake as _, Parsed, Prompt};
use crate::dashboard::switchboard::Input;
use crate::dashboard::text;

/// Cells between two words that complete the input.
const GAP: usize = 2;

/// Draws the line and its hint; returns the position of the text cursor.
pub(super) fn draw<T: Parsed>(
    app: &App,
    prompt: &Prompt<T>,
    area: Rect,
    buffer: &mut Buffer,
) -> Position {
    let (theme, input) = (&app.theme, &prompt.input);
    let rows = hint_rows(app, prompt, area.width);
    let above = Rect { y: area.y.saturating_sub(rows), height: rows, ..area };
    clear(above, buffer);
    clear(area, buffer);
    let label = T::LABEL.text(app.settings.lang);
    let x = area.x + put(buffer, area.x, area.y, area.width, label, theme.accent);
    let cells = area.right().saturating_sub(x + 1);
    let scroll = input.visual_scroll(cells.into());
    let (_, visible) = text::split(input.value(), scroll);
    put(buffer, x, area.y, cells, visible, theme.strong);
    match (prompt.completion(), &prompt.error) {
        (Some(completion), _) => draw_words(app, completion, above, buffer),
        (None, Some(error)) => {
            let at = text::width(&input.value()[..error.at()]).saturating_sub(scroll);
            let caret = x + u16::try_from(at).unwrap_or(0).min(cells);
            let message = error.message(app.settings.lang);
            draw_mistake(app, &message, caret, above, buffer);
        }
        (None, None) => {
            let hint = T::HINT.text(app.settings.lang);
            put(buffer, x, above.y, area.right() - x, hint, theme.dim);
        }
    }
    let cursor = input.visual_cursor().max(scroll) - scroll;
    Position::new(x + u16::try_from(cursor).unwrap_or(0), area.y)
}

/// Rows of the hint of an input line of the switchboard.
pub(super) fn switchboard_hint_rows(app: &App, input: &Input, cells: u16) -> u16 {
    match input {
        Input::Rule(prompt, _) => hint_rows(app, prompt, cells),
        Input::File(prompt) => hint_rows(app, prompt, cells),
    }
}

/// Rows of the hint: two if one is too narrow.
fn hint_rows<T: Parsed>(app: &App, prompt: &Prompt<T>, cells: u16) -> u16 {
    let needed = match (prompt.completion(), &prompt.error) {
        (Some(completion), _) => words_cells(completion),
        // With a space and the caret.
        (None, Some(error)) => 2 + text::width(&error.message(app.settings.lang)),
        (None, None) => 0,
    };
    if usize::from(cells) < needed { 2 } else { 1 }
}

fn words_cells(completion: &Completion) -> usize {
    completion.words().0.iter().map(|it| GAP + text::width(it)).sum()
}

/// Draws a mistake with a caret at a column of the last row of an area: before the message
/// if there is room, else after it, else within it.
fn draw_mistake(app: &App, message: &str, caret: u16, area: Rect, buffer: &mut Buffer) {
    let style = app.theme.failure;
    let clean = text::clean(message);
    let (mut text, mut y) = (format!(" {clean}"), area.y);
    if 1 < area.height {
        let first = text::wrap(&text, area.width.into()).next().unwrap_or_default().to_owned();
        put(buffer, area.x, y, area.width, &first, style);
        (text, y) = (format!(" {}", text[first.len()..].trim_start()), y + 1);
    }
    let (after, before) = (area.right() - caret - 1, caret - area.x);
    let (left, right) = match u16::try_from(text::width(&text)).unwrap_or(u16::MAX) {
        width if width <= after => ("", text.as_str()),
        width if width <= before => (text.as_str(), ""),
        _ => text::split(&text, before.into()),
    };
    put(buffer, area.x, y, before, left, style);
    put(buffer, caret, y, 1, "▾", style);
    put(buffer, caret + 1, y, after, right, style);
}

/// Draws the words of a completion; from the chosen one on if there is no space for all.
fn draw_words(app: &App, completion: &Completion, area: Rect, buffer: &mut Buffer) {
    let (words, chosen) = completion.words();
    let (mut used, mut rows) = (0, area.rows());
    let mut line = rows.next();
    let all_fit = words_cells(completion) <= usize::from(area.width * area.height);
    let first = if all_fit || words.len() <= chosen { 0 } else { chosen };
    for (nth, word) in words.iter().enumerate().skip(first) {
        let cells = GAP + text::width(word);
        if usize::from(area.width) < used + cells {
            (line, used) = (rows.next(), 0);
        }
        let Some(row) = line else { return };
        let style = if nth == chosen { app.theme.selected } else { app.theme.dim };
        let x = row.x + u16::try_from(used).unwrap_or(0);
        let rest = Rect { x, width: row.right().saturating_sub(x), ..row };
        put_line(buffer, rest, &[(" ", app.theme.dim), (word, style)]);
        used += cells;
    }
}
