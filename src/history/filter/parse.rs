//! From the text of a filter to its tree.
//!
//! ```text
//! any  = all ("|" all)*
//! all  = one+
//! one  = "-" one | "(" any ")" | term
//! term = word | "quoted" | flag | name sign value | re:/pattern/
//! ```

use std::ops::Range;

use regex::bytes::RegexBuilder;

use super::Mistake;
use super::expr::Expr;
use super::needle::Needle;
use super::number::{self, MEASURES, Measure};
use super::term::{self, FIELDS, Field, TYPES, Term};

/// Nobody types more; what is pasted by mistake costs nothing.
const MAX_BYTES: usize = 4096;
const MAX_DEPTH: usize = 64;
/// A pattern of few letters can become a machine of a megabyte.
const MAX_PATTERNS: usize = 16;
const MAX_PATTERN_BYTES: usize = 1 << 20;

/// The longer before the shorter that they begin with.
const SIGNS: [&str; 7] = [">=", "<=", "!=", ">", "<", "=", ":"];

/// Reads a whole filter.
pub(super) fn parse(text: &str) -> Result<Expr, Mistake> {
    if text.len() > MAX_BYTES {
        let start = (0..=MAX_BYTES).rev().find(|it| text.is_char_boundary(*it)).unwrap_or(0);
        return mistake(start..text.len(), "the filter is longer than 4 KiB");
    }
    let mut parser = Parser { text, at: 0, depth: 0, patterns: 0 };
    parser.skip_space();
    if parser.rest().is_empty() {
        return Ok(Expr::default());
    }
    let expr = parser.any()?;
    match parser.peek() {
        None => Ok(expr),
        Some(_) => mistake(parser.next_char(), "`)` closes nothing"),
    }
}

/// What ends a word that has no quotes.
pub(super) fn ends_a_word(it: char) -> bool {
    it.is_whitespace() || matches!(it, '(' | ')' | '|' | '"')
}

fn mistake<T>(at: Range<usize>, what: impl Into<String>) -> Result<T, Mistake> {
    Err(Mistake { at, what: what.into() })
}

struct Parser<'t> {
    text: &'t str,
    at: usize,
    depth: usize,
    patterns: usize,
}

impl<'t> Parser<'t> {
    fn any(&mut self) -> Result<Expr, Mistake> {
        let mut parts = vec![self.all("before")?];
        while self.peek() == Some('|') {
            self.at += 1;
            parts.push(self.all("after")?);
        }
        Ok(Expr::or(parts))
    }

    /// Terms up to `|`, `)` or the end; at least one. `side` is where of the
    /// nearest `|` they stand.
    fn all(&mut self, side: &str) -> Result<Expr, Mistake> {
        let mut parts = Vec::new();
        self.skip_space();
        while !matches!(self.peek(), None | Some('|' | ')')) {
            parts.push(self.one()?);
            self.skip_space();
        }
        match (parts.is_empty(), self.peek(), side) {
            (false, ..) => Ok(Expr::and(parts)),
            (true, Some('|'), _) => mistake(self.next_char(), "nothing stands before `|`"),
            (true, _, "after") => mistake(self.next_char(), "nothing stands after `|`"),
            (true, Some(')'), _) if self.depth == 0 => {
                mistake(self.next_char(), "`)` closes nothing")
            }
            (true, ..) => mistake(self.next_char(), "nothing stands in the parentheses"),
        }
    }

    fn one(&mut self) -> Result<Expr, Mistake> {
        let start = self.at;
        let dashes = self.rest().len() - self.rest().trim_start_matches('-').len();
        self.at += dashes;
        if dashes > 0 && self.peek().is_none_or(|it| it != '"' && it != '(' && ends_a_word(it)) {
            return mistake(start..self.at, "nothing stands right after `-`");
        }
        let expr = match self.peek() {
            Some('(') => self.group()?,
            _ => Expr::Term(self.term()?),
        };
        Ok(if dashes % 2 == 1 { expr.not() } else { expr })
    }

    fn group(&mut self) -> Result<Expr, Mistake> {
        let open = self.next_char();
        self.at = open.end;
        self.depth += 1;
        if self.depth > MAX_DEPTH {
            return mistake(open, format!("parentheses stand more than {MAX_DEPTH} deep"));
        }
        self.skip_space();
        if self.peek().is_none() {
            return mistake(open, "`(` is not closed");
        }
        let expr = self.any()?;
        if self.peek() != Some(')') {
            return mistake(open, "`(` is not closed");
        }
        self.at += 1;
        self.depth -= 1;
        Ok(expr)
    }

    fn term(&mut self) -> Result<Term, Mistake> {
        let start = self.at;
        if self.peek() == Some('"') {
            let text = self.quoted()?;
            if text.is_empty() {
                return mistake(start..self.at, "nothing stands between the quotes");
            }
            return Ok(Term::Word(Needle::folded(&text)));
        }
        let name = self.name();
        let after = &self.rest()[name.len()..];
        let sign = SIGNS.into_iter().find(|it| !name.is_empty() && after.starts_with(it));
        let at = start..start + name.len();
        match sign {
            Some(sign) if is_name(name) => {
                self.at = at.end + sign.len();
                self.field(at, name, sign)
            }
            Some(":") if !after.starts_with("://") => {
                let whole = self.bare();
                let what =
                    format!("no field `{name}`; write \"{whole}\" in quotes to look for the text");
                mistake(at, what)
            }
            _ => {
                let word = self.bare();
                Ok(term::flag(word).map_or_else(|| Term::Word(Needle::folded(word)), Term::Flag))
            }
        }
    }

    /// What follows the name of a field and its sign.
    fn field(&mut self, at: Range<usize>, name: &str, sign: &str) -> Result<Term, Mistake> {
        let same = |it: &str| it.eq_ignore_ascii_case(name);
        let both = at.start..self.at;
        if sign == "!=" {
            return mistake(both, format!("`!=` is not known; write -{name}=…"));
        }
        if let Some(measure) = MEASURES.into_iter().find(|it| same(it.name())) {
            return self.number(both, measure, sign);
        }
        if !matches!(sign, ":" | "=") {
            return mistake(both, format!("`{name}` cannot be compared; write {name}:…"));
        }
        if same("re") {
            return self.pattern(both);
        }
        let (value, value_at) = self.value(&both)?;
        if same("type") {
            return kind(value_at, &value);
        }
        let field = FIELDS.into_iter().find(|(it, _)| same(it)).map_or(Field::Text, |it| it.1);
        let needle = match sign {
            "=" => Needle::exact(&value),
            _ if value.is_empty() => {
                return mistake(value_at, "nothing stands between the quotes");
            }
            _ => Needle::folded(&value),
        };
        Ok(Term::Text { field, needle, whole: sign == "=" })
    }

    fn number(
        &mut self,
        both: Range<usize>,
        measure: Measure,
        sign: &str,
    ) -> Result<Term, Mistake> {
        let (value, at) = self.value(&both)?;
        number::compare(measure, sign, &value).or_else(|what| mistake(at, what))
    }

    fn pattern(&mut self, both: Range<usize>) -> Result<Term, Mistake> {
        let open = self.at;
        if self.peek() != Some('/') {
            return mistake(both, "a pattern stands between slashes: re:/…/");
        }
        let mut escaped = false;
        let close = self.rest().char_indices().skip(1).find(|(_, it)| {
            let closes = *it == '/' && !escaped;
            escaped = *it == '\\' && !escaped;
            closes
        });
        let Some((close, _)) = close else {
            return mistake(open..self.text.len(), "the pattern has no closing `/`");
        };
        let source = &self.rest()[1..close];
        self.at += close + 1;
        let inside = open..self.at;
        let flags_at = self.at;
        let flags = self.bare();
        if !matches!(flags, "" | "i") {
            let what = format!("`{flags}` is not known after a pattern; `i` folds the letter case");
            return mistake(flags_at..self.at, what);
        }
        self.patterns += 1;
        if source.is_empty() {
            return mistake(inside, "nothing stands between the slashes");
        }
        if self.patterns > MAX_PATTERNS {
            return mistake(inside, format!("more than {MAX_PATTERNS} patterns"));
        }
        compiled(source, flags == "i").or_else(|what| mistake(inside, what))
    }

    /// The value after a sign, in quotes or without, and where it stands.
    fn value(&mut self, both: &Range<usize>) -> Result<(String, Range<usize>), Mistake> {
        let start = self.at;
        let value = match self.peek() {
            Some('"') => self.quoted()?,
            _ => self.bare().to_owned(),
        };
        if start == self.at {
            let said = &self.text[both.clone()];
            return mistake(both.clone(), format!("`{said}` needs a value right after it"));
        }
        Ok((value, start..self.at))
    }

    /// A text in quotes; `\"` is a quote in it, and `\\` a backslash.
    fn quoted(&mut self) -> Result<String, Mistake> {
        let open = self.at;
        let mut text = String::new();
        let mut chars = self.rest().char_indices().skip(1).peekable();
        while let Some((i, char)) = chars.next() {
            match char {
                '"' => {
                    self.at += i + 1;
                    return Ok(text);
                }
                '\\' => match chars.next_if(|(_, it)| matches!(it, '"' | '\\')) {
                    Some((_, literal)) => text.push(literal),
                    None => text.push('\\'),
                },
                _ => text.push(char),
            }
        }
        mistake(open..self.text.len(), "the quote is not closed")
    }

    fn bare(&mut self) -> &'t str {
        let rest = self.rest();
        let word = &rest[..rest.find(ends_a_word).unwrap_or(rest.len())];
        self.at += word.len();
        word
    }

    /// The letters at which a field's name could stand; empty for other text.
    fn name(&self) -> &'t str {
        let rest = self.rest();
        let inside = |it: char| it.is_ascii_alphanumeric() || it == '_';
        let end = rest.find(|it| !inside(it)).unwrap_or(rest.len());
        if rest.starts_with(|it: char| it.is_ascii_alphabetic()) { &rest[..end] } else { "" }
    }

    fn rest(&self) -> &'t str {
        &self.text[self.at..]
    }

    fn peek(&self) -> Option<char> {
        self.rest().chars().next()
    }

    fn skip_space(&mut self) {
        self.at = self.text.len() - self.rest().trim_start().len();
    }

    fn next_char(&self) -> Range<usize> {
        self.at..self.at + self.peek().map_or(0, char::len_utf8)
    }
}

fn is_name(name: &str) -> bool {
    let fields = FIELDS.iter().map(|(it, _)| *it);
    let numbers = MEASURES.iter().map(|it| it.name());
    fields.chain(numbers).chain(["type", "re"]).any(|it| it.eq_ignore_ascii_case(name))
}

fn kind(at: Range<usize>, value: &str) -> Result<Term, Mistake> {
    if let Some((_, kind)) = TYPES.iter().find(|(it, _)| it.eq_ignore_ascii_case(value)) {
        return Ok(Term::Type(*kind));
    }
    let names = TYPES.map(|(it, _)| it).join(", ");
    mistake(at, format!("no type `{value}`; the types are {names}"))
}

/// A compiled pattern, or what the regex crate says about it, in one line.
fn compiled(source: &str, folded: bool) -> Result<Term, String> {
    let built = RegexBuilder::new(source)
        .case_insensitive(folded)
        .size_limit(MAX_PATTERN_BYTES)
        .dfa_size_limit(MAX_PATTERN_BYTES)
        .nest_limit(64)
        .build();
    match built {
        Ok(regex) => Ok(Term::Pattern { source: source.to_owned(), folded, regex }),
        Err(regex::Error::CompiledTooBig(_)) => Err("the pattern is too large".to_owned()),
        Err(error) => {
            // The crate draws the place over several lines; the last one speaks.
            let said = error.to_string();
            let last = said.lines().last().unwrap_or_default();
            let reason = last.trim_start_matches("error: ").trim_end_matches('.');
            Err(format!("the pattern is not one: {reason}"))
        }
    }
}
