//! The names that occur in the kept callbacks, each held once.

use std::collections::HashMap;
use std::sync::Arc;

use foldhash::quality::RandomState;

/// A name by its number; only [`Interner`] makes and reads them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Symbol(u32);

/// Interner with a count of their uses; a name that nobody uses is let go.
///
/// The hash is keyed, because the names come from the network.
#[derive(Debug, Default)]
pub(super) struct Interner {
    numbers: HashMap<Arc<str>, u32, RandomState>,
    held: Vec<Held>,
    free: Vec<u32>,
    bytes: usize,
    table: Table,
}

#[derive(Debug)]
struct Held {
    text: Arc<str>,
    uses: u32,
}

/// What a text costs beside itself: the counts of the `Arc`, what the allocator
/// adds.
pub(super) const OVERHEAD: usize = 32;

/// How large a hash table has become. It never shrinks, and what it says itself
/// is less after removals, which leave their places behind.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Table(usize);

impl Table {
    /// Notes the capacity as it is now.
    pub(super) fn note(&mut self, capacity: usize) {
        self.0 = self.0.max(capacity);
    }

    /// How many bytes it takes, with entries of this type.
    pub(super) fn bytes<T>(self) -> usize {
        self.0 * 8 / 7 * (size_of::<T>() + 1)
    }
}

impl Interner {
    /// Takes a name into use.
    pub(super) fn intern(&mut self, text: &str) -> Symbol {
        if let Some(&number) = self.numbers.get(text) {
            self.held[number as usize].uses += 1;
            return Symbol(number);
        }
        let text: Arc<str> = text.into();
        self.bytes += text.len() + OVERHEAD;
        let held = Held { text: Arc::clone(&text), uses: 1 };
        let number = match self.free.pop() {
            Some(number) => {
                self.held[number as usize] = held;
                number
            }
            None => {
                self.held.push(held);
                u32::try_from(self.held.len() - 1).unwrap_or(u32::MAX)
            }
        };
        self.numbers.insert(text, number);
        self.table.note(self.numbers.capacity());
        Symbol(number)
    }

    /// Gives up one use of a name.
    pub(super) fn release(&mut self, name: Symbol) {
        let held = &mut self.held[name.0 as usize];
        held.uses -= 1;
        if held.uses == 0 {
            let text = std::mem::replace(&mut held.text, Arc::from(""));
            self.bytes -= text.len() + OVERHEAD;
            self.numbers.remove(&text);
            self.free.push(name.0);
        }
    }

    /// The text of a name in use.
    pub(super) fn text(&self, name: Symbol) -> &str {
        &self.held[name.0 as usize].text
    }

    /// About how many bytes all texts take.
    pub(super) fn bytes(&self) -> usize {
        self.bytes
    }

    /// How many bytes the tables take.
    pub(super) fn table_bytes(&self) -> usize {
        self.table.bytes::<(Arc<str>, u32)>()
            + self.held.capacity() * size_of::<Held>()
            + self.free.capacity() * size_of::<u32>()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_held_once_and_let_go_with_its_last_use() {
        let mut interner = Interner::default();
        let (a, b) = (interner.intern("alice"), interner.intern("alice"));
        assert_eq!(a, b);
        interner.release(a);
        assert_eq!(interner.text(b), "alice");
        interner.release(b);
        assert_eq!(interner.bytes(), 0);
        assert_eq!(interner.intern("bob"), a, "its number is used again");
    }
}
