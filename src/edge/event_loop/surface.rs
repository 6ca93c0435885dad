//! What the dashboard is drawn on.

use crate::dashboard::{App, Viewport};

/// What the dashboard is drawn on: the terminal, or a buffer in tests.
#[expect(async_fn_in_trait, reason = "the loop and its surface share one thread")]
pub trait Surface {
    /// Waits until a frame can be written; the next [`Surface::draw`] writes it.
    async fn ready(&self);
    /// Draws a frame; returns how much of each pane it shows. Only after
    /// [`Surface::ready`].
    fn draw(&mut self, app: &App) -> anyhow::Result<Viewport>;
    /// Discards the copy of the last frame, so that the next is drawn completely.
    fn repaint(&mut self) -> anyhow::Result<()>;
    /// Sends text to the terminal's clipboard with the next frame; whether it
    /// could be sent.
    fn copy(&mut self, text: &[u8]) -> bool;
    /// Rings the bell with the next frame, and shows a text without hidden characters on
    /// the desktop, if the terminal can.
    fn ring(&mut self, text: &str);
    /// Restores the terminal, stops the process, and takes the terminal again
    /// when it is continued.
    fn suspend(&mut self) -> anyhow::Result<()>;
    /// Restores the terminal for another program.
    fn release(&mut self);
    /// Takes the terminal again, after another program had it.
    fn resume(&mut self) -> anyhow::Result<()>;
}
