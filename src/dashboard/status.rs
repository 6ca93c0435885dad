//! What the rest of the program reports to the dashboard while it runs.

use super::reachability::Reachability;
use super::settings::Settings;
use super::unreadable::Unreadable;
use super::words;
use crate::answer::Switchboard;
use crate::callback::{Localized, Timestamp};

/// The state of the program around the dashboard.
#[derive(Debug, Clone)]
pub(super) struct Status {
    /// The current time, as of the last event.
    pub(super) now: Timestamp,
    /// When the dashboard started, or was cleared.
    pub(super) started: Timestamp,
    /// What callbacks are answered.
    pub(super) switchboard: Switchboard,
    /// How Tencent reaches the listener.
    pub(super) reachability: Reachability,
    /// What has arrived since the start.
    pub(super) arrival: Arrival,
    /// The recording that is written, if any.
    pub(super) recording: Option<Recording>,
    /// Requests dropped unanswered while they waited for capacity in the queue.
    pub(super) unanswered: u64,
    /// Requests answered without capacity in the queue, and so not shown.
    pub(super) unshown: u64,
    /// How often the port was reached by what is no request, and what came last.
    pub(super) unreadable: (u64, Option<Unreadable>),
}

/// What has arrived so far.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Arrival {
    /// Nothing but probes, and samples that were refused.
    #[default]
    Nothing,
    /// A sample of imscope, which was accepted: the listener works.
    Sample,
    /// A callback that imscope did not send.
    Callback,
}

impl Status {
    /// The state at the start.
    pub(super) fn new(now: Timestamp, settings: &Settings) -> Self {
        Self {
            now,
            started: now,
            switchboard: settings.switchboard.clone(),
            reachability: Reachability::new(settings),
            arrival: Arrival::default(),
            recording: None,
            unanswered: 0,
            unshown: 0,
            unreadable: (0, None),
        }
    }
}

/// State of the recording, for the header.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Recording {
    /// The file name, without its folder.
    pub name: String,
    /// The size of the file in bytes.
    pub bytes: u64,
    /// Whether the last write failed.
    pub failing: bool,
    /// Whether other users may read or write the file.
    pub open_to_others: bool,
    /// How often a new file was begun since another program moved, removed or
    /// replaced the last one.
    pub new_files: u64,
    /// How often the file was found cut or written to by another program.
    pub foreign_writes: u64,
}

impl Recording {
    /// What is new since an earlier state and has to be shown.
    pub fn notices(&self, before: Option<&Self>) -> impl Iterator<Item = Localized> {
        let was = |it: fn(&Self) -> u64| before.map_or(0, it);
        let was_open = before.is_some_and(|it| it.open_to_others);
        let notices = [
            (was(|it| it.new_files) < self.new_files, words::NEW_FILE),
            (was(|it| it.foreign_writes) < self.foreign_writes, words::FOREIGN_WRITE),
            (self.open_to_others && !was_open, words::OPEN_TO_OTHERS),
        ];
        notices.into_iter().filter_map(|(is_new, notice)| is_new.then_some(notice))
    }
}
