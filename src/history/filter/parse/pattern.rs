//! Parsing of patterns: `re:/…/i`.

use std::ops::Range;

use regex::bytes::RegexBuilder;
use regex_syntax::ParserBuilder;

use super::error;
use crate::callback::Localized;
use crate::callback::cursor::Cursor;
use crate::history::filter::error::{ParseError, Reason};
use crate::history::filter::term::Term;

const MAX_PATTERNS: usize = 16;
/// The maximum size of a compiled pattern in bytes: a pattern of a few letters
/// can need megabytes.
const MAX_PATTERN_BYTES: usize = 1 << 20;

const PATTERN_FORM: Localized = Localized::new(
    "a pattern is written between slashes: re:/…/",
    "正则表达式写在斜杠之间：re:/…/",
);
const UNCLOSED_PATTERN: Localized =
    Localized::new("the pattern has no closing `/`", "正则表达式缺少结尾的 `/`");
const EMPTY_PATTERN: Localized = Localized::new("empty pattern", "正则表达式为空");
const PATTERN_TOO_LARGE: Localized =
    Localized::new("the pattern is too large", "正则表达式过于复杂");
/// The maximum number of nested groups in a pattern.
const MAX_NESTING: u32 = 64;

/// Parses `/…/` and its flags.
pub(super) fn pattern(
    cursor: &mut Cursor<'_>,
    key_at: Range<usize>,
    patterns: &mut usize,
) -> Result<Term, ParseError> {
    let start = cursor.at;
    if cursor.peek() != Some('/') {
        return error(key_at, Reason::Plain(PATTERN_FORM));
    }
    let mut escaped = false;
    let close = cursor.rest().char_indices().skip(1).find(|(_, it)| {
        let closes = *it == '/' && !escaped;
        escaped = *it == '\\' && !escaped;
        closes
    });
    let Some((close, _)) = close else {
        return error(start..cursor.text.len(), Reason::Plain(UNCLOSED_PATTERN));
    };
    let source = &cursor.rest()[1..close];
    cursor.at += close + 1;
    let pattern_at = start..cursor.at;
    let flags = cursor.bare();
    if !matches!(flags, "" | "i") {
        return error(pattern_at.end..cursor.at, Reason::UnknownPatternFlags(flags.to_owned()));
    }
    *patterns += 1;
    if source.is_empty() {
        return error(pattern_at, Reason::Plain(EMPTY_PATTERN));
    }
    if *patterns > MAX_PATTERNS {
        return error(pattern_at, Reason::TooManyPatterns(MAX_PATTERNS));
    }
    compile(source, flags == "i").or_else(|(at, reason)| {
        let source_at = start + 1;
        let at = at.map(|it| source_at + it.start..source_at + it.end);
        error(at.unwrap_or(pattern_at), reason)
    })
}

/// The mistake of a pattern, with its place unless that is all of it.
type Mistake = (Option<Range<usize>>, Reason);

fn compile(source: &str, ignore_case: bool) -> Result<Term, Mistake> {
    let built = RegexBuilder::new(source)
        .case_insensitive(ignore_case)
        .size_limit(MAX_PATTERN_BYTES)
        .dfa_size_limit(MAX_PATTERN_BYTES)
        .nest_limit(MAX_NESTING)
        .build();
    match built {
        Ok(regex) => Ok(Term::Pattern { source: source.to_owned(), ignore_case, regex }),
        Err(regex::Error::CompiledTooBig(_)) => Err((None, Reason::Plain(PATTERN_TOO_LARGE))),
        Err(error) => Err(mistake(source).unwrap_or((None, invalid(&error.to_string())))),
    }
}

/// The mistake in a pattern that cannot be compiled; the error of the regex crate has its
/// place only as a drawing.
fn mistake(source: &str) -> Option<Mistake> {
    let error = ParserBuilder::new().utf8(false).nest_limit(MAX_NESTING).build().parse(source);
    let (span, why) = match error.err()? {
        regex_syntax::Error::Parse(it) => (*it.span(), it.kind().to_string()),
        regex_syntax::Error::Translate(it) => (*it.span(), it.kind().to_string()),
        _ => return None,
    };
    Some((Some(span.start.offset..span.end.offset), invalid(&why)))
}

fn invalid(why: &str) -> Reason {
    Reason::InvalidPattern(why.trim_end_matches('.').to_owned())
}
