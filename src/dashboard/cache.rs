//! A cache of one computed value, behind a `RefCell`, so that drawing can fill it.

use std::cell::RefCell;
use std::rc::Rc;

/// The value computed last, with the key that it depends on.
#[derive(Debug)]
pub(super) struct Cache<K, V>(RefCell<Option<(K, Rc<V>)>>);

impl<K: PartialEq, V> Cache<K, V> {
    /// The value of a key; computed unless it was the last one.
    pub(super) fn get(&self, key: K, compute: impl FnOnce() -> V) -> Rc<V> {
        let mut cached = self.0.borrow_mut();
        if let Some((of, value)) = &*cached
            && *of == key
        {
            return Rc::clone(value);
        }
        let value = Rc::new(compute());
        *cached = Some((key, Rc::clone(&value)));
        value
    }

    /// Drops it.
    pub(super) fn clear(&mut self) {
        self.0.take();
    }
}

impl<K, V> Default for Cache<K, V> {
    fn default() -> Self {
        Self(RefCell::new(None))
    }
}
