//! Sending the marked callbacks to the local app again, one after the other.

use super::action::{Action, Pane};
use super::app::App;
use super::effect::{Effect, Request};
use super::marked_results::MarkedResults;
use super::notice::Notice;
use super::words;
use crate::callback::Delivery;
use crate::callback::lang::localize;
use crate::callback::redact::MASK;

impl App {
    /// Sends the marked callbacks to the local app again, in order of arrival; without a
    /// mark the one in the detail pane.
    pub(super) fn resend(&mut self) -> Option<Effect> {
        let mut ids: Vec<_> = self.marks.kept(self.history.flow()).collect();
        if ids.is_empty() {
            return self.for_local_app(|it| Request::Resend(it).into());
        }
        if !self.has_local_app() {
            return None;
        }
        if self.resending.is_some() {
            self.notify_with_keys(words::STILL_SENDING);
            return None;
        }
        ids.sort_unstable();
        self.resending = Some(Box::new(MarkedResults::of(ids)));
        self.resend_next().map(Into::into)
    }

    /// The next one to be sent; shows the results after the last one.
    fn resend_next(&mut self) -> Option<Request> {
        while let Some(id) = self.resending.as_mut()?.ids.pop_front() {
            if let Some(delivery) = self.original(id) {
                return Some(Request::ResendMarked(Box::new(delivery)));
            }
            self.resending.as_mut()?.total -= 1;
        }
        let results = self.resending.take()?;
        let lang = self.settings.lang;
        let hidden = results.sentence(lang, Some(MASK));
        self.notify(Notice::harmless(results.sentence(lang, None)).redacted_as(hidden));
        None
    }

    /// Adds a callback that was sent to the local app again.
    pub fn add_resent(&mut self, delivery: &Delivery) {
        self.apply(delivery);
        self.last_resent = self.history.flow().newest_id();
    }

    /// Goes to the callback that was sent again last.
    pub(super) fn show_resent(&mut self) {
        let Some(id) = self.last_resent else {
            return self.notify_with_keys(words::NOTHING_RESENT);
        };
        if self.history.flow().row(id).is_none() {
            return self.notify(words::IS_EVICTED.text(self.settings.lang));
        }
        self.focus_on(Pane::Detail);
        self.jump_to(id);
    }

    /// Counts the reply to a marked callback, or why it was not sent; returns the next
    /// request.
    pub fn report_resent(&mut self, sent: Result<Box<Delivery>, String>) -> Option<Request> {
        if let Ok(delivery) = &sent {
            self.add_resent(delivery);
        }
        let lang = self.settings.lang;
        if let Some(results) = &mut self.resending {
            results.add(sent, lang);
        }
        self.resend_next()
    }

    /// Sends no more of the marked callbacks; returns whether they were being sent.
    pub(super) fn stop_resending(&mut self) -> bool {
        match &mut self.resending {
            Some(results) => {
                results.total -= results.ids.len();
                results.ids.clear();
                true
            }
            None => false,
        }
    }

    /// What the bottom line shows while they are sent.
    pub(super) fn resend_progress(&self) -> Option<String> {
        let results = self.resending.as_ref()?;
        let (sent, total) = (results.count(), results.total);
        let back = self.settings.keymap.dashboard.label(Action::Back);
        Some(localize!(
            self.settings.lang,
            "sending again: {sent} of {total}   {back} stops",
            "正在重发：{sent} / {total}   {back} 停止"
        ))
    }
}
