//! The thread that writes deliveries to the recording, in batches.

use std::io;
use std::sync::{Arc, mpsc};

use tokio::sync::oneshot;
use tokio::time::Instant;

use super::file::Storage;
use super::journal::Journal;
use super::wake_chain::{Commit, WakeChain};
use super::{Status, fail};
use crate::callback::trouble::reason;
use crate::callback::{Delivery, jsonl};
use crate::edge::queue::Permit;

/// Maximum number of deliveries per write.
const MAX_WRITE: usize = 1024;

/// Capacity in bytes of the line buffer that is kept between writes.
const KEPT_CAPACITY: usize = 1 << 20;

/// A delivery to be written.
#[derive(Debug)]
pub(super) struct Job {
    pub(super) delivery: Delivery,
    pub(super) permit: Permit,
    /// From this time on it is not answered OK.
    pub(super) deadline: Instant,
    /// Whether it is answered FAIL if it is not written.
    pub(super) may_fail: bool,
    pub(super) waiter: oneshot::Sender<Commit>,
}

/// Writes jobs to a journal.
pub(super) struct JournalWriter<S> {
    journal: Journal<S>,
    status: Arc<Status>,
    /// The lines of the current batch.
    lines: Vec<u8>,
    /// Where the line of each job ends in `lines`.
    ends: Vec<usize>,
}

impl<S: Storage> JournalWriter<S> {
    pub(super) fn new(journal: Journal<S>, status: Arc<Status>) -> Self {
        Self { journal, status, lines: Vec::new(), ends: Vec::new() }
    }

    /// Writes until all senders of jobs are dropped.
    pub(super) fn run(mut self, jobs: &mpsc::Receiver<Job>) {
        let mut batch = Vec::new();
        while let Ok(job) = jobs.recv() {
            batch.push(job);
            batch.extend(jobs.try_iter().take(MAX_WRITE - 1));
            self.commit(&mut batch);
        }
    }

    /// Writes a batch with one write, then sends its deliveries to the event loop
    /// and wakes the waiters. Numbers, lines and deliveries have the same order.
    fn commit(&mut self, batch: &mut Vec<Job>) {
        let Some(sequence) = batch.first().map(|it| it.permit.sequence()) else { return };
        let mut sequencer = sequence.lock();
        let now = Instant::now();
        for job in &mut *batch {
            sequencer.assign(&mut job.delivery);
            job.fail_if_expired(now);
            jsonl::encode(&job.delivery, &mut self.lines);
            self.ends.push(self.lines.len());
        }
        let (written, error) = self.journal.append(&self.lines);
        let reason = error.as_ref().map(message).unwrap_or_default();
        self.status.update(&self.journal, error.is_some());
        let now = Instant::now();
        let mut waiters = WakeChain::with_capacity(batch.len());
        for (mut job, end) in batch.drain(..).zip(self.ends.drain(..)) {
            match written < end {
                true => job.fail(&reason),
                false => job.fail_if_expired(now),
            }
            waiters.push(job.waiter, job.delivery.answer.clone());
            sequencer.send(job.permit, job.delivery);
        }
        waiters.wake();
        self.lines.clear();
        self.lines.shrink_to(KEPT_CAPACITY);
    }
}

impl Job {
    /// After the deadline its request may have been answered without a commit.
    fn fail_if_expired(&mut self, now: Instant) {
        if now >= self.deadline {
            self.fail(&reason::slow_disk());
        }
    }

    fn fail(&mut self, reason: &str) {
        fail(&mut self.delivery.answer, self.may_fail, reason);
    }
}

/// The message of a system error, without its number and in lower case.
fn message(error: &io::Error) -> String {
    let text = error.to_string();
    let text = text.split_once(" (os error").map_or(&*text, |(text, _)| text);
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |it| it.to_lowercase().chain(chars).collect())
}
