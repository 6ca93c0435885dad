//! Reading of recordings, line by line, from a file or a pipe.
//!
//! An invalid line is reported with its number and skipped. A last line that is
//! invalid and has no line end is what a crash leaves behind, and not an error.

mod skipped_lines;

use std::io::{self, BufRead, IsTerminal as _, Read as _};
use std::path::{Path, PathBuf};

use anyhow::{Context as _, anyhow, ensure};

use crate::callback::jsonl::{self, LineError};
use crate::callback::trouble::failure;
use crate::callback::trouble::reason;
use crate::callback::{Delivery, Origin, Seq, Timestamp};
use crate::callback::{Lang, Localized};
pub use skipped_lines::SkippedLines;

/// Maximum length of a line in bytes. A body and an answer of 1 MiB each become at most
/// 12 MiB. In memory a line takes up to forty times as much while it is decoded.
pub(in crate::edge) const MAX_LINE: u64 = 16 << 20;

/// Number of invalid lines at the start from which on a file is not a recording.
const MAX_INVALID: u64 = 100;

/// The content of a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Entry {
    /// A delivery.
    Delivery(Box<Delivery>),
    /// The line with this number, from 1, is invalid.
    Broken(u64, LineError),
}

/// Reads the entries of a recording.
#[derive(Debug)]
pub struct RecordingReader<R> {
    reader: R,
    line: Vec<u8>,
    number: u64,
    bytes: u64,
    /// The time of the last delivery.
    last_at: Timestamp,
}

impl<R: BufRead> RecordingReader<R> {
    /// Reads from a reader.
    pub fn new(reader: R) -> Self {
        Self { reader, line: Vec::new(), number: 0, bytes: 0, last_at: Timestamp(0) }
    }

    /// Number of bytes read so far.
    pub fn bytes(&self) -> u64 {
        self.bytes
    }

    /// The next delivery or invalid line, `None` at the end. Blocks on a pipe.
    ///
    /// # Errors
    /// When the reader fails.
    pub fn read(&mut self) -> io::Result<Option<Entry>> {
        loop {
            self.line.clear();
            let read = (&mut self.reader).take(MAX_LINE).read_until(b'\n', &mut self.line)?;
            self.bytes += read as u64;
            if read == 0 {
                return Ok(None);
            }
            self.number += 1;
            let complete = self.line.ends_with(b"\n");
            if !complete && read as u64 == MAX_LINE {
                self.bytes += self.reader.skip_until(b'\n')? as u64;
                let message = failure::line_too_long(MAX_LINE >> 20);
                return Ok(Some(Entry::Broken(self.number, LineError::Invalid(message))));
            }
            // Some editors write a byte order mark.
            let text = self.line.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&self.line);
            if text.trim_ascii().is_empty() {
                continue;
            }
            match decode(text, self.number) {
                Ok(mut delivery) => {
                    // A body without any time is as old as the line before.
                    if delivery.origin == Origin::BareBody && delivery.at == Timestamp(0) {
                        delivery.at = self.last_at;
                    }
                    self.last_at = delivery.at;
                    return Ok(Some(Entry::Delivery(Box::new(delivery))));
                }
                // The last line, written in part.
                Err(LineError::Invalid(_)) if !complete && text.starts_with(b"{") => {
                    return Ok(None);
                }
                Err(error) => return Ok(Some(Entry::Broken(self.number, error))),
            }
        }
    }
}

/// Decodes a line of a recording or, with this number, the bare body of a callback.
fn decode(line: &[u8], number: u64) -> Result<Delivery, LineError> {
    let error = match jsonl::decode(line) {
        Err(error @ LineError::Invalid(_)) => error,
        decoded => return decoded,
    };
    match jsonl::decode_bare(line) {
        Ok(delivery) => Ok(Delivery { seq: Seq(number), ..delivery }),
        Err(bare) if error.is_without_version() => Err(bare),
        Err(_) => Err(error),
    }
}

const INPUT: Localized = Localized::new("standard input", "标准输入");

/// Where a recording comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Source {
    /// Standard input.
    Input,
    /// A file or a named pipe.
    File(PathBuf),
}

impl Source {
    /// The source of a path; `-` is standard input.
    pub fn new(path: &Path) -> Self {
        if path == Path::new("-") { Self::Input } else { Self::File(path.to_owned()) }
    }

    /// Its name for display.
    pub fn name(&self, lang: Lang) -> String {
        match self {
            Self::Input => INPUT.text(lang).to_owned(),
            Self::File(path) => path.display().to_string(),
        }
    }

    /// Its size in bytes, if it is a regular file.
    pub fn size(&self) -> Option<u64> {
        let Self::File(path) = self else { return None };
        std::fs::metadata(path).ok().filter(std::fs::Metadata::is_file).map(|it| it.len())
    }

    /// Opens it. Of a regular file it is checked that it is a recording.
    ///
    /// # Errors
    /// A file that cannot be read, is not a recording, or was made by a newer
    /// imscope.
    pub fn open(&self) -> anyhow::Result<RecordingReader<Box<dyn BufRead + Send>>> {
        let Self::File(path) = self else {
            // Keys would be read as lines.
            ensure!(!io::stdin().is_terminal(), failure::input_is_terminal());
            return Ok(RecordingReader::new(Box::new(io::BufReader::new(io::stdin()))));
        };
        let open = || {
            let file = std::fs::File::open(path).map(io::BufReader::new);
            file.with_context(|| reason::cannot_read(path.display()))
        };
        let file = open()?;
        if file.get_ref().metadata()?.is_file() {
            self.check(&mut RecordingReader::new(open()?))?;
        }
        Ok(RecordingReader::new(Box::new(file)))
    }

    fn check(&self, lines: &mut RecordingReader<impl BufRead>) -> anyhow::Result<()> {
        let mut first = None;
        let name = self.name(Lang::En);
        loop {
            match lines.read().with_context(|| reason::cannot_read(&name))? {
                Some(Entry::Broken(_, error @ LineError::NewerVersion(_))) if first.is_none() => {
                    return Err(anyhow!(error).context(reason::cannot_read(&name)));
                }
                Some(Entry::Broken(number, error)) => {
                    let (line, error) = first.get_or_insert((number, error));
                    if number >= MAX_INVALID {
                        return Err(not_a_recording(&name, *line, error));
                    }
                }
                Some(Entry::Delivery(_)) => return Ok(()),
                None => match first {
                    Some((line, error)) => {
                        return Err(not_a_recording(&name, line, &error));
                    }
                    None => return Ok(()),
                },
            }
        }
    }
}

/// The error of a file whose first lines are invalid, such as this one.
fn not_a_recording(name: &str, line: u64, error: &LineError) -> anyhow::Error {
    anyhow!(error.to_string()).context(failure::is_no_recording(name, line))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entries(text: &str) -> Vec<String> {
        let mut lines = RecordingReader::new(text.as_bytes());
        std::iter::from_fn(|| lines.read().unwrap())
            .map(|it| match it {
                Entry::Delivery(delivery) => delivery.seq.to_string(),
                Entry::Broken(number, error) => format!("{number}: {error}"),
            })
            .collect()
    }

    fn line(seq: u64) -> String {
        format!(r#"{{"v":1,"seq":{seq},"at":"2026-11-22T06:02:11Z"}}"#)
    }

    #[test]
    fn invalid_lines_are_reported_and_a_partial_last_line_is_not() {
        let (one, two) = (line(1), line(2));
        assert_eq!(entries(&format!("\u{feff}{one}\r\n\n{two}")), ["1", "2"]);
        assert_eq!(entries(&format!("{one}\n{}", &two[..30])), ["1"]);
        assert_eq!(
            entries(&format!("{one}\n{}\n{two}\n", &two[..30])),
            ["1", "2: the line is incomplete", "2"]
        );
    }

    #[test]
    fn a_line_that_is_too_long_is_reported_and_the_next_one_read() {
        let long = io::repeat(b'x').take(MAX_LINE + 10);
        let text = format!("\n{}", line(7));
        let mut lines = RecordingReader::new(io::BufReader::new(long.chain(text.as_bytes())));
        let error = LineError::Invalid("it is longer than 16 MiB".to_owned());
        assert_eq!(lines.read().unwrap(), Some(Entry::Broken(1, error)));
        assert!(matches!(lines.read().unwrap(), Some(Entry::Delivery(it)) if it.seq == Seq(7)));
        assert!(u64::try_from(lines.line.capacity()).unwrap() <= 2 * MAX_LINE);
    }

    #[test]
    fn bare_bodies_are_numbered_by_their_lines_and_get_a_time() {
        let body = r#"{"CallbackCommand":"C2C.CallbackAfterSendMsg"}"#;
        let dated = r#"{"CallbackCommand":"C2C.CallbackAfterSendMsg","MsgTime":1795800000}"#;
        let text = format!("{dated}\n\n{body}");
        let mut lines = RecordingReader::new(text.as_bytes());
        let mut next = || match lines.read().unwrap() {
            Some(Entry::Delivery(it)) => (it.seq, it.at, it.origin),
            other => panic!("{other:?}"),
        };
        let at = Timestamp::from_secs(1_795_800_000);
        assert_eq!(next(), (Seq(1), at, Origin::BareBody));
        assert_eq!(next(), (Seq(3), at, Origin::BareBody));
    }
}
