//! The open connections, and which of them rests longest.

use std::collections::HashMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use tokio::task::{AbortHandle, Id, JoinError, JoinSet};
use tokio::time::sleep;

/// Time without a complete head of a request after which a connection is closed:
/// at least this, at most twice this, because it is checked at this interval.
/// Tencent keeps its connections, and a short time would close one while a callback
/// is in transit.
pub const IDLE_TIMEOUT: Duration = Duration::from_secs(90);

/// How long a connection waits for a place while none rests, before they are looked
/// at again.
pub(super) const PLACE_INTERVAL: Duration = Duration::from_millis(50);

/// The tasks of all connections.
#[derive(Debug, Default)]
pub(super) struct Connections {
    tasks: JoinSet<()>,
    open: HashMap<Id, (AbortHandle, Arc<Activity>)>,
    /// The number of starts and ends of requests on all connections.
    clock: Arc<AtomicU64>,
}

impl Connections {
    /// Spawns the task of a connection, given what notes its requests.
    pub(super) fn spawn<F>(&mut self, serve: impl FnOnce(Arc<Activity>) -> F)
    where
        F: Future<Output = ()> + Send + 'static,
    {
        let activity = Arc::new(Activity::new(self.clock.clone()));
        let handle = self.tasks.spawn(serve(activity.clone()));
        self.open.insert(handle.id(), (handle, activity));
    }

    /// Waits for the end of a connection; `None` if there is none. Cancel safe.
    ///
    /// # Panics
    /// When its task panicked: otherwise a callback would vanish, and only its closed
    /// connection would show it.
    pub(super) async fn join_next(&mut self) -> Option<()> {
        let id = match self.tasks.join_next_with_id().await? {
            Ok((id, ())) => id,
            Err(error) => {
                let id = error.id();
                propagate_panic(error);
                id
            }
        };
        self.open.remove(&id);
        Some(())
    }

    /// Closes the connection that rests longest. None does while all have a request in
    /// progress.
    pub(super) fn close_longest_resting(&mut self) {
        let resting = self.open.values().filter(|(task, it)| it.rests() && !task.is_finished());
        if let Some((task, _)) = resting.min_by_key(|(_, activity)| activity.last()) {
            task.abort();
        }
    }
}

fn propagate_panic(error: JoinError) {
    if let Ok(panic) = error.try_into_panic() {
        std::panic::resume_unwind(panic);
    }
}

/// Number of starts and ends of requests on a connection. It is odd during a
/// request, because they are served one after another.
#[derive(Debug)]
pub(super) struct Activity {
    count: AtomicU64,
    /// `clock` as of the last start or end, or of the beginning.
    last: AtomicU64,
    clock: Arc<AtomicU64>,
}

impl Activity {
    fn new(clock: Arc<AtomicU64>) -> Self {
        let last = clock.fetch_add(1, Ordering::Relaxed).into();
        Self { count: AtomicU64::new(0), last, clock }
    }

    /// Notes the start or the end of a request.
    pub(super) fn note(&self) {
        self.count.fetch_add(1, Ordering::Relaxed);
        self.last.store(self.clock.fetch_add(1, Ordering::Relaxed), Ordering::Relaxed);
    }

    fn rests(&self) -> bool {
        self.count.load(Ordering::Relaxed).is_multiple_of(2)
    }

    fn last(&self) -> u64 {
        self.last.load(Ordering::Relaxed)
    }

    /// Waits until there was no request for [`IDLE_TIMEOUT`]. It checks only at that
    /// interval: a timer for each request would cost more than to read its head.
    pub(super) async fn idle(&self) {
        let mut last = self.last();
        loop {
            sleep(IDLE_TIMEOUT).await;
            let now = self.last();
            if now == last && self.rests() {
                return;
            }
            last = now;
        }
    }
}
