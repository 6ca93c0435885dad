//! The switchboard: the answer modes, and below them the rules in their order.

use ratatui::buffer::Buffer;
use ratatui::layout::{Constraint, Layout, Rect};

use super::input::switchboard_hint_rows;
use super::sheet::draw_more;
use super::{Titles, clear, framed, put, put_line, right_aligned, row, time_of_day, window};
use crate::answer::problems::first_problems;
use crate::answer::switchboard::Entry;
use crate::callback::format;
use crate::callback::lang::localize;
use crate::dashboard::app::App;
use crate::dashboard::menu::ANSWERS;
use crate::dashboard::overlay::Overlay;
use crate::dashboard::text::{clean, fit_middle, wrap_within};
use crate::dashboard::viewport::{Extent, Popup};
use crate::dashboard::words;

/// Width of the column of hits, and of that of the last match.
const HITS_CELLS: usize = 8;
const LAST_CELLS: usize = 9;
/// Rules that are on the screen at least.
const LEAST_RULES: u16 = 3;
/// Lines of a problem at most.
const MAX_PROBLEM_LINES: usize = 3;
/// The rule that is shown as an example.
const EXAMPLE: &str = "cmd:before from:alice => deny 120001 \"not now\"";

/// Draws the switchboard; returns where it was.
pub(in crate::dashboard) fn draw(app: &App, area: Rect, buffer: &mut Buffer) -> Popup {
    let rules = &app.status.switchboard.rules;
    // Above the bottom line is a hint while something is entered.
    let hint = match &app.overlay {
        Overlay::Switchboard(it) => {
            it.input.as_ref().map_or(0, |it| switchboard_hint_rows(app, it, area.width))
        }
        _ => 0,
    };
    let hint = hint.min(area.height);
    let area = Rect { height: area.height - hint, ..area };
    clear(area, buffer);
    let mut title = words::ANSWERS.text(app.settings.lang).to_owned();
    if app.rule_edits.differ_from(rules) {
        title = format!("{title} · {}", app.settings.text_with_keys(words::NOT_WRITTEN));
    }
    let inner = framed(app, None, Titles { name: &title, ..Titles::default() }, area, buffer);
    let cursor = app.rule_cursor();
    let problem = problem_text(app, inner);
    let [modes, problem_area, head, list] = areas(inner, rules.len(), problem.len());
    draw_modes(app, modes, buffer);
    for (text, line) in problem.iter().zip(problem_area.rows()) {
        put(buffer, line.x, line.y, line.width, text, app.theme.warning);
    }
    draw_head(app, head, buffer);
    let top = window(cursor, rules.len(), list.height.into());
    let content = Extent::list(list, rules.len(), top);
    let shown = content.shown(top);
    let problems = first_problems(rules, shown.clone());
    for ((nth, problem), line) in shown.zip(&problems).zip(list.rows()) {
        draw_rule(app, &rules[nth], problem.is_some(), line, buffer);
        if nth == cursor {
            buffer.set_style(line, app.theme.selected);
        }
    }
    draw_more(app, top, rules.len(), list, buffer);
    Popup { frame: area, content, modes: Extent::list(modes, ANSWERS.len(), 0) }
}

/// The areas of the answer modes, of a problem in so many lines, of the head and of the
/// rules.
fn areas(inner: Rect, rules: usize, lines: usize) -> [Rect; 4] {
    let lines = u16::try_from(lines).unwrap_or_default().max(1);
    // In a low screen the rules come before the answer modes: the header shows the one in use.
    let least = 1 + lines + u16::try_from(rules).unwrap_or(u16::MAX).min(LEAST_RULES);
    let modes = u16::try_from(ANSWERS.len()).unwrap_or(u16::MAX);
    inner.layout(&Layout::vertical([
        Constraint::Length(modes.min(inner.height.saturating_sub(least))),
        Constraint::Length(lines),
        Constraint::Length(1),
        Constraint::Fill(1),
    ]))
}

fn draw_modes(app: &App, area: Rect, buffer: &mut Buffer) {
    for (nth, answer) in ANSWERS.iter().enumerate() {
        let Some(line) = row(area, nth) else { break };
        let is_set = app.status.switchboard.mode == answer.mode;
        let (mark, key) = (if is_set { " ✓ " } else { "   " }, format!("{}  ", nth + 1));
        let label = match answer.mode.is_default() {
            true => app.settings.default_answer(),
            false => answer.label,
        };
        let label = label.text(app.settings.lang);
        let style = if is_set { app.theme.strong } else { app.theme.text };
        put_line(buffer, line, &[(mark, app.theme.good), (&key, app.theme.key), (label, style)]);
    }
}

/// The problem of the selected rule, in lines; without one, the first of those that are on
/// the screen while the problem has one line.
fn problem_text(app: &App, inner: Rect) -> Vec<String> {
    let (lang, cursor) = (app.settings.lang, app.rule_cursor());
    let rules = &app.status.switchboard.rules;
    let [.., list] = areas(inner, rules.len(), 1);
    let top = window(cursor, rules.len(), list.height.into());
    let shown = Extent::list(list, rules.len(), top).shown(top);
    let problems = shown.clone().zip(first_problems(rules, shown));
    let problems = problems.filter_map(|(nth, it)| Some((nth, it?)));
    let Some((nth, problem)) = problems.min_by_key(|(nth, _)| (*nth != cursor, *nth)) else {
        return Vec::new();
    };
    let (number, text) = (nth + 1, problem.message(lang));
    let text = clean(app.unless_private(&text));
    let text = localize!(lang, " ! rule {number}: {text}", " ! 规则 {number}：{text}");
    // Its end names what to do.
    let cells = usize::from(inner.width);
    let lines =
        usize::from(inner.height.saturating_sub(1 + LEAST_RULES)).clamp(1, MAX_PROBLEM_LINES);
    // Lines are not full where they are wrapped.
    let fitting = if lines == 1 { cells } else { cells * lines - cells / 4 };
    wrap_within(&fit_middle(&text, fitting), cells, lines)
}

fn draw_head(app: &App, area: Rect, buffer: &mut Buffer) {
    let (lang, theme) = (app.settings.lang, &app.theme);
    if app.status.switchboard.rules.is_empty() {
        let text = format!("   {}  ", app.settings.text_with_keys(words::NO_RULE));
        put_line(buffer, area, &[(&text, theme.dim), (EXAMPLE, theme.dim)]);
        return;
    }
    let [hits, last] = [words::COLUMN_HITS, words::COLUMN_LAST].map(|it| it.text(lang));
    let columns =
        format!("   {}{}", right_aligned(hits, HITS_CELLS), right_aligned(last, LAST_CELLS));
    let rules = words::RULES.text(lang);
    put_line(buffer, area, &[(&columns, theme.dim), ("  ", theme.dim), (rules, theme.strong)]);
}

fn draw_rule(app: &App, entry: &Entry, has_problem: bool, area: Rect, buffer: &mut Buffer) {
    let theme = &app.theme;
    let hits = app.history().rule_hits().of(entry.rule.text());
    let count = hits.map_or_else(|| "–".to_owned(), |it| format::grouped(it.count));
    let last = hits.map(|it| time_of_day(app, it.last)).unwrap_or_default();
    // Without the milliseconds.
    let last = last.split('.').next().unwrap_or_default();
    let (mark, style) = if entry.is_on { (" ✓", theme.text) } else { (" ·", theme.dim) };
    let problem = if has_problem { "!" } else { " " };
    let columns =
        format!("{}{}  ", right_aligned(&count, HITS_CELLS), right_aligned(last, LAST_CELLS));
    let used = put_line(
        buffer,
        area,
        &[(mark, theme.good), (problem, theme.warning), (&columns, theme.dim)],
    );
    let (x, cells) = (area.x + used, area.width.saturating_sub(used + 1));
    let text = app.rule_text(&entry.rule);
    put(buffer, x, area.y, cells, &fit_middle(&clean(&text), cells.into()), style);
}
