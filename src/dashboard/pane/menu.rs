//! The menus of what to copy, and of rules for a callback.

use ratatui::buffer::Buffer;
use ratatui::layout::{Constraint, Rect};

use super::{Titles, clear, framed, put_line, row};
use crate::callback::redact::MASK;
use crate::callback::{Localized, command};
use crate::dashboard::app::App;
use crate::dashboard::menu::CopyTarget;
use crate::dashboard::rule_menu::RuleMenu;
use crate::dashboard::text::{self, clean, fit};
use crate::dashboard::words;

/// Maximum width of a title.
const TITLE_CELLS: usize = 60;

pub(in crate::dashboard) fn draw_copy(app: &App, area: Rect, buffer: &mut Buffer) {
    let choices = CopyTarget::ALL.map(|it| (it.key(), it.label()));
    draw(app, words::COPY.text(app.settings.lang), &choices, area, buffer);
}

/// Draws what a rule for a callback can answer.
pub(in crate::dashboard) fn draw_rules(
    app: &App,
    menu: &RuleMenu,
    area: Rect,
    buffer: &mut Buffer,
) {
    let choices: Vec<_> = menu.choices().iter().map(|it| (it.key, it.label)).collect();
    let word =
        if app.is_private() && command::find(&menu.word).is_none() { MASK } else { &menu.word };
    let title = format!("{word} · {}", app.name(&menu.from));
    draw(app, &fit(&clean(&title), TITLE_CELLS), &choices, area, buffer);
}

fn draw(app: &App, title: &str, choices: &[(char, Localized)], area: Rect, buffer: &mut Buffer) {
    let lang = app.settings.lang;
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
