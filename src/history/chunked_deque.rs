//! A queue kept in pieces of one size, so that what it takes is what it holds.
//!
//! One that doubles when it is full would take twice as much now and then, and
//! keep it: with a bound in bytes, that is half of what could be kept.

use std::collections::VecDeque;

/// How many a piece holds.
const PIECE: usize = 1024;

/// What is put in at the end and taken out at the beginning.
#[derive(Debug)]
pub(super) struct ChunkedDeque<T> {
    parts: VecDeque<Vec<T>>,
    /// How many of the first piece are gone.
    gone: usize,
    len: usize,
}

impl<T> Default for ChunkedDeque<T> {
    fn default() -> Self {
        Self { parts: VecDeque::new(), gone: 0, len: 0 }
    }
}

impl<T: Copy> ChunkedDeque<T> {
    pub(super) fn len(&self) -> usize {
        self.len
    }

    /// How many bytes it takes, but for the room at its end.
    pub(super) fn bytes(&self) -> usize {
        (self.gone + self.len) * size_of::<T>()
    }

    pub(super) fn get(&self, index: usize) -> Option<&T> {
        let at = index.checked_add(self.gone)?;
        self.parts.get(at / PIECE)?.get(at % PIECE)
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = &T> {
        self.parts.iter().flatten().skip(self.gone)
    }

    pub(super) fn push_back(&mut self, it: T) {
        match self.parts.back_mut() {
            Some(last) if last.len() < PIECE => last.push(it),
            _ => {
                let mut piece = Vec::with_capacity(PIECE);
                piece.push(it);
                self.parts.push_back(piece);
            }
        }
        self.len += 1;
    }

    pub(super) fn pop_front(&mut self) -> Option<T> {
        let front = *self.get(0)?;
        self.gone += 1;
        self.len -= 1;
        if self.gone == PIECE {
            self.parts.pop_front();
            self.gone = 0;
        }
        Some(front)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_went_in_comes_out_in_order_and_its_room_is_given_back() {
        let mut pieces = ChunkedDeque::default();
        let mut next = 0;
        for round in 0..5 {
            for it in 0..3000 {
                pieces.push_back(round * 3000 + it);
            }
            while 700 < pieces.len() {
                assert_eq!((pieces.get(0), pieces.get(699)), (Some(&next), Some(&(next + 699))));
                assert_eq!(pieces.pop_front(), Some(next));
                next += 1;
            }
            assert!(pieces.iter().copied().eq(next..next + 700));
            assert_eq!(pieces.get(700), None);
            assert!(pieces.bytes() <= 2 * PIECE * size_of::<i32>());
        }
    }
}
