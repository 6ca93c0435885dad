//! The memory of bodies while they are read.

use std::pin::pin;

use tokio::sync::{Semaphore, SemaphorePermit};
use tokio::time::Instant;

use crate::edge::timeout::in_time;

/// Size in bytes up to which a body counts as small: nearly all are, and none of
/// them waits for memory.
const SMALL: usize = 16 * 1024;

/// KiB that all larger bodies may take while they are read; the next one waits.
const LARGE_KIB: usize = 128 * 1024;

/// The memory that large bodies share while they are read.
#[derive(Debug)]
pub(in crate::edge) struct LargeBodies(Semaphore);

/// The share of a body in the memory of [`LargeBodies`]; released when dropped.
pub(in crate::edge) type Share<'a> = SemaphorePermit<'a>;

impl Default for LargeBodies {
    fn default() -> Self {
        Self(Semaphore::new(LARGE_KIB))
    }
}

impl LargeBodies {
    /// An empty buffer for a body of at most `most` bytes, which waits for memory
    /// until `until`.
    pub(super) const fn buffer(&self, most: usize, until: Instant) -> Buffer<'_> {
        Buffer { bytes: Vec::new(), share: None, large: &self.0, most, until }
    }
}

/// The part of a body that was read. It takes memory for what arrives, not for what
/// is announced, which need not arrive.
#[derive(Debug)]
pub(super) struct Buffer<'a> {
    bytes: Vec<u8>,
    share: Option<Share<'a>>,
    large: &'a Semaphore,
    most: usize,
    until: Instant,
}

impl<'a> Buffer<'a> {
    pub(super) const fn len(&self) -> usize {
        self.bytes.len()
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
        true
    }

    /// Waits for memory for `capacity` bytes; whether there was some in time.
    async fn share(&mut self, capacity: usize) -> bool {
        let held = self.share.as_ref().map_or(0, SemaphorePermit::num_permits);
        let missing = capacity.div_ceil(1024).min(LARGE_KIB).saturating_sub(held);
        let missing = u32::try_from(missing).unwrap_or(u32::MAX);
        let Some(Ok(more)) = in_time(self.until, pin!(self.large.acquire_many(missing))).await
        else {
            return false;
        };
        match &mut self.share {
            Some(share) => share.merge(more),
            none => *none = Some(more),
        }
        true
    }

    /// The bytes, and the share of memory they hold.
    pub(super) fn into_parts(self) -> (Box<[u8]>, Option<Share<'a>>) {
        (self.bytes.into_boxed_slice(), self.share)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Duration;

    #[tokio::test(start_paused = true)]
    async fn a_large_body_has_its_share_or_none_in_time() {
        let large = LargeBodies(Semaphore::new(40));
        let until = Instant::now() + Duration::from_secs(1);
        let mut first = large.buffer(1 << 20, until);
        assert!(first.append(&[7; SMALL]).await);
        assert_eq!(large.0.available_permits(), 40, "small ones take none");
        assert!(first.append(b"7").await);
        assert_eq!(large.0.available_permits(), 8, "the buffer has doubled");
        let mut second = large.buffer(1 << 20, until);
        assert!(second.append(&[7; SMALL]).await);
        assert!(!second.append(b"7").await);
        assert_eq!((Instant::now(), second.len()), (until, SMALL));
        drop(first);
        assert!(second.append(b"7").await, "also after the time, if some is free");
        let mut exact = large.buffer(SMALL + 8 * 1024, until);
        drop(second);
        assert!(exact.append(&[7; SMALL]).await && exact.append(b"7").await);
        assert_eq!(large.0.available_permits(), 40 - 24, "no more than the body can have");
    }
}
