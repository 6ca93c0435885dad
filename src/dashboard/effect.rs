//! Effects: what is to be done outside the app, by the part that does it.

use crate::answer::Switchboard;
use crate::callback::Delivery;

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
    /// Send a callback to the local app with an edited body.
    SendEdited(Box<Delivery>, Vec<u8>),
    /// Set what callbacks are answered from now on.
    Answer(Switchboard),
    /// Look up the public URL of a tunnel to the listener.
    FindTunnel,
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
