//! The names of filters that the end of an unfinished one can become.

use super::{Choice, Choices, SlotKind, slot};
use crate::history::filter::{NamedFilter, Wanted};

/// The names that the end of an unfinished filter can become, with their filters unless
/// these are hidden; `None` if it begins no name.
pub fn names(text: &str, filters: &[NamedFilter], hides_filters: bool) -> Option<Choices> {
    let slot = slot(text);
    if slot.kind != SlotKind::Word || !slot.typed.starts_with('@') {
        return None;
    }
    let mut wanted = Wanted::new(&slot.typed, usize::MAX);
    for it in filters {
        let text = format!("@{}", it.name);
        let meaning = if hides_filters { "" } else { it.filter.text() };
        wanted.offer(&text, || Choice::new(&*text, meaning));
    }
    Some(Choices { start: slot.start, list: wanted.found(), is_cut: false })
}
