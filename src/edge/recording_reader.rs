//! A recording is read: line by line, from a file or a pipe.
//!
//! What is broken is told with the number of its line, and reading goes on; a
//! last line without an end that cannot be read is what a crash leaves behind,
//! and no error.

use std::io::{self, BufRead, IsTerminal as _, Read as _};
use std::path::{Path, PathBuf};

use anyhow::{Context as _, bail, ensure};

use crate::callback::Delivery;
use crate::callback::jsonl::{self, LineError};

/// Above any line that is written: a body of 1 MiB becomes at most six.
const LONGEST: u64 = 256 << 20;

/// How many broken lines a file may begin with and still be a recording.
const PATIENCE: u64 = 100;

/// What a line turned out to be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Entry {
    /// A delivery.
    Delivery(Box<Delivery>),
    /// The line of this number cannot be read.
    Broken(u64, LineError),
}

/// The lines of a recording.
#[derive(Debug)]
pub struct RecordingReader<R> {
    reader: R,
    line: Vec<u8>,
    number: u64,
    bytes: u64,
}

impl<R: BufRead> RecordingReader<R> {
    /// The lines that come out of a reader.
    pub fn new(reader: R) -> Self {
        Self { reader, line: Vec::new(), number: 0, bytes: 0 }
    }

    /// How many bytes were read so far.
    pub fn bytes(&self) -> u64 {
        self.bytes
    }

    /// The next delivery or broken line, `None` at the end. Waits for a pipe.
    ///
    /// # Errors
    /// When the reader fails.
    pub fn read(&mut self) -> io::Result<Option<Entry>> {
        loop {
            self.line.clear();
            let read = (&mut self.reader).take(LONGEST).read_until(b'\n', &mut self.line)?;
            self.bytes += read as u64;
            if read == 0 {
                return Ok(None);
            }
            self.number += 1;
            let whole = self.line.ends_with(b"\n");
            if !whole && read as u64 == LONGEST {
                self.bytes += self.reader.skip_until(b'\n')? as u64;
                let said = format!("it is longer than {} MiB", LONGEST >> 20);
                return Ok(Some(Entry::Broken(self.number, LineError::Invalid(said))));
            }
            // Editors of another system leave a mark at the beginning.
            let text = self.line.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&self.line);
            if text.trim_ascii().is_empty() {
                continue;
            }
            match jsonl::decode(text) {
                Ok(delivery) => return Ok(Some(Entry::Delivery(Box::new(delivery)))),
                // Torn, with nothing behind it.
                Err(LineError::Invalid(_)) if !whole && text.starts_with(b"{") => return Ok(None),
                Err(mistake) => return Ok(Some(Entry::Broken(self.number, mistake))),
            }
        }
    }
}

/// Where a recording comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Source {
    /// Standard input.
    Input,
    /// A file, or a pipe with a name.
    File(PathBuf),
}

impl Source {
    /// The source that a user names; `-` is standard input.
    pub fn new(path: &Path) -> Self {
        if path == Path::new("-") { Self::Input } else { Self::File(path.to_owned()) }
    }

    /// What to call it.
    pub fn name(&self) -> String {
        match self {
            Self::Input => "standard input".to_owned(),
            Self::File(path) => path.display().to_string(),
        }
    }

    /// How many bytes it has, where that can be known.
    pub fn size(&self) -> Option<u64> {
        let Self::File(path) = self else { return None };
        std::fs::metadata(path).ok().filter(std::fs::Metadata::is_file).map(|it| it.len())
    }

    /// Opens it, and makes sure of a file that it is a recording; a pipe may
    /// take its time to tell.
    ///
    /// # Errors
    /// A file that cannot be read, that is no recording, or one of a newer
    /// imscope.
    pub fn open(&self) -> anyhow::Result<RecordingReader<Box<dyn BufRead + Send>>> {
        let Self::File(path) = self else {
            // Keys typed there would be taken for lines.
            ensure!(
                !io::stdin().is_terminal(),
                "standard input is the terminal: pipe a recording into it"
            );
            return Ok(RecordingReader::new(Box::new(io::BufReader::new(io::stdin()))));
        };
        let open = || {
            let file = std::fs::File::open(path).map(io::BufReader::new);
            file.with_context(|| format!("cannot read {}", path.display()))
        };
        let file = open()?;
        if file.get_ref().metadata()?.is_file() {
            self.check(&mut RecordingReader::new(open()?))?;
        }
        Ok(RecordingReader::new(Box::new(file)))
    }

    fn check(&self, lines: &mut RecordingReader<impl BufRead>) -> anyhow::Result<()> {
        let mut first = None;
        let name = self.name();
        loop {
            match lines.read().with_context(|| format!("cannot read {name}"))? {
                Some(Entry::Broken(_, newer @ LineError::NewerVersion(_))) if first.is_none() => {
                    bail!("cannot read {name}: {newer}")
                }
                Some(Entry::Broken(number, mistake)) => {
                    let (line, mistake) = first.get_or_insert((number, mistake));
                    if number >= PATIENCE {
                        bail!("{name} is no recording: line {line}: {mistake}");
                    }
                }
                Some(Entry::Delivery(_)) => return Ok(()),
                None => match first {
                    Some((line, mistake)) => {
                        bail!("{name} is no recording: line {line}: {mistake}")
                    }
                    None => return Ok(()),
                },
            }
        }
    }
}

/// The broken lines of a recording, counted.
#[derive(Debug, Default)]
pub struct SkippedLines {
    count: u64,
    first: Option<(u64, LineError)>,
}

impl SkippedLines {
    /// One more.
    pub fn add(&mut self, number: u64, mistake: LineError) {
        self.count += 1;
        self.first.get_or_insert((number, mistake));
    }

    /// What to tell of them; `None` if there are none.
    pub fn summary(&self, name: &str) -> Option<String> {
        let (number, mistake) = self.first.as_ref()?;
        Some(match self.count {
            1 => format!("{name}: line {number} is skipped: {mistake}"),
            more => format!("{name}: {more} lines are skipped, the first is {number}: {mistake}"),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn items(text: &str) -> Vec<String> {
        let mut lines = RecordingReader::new(text.as_bytes());
        std::iter::from_fn(|| lines.read().unwrap())
            .map(|it| match it {
                Entry::Delivery(delivery) => delivery.seq.to_string(),
                Entry::Broken(number, mistake) => format!("{number}: {mistake}"),
            })
            .collect()
    }

    fn line(seq: u64) -> String {
        format!(r#"{{"v":1,"seq":{seq},"at":"2026-11-22T06:02:11Z"}}"#)
    }

    #[test]
    fn broken_lines_are_named_and_skipped_and_a_torn_one_is_no_error() {
        let (one, two) = (line(1), line(2));
        assert_eq!(items(&format!("\u{feff}{one}\r\n\n{two}")), ["1", "2"]);
        assert_eq!(items(&format!("{one}\n{}", &two[..30])), ["1"]);
        assert_eq!(
            items(&format!("{one}\n{}\n{two}\n", &two[..30])),
            ["1", "2: the line is incomplete", "2"]
        );
    }

    #[test]
    fn the_first_broken_line_is_told_with_the_count() {
        let mut broken = SkippedLines::default();
        assert_eq!(broken.summary("a"), None);
        broken.add(7, LineError::NewerVersion(2));
        assert!(broken.summary("a").unwrap().starts_with("a: line 7 is skipped: made by"));
        broken.add(9, LineError::Invalid("the line is incomplete".to_owned()));
        assert!(
            broken.summary("a").unwrap().starts_with("a: 2 lines are skipped, the first is 7: ")
        );
    }
}
