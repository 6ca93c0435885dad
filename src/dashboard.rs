//! The screen as a function of history and keys. Pure.
//!
//! A key becomes an [`keymap::Action`], an action changes the [`app::App`], and
//! what the app wants of the world comes back as an [`Effect`].
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
pub mod rows;
pub mod json_tree;
pub mod body_text;
pub mod viewport;
pub mod effect;
pub mod view;
mod pane;

pub use app::App;
pub use effect::{Copied, Effect, Request, TerminalEffect};
pub use viewport::Viewport;
