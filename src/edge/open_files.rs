//! The limit of open files.

use anyhow::bail;
use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};

use crate::callback::trouble::failure;

/// The limit to ask for: two for each connection, because a callback can be forwarded
/// to the local app, and some more. Some systems have this as their maximum.
const WANTED: u64 = 10_240;

/// With fewer the runtime, the terminal and the listener cannot all be opened.
const MINIMUM: u64 = 32;

/// Raises the limit, and returns it. The usual 1024 is only the soft limit.
pub(super) fn raise_limit() -> u64 {
    let limit = getrlimit(Resource::Nofile);
    let wanted = limit.maximum.map_or(WANTED, |it| it.min(WANTED));
    match limit.current {
        Some(current) if current < wanted => {
            let more = Rlimit { current: Some(wanted), ..limit };
            setrlimit(Resource::Nofile, more).map_or(current, |()| wanted)
        }
        current => current.unwrap_or(u64::MAX),
    }
}

/// Raises the limit.
///
/// # Errors
/// When it stays too low to run at all.
pub fn check_limit() -> anyhow::Result<()> {
    match raise_limit() {
        limit @ 0..MINIMUM => {
            bail!(failure::few_open_files(limit))
        }
        _ => Ok(()),
    }
}
