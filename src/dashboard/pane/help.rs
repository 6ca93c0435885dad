//! The help: all keys, and the symbols of Flow.

use std::borrow::Cow;

use ratatui::buffer::Buffer;
use ratatui::layout::{Constraint, Rect};

use super::sheet::draw_place;
use super::{Titles, callback_row, clear, decision, framed, put, row, unread};
use crate::callback::{Lang, Localized};
use crate::dashboard::app::App;
use crate::dashboard::keymap::{KeyTable, Keymap};
use crate::dashboard::viewport::{Extent, Popup};
use crate::dashboard::{text, words};
use crate::history::filter::language::{Group, TABLE};

/// Signs that no word of filters stands for, and why.
const OTHER_SIGNS: [(&str, Localized); 3] = [
    (callback_row::MARKED, words::SIGN_MARKED),
    (decision::DENIED, words::SIGN_DENIED),
    (unread::DOUBTFUL, words::SIGN_DOUBTFUL),
];

/// Words and figures on the screen that are no words of filters.
const TERMS: [(Localized, Localized); 7] = [
    (words::LAG, words::TERM_LAG),
    (words::TERM_QUANTILES, words::TERM_QUANTILES_MEANING),
    (words::DUPLICATES, words::TERM_DUPLICATES),
    (words::KEPT, words::TERM_KEPT),
    (words::TERM_BARS, words::TERM_BARS_MEANING),
    (words::TERM_SEVERAL, words::TERM_SEVERAL_MEANING),
    (words::TERM_RELAY, words::TERM_RELAY_MEANING),
];

/// A label of a key, or none, and a text.
type Line = (String, Cow<'static, str>);

fn lines(keymap: &Keymap, lang: Lang) -> Vec<Line> {
    let heading = |text: Localized| ["", text.text(lang)].map(without_key);
    let lines = keys(&keymap.dashboard, lang);
    let lines = lines.chain(heading(words::LEGEND)).chain(legend(lang));
    let lines = lines.chain(heading(words::TERMS)).chain(terms(lang));
    let lines = lines.chain(heading(words::TIMELINE_KEYS)).chain(keys(&keymap.timeline, lang));
    let lines = lines.chain(heading(words::PAGE_KEYS)).chain(keys(&keymap.page, lang));
    lines.chain(heading(words::SWITCHBOARD_KEYS)).chain(keys(&keymap.switchboard, lang)).collect()
}

fn without_key(text: impl Into<Cow<'static, str>>) -> Line {
    (String::new(), text.into())
}

fn keys<A: Copy + PartialEq>(table: &KeyTable<A>, lang: Lang) -> impl Iterator<Item = Line> {
    table.rows().map(move |(row, labels)| (labels.join(" "), row.help.text(lang).into()))
}

/// The first line of a heading.
pub(in crate::dashboard) fn line_of(heading: Localized, keymap: &Keymap, lang: Lang) -> usize {
    lines(keymap, lang).iter().position(|(_, text)| text == heading.text(lang)).unwrap_or(0)
}

/// The keywords of filters with their signs, and the other signs.
fn legend(lang: Lang) -> impl Iterator<Item = Line> {
    let keywords = || TABLE.iter().filter(|it| it.group() == Group::Keywords);
    let names = keywords().map(|it| text::width(it.name.text(lang))).max().unwrap_or(0);
    let words = keywords().map(move |it| {
        let (name, meaning) = (it.name.text(lang), it.meaning.text(lang));
        let gap = names + 2 - text::width(name);
        without_key(format!("{:1} {name}{:gap$}{meaning}", it.sign, ""))
    });
    let others = OTHER_SIGNS
        .into_iter()
        .map(move |(sign, meaning)| without_key(format!("{sign} {}", meaning.text(lang))));
    words.chain([without_key(words::OTHER_SIGNS.text(lang))]).chain(others)
}

fn terms(lang: Lang) -> impl Iterator<Item = Line> {
    let names = TERMS.map(|(name, _)| text::width(name.text(lang))).into_iter().max().unwrap_or(0);
    TERMS.into_iter().map(move |(name, meaning)| {
        let (name, meaning) = (name.text(lang), meaning.text(lang));
        let gap = names + 2 - text::width(name);
        without_key(format!("  {name}{:gap$}{meaning}", ""))
    })
}

pub(in crate::dashboard) fn draw(app: &App, line: usize, area: Rect, buffer: &mut Buffer) -> Popup {
    let lang = app.settings.lang;
    let lines = lines(&app.settings.keymap, lang);
    let keys = lines.iter().map(|(label, _)| text::width(label)).max().unwrap_or(0) + 3;
    let cells = |(label, help): &Line| text::width(help) + if label.is_empty() { 0 } else { keys };
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
