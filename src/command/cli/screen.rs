//! Options of the dashboard.

use ratatui::style::Style;

use super::values::Values;
use crate::callback::Lang;
use crate::dashboard::keymap::Keymap;
use crate::dashboard::theme::{Role, ThemeChoice};
use crate::history::filter::{Filter, NamedFilter};

/// Options of the dashboard.
#[derive(Debug, Clone)]
#[expect(clippy::struct_excessive_bools, reason = "each is an option of its own")]
pub struct ScreenOptions {
    /// Memory limit for the callbacks kept, in bytes.
    pub keep: usize,
    /// Initial filter.
    pub filter: Option<Filter>,
    /// The language.
    pub lang: Lang,
    /// Color theme.
    pub theme: ThemeChoice,
    /// The styles of roles that differ from those of the theme.
    pub styles: Vec<(Role, Style)>,
    /// Whether signs are drawn in ASCII; `None` if no option says so.
    pub ascii: Option<bool>,
    /// Whether the mouse is used.
    pub mouse: bool,
    /// Whether `q` quits without a question.
    pub quit_at_once: bool,
    /// Whether the file of the filters and rules entered before is neither read nor written.
    pub no_history: bool,
    /// Whether times are in UTC instead of local time.
    pub utc: bool,
    /// The filters with names.
    pub filters: Vec<NamedFilter>,
    /// What each key does.
    pub keymap: Keymap,
    /// What a project's file does not set because it is not trusted, as a sentence.
    pub ignored: Option<String>,
}

impl ScreenOptions {
    pub(super) fn of(values: &Values<'_>) -> Self {
        Self {
            keep: values.value("keep"),
            filter: values.get("filter"),
            lang: values.lang,
            theme: values.value("theme"),
            styles: values.files().styles(),
            ascii: values.flag("ascii"),
            mouse: values.is_set("mouse"),
            quit_at_once: values.is_set("quit-at-once"),
            no_history: values.is_set("no-history"),
            utc: values.is_set("utc"),
            filters: values.files().filters(),
            keymap: values.files().keymap(),
            ignored: values.ignored(),
        }
    }
}
