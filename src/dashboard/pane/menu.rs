//! The menus of what to copy, and of what callbacks are answered.

use ratatui::buffer::Buffer;
use ratatui::layout::{Constraint, Rect};

use super::{Titles, clear, framed, put_line, row};
use crate::callback::Localized;
use crate::dashboard::app::App;
use crate::dashboard::menu::{ANSWERS, CopyTarget};
use crate::dashboard::{text, words};

pub(in crate::dashboard) fn draw_copy(app: &App, area: Rect, buffer: &mut Buffer) {
    let choices = CopyTarget::ALL.map(|it| (it.key(), it.label()));
    draw(app, words::COPY, &choices, area, buffer);
}

pub(in crate::dashboard) fn draw_answers(app: &App, area: Rect, buffer: &mut Buffer) {
    let choices: Vec<_> = ANSWERS.iter().map(|it| (it.key, it.label)).collect();
    draw(app, words::ANSWERS, &choices, area, buffer);
}

fn draw(
    app: &App,
    title: Localized,
    choices: &[(char, Localized)],
    area: Rect,
    buffer: &mut Buffer,
) {
    let lang = app.settings.lang;
    let title = title.text(lang);
    let widest = choices.iter().map(|(_, it)| text::width(it.text(lang))).max().unwrap_or(0);
    let width = (widest + 2).max(text::width(title)) + 6;
    let cells = |it: usize| u16::try_from(it).unwrap_or(u16::MAX);
    let height = Constraint::Length(cells(choices.len() + 2));
    let popup = area.centered(Constraint::Length(cells(width)), height);
    clear(popup, buffer);
    let inner = framed(app, None, Titles { name: title, ..Titles::default() }, popup, buffer);
    for (nth, (key, words)) in choices.iter().enumerate() {
        let Some(line) = row(inner, nth) else { break };
        let key = format!(" {key}  ");
        put_line(buffer, line, &[(&key, app.theme.key), (words.text(lang), app.theme.text)]);
    }
}
