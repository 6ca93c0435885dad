//! The sequence numbers of deliveries.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::{Permit, Shared};
use crate::callback::{Delivery, Seq};

/// The last sequence number assigned, 0 before the first. Locked while a delivery is sent, so that the order
/// of numbers is the order of arrival on any runtime.
pub(super) type LastSeq = Mutex<Seq>;

/// A handle on the sequence numbers of a queue; [`Sequence::lock`] gives access.
#[derive(Debug, Clone)]
pub struct Sequence(pub(super) Arc<Shared>);

impl Sequence {
    /// Blocks until no other [`Sequencer`] of this queue exists.
    pub fn lock(&self) -> Sequencer<'_> {
        Sequencer(self.0.sequence.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

/// Guard of the lock of a [`Sequence`]: assigns numbers and sends. Deliveries
/// numbered under one guard must be sent under it, in the same order.
#[derive(Debug)]
pub struct Sequencer<'a>(MutexGuard<'a, Seq>);

impl Sequencer<'_> {
    /// Gives the delivery the next number, and returns it.
    pub fn assign(&mut self, delivery: &mut Delivery) -> Seq {
        self.0.0 += 1;
        delivery.seq = *self.0;
        delivery.seq
    }

    /// Sends a numbered delivery. Never blocks.
    pub fn send(&mut self, permit: Permit, delivery: Delivery) {
        let kib = permit.bytes.num_permits();
        // The receiver releases it.
        permit.bytes.forget();
        permit.slot.send((delivery, kib));
    }
}
