//! Pseudonyms of users and groups while personal data is hidden.

use std::hash::BuildHasher as _;

use foldhash::quality::RandomState;

use crate::callback::{Delivery, redact};

/// Maps names to pseudonyms; each instance maps them differently.
#[derive(Debug, Clone, Default)]
pub(super) struct Pseudonyms(RandomState);

impl Pseudonyms {
    /// The pseudonym of a name, `id-` and five characters; the same name always
    /// has the same one. An empty name stays empty. A new [`Pseudonyms`], as for each
    /// time that key `p` hides names, gives other ones.
    pub(super) fn of(&self, name: &str) -> String {
        const LETTERS: &[u8; 32] = b"abcdefghijkmnpqrstuvwxyz23456789";
        if name.is_empty() {
            return String::new();
        }
        let mut hash = self.0.hash_one(name);
        let letters = std::iter::repeat_with(|| {
            let letter = LETTERS[usize::try_from(hash % 32).unwrap_or_default()];
            hash /= 32;
            char::from(letter)
        });
        let mut pseudonym = String::with_capacity(8);
        pseudonym.push_str("id-");
        pseudonym.extend(letters.take(5));
        pseudonym
    }

    /// The delivery with all personal data replaced.
    pub(super) fn redact(&self, delivery: &Delivery) -> Delivery {
        redact::redact(delivery, &|name| self.of(name))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_keeps_its_pseudonym() {
        let pseudonyms = Pseudonyms::default();
        assert_eq!(pseudonyms.of("jared"), pseudonyms.of("jared"));
        assert_ne!(pseudonyms.of("jared"), pseudonyms.of("Jonh"));
        assert_eq!(pseudonyms.of("小明").len(), 8);
        assert_eq!(pseudonyms.of(""), "");
    }
}
