//! Finding one text in another, letter case folded, without copying either.
//!
//! Lower-casing every body would cost six times the search, and a
//! case-insensitive regex twice: JSON is full of every short prefix of a word,
//! while its three rarest bytes at their distances are seldom there by chance.

use std::array;
use std::ops::Range;

use memchr::memmem::Finder;
use regex::bytes::{Regex, RegexBuilder};

/// A text to be found, made ready.
#[derive(Debug, Clone)]
pub(super) struct Needle {
    text: Box<str>,
    how: How,
}

#[derive(Debug, Clone)]
#[expect(clippy::large_enum_variant, reason = "a filter has a handful, and asks them often")]
enum How {
    /// No letter has two cases, or case counts.
    Plain(Finder<'static>),
    /// Only ASCII letters have two cases.
    Ascii(Ascii),
    /// Other letters have, too.
    Unicode(Regex),
}

impl Needle {
    /// A text whose letter case does not count.
    pub(super) fn folded(text: &str) -> Self {
        let cased = |it: char| it.is_alphabetic() && !(it.to_lowercase().eq(it.to_uppercase()));
        let how = if !text.chars().any(cased) {
            plain(text)
        } else if !text.chars().any(|it| !it.is_ascii() && cased(it)) {
            How::Ascii(Ascii::new(text))
        } else {
            let regex = RegexBuilder::new(&regex::escape(text)).case_insensitive(true).build();
            regex.map_or_else(|_| plain(text), How::Unicode)
        };
        Self { text: text.into(), how }
    }

    /// A text whose letter case counts.
    pub(super) fn exact(text: &str) -> Self {
        Self { text: text.into(), how: plain(text) }
    }

    /// The text as it was given.
    pub(super) fn text(&self) -> &str {
        &self.text
    }

    /// Whether it occurs in `hay`.
    pub(super) fn is_in(&self, hay: &[u8]) -> bool {
        match &self.how {
            How::Plain(finder) => finder.find(hay).is_some(),
            How::Ascii(ascii) => ascii.find(hay).is_some(),
            How::Unicode(regex) => regex.is_match(hay),
        }
    }

    /// Where it first occurs in `hay`.
    pub(super) fn find(&self, hay: &[u8]) -> Option<Range<usize>> {
        let at = |start: usize| start..start + self.text.len();
        match &self.how {
            How::Plain(finder) => finder.find(hay).map(at),
            How::Ascii(ascii) => ascii.find(hay).map(at),
            How::Unicode(regex) => regex.find(hay).map(|it| it.range()),
        }
    }
}

fn plain(text: &str) -> How {
    How::Plain(Finder::new(text).into_owned())
}

/// How many places are looked at together: two registers of the plainest
/// machines we build for. 16 and 64 measured slower.
const LANES: usize = 32;

/// What differs between the cases of a letter. It is left out for any byte: what
/// is then taken for another one hardly occurs in ASCII, and is found out anyway.
const CASE: u8 = 0x20;

/// Finds a text whose ASCII letters may have either case.
#[derive(Debug, Clone)]
struct Ascii {
    text: Box<[u8]>,
    /// Where in the text its rarest bytes stand, the rarest first.
    offsets: [usize; 3],
    /// These bytes, lower case.
    bytes: [u8; 3],
    /// Whether the first of them is so rare that it is seldom there by itself.
    is_rare: bool,
}

impl Ascii {
    fn new(text: &str) -> Self {
        let text = text.to_ascii_lowercase().into_bytes();
        let mut order: Vec<usize> = (0..text.len()).collect();
        order.sort_by_key(|it| commonness(text[*it]));
        // A shorter text is looked for by the same byte more than once.
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
        let found = chunks.find_map(|(nth, ((a, b), c))| self.look(hay, nth * LANES, [a, b, c]));
        found.or_else(|| {
            // The last places together with some that were looked at already.
            let [a, b, c] = columns.map(|it| it.last_chunk());
            self.look(hay, last, [a?, b?, c?])
        })
    }

    /// The first of the places from `base` on that hold it all; `columns` are
    /// what stands where its rarest bytes would be.
    #[inline]
    fn look(&self, hay: &[u8], base: usize, columns: [&[u8; LANES]; 3]) -> Option<usize> {
        let ([a, b, c], [first, second, third]) = (columns, self.bytes);
        // Plain code over arrays, so that the compiler makes vectors of it.
        let hit = |lane: usize| {
            let differs = (a[lane] ^ first) | (b[lane] ^ second) | (c[lane] ^ third);
            u8::from(differs & !CASE == 0)
        };
        let mut any = 0;
        for lane in 0..LANES {
            any |= hit(lane);
        }
        if any == 0 {
            return None;
        }
        self.confirm(hay, base, &array::from_fn(hit))
    }

    /// The same by the rare byte alone, which is twice as fast.
    fn find_rare(&self, hay: &[u8], starts: usize) -> Option<usize> {
        let (offset, byte) = (self.offsets[0], self.bytes[0]);
        let either = &hay[offset..offset + starts];
        let mut places = memchr::memchr2_iter(byte, byte.to_ascii_uppercase(), either);
        places.find(|it| self.is_at(hay, *it))
    }

    /// The first of the places from `base` on that were hit and hold it all.
    #[cold]
    fn confirm(&self, hay: &[u8], base: usize, hits: &[u8; LANES]) -> Option<usize> {
        for (eighth, hits) in hits.as_chunks::<8>().0.iter().enumerate() {
            let mut hits = u64::from_le_bytes(*hits);
            while hits != 0 {
                let at = base + eighth * 8 + hits.trailing_zeros() as usize / 8;
                if self.is_at(hay, at) {
                    return Some(at);
                }
                hits &= hits - 1;
            }
        }
        None
    }

    /// Whether it stands there; the place must have room for it.
    fn is_at(&self, hay: &[u8], at: usize) -> bool {
        hay[at..at + self.text.len()].eq_ignore_ascii_case(&self.text)
    }
}

/// How common a byte is in callbacks, as a place in a list; 0 for the rare.
fn commonness(byte: u8) -> usize {
    const RARE_FIRST: &[u8] = b"98T673524011fhbkvpy, :gu_lcdmrionstae\"";
    RARE_FIRST.iter().position(|it| *it == byte).map_or(0, |it| it + 1)
}
