//! Tasks of the async runtime that nothing waits for, and threads.
//!
//! They are boxed, so that tokio's code for a task, some 4 kB, and that of the standard
//! library for a thread, some 3 kB, exist once for all of them.

use std::io;
use std::pin::Pin;
use std::thread::{self, JoinHandle};
use std::time::Duration;

use tokio::runtime::Runtime;

/// Spawns a task.
///
/// # Panics
/// Outside of the async runtime.
pub fn spawn(future: impl Future<Output = ()> + Send + 'static) {
    let future: Pin<Box<dyn Future<Output = ()> + Send>> = Box::pin(future);
    tokio::spawn(future);
}

/// Does what may block on a thread of its own.
///
/// # Panics
/// Outside of the async runtime.
pub fn spawn_blocking(work: impl FnOnce() + Send + 'static) {
    let work: Box<dyn FnOnce() + Send> = Box::new(work);
    tokio::task::spawn_blocking(work);
}

/// Starts a thread, of work that returns nothing.
///
/// # Errors
/// When no thread can be started.
pub fn start_thread(
    name: &str,
    work: impl FnOnce() + Send + 'static,
) -> io::Result<JoinHandle<()>> {
    let work: Box<dyn FnOnce() + Send> = Box::new(work);
    thread::Builder::new().name(name.to_owned()).spawn(work)
}

/// Ends a runtime. Work that blocks gets a moment to end, so that an unfinished file is
/// removed; a disk that hangs does not keep the program from ending.
pub fn end(runtime: Runtime) {
    runtime.shutdown_timeout(Duration::from_secs(2));
}
