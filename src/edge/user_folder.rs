//! The user's folders, as XDG names them.

use std::env;
use std::path::PathBuf;

/// The folder of imscope's states; `None` if neither it nor a home is known.
pub fn state() -> Option<PathBuf> {
    folder("XDG_STATE_HOME", ".local/state")
}

/// The folder of imscope's config file; `None` if neither it nor a home is known.
pub fn config() -> Option<PathBuf> {
    folder("XDG_CONFIG_HOME", ".config")
}

/// The user's home.
pub fn home() -> Option<PathBuf> {
    absolute("HOME")
}

fn folder(variable: &str, below_home: &str) -> Option<PathBuf> {
    let folder = absolute(variable).or_else(|| home().map(|it| it.join(below_home)));
    folder.map(|it| it.join("imscope"))
}

/// The absolute path in a variable.
fn absolute(variable: &str) -> Option<PathBuf> {
    env::var_os(variable).map(PathBuf::from).filter(|it| it.is_absolute())
}
