//! The filter language: one everywhere.

use std::borrow::Cow;

use super::row::Row;
use crate::callback::Delivery;

/// What a filter may look at, from the cheap to the dear.
pub trait Subject {
    /// The indexed facts; free.
    fn row(&self) -> &Row<'_>;
    /// The raw body; may have to be opened.
    fn body(&self) -> &[u8];
    /// The whole delivery; may have to be opened and copied.
    fn delivery(&self) -> Cow<'_, Delivery>;
}
