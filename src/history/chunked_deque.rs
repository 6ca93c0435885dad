//! A queue stored in chunks of one size, so that it uses memory for little more
//! than its elements.
//!
//! A `VecDeque` doubles its buffer when it is full and keeps it: below a limit
//! in bytes that would halve what can be kept.

use std::collections::VecDeque;

/// Elements in a chunk.
const CHUNK: usize = 128;

/// A queue: pushed at the back, popped at the front.
#[derive(Debug)]
pub(super) struct ChunkedDeque<T> {
    chunks: VecDeque<Vec<T>>,
    /// Elements popped from the first chunk.
    popped: usize,
    len: usize,
}

impl<T> Default for ChunkedDeque<T> {
    fn default() -> Self {
        Self { chunks: VecDeque::new(), popped: 0, len: 0 }
    }
}

impl<T: Copy> ChunkedDeque<T> {
    pub(super) fn len(&self) -> usize {
        self.len
    }

    /// The memory use in bytes, without the free part of the last chunk.
    pub(super) fn memory_bytes(&self) -> usize {
        (self.popped + self.len) * size_of::<T>()
    }

    pub(super) fn get(&self, index: usize) -> Option<&T> {
        let index = index.checked_add(self.popped)?;
        self.chunks.get(index / CHUNK)?.get(index % CHUNK)
    }

    pub(super) fn back(&self) -> Option<&T> {
        // What is popped from the first chunk is still in it.
        self.chunks.back()?.last().filter(|_| 0 < self.len)
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = &T> {
        self.chunks.iter().flatten().skip(self.popped)
    }

    /// The elements from the back on.
    pub(super) fn iter_back(&self) -> impl Iterator<Item = &T> {
        self.chunks.iter().rev().flat_map(|it| it.iter().rev()).take(self.len)
    }

    pub(super) fn push_back(&mut self, element: T) {
        match self.chunks.back_mut() {
            Some(last) if last.len() < CHUNK => last.push(element),
            _ => {
                let mut chunk = Vec::with_capacity(CHUNK);
                chunk.push(element);
                self.chunks.push_back(chunk);
            }
        }
        self.len += 1;
    }

    pub(super) fn pop_front(&mut self) -> Option<T> {
        let front = *self.get(0)?;
        self.popped += 1;
        self.len -= 1;
        if self.popped == CHUNK {
            self.chunks.pop_front();
            self.popped = 0;
        }
        Some(front)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn elements_come_out_in_order_and_their_memory_is_freed() {
        let mut deque = ChunkedDeque::default();
        let mut next = 0;
        for round in 0..5 {
            for it in 0..3000 {
                deque.push_back(round * 3000 + it);
            }
            while 700 < deque.len() {
                assert_eq!((deque.get(0), deque.get(699)), (Some(&next), Some(&(next + 699))));
                assert_eq!(deque.pop_front(), Some(next));
                next += 1;
            }
            assert!(deque.iter().copied().eq(next..next + 700));
            assert!(deque.iter_back().copied().eq((next..next + 700).rev()));
            assert_eq!(deque.get(700), None);
            assert!(deque.memory_bytes() <= (700 + CHUNK) * size_of::<i32>());
        }
    }
}
