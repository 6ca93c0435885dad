//! Requests that no key caused.

use super::app::App;
use super::effect::Request;
use super::settings::CallbackSource;

impl App {
    /// Takes a request that no key caused: to write what was entered, and once, to look up a
    /// tunnel. That comes after the first HTTP request arrived, since by then one may have
    /// been started. Polling would wake an idle machine.
    pub fn take_pending_request(&mut self) -> Option<Request> {
        if let Some(entered) = self.entered.take_unwritten() {
            return Some(Request::WriteEntered(entered));
        }
        let has_traffic = 0 < self.history.seen() + self.history.probes();
        let is_wanted = has_traffic
            && !self.status.tunnel_requested
            && self.settings.source != CallbackSource::Demo
            && self.status.reachability.url().is_none();
        self.status.tunnel_requested |= has_traffic;
        is_wanted.then_some(Request::FindTunnel)
    }
}
