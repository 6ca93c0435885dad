//! What is probably meant otherwise in filters, found once and not for each frame.

use super::cache::Cache;
use crate::history::filter::Remark;

/// The remark on a filter by its text, by whether nothing matches it, and by the magnitude
/// of what was seen, if it is compared with that: when twice as much has come, it is found
/// anew.
pub(super) type RemarkCache = Cache<(String, bool, Option<u32>), Option<Remark>>;

/// The remarks on filters in the last frame. To be cleared with the history, as what was
/// seen is counted anew.
#[derive(Debug, Default)]
pub(super) struct Remarks {
    /// That on the filter in use.
    pub(super) set: RemarkCache,
    /// That on the filter in an input line.
    pub(super) typed: RemarkCache,
}
