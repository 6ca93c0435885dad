//! The page of a user: the unread count over time, and below it each step with its cause.

mod wording;

use ratatui::buffer::Buffer;
use ratatui::layout::{Constraint, Layout, Rect};
use ratatui::text::Span;

use super::{BORDER, Titles, chart, formatted, framed, put, put_line, row, title_below, window};
use crate::callback::lang::localize;
use crate::callback::{Timestamp, format};
use crate::dashboard::app::App;
use crate::dashboard::page::user::UserPage;
use crate::dashboard::text::{fit, width};
use crate::dashboard::viewport::Extent;
use crate::dashboard::words;
use crate::history::gauge_steps::chart::{Column, columns};
use crate::history::gauge_steps::{Outcome, Step};
use wording::{by, cause, note, remark};

/// How times are written, where they are of one day and of several.
const TIME: &str = "%T";
const DATE_AND_TIME: &str = "%m-%d %T";
/// Width of a name in a title.
const TITLE_NAME: u16 = 40;
/// Width that a name in a cause keeps: what follows it is cut before.
const LEAST_NAME: u16 = 16;
/// Width below which a remark is left out.
const LEAST_REMARK: usize = 8;
/// Between a cause and what does not fit.
const GAP: &str = "  ";

/// Draws the page; returns the extent of its steps.
pub(super) fn draw(app: &App, page: &UserPage, area: Rect, buffer: &mut Buffer) -> Extent {
    let steps = page.steps.steps();
    let name = title(app, page);
    let [bars, axis, list] = parts(area.inner(BORDER));
    let cursor = page.cursor();
    let top = window(cursor, steps.len(), list.height.into());
    let extent = Extent::list(list, steps.len(), top);
    let below = below(app, page, extent);
    let titles = Titles { name: &name, right: Some(right_title(app, &steps)), below };
    let inner = framed(app, None, titles, area, buffer);
    if steps.is_empty() {
        let text = match app.is_searching() {
            true => words::SEARCHING,
            false => words::NO_STEP,
        };
        put(buffer, inner.x + 1, inner.y, inner.width, text.text(app.settings.lang), app.theme.dim);
        return extent;
    }
    let form = Form::of(app, &steps);
    draw_chart(app, &steps, &form, bars, axis, buffer);
    let user = app.name(page.steps.user());
    add_names(app, &user, steps.iter().skip(top).take(list.height.into()), &form, list);
    for (nth, step) in steps.iter().enumerate().skip(top) {
        let Some(line) = row(list, nth - top) else { break };
        draw_step(app, step, &form, line, buffer);
        if nth == cursor {
            buffer.set_style(line, app.theme.selected);
        }
    }
    extent
}

/// The chart, its axis, and the list.
fn parts(inner: Rect) -> [Rect; 3] {
    inner.layout(&Layout::vertical([
        Constraint::Length((inner.height / 3).clamp(1, 12)),
        Constraint::Length(1),
        Constraint::Fill(1),
    ]))
}

/// The user, and the application where there are several.
fn title(app: &App, page: &UserPage) -> String {
    let name = app.name(page.steps.user());
    app.name_cuts.add(&name, TITLE_NAME);
    let name = app.name_cuts.cut(&name, TITLE_NAME);
    let unread = words::UNREAD.text(app.settings.lang);
    match app.panes().unread.has_several_apps() {
        true => format!("{unread} · {name} · {}", app.app_id(page.steps.app())),
        false => format!("{unread} · {name}"),
    }
}

/// How many steps there are, and how many their causes do not explain.
fn right_title(app: &App, steps: &[Step<'_>]) -> Span<'static> {
    let lang = app.settings.lang;
    let misfits = steps.iter().filter(|it| it.misfit.is_some()).count();
    let all = format::grouped(steps.len() as u64);
    let searching = match app.is_searching() {
        true => format!(" · {}", words::SEARCHING.text(lang)),
        false => String::new(),
    };
    if misfits == 0 {
        let s = if steps.len() == 1 { "" } else { "s" };
        let text = localize!(lang, "{all} step{s}{searching}", "{all} 步{searching}");
        return Span::styled(text, app.theme.dim);
    }
    let s = if steps.len() == 1 { "" } else { "s" };
    let misfits = format::grouped(misfits as u64);
    let text = localize!(
        lang,
        "{all} step{s} · {misfits} not explained{searching}",
        "{all} 步 · {misfits} 处对不上{searching}"
    );
    Span::styled(text, app.theme.warning)
}

/// Whether earlier steps are missing, whether the page is paused, and which steps are shown.
fn below(app: &App, page: &UserPage, steps: Extent) -> Option<Span<'static>> {
    let lang = app.settings.lang;
    let is_missing = page.steps.has_dropped() || 0 < app.history().flow().evicted();
    let state = [
        is_missing.then_some(words::EARLIER_EVICTED),
        app.paused.is_some().then_some(words::PAUSED),
    ];
    let state = state.into_iter().flatten().map(|it| it.text(lang).to_owned());
    title_below(app, state.collect(), steps)
}

/// Draws the count over time, with the highest one at its left and the times below.
fn draw_chart(
    app: &App,
    steps: &[Step<'_>],
    form: &Form,
    bars: Rect,
    axis: Rect,
    buffer: &mut Buffer,
) {
    let label = u16::try_from(form.digits()).unwrap_or(0) + 2;
    put(buffer, bars.x + 1, bars.y, label, &form.highest, app.theme.number);
    let indent =
        |it: Rect| Rect { x: it.x + label, width: it.width.saturating_sub(label + 1), ..it };
    let (bars, axis) = (indent(bars), indent(axis));
    let style = |it: &Column| match it {
        Column { has_misfit: true, .. } => app.theme.failure,
        Column { is_doubtful: true, .. } => app.theme.dim,
        _ => app.theme.bar,
    };
    let columns: Vec<_> = columns(steps, bars.width.into())
        .iter()
        .map(|it| (it.count.unwrap_or_default().into(), style(it)))
        .collect();
    chart::draw(&columns, bars, buffer);
    let [first, last] = [form.first, form.last].map(|it| form.time(app, it));
    chart::draw_axis([&first, &last], app.theme.dim, axis, buffer);
}

/// The highest count.
fn highest(steps: &[Step<'_>]) -> u32 {
    let count = |it: &Step<'_>| match it.outcome {
        Outcome::Set(count) => Some(count),
        _ => it.before,
    };
    steps.iter().filter_map(count).max().unwrap_or_default()
}

/// How times and counts are written: times with dates where there is more than one day.
struct Form {
    first: Timestamp,
    last: Timestamp,
    time: &'static str,
    /// The highest count.
    highest: String,
}

impl Form {
    fn of(app: &App, steps: &[Step<'_>]) -> Self {
        let times = || steps.iter().map(|it| it.at);
        let [first, last] = [times().min(), times().max()].map(Option::unwrap_or_default);
        let day = |it| formatted(app, it, "%F");
        let time = if day(first) == day(last) { TIME } else { DATE_AND_TIME };
        Self { first, last, time, highest: highest(steps).to_string() }
    }

    /// The digits of the highest count.
    fn digits(&self) -> usize {
        self.highest.len()
    }

    fn time(&self, app: &App, at: Timestamp) -> String {
        formatted(app, at, self.time)
    }

    fn time_cells(&self) -> u16 {
        if self.time == TIME { 8 } else { 14 }
    }

    /// The part of a line behind time and counts.
    fn rest(&self, line: Rect) -> Rect {
        let counts = u16::try_from(self.digits() * 2 + 5).unwrap_or(0);
        let x = line.x + 1 + self.time_cells() + 2 + counts;
        Rect { x, width: line.right().saturating_sub(x), ..line }
    }
}

/// Draws time, counts, cause, and what does not fit.
fn draw_step(app: &App, step: &Step<'_>, form: &Form, line: Rect, buffer: &mut Buffer) {
    let theme = &app.theme;
    let time = form.time(app, step.at);
    put(buffer, line.x + 1, line.y, line.width, &time, theme.dim);
    let x = line.x + 1 + form.time_cells() + 2;
    let before = step.before.map_or_else(|| "–".to_owned(), |it| it.to_string());
    let counts = match step.outcome {
        Outcome::Set(count) => format!("{before:>0$} → {count}", form.digits()),
        _ => format!("{before:>0$}", form.digits()),
    };
    put(buffer, x, line.y, line.right().saturating_sub(x), &counts, theme.number);
    let rest = form.rest(line);
    let (note, style) = note(app, step);
    let cells = name_cells(app, step, rest.width, &note);
    let cause = cause(app, step, &app.name_cuts.cut(&by(app, step), cells));
    let space = usize::from(rest.width).saturating_sub(width(&cause) + note_cells(&note));
    let remark = remark(app, step.cause);
    let remark = if space < LEAST_REMARK { "".into() } else { fit(&remark, space) };
    let gap = if note.is_empty() { "" } else { GAP };
    let spans = [(&*cause, theme.text), (&remark, theme.dim), (gap, theme.dim), (&note, style)];
    put_line(buffer, rest, &spans);
}

/// Adds the names of some steps, and that of the user, to those that have to differ.
fn add_names<'a>(
    app: &App,
    user: &str,
    steps: impl Iterator<Item = &'a Step<'a>>,
    form: &Form,
    line: Rect,
) {
    for step in steps {
        let cells = name_cells(app, step, form.rest(line).width, &note(app, step).0);
        app.name_cuts.add(&by(app, step), cells);
        app.name_cuts.add(user, cells);
    }
}

/// The cells of a note with the gap before it.
fn note_cells(note: &str) -> usize {
    if note.is_empty() { 0 } else { GAP.len() + width(note) }
}

/// The cells of the name in a cause: what is left of the note and the remark. The remark is
/// cut before the name has too few cells, and the note then as well.
fn name_cells(app: &App, step: &Step<'_>, cells: u16, note: &str) -> u16 {
    let name = super::name_cells(&by(app, step)).min(LEAST_NAME);
    let used = |others: usize| u16::try_from(others).unwrap_or(u16::MAX);
    let rest = cells.saturating_sub(used(width(&cause(app, step, ""))));
    let remark = used(width(&remark(app, step.cause)));
    let beside_note = rest.saturating_sub(used(note_cells(note)));
    let beside_both = beside_note.saturating_sub(remark);
    let enough = [beside_both, beside_note].into_iter().find(|it| name <= *it);
    enough.unwrap_or(name.min(rest))
}
