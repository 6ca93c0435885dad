//! The last line: keys, a notice, a question, or an input line.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;

use super::{clear, put, put_line};
use crate::dashboard::action::{Action, Pane};
use crate::dashboard::app::App;
use crate::dashboard::completion::Completion;
use crate::dashboard::keymap::{BINDINGS, Binding, SWITCHBOARD};
use crate::dashboard::overlay::Overlay;
use crate::dashboard::prompt::{Mistake as _, Parsed, Prompt};
use crate::dashboard::save_dialog::Step;
use crate::dashboard::switchboard::Input;
use crate::dashboard::text;
use crate::dashboard::words;

/// Draws the line; returns the position of the text cursor, if there is one.
pub(in crate::dashboard) fn draw(app: &App, area: Rect, buffer: &mut Buffer) -> Option<Position> {
    let (lang, theme) = (app.settings.lang, &app.theme);
    match &app.overlay {
        Overlay::Filter(prompt) => return Some(draw_input(app, prompt, area, buffer)),
        Overlay::Switchboard(switches) => match &switches.input {
            Some(Input::Rule(it, _)) => return Some(draw_input(app, it, area, buffer)),
            Some(Input::File(it)) => return Some(draw_input(app, it, area, buffer)),
            None => draw_notice_or(app, draw_switchboard_keys, area, buffer),
        },
        Overlay::Clear => {
            let text = format!(" {} ", words::CLEAR_QUESTION.text(lang));
            put(buffer, area.x, area.y, area.width, &text, theme.warning.patch(theme.selected));
        }
        Overlay::SendBroken(edit) => {
            let (question, error) = (words::SEND_QUESTION.text(lang), edit.error.text(lang));
            let text = format!(" {error}  {question} ");
            put(buffer, area.x, area.y, area.width, &text, theme.warning.patch(theme.selected));
        }
        Overlay::Quit => {
            let text = format!(" {} ", app.quit_question());
            put(buffer, area.x, area.y, area.width, &text, theme.warning.patch(theme.selected));
        }
        Overlay::Save(dialog) if let Step::Name(_, _, it) = &dialog.step => {
            return Some(draw_input(app, it, area, buffer));
        }
        Overlay::Help(..)
        | Overlay::Save(_)
        | Overlay::CopyMenu
        | Overlay::RuleMenu(_)
        | Overlay::Compare(_)
        | Overlay::None => draw_notice_or(app, draw_dashboard_keys, area, buffer),
    }
    None
}

/// Draws the notice, or without one the keys.
fn draw_notice_or(
    app: &App,
    draw_keys: fn(&App, Rect, &mut Buffer),
    area: Rect,
    buffer: &mut Buffer,
) {
    let progress = app.resend_progress().or_else(|| app.save_progress());
    match app.notice().or(progress.as_deref()) {
        Some(it) => _ = put(buffer, area.x + 1, area.y, area.width - 1, it, app.theme.warning),
        None => draw_keys(app, area, buffer),
    }
}

fn draw_dashboard_keys(app: &App, area: Rect, buffer: &mut Buffer) {
    draw_keys(app, BINDINGS.iter().filter(|it| is_useful(app, it)), area, buffer);
}

fn draw_switchboard_keys(app: &App, area: Rect, buffer: &mut Buffer) {
    draw_keys(app, SWITCHBOARD.iter(), area, buffer);
}

fn draw_keys<A: 'static>(
    app: &App,
    bindings: impl Iterator<Item = &'static Binding<A>>,
    area: Rect,
    buffer: &mut Buffer,
) {
    let mut spans = Vec::new();
    for binding in bindings {
        if let Some(brief) = binding.brief {
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
        Some(Action::Filter | Action::Pause | Action::Failure(_) | Action::Save) => !detail,
        Some(Action::Resend) => app.settings.forward.is_some(),
        _ => true,
    }
}

/// Draws the input, and above it the words that complete it, the first mistake with a
/// caret, or a hint.
fn draw_input<T: Parsed>(
    app: &App,
    prompt: &Prompt<T>,
    area: Rect,
    buffer: &mut Buffer,
) -> Position {
    let theme = &app.theme;
    let (input, error) = (&prompt.input, &prompt.error);
    let above = Rect { y: area.y.saturating_sub(1), ..area };
    clear(above, buffer);
    clear(area, buffer);
    let label = T::LABEL.text(app.settings.lang);
    let x = area.x + put(buffer, area.x, area.y, area.width, label, theme.accent);
    let cells = area.right().saturating_sub(x + 1);
    let scroll = input.visual_scroll(cells.into());
    let (_, visible) = text::split(input.value(), scroll);
    put(buffer, x, area.y, cells, visible, theme.strong);
    match (prompt.completion(), error) {
        (Some(completion), _) => {
            draw_words(app, completion, Rect { x, width: area.right() - x, ..above }, buffer);
        }
        (None, Some(error)) => {
            let at = text::width(&input.value()[..error.at()]).saturating_sub(scroll);
            let caret = x + u16::try_from(at).unwrap_or(0).min(cells);
            let message = error.message(app.settings.lang);
            draw_mistake(&message, caret, above, buffer, theme.failure);
        }
        (None, None) => {
            let hint = T::HINT.text(app.settings.lang);
            put(buffer, x, above.y, area.right() - x, hint, theme.dim);
        }
    }
    let cursor = input.visual_cursor().max(scroll) - scroll;
    Position::new(x + u16::try_from(cursor).unwrap_or(0), area.y)
}

/// Draws a mistake with a caret at a column of its line: before the message if there is
/// room, else after it, else within it.
fn draw_mistake(message: &str, caret: u16, line: Rect, buffer: &mut Buffer, style: Style) {
    let (after, before) = (line.right() - caret - 1, caret - line.x);
    let text = format!(" {message}");
    let width = u16::try_from(text::width(&text)).unwrap_or(u16::MAX);
    let (left, right) = match width {
        _ if width <= after => ("", text.as_str()),
        _ if width <= before => (text.as_str(), ""),
        _ => text::split(&text, before.into()),
    };
    put(buffer, line.x, line.y, before, left, style);
    put(buffer, caret, line.y, 1, "▾", style);
    put(buffer, caret + 1, line.y, after, right, style);
}

/// Draws the words of a completion from the chosen one on, or if none is, from the first.
fn draw_words(app: &App, completion: &Completion, area: Rect, buffer: &mut Buffer) {
    let (words, chosen) = completion.words();
    let first = if chosen < words.len() { chosen } else { 0 };
    let mut spans = Vec::new();
    for (nth, word) in words.iter().enumerate().skip(first) {
        let style = if nth == chosen { app.theme.selected } else { app.theme.dim };
        spans.extend([(word.as_str(), style), ("  ", app.theme.dim)]);
    }
    put_line(buffer, area, &spans);
}
