//! What needs the local app: an effect on one callback, also with an edited body.

use super::app::App;
use super::effect::{Effect, Request, TerminalEffect};
use super::overlay::{Edit, Overlay};
use super::words;
use crate::callback::{Delivery, json};

impl App {
    /// An effect on the callback in the detail pane that needs the local app.
    pub(super) fn for_local_app(
        &mut self,
        effect: impl Fn(Box<Delivery>) -> Effect,
    ) -> Option<Effect> {
        let delivery = self.has_local_app().then(|| self.original(self.detail_callback()?))??;
        Some(effect(Box::new(delivery)))
    }

    /// Whether there is a local app; notifies the user if there is none.
    pub(super) fn has_local_app(&mut self) -> bool {
        if self.settings.forward.is_none() {
            let hint = match self.shows_recording() {
                true => words::NO_APP_OF_RECORDING,
                false => words::NO_LOCAL_APP,
            };
            self.notify(hint.text(self.settings.lang));
        }
        self.settings.forward.is_some()
    }

    /// Opens the callback's body in an editor; not while personal data is hidden.
    pub(super) fn edit(&mut self) -> Option<Effect> {
        if self.is_private() {
            self.notify_with_keys(words::NO_EDIT_WHILE_PRIVATE);
            return None;
        }
        // The event loop, which feeds the file, does not run beside an editor.
        if self.is_saving() {
            self.notify_with_keys(words::STILL_SAVING);
            return None;
        }
        self.for_local_app(|it| TerminalEffect::Edit(it).into())
    }

    /// Sends a callback with an edited body to the local app; if that is not JSON, after
    /// a question.
    pub fn send_edited(&mut self, delivery: Delivery, body: Vec<u8>) -> Option<Request> {
        match json::read(&body) {
            Ok(_) => return Some(Request::SendEdited(Box::new(delivery), body)),
            Err(error) => self.show(Overlay::SendBroken(Box::new(Edit { delivery, body, error }))),
        }
        None
    }
}
