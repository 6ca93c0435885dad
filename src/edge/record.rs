//! The recorder: every call is in the file before it is answered OK.
//!
//! A thread of its own writes for all that wait at once: one write (and with
//! `--fsync` one sync) for as many callbacks as came while the last one took
//! its time. It also numbers them and hands them to the loop, so that numbers,
//! lines and what is shown are in one order. What cannot be written is answered
//! FAIL, shown with the reason, and every later call tries anew. The time that
//! an answer took is told as of before the write, for it is part of the line.

mod journal;

use std::io;
use std::path::Path;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, mpsc};
use std::thread;
use std::time::Duration;

use anyhow::Context as _;
use tokio::sync::oneshot;
use tokio::time::{Instant, timeout};

use super::intake::Room;
use super::reply;
use crate::callback::{Answer, Delivery, line};
use crate::dashboard::app::Recording;
use journal::{Disk, Journal, Medium};

/// How long after its arrival a call may be answered OK: Tencent gives up after
/// two seconds.
pub const BUDGET: Duration = Duration::from_millis(1800);

/// How long a write may take even if the time was spent before it.
const LEAST: Duration = Duration::from_millis(100);

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
    pub fn shown(&self) -> Recording {
        let name = self.name.clone();
        Recording { name, bytes: self.bytes(), failing: self.is_failing() }
    }
}

/// A call that waits to be written.
#[derive(Debug)]
struct Job {
    delivery: Delivery,
    room: Room,
    /// When the one who waits for its answer gives up.
    until: Instant,
    done: oneshot::Sender<Answer>,
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

fn start<M: Medium + Send + 'static>(
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
    Ok(Recorder { jobs, status })
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
    pub async fn settle(&self, delivery: Delivery, room: Room) -> Answer {
        let spent = Duration::from_micros(delivery.answer.took.into());
        let until = Instant::now() + BUDGET.saturating_sub(spent).max(LEAST);
        let (done, answer) = oneshot::channel();
        let mut rest = Delivery {
            method: delivery.method.clone(),
            answer: delivery.answer.clone(),
            ..Delivery::default()
        };
        if let Err(mpsc::SendError(mut job)) = self.jobs.send(Job { delivery, room, until, done }) {
            fail(&mut job.delivery, ENDED);
            let answer = job.delivery.answer.clone();
            job.room.hand_over(job.delivery);
            return answer;
        }
        match timeout(until.saturating_duration_since(Instant::now()), answer).await {
            Ok(Ok(answer)) => return answer,
            Ok(Err(_)) => fail(&mut rest, ENDED),
            Err(_) => fail(&mut rest, SLOW),
        }
        rest.answer
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

impl<M: Medium> Writer<M> {
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
        let Some(numbers) = batch.first().map(|it| it.room.numbers()) else { return };
        let mut turn = numbers.turn();
        for job in &mut *batch {
            turn.number(&mut job.delivery);
            // Whoever left before that time was answered nothing.
            if job.done.is_closed() && Instant::now() >= job.until {
                fail(&mut job.delivery, SLOW);
            }
            line::write(&job.delivery, &mut self.lines);
            self.ends.push(self.lines.len());
        }
        let (kept, error) = self.journal.append(&self.lines);
        let why = error.as_ref().map(told).unwrap_or_default();
        self.status.bytes.store(self.journal.bytes(), Ordering::Relaxed);
        self.status.failing.store(error.is_some(), Ordering::Relaxed);
        for (mut job, end) in batch.drain(..).zip(self.ends.drain(..)) {
            if end > kept {
                fail(&mut job.delivery, &why);
            }
            let untold = job.done.send(job.delivery.answer.clone()).is_err();
            if untold && end <= kept && Instant::now() >= job.until {
                fail(&mut job.delivery, SLOW);
            }
            turn.hand_over(job.room, job.delivery);
        }
        self.lines.clear();
        self.lines.shrink_to(KEPT);
    }
}

/// Makes FAIL of an answer that says all is well, and keeps the reason.
fn fail(delivery: &mut Delivery, why: &str) {
    let is_look = delivery.is_look();
    let answer = &mut delivery.answer;
    let said = format!("not recorded: {why}");
    if answer.trouble.contains(&said) {
        return;
    }
    if answer.status == 200 && !is_look {
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
