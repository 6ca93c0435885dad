//! The alerts of the dashboard: which callbacks cause them, and their sentences.

use super::alerts::HookReport;
use super::app::App;
use super::notice::Notice;
use super::pane::callback_row;
use super::text::clean;
use crate::callback::Delivery;

impl App {
    /// Notes the delivery that was just applied.
    pub(super) fn note_alerts(&mut self, delivery: &Delivery) {
        if self.alerts.are_off() {
            return;
        }
        let Some(id) = self.history.flow().newest_id() else { return };
        let history = &self.history;
        let matches = |it: &_| history.newest_matches(it, delivery);
        self.alerts.note(self.status.now, delivery, matches, || id);
    }

    /// Takes the sentence with which the bell rings now; `None` if it does not. Nothing
    /// personal is in it in private mode, and nothing hidden.
    pub fn take_ring(&mut self) -> Option<String> {
        let ring = self.alerts.take_ring(self.status.now)?;
        let of_one = match ring.count {
            1 => callback_row::sentence(self, ring.first),
            _ => None,
        };
        let (alerts, lang) = (&self.settings.alerts, self.settings.lang);
        let text = of_one.unwrap_or_else(|| alerts.summary(&ring, lang, self.is_private()));
        Some(clean(&text).into_owned())
    }

    /// Shows what happened to a command that was run for a callback.
    pub fn report_hook(&mut self, report: &HookReport) {
        let lang = self.settings.lang;
        let shown = self.settings.alerts.sentence(report, lang, false);
        let hidden = self.settings.alerts.sentence(report, lang, true);
        self.notify(Notice::harmless(clean(&shown).into_owned()).redacted_as(hidden));
    }

    /// Shows for how many callbacks commands were not run, if that is due: once the notice
    /// before has left, so that no report replaces another.
    pub(super) fn report_skipped(&mut self) {
        if self.notice().is_none()
            && let Some(report) = self.alerts.take_report(self.status.now)
        {
            self.report_hook(&report);
        }
    }
}
