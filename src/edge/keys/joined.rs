//! Joins what crossterm takes apart: of Esc and the next sequence in one read, such as
//! `ESC ESC [ C`, it makes the keys Esc, `[` and `C`, and of a paste as many keys as it has
//! characters.

use std::collections::VecDeque;
use std::io;
use std::time::Duration;

use crossterm::event::{Event, KeyCode, KeyEvent, KeyModifiers};
use futures_util::{Stream, StreamExt as _};
use tokio::time::timeout;

/// How long the rest of a sequence is waited for.
const REST: Duration = Duration::from_millis(30);
/// How long it is quiet after a paste, whose end crossterm drops.
const QUIET: Duration = Duration::from_millis(200);
/// The longest sequence, in characters; that of the mouse has up to 14.
const MAX_SEQUENCE: usize = 32;
/// The most characters that are kept of a paste.
const MAX_PASTE: usize = 1 << 20;

/// Terminal events, with those sequences as one event.
pub(super) struct Joined<S> {
    events: S,
    ahead: VecDeque<io::Result<Event>>,
}

impl<S: Stream<Item = io::Result<Event>> + Unpin> Joined<S> {
    pub(super) fn new(events: S) -> Self {
        Self { events, ahead: VecDeque::new() }
    }

    /// The next event; `None` at the end.
    pub(super) async fn next(&mut self) -> Option<io::Result<Event>> {
        let event = match self.ahead.pop_front() {
            Some(it) => it,
            None => self.events.next().await?,
        };
        let is_escape = matches!(&event, Ok(Event::Key(key)) if key.code == KeyCode::Esc);
        if is_escape && self.ahead.is_empty() {
            self.join().await;
        }
        Some(event)
    }

    /// After Esc: reads a sequence that came with it.
    async fn join(&mut self) {
        // What came in one read is there at once. Polled with the waker of the task, since
        // crossterm keeps the first one that it gets.
        let Ok(Some(first)) = timeout(Duration::ZERO, self.events.next()).await else { return };
        let start = typed(&first).filter(|it| matches!(it, '[' | 'O'));
        self.ahead.push_back(first);
        let Some(start) = start else { return };
        let mut sequence = String::from(start);
        while let Some(is_at_end) = ends(&sequence) {
            if is_at_end {
                self.ahead.clear();
                return self.read(&sequence).await;
            }
            let Ok(Some(event)) = timeout(REST, self.events.next()).await else { return };
            sequence.push(typed(&event).unwrap_or('\0'));
            self.ahead.push_back(event);
        }
    }

    /// Reads what a sequence stands for; nothing, if that is no key.
    async fn read(&mut self, sequence: &str) {
        if sequence == "[200~" {
            return self.read_paste().await;
        }
        let key = key_of(sequence).map(|it| Ok(Event::Key(it.into())));
        self.ahead.extend(key);
    }

    /// Reads the characters of a paste; no other key is one until it is quiet.
    async fn read_paste(&mut self) {
        let (mut text, mut later) = (String::new(), VecDeque::new());
        while let Ok(Some(event)) = timeout(QUIET, self.events.next()).await {
            let Ok(Event::Key(key)) = event else {
                later.push_back(event);
                continue;
            };
            let char = match key.code {
                KeyCode::Enter => Some('\n'),
                KeyCode::Tab => Some('\t'),
                KeyCode::Char('j') if key.modifiers == KeyModifiers::CONTROL => Some('\n'),
                _ => character(key),
            };
            text.extend(char.filter(|_| text.len() < MAX_PASTE));
        }
        self.ahead.push_back(Ok(Event::Paste(text)));
        self.ahead.extend(later);
    }
}

/// Whether a sequence is at its end; `None` if it is none.
fn ends(sequence: &str) -> Option<bool> {
    let mut chars = sequence.chars();
    let start = chars.next();
    let last = chars.next_back();
    let is_parameter = |it: char| matches!(it, '0'..='9' | ';' | ':' | '<' | '?');
    match (start, last) {
        _ if MAX_SEQUENCE < sequence.len() => None,
        (_, None) => Some(false),
        (Some('O'), Some('A'..='D' | 'H' | 'F' | 'P'..='S')) | (Some('['), Some('@'..='~')) => {
            Some(true)
        }
        (Some('['), Some(it)) if is_parameter(it) => Some(false),
        _ => None,
    }
}

/// The key of a sequence without its modifiers.
fn key_of(sequence: &str) -> Option<KeyCode> {
    Some(match &sequence[1..] {
        "A" => KeyCode::Up,
        "B" => KeyCode::Down,
        "C" => KeyCode::Right,
        "D" => KeyCode::Left,
        "H" | "1~" | "7~" => KeyCode::Home,
        "F" | "4~" | "8~" => KeyCode::End,
        "3~" => KeyCode::Delete,
        "5~" => KeyCode::PageUp,
        "6~" => KeyCode::PageDown,
        "Z" => KeyCode::BackTab,
        _ => return None,
    })
}

/// The character of a key that is typed without Ctrl and Alt.
fn typed(event: &io::Result<Event>) -> Option<char> {
    match event {
        Ok(Event::Key(key)) => character(*key),
        _ => None,
    }
}

fn character(key: KeyEvent) -> Option<char> {
    match key.code {
        KeyCode::Char(it) if (key.modifiers - KeyModifiers::SHIFT).is_empty() => Some(it),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use futures_util::stream;

    use super::*;

    fn keys(text: &str) -> Vec<Event> {
        let key = |it| match it {
            '\x1b' => KeyCode::Esc,
            '\n' => KeyCode::Enter,
            it => KeyCode::Char(it),
        };
        text.chars().map(|it| Event::Key(key(it).into())).collect()
    }

    /// What becomes of the events of one read; nothing comes after them.
    async fn joined(events: Vec<Event>) -> Vec<Event> {
        let events = stream::iter(events).map(Ok).chain(stream::pending());
        let (mut joined, mut all) = (Joined::new(events), Vec::new());
        while let Ok(Some(event)) = timeout(QUIET * 2, joined.next()).await {
            all.push(event.unwrap());
        }
        all
    }

    #[tokio::test(start_paused = true)]
    async fn a_sequence_after_esc_is_one_key_or_none() {
        let esc = keys("\x1b");
        for (text, code) in [
            ("[C", Some(KeyCode::Right)),
            ("OA", Some(KeyCode::Up)),
            ("[5~", Some(KeyCode::PageUp)),
            ("[<0;12;7M", None),
            ("[1;5C", None),
        ] {
            let key = code.map(|it| Event::Key(it.into()));
            let expected = [esc.clone(), key.into_iter().collect(), keys("q")].concat();
            assert_eq!(joined(keys(&format!("\x1b{text}q"))).await, expected, "{text}");
        }
        let expected = [keys("\x1b\x1b"), vec![Event::Key(KeyCode::Right.into())]].concat();
        assert_eq!(joined(keys("\x1b\x1b[C")).await, expected);
    }

    #[tokio::test(start_paused = true)]
    async fn what_is_no_sequence_stays_keys() {
        for text in ["\x1b", "\x1bq", "\x1b[", "\x1b[12", "\x1b[é", "\x1bOx", "q[C", "\x1b\x1bj"] {
            assert_eq!(joined(keys(text)).await, keys(text), "{text:?}");
        }
        let long = format!("\x1b[{}", "1".repeat(MAX_SEQUENCE + 8));
        assert_eq!(joined(keys(&long)).await, keys(&long));
    }

    #[tokio::test(start_paused = true)]
    async fn a_paste_after_esc_is_a_paste_and_no_key() {
        let resized = Event::Resize(80, 24);
        let events = [keys("\x1b[200~qy\n\x1bC"), vec![resized.clone()], keys("小")].concat();
        let expected = [keys("\x1b"), vec![Event::Paste("qy\nC小".to_owned()), resized]].concat();
        assert_eq!(joined(events).await, expected);
    }
}
