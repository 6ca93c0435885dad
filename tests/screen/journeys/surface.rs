//! A terminal in memory, which counts what is done to it.

use std::cell::RefCell;
use std::rc::Rc;

use imscope::dashboard::{App, Viewport, view};
use imscope::edge::event_loop::Surface;
use ratatui::Terminal;
use ratatui::backend::TestBackend;
use ratatui::buffer::Buffer;
use tokio::sync::Notify;
use unicode_width::UnicodeWidthStr as _;

/// The screen, and what was done to it.
pub(crate) struct Painted {
    pub(crate) terminal: Terminal<TestBackend>,
    pub(crate) draws: usize,
    pub(crate) repaints: usize,
    pub(crate) suspends: usize,
    pub(crate) resumes: usize,
    /// What the bell rang with.
    pub(crate) rings: Vec<String>,
    pub(crate) stalled: bool,
    /// The callbacks applied at the last frame.
    pub(crate) seen: u64,
}

/// A terminal in memory.
pub(crate) struct MemoryTerminal {
    pub(crate) painted: Rc<RefCell<Painted>>,
    /// Notified when it is no longer stalled.
    pub(crate) flows: Rc<Notify>,
}

impl Surface for MemoryTerminal {
    async fn ready(&self) {
        while self.painted.borrow().stalled {
            self.flows.notified().await;
        }
    }

    fn draw(&mut self, app: &App) -> anyhow::Result<Viewport> {
        let mut painted = self.painted.borrow_mut();
        painted.draws += 1;
        painted.seen = app.history().seen();
        let mut viewport = Viewport::default();
        painted.terminal.draw(|frame| viewport = view::draw(app, frame))?;
        Ok(viewport)
    }

    fn repaint(&mut self) -> anyhow::Result<()> {
        self.painted.borrow_mut().repaints += 1;
        Ok(())
    }

    // The text is in the request that follows.
    fn copy(&mut self, _text: &[u8]) -> bool {
        true
    }

    fn ring(&mut self, text: &str) {
        self.painted.borrow_mut().rings.push(text.to_owned());
    }

    fn suspend(&mut self) -> anyhow::Result<()> {
        self.painted.borrow_mut().suspends += 1;
        Ok(())
    }

    fn release(&mut self) {}

    fn resume(&mut self) -> anyhow::Result<()> {
        self.painted.borrow_mut().resumes += 1;
        Ok(())
    }
}

/// The rows of a buffer; a wide character is written once for its two cells.
pub(crate) fn rows(buffer: &Buffer) -> Vec<String> {
    let row = |y| {
        let (mut row, mut x) = (String::new(), 0);
        while x < buffer.area.width {
            let symbol = buffer[(x, y)].symbol();
            row.push_str(symbol);
            x += u16::try_from(symbol.width().max(1)).unwrap();
        }
        row.trim_end().to_owned()
    };
    (0..buffer.area.height).map(row).collect()
}
