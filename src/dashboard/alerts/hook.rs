//! Hooks: commands that are run for the callbacks that match a filter.

use std::collections::VecDeque;
use std::sync::Arc;
use std::time::Duration;

use super::collector::Collector;
use crate::callback::lang::{Localized, localize};
use crate::callback::trouble::reason;
use crate::callback::{Lang, Timestamp};
use crate::dashboard::text::clean;
use crate::history::filter::Filter;

/// The time in which the runs of a hook are limited.
const MINUTE: Duration = Duration::from_secs(60);
/// How long the first callback without a run waits for others, to be reported with them.
const DELAY: Duration = Duration::from_secs(3);

const TIMED_OUT: Localized = Localized::new(
    "the command did not end within 10 s and was killed",
    "命令 10 秒内未结束，已被终止",
);
const BUSY: Localized = Localized::new(
    "the command was not run: too many are still running",
    "命令未运行：仍在运行的命令过多",
);

/// A filter, and the command that is run for each callback that matches.
#[derive(Debug, Clone, PartialEq)]
pub struct HookRule {
    /// The filter.
    pub filter: Filter,
    /// A command line for `sh`.
    pub command: String,
}

/// A run of a hook's command.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HookRun {
    /// The number of the hook, from 0.
    pub hook: usize,
    /// The command line for `sh`.
    pub command: Arc<str>,
    /// Its standard input: a line of a recording.
    pub input: Vec<u8>,
}

/// Why a run of a hook failed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum HookFailure {
    /// It did not start, for this reason.
    NotStarted(String),
    /// It ended with this status, in the words of `std`, and this last line on standard
    /// error, which may be empty.
    Status(String, String),
    /// It did not end in time.
    TimedOut,
    /// Too many others are running.
    Busy,
}

impl HookFailure {
    /// The failure as a part of a sentence; without what the command printed, which may be
    /// personal, in private mode.
    pub(super) fn text(&self, lang: Lang, is_private: bool) -> String {
        match self {
            Self::NotStarted(why) => {
                let why = clean(why);
                let why = reason::text(&why, lang);
                localize!(lang, "the command cannot be run: {why}", "命令无法运行：{why}")
            }
            Self::Status(status, line) => {
                let status = reason::text(status, lang);
                match line.is_empty() || is_private {
                    true => status.into_owned(),
                    false => localize!(lang, "{status}: {}", "{status}：{}", clean(line)),
                }
            }
            Self::TimedOut => TIMED_OUT.text(lang).to_owned(),
            Self::Busy => BUSY.text(lang).to_owned(),
        }
    }
}

/// A hook at work.
#[derive(Debug)]
pub(super) struct Hook {
    pub(super) filter: Filter,
    command: Arc<str>,
    /// The times of the runs within the last minute.
    runs: VecDeque<Timestamp>,
    /// The callbacks that match and are beyond the limit.
    pub(super) skipped: Collector<()>,
}

impl Hook {
    pub(super) fn new(rule: HookRule) -> Self {
        let HookRule { filter, command } = rule;
        let skipped = Collector::new(DELAY, MINUTE);
        Self { filter, command: command.into(), runs: VecDeque::new(), skipped }
    }

    /// Its command, for a callback that matches; `None` if it ran as often as it may.
    pub(super) fn run(&mut self, now: Timestamp, most: usize) -> Option<Arc<str>> {
        // Later ones are from before the clock was set back.
        self.runs.retain(|it| *it <= now && now.since(*it) < MINUTE);
        if most <= self.runs.len() {
            self.skipped.add(now, || ());
            return None;
        }
        self.runs.push_back(now);
        Some(Arc::clone(&self.command))
    }
}

/// That callbacks matched and the command was not run for them.
pub(super) fn skipped_text(count: u64, most: usize, lang: Lang) -> String {
    let noun = if count == 1 { "callback" } else { "callbacks" };
    localize!(
        lang,
        "the command was not run for {count} {noun}: more than {most} a minute (--on-limit)",
        "有 {count} 个回调未运行命令：每分钟超过 {most} 次（--on-limit）"
    )
}
