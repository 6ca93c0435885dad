//! The set-up card, before the first callback of Tencent: what to do next, and after a
//! minute the possible reasons for missing callbacks.

mod reasons;
mod steps;

use ratatui::buffer::Buffer;
use ratatui::layout::{Constraint, Rect};
use ratatui::style::Style;

use super::{put, row};
use crate::callback::curl;
use crate::callback::lang::localize;
use crate::dashboard::app::App;
use crate::dashboard::status::Arrival;
use crate::dashboard::{text, words};

/// The fewest rows of Flow that the card leaves, or as many as there are.
const LEAST_ROWS: usize = 4;

/// How long a line stays where there is no room for all of them: the last one leaves first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Rank {
    /// A step, and what was received.
    Step,
    /// The URL to copy.
    Command,
    /// Why no callback may arrive.
    Reason,
    /// The title.
    Title,
    /// How a step is done.
    Detail,
    /// The sample.
    Sample,
    /// Nothing.
    Blank,
}

/// A line, which is wrapped where it is too long.
#[derive(Debug, Clone)]
struct Line {
    rank: Rank,
    text: String,
    style: Style,
}

impl Line {
    fn new(rank: Rank, text: impl Into<String>, style: Style) -> Self {
        Self { rank, text: text.into(), style }
    }
}

/// Draws the card on the screen without panes.
pub(in crate::dashboard) fn draw(app: &App, area: Rect, buffer: &mut Buffer) {
    draw_lines(&lines(app), area, buffer);
}

/// Draws the steps below the rows of Flow, while those are of samples alone; returns the
/// area that the rows keep. Where the steps have no space, they are not drawn.
pub(super) fn draw_below(app: &App, rows: usize, area: Rect, buffer: &mut Buffer) -> Rect {
    if !app.awaits_first() || app.filter().is_some() {
        return area;
    }
    let kept = rows.clamp(1, LEAST_ROWS.max(usize::from(area.height / 2)));
    let kept = u16::try_from(kept).unwrap_or(u16::MAX).saturating_add(1).min(area.height);
    let (top, below) = (
        Rect { height: kept, ..area },
        Rect { y: area.y + kept, height: area.height - kept, ..area },
    );
    let lines = steps_and_received(app);
    let steps: Vec<_> = lines.iter().filter(|it| it.rank == Rank::Step).cloned().collect();
    if usize::from(below.height) < fitting(&steps, columns(&steps, below), 0).len() {
        return area;
    }
    draw_lines(&lines, below, buffer);
    top
}

/// Draws as many of the lines as fit, in the middle.
fn draw_lines(lines: &[Line], area: Rect, buffer: &mut Buffer) {
    let width = columns(lines, area);
    let wrapped = fitting(lines, width, area.height.into());
    let cells = |it: usize| Constraint::Length(u16::try_from(it).unwrap_or(u16::MAX));
    let middle = area.centered(cells(width), cells(wrapped.len()));
    for (nth, (text, style)) in wrapped.iter().enumerate() {
        if let Some(line) = row(middle, nth) {
            put(buffer, line.x, line.y, line.width, text, *style);
        }
    }
}

/// The width of the lines in an area.
fn columns(lines: &[Line], area: Rect) -> usize {
    let widest = lines.iter().map(|it| text::width(&it.text)).max().unwrap_or(0);
    widest.min(area.width.saturating_sub(4).into())
}

/// The lines wrapped, as many as fit: those of a rank stay or leave together.
fn fitting(lines: &[Line], width: usize, height: usize) -> Vec<(String, Style)> {
    let mut rank = Rank::Blank;
    loop {
        let kept = lines.iter().filter(|it| it.rank <= rank);
        let wrapped: Vec<_> = kept
            .flat_map(|it| text::wrap(&it.text, width).map(|line| (line.to_owned(), it.style)))
            .collect();
        let longest = lines.iter().map(|it| it.rank).filter(|it| *it < rank).max();
        match longest {
            Some(next) if height < wrapped.len() => rank = next,
            _ => return wrapped,
        }
    }
}

fn lines(app: &App) -> Vec<Line> {
    let (lang, theme) = (app.settings.lang, &app.theme);
    if app.shows_recording() {
        let url = format!("  {}", app.unless_private(&app.settings.url));
        return vec![
            Line::new(Rank::Title, words::EMPTY_RECORDING.text(lang), theme.strong),
            Line::new(Rank::Step, url, theme.accent),
        ];
    }
    let blank = || Line::new(Rank::Blank, "", theme.text);
    let url = format!("  {}", app.settings.url);
    let mut lines = vec![
        Line::new(Rank::Title, words::EMPTY_TITLE.text(lang), theme.strong),
        Line::new(Rank::Title, url, theme.strong.patch(theme.accent)),
        blank(),
    ];
    lines.extend(steps_and_received(app));
    let sample = match (app.settings.signed, &app.settings.token_file) {
        (true, None) => words::EMPTY_SAMPLE_SIGNED,
        _ => words::EMPTY_SAMPLE,
    };
    lines.extend([
        blank(),
        Line::new(Rank::Sample, app.settings.text_with_keys(sample), theme.text),
        Line::new(Rank::Sample, format!("  {}", send_command(app)), theme.key),
    ]);
    lines
}

/// The steps, what was received, and after a minute the possible reasons.
fn steps_and_received(app: &App) -> Vec<Line> {
    let mut lines = steps::lines(app);
    lines.extend(received(app));
    if app.is_silent() {
        lines.extend(reasons::lines(app));
    }
    lines
}

/// What was received and is no callback of Tencent.
fn received(app: &App) -> Vec<Line> {
    let (lang, theme) = (app.settings.lang, &app.theme);
    let mut lines = Vec::new();
    if app.status.arrival == Arrival::Sample {
        lines.push(Line::new(Rank::Step, words::SAMPLE_ARRIVED.text(lang), theme.good));
    }
    if let probes @ 1.. = app.history().probes() {
        let probes = localize!(
            lang,
            "✓ {probes} GET or HEAD received: a probe reached the listener",
            "✓ {probes} 次 GET/HEAD 探测：监听端可达"
        );
        lines.push(Line::new(Rank::Step, probes, theme.good));
    }
    if let (_, Some(unreadable)) = app.status.unreadable {
        lines.push(Line::new(Rank::Step, unreadable.sentence(lang), theme.failure));
    }
    lines
}

/// The command that sends a callback to this listener. It signs, and accepts any
/// certificate of this machine, both of which curl needs help with.
fn send_command(app: &App) -> String {
    let settings = &app.settings;
    // A listener on all addresses is reached by that of this machine.
    let url = settings.url.replace("//0.0.0.0:", "//127.0.0.1:").replace("//[::]:", "//[::1]:");
    let app_id = settings.sdk_app_id.as_ref().map(|it| format!(" --app {}", app.app_id(it)));
    let token = settings.token_file.as_ref();
    let token = token
        .map(|it| format!(" --token-file {}", curl::quoted(app.unless_private(it).as_bytes())));
    format!("imscope send {url}{}{}", app_id.unwrap_or_default(), token.unwrap_or_default())
}
