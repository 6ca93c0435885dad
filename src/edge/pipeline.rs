//! Ends the programs that write to the pipe at standard input, when its reader ends.
//!
//! A program between the two ends of a pipe, such as `tee`, notices that its reader is
//! gone only when it writes next, and until then the shell waits for it.

use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;

use rustix::process::{Pid, Signal, kill_process};

/// Sends the writers the signal that they would get with their next write. Of the same
/// job only, and not the parent: a shell. Does nothing where there is no `/proc`.
pub fn end_writers() {
    let Ok(pipe) = fs::read_link("/proc/self/fd/0") else { return };
    if !pipe.to_string_lossy().starts_with("pipe:") {
        return;
    }
    let Some((parent, job)) = parent_and_job("self") else { return };
    for pid in fs::read_dir("/proc").into_iter().flatten().filter_map(|it| pid(&it.ok()?.path())) {
        let id = pid.as_raw_nonzero().to_string();
        let is_of_job = || parent_and_job(&id).is_some_and(|(_, it)| it == job);
        if id != parent && writes_to(&id, &pipe) && is_of_job() {
            let _ = kill_process(pid, Signal::PIPE);
        }
    }
}

/// The ids of the parent and of the process group of a process. Not from `getpgid`,
/// which returns 0 for a group of another namespace.
fn parent_and_job(id: &str) -> Option<(String, String)> {
    let stat = fs::read_to_string(format!("/proc/{id}/stat")).ok()?;
    // Its second field is a name in parentheses, which may hold anything.
    let (_, fields) = stat.rsplit_once(") ")?;
    let mut fields = fields.split(' ').skip(1).map(str::to_owned);
    Some((fields.next()?, fields.next()?))
}

fn pid(folder: &Path) -> Option<Pid> {
    Pid::from_raw(folder.file_name()?.to_str()?.parse().ok()?)
}

/// Whether a process has a descriptor that writes to the pipe of this name.
fn writes_to(id: &str, pipe: &Path) -> bool {
    let files = fs::read_dir(format!("/proc/{id}/fd")).into_iter().flatten();
    files.filter_map(Result::ok).map(|it| it.path()).any(|it| {
        let writes =
            || fs::symlink_metadata(&it).is_ok_and(|it| it.permissions().mode() & 0o200 != 0);
        fs::read_link(&it).is_ok_and(|it| it == pipe) && writes()
    })
}
