//! The screen as a function of history and keys. Pure.
//!
//! A key becomes an [`keymap::Action`], an action changes the [`app::App`], and
//! what the app wants of the world comes back as an [`Effect`].
//! [`view::draw`] paints the app and changes nothing.

pub mod words;
pub mod text;
pub mod theme;
pub mod settings;
pub mod viewport;
pub mod effect;
pub mod action;
pub mod keymap;
pub mod json_tree;
pub mod body_text;
mod menu;
mod prompt;
mod overlay;
mod cursor;
mod selection;
mod detail;
mod rows;
mod pseudonyms;
mod snapshot;
mod status;
pub mod app;
mod copy;
mod navigation;
mod update;
mod pane;
pub mod view;

pub use app::App;
pub use effect::{Copied, Effect, Request, TerminalEffect};
pub use settings::{Settings, Source};
pub use status::Recording;
pub use viewport::Viewport;
