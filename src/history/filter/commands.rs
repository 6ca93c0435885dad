//! The command words in the text of a filter.

use std::ops::Range;

use super::language::{Item, find_field};
use super::{Field, Filter, places_outside};
use crate::callback::command::{self, TABLE};
use crate::callback::cursor::Cursor;
use crate::callback::nearest::nearest;
use crate::history::filter::term::ends_word;

/// A value of `cmd:` or `cmd=` that no known command has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnknownCommand {
    /// The value.
    pub value: String,
    /// Its place in the text.
    pub at: Range<usize>,
    /// What is written most like it.
    pub nearest: Option<&'static str>,
}

impl Filter {
    /// The values of `cmd:` and `cmd=` that no known command has.
    pub fn unknown_commands(&self) -> Vec<UnknownCommand> {
        let places = places_outside(&self.text).filter(|at| begins_word(&self.text, *at));
        let commands = places.filter_map(|at| {
            let ends = |it: char| ends_word(it) || matches!(it, ':' | '=');
            let name = at + self.text[at..].find(ends)?;
            let is_command = find_field(&self.text[at..name]) == Some(Item::Field(Field::Command));
            let is_exact = self.text[name..].starts_with('=');
            let is_command = is_command && self.text[name..].starts_with([':', '=']);
            if !is_command {
                return None;
            }
            let mut cursor = Cursor { text: &self.text, at: name + 1 };
            let value = match cursor.peek() {
                Some('"') => cursor.quoted().ok()?,
                _ => cursor.bare().to_owned(),
            };
            let at = name + 1..cursor.at;
            (!is_known(&value, is_exact)).then(|| {
                let nearest = nearest(&value, names(is_exact));
                UnknownCommand { value, at, nearest }
            })
        });
        commands.collect()
    }
}

/// Whether a place of a text is the beginning of a word, or of one after a `-`.
pub(super) fn begins_word(text: &str, at: usize) -> bool {
    text[..at].chars().next_back().is_none_or(|it| ends_word(it) || it == '-')
}

fn is_known(value: &str, is_exact: bool) -> bool {
    let folded = value.to_ascii_lowercase();
    let mut words = TABLE.iter().map(|it| it.word);
    match is_exact {
        true => command::find(value).is_some(),
        false => words.any(|it| it.to_ascii_lowercase().contains(&folded)),
    }
}

/// What is written of the known commands: all of a word, and unless it has to be exact the
/// parts of `Group.CallbackBeforeSendMsg`.
fn names(is_exact: bool) -> impl Iterator<Item = &'static str> {
    TABLE.iter().flat_map(move |it| {
        let (family, event) = it.word.split_once('.').unwrap_or((it.word, ""));
        let event = event.strip_prefix("Callback").unwrap_or(event);
        let time = ["Before", "After"].into_iter().find(|it| event.starts_with(it));
        let parts = [Some(&it.word[..=family.len()]), Some(family), Some(event), time];
        let parts = parts.into_iter().filter(move |_| !is_exact).flatten();
        std::iter::once(it.word).chain(parts)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_command_that_is_not_known_has_its_place_and_the_nearest_one() {
        for (text, place, nearest) in [
            ("cmd:goup. before", "goup.", Some("Group.")),
            ("text:\"cmd:x\" -CMD:bfore", "bfore", Some("Before")),
            (
                "(cmd=C2C.CallbackBeforSendMsg|a)",
                "C2C.CallbackBeforSendMsg",
                Some("C2C.CallbackBeforeSendMsg"),
            ),
            ("cmd:\"a potato\"", "\"a potato\"", None),
            ("回调命令:bfore", "bfore", Some("Before")),
        ] {
            let found = Filter::parse(text).unwrap().unknown_commands();
            let [found] = &*found else { panic!("{text}: {found:?}") };
            assert_eq!((&text[found.at.clone()], found.nearest), (place, nearest));
        }
        for text in ["cmd:group.", "cmd:AFTER", "xcmd://x", "cmd=Live.CallbackBeforeNew"] {
            assert_eq!(Filter::parse(text).unwrap().unknown_commands(), [], "{text}");
        }
    }
}
