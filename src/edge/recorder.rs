//! The recorder: every delivery is in the file before it is answered OK.
//!
//! A thread writes all waiting deliveries at once: one write (and with `--fsync`
//! one sync) for as many as arrived during the last one. It also numbers them and
//! sends them to the event loop, so that numbers, lines and rows have one order.
//! A delivery that cannot be written is answered FAIL and shown with the reason;
//! each later one is attempted anew. The recorded duration of an answer excludes
//! the write, because it is part of the line that is written.

mod early_timer;
mod file;
mod journal;
mod wake_chain;
mod writer;

use std::path::Path;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering::Relaxed};
use std::sync::{Arc, mpsc};
use std::time::Duration;

use anyhow::Context as _;
use tokio::sync::oneshot;
use tokio::time::{Instant, timeout_at};

use super::queue::Permit;
use super::task;
use crate::answer::own;
use crate::callback::command::When;
use crate::callback::deadline::ANSWER_BUDGET;
use crate::callback::trouble::failure;
use crate::callback::trouble::{self, reason};
use crate::callback::{Answer, Delivery};
use crate::dashboard::Recording;
use early_timer::EarlyTimer;
use file::{RecordingFile, Storage};
use journal::{Changes, Journal};
use writer::{Job, JournalWriter};

/// Minimum timeout of a write, even if [`ANSWER_BUDGET`] has elapsed before it.
const MIN_WRITE_TIMEOUT: Duration = Duration::from_millis(100);

/// Time after the deadline of a write for its result to get from the writing
/// thread to the waiting task. Within it only that thread decides on the answer,
/// so that the answer shown is the answer sent.
const HANDOVER_TIMEOUT: Duration = Duration::from_millis(50);

/// Sends deliveries to the writing thread, which ends with the last handle.
#[derive(Debug, Clone)]
pub struct Recorder {
    jobs: mpsc::Sender<Job>,
    status: Arc<Status>,
    timer: Arc<EarlyTimer>,
}

/// The state of the recording; can be read at any time.
#[derive(Debug, Default)]
pub struct Status {
    name: String,
    bytes: AtomicU64,
    failing: AtomicBool,
    open_to_others: AtomicBool,
    new_files: AtomicU64,
    foreign_writes: AtomicU64,
}

impl Status {
    fn new<S: Storage>(name: String, journal: &Journal<S>) -> Self {
        let status = Self { name, ..Self::default() };
        status.update(journal, false);
        status
    }

    fn update<S: Storage>(&self, journal: &Journal<S>, failing: bool) {
        let Changes { new_files, writes } = journal.changes();
        self.bytes.store(journal.file_size(), Relaxed);
        self.failing.store(failing, Relaxed);
        self.open_to_others.store(journal.is_open_to_others(), Relaxed);
        self.new_files.store(new_files, Relaxed);
        self.foreign_writes.store(writes, Relaxed);
    }

    /// Size of the file in bytes, up to the end of its last complete line.
    pub fn file_size(&self) -> u64 {
        self.bytes.load(Relaxed)
    }

    /// Whether the last write failed.
    pub fn is_failing(&self) -> bool {
        self.failing.load(Relaxed)
    }

    /// The state as the dashboard shows it.
    pub fn recording(&self) -> Recording {
        Recording {
            name: self.name.clone(),
            bytes: self.file_size(),
            failing: self.is_failing(),
            open_to_others: self.open_to_others.load(Relaxed),
            new_files: self.new_files.load(Relaxed),
            foreign_writes: self.foreign_writes.load(Relaxed),
        }
    }
}

/// Opens or creates a recording, to append to it, and starts the writing thread.
///
/// # Errors
/// What cannot be written, is not a regular file, is not a recording, or is written
/// by another imscope.
pub fn open(path: &Path, fsync: bool) -> anyhow::Result<Recorder> {
    let (file, tail) =
        RecordingFile::open(path, fsync).with_context(|| failure::cannot_record(path.display()))?;
    let name = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned();
    start(Journal::new(file, tail, fsync), name)
}

fn start<S: Storage + Send + 'static>(
    journal: Journal<S>,
    name: String,
) -> anyhow::Result<Recorder> {
    let (sender, jobs) = mpsc::channel();
    let status = Arc::new(Status::new(name, &journal));
    let writer = JournalWriter::new(journal, status.clone());
    task::start_thread("record", move || writer.run(&jobs))
        .with_context(failure::cannot_start_recorder)?;
    Ok(Recorder { jobs: sender, status, timer: Arc::default() })
}

impl Recorder {
    /// The state of the recording.
    pub fn status(&self) -> Arc<Status> {
        self.status.clone()
    }

    /// Waits until a delivery is written and sent to the event loop. Returns the
    /// answer: that of the delivery, or FAIL if it could not be written in time,
    /// which is [`ANSWER_BUDGET`] from `read_at` on, when its last byte was read.
    /// The delivery is written and sent even if the future is dropped.
    ///
    /// A slow disk may write a line with OK after FAIL was answered; a delivery
    /// that was answered OK is always in the file.
    /// The answer to a "before" command stands, recorded or not: FAIL would deny what
    /// it asks for, and a full disk would stop every chat.
    pub async fn record(
        &self,
        delivery: Delivery,
        permit: Permit,
        read_at: Instant,
        when: When,
    ) -> Answer {
        let deadline = (read_at + ANSWER_BUDGET).max(Instant::now() + MIN_WRITE_TIMEOUT);
        let (waiter, commit) = oneshot::channel();
        let may_fail = when == When::After && !delivery.is_probe();
        let mut answer = delivery.answer.clone();
        let job = Job { delivery, permit, deadline, may_fail, waiter };
        if let Err(mpsc::SendError(mut job)) = self.jobs.send(job) {
            fail(&mut job.delivery.answer, may_fail, &reason::recorder_ended());
            let answer = job.delivery.answer.clone();
            job.permit.send(job.delivery);
            return answer;
        }
        self.timer.keep(deadline);
        match timeout_at(deadline + HANDOVER_TIMEOUT, commit).await {
            Ok(Ok(commit)) => return commit.into_answer(),
            Ok(Err(_)) => fail(&mut answer, may_fail, &reason::recorder_ended()),
            Err(_) => fail(&mut answer, may_fail, &reason::slow_disk()),
        }
        answer
    }
}

/// Replaces an answer of status 200 by FAIL if it `may_fail`, and adds the reason to
/// its trouble.
fn fail(answer: &mut Answer, may_fail: bool, reason: &str) {
    let reason = trouble::not_recorded(reason);
    if answer.trouble.contains(&reason) {
        return;
    }
    if answer.status == 200 && may_fail {
        let trouble = std::mem::take(&mut answer.trouble);
        *answer = Answer { took: answer.took, trouble, ..own::fail(200, reason.sentence()) };
    }
    answer.trouble.push(reason);
}

#[cfg(test)]
mod tests;
