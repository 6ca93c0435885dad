//! Effects: what is to be done outside the app, by the part that does it.

use std::sync::Arc;

use super::alerts::HookRun;
use super::entered::EnteredText;
use super::switchboard::Place;
use crate::answer::rule::RuleError;
use crate::answer::switchboard::Entry;
use crate::answer::{Rule, Switchboard};
use crate::callback::Delivery;
use crate::callback::export::ExportOptions;
use crate::history::flow_reader::KeptCallback;

/// What is to be done after an event.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Effect {
    /// Done by the event loop, which has the terminal.
    Terminal(TerminalEffect),
    /// Done in the background; a result comes back as a message.
    Request(Request),
}

/// An effect on the terminal, or one that needs it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TerminalEffect {
    /// End the program.
    Quit,
    /// Stop the process, as ^Z does in a shell.
    Suspend,
    /// Clear the terminal and draw everything.
    Redraw,
    /// Copy text to the terminal's clipboard, then to those of the desktop: for
    /// these the event loop makes a [`Request::Copy`].
    Copy(ClipboardText),
    /// Open a callback's body in the user's editor, and send the result.
    Edit(Box<Delivery>),
}

/// An effect that does not need the terminal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Request {
    /// Copy text to the clipboards of the desktop, and report all that it was sent
    /// to. Made by the event loop out of [`TerminalEffect::Copy`]; `App` never
    /// returns it.
    Copy {
        /// The text.
        copied: ClipboardText,
        /// Whether it was sent to the terminal's clipboard.
        in_terminal: bool,
    },
    /// Send one sample callback to the listener.
    Sample,
    /// Send a callback to the local app again.
    Resend(Box<Delivery>),
    /// Send a marked callback to the local app again; its reply is reported, and the next
    /// one sent after it.
    ResendMarked(Box<Delivery>),
    /// Send a callback to the local app with an edited body.
    SendEdited(Box<Delivery>, Vec<u8>),
    /// Set what callbacks are answered from now on.
    Answer(Switchboard),
    /// Parse a rule that names a file or a local app, for this place; reported as a [`RuleReport`].
    ParseRule(String, Place),
    /// Read the file of rules with this name; reported as a [`RuleReport`].
    ReadRules(String),
    /// Write rules to the file with this name; reported as a [`RuleReport`].
    WriteRules(String, Vec<Entry>),
    /// Create a file, and encode callbacks into it; they are taken one
    /// [`SaveStep`] after another. The end is reported as a [`SaveReport`].
    Save(SaveRequest),
    /// Look up the public URL of a tunnel to the listener.
    FindTunnel,
    /// Run a command for a callback; a failure is reported as a
    /// [`HookReport`](super::alerts::HookReport).
    RunHook(HookRun),
    /// Append what was entered in an input line to the file of earlier texts.
    WriteEntered(EnteredText),
}

/// The result of a request that reads or writes a file of rules.
#[derive(Debug)]
pub enum RuleReport {
    /// A rule was parsed.
    Parsed {
        /// Its text.
        text: String,
        /// Its place.
        place: Place,
        /// The rule, or the mistake in its text.
        rule: Result<Arc<Rule>, RuleError>,
    },
    /// A file was read.
    Read {
        /// Its name.
        name: String,
        /// Its rules, or why there are none, in the user's language.
        rules: Result<Vec<Entry>, String>,
    },
    /// A file was written.
    Written {
        /// Its name.
        name: String,
        /// The rules that were to be written.
        rules: Vec<Entry>,
        /// The same rules as they are in the file, where names of files are relative to
        /// its folder; or why it was not written, in the user's language.
        written: Result<Vec<Entry>, String>,
    },
}

/// A file to save callbacks to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SaveRequest {
    /// The number of the save.
    pub id: u64,
    /// The name of the file; one that exists is not overwritten.
    pub name: String,
    /// How it is encoded.
    pub options: ExportOptions,
}

/// What comes next in a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SaveStep {
    /// Callbacks; perhaps none.
    Portion(Vec<KeptCallback>),
    /// The end: the file is complete.
    End,
}

/// The result of a [`SaveRequest`]; none if it was stopped.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SaveReport {
    /// The number of the save.
    pub id: u64,
    /// How it ended.
    pub end: SaveEnd,
}

/// How a save ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SaveEnd {
    /// The file is complete.
    Saved {
        /// The number of callbacks in it.
        count: u64,
        /// Its size in bytes.
        bytes: u64,
    },
    /// There is a file of this name, which is as it was.
    Exists,
    /// There is no file, for this reason, in the user's language.
    Failed(String),
}

/// Text for the clipboard.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClipboardText {
    /// Its name on the screen, in the user's language.
    pub label: String,
    /// The text, byte for byte.
    pub text: Vec<u8>,
}

impl From<TerminalEffect> for Effect {
    fn from(effect: TerminalEffect) -> Self {
        Self::Terminal(effect)
    }
}

impl From<Request> for Effect {
    fn from(request: Request) -> Self {
        Self::Request(request)
    }
}
