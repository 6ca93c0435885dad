//! Runs the commands of hooks on a thread of its own: those of a hook one after the other.

#[cfg(test)]
mod tests;

use std::io;
use std::pin::pin;
use std::process::Stdio;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::Duration;

use rustix::process::{Pid, Signal, kill_process_group};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::join;
use tokio::process::{Child, ChildStderr, ChildStdin, Command};
use tokio::runtime::Builder;
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};
use tokio::sync::oneshot;
use tokio::task::JoinSet;
use tokio::time::{sleep, timeout};

use super::{child, task};
use crate::dashboard::alerts::{HookEvent, HookFailure, HookReport, HookRun};

/// Bytes of the runs that wait or run; a single one may have more.
const MAX_WAITING: usize = 16 << 20;
/// Bytes of a run beside its input.
const RUN_BYTES: usize = 1 << 10;
/// How long a command may run.
const MAX_TIME: Duration = Duration::from_secs(10);
/// How long commands may run on when imscope ends.
const END_TIME: Duration = Duration::from_secs(2);
/// How long standard error is read after the end of a command: what it started may hold it
/// open.
const READ_TIME: Duration = Duration::from_millis(100);
/// Bytes that are kept of standard error.
const MAX_END: usize = 4096;
/// Characters of its last line that are reported.
const MAX_LINE: usize = 300;

/// Receives the report of a run that failed.
type Report = Arc<dyn Fn(HookReport) + Send + Sync>;

/// The thread that runs commands. When it is dropped, those that run or wait get a moment to
/// end.
#[derive(Debug)]
pub struct HookRunner {
    ends: Option<Ends>,
    thread: Option<thread::JoinHandle<()>>,
    /// Bytes of the runs that wait or run.
    waiting: Arc<AtomicUsize>,
}

/// What ends the thread when it is dropped.
#[derive(Debug)]
struct Ends {
    /// The runs of each hook.
    runs: Vec<UnboundedSender<HookRun>>,
    _end: oneshot::Sender<()>,
}

impl HookRunner {
    /// Starts the thread for so many hooks. `report` is called on it for each run that fails.
    ///
    /// # Errors
    /// When no thread can be started.
    pub fn start(
        hooks: usize,
        report: impl Fn(HookReport) + Send + Sync + 'static,
    ) -> io::Result<Self> {
        let (runs, received): (_, Vec<_>) = (0..hooks).map(|_| unbounded_channel()).unzip();
        let (end, ended) = oneshot::channel();
        let runtime = Builder::new_current_thread().enable_all().build()?;
        let report: Report = Arc::new(report);
        let waiting = Arc::default();
        let freed = Arc::clone(&waiting);
        let work = move || {
            runtime.block_on(async {
                let mut hooks: JoinSet<()> = received
                    .into_iter()
                    .map(|it| run_all(it, Arc::clone(&report), Arc::clone(&freed)))
                    .collect();
                tokio::select! {
                    () = async { while hooks.join_next().await.is_some() {} } => {}
                    // What runs on is killed with its group.
                    () = moment_after(ended) => {}
                }
            });
        };
        let thread = task::start_thread("hooks", work)?;
        Ok(Self { ends: Some(Ends { runs, _end: end }), thread: Some(thread), waiting })
    }

    /// Runs a command after those of its hook that wait.
    ///
    /// # Errors
    /// A report, if too many wait already.
    pub fn run(&self, run: HookRun) -> Result<(), HookReport> {
        let waiting = self.waiting.load(Ordering::Relaxed);
        if 0 < waiting && MAX_WAITING < waiting + bytes(&run) {
            return Err(failed(run.hook, HookFailure::Busy));
        }
        if let Some(hook) = self.ends.as_ref().and_then(|it| it.runs.get(run.hook)) {
            self.waiting.fetch_add(bytes(&run), Ordering::Relaxed);
            // It is received until this is dropped.
            let _ = hook.send(run);
        }
        Ok(())
    }
}

impl Drop for HookRunner {
    fn drop(&mut self) {
        self.ends = None;
        let _ = self.thread.take().map(thread::JoinHandle::join);
    }
}

fn bytes(run: &HookRun) -> usize {
    run.input.len() + RUN_BYTES
}

fn failed(hook: usize, failure: HookFailure) -> HookReport {
    HookReport { hook, event: HookEvent::Failed(failure) }
}

async fn moment_after(ended: oneshot::Receiver<()>) {
    let _ = ended.await;
    sleep(END_TIME).await;
}

/// Runs the commands of a hook until no more can come.
async fn run_all(mut runs: UnboundedReceiver<HookRun>, report: Report, waiting: Arc<AtomicUsize>) {
    while let Some(run) = runs.recv().await {
        if let Err(failure) = run_one(&run.command, &run.input).await {
            report(failed(run.hook, failure));
        }
        waiting.fetch_sub(bytes(&run), Ordering::Relaxed);
    }
}

/// Runs a command by the shell.
async fn run_one(line: &str, input: &[u8]) -> Result<(), HookFailure> {
    let mut command = Command::from(child::leader("sh"));
    command.args(["-c", line]).stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::piped());
    let not_started = |error: io::Error| HookFailure::NotStarted(error.to_string());
    let mut group = Group(command.spawn().map_err(not_started)?);
    let (stdin, stderr) = (group.0.stdin.take(), group.0.stderr.take());
    let mut deadline = pin!(sleep(MAX_TIME));
    let mut exchange = pin!(async { join!(write(stdin, input), last_line(stderr)).1 });
    let mut line = None;
    let status = loop {
        tokio::select! {
            status = group.0.wait() => break status.map_err(not_started)?,
            it = &mut exchange, if line.is_none() => line = Some(it),
            () = &mut deadline => return Err(HookFailure::TimedOut),
        }
    };
    if status.success() {
        return Ok(());
    }
    let line = match line {
        Some(it) => it,
        None => timeout(READ_TIME, exchange).await.unwrap_or_default(),
    };
    Err(HookFailure::Status(status.to_string(), line))
}

/// A child that leads a process group. While it runs, the group is killed with it.
struct Group(Child);

impl Drop for Group {
    fn drop(&mut self) {
        // There is no id any more after the child was waited for.
        let id = self.0.id().and_then(|it| Pid::from_raw(it.try_into().ok()?));
        let _ = id.map(|it| kill_process_group(it, Signal::KILL));
    }
}

/// Writes the input; a command that does not read it is no failure.
async fn write(stdin: Option<ChildStdin>, input: &[u8]) {
    if let Some(mut stdin) = stdin {
        let _ = stdin.write_all(input).await;
    }
}

/// The last line that is not empty, or its beginning.
async fn last_line(stderr: Option<ChildStderr>) -> String {
    let (mut end, mut piece) = (Vec::new(), [0; 1024]);
    let Some(mut stderr) = stderr else { return String::new() };
    while let Ok(count @ 1..) = stderr.read(&mut piece).await {
        end.extend_from_slice(&piece[..count]);
        end.drain(..end.len().saturating_sub(MAX_END));
    }
    let end = String::from_utf8_lossy(&end);
    let line = end.lines().rev().map(str::trim).find(|it| !it.is_empty()).unwrap_or_default();
    line.chars().take(MAX_LINE).collect()
}
