//! The content of a tab of the detail pane: lines of text, and entries of a label
//! and a value. It scrolls, and long values can be wrapped.

use std::ops::Range;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

use super::{CELL_BYTES, StyledText, highlight_matches, put, put_line, row};
use crate::callback::format;
use crate::dashboard::app::App;
use crate::dashboard::text;
use crate::dashboard::viewport::{Extent, Wrapping};

/// Maximum width of the column of labels; a longer label shifts its value.
const LABEL_CELLS: usize = 18;
/// Cells between the column of labels and the values.
const GAP: usize = 2;
/// Width below which lines are wrapped where they are cut in a wider pane.
const NARROW: u16 = 60;

/// The lines of a tab.
#[derive(Debug, Default)]
pub(super) struct Sheet {
    lines: Vec<Line>,
    label_cells: usize,
}

#[derive(Debug)]
enum Line {
    /// Wrapped if it `wraps`, or if all lines are.
    Text { spans: Vec<StyledText>, wraps: bool },
    /// Its value is wrapped if it `wraps`, or if all lines are.
    Entry { label: StyledText, value: StyledText, wraps: bool },
}

impl Sheet {
    /// Adds a line of spans.
    pub(super) fn line(&mut self, spans: Vec<StyledText>) {
        self.lines.push(Line::Text { spans, wraps: false });
    }

    /// Adds a line of spans that is wrapped in any case.
    pub(super) fn wrapped_line(&mut self, spans: Vec<StyledText>) {
        self.lines.push(Line::Text { spans, wraps: true });
    }

    /// Adds a label and its value; the labels of a sheet form a column.
    pub(super) fn entry(&mut self, app: &App, label: &str, value: &str, style: Style) {
        self.push(app, label, value, style, false);
    }

    /// Adds a label and sentences, which are wrapped in any case.
    pub(super) fn paragraph(&mut self, app: &App, label: &str, value: &str, style: Style) {
        self.push(app, label, value, style, true);
    }

    fn push(&mut self, app: &App, label: &str, value: &str, style: Style, wraps: bool) {
        self.label_cells = self.label_cells.max(text::width(label).min(LABEL_CELLS));
        let label = (format!("{label} "), app.theme.key);
        self.lines.push(Line::Entry { label, value: (value.to_owned(), style), wraps });
    }

    /// Draws the sheet, scrolled to the line of the detail pane.
    pub(super) fn draw(&self, app: &App, area: Rect, buffer: &mut Buffer) -> Extent {
        let wrap = is_wrapped(app, area);
        let lines = self.laid_out(area.width.into(), wrap);
        let extent = Extent::of(area, lines.len());
        let top = extent.top(app.detail.line);
        for (nth, (_, spans)) in lines.iter().skip(top).enumerate() {
            let Some(line) = row(area, nth) else { break };
            let spans: Vec<_> = spans.iter().map(|(text, style)| (text.as_str(), *style)).collect();
            put_line(buffer, line, &spans);
            highlight_matches(app, line, buffer);
            mark_hit(app, top + nth, line, buffer);
        }
        draw_place(app, extent.shown(top), lines.len(), area, buffer);
        let line = |nth: usize| lines[nth].0;
        let is_cut = |nth: usize| exceed(&lines[nth].1, area.width.into());
        let shown = extent.shown(top).filter(|nth| !self.lines[lines[*nth].0].always_wraps());
        extent.wrapping(wrapping(shown, lines.len(), line, is_cut, wrap))
    }

    /// The texts of the lines as displayed in an area, each with the number of its line
    /// before any was wrapped.
    pub(super) fn texts(&self, app: &App, area: Rect) -> Vec<(usize, String)> {
        let lines = self.laid_out(area.width.into(), is_wrapped(app, area));
        let text = |spans: &Vec<StyledText>| spans.iter().map(|(it, _)| text::clean(it)).collect();
        lines.iter().map(|(nth, spans)| (*nth, text(spans))).collect()
    }

    /// The lines as displayed, each with its number before: labels padded to their column,
    /// and with `wrap` all lines wrapped to a width.
    fn laid_out(&self, cells: usize, wrap: bool) -> Vec<(usize, Vec<StyledText>)> {
        let mut out = Vec::new();
        for (number, line) in self.lines.iter().enumerate() {
            match line {
                Line::Text { spans, wraps } if wrap || *wraps => {
                    let rows = wrapped_spans(spans, cells);
                    out.extend(rows.into_iter().map(|it| (number, it)));
                }
                Line::Text { spans, .. } => out.push((number, spans.clone())),
                Line::Entry { label: (label, key), value, wraps } => {
                    let indent = text::width(label).max(self.label_cells + GAP);
                    let label = format!("{label}{}", spaces(indent - text::width(label)));
                    if !wrap && !wraps {
                        out.push((number, vec![(label, *key), value.clone()]));
                        continue;
                    }
                    for (nth, value) in wrapped(value, cells.saturating_sub(indent)).enumerate() {
                        let before = if nth == 0 {
                            (label.clone(), *key)
                        } else {
                            (spaces(indent), Style::new())
                        };
                        out.push((number, vec![before, value]));
                    }
                }
            }
        }
        out
    }
}

impl Line {
    /// Whether it is wrapped in any case.
    const fn always_wraps(&self) -> bool {
        matches!(self, Self::Text { wraps: true, .. } | Self::Entry { wraps: true, .. })
    }
}

/// What the key that wraps lines does to the rows on the screen; `line` returns the number
/// of the line of one, and `is_cut` whether it is wider than the area.
pub(super) fn wrapping(
    mut shown: impl Iterator<Item = usize>,
    rows: usize,
    line: impl Fn(usize) -> usize,
    is_cut: impl Fn(usize) -> bool,
    wraps: bool,
) -> Option<Wrapping> {
    let is_same_line = |nth: usize| line(nth) == line(nth + 1);
    let is_part = |nth| 0 < nth && is_same_line(nth - 1) || nth + 1 < rows && is_same_line(nth);
    match wraps {
        true => shown.any(is_part).then_some(Wrapping::Cuts),
        false => shown.any(is_cut).then_some(Wrapping::Wraps),
    }
}

/// The width of spans.
pub(super) fn cells_of(spans: &[StyledText]) -> usize {
    spans.iter().map(|(it, _)| text::width(&text::clean(it))).sum()
}

/// Whether spans are wider than so many cells; no more of them is read than fills these.
pub(super) fn exceed(spans: &[StyledText], cells: usize) -> bool {
    let mut used = 0;
    spans.iter().any(|(text, _)| {
        let text = &text[..text.floor_char_boundary((cells - used + 1) * CELL_BYTES)];
        used += text::width(&text::clean(text));
        cells < used
    })
}

/// Whether lines are wrapped in an area.
pub(super) fn is_wrapped(app: &App, area: Rect) -> bool {
    app.detail.wrap != (area.width < NARROW)
}

fn wrapped((text, style): &StyledText, cells: usize) -> impl Iterator<Item = StyledText> {
    let clean = text::clean(text);
    let lines: Vec<_> = text::wrap(&clean, cells).map(|it| (it.to_owned(), *style)).collect();
    lines.into_iter()
}

/// Spans one after another in lines of at most `cells`. One that does not fit behind the
/// others begins a line; one that is wider than a line is wrapped.
pub(super) fn wrapped_spans(spans: &[StyledText], cells: usize) -> Vec<Vec<StyledText>> {
    let (mut lines, mut line, mut used) = (Vec::new(), Vec::new(), 0);
    for (text, style) in spans {
        let clean = text::clean(text);
        if used + text::width(&clean) <= cells {
            used += text::width(&clean);
            line.push((clean.into_owned(), *style));
            continue;
        }
        let clean = clean.trim_start();
        let parts = match text::width(clean) <= cells {
            true => vec![clean],
            false => text::wrap(clean, cells).collect(),
        };
        for part in parts {
            if 0 < used {
                lines.push(std::mem::take(&mut line));
            }
            used = text::width(part);
            line.push((part.to_owned(), *style));
        }
    }
    lines.push(line);
    lines
}

fn spaces(cells: usize) -> String {
    " ".repeat(cells)
}

/// Marks the line of the hit that was gone to last.
pub(super) fn mark_hit(app: &App, nth: usize, line: Rect, buffer: &mut Buffer) {
    if app.detail.found == Some(nth) {
        buffer.set_style(line, app.theme.selected);
    }
}

/// Draws how many lines are below the area, into the border's right corner.
pub(super) fn draw_more(app: &App, top: usize, lines: usize, area: Rect, buffer: &mut Buffer) {
    let below = lines.saturating_sub(top + usize::from(area.height));
    if below > 0 {
        let label = format!(" ↓ {} ", format::grouped(below as u64));
        draw_in_corner(app, &label, area, buffer);
    }
}

/// Draws which lines are shown, or the one under the cursor, of how many, into the
/// border's right corner; nothing if all fit.
pub(super) fn draw_place(
    app: &App,
    shown: Range<usize>,
    lines: usize,
    area: Rect,
    buffer: &mut Buffer,
) {
    if usize::from(area.height) < lines
        && let Some(place) = place(shown, lines)
    {
        draw_in_corner(app, &format!(" {place} "), area, buffer);
    }
}

/// Which lines are shown, of how many; `None` if none are.
pub(super) fn place(shown: Range<usize>, lines: usize) -> Option<String> {
    let number = |it: usize| format::grouped(it as u64);
    let (first, last, lines) = (number(shown.start + 1), number(shown.end), number(lines));
    match shown.len() {
        0 => None,
        1 => Some(format!("{first} / {lines}")),
        _ => Some(format!("{first}–{last} / {lines}")),
    }
}

fn draw_in_corner(app: &App, label: &str, area: Rect, buffer: &mut Buffer) {
    let cells = u16::try_from(text::width(label)).unwrap_or(0).min(area.width);
    put(buffer, area.right() - cells, area.bottom(), cells, label, app.theme.dim);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spans_are_wrapped_between_them_if_possible() {
        let wrapped = |texts: &[&str], cells| -> Vec<String> {
            let spans: Vec<_> = texts.iter().map(|it| ((*it).to_owned(), Style::new())).collect();
            let lines = wrapped_spans(&spans, cells);
            lines.iter().map(|it| it.iter().map(|(text, _)| &**text).collect()).collect()
        };
        assert_eq!(
            wrapped(&["alice", " → ", "bob", "  lag ", "1 s"], 14),
            ["alice → bob", "lag 1 s"]
        );
        assert_eq!(wrapped(&["ab", "  小明和小红"], 6), ["ab", "小明和", "小红"]);
        assert_eq!(wrapped(&[], 6), [""]);
    }

    #[test]
    fn spans_exceed_the_cells_that_they_are_wider_than() {
        for texts in [vec!["ab", "小明", ""], vec!["", "e\u{301}x\u{1b}", "红"], vec![]] {
            let spans: Vec<_> = texts.iter().map(|it| ((*it).to_owned(), Style::new())).collect();
            for cells in 0..9 {
                assert_eq!(exceed(&spans, cells), cells < cells_of(&spans), "{texts:?} {cells}");
            }
        }
        let long = [("小".repeat(100_000), Style::new())];
        assert!(exceed(&long, 80) && !exceed(&long, 200_000));
    }
}
