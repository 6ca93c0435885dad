//! The memory of bodies while they are read.

use std::time::Duration;

use tokio::sync::{Semaphore, SemaphorePermit, watch};
use tokio::time::{Instant, sleep_until, timeout_at};

/// Size in bytes up to which a body counts as small: nearly all are, and none of
/// them waits for memory.
const SMALL: usize = 16 * 1024;

/// KiB that all larger bodies may take while they are read; the next one waits.
const LARGE_KIB: usize = 128 * 1024;

/// Bytes of a large body that must arrive within the stall timeout; of a slower one,
/// and of one that stops, the memory is taken once another body waits for some.
const FLOOR: usize = 16 * 1024;

/// The memory that large bodies share while they are read.
#[derive(Debug)]
pub(in crate::edge) struct LargeBodies {
    free: Semaphore,
    /// How many bodies wait for memory.
    waiting: watch::Sender<usize>,
    stall_timeout: Duration,
}

/// The share of a body in the memory of [`LargeBodies`]; released when dropped.
pub(in crate::edge) type Share<'a> = SemaphorePermit<'a>;

impl LargeBodies {
    /// All of the memory is free.
    pub(in crate::edge) fn new(stall_timeout: Duration) -> Self {
        Self::of_size(LARGE_KIB, stall_timeout)
    }

    fn of_size(kib: usize, stall_timeout: Duration) -> Self {
        Self { free: Semaphore::new(kib), waiting: watch::Sender::default(), stall_timeout }
    }

    /// An empty buffer for a body of at most `most` bytes, which waits for memory
    /// until `until`.
    pub(super) const fn buffer(&self, most: usize, until: Instant) -> Buffer<'_> {
        Buffer { bytes: Vec::new(), share: None, large: self, most, until, pace: None }
    }

    async fn acquire(&self, kib: u32, until: Instant) -> Option<Share<'_>> {
        if let Ok(share) = self.free.try_acquire_many(kib) {
            return Some(share);
        }
        let _waiting = Waiting::new(&self.waiting);
        timeout_at(until, self.free.acquire_many(kib)).await.ok()?.ok()
    }
}

/// Counts a body that waits for memory until it is dropped.
struct Waiting<'a>(&'a watch::Sender<usize>);

impl<'a> Waiting<'a> {
    fn new(count: &'a watch::Sender<usize>) -> Self {
        count.send_modify(|it| *it += 1);
        Self(count)
    }
}

impl Drop for Waiting<'_> {
    fn drop(&mut self) {
        self.0.send_modify(|it| *it -= 1);
    }
}

/// The part of a body that was read. It takes memory for what arrives, not for what
/// is announced, which need not arrive.
#[derive(Debug)]
pub(super) struct Buffer<'a> {
    bytes: Vec<u8>,
    share: Option<Share<'a>>,
    large: &'a LargeBodies,
    most: usize,
    until: Instant,
    /// How fast a large body arrives.
    pace: Option<Pace>,
}

/// The bytes that arrived since the last [`FLOOR`] of them were complete.
#[derive(Debug, Clone, Copy)]
struct Pace {
    bytes: usize,
    /// When the body counts as stalled.
    stalls_at: Instant,
}

impl<'a> Buffer<'a> {
    pub(super) const fn len(&self) -> usize {
        self.bytes.len()
    }

    /// Waits until a large body is slower than the floor, and then until another body
    /// waits for memory. `None` for a small body, whose wait would have no end.
    pub(super) fn stall(&self) -> Option<impl Future<Output = ()> + use<'a>> {
        let (Pace { stalls_at, .. }, waiting) = (self.pace?, &self.large.waiting);
        Some(async move {
            sleep_until(stalls_at).await;
            // Never closed: the sender is borrowed.
            let _ = waiting.subscribe().wait_for(|count| *count > 0).await;
        })
    }

    /// Appends a part of the body. Returns `false`, and appends nothing, if no memory
    /// was free for it in time.
    pub(super) async fn append(&mut self, part: &[u8]) -> bool {
        let needed = self.bytes.len() + part.len();
        if self.bytes.capacity() < needed {
            // Most bodies are one part: one copy into memory of the exact size.
            let doubled = (2 * self.bytes.len()).min(self.most);
            let capacity = needed.max(doubled);
            if SMALL < capacity && !Box::pin(self.share(capacity)).await {
                return false;
            }
            self.bytes.reserve_exact(capacity - self.bytes.len());
        }
        self.bytes.extend_from_slice(part);
        if let Some(pace) = &mut self.pace {
            pace.bytes += part.len();
            if pace.bytes >= FLOOR {
                self.restart_pace();
            }
        }
        true
    }

    /// Waits for memory for `capacity` bytes; whether there was some in time.
    async fn share(&mut self, capacity: usize) -> bool {
        let held = self.share.as_ref().map_or(0, SemaphorePermit::num_permits);
        let missing = capacity.div_ceil(1024).min(LARGE_KIB).saturating_sub(held);
        let missing = u32::try_from(missing).unwrap_or(u32::MAX);
        let Some(more) = self.large.acquire(missing, self.until).await else { return false };
        match &mut self.share {
            Some(share) => share.merge(more),
            none => *none = Some(more),
        }
        // The wait for memory is not the sender's.
        self.restart_pace();
        true
    }

    fn restart_pace(&mut self) {
        let stalls_at = Instant::now() + self.large.stall_timeout;
        self.pace = Some(Pace { bytes: 0, stalls_at });
    }

    /// The bytes, and the share of memory they hold.
    pub(super) fn into_parts(self) -> (Box<[u8]>, Option<Share<'a>>) {
        (self.bytes.into_boxed_slice(), self.share)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::callback::deadline::ANSWER_BUDGET;
    use crate::edge::body::BODY_STALL;

    #[tokio::test(start_paused = true)]
    async fn a_large_body_has_its_share_or_none_in_time() {
        let large = LargeBodies::of_size(40, Duration::from_secs(2));
        let until = Instant::now() + Duration::from_secs(1);
        let mut first = large.buffer(1 << 20, until);
        assert!(first.append(&[7; SMALL]).await);
        assert_eq!(large.free.available_permits(), 40, "small ones take none");
        assert!(first.append(b"7").await);
        assert_eq!(large.free.available_permits(), 8, "the buffer has doubled");
        let mut second = large.buffer(1 << 20, until);
        assert!(second.append(&[7; SMALL]).await);
        assert!(!second.append(b"7").await);
        assert_eq!((Instant::now(), second.len()), (until, SMALL));
        drop(first);
        assert!(second.append(b"7").await, "also after the time, if some is free");
        let mut exact = large.buffer(SMALL + 8 * 1024, until);
        drop(second);
        assert!(exact.append(&[7; SMALL]).await && exact.append(b"7").await);
        assert_eq!(large.free.available_permits(), 40 - 24, "no more than the body can have");
    }

    const STALL: Duration = Duration::from_secs(2);

    #[tokio::test(start_paused = true)]
    async fn who_waits_outlasts_bodies_that_stall_at_that_moment() {
        let large = LargeBodies::of_size(32, BODY_STALL);
        let now = Instant::now();
        let mut first = large.buffer(32 * 1024, now);
        assert!(first.append(&[7; SMALL]).await && first.append(b"7").await);
        let mut second = large.buffer(1 << 20, now + ANSWER_BUDGET);
        assert!(second.append(&[7; SMALL]).await);
        let stall = first.stall().unwrap();
        let giving_up = async {
            stall.await;
            drop(first);
            std::future::pending::<()>().await;
        };
        let received = tokio::select! {
            received = second.append(b"7") => received,
            () = giving_up => false,
        };
        assert_eq!((received, now.elapsed()), (true, BODY_STALL));
    }

    /// When a large body is given up, of which `parts` bytes arrive each second, while
    /// another body waits for memory from `wanted` on for a second.
    async fn given_up(part: usize, wanted: Duration) -> Option<Duration> {
        let large = LargeBodies::of_size(32, STALL);
        let begin = Instant::now();
        let mut first = large.buffer(32 * 1024, begin);
        assert!(first.append(&[7; SMALL]).await && first.append(b"7").await);
        let giving_up = async {
            for _ in 0..=wanted.as_secs() {
                let next = tokio::time::timeout(Duration::from_secs(1), first.stall().unwrap());
                if next.await.is_ok() {
                    drop(first);
                    return Some(begin.elapsed());
                }
                first.bytes.truncate(SMALL);
                assert!(first.append(&vec![7; part]).await);
            }
            None
        };
        let waiting = async {
            tokio::time::sleep(wanted).await;
            let until = Instant::now() + Duration::from_millis(900);
            let mut second = large.buffer(1 << 20, until);
            second.append(&[7; SMALL]).await && second.append(b"7").await
        };
        let (after, received) = tokio::join!(giving_up, waiting);
        assert_eq!((received, *large.waiting.borrow()), (after.is_some(), 0));
        after
    }

    #[tokio::test(start_paused = true)]
    async fn a_slow_body_gives_its_memory_up_once_another_waits() {
        let seconds = |it| Duration::from_secs(it);
        assert_eq!(given_up(0, seconds(5)).await, Some(seconds(5)), "it stopped");
        assert_eq!(given_up(1, seconds(5)).await, Some(seconds(5)), "a byte a second");
        assert_eq!(given_up(FLOOR, seconds(5)).await, None, "fast enough");
        assert_eq!(given_up(0, seconds(1)).await, None, "not yet stalled");
    }
}
