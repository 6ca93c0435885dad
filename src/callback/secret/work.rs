//! Counts the bytes that masking reads, in tests only: it must be linear.

#[cfg(test)]
use std::cell::Cell;

#[cfg(test)]
thread_local! {
    static READ: Cell<usize> = const { Cell::new(0) };
}

/// Adds some bytes.
#[cfg(test)]
pub(super) fn count(bytes: usize) {
    READ.set(READ.get() + bytes);
}

/// Adds some bytes.
#[cfg(not(test))]
pub(super) const fn count(_bytes: usize) {}

/// How many bytes a function reads.
#[cfg(test)]
pub(super) fn of(run: impl FnOnce()) -> usize {
    READ.set(0);
    run();
    READ.get()
}
