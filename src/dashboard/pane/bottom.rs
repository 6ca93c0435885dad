//! The last line: keys, a notice, a question, or an input line.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

use super::hints::{self, DISPENSABLE, Hint};
use super::input::Drawn;
use super::{input, put, put_line};
use crate::callback::Localized;
use crate::dashboard::app::App;
use crate::dashboard::overlay::Overlay;
use crate::dashboard::save_dialog::Step;
use crate::dashboard::switchboard::Input;
use crate::dashboard::text;
use crate::dashboard::viewport::Viewport;
use crate::dashboard::words;

/// Draws the line below what was drawn, with these extents.
pub(in crate::dashboard) fn draw(
    app: &App,
    viewport: &Viewport,
    area: Rect,
    buffer: &mut Buffer,
) -> Drawn {
    let lang = app.settings.lang;
    match &app.overlay {
        Overlay::Filter(prompt) => return input::draw(app, prompt, area, buffer),
        Overlay::Time(prompt) => return input::draw(app, prompt, area, buffer),
        Overlay::FirstRule(prompt) => return input::draw(app, prompt, area, buffer),
        Overlay::Switchboard(switches) => match &switches.input {
            Some(Input::Rule(it, _)) => return input::draw(app, it, area, buffer),
            Some(Input::File(it)) => return input::draw(app, it, area, buffer),
            None => draw_notice_or(app, viewport, area, buffer),
        },
        Overlay::Help(help) if let Some(search) = help.search().filter(|it| it.is_typing) => {
            return super::help::draw_input(app, search, area, buffer);
        }
        Overlay::Clear => {
            let question = match app.shows_recording() {
                true => words::CLEAR_RECORDING_QUESTION,
                false => words::CLEAR_QUESTION,
            };
            draw_question(app, "", question, area, buffer);
        }
        Overlay::SendBroken(edit) => {
            draw_question(app, &edit.error.text(lang), words::SEND_QUESTION, area, buffer);
        }
        Overlay::Quit => {
            let reason = app.unfinished_save().unwrap_or_else(|| app.reason_not_to_quit());
            draw_question(app, &reason, words::QUIT_QUESTION, area, buffer);
        }
        Overlay::Save(dialog) if let Step::Name(_, _, it) = &dialog.step => {
            return input::draw(app, it, area, buffer);
        }
        _ => draw_notice_or(app, viewport, area, buffer),
    }
    Drawn::default()
}

/// Draws a question, and before it why it is asked, as far as the question leaves space.
fn draw_question(app: &App, reason: &str, question: Localized, area: Rect, buffer: &mut Buffer) {
    let question = question.text(app.settings.lang);
    let space = usize::from(area.width).saturating_sub(text::width(question) + 4);
    let reason = text::clean(reason);
    let gap = if reason.is_empty() { "" } else { "  " };
    let line = format!(" {}{gap}{question} ", text::fit(&reason, space));
    put(buffer, area.x, area.y, area.width, &line, app.theme.warning.patch(app.theme.banner));
}

/// Draws the notice, or without one the keys.
fn draw_notice_or(app: &App, viewport: &Viewport, area: Rect, buffer: &mut Buffer) {
    let progress = app.resend_progress().or_else(|| app.save_progress());
    match app.notice().or(progress.as_deref()) {
        Some(it) => _ = put(buffer, area.x + 1, area.y, area.width - 1, it, app.theme.warning),
        None if matches!(app.overlay, Overlay::Switchboard(_)) => {
            draw_switchboard_keys(app, area, buffer);
        }
        None => draw_dashboard_keys(app, viewport, area, buffer),
    }
}

fn draw_dashboard_keys(app: &App, viewport: &Viewport, area: Rect, buffer: &mut Buffer) {
    let hints = hints::fitting(app, hints::of_dashboard(app, viewport), area.width);
    put_line(buffer, area, &spans(app, &hints));
}

fn draw_switchboard_keys(app: &App, area: Rect, buffer: &mut Buffer) {
    let without = |count: usize| hints::of_switchboard(app, &DISPENSABLE[..count]);
    let fits = |hints: &Vec<Hint>| hints::width_of(hints) <= area.width.into();
    let fitting = (0..=DISPENSABLE.len()).map(without).find(fits);
    let fewest = || hints::fitting(app, without(DISPENSABLE.len()), area.width);
    let fitting = fitting.unwrap_or_else(fewest);
    put_line(buffer, area, &spans(app, &fitting));
}

fn spans<'a>(app: &App, hints: &'a [Hint]) -> Vec<(&'a str, Style)> {
    let theme = &app.theme;
    let span = |(label, text): &'a Hint| {
        [
            (" ", theme.dim),
            (label.as_str(), theme.key),
            (" ", theme.dim),
            (*text, theme.text),
            (" ", theme.dim),
        ]
    };
    hints.iter().flat_map(span).collect()
}
