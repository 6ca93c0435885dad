//! Unread: the last reported count of each user, highest first.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::Span;

use super::{Titles, framed, put, put_line, row, time_of_day, window};
use crate::callback::Timestamp;
use crate::callback::format;
use crate::dashboard::action::Pane;
use crate::dashboard::app::App;
use crate::dashboard::text::{self, width};
use crate::dashboard::viewport::Extent;
use crate::dashboard::words;
use crate::history::unread::UserUnread;

pub(in crate::dashboard) fn draw(app: &App, area: Rect, buffer: &mut Buffer) -> Extent {
    let (unread, lang) = (app.panes().unread, app.settings.lang);
    let right = (!unread.is_empty())
        .then(|| Span::styled(format::grouped(unread.len() as u64), app.theme.dim));
    let titles = Titles { name: words::UNREAD.text(lang), right, below: None };
    let inner = framed(app, Some(Pane::Unread), titles, area, buffer);
    let height = usize::from(inner.height);
    if unread.is_empty() {
        let inner = Rect { x: inner.x + 1, width: inner.width - 1, ..inner };
        put_line(buffer, inner, &[(words::NO_UNREAD.text(lang), app.theme.dim)]);
    }
    let focused = app.focus.pane == Pane::Unread;
    let cursor = app.selection.unread.min(unread.len().saturating_sub(1));
    let top = if focused { window(cursor, unread.len(), height) } else { 0 };
    let highest = unread.ranked().next().map_or(0, |it| it.count);
    let shown: Vec<_> = unread.ranked().skip(top).take(height).collect();
    let digits = shown.iter().map(|it| width(&count(it))).max().unwrap_or(1);
    for (nth, user) in shown.into_iter().enumerate() {
        let Some(line) = row(inner, nth) else { break };
        draw_user(app, user, digits, highest, line, buffer);
        if focused && top + nth == cursor {
            buffer.set_style(line, app.theme.selected);
        }
    }
    Extent { rows: height, lines: unread.len() }
}

/// Draws name, count, bar, and the time of the report.
fn draw_user(
    app: &App,
    user: &UserUnread,
    digits: usize,
    highest: u32,
    line: Rect,
    buffer: &mut Buffer,
) {
    let time = time_of_day(app, Timestamp::from_secs(user.time()));
    let count = format!("{:>digits$}", count(user));
    let with_time = line.width >= 30;
    let time_cells = if with_time { 9 } else { 0 };
    let x = line.x + draw_name(app, user, line, buffer);
    let x = x + put(buffer, x, line.y, line.right() - x, &count, app.theme.number) + 1;
    let cells = line.right().saturating_sub(x + time_cells + 1);
    put(buffer, x, line.y, cells, &bar(user.count, highest, cells), app.theme.bar);
    if with_time {
        put(buffer, line.right() - time_cells, line.y, 8, &time, app.theme.dim);
    }
}

/// Draws the name, and the application where there are several; returns the cells of
/// both.
fn draw_name(app: &App, user: &UserUnread, line: Rect, buffer: &mut Buffer) -> u16 {
    let name = app.name(user.user());
    if !app.panes().unread.has_several_apps() {
        let cells = (line.width / 3).clamp(8, 16);
        put(buffer, line.x + 1, line.y, cells - 2, &name, app.theme.name);
        return cells;
    }
    let cells = (line.width / 2).clamp(12, 28);
    let app_id = app.app_id(user.app());
    let of_app = u16::try_from(width(app_id)).unwrap_or(u16::MAX).min(cells / 2);
    let used = put(buffer, line.x + 1, line.y, cells - 3 - of_app, &name, app.theme.name);
    // Applications of one account share their first digits.
    let app_id = text::fit_middle(app_id, of_app.into());
    put(buffer, line.x + 2 + used, line.y, of_app, &app_id, app.theme.dim);
    cells
}

/// The count, with a `~` if it is doubtful.
fn count(user: &UserUnread) -> String {
    let doubt = if user.is_doubtful() { "~" } else { "" };
    format!("{doubt}{}", user.count)
}

/// A bar in eighths of a cell; at least one eighth for a count above 0.
fn bar(count: u32, highest: u32, cells: u16) -> String {
    const EIGHTHS: [&str; 8] = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"];
    if highest == 0 || count == 0 {
        return String::new();
    }
    let eighths = u64::from(count) * u64::from(cells) * 8 / u64::from(highest);
    let eighths = usize::try_from(eighths.max(1)).unwrap_or_default();
    "█".repeat(eighths / 8) + EIGHTHS[eighths % 8]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bar_is_as_long_as_its_share() {
        assert_eq!(bar(0, 10, 4), "");
        assert_eq!(bar(10, 10, 4), "████");
        assert_eq!(bar(5, 10, 4), "██");
        assert_eq!(bar(1, 1000, 4), "▏");
        assert_eq!(bar(u32::MAX, u32::MAX, 2), "██");
    }
}
