//! The screen as a function of history and keys. Pure.
//!
//! A key becomes an [`keymap::Action`], an action changes the [`app::App`], and
//! what the app wants of the world comes back as an [`app::Effect`].
//! [`view::draw`] paints the app and changes nothing.

pub mod words;
pub mod theme;
pub mod text;
pub mod keymap;
pub mod settings;
pub mod prompt;
pub mod app;
mod update;
mod copy;
mod switchboard;
pub mod listing;
pub mod tree;
pub mod lines;
pub mod viewport;
pub mod view;
mod pane;

pub use app::{App, Effect};
pub use viewport::Viewport;
