//! Traffic: the rate of callbacks, the latency of answers, anomalies, memory.

use std::time::Duration;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

use super::{Titles, formatted, framed, name_of_all, put, put_line, row};
use crate::callback::{Timestamp, format, result_word};
use crate::dashboard::app::{App, GRAPH_SECONDS};
use crate::dashboard::snapshot::Panes;
use crate::dashboard::text::width;
use crate::dashboard::words;
use crate::history::sign;

/// Width in cells below which labels are left out.
const NARROW: u16 = 30;
/// Forms of a time in a recording of more than a day, then of less.
const FORMS: [&str; 3] = ["%m-%d %H:%M", "%H:%M:%S", "%H:%M"];

pub(in crate::dashboard) fn draw(app: &App, area: Rect, buffer: &mut Buffer) {
    let name = name_of_all(app, words::TRAFFIC);
    let titles = Titles { name: &name, ..Titles::default() };
    let inner = framed(app, None, titles, area, buffer);
    let inner = Rect { x: inner.x + 1, width: inner.width.saturating_sub(1), ..inner };
    let lines = [draw_rate, draw_times, draw_counts, draw_kept];
    for (nth, draw) in lines.into_iter().enumerate() {
        if let Some(line) = row(inner, nth) {
            draw(app, line, buffer);
        }
    }
}

fn draw_rate(app: &App, line: Rect, buffer: &mut Buffer) {
    if app.shows_recording() {
        return draw_span(app, line, buffer);
    }
    let Panes { traffic, now, .. } = app.panes();
    let rate = format!(" {}", per_second(app, traffic.rate(now)));
    let cells = line.width.saturating_sub(12).min(GRAPH_SECONDS);
    let graph = sparkline(&traffic.graph(now, cells));
    let x = line.x + put(buffer, line.x, line.y, cells, &graph, app.theme.bar);
    put(buffer, x, line.y, line.right().saturating_sub(x), &rate, app.theme.strong);
}

/// When the callbacks of a recording were received, and their rate over that time;
/// nothing before the first one.
fn draw_span(app: &App, line: Rect, buffer: &mut Buffer) {
    let Panes { traffic, .. } = app.panes();
    let Some((first, last)) = traffic.span() else { return };
    let rate = match traffic.average_rate() {
        Some(rate) if 0.1 <= rate => format!("  {}", per_second(app, rate)),
        Some(rate) if 0.1 <= rate * 60.0 => {
            format!("  {:.1}{}", rate * 60.0, words::PER_MINUTE.text(app.settings.lang))
        }
        _ => String::new(),
    };
    // From the most exact form to the shortest.
    let forms = if is_same_day(app, first, last) { &FORMS[1..] } else { &FORMS[..1] };
    let times = forms.iter().map(|form| {
        let [from, to] = [first, last].map(|it| formatted(app, it, form));
        if from == to { from } else { format!("{from} – {to}") }
    });
    let fits = |it: &String| width(it) + width(&rate) <= line.width.into();
    let times = times.reduce(|exact, short| if fits(&exact) { exact } else { short });
    let times = times.unwrap_or_default();
    put_line(buffer, line, &[(&times, app.theme.text), (&rate, app.theme.strong)]);
}

fn is_same_day(app: &App, first: Timestamp, last: Timestamp) -> bool {
    let day = |it| formatted(app, it, "%Y-%m-%d");
    day(first) == day(last)
}

/// A rate with its unit.
fn per_second(app: &App, rate: f64) -> String {
    let rate = if rate < 10.0 { format!("{rate:.1}") } else { format!("{rate:.0}") };
    rate + words::PER_SECOND.text(app.settings.lang)
}

/// A bar for each count, relative to the highest one.
fn sparkline(seconds: &[u64]) -> String {
    const LEVELS: [char; 8] = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];
    let highest = seconds.iter().copied().max().unwrap_or_default().max(1);
    let level = |count: u64| usize::try_from((count * 7).div_ceil(highest)).unwrap_or_default();
    seconds.iter().map(|count| if *count == 0 { ' ' } else { LEVELS[level(*count)] }).collect()
}

fn draw_times(app: &App, line: Rect, buffer: &mut Buffer) {
    let Panes { traffic, .. } = app.panes();
    let narrow = line.width < NARROW;
    let time = |share| {
        let Some(micros) = traffic.latency_quantile(share) else { return "–".to_owned() };
        let time = format::duration(Duration::from_micros(micros.into()));
        if narrow { time.replace(' ', "") } else { time }
    };
    let (label, value) = (app.theme.dim, app.theme.text);
    let answer = if narrow { "" } else { words::ANSWER_TIME.text(app.settings.lang) };
    let gap = if narrow { " " } else { "  " };
    put_line(
        buffer,
        line,
        &[
            (answer, label),
            (if narrow { "" } else { gap }, label),
            ("p50 ", label),
            (&time(0.5), value),
            (gap, label),
            ("p99 ", label),
            (&time(0.99), value),
        ],
    );
}

/// The counts of anomalies, labeled with words if they fit, else with symbols.
fn draw_counts(app: &App, line: Rect, buffer: &mut Buffer) {
    let (counts, lang, theme) = (app.panes().counts, app.settings.lang, &app.theme);
    let shown = [
        (words::DUPLICATES, sign::DUPLICATE, counts.duplicate, theme.warning),
        (words::OLDER, sign::OLDER, counts.older, theme.warning),
        (words::ODD, sign::ODD, counts.odd, theme.warning),
        (result_word::REFUSED, sign::REFUSED, counts.refused, theme.failure),
        (words::TROUBLE, sign::TROUBLE, counts.trouble, theme.failure),
        (words::UNREADABLE, sign::FAILED, app.status.unreadable.0, theme.failure),
    ];
    // The last two are rare, so a zero is left out.
    let is_rare = |symbol| [sign::TROUBLE, sign::FAILED].contains(&symbol);
    let shown: Vec<_> = shown.into_iter().filter(|it| !is_rare(it.1) || 0 < it.2).collect();
    let written = |with_words: bool| -> Vec<(String, String, Style)> {
        let parts = shown.iter().map(|(word, symbol, count, style)| {
            let text = if with_words { word.text(lang) } else { symbol };
            let style = if *count == 0 { theme.dim } else { *style };
            (format!("{text} "), format::grouped(*count), style)
        });
        parts.collect()
    };
    let cells = |parts: &[(String, String, Style)]| -> usize {
        parts.iter().map(|(text, count, _)| width(text) + width(count) + 2).sum()
    };
    let parts = written(true);
    let fits = cells(&parts) <= usize::from(line.width) + 2;
    let mut parts = if fits { parts } else { written(false) };
    // Zeros are left out where even the symbols do not fit.
    if cells(&parts) > usize::from(line.width) + 2 {
        parts.retain(|(_, count, _)| count != "0");
    }
    let spans: Vec<(&str, Style)> = parts
        .iter()
        .flat_map(|(text, count, style)| {
            [(text.as_str(), theme.dim), (count, *style), ("  ", theme.dim)]
        })
        .collect();
    put_line(buffer, line, &spans[..spans.len().saturating_sub(1)]);
}

fn draw_kept(app: &App, line: Rect, buffer: &mut Buffer) {
    let history = app.history();
    let (lang, theme) = (app.settings.lang, &app.theme);
    let kept = format!(
        " {} · {}",
        format::grouped(history.flow().len() as u64),
        format::bytes(history.memory_bytes() as u64)
    );
    let evicted = match history.flow().evicted() {
        0 => String::new(),
        count => format!("  {} {}", words::EVICTED.text(lang), format::grouped(count)),
    };
    // They are in a recording, and so among its lines, but not among the callbacks seen.
    let probes = match history.probes() {
        0 => String::new(),
        count => format!("  {} {}", words::PROBES.text(lang), format::grouped(count)),
    };
    put_line(
        buffer,
        line,
        &[
            (words::KEPT.text(lang), theme.dim),
            (&kept, theme.text),
            (&evicted, theme.dim),
            (&probes, theme.dim),
        ],
    );
}
