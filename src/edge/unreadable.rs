//! Reports of what reaches the port and is no request.

use std::fmt;
use std::sync::Arc;

use crate::dashboard::Unreadable;

/// Calls a function with each [`Unreadable`]; it must not block.
#[derive(Clone)]
pub struct UnreadableReports(Arc<dyn Fn(Unreadable) + Send + Sync>);

impl UnreadableReports {
    /// Reports to a function.
    pub fn new(report: impl Fn(Unreadable) + Send + Sync + 'static) -> Self {
        Self(Arc::new(report))
    }

    pub(super) fn report(&self, unreadable: Unreadable) {
        (self.0)(unreadable);
    }
}

impl Default for UnreadableReports {
    fn default() -> Self {
        Self::new(|_| {})
    }
}

impl fmt::Debug for UnreadableReports {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("UnreadableReports")
    }
}
