//! Options of recording, and of the commands that read or write recordings.

use std::path::PathBuf;

use hyper::Uri;

use super::alerts;
use super::listen::ListenOptions;
use super::screen::ScreenOptions;
use super::token::TokenOptions;
use super::value::Speed;
use super::values::Values;
use crate::callback::Lang;
use crate::dashboard::SignSet;
use crate::dashboard::alerts::AlertRules;
use crate::history::filter::Filter;

/// Options of recording.
#[derive(Debug, Clone, Default)]
pub struct RecordOptions {
    /// File that each callback is appended to before it is answered OK.
    pub record: Option<PathBuf>,
    /// Whether the file is synced to disk before the answer.
    pub fsync: bool,
}

impl RecordOptions {
    pub(super) fn of(values: &Values<'_>) -> Self {
        Self { record: values.file("record"), fsync: values.is_set("fsync") }
    }
}

/// Options of `imscope tail`.
#[derive(Debug, Clone)]
pub struct TailOptions {
    /// The listener.
    pub listen: ListenOptions,
    /// The recording.
    pub record: RecordOptions,
    /// How callbacks are printed.
    pub print: PrintOptions,
}

/// How callbacks are printed, a line for each.
#[derive(Debug, Clone)]
pub struct PrintOptions {
    /// Output format.
    pub format: Format,
    /// Filter that the printed callbacks match.
    pub filter: Option<Filter>,
    /// The language of all but JSON.
    pub lang: Lang,
    /// Whether times are in UTC instead of local time.
    pub utc: bool,
    /// What signs are printed with.
    pub signs: SignSet,
    /// Expected `SdkAppid`; callbacks with another one are flagged.
    pub sdk_app_id: Option<String>,
    /// The bell, and commands for callbacks.
    pub alerts: AlertRules,
}

impl TailOptions {
    pub(super) fn of(values: &Values<'_>) -> Self {
        let print = PrintOptions {
            format: values.value("format"),
            filter: values.get("filter"),
            lang: values.lang,
            utc: values.is_set("utc"),
            signs: SignSet::Unicode,
            sdk_app_id: values.get("app"),
            alerts: alerts::of(values),
        };
        let (listen, record) = (ListenOptions::of(values), RecordOptions::of(values));
        Self { listen, record, print }
    }
}

/// An output format of `imscope tail`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// Everything, as a line of a recording.
    Json,
    /// A readable summary.
    Text,
}

/// Options of `imscope open`.
#[derive(Debug, Clone)]
pub struct OpenOptions {
    /// Recording to read; `-` is standard input.
    pub file: PathBuf,
    /// Expected `SdkAppid`; callbacks with another one are flagged.
    pub sdk_app_id: Option<String>,
    /// The dashboard.
    pub screen: ScreenOptions,
}

impl OpenOptions {
    pub(super) fn of(values: &Values<'_>) -> Self {
        Self {
            file: values.value("file"),
            sdk_app_id: values.get("app"),
            screen: ScreenOptions::of(values),
        }
    }
}

/// Options of `imscope replay`.
#[derive(Debug, Clone)]
pub struct ReplayOptions {
    /// Recording to read; `-` is standard input.
    pub file: PathBuf,
    /// URL to send to; a path in it replaces the recorded paths.
    pub to: Uri,
    /// Speed relative to the recording.
    pub speed: Speed,
    /// The token to sign with.
    pub token: TokenOptions,
    /// The language of what is printed.
    pub lang: Lang,
}

impl ReplayOptions {
    pub(super) fn of(values: &Values<'_>) -> Self {
        Self {
            file: values.value("file"),
            to: values.value("to"),
            speed: values.value("speed"),
            token: TokenOptions::of(values),
            lang: values.lang,
        }
    }
}
