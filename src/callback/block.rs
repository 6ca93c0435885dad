//! Blocks of bytes that are compared at once, by instructions for many values.
//!
//! The compiler makes such instructions of comparisons without branches, among them one of
//! a range; for equality alone `memchr` is better.

/// The number of bytes of a block.
pub(super) const BLOCK: usize = 16;

/// The highest bit of each byte for which `is` returns 1; the first byte is the lowest.
pub(super) fn marks(block: &[u8; BLOCK], is: impl Fn(u8) -> u8) -> [u64; 2] {
    let mut marks = [0; BLOCK];
    let mut at = 0;
    // No iterator: debug builds would take tens of times as long.
    while at < BLOCK {
        marks[at] = is(block[at]) << 7;
        at += 1;
    }
    let halves = marks.as_chunks().0;
    [u64::from_le_bytes(halves[0]), u64::from_le_bytes(halves[1])]
}

/// The place of the first byte from `at` on for which `is` returns 1, and not 0.
pub(super) fn position(bytes: &[u8], mut at: usize, is: impl Fn(u8) -> u8) -> Option<usize> {
    while let Some(block) = bytes.get(at..).and_then(<[u8]>::first_chunk) {
        match marks(block, &is) {
            [0, 0] => at += BLOCK,
            [0, high] => return Some(at + BLOCK / 2 + high.trailing_zeros() as usize / 8),
            [low, _] => return Some(at + low.trailing_zeros() as usize / 8),
        }
    }
    Some(at + bytes.get(at..)?.iter().position(|it| is(*it) != 0)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_of_several_is_found_at_each_place() {
        for length in 0..4 * BLOCK {
            let mut bytes = vec![1; length];
            assert_eq!(position(&bytes, 0, |it| u8::from(it == 0)), None);
            for at in (0..length).rev() {
                bytes[at] = 0;
                assert_eq!(position(&bytes, 0, |it| u8::from(it == 0)), Some(at), "of {length}");
            }
        }
    }
}
