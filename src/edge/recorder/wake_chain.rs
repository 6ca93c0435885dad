//! Wakes the tasks that wait for one write with a single wake-up between threads.

use std::collections::VecDeque;

use tokio::sync::oneshot;

use crate::callback::Answer;

/// Result of one write for one delivery, with the waiters still to be woken.
#[derive(Debug)]
pub(super) struct Commit {
    answer: Answer,
    rest: WakeChain,
}

impl Commit {
    /// The answer to its request. Wakes the other waiters.
    pub(super) fn into_answer(self) -> Answer {
        drop(self.rest);
        self.answer
    }
}

/// Waiters with their answers. All wait on one thread, and to wake it from
/// another thread is a system call: only the first is woken across threads, and
/// wakes the others on its own thread when its [`Commit`] is used or dropped.
///
/// With 64 connections 0.02 instead of 0.59 wake-ups of the runtime per answer
/// (writes to its eventfd, counted with strace).
#[derive(Debug, Default)]
pub(super) struct WakeChain(VecDeque<(oneshot::Sender<Commit>, Answer)>);

impl WakeChain {
    pub(super) fn with_capacity(capacity: usize) -> Self {
        Self(VecDeque::with_capacity(capacity))
    }

    pub(super) fn push(&mut self, waiter: oneshot::Sender<Commit>, answer: Answer) {
        self.0.push_back((waiter, answer));
    }

    /// Wakes the first waiter that is left, and hands it the others.
    pub(super) fn wake(mut self) {
        while let Some((waiter, answer)) = self.0.pop_front() {
            match waiter.send(Commit { answer, rest: self }) {
                Ok(()) => return,
                Err(commit) => self = commit.rest,
            }
        }
    }
}

impl Drop for WakeChain {
    fn drop(&mut self) {
        for (waiter, answer) in self.0.drain(..) {
            // An error means that the waiter is gone.
            let _ = waiter.send(Commit { answer, rest: Self::default() });
        }
    }
}
