//! What the dashboard is told at its start: what stands in the header, and how
//! to look and speak.

use jiff::tz::TimeZone;

use super::theme;
use crate::callback::Lang;
use crate::callback::answer_mode::AnswerMode;

/// What stands in the header, and how to speak.
#[derive(Debug, Clone)]
pub struct Settings {
    /// Where the callbacks come from.
    pub source: Source,
    /// Where the listener listens, as a URL; or the name of the recording.
    pub url: String,
    /// The application that is expected.
    pub app: Option<String>,
    /// Whether signatures are checked.
    pub signed: bool,
    /// The local app that callbacks are passed on to.
    pub forward: Option<String>,
    /// What callbacks are answered at the start.
    pub answer_mode: AnswerMode,
    /// Whether the callbacks are made up by `imscope demo`.
    pub demo: bool,
    /// The language.
    pub lang: Lang,
    /// The colors.
    pub theme: theme::Name,
    /// The time zone of all times shown.
    pub zone: TimeZone,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            source: Source::default(),
            url: String::new(),
            app: None,
            signed: false,
            forward: None,
            answer_mode: AnswerMode::default(),
            demo: false,
            lang: Lang::default(),
            theme: theme::Name::default(),
            zone: TimeZone::UTC,
        }
    }
}

/// Where the callbacks come from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Source {
    /// From a listener of our own.
    #[default]
    Listener,
    /// From a recording.
    Recording,
}
