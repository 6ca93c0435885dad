//! Case-insensitive substring search that copies neither text.
//!
//! For ASCII letters it compares the three rarest bytes of the needle at their
//! distances, [`LANES`] positions at a time. Nanoseconds for a body of 548 bytes
//! (a search through kept callbacks takes 340 in all, mostly decompression):
//!
//! | needle      | here | regex, ignoring case | memchr of the rarest byte |
//! |-------------|-----:|---------------------:|--------------------------:|
//! | `zebrafish` |   35 |                   96 |                        40 |
//! | `streets`   |   54 |                   96 |                       132 |
//! | `user_17`   |   55 |                  249 |                       185 |
//!
//! So either would make a search 12 to 50 % slower. `cargo bench --bench history`
//! shows the first two columns.

use std::array;
use std::ops::Range;

use memchr::memmem::Finder;
use regex::bytes::{Regex, RegexBuilder};

/// A text to search for.
#[derive(Debug, Clone)]
pub(super) struct Needle {
    text: Box<str>,
    search: Search,
    /// Whether programs write one of its characters as an escape in JSON.
    is_escaped: bool,
}

#[derive(Debug, Clone)]
#[expect(clippy::large_enum_variant, reason = "few, and used for every callback")]
enum Search {
    /// Without letters that have two cases, or case-sensitive.
    Plain(Finder<'static>),
    /// Only its ASCII letters have two cases.
    Ascii(Ascii),
    /// Other letters have two cases as well.
    Unicode(Regex),
}

impl Needle {
    /// A case-insensitive needle.
    pub(super) fn folded(text: &str) -> Self {
        let cased = |it: char| it.is_alphabetic() && !(it.to_lowercase().eq(it.to_uppercase()));
        let search = if !text.chars().any(cased) {
            plain(text)
        } else if !text.chars().any(|it| !it.is_ascii() && cased(it)) {
            Search::Ascii(Ascii::new(text))
        } else {
            let regex = RegexBuilder::new(&regex::escape(text)).case_insensitive(true).build();
            regex.map_or_else(|_| plain(text), Search::Unicode)
        };
        Self { text: text.into(), search, is_escaped: is_escaped(text) }
    }

    /// A case-sensitive needle.
    pub(super) fn exact(text: &str) -> Self {
        Self { text: text.into(), search: plain(text), is_escaped: is_escaped(text) }
    }

    /// The text as given.
    pub(super) fn text(&self) -> &str {
        &self.text
    }

    /// Whether programs write one of its characters as an escape in JSON.
    pub(super) const fn is_escaped(&self) -> bool {
        self.is_escaped
    }

    /// Whether `hay` contains it.
    pub(super) fn is_in(&self, hay: &[u8]) -> bool {
        match &self.search {
            Search::Plain(finder) => finder.find(hay).is_some(),
            Search::Ascii(ascii) => ascii.find(hay).is_some(),
            Search::Unicode(regex) => regex.is_match(hay),
        }
    }

    /// The range of its first occurrence in `hay`.
    pub(super) fn find(&self, hay: &[u8]) -> Option<Range<usize>> {
        let at = |start: usize| start..start + self.text.len();
        match &self.search {
            Search::Plain(finder) => finder.find(hay).map(at),
            Search::Ascii(ascii) => ascii.find(hay).map(at),
            Search::Unicode(regex) => regex.find(hay).map(|it| it.range()),
        }
    }
}

fn is_escaped(text: &str) -> bool {
    text.contains(|it: char| !it.is_ascii_alphanumeric() && !" _-.:,()[]{}".contains(it))
}

fn plain(text: &str) -> Search {
    Search::Plain(Finder::new(text).into_owned())
}

/// Positions compared at once: two SSE2 registers. 16 and 64 are slower.
const LANES: usize = 32;

/// The bit in which the cases of an ASCII letter differ. It is ignored in every
/// byte; the few false candidates fail the full comparison.
const CASE: u8 = 0x20;

/// Searches for a text, ignoring the case of its ASCII letters.
#[derive(Debug, Clone)]
struct Ascii {
    text: Box<[u8]>,
    /// The offsets of its rarest bytes, the rarest first.
    offsets: [usize; 3],
    /// These bytes, in lower case.
    bytes: [u8; 3],
    /// Whether the first of them alone is a good candidate filter.
    is_rare: bool,
}

impl Ascii {
    fn new(text: &str) -> Self {
        let text = text.to_ascii_lowercase().into_bytes();
        let mut order: Vec<usize> = (0..text.len()).collect();
        order.sort_by_key(|it| commonness(text[*it]));
        // A text of fewer than three bytes repeats its rarest one.
        let offsets =
            array::from_fn(|nth| order.get(nth).or(order.first()).copied().unwrap_or_default());
        let bytes = offsets.map(|it: usize| text[it]);
        let is_rare = bytes[0].is_ascii() && commonness(bytes[0]) == 0;
        Self { text: text.into(), offsets, bytes, is_rare }
    }

    fn find(&self, hay: &[u8]) -> Option<usize> {
        let starts = hay.len().checked_sub(self.text.len())? + 1;
        if self.is_rare {
            return self.find_rare(hay, starts);
        }
        let columns = self.offsets.map(|it| &hay[it..it + starts]);
        let Some(last) = starts.checked_sub(LANES) else {
            return (0..starts).find(|it| self.is_at(hay, *it));
        };
        let [a, b, c] = columns.map(|it| it.as_chunks().0);
        let mut chunks = a.iter().zip(b).zip(c).enumerate();
        let found =
            chunks.find_map(|(nth, ((a, b), c))| self.first_match(hay, nth * LANES, [a, b, c]));
        found.or_else(|| {
            // The last positions overlap those compared already.
            let [a, b, c] = columns.map(|it| it.last_chunk());
            self.first_match(hay, last, [a?, b?, c?])
        })
    }

    /// The first match at the positions from `base`; `columns` are the bytes at
    /// the three offsets from each position.
    #[inline]
    fn first_match(&self, hay: &[u8], base: usize, columns: [&[u8; LANES]; 3]) -> Option<usize> {
        let ([a, b, c], [first, second, third]) = (columns, self.bytes);
        // Loops over arrays, which the compiler vectorizes.
        let is_candidate = |lane: usize| {
            let differs = (a[lane] ^ first) | (b[lane] ^ second) | (c[lane] ^ third);
            u8::from(differs & !CASE == 0)
        };
        let mut any = 0;
        for lane in 0..LANES {
            any |= is_candidate(lane);
        }
        if any == 0 {
            return None;
        }
        self.confirm(hay, base, &array::from_fn(is_candidate))
    }

    /// Searches by the rarest byte alone.
    fn find_rare(&self, hay: &[u8], starts: usize) -> Option<usize> {
        let (offset, byte) = (self.offsets[0], self.bytes[0]);
        let bytes = &hay[offset..offset + starts];
        let mut candidates = memchr::memchr2_iter(byte, byte.to_ascii_uppercase(), bytes);
        candidates.find(|it| self.is_at(hay, *it))
    }

    /// The first match among the candidates from `base`.
    #[cold]
    fn confirm(&self, hay: &[u8], base: usize, candidates: &[u8; LANES]) -> Option<usize> {
        for (eighth, candidates) in candidates.as_chunks::<8>().0.iter().enumerate() {
            let mut bits = u64::from_le_bytes(*candidates);
            while bits != 0 {
                let at = base + eighth * 8 + bits.trailing_zeros() as usize / 8;
                if self.is_at(hay, at) {
                    return Some(at);
                }
                bits &= bits - 1;
            }
        }
        None
    }

    /// Whether it is at a position, which must not be too near the end of `hay`.
    fn is_at(&self, hay: &[u8], at: usize) -> bool {
        hay[at..at + self.text.len()].eq_ignore_ascii_case(&self.text)
    }
}

/// The rank of a byte by its frequency in callbacks; 0 for rare ones.
fn commonness(byte: u8) -> usize {
    const RARE_FIRST: &[u8] = b"98T673524011fhbkvpy, :gu_lcdmrionstae\"";
    RARE_FIRST.iter().position(|it| *it == byte).map_or(0, |it| it + 1)
}
