//! The lines of the life line, the cursor in it, and jumps to other callbacks.

use crate::history::RowId;
use crate::history::filter::Filter;
use crate::history::life_line::LifeLine;

/// A line of the life line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Entry {
    /// The callback.
    pub(super) id: RowId,
    /// Whether it is in the chat, not in the message itself.
    pub(super) in_chat: bool,
}

/// All lines: those of the message, then those of its chat if that has others.
pub(super) fn entries(life: &LifeLine) -> Vec<Entry> {
    let chat = if 1 < life.chat.len() { &life.chat[..] } else { &[] };
    let entry = |in_chat| move |id: &RowId| Entry { id: *id, in_chat };
    life.events.iter().map(entry(false)).chain(chat.iter().map(entry(true))).collect()
}

/// The line under the cursor: the chosen one, else the first of the callback in the
/// detail pane.
pub(super) fn cursor(entries: &[Entry], chosen: Option<Entry>, shown: RowId) -> usize {
    let chosen = chosen.and_then(|chosen| entries.iter().position(|it| *it == chosen));
    chosen.or_else(|| entries.iter().position(|it| it.id == shown)).unwrap_or_default()
}

/// The lines as they are displayed; `None` is a heading.
pub(super) fn lines(entries: &[Entry]) -> impl Iterator<Item = Option<Entry>> {
    let chat = entries.iter().position(|it| it.in_chat).unwrap_or(entries.len());
    let (events, chat) = entries.split_at(chat);
    let heading = |of: &[Entry]| (!of.is_empty()).then_some(None);
    let entry = |it: &Entry| Some(*it);
    let message = std::iter::once(None).chain(events.iter().map(entry));
    message.chain(heading(chat)).chain(chat.iter().map(entry))
}

/// A callback that was gone to, and how to go back.
#[derive(Debug)]
pub(super) struct Jump {
    /// The callback.
    pub(super) to: RowId,
    /// What was selected before; `None` while the view followed the newest.
    pub(super) from: Option<RowId>,
    /// The filter that did not match the callback.
    pub(super) filter: Option<Filter>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_cursor_stays_on_its_line_and_begins_at_the_callback_shown() {
        let [first, second, third] = [1, 2, 3].map(RowId::accepted);
        let life = LifeLine { events: vec![first, second], chat: vec![third, second] };
        let entries = entries(&life);
        let in_chat = |id| Entry { id, in_chat: true };
        assert_eq!(entries[2..], [in_chat(third), in_chat(second)]);
        assert_eq!(cursor(&entries, None, second), 1);
        assert_eq!(cursor(&entries, Some(in_chat(second)), first), 3);
        assert_eq!(cursor(&entries, Some(in_chat(first)), third), 2, "it is gone");
        let alone = LifeLine { events: vec![first], chat: vec![first] };
        assert_eq!(super::entries(&alone).len(), 1);
    }
}
