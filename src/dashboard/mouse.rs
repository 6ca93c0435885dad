//! What the mouse does: the wheel scrolls, a click focuses and selects, a double click
//! opens. In a menu a click chooses, as the key of the entry does; beside an overlay it
//! closes that. What is at a cell follows from what the last frame drew.

use crossterm::event::{KeyCode, MouseButton, MouseEvent, MouseEventKind};
use ratatui::layout::Position;

use super::action::{PANES, Pane, Step, SwitchboardAction};
use super::app::App;
use super::detail::Tab;
use super::effect::Effect;
use super::notice::Notice;
use super::overlay::Overlay;
use super::page::Page;
use super::pane::detail::{self, tabs};
use super::pane::{breakdown, menu};
use super::switchboard::Command;
use super::viewport::Viewport;
use crate::callback::{Lang, Localized};

/// Lines that a notch of the wheel scrolls by.
const NOTCH: usize = 3;
const MOUSE_ON: Localized = Localized::new(
    "the mouse scrolls and selects; most terminals select text with shift held down",
    "鼠标用于滚动和选择；多数终端按住 shift 可选择文字",
);
const MOUSE_OFF: Localized =
    Localized::new("the mouse is the terminal's, to select text", "鼠标已交还终端，用于选择文字");

/// What is at a cell of the screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Spot {
    /// Nothing that the mouse applies to.
    Nothing,
    /// A pane, beside its lines.
    Pane(Pane),
    /// A line of a pane.
    Line(Pane, usize),
    /// A tab of the detail pane.
    Tab(Tab),
}

/// What the last frame drew at a cell, without the overlay; `shown` is the tab that it
/// drew.
fn spot(viewport: &Viewport, lang: Lang, shown: Tab, cell: Position) -> Spot {
    let drawn = &viewport.drawn;
    let is_there = |pane: &Pane| drawn.area(*pane).is_some_and(|it| it.contains(cell));
    let Some(pane) = PANES.into_iter().find(is_there) else { return Spot::Nothing };
    if let Some(line) = viewport.extent(pane).line_at(cell) {
        return Spot::Line(pane, line);
    }
    let area = drawn.detail.filter(|_| pane == Pane::Detail);
    let tab = area.and_then(|it| tabs(lang, shown, it).find(|(_, area)| area.contains(cell)));
    tab.map_or(Spot::Pane(pane), |(tab, _)| Spot::Tab(tab))
}

impl App {
    /// Whether the terminal is to report the mouse.
    pub fn uses_mouse(&self) -> bool {
        self.pointer.is_on
    }

    /// Uses the mouse, or leaves it to the terminal.
    pub(super) fn toggle_mouse(&mut self) {
        self.pointer.is_on = !self.pointer.is_on;
        let notice = if self.pointer.is_on { MOUSE_ON } else { MOUSE_OFF };
        self.notify(Notice::harmless(notice.text(self.settings.lang)));
    }

    /// Handles an event of the mouse.
    pub(super) fn on_mouse(&mut self, event: MouseEvent) -> Option<Effect> {
        // One may arrive after the terminal was asked for none.
        if !self.pointer.is_on {
            return None;
        }
        let cell = Position::new(event.column, event.row);
        match event.kind {
            MouseEventKind::ScrollDown => self.scroll(cell, Step::Down),
            MouseEventKind::ScrollUp => self.scroll(cell, Step::Up),
            MouseEventKind::Down(MouseButton::Left) => return self.click(cell),
            MouseEventKind::Drag(MouseButton::Left) => self.drag_to_bar(cell),
            _ => {}
        }
        None
    }

    /// What the last frame drew at a cell, without the overlay and the page.
    fn spot(&self, cell: Position) -> Spot {
        match spot(&self.viewport, self.settings.lang, self.detail.tab, cell) {
            Spot::Pane(Pane::Detail) => detail::line_at(self, cell)
                .map_or(Spot::Pane(Pane::Detail), |it| Spot::Line(Pane::Detail, it)),
            spot => spot,
        }
    }

    /// Scrolls the overlay, else the page, else focuses the pane at a cell and moves there.
    fn scroll(&mut self, cell: Position, step: Step) {
        if !matches!(self.overlay, Overlay::None) {
            self.notice = None;
            let extent = self.overlay_extent();
            return (0..NOTCH).for_each(|_| self.overlay.scroll(step, extent));
        }
        if let Some(page) = &mut self.page {
            let rows = self.viewport.page.rows;
            return (0..NOTCH).for_each(|_| page.step(step, rows));
        }
        let pane = match self.spot(cell) {
            Spot::Nothing => return,
            Spot::Pane(pane) | Spot::Line(pane, _) => pane,
            Spot::Tab(_) => Pane::Detail,
        };
        self.focus_on(pane);
        (0..NOTCH).for_each(|_| self.step(step));
    }

    /// Selects what is at a cell, in the overlay, the page or a pane, and with the second
    /// click opens it.
    fn click(&mut self, cell: Position) -> Option<Effect> {
        self.notice = None;
        let is_second = self.pointer.click(self.status.now, cell);
        match (&self.overlay, &self.page) {
            (Overlay::None, None) => self.click_pane(cell, is_second),
            (Overlay::None, Some(_)) => self.click_page(cell, is_second),
            _ => return self.click_overlay(cell, is_second),
        }
        None
    }

    /// Performs the key of an entry of a menu, selects a rule, or closes the overlay that
    /// is not at the cell. In an input line nothing that was typed is lost.
    fn click_overlay(&mut self, cell: Position, is_second: bool) -> Option<Effect> {
        if self.click_choice(cell) {
            return None;
        }
        let popup = self.viewport.overlay?;
        if !popup.frame.contains(cell) {
            let is_typing = self.overlay.is_typing() && !self.shows_language();
            return match &self.overlay {
                _ if is_typing => None,
                Overlay::Switchboard(it) if it.input.is_none() => {
                    self.command(Command::Act(SwitchboardAction::Close))
                }
                _ => self.on_key(KeyCode::Esc.into()),
            };
        }
        let line = popup.content.line_at(cell);
        match &mut self.overlay {
            Overlay::Switchboard(switches) if switches.input.is_none() => {
                if let Some(mode) = popup.modes.line_at(cell) {
                    return self.command(Command::Act(SwitchboardAction::Answer(mode)));
                }
                switches.cursor = line?;
                let edit = is_second.then_some(Command::Act(SwitchboardAction::Edit));
                edit.and_then(|it| self.command(it))
            }
            Overlay::Filters(list) => {
                list.cursor = line?;
                self.on_key(KeyCode::Enter.into())
            }
            _ => {
                let key = menu::key_at(self, line?)?;
                self.on_key(KeyCode::Char(key).into())
            }
        }
    }

    /// Takes the choice for the end of an input line that is listed at a cell; whether
    /// there is one.
    fn click_choice(&mut self, cell: Position) -> bool {
        let choice = self.viewport.choices.line_at(cell).filter(|_| !self.shows_language());
        let line = self.overlay.filter_line_mut().zip(choice);
        line.map(|(line, nth)| line.choose(nth)).is_some()
    }

    fn click_page(&mut self, cell: Position, is_second: bool) {
        let list = self.viewport.page;
        let dimension = breakdown::dimension_at(self, list.area, cell);
        let Some(page) = &mut self.page else { return };
        match (page, dimension, list.line_at(cell)) {
            (Page::Breakdown(page), Some(dimension), _) => {
                page.restart(dimension);
                self.read_page();
            }
            (page, _, Some(line)) => {
                page.select(line);
                if is_second {
                    self.open_on_page();
                }
            }
            _ => {}
        }
    }

    fn click_pane(&mut self, cell: Position, is_second: bool) {
        match self.spot(cell) {
            Spot::Nothing => {}
            Spot::Pane(Pane::Timeline) => {
                self.focus_on(Pane::Timeline);
                self.point_at_bar(cell);
                if is_second {
                    self.open();
                }
            }
            Spot::Pane(pane) => self.focus_on(pane),
            Spot::Tab(tab) => {
                self.focus_on(Pane::Detail);
                self.detail.show_tab(tab);
            }
            Spot::Line(pane, line) => {
                self.focus_on(pane);
                self.select_line(pane, line);
                if is_second {
                    self.open();
                }
            }
        }
    }

    fn select_line(&mut self, pane: Pane, line: usize) {
        match pane {
            Pane::Flow => self.select(self.rows().at(line)),
            Pane::Unread => self.selection.unread = line,
            Pane::Failures => self.selection.failure = line,
            Pane::Detail if self.detail.tab == Tab::LifeLine => self.select_life_line(line),
            Pane::Detail => (self.detail.line, self.detail.row) = (line, 0),
            Pane::Timeline => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use ratatui::layout::{Margin, Rect};

    use super::*;
    use crate::dashboard::layout::Layout;
    use crate::dashboard::viewport::Extent;

    fn viewport() -> Viewport {
        let drawn = Layout::of(Rect::new(0, 0, 120, 36)).unwrap();
        let flow = Extent::list(drawn.flow.inner(Margin::new(1, 2)), 100, 40);
        Viewport { drawn, flow, ..Viewport::default() }
    }

    #[test]
    fn a_cell_is_of_what_was_drawn_there() {
        let viewport = viewport();
        let (flow, detail) = (viewport.drawn.flow, viewport.drawn.detail.unwrap());
        let at =
            |viewport: &Viewport, x, y| spot(viewport, Lang::En, Tab::Message, Position::new(x, y));
        assert_eq!(at(&viewport, 0, 0), Spot::Nothing);
        assert_eq!(at(&viewport, flow.x, flow.y), Spot::Pane(Pane::Flow));
        assert_eq!(at(&viewport, flow.x + 1, flow.y + 2), Spot::Line(Pane::Flow, 40));
        assert_eq!(at(&viewport, flow.x + 9, flow.y + 4), Spot::Line(Pane::Flow, 42));
        assert_eq!(at(&viewport, detail.x + 12, detail.y), Spot::Tab(Tab::Message));
        assert_eq!(at(&viewport, detail.right() - 1, detail.y), Spot::Pane(Pane::Detail));
        assert_eq!(at(&viewport, detail.x + 12, detail.y + 1), Spot::Pane(Pane::Detail));
        let shorter = Viewport { flow: Extent { lines: 42, ..viewport.flow }, ..viewport };
        assert_eq!(at(&shorter, flow.x + 9, flow.y + 4), Spot::Pane(Pane::Flow), "no line");
    }
}
