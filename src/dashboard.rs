//! The dashboard: state, keys and drawing, without any input or output.
//!
//! [`keymap`] maps a key to an [`action::Action`], which changes the [`App`];
//! what is to be done outside it is returned as an [`Effect`]. [`view::draw`]
//! draws the app, changes nothing, and returns the [`Viewport`].

pub mod words;
pub mod text;
pub mod theme;
pub mod sign_set;
pub mod alerts;
mod settings;
mod viewport;
mod layout;
mod effect;
pub mod action;
pub mod keymap;
pub mod json_tree;
mod body_text;
mod byte_text;
mod menu;
mod completion;
mod prompt;
mod save_dialog;
mod switchboard;
mod rule_menu;
mod rule_edits;
mod help;
mod overlay;
mod cursor;
mod entered;
mod selection;
mod pointer;
mod timeline;
mod related;
mod compare_lines;
mod cache;
mod detail;
mod rows;
mod page;
mod pseudonyms;
mod go_to;
mod heads;
mod recalled;
mod remarks;
mod name_cuts;
mod marks;
mod marked_results;
mod saving;
mod snapshot;
mod unreadable;
mod reachability;
mod status;
mod notice;
mod app;
mod privacy;
mod copy;
mod navigation;
mod pages;
mod jumping;
mod update;
mod rule_files;
mod timeline_keys;
mod rules;
mod save;
mod local_app;
mod first_callback;
mod alerting;
mod waking;
mod pace;
mod tunnel_report;
mod resending;
mod rule_for;
mod pane;
pub mod guide;
mod hits;
mod folding;
mod mouse;
mod entering;
mod field_filter;
mod filter_list;
mod pending;
pub mod view;

pub use app::App;
pub use effect::{
    ClipboardText, Effect, Request, RuleReport, SaveEnd, SaveReport, SaveRequest, SaveStep,
    TerminalEffect,
};
pub use entered::{EnteredText, InputKind};
pub use notice::Notice;
pub use settings::{
    CallbackSource, InvalidReplies, MouseUse, QuitKey, Reach, SavedRules, Settings,
};
pub use sign_set::SignSet;
pub use status::Recording;
pub use switchboard::Place;
pub use unreadable::Unreadable;
pub use viewport::Viewport;
