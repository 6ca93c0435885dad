//! Requests that no key caused.

use super::app::App;
use super::effect::Request;
use super::reachability::Occasion;
use super::settings::CallbackSource;

impl App {
    /// Takes a request that no key caused: to run a command for a callback, to write what
    /// was entered, or to look for tunnels on an `Occasion`. Polling would wake an idle
    /// machine.
    pub fn take_pending_request(&mut self) -> Option<Request> {
        if let Some(run) = self.alerts.take_run() {
            return Some(Request::RunHook(run));
        }
        if let Some(entered) = self.entered.take_unwritten() {
            return Some(Request::WriteEntered(entered));
        }
        let occasion = self.occasion()?;
        self.status.reachability.wants_look(occasion).then_some(Request::FindTunnel)
    }

    /// What makes a look at the tunnels useful now; nothing while paused, when the pace is
    /// not known.
    fn occasion(&self) -> Option<Occasion> {
        if self.settings.source != CallbackSource::Listener || self.paused.is_some() {
            return None;
        }
        match self.broken_off_since() {
            Some(last) => Some(Occasion::BrokenOff(last)),
            None if 0 < self.history.seen() + self.history.probes() => Some(Occasion::Traffic),
            None => self.is_silent().then_some(Occasion::Silence),
        }
    }
}
