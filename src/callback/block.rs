//! Blocks of bytes that are compared at once, by instructions for many values.
//!
//! The compiler makes such instructions of comparisons without branches ([`is_any`]), among
//! them one of a range; for equality alone `memchr` is better.

/// The number of bytes of a block.
pub(super) const BLOCK: usize = 16;

/// Whether any condition holds, each evaluated.
pub(super) fn is_any<const N: usize>(conditions: [bool; N]) -> bool {
    conditions.into_iter().fold(false, |any, it| any | it)
}

/// All bits of each byte that `is` holds for, which may not branch; the first byte is the
/// lowest.
pub(super) fn marks(block: &[u8; BLOCK], is: impl Fn(u8) -> bool) -> [u64; 2] {
    let marks: [u8; BLOCK] = std::array::from_fn(|at| if is(block[at]) { 0xff } else { 0 });
    let halves = marks.as_chunks().0;
    [u64::from_le_bytes(halves[0]), u64::from_le_bytes(halves[1])]
}

/// The place of the first byte that `is` holds for, which may not branch.
pub(super) fn position(bytes: &[u8], is: impl Fn(u8) -> bool) -> Option<usize> {
    let mut at = 0;
    while let Some(block) = bytes.get(at..).and_then(<[u8]>::first_chunk) {
        match marks(block, &is) {
            [0, 0] => at += BLOCK,
            [0, high] => return Some(at + BLOCK / 2 + high.trailing_zeros() as usize / 8),
            [low, _] => return Some(at + low.trailing_zeros() as usize / 8),
        }
    }
    Some(at + bytes.get(at..)?.iter().position(|it| is(*it))?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_of_several_is_found_at_each_place() {
        for length in 0..4 * BLOCK {
            let mut bytes = vec![1; length];
            assert_eq!(position(&bytes, |it| it == 0), None);
            for at in (0..length).rev() {
                bytes[at] = 0;
                assert_eq!(position(&bytes, |it| it == 0), Some(at), "of {length}");
            }
        }
    }
}
