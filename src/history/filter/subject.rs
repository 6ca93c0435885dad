//! What a filter is evaluated on: one callback, read as lazily as possible.

use std::borrow::Cow;
use std::cell::OnceCell;

use crate::callback::command::When;
use crate::callback::{Callback, Delivery};
use crate::history::row::{Flags, Row};

/// A callback that a filter can be evaluated on, with its parts from cheap to
/// expensive.
pub trait Subject {
    /// The indexed fields; costs nothing, unless the callback has just arrived and is
    /// not decoded yet.
    fn row(&self) -> &Row<'_>;
    /// The command word; empty if there is none.
    fn word(&self) -> &str {
        self.row().word
    }
    /// The application; empty if it is not named.
    fn app(&self) -> &str {
        self.row().app
    }
    /// Whether it was sent before or after its event; `None` without a command word.
    fn when(&self) -> Option<When> {
        let row = self.row();
        let is_before = row.flags.contains(Flags::BEFORE);
        (!row.word.is_empty()).then_some(if is_before { When::Before } else { When::After })
    }
    /// The raw body; may have to be decompressed.
    fn body(&self) -> &[u8];
    /// The complete delivery; may have to be decompressed and copied.
    fn delivery(&self) -> Cow<'_, Delivery>;
    /// The decoded delivery, if it is kept for several filters.
    fn callback(&self) -> Option<&Callback<'_>> {
        None
    }
    /// The readable texts of its message, if they are kept for several filters.
    fn texts(&self) -> Option<&[Cow<'_, str>]> {
        None
    }
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

    pub(super) fn word(&self) -> &str {
        self.subject.word()
    }

    pub(super) fn app(&self) -> &str {
        self.subject.app()
    }

    pub(super) fn when(&self) -> Option<When> {
        self.subject.when()
    }

    pub(super) fn body(&self) -> &[u8] {
        self.subject.body()
    }

    pub(super) fn callback(&self) -> Option<&Callback<'_>> {
        self.subject.callback()
    }

    pub(super) fn texts(&self) -> Option<&[Cow<'_, str>]> {
        self.subject.texts()
    }

    pub(super) fn delivery(&self) -> &Delivery {
        self.delivery.get_or_init(|| self.subject.delivery())
    }
}
