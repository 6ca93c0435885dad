//! What is probably meant otherwise in a filter that nothing matches, as far as its text
//! shows it.

use std::ops::Range;

use super::{Reason, Remark};
use crate::callback::nearest::nearest;
use crate::history::filter::kind::{self, Kind};
use crate::history::filter::language::{self, Item};
use crate::history::filter::term::ends_word;
use crate::history::filter::{Field, Filter, find_outside, parse};

/// Before a word in Chinese that is negated.
const NEGATIONS: [&str; 7] = ["不是", "不含", "没有", "并非", "非", "不", "未"];
/// The maximum length of a word of several types, in characters.
const MAX_TYPE: usize = 6;

impl Filter {
    /// What is probably meant otherwise in a filter that nothing matches: words that are
    /// types or the beginning of a keyword and searched for as text, and values in a form
    /// that no callback has.
    pub fn remarks_without_match(&self) -> Vec<Remark> {
        let of_word = |at: Range<usize>| {
            let word = &self.text[at.clone()];
            if let Some(begun) = begun(word) {
                return Some(Remark { at, reason: Reason::Near(word.to_owned(), begun) });
            }
            let (at, meant) = negated(&self.text, at.clone())
                .or_else(|| number(&self.text, at.clone()))
                .or_else(|| Some((at, meant(word)?)))?;
            Some(Remark::meant(at.clone(), self.text[at].to_owned(), meant))
        };
        let words = parse::plain_words(&self.text).into_iter().filter_map(of_word);
        let addresses = self.searched_values().into_iter().filter(|it| it.field == Field::Peer);
        let addresses = addresses.filter_map(|it| {
            let meant = it.with(without_port(&it.value)?);
            let written = it.written();
            let start = find_outside(&self.text, &written);
            let at = start.map_or(0..0, |it| it..it + written.len());
            Some(Remark::meant(at, written, meant))
        });
        words.chain(addresses).collect()
    }
}

/// An address without the port after it.
fn without_port(address: &str) -> Option<&str> {
    let (host, port) = address.rsplit_once(':')?;
    (is_number(port) && !host.contains(':')).then_some(host)
}

fn is_number(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|it| it.is_ascii_digit())
}

/// A keyword that a word negates in Chinese, with the place of both: `非失败`, `不是 失败`.
fn negated(text: &str, at: Range<usize>) -> Option<(Range<usize>, String)> {
    let word = &text[at.clone()];
    let rest = NEGATIONS.iter().find_map(|it| word.strip_prefix(it))?;
    if !rest.is_empty() {
        return language::find_keyword(rest).map(|_| (at, format!("-{rest}")));
    }
    let next = text[at.end..].trim_start();
    let next = &next[..next.find(ends_word).unwrap_or(next.len())];
    let end = at.end + text[at.end..].find(next)? + next.len();
    language::find_keyword(next).map(|_| (at.start..end, format!("-{next}")))
}

/// A number with a space in it, with its place: `code:2000 6`.
fn number(text: &str, at: Range<usize>) -> Option<(Range<usize>, String)> {
    let before = text[..at.start].trim_end();
    let start = before.rfind(ends_word).map_or(0, |it| it + 1);
    let (name, value) = before.get(start..)?.split_once([':', '='])?;
    let field = language::find_field(name.trim_start_matches('-'));
    let is_split = matches!(field, Some(Item::Number(_)))
        && [value, &text[at.clone()]].into_iter().all(is_number);
    is_split.then(|| (start..at.end, format!("{}{}", &text[start..before.len()], &text[at])))
}

/// What a word means that is no text.
fn meant(word: &str) -> Option<String> {
    if word.len() > 2 && word.starts_with('/') && word.ends_with('/') {
        return Some(format!("re:{word}"));
    }
    if let Some((name, value)) =
        word.split_once('=').filter(|(name, value)| 2 < name.len() && !value.is_empty())
    {
        return nearest(name, language::fields()).map(|it| format!("{it}={value}"));
    }
    within(word)
}

/// The longest keyword or type that is within a word in Chinese; of two, the last one.
fn within(word: &str) -> Option<String> {
    let is_short = !word.is_ascii() && word.chars().count() <= MAX_TYPE;
    let is_within = |it: &&str| !it.is_ascii() && is_short && word.contains(*it);
    let keywords = language::chinese_keywords().filter(is_within).map(|it| (it, it.to_owned()));
    let types = kind::labels().filter(is_within).map(|it| (it, format!("type:{it}")));
    let rank = |it: &str| (it.len(), word.rfind(it));
    types.chain(keywords).max_by_key(|(it, _)| rank(it)).map(|(_, meant)| meant)
}

/// The type that a word is, or the keyword or type that it begins.
fn begun(word: &str) -> Option<String> {
    if Kind::named(word).is_some() {
        return Some(format!("type:{word}"));
    }
    // Of `recall` and `fail` all is meant but the ending.
    let is_begun = |it: &&str| {
        let longer = it.len().saturating_sub(word.len());
        4 <= word.len() && (1..=2).contains(&longer) && it[..word.len()].eq_ignore_ascii_case(word)
    };
    let is_ascii = |it: &&str| it.is_ascii() && word.is_ascii();
    let keyword = language::keywords().filter(is_ascii).find(is_begun).map(str::to_owned);
    let kind = || kind::words().filter(is_ascii).find(is_begun).map(|it| format!("type:{it}"));
    keyword.or_else(kind)
}
