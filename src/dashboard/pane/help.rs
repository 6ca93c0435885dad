//! The help: all keys, and the symbols of Flow.

use ratatui::buffer::Buffer;
use ratatui::layout::{Constraint, Rect};

use super::sheet::draw_place;
use super::{Titles, clear, framed, put, row};
use crate::callback::{Lang, Localized};
use crate::dashboard::app::App;
use crate::dashboard::keymap::{BINDINGS, PAGE, SWITCHBOARD, TIMELINE};
use crate::dashboard::viewport::{Extent, Popup};
use crate::dashboard::{text, words};

/// Symbols of Flow, and words of RESULT and of filters.
const LEGEND: [Localized; 6] = [
    words::FLAG_SYMBOLS,
    words::ARROW_SYMBOLS,
    words::OTHER_SYMBOLS,
    words::FILTER_WORDS,
    words::TROUBLE_WORDS,
    words::DENIAL_CODES,
];

/// Labels of keys, or none, and texts.
fn lines(lang: Lang) -> Vec<(&'static str, &'static str)> {
    let lines = BINDINGS.iter().map(|it| (it.label, it.help.text(lang)));
    let switchboard = SWITCHBOARD.iter().map(|it| (it.label, it.help.text(lang)));
    let heading = |text: Localized| [("", ""), ("", text.text(lang))];
    let page = PAGE.iter().map(|it| (it.label, it.help.text(lang)));
    let timeline = TIMELINE.iter().map(|it| (it.label, it.help.text(lang)));
    let legend = LEGEND.map(|it| ("", it.text(lang)));
    let lines = lines.chain([("", "")]).chain(legend);
    let lines = lines.chain(heading(words::TIMELINE_KEYS)).chain(timeline);
    let lines = lines.chain(heading(words::PAGE_KEYS)).chain(page);
    lines.chain(heading(words::SWITCHBOARD_KEYS)).chain(switchboard).collect()
}

pub(in crate::dashboard) fn draw(app: &App, line: usize, area: Rect, buffer: &mut Buffer) -> Popup {
    let lang = app.settings.lang;
    let keys = BINDINGS.iter().map(|it| text::width(it.label)).max().unwrap_or(0) + 3;
    let lines = lines(lang);
    let cells =
        |(label, help): &(&str, &str)| text::width(help) + if label.is_empty() { 0 } else { keys };
    let width = lines.iter().map(cells).max().unwrap_or(0) + 4;
    let cells = |it: usize| u16::try_from(it).unwrap_or(u16::MAX);
    let popup =
        area.centered(Constraint::Length(cells(width)), Constraint::Length(cells(lines.len() + 2)));
    clear(popup, buffer);
    let titles = Titles { name: words::KEYS.text(lang), ..Titles::default() };
    let inner = framed(app, None, titles, popup, buffer);
    let extent = Extent::of(inner, lines.len());
    let top = extent.top(line);
    for (nth, (label, help)) in lines.iter().skip(top).enumerate() {
        let Some(line) = row(inner, nth) else { break };
        put(buffer, line.x + 1, line.y, cells(keys), label, app.theme.key);
        let at = if label.is_empty() { line.x + 1 } else { line.x + cells(keys) };
        put(buffer, at, line.y, line.right().saturating_sub(at), help, app.theme.text);
    }
    draw_place(app, extent.shown(top), lines.len(), inner, buffer);
    Popup::of(popup, extent)
}
