//! The first line: the listener, its options, and the state of the view.
//!
//! Where it is too narrow for all parts, [`STEPS`] has the order in which they are
//! shortened and leave: addresses before the state.

mod answers;
mod part;
#[cfg(test)]
mod tests;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::{StyledText, put_line};
use crate::dashboard::app::App;
use crate::dashboard::text::{fit_middle, width};
use part::Part;

/// The parts from the left end on.
const LEFT: [Part; 20] = [
    Part::Program,
    Part::Dot,
    Part::Answers,
    Part::Reset,
    Part::Listener,
    Part::Tunnel,
    Part::LocalApp,
    Part::Strict,
    Part::Exposed,
    Part::Danger,
    Part::Source,
    Part::Sign,
    Part::Reply,
    Part::ReplyOfApp,
    Part::Demo,
    Part::AppId,
    Part::Recording,
    Part::FileName,
    Part::FileSize,
    Part::NewFile,
];

/// The parts at the right end.
const RIGHT: [Part; 7] = [
    Part::Private,
    Part::Paused,
    Part::Unanswered,
    Part::Unshown,
    Part::Evicted,
    Part::Silence,
    Part::Seen,
];

/// What makes the line shorter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Step {
    /// The short form of a part; an address gets what the others leave to it.
    Shorten(Part),
    /// No part.
    Leave(Part),
}

/// What makes the line shorter, in this order, until it fits.
const STEPS: [Step; 30] = [
    Step::Leave(Part::FileName),
    Step::Leave(Part::AppId),
    Step::Leave(Part::ReplyOfApp),
    Step::Shorten(Part::Reset),
    Step::Shorten(Part::Silence),
    Step::Shorten(Part::Listener),
    Step::Shorten(Part::LocalApp),
    Step::Shorten(Part::Tunnel),
    Step::Leave(Part::Evicted),
    Step::Leave(Part::FileSize),
    Step::Leave(Part::Danger),
    Step::Leave(Part::Listener),
    Step::Leave(Part::LocalApp),
    Step::Leave(Part::Tunnel),
    Step::Leave(Part::Program),
    Step::Leave(Part::Dot),
    Step::Shorten(Part::Answers),
    Step::Leave(Part::Reply),
    Step::Shorten(Part::Sign),
    Step::Leave(Part::Demo),
    Step::Leave(Part::Silence),
    Step::Leave(Part::NewFile),
    Step::Leave(Part::Reset),
    Step::Leave(Part::Source),
    Step::Leave(Part::Strict),
    Step::Leave(Part::Paused),
    Step::Leave(Part::Private),
    Step::Leave(Part::Seen),
    Step::Leave(Part::Recording),
    Step::Leave(Part::Exposed),
];

/// Draws the line; returns whether it shows how long no callback has come.
pub(in crate::dashboard) fn draw(app: &App, area: Rect, buffer: &mut Buffer) -> bool {
    let ([left, right], shows_silence) = fitted(app, area.width.into());
    let cells = u16::try_from(width_of(&right)).unwrap_or(area.width).min(area.width);
    let (left_area, right_area) = (
        Rect { width: area.width - cells, ..area },
        Rect { x: area.right() - cells, width: cells, ..area },
    );
    for (area, parts) in [(left_area, left), (right_area, right)] {
        let spans: Vec<_> = parts.iter().map(|(text, style)| (text.as_str(), *style)).collect();
        put_line(buffer, area, &spans);
    }
    shows_silence
}

/// The texts of the left and of the right end, as many as fit into a width, and whether
/// [`Part::Silence`] is among them.
fn fitted(app: &App, cells: usize) -> ([Vec<StyledText>; 2], bool) {
    let mut parts: Vec<_> =
        LEFT.into_iter().chain(RIGHT).map(|it| (it, it.spans(app, false))).collect();
    let mut used: usize = parts.iter().map(|(_, spans)| width_of(spans)).sum();
    let mut shortened = Vec::new();
    for step in STEPS {
        if used <= cells {
            break;
        }
        let (Step::Shorten(part) | Step::Leave(part)) = step;
        let Some((_, spans)) = parts.iter_mut().find(|it| it.0 == part) else { continue };
        used -= width_of(spans);
        *spans = match step {
            Step::Shorten(_) => part.spans(app, true),
            Step::Leave(_) => Vec::new(),
        };
        used += width_of(spans);
        shortened.push(part);
    }
    let addresses = parts
        .iter_mut()
        .filter(|(part, spans)| shortened.contains(part) && !spans.is_empty())
        .filter_map(|(part, spans)| Some((part.address(app)?, spans)));
    widen(addresses.collect(), cells.saturating_sub(used));
    let shows_silence = parts.iter().any(|(it, spans)| *it == Part::Silence && !spans.is_empty());
    let right = parts.split_off(LEFT.len());
    let texts = [parts, right].map(|it| it.into_iter().flat_map(|(_, spans)| spans).collect());
    (texts, shows_silence)
}

/// Distributes free cells among shortened addresses: short ones become whole, the others
/// equally wide. The address is the last one of its spans.
fn widen(mut addresses: Vec<(String, &mut Vec<StyledText>)>, free: usize) {
    let shown = |spans: &[StyledText]| spans.last().map_or(0, |it| width(&it.0));
    let mut space = free + addresses.iter().map(|it| shown(it.1)).sum::<usize>();
    addresses.sort_by_key(|(address, _)| width(address));
    for rest in (1..=addresses.len()).rev() {
        let nth = addresses.len() - rest;
        let (address, spans) = &mut addresses[nth];
        let text = fit_middle(address, space / rest).into_owned();
        space -= width(&text);
        if let Some(last) = spans.last_mut() {
            last.0 = text;
        }
    }
}

fn width_of(spans: &[StyledText]) -> usize {
    spans.iter().map(|(text, _)| width(text)).sum()
}
