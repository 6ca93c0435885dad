//! Processor time and cores of threads, from `/proc`; all 0 on other systems.

use std::path::{Path, PathBuf};
use std::thread;
use std::time::Duration;

use tokio::time::Instant;

use crate::server::Server;

/// Processor time in microseconds since each thread's start.
#[derive(Clone, Copy)]
pub(crate) struct Times {
    /// Of the thread that writes the answers.
    pub(crate) listener: f64,
    /// Of all threads of the server.
    pub(crate) server: f64,
    /// Of this thread, which runs the clients.
    pub(crate) clients: f64,
}

pub(crate) fn times(server: &Server) -> Times {
    let time = |task: &Path| {
        let times = read(task, "schedstat");
        times.split(' ').next().and_then(|it| it.parse::<f64>().ok()).map_or(0.0, |it| it / 1e3)
    };
    Times {
        listener: time(&listener(server)),
        server: tasks(server).map(|(_, task)| time(&task)).sum(),
        clients: time(&this_thread()),
    }
}

/// The server's threads: names, and their folders in `/proc`.
fn tasks(server: &Server) -> impl Iterator<Item = (String, PathBuf)> {
    let tasks = std::fs::read_dir(format!("/proc/{}/task", server.pid));
    let tasks = tasks.into_iter().flatten().flatten().map(|it| it.path());
    let named = tasks.map(|it| (read(&it, "comm").trim().to_owned(), it));
    named.filter(|(name, _)| server.threads.contains(&&**name))
}

/// The thread that writes the answers.
pub(crate) fn listener(server: &Server) -> PathBuf {
    let found = tasks(server).find(|(name, _)| server.threads.first() == Some(&&**name));
    found.map(|(_, task)| task).unwrap_or_default()
}

pub(crate) fn this_thread() -> PathBuf {
    let task = std::fs::read_link("/proc/thread-self").unwrap_or_default();
    Path::new("/proc").join(task)
}

fn read(task: &Path, file: &str) -> String {
    std::fs::read_to_string(task.join(file)).unwrap_or_default()
}

/// Samples two threads until `until`; returns the percentage of samples in which
/// both last ran on the same core.
pub(crate) fn same_core(threads: &[PathBuf; 2], until: Instant) -> f64 {
    let core = |task: &PathBuf| {
        // The 39th field; the second one, in brackets, may hold spaces.
        let stat = read(task, "stat");
        stat.rsplit(')').next().and_then(|it| it.split_whitespace().nth(36)).map(str::to_owned)
    };
    let [mut samples, mut same] = [0_u32; 2];
    while Instant::now() < until {
        thread::sleep(Duration::from_millis(10));
        samples += 1;
        let [one, other] = threads.each_ref().map(core);
        same += u32::from(one.is_some() && one == other);
    }
    f64::from(same) / f64::from(samples) * 100.0
}
