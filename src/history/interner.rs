//! An interner with reference counts: each text of the kept rows is stored once.

use std::collections::HashMap;
use std::sync::Arc;

use foldhash::quality::RandomState;

use super::memory::{ARC_OVERHEAD, TableSize};

/// An interned text; valid in the [`Interner`] that made it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Symbol(u32);

/// A set of symbols of one interner.
#[derive(Debug, Default)]
pub(super) struct SymbolSet(Vec<u64>);

impl SymbolSet {
    /// Adds a symbol; returns whether it was not in the set.
    pub(super) fn insert(&mut self, Symbol(index): Symbol) -> bool {
        let (word, bit) = (index as usize / 64, 1 << (index % 64));
        if self.0.len() <= word {
            self.0.resize(word + 1, 0);
        }
        let is_new = self.0[word] & bit == 0;
        self.0[word] |= bit;
        is_new
    }
}

/// Texts with a count of their uses; an unused text is dropped.
///
/// The hash is keyed, because the texts come from the network.
#[derive(Debug, Default)]
pub(super) struct Interner {
    indices: HashMap<Arc<str>, u32, RandomState>,
    entries: Vec<Entry>,
    /// Indices of `entries` that are not in use.
    free: Vec<u32>,
    text_bytes: usize,
    table: TableSize,
}

#[derive(Debug)]
struct Entry {
    text: Arc<str>,
    uses: u32,
}

impl Interner {
    /// Adds one use of a text.
    pub(super) fn intern(&mut self, text: &str) -> Symbol {
        if let Some(&index) = self.indices.get(text) {
            self.entries[index as usize].uses += 1;
            return Symbol(index);
        }
        let text: Arc<str> = text.into();
        self.text_bytes += text.len() + ARC_OVERHEAD;
        let entry = Entry { text: Arc::clone(&text), uses: 1 };
        let index = match self.free.pop() {
            Some(index) => {
                self.entries[index as usize] = entry;
                index
            }
            None => {
                self.entries.push(entry);
                u32::try_from(self.entries.len() - 1).unwrap_or(u32::MAX)
            }
        };
        self.indices.insert(text, index);
        self.table.record(self.indices.capacity());
        Symbol(index)
    }

    /// As [`Self::intern`], for a text that is probably the one of a symbol in use.
    pub(super) fn intern_like(&mut self, symbol: Symbol, text: &str) -> Symbol {
        let entry = &mut self.entries[symbol.0 as usize];
        if *entry.text != *text {
            return self.intern(text);
        }
        entry.uses += 1;
        symbol
    }

    /// Removes one use of a text.
    pub(super) fn release(&mut self, symbol: Symbol) {
        let entry = &mut self.entries[symbol.0 as usize];
        entry.uses -= 1;
        if entry.uses == 0 {
            let text = std::mem::replace(&mut entry.text, Arc::from(""));
            self.text_bytes -= text.len() + ARC_OVERHEAD;
            self.indices.remove(&text);
            self.free.push(symbol.0);
        }
    }

    /// The symbol of a text, if it is in use.
    pub(super) fn find(&self, text: &str) -> Option<Symbol> {
        self.indices.get(text).copied().map(Symbol)
    }

    /// The text of a symbol in use.
    pub(super) fn text(&self, symbol: Symbol) -> &str {
        &self.entries[symbol.0 as usize].text
    }

    /// The estimated memory use in bytes.
    pub(super) fn memory_bytes(&self) -> usize {
        self.text_bytes
            + self.table.memory_bytes::<(Arc<str>, u32)>()
            + self.entries.capacity() * size_of::<Entry>()
            + self.free.capacity() * size_of::<u32>()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_stored_once_and_dropped_with_its_last_use() {
        let mut interner = Interner::default();
        let (a, b) = (interner.intern("alice"), interner.intern("alice"));
        assert_eq!(a, b);
        interner.release(a);
        assert_eq!(interner.intern_like(b, "alice"), b);
        interner.release(b);
        assert_eq!(interner.text(b), "alice");
        interner.release(b);
        assert_eq!(interner.text_bytes, 0);
        assert_eq!(interner.intern("bob"), a, "its index is used again");
    }

    #[test]
    fn a_symbol_is_added_to_a_set_once() {
        let mut set = SymbolSet::default();
        assert!([0, 63, 64, 1000].into_iter().all(|it| set.insert(Symbol(it))));
        assert!(![1000, 0, 64, 63].into_iter().any(|it| set.insert(Symbol(it))));
    }
}
