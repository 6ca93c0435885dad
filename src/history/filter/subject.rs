//! What a filter is evaluated on: one callback, read as lazily as possible.

use std::borrow::Cow;
use std::cell::OnceCell;

use crate::callback::Delivery;
use crate::history::row::Row;

/// A callback that a filter can be evaluated on, with its parts from cheap to
/// expensive.
pub trait Subject {
    /// The indexed fields; costs nothing.
    fn row(&self) -> &Row<'_>;
    /// The raw body; may have to be decompressed.
    fn body(&self) -> &[u8];
    /// The complete delivery; may have to be decompressed and copied.
    fn delivery(&self) -> Cow<'_, Delivery>;
}

/// The most expensive part of a [`Subject`] that a filter reads.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub enum ReadCost {
    /// Only the indexed fields.
    #[default]
    Row,
    /// The raw body too.
    Body,
    /// The complete delivery.
    Delivery,
}

/// A subject during one evaluation; caches its delivery.
pub(super) struct CachedSubject<'s, S> {
    subject: &'s S,
    delivery: OnceCell<Cow<'s, Delivery>>,
}

impl<'s, S: Subject> CachedSubject<'s, S> {
    pub(super) const fn new(subject: &'s S) -> Self {
        Self { subject, delivery: OnceCell::new() }
    }

    pub(super) fn row(&self) -> &Row<'_> {
        self.subject.row()
    }

    pub(super) fn body(&self) -> &[u8] {
        self.subject.body()
    }

    pub(super) fn delivery(&self) -> &Delivery {
        self.delivery.get_or_init(|| self.subject.delivery())
    }
}
