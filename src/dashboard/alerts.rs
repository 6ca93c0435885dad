//! Alerts: what a callback that matches a filter causes outside of the screen. The bell
//! rings, and commands are run.

mod collector;
mod hook;

use std::collections::VecDeque;
use std::time::Duration;

use jiff::tz::TimeZone;

use crate::callback::lang::localize;
use crate::callback::redact::MASK;
use crate::callback::{Delivery, Lang, Origin, Timestamp, jsonl};
use crate::history::filter::Filter;
pub use collector::Collected;
use collector::Collector;
use hook::{Hook, skipped_text};
pub use hook::{HookFailure, HookRule, HookRun};

/// How long the next matches are collected after the bell rang.
const WINDOW: Duration = Duration::from_secs(3);

/// What causes alerts.
#[derive(Debug, Clone, PartialEq)]
pub struct AlertRules {
    /// The callbacks that ring the bell.
    pub bell: Option<Filter>,
    /// Commands for callbacks.
    pub hooks: Vec<HookRule>,
    /// How often each command is run in a minute at most.
    pub runs_a_minute: usize,
}

impl Default for AlertRules {
    fn default() -> Self {
        Self { bell: None, hooks: Vec::new(), runs_a_minute: 10 }
    }
}

impl AlertRules {
    /// All filters.
    pub fn filters(&self) -> impl Iterator<Item = &Filter> {
        self.bell.iter().chain(self.hooks.iter().map(|it| &it.filter))
    }

    /// What a ring is about, if it is about several callbacks; without personal data in
    /// private mode.
    pub fn summary<T>(&self, ring: &Collected<T>, lang: Lang, is_private: bool) -> String {
        let filter = self.bell.as_ref().map(Filter::text).unwrap_or_default();
        let filter = if is_private { MASK } else { filter };
        let count = ring.count;
        let noun = if count == 1 { "callback" } else { "callbacks" };
        let text = match ring.time.map(|it| it.as_secs()) {
            Some(seconds) => {
                localize!(lang, "{count} {noun} in {seconds} s", "{seconds} 秒内 {count} 个回调")
            }
            None => localize!(lang, "{count} {noun}", "{count} 个回调"),
        };
        match filter.trim() {
            "" => text,
            filter => localize!(lang, "{text}: {filter}", "{text}：{filter}"),
        }
    }

    /// A report as a sentence; without personal data in private mode.
    pub fn sentence(&self, report: &HookReport, lang: Lang, is_private: bool) -> String {
        let event = match &report.event {
            HookEvent::Failed(failure) => failure.text(lang, is_private),
            HookEvent::Skipped(count) => skipped_text(*count, self.runs_a_minute, lang),
        };
        let filter = self.hooks.get(report.hook).map(|it| it.filter.text()).unwrap_or_default();
        let filter = if is_private { MASK } else { filter };
        localize!(lang, "--on '{filter}': {event}", "--on '{filter}'：{event}")
    }
}

/// A sentence about a hook.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HookReport {
    /// The number of the hook, from 0.
    pub hook: usize,
    /// What happened.
    pub event: HookEvent,
}

/// What is to be reported of a hook.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum HookEvent {
    /// A run failed.
    Failed(HookFailure),
    /// So many callbacks were beyond the limit.
    Skipped(u64),
}

/// The alerts at work; `T` is what is kept of a callback that rings the bell.
#[derive(Debug)]
pub struct Alerts<T> {
    bell: Option<(Filter, Collector<T>)>,
    hooks: Vec<Hook>,
    runs_a_minute: usize,
    /// Runs that were not taken yet.
    runs: VecDeque<HookRun>,
}

impl<T> Alerts<T> {
    /// Those of some rules; times in their filters are of this zone and moment.
    pub fn new(rules: AlertRules, zone: &TimeZone, now: Timestamp) -> Self {
        let AlertRules { bell, hooks, runs_a_minute } = rules;
        let placed = |it: Filter| it.in_zone(zone, now);
        let hook = |it: HookRule| Hook::new(HookRule { filter: placed(it.filter), ..it });
        Self {
            bell: bell.map(|it| (placed(it), Collector::new(Duration::ZERO, WINDOW))),
            hooks: hooks.into_iter().map(hook).collect(),
            runs_a_minute,
            runs: VecDeque::new(),
        }
    }

    /// Whether no callback causes any.
    pub fn are_off(&self) -> bool {
        self.bell.is_none() && self.hooks.is_empty()
    }

    /// Notes a callback that has just come. `matches` is whether it matches a filter, and
    /// `kept` returns what is kept of it if it rings the bell.
    pub fn note(
        &mut self,
        now: Timestamp,
        delivery: &Delivery,
        matches: impl Fn(&Filter) -> bool,
        kept: impl FnOnce() -> T,
    ) {
        // What the user sends again, or reads from a file, is nothing that happens now.
        if delivery.is_probe() || delivery.origin != Origin::Caller {
            return;
        }
        if let Some((_, bell)) = self.bell.as_mut().filter(|(filter, _)| matches(filter)) {
            bell.add(now, kept);
        }
        for (nth, hook) in self.hooks.iter_mut().enumerate() {
            if !matches(&hook.filter) {
                continue;
            }
            if let Some(command) = hook.run(now, self.runs_a_minute) {
                let mut input = Vec::new();
                jsonl::encode(delivery, &mut input);
                self.runs.push_back(HookRun { hook: nth, command, input });
            }
        }
    }

    /// Takes the callbacks for which the bell is to ring now.
    pub fn take_ring(&mut self, now: Timestamp) -> Option<Collected<T>> {
        self.bell.as_mut()?.1.take(now)
    }

    /// Takes the next run of a command.
    pub fn take_run(&mut self) -> Option<HookRun> {
        self.runs.pop_front()
    }

    /// Takes the next report that is due, of callbacks that were beyond a limit.
    pub fn take_report(&mut self, now: Timestamp) -> Option<HookReport> {
        self.hooks.iter_mut().enumerate().find_map(|(hook, it)| {
            let skipped = it.skipped.take(now)?;
            Some(HookReport { hook, event: HookEvent::Skipped(skipped.count) })
        })
    }

    /// When the bell and each report are due without another callback; none at rest.
    pub fn due(&self) -> impl Iterator<Item = Timestamp> {
        let bell = self.bell.as_ref().and_then(|(_, it)| it.due());
        bell.into_iter().chain(self.hooks.iter().filter_map(|it| it.skipped.due()))
    }

    /// The time until something is due without another callback; `None` at rest.
    pub fn wait(&self, now: Timestamp) -> Option<Duration> {
        Some(self.due().min()?.since(now))
    }

    /// Drops the callbacks for which the bell did not ring yet.
    pub fn clear(&mut self) {
        self.bell.iter_mut().for_each(|(_, it)| it.clear());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn filter(text: &str) -> Filter {
        Filter::parse(text).unwrap()
    }

    fn rules(bell: Option<&str>, hooks: &[&str]) -> AlertRules {
        let hook = |it: &&str| HookRule { filter: filter(it), command: format!("echo {it}") };
        AlertRules {
            bell: bell.map(filter),
            hooks: hooks.iter().map(hook).collect(),
            ..AlertRules::default()
        }
    }

    fn at(rules: AlertRules) -> Alerts<usize> {
        Alerts::new(rules, &TimeZone::UTC, Timestamp::default())
    }

    fn call() -> Delivery {
        Delivery { method: "POST".into(), body: b"{}"[..].into(), ..Delivery::default() }
    }

    const NOON: Timestamp = Timestamp::from_secs(43_200);

    #[test]
    fn of_a_flood_few_commands_run_and_one_report_counts_the_others() {
        let rules = rules(Some("failed"), &["failed"]);
        let mut alerts = at(rules.clone());
        for nth in 0..1000 {
            alerts.note(NOON, &call(), |_| true, || nth);
        }
        let runs: Vec<_> = std::iter::from_fn(|| alerts.take_run()).collect();
        assert_eq!(runs.len(), 10);
        assert_eq!((&*runs[9].command, runs[9].hook), ("echo failed", 0));
        assert_eq!(jsonl::decode(&runs[9].input).unwrap(), call());
        let ring = alerts.take_ring(NOON).unwrap();
        assert_eq!((ring.first, ring.count), (0, 1000));
        assert_eq!(alerts.take_report(NOON), None, "it waits for others");
        assert!(alerts.due().eq([NOON.plus(Duration::from_secs(3))]));
        let later = NOON.plus(Duration::from_secs(3));
        let report = alerts.take_report(later).unwrap();
        assert_eq!(
            rules.sentence(&report, Lang::En, false),
            "--on 'failed': the command was not run for 990 callbacks: more than 10 a minute (--on-limit)"
        );
        assert_eq!(alerts.due().next(), None);
        assert_eq!(alerts.take_report(later), None);
    }

    #[test]
    fn a_minute_later_a_command_runs_again_as_often() {
        let mut alerts = at(rules(None, &["a", "b"]));
        let mut run = |seconds: u64| {
            for _ in 0..20 {
                alerts.note(NOON.plus(Duration::from_secs(seconds)), &call(), |_| true, || 0);
            }
            std::iter::from_fn(|| alerts.take_run()).count()
        };
        assert_eq!([run(0), run(59), run(60), run(61)], [20, 0, 20, 0], "10 of each");
    }

    #[test]
    fn after_the_clock_was_set_back_commands_run_again() {
        let mut alerts = at(rules(None, &["a"]));
        for now in [NOON, Timestamp::default()] {
            (0..20).for_each(|_| alerts.note(now, &call(), |_| true, || 0));
            assert_eq!(std::iter::from_fn(|| alerts.take_run()).count(), 10);
        }
    }

    #[test]
    fn only_what_a_caller_posts_and_a_filter_matches_causes_an_alert() {
        let mut alerts = at(rules(Some("a"), &["b"]));
        let read = Delivery { origin: Origin::Resent, ..call() };
        let probe = Delivery { method: "GET".into(), ..call() };
        for it in [read, probe] {
            alerts.note(NOON, &it, |_| true, || 0);
        }
        assert_eq!((alerts.take_ring(NOON), alerts.take_run()), (None, None));
        alerts.note(NOON, &call(), |it| it.text() == "b", || 0);
        assert_eq!(alerts.take_ring(NOON), None);
        assert!(alerts.take_run().is_some());
    }

    #[test]
    fn a_ring_and_a_report_are_sentences_in_both_languages_and_hide_names() {
        let alerts = rules(Some("from:bob"), &["from:bob"]);
        let ring = Collected { first: 0, count: 5, time: Some(Duration::from_millis(3010)) };
        assert_eq!(alerts.summary(&ring, Lang::En, false), "5 callbacks in 3 s: from:bob");
        let hidden = alerts.summary(&ring, Lang::Zh, true);
        assert_eq!(hidden, format!("3 秒内 5 个回调：{MASK}"));
        let report = |failure| HookReport { hook: 0, event: HookEvent::Failed(failure) };
        let status = HookFailure::Status("exit status: 3".into(), "bob\u{1b} is gone".into());
        let failed = report(status);
        let text = |lang, is_private| alerts.sentence(&failed, lang, is_private);
        assert_eq!(text(Lang::En, false), "--on 'from:bob': exit status: 3: bob␛ is gone");
        assert_eq!(text(Lang::Zh, true), format!("--on '{MASK}'：退出码 3"));
        for failure in [HookFailure::TimedOut, HookFailure::Busy] {
            assert!(alerts.sentence(&report(failure), Lang::Zh, false).contains("命令"));
        }
    }
}
