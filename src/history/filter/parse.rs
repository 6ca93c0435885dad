//! A recursive-descent parser for the filter language.
//!
//! ```text
//! or   = and ("|" and)*
//! and  = not+
//! not  = "-" not | "(" or ")" | term
//! term = word | "quoted" | keyword | name operator value | re:/pattern/
//! ```

mod tokens;
mod pattern;
mod field;
mod payload;
mod unknown;

use std::ops::Range;

use super::error::{ParseError, Reason};
use super::escapes::letters;
use super::expr::Expr;
use super::foreign;
use super::language;
use super::named::{self, NamedFilter};
use super::needle::Needle;
use super::term::{Term, ends_word};
use crate::callback::Localized;
use crate::callback::cursor::Cursor;

/// The maximum length of a filter in bytes; a large paste must not cost time.
const MAX_BYTES: usize = 4096;
const MAX_DEPTH: usize = 64;

const TOO_LONG: Localized = Localized::new("the filter is longer than 4 KiB", "过滤条件超过 4 KiB");
const UNMATCHED_CLOSE: Localized = Localized::new("unmatched `)`", "`)` 没有对应的 `(`");
const UNCLOSED: Localized = Localized::new("`(` is not closed", "`(` 没有闭合");
const NO_TERM_BEFORE_OR: Localized = Localized::new("no term before `|`", "`|` 前缺少条件");
const NO_TERM_AFTER_OR: Localized = Localized::new("no term after `|`", "`|` 后缺少条件");
const EMPTY_PARENTHESES: Localized = Localized::new("empty parentheses", "括号内为空");
const LONE_DASH: Localized = Localized::new("no term right after `-`", "`-` 后需紧跟一个条件");
const EMPTY_QUOTES: Localized = Localized::new("empty quotes", "引号内为空");

/// The filters that are used by their names, with the places of these.
type Found<'n> = Vec<(Range<usize>, &'n NamedFilter)>;

/// Parses a filter. What it is with the filters that it names is left to the caller.
pub(super) fn parse<'n>(
    text: &str,
    names: Option<&'n [NamedFilter]>,
) -> Result<(Expr, Found<'n>), ParseError> {
    let mut parser = Parser { names, ..Parser::of(text) };
    let expr = parser.parse()?;
    Ok((expr, parser.found))
}

/// The places of the words in a filter that are searched for and not in quotes.
pub(super) fn plain_words(text: &str) -> Vec<Range<usize>> {
    let mut parser = Parser::of(text);
    // Up to a mistake, of which a filter has none.
    let _ = parser.parse();
    parser.words
}

fn error<T>(at: Range<usize>, reason: Reason) -> Result<T, ParseError> {
    Err(ParseError { at, reason })
}

struct Parser<'t, 'n> {
    cursor: Cursor<'t>,
    /// Open parentheses.
    depth: usize,
    /// Patterns parsed so far.
    patterns: usize,
    /// The places of words that are searched for.
    words: Vec<Range<usize>>,
    /// The filters that can be used by their names, if any can here.
    names: Option<&'n [NamedFilter]>,
    /// Those that are.
    found: Found<'n>,
}

impl<'t> Parser<'t, '_> {
    fn of(text: &'t str) -> Self {
        let cursor = Cursor { text, at: 0 };
        Self { cursor, depth: 0, patterns: 0, words: Vec::new(), names: None, found: Vec::new() }
    }

    fn parse(&mut self) -> Result<Expr, ParseError> {
        let text = self.cursor.text;
        if text.len() > MAX_BYTES {
            let at = text.floor_char_boundary(MAX_BYTES)..text.len();
            return error(at, Reason::Plain(TOO_LONG));
        }
        self.cursor.skip_space();
        if self.cursor.rest().is_empty() {
            return Ok(Expr::default());
        }
        let expr = self.or()?;
        match self.cursor.peek() {
            None => Ok(expr),
            Some(_) => self.error_here(UNMATCHED_CLOSE),
        }
    }

    fn or(&mut self) -> Result<Expr, ParseError> {
        let mut parts = vec![self.and(false)?];
        while self.cursor.peek() == Some('|') {
            self.cursor.at += 1;
            parts.push(self.and(true)?);
        }
        Ok(Expr::or(parts))
    }

    /// Terms up to `|`, `)` or the end; at least one.
    fn and(&mut self, after_or: bool) -> Result<Expr, ParseError> {
        let mut parts = Vec::new();
        self.cursor.skip_space();
        while !matches!(self.cursor.peek(), None | Some('|' | ')')) {
            parts.push(self.not()?);
            self.cursor.skip_space();
        }
        if !parts.is_empty() {
            return Ok(Expr::and(parts));
        }
        self.error_here(match self.cursor.peek() {
            Some('|') if after_or => foreign::ONE_BAR,
            Some('|') => NO_TERM_BEFORE_OR,
            _ if after_or => NO_TERM_AFTER_OR,
            Some(')') if self.depth == 0 => UNMATCHED_CLOSE,
            _ => EMPTY_PARENTHESES,
        })
    }

    fn not(&mut self) -> Result<Expr, ParseError> {
        let start = self.cursor.at;
        let rest = self.cursor.rest();
        let dashes = rest.len() - rest.trim_start_matches('-').len();
        self.cursor.at += dashes;
        let begins_term = |it| matches!(it, '"' | '(') || !ends_word(it);
        if dashes > 0 && !self.cursor.peek().is_some_and(begins_term) {
            return error(start..self.cursor.at, Reason::Plain(LONE_DASH));
        }
        let expr = match self.cursor.peek() {
            Some('(') => self.group()?,
            _ => Expr::term(self.term()?),
        };
        Ok(if dashes % 2 == 1 { expr.not() } else { expr })
    }

    fn group(&mut self) -> Result<Expr, ParseError> {
        let open = self.cursor.next_char();
        self.cursor.at = open.end;
        self.depth += 1;
        if self.depth > MAX_DEPTH {
            return error(open, Reason::TooDeep(MAX_DEPTH));
        }
        self.cursor.skip_space();
        if self.cursor.peek().is_none() {
            return error(open, Reason::Plain(UNCLOSED));
        }
        let expr = self.or()?;
        if self.cursor.peek() != Some(')') {
            return error(open, Reason::Plain(UNCLOSED));
        }
        self.cursor.at += 1;
        self.depth -= 1;
        Ok(expr)
    }

    fn term(&mut self) -> Result<Term, ParseError> {
        let start = self.cursor.at;
        if self.cursor.peek() == Some('"') {
            let text = self.cursor.quoted()?;
            if text.is_empty() {
                return error(start..self.cursor.at, Reason::Plain(EMPTY_QUOTES));
            }
            return Ok(Term::Word(Needle::folded(&letters(&text))));
        }
        if let Some(field) = field::parse(&mut self.cursor, &mut self.patterns)? {
            return Ok(field);
        }
        if let Some(field) = payload::parse(&mut self.cursor)? {
            return Ok(field);
        }
        let word = self.cursor.half_width()?;
        if let Some(text) = foreign::in_place_of(word) {
            return error(start..self.cursor.at, Reason::Plain(text));
        }
        if let Some(text) = foreign::condition(word, &self.cursor.text[start..]) {
            return error(start..self.cursor.at, Reason::Instead(text));
        }
        let at = start..self.cursor.at;
        if let Some(name) = named::name_of(word) {
            match named::find(name, self.names) {
                Ok(it) => self.found.push((at.clone(), it)),
                Err(reason) => return error(at, Reason::Name(reason)),
            }
        }
        Ok(match language::find_keyword(word) {
            Some(keyword) => Term::Keyword(keyword),
            None => {
                self.words.push(at);
                Term::Word(Needle::folded(&letters(word)))
            }
        })
    }

    fn error_here<T>(&self, text: Localized) -> Result<T, ParseError> {
        error(self.cursor.next_char(), Reason::Plain(text))
    }
}
