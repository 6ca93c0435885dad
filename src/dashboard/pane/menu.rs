//! The menu of what can be copied.

use ratatui::buffer::Buffer;
use ratatui::layout::{Constraint, Rect};
use ratatui::widgets::{Clear, Widget};

use super::{Titles, framed, put_line, row};
use crate::dashboard::app::App;
use crate::dashboard::copy::What;
use crate::dashboard::{text, words};

pub(in crate::dashboard) fn draw(app: &App, area: Rect, buffer: &mut Buffer) {
    let lang = app.settings.lang;
    let width = What::ALL.iter().map(|it| text::width(it.words().of(lang))).max().unwrap_or(0) + 8;
    let height = What::ALL.len() + 2;
    let cells = |it: usize| u16::try_from(it).unwrap_or(u16::MAX);
    let popup = area.centered(Constraint::Length(cells(width)), Constraint::Length(cells(height)));
    Clear.render(popup, buffer);
    let titles = Titles { name: words::COPY.of(lang), ..Titles::default() };
    let inner = framed(app, None, titles, popup, buffer);
    for (nth, what) in What::ALL.into_iter().enumerate() {
        let Some(line) = row(inner, nth) else { break };
        let key = format!(" {}  ", what.key());
        put_line(buffer, line, &[(&key, app.theme.key), (what.words().of(lang), app.theme.text)]);
    }
}
