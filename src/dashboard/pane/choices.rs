//! The list of what the end of the text in an input line can become, above the line.

use std::ops::Range;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::{clear, put, row, window};
use crate::callback::format;
use crate::dashboard::app::App;
use crate::dashboard::completion::Completion;
use crate::dashboard::text::{clean, fit_middle, width};
use crate::dashboard::viewport::Extent;

/// The maximum number of rows of the list.
const ROWS: usize = 8;
/// Rows of the screen that are left above it.
const LEFT: u16 = 3;

/// Draws the list above a line, from a column on: what is chosen, and what each means.
/// Returns where.
pub(super) fn draw(
    app: &App,
    completion: &Completion,
    x: u16,
    line: Rect,
    buffer: &mut Buffer,
) -> Extent {
    let choices = completion.choices();
    let fitting = usize::from(line.y.saturating_sub(LEFT + 1));
    let rows = choices.len().min(ROWS).min(fitting);
    if rows == 0 {
        return Extent::default();
    }
    let height = u16::try_from(rows).unwrap_or_default();
    let area = Rect { y: line.y - height, height, ..line };
    let rule = Rect { y: area.y - 1, height: 1, ..line };
    clear(Rect { y: rule.y, height: height + 1, ..line }, buffer);
    let dim = app.theme.dim;
    put(buffer, rule.x, rule.y, rule.width, &"─".repeat(rule.width.into()), dim);
    let top = window(completion.chosen().unwrap_or(0), choices.len(), rows);
    let texts: Vec<_> = choices.iter().map(|it| clean(&it.text)).collect();
    let widest = texts.iter().map(|it| width(it)).max().unwrap_or(0);
    let cells = widest.min(usize::from(line.width) / 2);
    for (nth, (choice, text)) in choices.iter().zip(&texts).enumerate().skip(top) {
        let Some(line) = row(area, nth - top) else { break };
        let column = u16::try_from(cells).unwrap_or_default();
        put(buffer, x, line.y, column, &fit_middle(text, cells), app.theme.key);
        let meaning = x + column + 2;
        put(buffer, meaning, line.y, line.right().saturating_sub(meaning), &choice.meaning, dim);
        if completion.chosen() == Some(nth) {
            buffer.set_style(line, app.theme.selected);
        }
    }
    draw_place(app, completion, top..top + rows, rule, buffer);
    Extent::list(area, choices.len(), top)
}

/// Draws which choices are shown, of how many, into the rule above them; nothing if these
/// are all there are.
fn draw_place(
    app: &App,
    completion: &Completion,
    shown: Range<usize>,
    rule: Rect,
    buffer: &mut Buffer,
) {
    let count = completion.choices().len();
    if shown.len() == count && !completion.is_cut() {
        return;
    }
    let more = if completion.is_cut() { " …" } else { "" };
    let (first, end, count) = (shown.start + 1, shown.end, format::grouped(count as u64));
    let label = format!(" {first}–{end} / {count}{more} ");
    let cells = u16::try_from(width(&label)).unwrap_or_default();
    put(buffer, rule.right().saturating_sub(cells + 1), rule.y, cells, &label, app.theme.dim);
}
