//! Opens the file of a recording, and checks that it is one.

use std::fs::{self, File, Metadata, OpenOptions, TryLockError};
use std::io::{self, BufRead as _, BufReader, Read as _, Seek as _};
use std::os::unix::fs::{FileExt as _, FileTypeExt as _, MetadataExt as _, OpenOptionsExt as _};
use std::path::Path;

use super::Tail;
use crate::callback::jsonl::{self, LineError};
use crate::callback::trouble::reason;
use crate::edge::recording_reader::MAX_LINE;

/// How every line begins: what is left of a first line that a crash tore.
const LINE_START: &[u8] = b"{\"v\":1,\"seq\":";

/// Opens a regular file to append to it, or creates it, and locks it.
pub(super) fn open(path: &Path, fsync: bool) -> io::Result<File> {
    // Before it is opened: that may wait, or rewind a tape.
    if let Ok(metadata) = fs::metadata(path) {
        check_kind(&metadata)?;
    }
    let file = OpenOptions::new().read(true).append(true).create(true).mode(0o600).open(path)?;
    check_kind(&file.metadata()?)?;
    if fsync && let Some(folder) = path.parent() {
        // The name of a new file is on the disk once its folder is synced.
        let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
        File::open(folder)?.sync_all()?;
    }
    // Other errors: not every file system has locks.
    if let Err(TryLockError::WouldBlock) = file.try_lock() {
        return Err(io::Error::other(reason::file_is_recorded_to()));
    }
    Ok(file)
}

/// Only a regular file keeps what is written: from a pipe it is lost with the reader.
fn check_kind(metadata: &Metadata) -> io::Result<()> {
    let kind = match metadata.file_type() {
        it if it.is_file() && !is_of_kernel(metadata) => return Ok(()),
        it if it.is_file() => reason::a_kernel_file(),
        it if it.is_dir() => reason::a_directory(),
        it if it.is_fifo() => reason::a_pipe(),
        it if it.is_socket() => reason::a_socket(),
        _ => reason::a_device(),
    };
    Err(io::Error::other(reason::keeps_no_recording(kind)))
}

/// Whether a file is in `/proc` or `/sys`, where nothing is kept.
fn is_of_kernel(metadata: &Metadata) -> bool {
    let device = |path| fs::metadata(path).map(|it| it.dev()).ok();
    let folders = ["/proc", "/sys"].into_iter().filter_map(device);
    let mut folders = folders.filter(|it| device("/") != Some(*it));
    folders.any(|it| it == metadata.dev())
}

/// The end of a file that is empty or a recording; the first line decides.
pub(super) fn check(file: &File) -> io::Result<Tail> {
    let bytes = file.metadata()?.len();
    if bytes == 0 {
        return Ok(Tail::default());
    }
    let mut last = [0];
    file.read_exact_at(&mut last, bytes - 1)?;
    check_first_line(file)?;
    Ok(Tail { bytes, partial_line: last != *b"\n" })
}

fn check_first_line(mut file: &File) -> io::Result<()> {
    let mut line = Vec::new();
    file.rewind()?;
    BufReader::new(file).take(MAX_LINE).read_until(b'\n', &mut line)?;
    match jsonl::decode(&line) {
        Ok(_) => Ok(()),
        Err(error @ LineError::NewerVersion(_)) => Err(io::Error::other(error)),
        Err(_) if line.starts_with(LINE_START) => Ok(()),
        Err(_) => Err(io::Error::other(reason::not_a_recording())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::callback::Delivery;

    #[test]
    fn every_line_begins_as_a_torn_one_is_recognized() {
        let mut line = Vec::new();
        jsonl::encode(&Delivery::default(), &mut line);
        assert!(line.starts_with(LINE_START));
    }

    #[test]
    fn the_first_line_decides_what_is_a_recording() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("chat.jsonl");
        let checked = |text: &str| {
            fs::write(&path, text).unwrap();
            check(&File::open(&path).unwrap()).map_err(|it| it.to_string())
        };
        let tail = |bytes, partial_line| Ok(Tail { bytes, partial_line });
        assert_eq!(checked(""), tail(0, false));
        assert_eq!(checked("{\"v\":1,\"at\":\"2026-11-22T06:02:11Z\"}\n{"), tail(37, true));
        assert_eq!(checked("{\"v\":1,\"seq\":1,\"at"), tail(18, true));
        let others = [
            "{\n \"name\": \"package\"\n}\n",
            "{\"a\":1}",
            "{\"level\":\"info\"}\n",
            "\n",
            "{\"CallbackCommand\":\"C2C.CallbackAfterSendMsg\"}\n",
        ];
        for text in others {
            assert_eq!(checked(text).unwrap_err(), "the file is not a recording", "{text:?}");
        }
        assert!(checked("{\"v\":2,\"x\":1}\n").unwrap_err().starts_with("made by a newer imscope"));
    }
}
