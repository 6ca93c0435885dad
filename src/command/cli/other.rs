//! Options of the commands with few of their own: none, `demo`, `codes`, `help`.

use std::time::Duration;

use super::alerts;
use super::listen::ListenOptions;
use super::recording::RecordOptions;
use super::screen::ScreenOptions;
use super::tunnel::TunnelOptions;
use super::values::Values;
use crate::callback::Lang;
use crate::dashboard::alerts::AlertRules;
use crate::dashboard::keymap::Keymap;

/// Options of `imscope` without a command.
#[derive(Debug, Clone)]
pub struct WatchOptions {
    /// The listener.
    pub listen: ListenOptions,
    /// The recording.
    pub record: RecordOptions,
    /// The dashboard.
    pub screen: ScreenOptions,
    /// The public URL of the listener.
    pub public_url: Option<String>,
    /// The local APIs of tunnel programs.
    pub tunnel: TunnelOptions,
    /// The bell, and commands for callbacks.
    pub alerts: AlertRules,
}

impl WatchOptions {
    pub(super) fn of(values: &Values<'_>) -> Self {
        Self {
            listen: ListenOptions::of(values),
            record: RecordOptions::of(values),
            screen: ScreenOptions::of(values),
            public_url: values.get("public-url"),
            tunnel: TunnelOptions::of(values),
            alerts: alerts::of(values),
        }
    }
}

/// Options of `imscope demo`.
#[derive(Debug, Clone)]
pub struct DemoOptions {
    /// Callbacks per second after the scripted part.
    pub rate: f64,
    /// Seed of the random numbers.
    pub seed: u64,
    /// Time after which nothing more is sent.
    pub length: Option<Duration>,
    /// The dashboard.
    pub screen: ScreenOptions,
    /// The public URL of the listener.
    pub public_url: Option<String>,
    /// The bell.
    pub alerts: AlertRules,
}

impl DemoOptions {
    pub(super) fn of(values: &Values<'_>) -> Self {
        Self {
            rate: values.value("rate"),
            seed: values.value("seed"),
            length: values.get("for"),
            screen: ScreenOptions::of(values),
            public_url: values.get("public-url"),
            alerts: alerts::of_bell(values),
        }
    }
}

/// Options of `imscope codes`.
#[derive(Debug, Clone)]
pub struct CodesOptions {
    /// Codes, ranges or words; without any, all codes.
    pub wanted: Vec<String>,
    /// The language of remarks; codes are explained in both.
    pub lang: Lang,
}

impl CodesOptions {
    pub(super) fn of(values: &Values<'_>) -> Self {
        Self { wanted: values.all("wanted"), lang: values.lang }
    }
}

/// Options of `imscope help` and `imscope man`.
#[derive(Debug, Clone)]
pub struct HelpOptions {
    /// The names of a command, or a topic; empty for all.
    pub topic: Vec<String>,
    /// The keys of the dashboard.
    pub keymap: Keymap,
}

impl HelpOptions {
    pub(super) fn of(values: &Values<'_>) -> Self {
        Self { topic: values.all("topic"), keymap: values.files().keymap() }
    }
}
