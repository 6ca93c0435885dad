//! The last line: keys, a notice, a question, or an input line.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;

use super::{input, put, put_line};
use crate::dashboard::action::{Action, Pane};
use crate::dashboard::app::App;
use crate::dashboard::keymap::{BINDINGS, Binding, DISPENSABLE, SWITCHBOARD};
use crate::dashboard::overlay::Overlay;
use crate::dashboard::save_dialog::Step;
use crate::dashboard::switchboard::Input;
use crate::dashboard::text;
use crate::dashboard::words;

/// Draws the line; returns the position of the text cursor, if there is one.
pub(in crate::dashboard) fn draw(app: &App, area: Rect, buffer: &mut Buffer) -> Option<Position> {
    let (lang, theme) = (app.settings.lang, &app.theme);
    match &app.overlay {
        Overlay::Filter(prompt) => return Some(input::draw(app, prompt, area, buffer)),
        Overlay::FirstRule(prompt) => return Some(input::draw(app, prompt, area, buffer)),
        Overlay::Switchboard(switches) => match &switches.input {
            Some(Input::Rule(it, _)) => return Some(input::draw(app, it, area, buffer)),
            Some(Input::File(it)) => return Some(input::draw(app, it, area, buffer)),
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
            return Some(input::draw(app, it, area, buffer));
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
    let bindings: Vec<_> = BINDINGS.iter().filter(|it| is_useful(app, it)).collect();
    put_line(buffer, area, &keys(app, &bindings));
}

fn draw_switchboard_keys(app: &App, area: Rect, buffer: &mut Buffer) {
    let mut bindings: Vec<_> = SWITCHBOARD.iter().collect();
    for label in DISPENSABLE {
        let cells: usize = keys(app, &bindings).iter().map(|(text, _)| text::width(text)).sum();
        if usize::from(area.width) < cells {
            bindings.retain(|it| it.label != label);
        }
    }
    put_line(buffer, area, &keys(app, &bindings));
}

/// The keys that have a brief text, and what they do.
fn keys<A>(app: &App, bindings: &[&'static Binding<A>]) -> Vec<(&'static str, Style)> {
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
    spans
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
