//! The way from the listener to the loop, bounded in number and in bytes.
//!
//! Nothing is let go here: when the way is full the caller waits, and with it
//! the one who sent the callback. Deliveries are numbered as they are handed
//! over, so that their numbers tell the order and have no gaps. Who must know a
//! number before (a recording has it in its line) takes a [`Turn`]: while it
//! lasts nobody else numbers or hands over, so that the order holds there too.

use std::fmt;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::sync::{OwnedSemaphorePermit, Semaphore, mpsc};
use tokio::time::{Instant, sleep_until};

use crate::callback::Delivery;

/// How many deliveries may wait for the loop: more than the listener answers
/// while a frame is drawn, so that only a loop that cannot keep up makes it wait.
pub const DELIVERIES: usize = 16 * 1024;

/// How many KiB of them may wait for the loop.
pub const KIB: usize = 64 * 1024;

/// Between two takings of what waits: each one wakes the loop, and takes a
/// processor from those who call and answer.
pub const PACE: Duration = Duration::from_millis(4);

/// How many paces it is while many come: on few cores a waking drives the
/// listener and its callers onto one core, where they stay for some time.
const FLOOD: u32 = 4;

/// So many in each [`PACE`] are many.
const MANY: usize = 64;

/// The listener's end: where deliveries are handed over.
#[derive(Debug, Clone)]
pub struct Intake {
    sender: mpsc::Sender<Kept>,
    shared: Arc<Shared>,
}

/// The loop's end: where deliveries are taken.
#[derive(Debug)]
pub struct Deliveries {
    receiver: mpsc::Receiver<Kept>,
    /// What was received and is not yet given on: nothing, between two calls.
    received: Vec<Kept>,
    shared: Arc<Shared>,
    /// Not before this moment are any taken again.
    next: Option<Instant>,
    /// How many were taken since the last pause began.
    taken: usize,
    /// How many paces that pause was long.
    paces: u32,
}

/// A delivery, and how many KiB of room were kept for it: its answer may have
/// become another one since, when it could not be recorded.
type Kept = (Delivery, usize);

#[derive(Debug)]
struct Shared {
    /// One permit for each KiB that may still come in.
    room: Arc<Semaphore>,
    /// The number of the last delivery; locked while one is handed over, so
    /// that the order of numbers is the order of arrival on any runtime.
    last: Mutex<u64>,
    left: AtomicU64,
}

/// The loop has ended: nobody takes deliveries any more.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Gone;

impl fmt::Display for Gone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("nobody takes callbacks any more")
    }
}

impl std::error::Error for Gone {}

/// Both ends of a new way.
pub fn intake() -> (Intake, Deliveries) {
    let (sender, receiver) = mpsc::channel(DELIVERIES);
    let room = Arc::new(Semaphore::new(KIB));
    let shared = Arc::new(Shared { room, last: Mutex::new(0), left: AtomicU64::new(0) });
    (
        Intake { sender, shared: shared.clone() },
        Deliveries { receiver, received: Vec::new(), shared, next: None, taken: 0, paces: 1 },
    )
}

impl Intake {
    /// Waits until there is room for a delivery of this size, and keeps it.
    ///
    /// # Errors
    /// When the loop is gone.
    pub async fn room(&self, delivery: &Delivery) -> Result<Room, Gone> {
        let mut witness = Witness(Some(&self.shared.left));
        let kib = kib(delivery);
        let bytes = self.shared.room.clone().acquire_many_owned(kib).await;
        let place = self.sender.clone().reserve_owned().await;
        witness.0 = None;
        match (bytes, place) {
            (Ok(bytes), Ok(place)) => {
                Ok(Room { bytes, place, numbers: Numbers(self.shared.clone()) })
            }
            _ => Err(Gone),
        }
    }

    /// Waits for room and hands the delivery over. Returns the number it got.
    ///
    /// # Errors
    /// When the loop is gone.
    pub async fn hand_over(&self, delivery: Delivery) -> Result<u64, Gone> {
        Ok(self.room(&delivery).await?.hand_over(delivery))
    }
}

/// Room kept for one delivery; given back when dropped.
#[derive(Debug)]
pub struct Room {
    bytes: OwnedSemaphorePermit,
    place: mpsc::OwnedPermit<Kept>,
    numbers: Numbers,
}

impl Room {
    /// Numbers the delivery and hands it over. Never waits, unless somebody
    /// else has the turn.
    pub fn hand_over(self, mut delivery: Delivery) -> u64 {
        let numbers = self.numbers();
        let mut turn = numbers.turn();
        let seq = turn.number(&mut delivery);
        turn.hand_over(self, delivery);
        seq
    }

    /// Where its number will come from.
    pub fn numbers(&self) -> Numbers {
        self.numbers.clone()
    }
}

/// Where deliveries get their numbers.
#[derive(Debug, Clone)]
pub struct Numbers(Arc<Shared>);

impl Numbers {
    /// Waits until nobody else numbers or hands over, and keeps it so.
    pub fn turn(&self) -> Turn<'_> {
        Turn(self.0.last.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

/// The right to number and to hand over. What is numbered in a turn must be
/// handed over in it, in the same order.
#[derive(Debug)]
pub struct Turn<'a>(MutexGuard<'a, u64>);

impl Turn<'_> {
    /// Gives the delivery the next number.
    pub fn number(&mut self, delivery: &mut Delivery) -> u64 {
        *self.0 += 1;
        delivery.seq = *self.0;
        delivery.seq
    }

    /// Hands a numbered delivery over. Never waits.
    pub fn hand_over(&mut self, room: Room, delivery: Delivery) {
        let kib = room.bytes.num_permits();
        // The loop gives it back.
        room.bytes.forget();
        room.place.send((delivery, kib));
    }
}

/// Counts a call that was given up while it waited for room, as when the
/// listener is stopped: it was never answered, and would otherwise vanish
/// without a trace.
struct Witness<'a>(Option<&'a AtomicU64>);

impl Drop for Witness<'_> {
    fn drop(&mut self) {
        if let Some(left) = self.0 {
            left.fetch_add(1, Ordering::Relaxed);
        }
    }
}

impl Deliveries {
    /// Waits for at least one delivery, then takes all that wait, up to
    /// `at_most`. Returns how many; 0 when no more can come. The first comes at
    /// once, the next ones at a [`PACE`], slower while many come. Dropping the
    /// future loses nothing.
    pub async fn take(&mut self, into: &mut Vec<Delivery>, at_most: usize) -> usize {
        if let Some(next) = self.next {
            sleep_until(next).await;
            self.next = None;
        }
        self.receiver.recv_many(&mut self.received, at_most).await;
        let taken = self.give_on(into);
        if taken < at_most {
            let many = MANY * self.paces as usize;
            self.paces = if self.taken < many { 1 } else { FLOOD };
            self.taken = 0;
            self.next = Some(Instant::now() + PACE * self.paces);
        }
        taken
    }

    /// Takes what waits right now, up to `at_most`. Returns how many.
    pub fn try_take(&mut self, into: &mut Vec<Delivery>, at_most: usize) -> usize {
        let waiting = std::iter::from_fn(|| self.receiver.try_recv().ok());
        self.received.extend(waiting.take(at_most));
        self.give_on(into)
    }

    /// How many deliveries wait to be taken.
    pub fn waiting(&self) -> usize {
        self.receiver.len()
    }

    /// How many calls were given up, unanswered, while they waited for room.
    pub fn left(&self) -> u64 {
        self.shared.left.load(Ordering::Relaxed)
    }

    /// Gives on what was received, and its room back.
    fn give_on(&mut self, into: &mut Vec<Delivery>) -> usize {
        let (taken, mut room) = (self.received.len(), 0);
        into.extend(self.received.drain(..).map(|(delivery, kib)| {
            room += kib;
            delivery
        }));
        self.shared.room.add_permits(room);
        self.taken += taken;
        taken
    }
}

impl Drop for Deliveries {
    fn drop(&mut self) {
        // The channel closes by itself; who waits for bytes must learn it too.
        self.shared.room.close();
    }
}

/// What a delivery takes of the room: its bytes in KiB, at least one, and for
/// one that is larger than all the room there is, all of it.
fn kib(delivery: &Delivery) -> u32 {
    let Delivery { body, headers, target, answer, .. } = delivery;
    let said = answer.app.as_ref().map_or(0, |it| it.body.len());
    let bytes = body.len() + headers.as_bytes().len() + target.len() + answer.body.len() + said;
    u32::try_from((bytes / 1024 + 1).min(KIB)).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests;
