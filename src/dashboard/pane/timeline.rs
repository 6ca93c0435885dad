//! Timeline: callbacks over time as bars, with failures and refusals at the bottom, and
//! below them the times and how long the answers took.

mod axis;
mod bars;

use std::time::Duration;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::Span;

use super::{Titles, callbacks, chart, framed, put, put_line, right_aligned, row};
use crate::callback::format;
use crate::callback::lang::localize;
use crate::dashboard::action::{Pane, TimelineAction};
use crate::dashboard::app::App;
use crate::dashboard::text;
use crate::dashboard::timeline::{DAY, GUTTER, Scope, Window, range_text, start_of, width_text};
use crate::dashboard::words;
use crate::history::sign;
use crate::history::timeline::Bucket;

/// Cells of a label in the gutter.
const LABEL: usize = GUTTER as usize - 1;
/// Cells of the filter in the title.
const FILTER_CELLS: usize = 40;

/// The bars on the screen, and what is in them.
struct Bars {
    window: Window,
    buckets: Vec<Bucket>,
    /// Whether they are of several days.
    has_dates: bool,
}

/// A row below the bars.
#[derive(Clone, Copy)]
enum Line {
    /// What is in the bars as signs, and the marks.
    Signs,
    /// Times.
    Axis,
    /// The time within which this part of the answers was made.
    Quantile(&'static str, f64),
    /// The numbers of the bar under the cursor.
    Numbers,
    /// The time between the marks.
    Marked,
}

const P50: Line = Line::Quantile("p50", 0.5);
const P99: Line = Line::Quantile("p99", 0.99);

/// The rows below the bars in a pane with so many rows.
const fn lines(rows: u16) -> &'static [Line] {
    match rows {
        0..=1 => &[],
        2..=3 => &[Line::Axis],
        4..=5 => &[Line::Axis, P99],
        6..=9 => &[Line::Axis, P50, P99, Line::Numbers],
        _ => &[Line::Signs, Line::Axis, P50, P99, Line::Numbers, Line::Marked],
    }
}

pub(in crate::dashboard) fn draw(app: &App, area: Rect, buffer: &mut Buffer) {
    let bars = app.timeline_scope(area).map(|scope| Bars::of(app, &scope));
    let lines = lines(area.height.saturating_sub(2));
    let inner =
        framed(app, Some(Pane::Timeline), titles(app, bars.as_ref(), lines, area), area, buffer);
    let Some(bars) = bars else {
        let why = if app.filter().is_some() { words::NOTHING_MATCHES } else { words::NO_TIME };
        let why = app.settings.text_with_keys(why);
        put(buffer, inner.x + 1, inner.y, inner.width, &why, app.theme.dim);
        return;
    };
    let count = u16::try_from(lines.len()).unwrap_or_default();
    let upper = Rect { height: inner.height.saturating_sub(count), ..inner };
    bars.draw(app, upper, buffer);
    for (nth, line) in lines.iter().enumerate() {
        if let Some(area) = row(inner, usize::from(upper.height) + nth) {
            bars.draw_line(app, *line, area, buffer);
        }
    }
}

/// To the right the width of a bar, and in a full screen the filter; below, if no row has
/// them, the numbers of the bar under the cursor.
fn titles<'a>(app: &'a App, bars: Option<&Bars>, lines: &[Line], area: Rect) -> Titles<'a> {
    let lang = app.settings.lang;
    let mut right: Vec<_> = bars.map(|it| width_text(lang, it.window.width)).into_iter().collect();
    if let Some(filter) = app.filter().filter(|_| app.focus.zoomed) {
        let filter = text::clean(app.unless_private(filter.text()));
        right.push(text::fit(&filter, FILTER_CELLS).into_owned());
    }
    let style = if 1 < right.len() { app.theme.warning } else { app.theme.dim };
    let right = (!right.is_empty()).then(|| Span::styled(right.join(" · "), style));
    let has_numbers = lines.iter().any(|it| matches!(it, Line::Numbers));
    let below = bars.filter(|_| !has_numbers && app.focus.pane == Pane::Timeline);
    let below =
        below.map(|it| Span::styled(it.numbers(app, area.width.saturating_sub(4)), app.theme.text));
    Titles { name: words::TIMELINE.text(lang), right, below }
}

impl Bars {
    fn of(app: &App, scope: &Scope<'_>) -> Self {
        let window = app.timeline.window(scope);
        let buckets = scope.timeline.buckets_between(&window.edges);
        let day = |second| start_of(scope.zone, DAY, second);
        let has_dates = day(scope.first) != day(scope.last) || app.shows_recording();
        Self { window, buckets, has_dates }
    }

    /// The number of callbacks in the highest bar.
    fn highest(&self) -> u32 {
        self.buckets.iter().map(|it| it.callbacks).max().unwrap_or_default()
    }

    /// The cells of the bar at an index.
    fn column(&self, area: Rect, nth: usize) -> Rect {
        let cells = self.window.cells_of(nth, area.width.saturating_sub(GUTTER).into());
        let x = area.x + GUTTER + u16::try_from(cells.start).unwrap_or_default();
        let width = u16::try_from(cells.len()).unwrap_or_default();
        Rect { x, width, ..area }.intersection(area)
    }

    /// Draws the bars, the number of callbacks in the highest one beside them.
    fn draw(&self, app: &App, area: Rect, buffer: &mut Buffer) {
        let highest = self.highest();
        let rows = usize::from(area.height);
        for (nth, bucket) in self.buckets.iter().enumerate().filter(|(_, it)| 0 < it.callbacks) {
            let (bad, all) = bars::heights(bucket, highest, rows);
            let column = self.column(area, nth);
            for (above, y) in (column.top()..column.bottom()).rev().enumerate() {
                let part = |eighths: usize| eighths.saturating_sub(above * 8).min(8);
                let (symbol, style) = bars::cell(part(bad), part(all), &app.theme);
                column.columns().for_each(|it| _ = put(buffer, it.x, y, 1, symbol, style));
            }
        }
        let label = chart::short_number(highest);
        put(buffer, area.x, area.y, GUTTER, &right_aligned(&label, LABEL), app.theme.dim);
        if app.focus.pane == Pane::Timeline {
            buffer.set_style(self.column(area, self.window.cursor), app.theme.selected);
        } else if !app.timeline.follows() {
            let foot = row(area, rows.saturating_sub(1)).unwrap_or(area);
            buffer.set_style(self.column(foot, self.window.cursor), app.theme.selected_unfocused);
        }
    }

    fn draw_line(&self, app: &App, line: Line, area: Rect, buffer: &mut Buffer) {
        match line {
            Line::Signs => self.draw_signs(app, area, buffer),
            Line::Axis => self.draw_axis(app, area, buffer),
            Line::Quantile(name, part) => {
                put(buffer, area.x, area.y, GUTTER, &right_aligned(name, LABEL), app.theme.dim);
                for (nth, bucket) in self.buckets.iter().enumerate() {
                    let Some(time) = bucket.latency_quantile(part) else { continue };
                    let (symbol, style) = bars::time(time, &app.theme);
                    let cells = self.column(area, nth).columns();
                    cells.for_each(|it| _ = put(buffer, it.x, it.y, 1, symbol, style));
                }
            }
            Line::Numbers => {
                put(
                    buffer,
                    area.x + 1,
                    area.y,
                    area.width - 1,
                    &self.numbers(app, area.width - 2),
                    app.theme.text,
                );
            }
            Line::Marked => self.draw_marked(app, area, buffer),
        }
    }

    /// Draws the times, but for those that a mark would hide a part of.
    fn draw_axis(&self, app: &App, area: Rect, buffer: &mut Buffer) {
        let cells = area.width.saturating_sub(GUTTER).into();
        let labels = axis::labels(&self.window, cells, &app.settings.zone, self.has_dates);
        let marks: Vec<_> = self.marks(app, area).collect();
        for (cell, label) in labels {
            let x = area.x + GUTTER + u16::try_from(cell).unwrap_or_default();
            let end = usize::from(x) + text::width(&label);
            let holds = |it: &u16| (usize::from(x)..=end).contains(&usize::from(*it));
            if !marks.iter().any(holds) {
                put(buffer, x, area.y, area.right().saturating_sub(x), &label, app.theme.dim);
            }
        }
        for x in marks {
            put(buffer, x, area.y, 1, "◆", app.theme.accent);
        }
    }

    fn draw_signs(&self, app: &App, area: Rect, buffer: &mut Buffer) {
        for (nth, bucket) in self.buckets.iter().enumerate() {
            let sign = if 0 < bucket.failed { sign::FAILED } else { sign::REFUSED };
            if 0 < bucket.failed.max(bucket.refused) {
                let cell = self.column(area, nth);
                put(buffer, cell.x, cell.y, 1, sign, app.theme.failure);
            }
        }
    }

    /// The cells of the marks that are on the screen.
    fn marks(&self, app: &App, area: Rect) -> impl Iterator<Item = u16> {
        app.timeline.marks().iter().filter_map(move |mark| {
            let nth = self.window.edges.partition_point(|it| *it <= mark.start).checked_sub(1)?;
            (nth < self.window.len()).then(|| self.column(area, nth).x)
        })
    }

    /// Draws the time that a filter would have.
    fn draw_marked(&self, app: &App, area: Rect, buffer: &mut Buffer) {
        let Some(bar) = self.window.cursor_bar().filter(|_| !app.timeline.marks().is_empty())
        else {
            return;
        };
        let range = app.timeline.marked_or_to(&bar);
        let range = range_text(&range, &app.settings.zone, self.has_dates);
        let key = app.settings.keymap.timeline.label(TimelineAction::Filter);
        let text =
            localize!(app.settings.lang, "{key} shows only {range}", "按 {key} 只看 {range} 之间");
        let spans = [("◆ ", app.theme.accent), (&*text, app.theme.dim)];
        put_line(buffer, Rect { x: area.x + 1, width: area.width - 1, ..area }, &spans);
    }

    /// The time of the bar under the cursor, and what is in it; the date if that fits.
    fn numbers(&self, app: &App, cells: u16) -> String {
        let numbers = self.all_numbers(app, self.has_dates);
        if text::width(&numbers) <= cells.into() {
            return numbers;
        }
        text::fit(&self.all_numbers(app, false), cells.into()).into_owned()
    }

    fn all_numbers(&self, app: &App, with_date: bool) -> String {
        let lang = app.settings.lang;
        let (Some(bar), Some(bucket)) =
            (self.window.cursor_bar(), self.buckets.get(self.window.cursor))
        else {
            return String::new();
        };
        let counted = |count: u32| format::grouped(count.into());
        let mut parts = vec![
            range_text(&bar, &app.settings.zone, with_date),
            callbacks(app, bucket.callbacks.into()),
        ];
        for (count, en, zh) in
            [(bucket.failed, "failed", "失败"), (bucket.refused, "refused", "拒收")]
        {
            let counted = counted(count);
            parts.extend((0 < count).then(|| localize!(lang, "{counted} {en}", "{zh} {counted}")));
        }
        let time = |part| bucket.latency_quantile(part).map(|it| Duration::from_micros(it.into()));
        if let (Some(half), Some(most)) = (time(0.5), time(0.99)) {
            let [half, most] = [half, most].map(format::duration);
            parts.push(format!("p50 {half} p99 {most}"));
        }
        parts.join(" · ")
    }
}
