//! When the screen changes, or something is due, without any input.

use super::app::{App, GRAPH_SECONDS, SILENCE};
use crate::callback::Timestamp;

impl App {
    /// When the screen changes next without any input; `None` if it does not.
    pub fn wakes_at(&self) -> Option<Timestamp> {
        let now = self.status.now;
        let notice = self.notice.as_ref().map(|(_, until)| *until);
        // A report that is due waits for the notice to leave.
        let own = notice.into_iter().chain(self.alerts.due()).filter(|it| now < *it).min();
        if self.paused.is_some() || self.shows_recording() {
            return own;
        }
        let silent_at = self.status.started.plus(SILENCE);
        let waits = self.history.seen() == 0 || self.awaits_first();
        let silence = (waits && now < silent_at).then_some(silent_at);
        let picture = self.history.traffic().changes_at(now, GRAPH_SECONDS).or(silence);
        [own, picture, self.pace_changes_at()].into_iter().flatten().min()
    }
}
