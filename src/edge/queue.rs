//! A bounded queue from the listener to the event loop; limited by count and by bytes.
//!
//! The queue drops nothing: while it is full, a reservation waits. The handler
//! limits that wait to the answer budget; after it a request is answered 503, and
//! its delivery is counted, but neither shown nor recorded.
//!
//! Deliveries are numbered as they are sent, so their numbers give the order and
//! have no gaps. The recorder needs the numbers before, because they are part of
//! the lines it writes: it holds a [`Sequencer`] while it writes, which excludes
//! all other numbering and sending.

mod pace;
mod sequence;

use std::fmt;
use std::pin::pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use tokio::sync::{OwnedSemaphorePermit, Semaphore, mpsc};
use tokio::time::Instant;

use super::timeout::in_time;
use crate::callback::{Delivery, Seq};
use pace::Pace;

pub use sequence::{Sequence, Sequencer};

/// Number of deliveries the queue can hold: more than the listener answers while
/// a frame is drawn, so that it waits only for a loop that cannot keep up.
pub const CAPACITY: usize = 16 * 1024;

/// KiB of deliveries the queue can hold.
pub const CAPACITY_KIB: usize = 64 * 1024;

/// KiB of deliveries that one receive returns at most: keys wait until they are
/// applied. A single delivery may be larger.
const RECEIVE_KIB: usize = 4096;

/// The sending half, held by the listener.
#[derive(Debug, Clone)]
pub struct Sender {
    entries: mpsc::Sender<Entry>,
    shared: Arc<Shared>,
}

/// The receiving half, held by the event loop.
#[derive(Debug)]
pub struct Receiver {
    entries: mpsc::Receiver<Entry>,
    /// Taken from the channel and not returned yet.
    received: Vec<Entry>,
    shared: Arc<Shared>,
    pace: Pace,
}

/// A delivery and the KiB reserved for it. The size is not computed again on
/// receipt: the recorder may have replaced the answer since.
type Entry = (Delivery, usize);

#[derive(Debug)]
struct Shared {
    /// One permit for each KiB that is free.
    free_kib: Arc<Semaphore>,
    sequence: sequence::LastSeq,
    canceled: AtomicU64,
    expired: AtomicU64,
}

/// The receiver was dropped.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Closed;

impl fmt::Display for Closed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the queue of callbacks is closed")
    }
}

impl std::error::Error for Closed {}

/// Creates a queue.
pub fn queue() -> (Sender, Receiver) {
    let (sender, entries) = mpsc::channel(CAPACITY);
    let shared = Arc::new(Shared {
        free_kib: Arc::new(Semaphore::new(CAPACITY_KIB)),
        sequence: sequence::LastSeq::default(),
        canceled: AtomicU64::new(0),
        expired: AtomicU64::new(0),
    });
    (
        Sender { entries: sender, shared: shared.clone() },
        Receiver { entries, received: Vec::new(), shared, pace: Pace::default() },
    )
}

impl Sender {
    /// Reserves capacity for a delivery; waits until the queue has it.
    /// If the future is dropped before, the delivery counts as canceled.
    ///
    /// # Errors
    /// When the receiver was dropped.
    pub async fn reserve(&self, delivery: &Delivery) -> Result<Permit, Closed> {
        let counter = CancelCounter(&self.shared.canceled);
        let permit = self.acquire(delivery).await;
        counter.disarm();
        permit
    }

    /// As [`Self::reserve`], but `None` at the deadline. That counts as expired, not
    /// as canceled: the caller can still answer the request.
    ///
    /// # Errors
    /// When the receiver was dropped.
    pub async fn reserve_until(
        &self,
        deadline: Instant,
        delivery: &Delivery,
    ) -> Result<Option<Permit>, Closed> {
        let counter = CancelCounter(&self.shared.canceled);
        let permit = in_time(deadline, pin!(self.acquire(delivery))).await;
        counter.disarm();
        if permit.is_none() {
            self.shared.expired.fetch_add(1, Ordering::Relaxed);
        }
        permit.transpose()
    }

    async fn acquire(&self, delivery: &Delivery) -> Result<Permit, Closed> {
        let bytes = self.shared.free_kib.clone().acquire_many_owned(kib(delivery)).await;
        let slot = self.entries.clone().reserve_owned().await;
        match (bytes, slot) {
            (Ok(bytes), Ok(slot)) => {
                Ok(Permit { bytes, slot, sequence: Sequence(self.shared.clone()) })
            }
            _ => Err(Closed),
        }
    }

    /// Waits for capacity and sends. Returns the number of the delivery.
    ///
    /// # Errors
    /// When the receiver was dropped.
    pub async fn send(&self, delivery: Delivery) -> Result<Seq, Closed> {
        Ok(self.reserve(&delivery).await?.send(delivery))
    }

    /// Waits for capacity and sends a delivery that keeps its number, such as
    /// one of a recording.
    ///
    /// # Errors
    /// When the receiver was dropped.
    pub async fn send_numbered(&self, delivery: Delivery) -> Result<(), Closed> {
        let permit = self.reserve(&delivery).await?;
        permit.sequence().lock().send(permit, delivery);
        Ok(())
    }
}

/// Capacity reserved for one delivery; released when dropped.
#[derive(Debug)]
pub struct Permit {
    bytes: OwnedSemaphorePermit,
    slot: mpsc::OwnedPermit<Entry>,
    sequence: Sequence,
}

impl Permit {
    /// Numbers the delivery, sends it and returns the number. Blocks only while
    /// a [`Sequencer`] exists elsewhere.
    pub fn send(self, mut delivery: Delivery) -> Seq {
        let sequence = self.sequence();
        let mut sequencer = sequence.lock();
        let seq = sequencer.assign(&mut delivery);
        sequencer.send(self, delivery);
        seq
    }

    /// The sequence from which the delivery is numbered.
    pub fn sequence(&self) -> Sequence {
        self.sequence.clone()
    }
}

/// Counts a reservation whose future is dropped before it has an output, as when
/// the listener stops: its request is neither answered nor shown.
struct CancelCounter<'a>(&'a AtomicU64);

impl CancelCounter<'_> {
    /// Ends the reservation without counting it.
    fn disarm(self) {
        std::mem::forget(self);
    }
}

impl Drop for CancelCounter<'_> {
    fn drop(&mut self) {
        self.0.fetch_add(1, Ordering::Relaxed);
    }
}

impl Receiver {
    /// Waits for at least one delivery, then receives all that are queued, up to
    /// `limit` and `RECEIVE_KIB`. Returns how many; 0 when the queue is empty and all senders are
    /// dropped. The first is received at once, later ones at intervals (see
    /// `pace`). Cancel safe.
    pub async fn recv_many(&mut self, into: &mut Vec<Delivery>, limit: usize) -> usize {
        if self.received.is_empty() {
            self.pace.wait().await;
            self.entries.recv_many(&mut self.received, limit).await;
        }
        let count = self.move_received(into, limit);
        if count < limit && self.received.is_empty() {
            self.pace.pause();
        }
        count
    }

    /// Receives what is queued right now, up to `limit` and `RECEIVE_KIB`. Returns how
    /// many.
    pub fn try_recv_many(&mut self, into: &mut Vec<Delivery>, limit: usize) -> usize {
        let queued = std::iter::from_fn(|| self.entries.try_recv().ok());
        self.received.extend(queued.take(limit.saturating_sub(self.received.len())));
        self.move_received(into, limit)
    }

    /// Number of deliveries in the queue.
    pub fn queued(&self) -> usize {
        self.received.len() + self.entries.len()
    }

    /// Number of deliveries dropped while they waited for capacity; their requests
    /// were not answered, and nothing else shows them.
    pub fn canceled(&self) -> u64 {
        self.shared.canceled.load(Ordering::Relaxed)
    }

    /// Number of deliveries for which there was no capacity in time; their requests
    /// were answered, and nothing else shows them.
    pub fn expired(&self) -> u64 {
        self.shared.expired.load(Ordering::Relaxed)
    }

    /// Moves the received deliveries out and releases their capacity.
    fn move_received(&mut self, into: &mut Vec<Delivery>, limit: usize) -> usize {
        let (mut count, mut freed) = (0, 0);
        for (_, kib) in self.received.iter().take(limit) {
            if 0 < count && RECEIVE_KIB < freed + kib {
                break;
            }
            count += 1;
            freed += kib;
        }
        into.extend(self.received.drain(..count).map(|(delivery, _)| delivery));
        self.shared.free_kib.add_permits(freed);
        self.pace.count(count);
        count
    }
}

impl Drop for Receiver {
    fn drop(&mut self) {
        // The channel closes by itself; the semaphore does not.
        self.shared.free_kib.close();
    }
}

/// The capacity a delivery takes: its size in KiB, at least one. One that is
/// larger than the queue takes all of it.
fn kib(delivery: &Delivery) -> u32 {
    let Delivery { body, headers, target, answer, .. } = delivery;
    let reply = answer.app_reply.as_ref().map_or(0, |it| it.body.len());
    let bytes = body.len() + headers.as_bytes().len() + target.len() + answer.body.len() + reply;
    u32::try_from((bytes / 1024 + 1).min(CAPACITY_KIB)).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests;
