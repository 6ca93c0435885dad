//! The options that the dashboard is started with.

use std::borrow::Cow;
use std::sync::Arc;

use jiff::tz::TimeZone;

use super::alerts::AlertRules;
use super::keymap::Keymap;
use super::sign_set::SignSet;
use super::theme::Theme;
use super::words;
use crate::answer::Switchboard;
use crate::answer::switchboard::Entry;
use crate::callback::{Lang, Localized};
use crate::history::filter::NamedFilter;

/// The options of the dashboard. They do not change while it runs.
#[derive(Debug, Clone)]
pub struct Settings {
    /// The source of the callbacks.
    pub source: CallbackSource,
    /// The URL of the listener, or the name of the recording.
    pub url: String,
    /// The `SdkAppid` that callbacks should carry.
    pub sdk_app_id: Option<String>,
    /// Whether signatures are checked; of a recording, whether there is a token that copied
    /// curl lines can be signed with.
    pub signed: bool,
    /// The file that the token is read from, if it is one.
    pub token_file: Option<String>,
    /// Whether the certificate of the listener is self-signed.
    pub self_signed: bool,
    /// The public URL of the listener, if it was given.
    pub public_url: Option<String>,
    /// Who can reach the listener by its address.
    pub reach: Reach,
    /// The URL of the local app that callbacks are forwarded to.
    pub forward: Option<String>,
    /// What becomes of its replies that Tencent does not accept.
    pub invalid_replies: InvalidReplies,
    /// What callbacks are answered at the start.
    pub switchboard: Switchboard,
    /// The file that some of the rules were read from.
    pub rule_file: Option<SavedRules>,
    /// What rings the bell and runs commands.
    pub alerts: AlertRules,
    /// What key `q` does while callbacks were not saved.
    pub quit: QuitKey,
    /// Whether what is entered in input lines is written to a file.
    pub writes_entered: bool,
    /// The use of the mouse at the start.
    pub mouse: MouseUse,
    /// The filters with names, in the order of their list.
    pub filters: Arc<[NamedFilter]>,
    /// What each key does.
    pub keymap: Keymap,
    /// The language of all texts.
    pub lang: Lang,
    /// What borders, bars and signs are drawn with.
    pub signs: SignSet,
    /// The styles at the start.
    pub theme: Theme,
    /// The time zone of all displayed times.
    pub zone: TimeZone,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            source: CallbackSource::default(),
            url: String::new(),
            sdk_app_id: None,
            signed: false,
            token_file: None,
            self_signed: false,
            public_url: None,
            reach: Reach::default(),
            forward: None,
            invalid_replies: InvalidReplies::default(),
            switchboard: Switchboard::default(),
            rule_file: None,
            alerts: AlertRules::default(),
            quit: QuitKey::default(),
            writes_entered: false,
            mouse: MouseUse::default(),
            filters: Arc::default(),
            keymap: Keymap::default(),
            lang: Lang::default(),
            signs: SignSet::default(),
            theme: Theme::default(),
            zone: TimeZone::UTC,
        }
    }
}

impl Settings {
    /// A text in the language, with the keys of the actions that it has in braces.
    pub(super) fn text_with_keys(&self, text: Localized) -> Cow<'static, str> {
        self.keymap.filled(text.text(self.lang))
    }

    /// What callbacks are answered without a rule and with the default answer mode.
    pub(super) fn default_answer(&self) -> Localized {
        if self.forward.is_some() { words::REPLY_OF_APP } else { words::REPLY_OK }
    }
}

/// What key `q` does while callbacks were not saved.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum QuitKey {
    /// It quits: they are recorded, made up, or not wanted.
    #[default]
    AtOnce,
    /// It asks first.
    Asks,
}

/// The use of the mouse.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum MouseUse {
    /// It selects text, as the terminal does by itself.
    #[default]
    Off,
    /// It scrolls, selects and opens.
    On,
}

/// The rules of a file, as of the last time it was read or written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SavedRules {
    /// The name of the file.
    pub name: String,
    /// The rules.
    pub rules: Vec<Entry>,
}

/// What becomes of replies of the local app that Tencent does not accept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum InvalidReplies {
    /// A valid answer replaces them.
    #[default]
    Replaced,
    /// They are returned as they are.
    Returned,
}

/// Who can reach the listener by its address.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Reach {
    /// Programs of this machine.
    #[default]
    ThisMachine,
    /// Other machines, too.
    OtherMachines,
}

/// The source of the callbacks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum CallbackSource {
    /// The listener.
    #[default]
    Listener,
    /// The listener, to which `imscope demo` sends simulated ones.
    Demo,
    /// A recording.
    Recording,
}
