//! The last line: keys, a notice, a question, or the input line of the filter.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::{clear, put, put_line};
use crate::dashboard::action::{Action, Pane};
use crate::dashboard::app::App;
use crate::dashboard::keymap::{BINDINGS, Binding};
use crate::dashboard::overlay::Overlay;
use crate::dashboard::prompt::Prompt;
use crate::dashboard::text;
use crate::dashboard::words;

/// Draws the line; returns the position of the text cursor, if there is one.
pub(in crate::dashboard) fn draw(app: &App, area: Rect, buffer: &mut Buffer) -> Option<Position> {
    let (lang, theme) = (app.settings.lang, &app.theme);
    match &app.overlay {
        Overlay::Filter(prompt) => return Some(draw_input(app, prompt, area, buffer)),
        Overlay::Clear => {
            let text = format!(" {} ", words::CLEAR_QUESTION.text(lang));
            put(buffer, area.x, area.y, area.width, &text, theme.warning.patch(theme.selected));
        }
        Overlay::SendBroken(edit) => {
            let (question, error) = (words::SEND_QUESTION.text(lang), edit.error.text(lang));
            let text = format!(" {error}  {question} ");
            put(buffer, area.x, area.y, area.width, &text, theme.warning.patch(theme.selected));
        }
        Overlay::Help(_)
        | Overlay::CopyMenu
        | Overlay::AnswerMenu
        | Overlay::Compare(_)
        | Overlay::None => match app.notice() {
            Some(notice) => {
                put(buffer, area.x + 1, area.y, area.width - 1, notice, theme.warning);
            }
            None => draw_keys(app, area, buffer),
        },
    }
    None
}

fn draw_keys(app: &App, area: Rect, buffer: &mut Buffer) {
    let mut spans = Vec::new();
    for binding in BINDINGS {
        if let Some(brief) = binding.brief.filter(|_| is_useful(app, binding)) {
            // Only the first of several keys.
            let label = binding.label.split(' ').next().unwrap_or(binding.label);
            spans.extend([
                (" ", app.theme.dim),
                (label, app.theme.key),
                (" ", app.theme.dim),
                (brief.text(app.settings.lang), app.theme.text),
                (" ", app.theme.dim),
            ]);
        }
    }
    put_line(buffer, area, &spans);
}

/// Whether a key is useful in the focused pane.
fn is_useful(app: &App, binding: &Binding) -> bool {
    let detail = app.focus.pane == Pane::Detail;
    match binding.keys.first().map(|(_, _, action)| *action) {
        Some(Action::Back) => detail || app.focus.zoomed || app.focus.pane != Pane::Flow,
        Some(Action::Tab(_) | Action::Wrap | Action::Form | Action::Zoom) => detail,
        Some(Action::Filter | Action::Pause | Action::Failure(_)) => !detail,
        Some(Action::Resend) => app.settings.forward.is_some(),
        _ => true,
    }
}

/// Draws the input, and above it a hint or the syntax error with a caret.
fn draw_input(app: &App, prompt: &Prompt, area: Rect, buffer: &mut Buffer) -> Position {
    let theme = &app.theme;
    let (input, error) = (&prompt.input, &prompt.error);
    let above = Rect { y: area.y.saturating_sub(1), ..area };
    clear(above, buffer);
    clear(area, buffer);
    let label = format!(" {} / ", words::FILTER_PROMPT.text(app.settings.lang));
    let x = area.x + put(buffer, area.x, area.y, area.width, &label, theme.accent);
    let cells = area.right().saturating_sub(x + 1);
    let scroll = input.visual_scroll(cells.into());
    let (_, visible) = text::split(input.value(), scroll);
    put(buffer, x, area.y, cells, visible, theme.strong);
    match error {
        Some(error) => {
            let at = text::width(&input.value()[..error.at.start]).saturating_sub(scroll);
            let caret = x + u16::try_from(at).unwrap_or(0).min(cells);
            let wide = caret + put(buffer, caret, above.y, 1, "▾", theme.failure);
            let text = format!(" {}", error.message(app.settings.lang));
            let fits = text::width(&text) <= usize::from(area.right().saturating_sub(wide));
            let at = if fits { wide } else { area.x };
            put(buffer, at, above.y, area.right() - at, &text, theme.failure);
        }
        None => {
            let hint = words::FILTER_HINT.text(app.settings.lang);
            put(buffer, x, above.y, area.right() - x, hint, theme.dim);
        }
    }
    let cursor = input.visual_cursor().max(scroll) - scroll;
    Position::new(x + u16::try_from(cursor).unwrap_or(0), area.y)
}
