//! Unread: the last reported count of each user, highest first.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::Span;

use super::sheet::draw_more;
use super::{
    Titles, framed, name_cells, name_of_all, put, put_line, put_middle, put_name, right_aligned,
    row, time_of_day, window,
};
use crate::callback::Timestamp;
use crate::callback::format;
use crate::dashboard::action::Pane;
use crate::dashboard::app::App;
use crate::dashboard::text::width;
use crate::dashboard::viewport::Extent;
use crate::dashboard::words;
use crate::history::unread::UserUnread;

/// Width of the time with the cell after it.
const TIME: u16 = 9;
/// Width that names keep beside the time.
const NAME: u16 = 16;
/// Width that names have at least, so that bars seldom move.
const SHORT_NAME: u16 = 8;
/// Width below which a bar is left out.
const SHORTEST_BAR: u16 = 4;

pub(in crate::dashboard) fn draw(app: &App, area: Rect, buffer: &mut Buffer) -> Extent {
    let (unread, lang) = (app.panes().unread, app.settings.lang);
    let name = name_of_all(app, words::UNREAD);
    let right = (!unread.is_empty())
        .then(|| Span::styled(format::grouped(unread.len() as u64), app.theme.dim));
    let titles = Titles { name: &name, right, below: None };
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
    let columns = Columns::within(inner.width, widest(app, &shown), digits(&shown));
    for user in &shown {
        app.name_cuts.add(&app.name(user.user()), name_width(app, user, columns.name));
    }
    for (nth, user) in shown.into_iter().enumerate() {
        let Some(line) = row(inner, nth) else { break };
        let is_selected = focused && top + nth == cursor;
        if is_selected {
            buffer.set_style(line, app.theme.selected);
        }
        draw_user(app, user, columns, highest, is_selected, line, buffer);
    }
    draw_more(app, top, unread.len(), inner, buffer);
    Extent::list(inner, unread.len(), top)
}

/// Adds the first names to those that have to differ, for panes that are drawn before.
pub(in crate::dashboard) fn add_names(app: &App, area: Rect) {
    for user in app.panes().unread.ranked().take(area.height.into()) {
        app.name_cuts.add(&app.name(user.user()), area.width);
    }
}

/// The widths in cells of the columns; 0 for one that is left out.
#[derive(Debug, Clone, Copy)]
struct Columns {
    name: u16,
    count: u16,
    bar: u16,
    time: u16,
}

impl Columns {
    /// Distributes a width, with a cell before each column and one at the end: names get
    /// what they need, also that of the time if they are whole then; bars get the rest.
    fn within(width: u16, widest: u16, count: u16) -> Self {
        let space = width.saturating_sub(count + 3);
        let is_whole = widest + TIME <= space;
        let is_cut = space < widest && NAME + TIME <= space;
        let has_time = 30 <= width && (is_whole || is_cut);
        let time = if has_time { TIME } else { 0 };
        let name = widest.max(SHORT_NAME).min(space - time);
        // With the cell before it.
        let bar = (space - time - name).saturating_sub(1);
        let bar = if bar < SHORTEST_BAR { 0 } else { bar };
        Self { name, count, bar, time }
    }
}

/// The widest of the names, with the applications where there are several.
fn widest(app: &App, users: &[&UserUnread]) -> u16 {
    let cells = users.iter().map(|it| {
        let of_app = app_of(app, it).map_or(0, |it| 1 + name_cells(it));
        name_cells(&app.name(it.user())) + of_app
    });
    cells.max().unwrap_or(0)
}

fn digits(users: &[&UserUnread]) -> u16 {
    let cells = users.iter().map(|it| width(&count(it))).max().unwrap_or(1);
    u16::try_from(cells).unwrap_or(1)
}

/// The application of a user where there are several.
fn app_of<'a>(app: &'a App, user: &'a UserUnread) -> Option<&'a str> {
    app.panes().unread.has_several_apps().then(|| app.app_id(user.app()))
}

/// Draws name, count, bar, and the time of the report.
fn draw_user(
    app: &App,
    user: &UserUnread,
    columns: Columns,
    highest: u32,
    is_selected: bool,
    line: Rect,
    buffer: &mut Buffer,
) {
    let theme = &app.theme;
    let style = |style: Style| if is_selected { style.patch(theme.selected) } else { style };
    draw_name(app, user, columns.name, style(theme.name), style(theme.dim), line, buffer);
    let count = right_aligned(&count(user), columns.count.into());
    let x = line.x + 2 + columns.name;
    let x = x + put(buffer, x, line.y, columns.count, &count, style(theme.number)) + 1;
    let bar = bar(user.count, highest, columns.bar);
    match is_selected && theme.reverses_selection() {
        false => _ = put(buffer, x, line.y, columns.bar, &bar, style(theme.bar)),
        // A reversed block would be a hole in the row: its color is in the background.
        true => {
            let cells = u16::try_from(width(&bar)).unwrap_or(0);
            let area = Rect { x, width: cells, ..line };
            buffer.set_style(area, theme.bar);
        }
    }
    if 0 < columns.time {
        let time = time_of_day(app, Timestamp::from_secs(user.time()));
        put(buffer, line.right() - columns.time, line.y, 8, &time, style(theme.dim));
    }
}

/// Draws the name, and the application where there are several.
fn draw_name(
    app: &App,
    user: &UserUnread,
    cells: u16,
    name: Style,
    of_app: Style,
    line: Rect,
    buffer: &mut Buffer,
) {
    let (x, y) = (line.x + 1, line.y);
    let name_cells = name_width(app, user, cells);
    let used = put_name(app, buffer, (x, y), name_cells, &app.name(user.user()), name);
    if let Some(app_id) = app_of(app, user) {
        // Applications of one account share their first digits.
        let rest = cells.saturating_sub(1 + name_cells);
        put_middle(buffer, x + used + 1, y, rest, app_id, of_app);
    }
}

/// The cells of `cells` that a name has beside its application.
fn name_width(app: &App, user: &UserUnread, cells: u16) -> u16 {
    let Some(app_id) = app_of(app, user) else { return cells };
    let rest = cells.saturating_sub(1 + name_cells(&app.name(user.user())));
    cells.saturating_sub(1 + name_cells(app_id).min(rest.max(cells / 2)))
}

/// The sign of a count that is doubtful.
pub(in crate::dashboard) const DOUBTFUL: &str = "~";

/// The count, with a sign if it is doubtful.
fn count(user: &UserUnread) -> String {
    let doubt = if user.is_doubtful() { DOUBTFUL } else { "" };
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
