//! Joins what crossterm takes apart: of Esc and the next sequence in one read, such as
//! `ESC ESC [ C`, it makes the keys Esc, `[` and `C`, and of a paste as many keys as it has
//! characters. Of the terminal's reply about its background it makes keys, too.

use std::collections::VecDeque;
use std::io;
use std::time::Duration;

use crossterm::event::{Event, KeyCode, KeyModifiers};
use futures_util::{Stream, StreamExt as _};
use tokio::sync::oneshot;
use tokio::time::{Instant, timeout};

use super::reply::{Part, Reply, character};
use crate::dashboard::theme::Rgb;

/// How long the rest of a sequence is waited for.
const REST: Duration = Duration::from_millis(30);
/// How long it is quiet after a paste, whose end crossterm drops.
const QUIET: Duration = Duration::from_millis(200);
/// How long the reply about the background may take.
const REPLY: Duration = Duration::from_secs(2);
/// The longest sequence, in characters; that of the mouse has up to 14.
const MAX_SEQUENCE: usize = 32;
/// The most characters that are kept of a paste.
const MAX_PASTE: usize = 1 << 20;

/// Terminal events, with those sequences as one event.
pub(super) struct Joined<S> {
    events: S,
    ahead: VecDeque<io::Result<Event>>,
    /// What gets the background, and until when it may be replied.
    asked: Option<(oneshot::Sender<Rgb>, Instant)>,
}

impl<S: Stream<Item = io::Result<Event>> + Unpin> Joined<S> {
    pub(super) fn new(events: S) -> Self {
        Self { events, ahead: VecDeque::new(), asked: None }
    }

    /// The terminal was asked for its background, and replies between the keys.
    pub(super) fn expect_background(&mut self, found: oneshot::Sender<Rgb>) {
        self.asked = Some((found, Instant::now() + REPLY));
    }

    /// The next event; `None` at the end.
    pub(super) async fn next(&mut self) -> Option<io::Result<Event>> {
        loop {
            let event = match self.ahead.pop_front() {
                Some(it) => it,
                None => self.events.next().await?,
            };
            let is_reply = self.ahead.is_empty()
                && match key(&event) {
                    Some((KeyCode::Esc, _)) => self.join().await,
                    Some((KeyCode::Char(']'), KeyModifiers::ALT)) => self.read_reply().await,
                    _ => false,
                };
            if !is_reply {
                return Some(event);
            }
        }
    }

    /// After Esc: reads a sequence that came with it. Whether both are a reply.
    async fn join(&mut self) -> bool {
        // What came in one read is there at once. Polled with the waker of the task, since
        // crossterm keeps the first one that it gets.
        let wait = if self.expects_reply() { REST } else { Duration::ZERO };
        let Ok(Some(first)) = timeout(wait, self.events.next()).await else { return false };
        if typed(&first) == Some(']') {
            let is_reply = self.read_reply().await;
            if !is_reply {
                self.ahead.push_front(first);
            }
            return is_reply;
        }
        self.join_sequence(first).await;
        false
    }

    /// After Esc and one event: reads the rest of a sequence.
    async fn join_sequence(&mut self, first: io::Result<Event>) {
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

    fn expects_reply(&self) -> bool {
        self.asked.as_ref().is_some_and(|(_, until)| Instant::now() < *until)
    }

    /// After `ESC ]`: reads the reply about the background; `false` if it is none. What comes
    /// with it and is none of it stays.
    async fn read_reply(&mut self) -> bool {
        let (mut reply, mut read, mut others) = (Reply::default(), Vec::new(), Vec::new());
        let is_expected = self.expects_reply();
        let wait = if is_expected { QUIET } else { REST };
        let mut last = Instant::now();
        while let Ok(Some(event)) = timeout(wait, self.events.next()).await {
            let is_late = REST <= last.elapsed();
            last = Instant::now();
            match event.as_ref().map(|it| reply.add(it, is_late)) {
                Ok(Part::Inner) => read.push(event),
                Ok(Part::End) => {
                    read.clear();
                    break;
                }
                Ok(Part::Other) => others.push(event),
                Ok(Part::Key) | Err(_) => {
                    others.push(event);
                    break;
                }
            }
        }
        let is_reply = reply.is_one() || is_expected && reply.may_be_one();
        match is_reply {
            false => self.ahead.extend(read),
            // Without the backslash after it, Esc is a key.
            true => self.ahead.extend(read.pop().filter(is_esc)),
        }
        if let Some(color) = reply.color()
            && let Some((found, _)) = self.asked.take()
        {
            // After its time nothing waits for it.
            let _ = found.send(color);
        }
        self.ahead.extend(others);
        is_reply
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

fn is_esc(event: &io::Result<Event>) -> bool {
    key(event).is_some_and(|(code, _)| code == KeyCode::Esc)
}

/// The code of a key and its modifiers.
fn key(event: &io::Result<Event>) -> Option<(KeyCode, KeyModifiers)> {
    match event {
        Ok(Event::Key(key)) => Some((key.code, key.modifiers)),
        _ => None,
    }
}

#[cfg(test)]
mod tests;
