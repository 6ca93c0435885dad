//! The alerts of `tail`: the bell of the terminal, and commands for callbacks.

use std::io;
use std::time::Duration;

use jiff::tz::TimeZone;

use super::text_line::TextFormat;
use crate::callback::{Delivery, Lang, Timestamp};
use crate::command::cli::recording::PrintOptions;
use crate::dashboard::alerts::{AlertRules, Alerts, HookReport};
use crate::edge::hook_runner::HookRunner;
use crate::edge::notification;
use crate::edge::stdio::{print_status, ring, stderr_is_terminal, stdout_is_terminal};
use crate::history::filter::Filter;

/// Alerts, and what they are made with.
pub(super) struct TailAlerts {
    rules: AlertRules,
    /// A callback that rings is kept as a line.
    alerts: Alerts<String>,
    format: TextFormat,
    /// Whether the bell goes to standard output, after the line of its callback.
    in_output: bool,
    hooks: Option<HookRunner>,
    lang: Lang,
}

impl TailAlerts {
    /// Those of the options; the bell only where standard output or standard error is a
    /// terminal.
    ///
    /// # Errors
    /// When no thread can be started.
    pub(super) fn new(options: &PrintOptions, zone: &TimeZone, now: Timestamp) -> io::Result<Self> {
        let (mut rules, lang) = (options.alerts.clone(), options.lang);
        let in_output = stdout_is_terminal();
        rules.bell = rules.bell.filter(|_| in_output || stderr_is_terminal());
        let hooks = (!rules.hooks.is_empty()).then(|| start(rules.clone(), lang)).transpose()?;
        let alerts = Alerts::new(rules.clone(), zone, now);
        let format = TextFormat { lang, zone: zone.clone(), signs: options.signs };
        Ok(Self { rules, alerts, format, in_output, hooks, lang })
    }

    /// Whether no callback causes any.
    pub(super) fn are_off(&self) -> bool {
        self.alerts.are_off()
    }

    /// Notes a callback that was received, and starts the commands for it.
    pub(super) fn note(
        &mut self,
        now: Timestamp,
        delivery: &Delivery,
        matches: impl Fn(&Filter) -> bool,
    ) {
        self.alerts.note(now, delivery, matches, || self.format.sentence(delivery));
        while let (Some(run), Some(hooks)) = (self.alerts.take_run(), &self.hooks) {
            if let Err(report) = hooks.run(run) {
                self.report(&report);
            }
        }
    }

    /// Rings and reports what is due; `lines` are those that are printed next.
    pub(super) fn perform(&mut self, now: Timestamp, lines: &mut Vec<u8>) {
        if let Some(it) = self.alerts.take_ring(now) {
            let text = match it.count {
                1 => it.first,
                _ => self.rules.summary(&it, self.lang, false),
            };
            match self.in_output {
                true => lines.extend_from_slice(notification::sequence(&text).as_bytes()),
                false => ring(&text),
            }
        }
        while let Some(report) = self.alerts.take_report(now) {
            self.report(&report);
        }
    }

    /// The time until something is due without another callback; `None` at rest.
    pub(super) fn wait(&self, now: Timestamp) -> Option<Duration> {
        self.alerts.wait(now)
    }

    /// Reports what would be due later, and gives the commands a moment to end.
    pub(super) fn end(mut self) {
        while let Some(report) = self.alerts.take_report(Timestamp(i64::MAX)) {
            self.report(&report);
        }
        drop(self.hooks.take());
    }

    fn report(&self, report: &HookReport) {
        print_status(self.rules.sentence(report, self.lang, false));
    }
}

/// Starts what runs the commands of hooks.
fn start(rules: AlertRules, lang: Lang) -> io::Result<HookRunner> {
    HookRunner::start(rules.hooks.len(), move |it| print_status(rules.sentence(&it, lang, false)))
}
