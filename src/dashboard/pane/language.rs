//! The page about the language of filters: its table, group by group.

use std::iter;

use ratatui::buffer::Buffer;
use ratatui::layout::{Constraint, Rect};
use ratatui::style::Style;

use super::sheet::draw_place;
use super::{StyledText, Titles, clear, framed, left_aligned, put_line, row};
use crate::callback::{Lang, Localized};
use crate::dashboard::app::App;
use crate::dashboard::text::{width, wrap};
use crate::dashboard::viewport::{Extent, Popup};
use crate::dashboard::words;
use crate::history::filter::language::{Entry, Group, TABLE};

/// The maximum width of the page.
const WIDTH: u16 = 110;
/// Width below which the column of meanings is left out.
const LEAST_MEANING: usize = 24;
/// How what can be typed is chosen.
const CHOOSING: Localized = Localized::new(
    "tab ↓ choose in the list above the line, … is what it has no room for; enter sets the filter with what is chosen, or lists the values of a field; esc goes back to what was typed. ↑ before that: earlier filters.",
    "tab ↓ 在输入行上方的列表中选择，… 表示列表未列全；enter 以所选内容设定过滤，若为字段则列出其值；esc 恢复为已输入的文字。未选择时 ↑ 为以前的过滤。",
);
/// Before a meaning that is below its name.
const INDENT: &str = "    ";

pub(in crate::dashboard) fn draw(app: &App, line: usize, area: Rect, buffer: &mut Buffer) -> Popup {
    // Below it are the hint of the input line, and the line.
    let area = Rect { height: area.height.saturating_sub(2), ..area };
    let popup = area.centered(Constraint::Max(WIDTH), Constraint::Fill(1));
    clear(popup, buffer);
    let titles = Titles { name: words::LANGUAGE.text(app.settings.lang), ..Titles::default() };
    let inner = framed(app, None, titles, popup, buffer);
    let lines = lines(app, inner.width.saturating_sub(2).into());
    let extent = Extent::of(inner, lines.len());
    let top = extent.top(line);
    for (nth, spans) in lines.iter().skip(top).enumerate() {
        let Some(line) = row(inner, nth) else { break };
        let spans: Vec<_> = spans.iter().map(|(text, style)| (text.as_str(), *style)).collect();
        put_line(
            buffer,
            Rect { x: line.x + 1, width: line.width.saturating_sub(2), ..line },
            &spans,
        );
    }
    draw_place(app, extent.shown(top), lines.len(), inner, buffer);
    Popup::of(popup, extent)
}

/// The lines of the page: name, example and meaning of each entry, which is wrapped; in a
/// narrow page below the others.
fn lines(app: &App, cells: usize) -> Vec<Vec<StyledText>> {
    let (lang, theme) = (app.settings.lang, &app.theme);
    let widest = |of: fn(&Entry, Lang) -> usize| TABLE.iter().map(|it| of(it, lang)).max();
    let names = widest(|it, lang| width(it.name.text(lang))).unwrap_or(0) + 2;
    let examples = widest(|it, _| width(it.example)).unwrap_or(0) + 2;
    let rest = cells.saturating_sub(names + examples);
    let choosing = wrap(CHOOSING.text(lang), cells);
    let mut lines: Vec<_> = choosing.map(|it| vec![(it.to_owned(), theme.dim)]).collect();
    for group in Group::ALL {
        lines.push(Vec::new());
        lines.push(vec![(group.label().text(lang).to_owned(), theme.strong)]);
        for entry in TABLE.iter().filter(|it| it.group() == group) {
            let first = [(entry.name.text(lang), theme.key), (entry.example, theme.text)];
            if rest < LEAST_MEANING {
                lines.extend(narrow(entry, first, names, cells, (lang, theme.dim)));
                continue;
            }
            let columns = iter::once(first).chain(iter::repeat([("", Style::new()); 2]));
            for (part, [name, example]) in wrap(&entry.explanation(lang), rest).zip(columns) {
                lines.push(vec![
                    (left_aligned(name.0, names), name.1),
                    (left_aligned(example.0, examples), example.1),
                    (part.to_owned(), theme.dim),
                ]);
            }
        }
    }
    lines
}

/// The lines of an entry in a narrow page: name and example, on two lines if one is too
/// short, and its meaning below.
fn narrow(
    entry: &Entry,
    [name, example]: [(&str, Style); 2],
    names: usize,
    cells: usize,
    (lang, dim): (Lang, Style),
) -> Vec<Vec<StyledText>> {
    let mut lines = if names + width(example.0) <= cells {
        vec![vec![(left_aligned(name.0, names), name.1), (example.0.to_owned(), example.1)]]
    } else {
        let parts = wrap(example.0, cells.saturating_sub(2));
        let examples = parts.map(|it| vec![(format!("  {it}"), example.1)]);
        iter::once(vec![(name.0.to_owned(), name.1)]).chain(examples).collect()
    };
    let meaning = wrap(entry.meaning.text(lang), cells.saturating_sub(INDENT.len()));
    lines.extend(meaning.map(|it| vec![(format!("{INDENT}{it}"), dim)]));
    lines
}
