//! What the rest of the program reports to the dashboard while it runs.

use crate::callback::Timestamp;
use crate::callback::answer_mode::AnswerMode;

/// The state of the program around the dashboard.
#[derive(Debug, Clone)]
pub(super) struct Status {
    /// The current time, as of the last event.
    pub(super) now: Timestamp,
    /// When the dashboard started, or was cleared.
    pub(super) started: Timestamp,
    /// What callbacks are answered.
    pub(super) answer_mode: AnswerMode,
    /// The public URL of a tunnel to the listener, if one is known.
    pub(super) public_url: Option<String>,
    /// Whether a tunnel was looked up after the first request.
    pub(super) tunnel_requested: bool,
    /// The recording that is written, if any.
    pub(super) recording: Option<Recording>,
    /// Requests dropped unanswered while they waited for capacity in the queue.
    pub(super) unanswered: u64,
}

impl Status {
    /// The state at the start.
    pub(super) fn new(now: Timestamp, answer_mode: AnswerMode) -> Self {
        Self {
            now,
            started: now,
            answer_mode,
            public_url: None,
            tunnel_requested: false,
            recording: None,
            unanswered: 0,
        }
    }
}

/// State of the recording, for the header.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recording {
    /// The file name, without its folder.
    pub name: String,
    /// The size of the file in bytes.
    pub bytes: u64,
    /// Whether the last write failed.
    pub failing: bool,
}
