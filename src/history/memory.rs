//! Estimates of the memory that collections use in addition to their contents.

/// Bytes of an `Arc<str>` without its text: its two counters, and what the
/// allocator adds.
pub(super) const ARC_OVERHEAD: usize = 32;

/// The largest size that a hash table has had. A table never shrinks, and after
/// removals its `capacity()` leaves out the slots of removed entries.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct TableSize(usize);

impl TableSize {
    /// Records the current capacity.
    pub(super) fn record(&mut self, capacity: usize) {
        self.0 = self.0.max(capacity);
    }

    /// The size in bytes of a table with entries of this type.
    pub(super) fn memory_bytes<T>(self) -> usize {
        self.0 * 8 / 7 * (size_of::<T>() + 1)
    }
}
