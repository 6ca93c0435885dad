//! The recorder: every call is in the file before it is answered OK.
//!
//! A thread of its own writes for all that wait at once: one write (and with
//! `--fsync` one sync) for as many callbacks as came while the last one took
//! its time. It also numbers them and hands them to the loop, so that numbers,
//! lines and what is shown are in one order. What cannot be written is answered
//! FAIL, shown with the reason, and every later call tries anew. The time that
//! an answer took is told as of before the write, for it is part of the line.

mod journal;

use std::collections::VecDeque;
use std::io;
use std::path::Path;
use std::pin::Pin;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError, mpsc};
use std::task::{Context, Waker};
use std::thread;
use std::time::Duration;

use anyhow::Context as _;
use tokio::sync::oneshot;
use tokio::time::{Instant, Sleep, sleep_until, timeout_at};

use super::queue::Permit;
use super::reply;
use crate::callback::deadline::ANSWER_BUDGET;
use crate::callback::{Answer, Delivery, jsonl};
use crate::dashboard::Recording;
use journal::{Disk, Journal, Storage};

/// How long a write may take even if the time was spent before it.
const LEAST: Duration = Duration::from_millis(100);

/// What an answer may take on its way from the writing thread. Until then that
/// thread decides alone, so that what is shown is what was answered.
const SPARE: Duration = Duration::from_millis(50);

/// How many calls one write is for, at the most.
const BATCH: usize = 1024;

/// Memory for lines that is kept from one write to the next.
const KEPT: usize = 1 << 20;

/// Hands calls to the thread that writes them. The thread ends with the last of
/// its handles.
#[derive(Debug, Clone)]
pub struct Recorder {
    jobs: mpsc::Sender<Job>,
    status: Arc<Status>,
    /// A timer that stays.
    timer: Arc<Mutex<Option<Pin<Box<Sleep>>>>>,
}

/// How the recording stands, to be read at any time.
#[derive(Debug)]
pub struct Status {
    name: String,
    bytes: AtomicU64,
    failing: AtomicBool,
}

impl Status {
    /// Bytes of the file, up to the end of its last whole line.
    pub fn bytes(&self) -> u64 {
        self.bytes.load(Ordering::Relaxed)
    }

    /// Whether the last write failed.
    pub fn is_failing(&self) -> bool {
        self.failing.load(Ordering::Relaxed)
    }

    /// What the header shows of it.
    pub fn recording(&self) -> Recording {
        let name = self.name.clone();
        Recording { name, bytes: self.bytes(), failing: self.is_failing() }
    }
}

/// A call that waits to be written.
#[derive(Debug)]
struct Job {
    delivery: Delivery,
    permit: Permit,
    /// After what moment it is not answered OK.
    until: Instant,
    done: oneshot::Sender<Commit>,
}

/// What a call is answered, and with it what others are.
#[derive(Debug)]
struct Commit {
    answer: Answer,
    others: WakeChain,
}

/// Answers on their way to those who wait. These wait on one thread, and to
/// wake that thread from another is a call to the system: only one of them is
/// told across, and tells the others where they all are, as soon as it lets go
/// of them.
#[derive(Debug, Default)]
struct WakeChain(VecDeque<(oneshot::Sender<Commit>, Answer)>);

impl WakeChain {
    /// Tells the first that still waits, and lets that one tell the others.
    fn tell(mut self) {
        while let Some((done, answer)) = self.0.pop_front() {
            match done.send(Commit { answer, others: self }) {
                Ok(()) => return,
                Err(told) => self = told.others,
            }
        }
    }
}

impl Drop for WakeChain {
    fn drop(&mut self) {
        for (done, answer) in self.0.drain(..) {
            // Who has left is not told.
            let _ = done.send(Commit { answer, others: Self::default() });
        }
    }
}

/// Opens a recording, made if there is none and continued if there is one, and
/// starts its thread.
///
/// # Errors
/// A file that cannot be written, that is no recording, or that another
/// imscope is writing.
pub fn open(path: &Path, fsync: bool) -> anyhow::Result<Recorder> {
    let (disk, end) = Disk::open(path, fsync)?;
    let name = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned();
    start(Journal::new(disk, end, fsync), name)
}

fn start<M: Storage + Send + 'static>(
    journal: Journal<M>,
    name: String,
) -> anyhow::Result<Recorder> {
    let (jobs, to_do) = mpsc::channel();
    let bytes = AtomicU64::new(journal.bytes());
    let status = Arc::new(Status { name, bytes, failing: AtomicBool::new(false) });
    let writer = Writer { journal, status: status.clone(), lines: Vec::new(), ends: Vec::new() };
    thread::Builder::new()
        .name("record".to_owned())
        .spawn(move || writer.run(&to_do))
        .context("cannot start the recorder")?;
    Ok(Recorder { jobs, status, timer: Arc::default() })
}

impl Recorder {
    /// How the recording stands.
    pub fn status(&self) -> Arc<Status> {
        self.status.clone()
    }

    /// Waits until a call is written, and handed over. Returns what is to be
    /// answered: what the delivery says, or FAIL if it could not be written in
    /// time. Dropping the future takes nothing back.
    ///
    /// A disk that is too slow may write a line that says OK after FAIL was
    /// answered; what was answered OK is always in the file.
    pub async fn record(&self, delivery: Delivery, permit: Permit) -> Answer {
        let spent = Duration::from_micros(delivery.answer.took.into());
        let until = Instant::now() + ANSWER_BUDGET.saturating_sub(spent).max(LEAST);
        let (done, told) = oneshot::channel();
        let (is_probe, mut answer) = (delivery.is_probe(), delivery.answer.clone());
        if let Err(mpsc::SendError(mut job)) = self.jobs.send(Job { delivery, permit, until, done })
        {
            fail(&mut job.delivery.answer, is_probe, ENDED);
            let answer = job.delivery.answer.clone();
            job.permit.send(job.delivery);
            return answer;
        }
        self.keep_timer(until);
        match timeout_at(until + SPARE, told).await {
            Ok(Ok(told)) => return told.answer,
            Ok(Err(_)) => fail(&mut answer, is_probe, ENDED),
            Err(_) => fail(&mut answer, is_probe, SLOW),
        }
        answer
    }

    /// To set a timer is a call to the system if it is the earliest of all. Those
    /// of calls come and go: one that stays is mostly earlier than they are. It
    /// wakes nobody but its driver, once, after the last call.
    fn keep_timer(&self, until: Instant) {
        let mut kept = self.timer.lock().unwrap_or_else(PoisonError::into_inner);
        if kept.as_ref().is_none_or(|it| it.is_elapsed()) {
            let timer = kept.insert(Box::pin(sleep_until(until)));
            // It is set when it is asked for the first time.
            let _ = timer.as_mut().poll(&mut Context::from_waker(Waker::noop()));
        }
    }
}

const SLOW: &str = "the recording's disk is too slow";
const ENDED: &str = "the recorder has ended";

/// The thread's side.
struct Writer<M> {
    journal: Journal<M>,
    status: Arc<Status>,
    lines: Vec<u8>,
    /// Where the line of each job ends.
    ends: Vec<usize>,
}

impl<M: Storage> Writer<M> {
    fn run(mut self, to_do: &mpsc::Receiver<Job>) {
        let mut batch = Vec::new();
        while let Ok(job) = to_do.recv() {
            batch.push(job);
            batch.extend(to_do.try_iter().take(BATCH - 1));
            self.commit(&mut batch);
        }
    }

    /// Writes the calls of a batch with one write, then hands them over and
    /// tells those who wait.
    fn commit(&mut self, batch: &mut Vec<Job>) {
        let Some(sequence) = batch.first().map(|it| it.permit.sequence()) else { return };
        let mut sequencer = sequence.lock();
        let now = Instant::now();
        for job in &mut *batch {
            sequencer.assign(&mut job.delivery);
            job.fail_late(now);
            jsonl::encode(&job.delivery, &mut self.lines);
            self.ends.push(self.lines.len());
        }
        let (kept, error) = self.journal.append(&self.lines);
        let why = error.as_ref().map(told).unwrap_or_default();
        self.status.bytes.store(self.journal.bytes(), Ordering::Relaxed);
        self.status.failing.store(error.is_some(), Ordering::Relaxed);
        let now = Instant::now();
        let mut answers = WakeChain(VecDeque::with_capacity(batch.len()));
        for (mut job, end) in batch.drain(..).zip(self.ends.drain(..)) {
            match kept < end {
                true => job.fail(&why),
                false => job.fail_late(now),
            }
            answers.0.push_back((job.done, job.delivery.answer.clone()));
            sequencer.send(job.permit, job.delivery);
        }
        answers.tell();
        self.lines.clear();
        self.lines.shrink_to(KEPT);
    }
}

impl Job {
    /// Nobody waits any longer for what comes after its time.
    fn fail_late(&mut self, now: Instant) {
        if now >= self.until {
            self.fail(SLOW);
        }
    }

    fn fail(&mut self, why: &str) {
        let is_probe = self.delivery.is_probe();
        fail(&mut self.delivery.answer, is_probe, why);
    }
}

/// Makes FAIL of an answer that says all is well, and keeps the reason.
fn fail(answer: &mut Answer, is_probe: bool, why: &str) {
    let said = format!("not recorded: {why}");
    if answer.trouble.contains(&said) {
        return;
    }
    if answer.status == 200 && !is_probe {
        let trouble = std::mem::take(&mut answer.trouble);
        *answer = Answer { took: answer.took, trouble, ..reply::fail(200, said.as_str()) };
    }
    answer.trouble.push(said);
}

/// An error of the system without its number: people read it.
fn told(error: &io::Error) -> String {
    let said = error.to_string();
    let said = said.split_once(" (os error").map_or(&*said, |(said, _)| said);
    let mut chars = said.chars();
    chars.next().map_or_else(String::new, |it| it.to_lowercase().chain(chars).collect())
}

#[cfg(test)]
mod tests;
