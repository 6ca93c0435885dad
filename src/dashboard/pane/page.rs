//! The page in place of the panes.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::{breakdown, code_page, user_page};
use crate::dashboard::app::App;
use crate::dashboard::page::Page;
use crate::dashboard::viewport::Extent;

/// Draws the page; returns the extent of its list.
pub(in crate::dashboard) fn draw(
    app: &App,
    page: &Page,
    area: Rect,
    buffer: &mut Buffer,
) -> Extent {
    match page {
        Page::User(it) => user_page::draw(app, it, area, buffer),
        Page::Code(it) => code_page::draw(app, it, area, buffer),
        Page::Breakdown(it) => breakdown::draw(app, it, area, buffer),
    }
}
