//! The save that is running, and what was never saved.

use super::pseudonyms::Pseudonyms;
use super::save_dialog::SaveChoice;
use crate::history::flow_reader::FlowReader;

/// The state of saving.
#[derive(Debug, Default)]
pub(super) struct Saves {
    /// The save that is running.
    pub(super) running: Option<Box<Saving>>,
    /// The number of saves started.
    pub(super) started: u64,
    /// The accepted callbacks from callers that arrived since the last save of all.
    pub(super) unsaved: u64,
}

/// A save that is running.
#[derive(Debug)]
pub(super) struct Saving {
    /// Its number, by which its messages are recognized.
    pub(super) id: u64,
    /// What was chosen.
    pub(super) choice: SaveChoice,
    /// Reads the callbacks.
    pub(super) reader: FlowReader,
    /// Private mode at the start, which hides the names in all of the file.
    pub(super) names: Option<Pseudonyms>,
    /// The number of callbacks read so far.
    pub(super) count: u64,
    /// [`Saves::unsaved`] at the start, if all of them are in the file; else 0.
    pub(super) unsaved: u64,
    /// Whether all are read, and only the end of the file is awaited.
    pub(super) is_read: bool,
}
