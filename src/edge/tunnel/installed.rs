//! Which tunnel programs are installed.

use std::env;
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;

use crate::callback::tunnel_program::TunnelProgram;

/// The tunnel programs that a shell would find, in the order in which they are offered.
pub fn installed() -> Vec<TunnelProgram> {
    let path = env::var_os("PATH").unwrap_or_default();
    let folders: Vec<_> = env::split_paths(&path).filter(|it| it.is_absolute()).collect();
    let is_installed =
        |it: &TunnelProgram| folders.iter().any(|folder| is_program(&folder.join(it.executable())));
    TunnelProgram::ALL.into_iter().filter(is_installed).collect()
}

fn is_program(file: &Path) -> bool {
    file.metadata().is_ok_and(|it| it.is_file() && it.permissions().mode() & 0o111 != 0)
}
