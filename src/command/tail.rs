//! `imscope tail`: the listener without a screen, one line for each callback.

mod plain;

use std::fs::File;
use std::io::{self, Write as _};
use std::os::fd::{AsFd as _, OwnedFd};
use std::process::ExitCode;
use std::sync::{Arc, mpsc};
use std::thread;
use std::time::Duration;

use anyhow::Context as _;
use jiff::tz::TimeZone;
use rustix::event::{PollFd, PollFlags, poll};
use rustix::io::retry_on_intr;
use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM};
use signal_hook::iterator::Signals;

use super::cli::recording::{Format, TailOptions};
use super::listener;
use crate::callback::{Delivery, jsonl};
use crate::edge::listen::{self, ListenerHandle};
use crate::edge::queue::{Receiver, queue};
use crate::history::filter::Filter;
use crate::history::{History, HistoryConfig};
use plain::Plain;

/// Callbacks that are written at once.
const BATCH: usize = 256;

/// How long a reader that takes nothing more may hold up the end.
const PATIENCE: Duration = Duration::from_secs(3);

/// Listens, and prints what comes until a signal, or until nobody reads.
///
/// # Errors
/// A port in use, an unreadable token, a recording or an output that cannot be
/// written.
pub fn run(options: &TailOptions) -> anyhow::Result<ExitCode> {
    let listener = listen::bind(options.listen.addr)?;
    let setup = listener::config(&options.listen, &options.record, &listener)?;
    let scheme = if setup.tls.is_some() { "https" } else { "http" };
    let recorded = setup.recorder.is_some();
    let address = listener.local_addr()?;
    let (to_us, deliveries) = queue();
    let out = io::stdout().as_fd().try_clone_to_owned().context("standard output is closed")?;
    let stops = Stops::watch(&out)?;
    let running = listen::spawn(listener, Arc::new(setup), to_us)?;
    say(&format!("listening on {scheme}://{address}"));
    let (done, is_done) = mpsc::channel();
    let stop = stops.sender.clone();
    let ender = thread::spawn(move || end(running, &stops.receiver, &is_done));
    let sieve = Sieve::of(options);
    let mut output = Output { out: out.into(), form: Form::of(options), sieve, lines: Vec::new() };
    let unread = output.copy(deliveries);
    let _ = stop.send(());
    drop(done);
    ender.join().map_err(|_| anyhow::anyhow!("the end of the listener failed"))??;
    match unread? {
        0 => {}
        count if recorded => say(&format!("nobody reads any more; {count} only in the recording")),
        count => say(&format!("nobody reads any more; {count} answered and not printed")),
    }
    Ok(ExitCode::SUCCESS)
}

fn say(what: &str) {
    // With standard error closed too, there is nobody to tell.
    let _ = writeln!(io::stderr(), "imscope: {what}");
}

/// Reasons to stop.
struct Stops {
    sender: mpsc::Sender<()>,
    receiver: mpsc::Receiver<()>,
}

impl Stops {
    /// Watches the signals, and whether somebody still reads the output: else
    /// a pipe whose reader has left would be noticed only at the next callback.
    fn watch(out: &OwnedFd) -> anyhow::Result<Self> {
        let (sender, receiver) = mpsc::channel();
        let mut signals =
            Signals::new([SIGINT, SIGTERM, SIGHUP]).context("cannot watch signals")?;
        let stop = sender.clone();
        thread::spawn(move || {
            for _ in signals.forever() {
                let _ = stop.send(());
            }
        });
        let out = out.try_clone().context("standard output is closed")?;
        let stop = sender.clone();
        thread::spawn(move || {
            // Asked for nothing, it tells only of errors and of the end.
            let told = || poll(&mut [PollFd::new(&out, PollFlags::empty())], None);
            if retry_on_intr(told).is_ok() {
                let _ = stop.send(());
            }
        });
        Ok(Self { sender, receiver })
    }
}

/// Stops the listener when there is a reason to; what it took by then is still
/// printed, unless the reader takes nothing more.
fn end(
    mut running: ListenerHandle,
    reason: &mpsc::Receiver<()>,
    done: &mpsc::Receiver<()>,
) -> anyhow::Result<()> {
    let _ = reason.recv();
    running.stop();
    running.join()?;
    if done.recv_timeout(PATIENCE) == Err(mpsc::RecvTimeoutError::Timeout) {
        say("the reader of the output takes nothing more; what waited for it is not printed");
        std::process::exit(1);
    }
    Ok(())
}

enum Form {
    Json,
    Text(Plain),
}

impl Form {
    fn of(options: &TailOptions) -> Self {
        match options.format {
            Format::Json => Self::Json,
            Format::Text => {
                let zone = if options.utc { TimeZone::UTC } else { TimeZone::system() };
                Self::Text(Plain { lang: options.lang, zone })
            }
        }
    }

    fn write(&self, delivery: &Delivery, out: &mut Vec<u8>) {
        match self {
            Self::Json => jsonl::encode(delivery, out),
            Self::Text(plain) => plain.write(delivery, out),
        }
    }
}

/// Lets through what a filter does. Whether a callback is double or late, only
/// the ones before it tell, so they are kept for a while.
struct Sieve {
    filter: Filter,
    history: History,
}

impl Sieve {
    fn of(options: &TailOptions) -> Option<Self> {
        let filter = options.filter.clone()?;
        let config = HistoryConfig { max_bytes: 16 << 20, app: options.listen.app.clone() };
        Some(Self { filter, history: History::new(config) })
    }

    fn passes(&mut self, delivery: &Delivery) -> bool {
        self.history.apply(delivery);
        self.history.newest_passes(&self.filter, delivery)
    }
}

struct Output {
    out: File,
    form: Form,
    sieve: Option<Sieve>,
    lines: Vec<u8>,
}

impl Output {
    /// Writes all that comes, a write for all that waits. When nobody reads any
    /// more, returns how many came after that.
    fn copy(&mut self, mut deliveries: Receiver) -> anyhow::Result<u64> {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build()?;
        let mut batch = Vec::with_capacity(BATCH);
        while runtime.block_on(deliveries.recv_many(&mut batch, BATCH)) > 0 {
            let count = batch.len() as u64;
            for delivery in batch.drain(..) {
                if self.sieve.as_mut().is_none_or(|it| it.passes(&delivery)) {
                    self.form.write(&delivery, &mut self.lines);
                }
            }
            match self.out.write_all(&self.lines) {
                Ok(()) => {}
                Err(error) if error.kind() == io::ErrorKind::BrokenPipe => {
                    return Ok(count + rest(&runtime, deliveries));
                }
                Err(error) => return Err(error).context("cannot write to standard output"),
            }
            self.lines.clear();
            self.lines.shrink_to(1 << 20);
        }
        match deliveries.abandoned() {
            0 => {}
            left => say(&format!("{left} callers were not answered in time")),
        }
        Ok(0)
    }
}

/// Counts what cannot be written any more, except what is just being taken:
/// the listener is stopped by the same closed pipe.
fn rest(runtime: &tokio::runtime::Runtime, mut deliveries: Receiver) -> u64 {
    let mut batch = Vec::new();
    let mut count = 0;
    loop {
        let taken = runtime.block_on(deliveries.recv_many(&mut batch, BATCH));
        if taken == 0 {
            return count;
        }
        count += taken as u64;
        batch.clear();
    }
}
