//! Passes to the compiler what `imscope --version` prints of this build, and to the linker
//! what makes the program smaller.

use std::env;
use std::fmt::Write as _;
use std::fs;
use std::io::{self, Write as _};
use std::path::PathBuf;
use std::process::Command;

/// What is built from; a change of it may change whether the commit has changes.
const SOURCES: [&str; 4] = ["src", "build.rs", "Cargo.toml", "Cargo.lock"];
/// Linker arguments: relative relocations are packed, and equal functions are one. In the
/// profile `dist` these are 390 and 120 kB of 8.8 MB.
const SMALLER: [&str; 2] = ["-Wl,-z,pack-relative-relocs", "-Wl,--icf=all"];
/// How many digits of a commit are shown.
const DIGITS: usize = 12;

fn main() -> io::Result<()> {
    let mut lines = "cargo::rerun-if-changed=build.rs\n\
                     cargo::rerun-if-env-changed=IMSCOPE_COMMIT\n"
        .to_owned();
    let rustc = variable("RUSTC").and_then(|it| output(&it, &["--version"]));
    for (name, value) in
        [("COMMIT", commit(&mut lines)), ("TARGET", variable("TARGET")), ("RUSTC", rustc)]
    {
        let _ = writeln!(lines, "cargo::rustc-env=BUILD_{name}={}", value.unwrap_or_default());
    }
    if variable("PROFILE").is_some_and(|it| it == "release") {
        for argument in SMALLER.iter().filter(|it| links_and_runs(it).unwrap_or_default()) {
            let _ = writeln!(lines, "cargo::rustc-link-arg-bins={argument}");
        }
    }
    io::stdout().write_all(lines.as_bytes())
}

/// The commit: that of the environment, of the package's source, or of git.
fn commit(lines: &mut String) -> Option<String> {
    variable("IMSCOPE_COMMIT").or_else(of_package).or_else(|| of_git(lines))
}

/// The commit that `cargo package` wrote.
fn of_package() -> Option<String> {
    let text = fs::read_to_string(".cargo_vcs_info.json").ok()?;
    let value = text.split("\"sha1\"").nth(1)?.split('"').nth(1)?;
    value.get(..DIGITS).map(str::to_owned)
}

/// The commit of the repository with this folder as its root. Not in a debug build, which
/// would be built again after each commit.
fn of_git(lines: &mut String) -> Option<String> {
    let git = |arguments: &[&str]| output("git", arguments);
    if variable("PROFILE")? == "debug" || !git(&["rev-parse", "--show-prefix"])?.is_empty() {
        return None;
    }
    // Each commit, checkout and reset appends to the log.
    let files = ["HEAD", "logs/HEAD"].map(|it| git(&["rev-parse", "--git-path", it]));
    let sources = SOURCES.map(|it| Some(it.to_owned()));
    for file in files.into_iter().chain(sources).flatten() {
        if fs::exists(&file).unwrap_or_default() {
            let _ = writeln!(lines, "cargo::rerun-if-changed={file}");
        }
    }
    let digits = format!("--abbrev={DIGITS}");
    let commit = git(&["show", "--no-patch", "--format=%h %cs", &digits, "HEAD"])?;
    let changed = git(&[&["status", "--porcelain", "--"], &SOURCES[..]].concat())?;
    Some(format!("{commit}{}", if changed.is_empty() { "" } else { " +" }))
}

/// Whether a program that is linked with an argument runs here; `None` if that cannot be
/// tried. Some linkers do not know it, and C libraries before glibc 2.36 cannot load packed
/// relocations.
fn links_and_runs(argument: &str) -> Option<bool> {
    let target = variable("TARGET").filter(|it| it.contains("linux"))?;
    // What is built for another machine cannot be tried on this one.
    if variable("HOST")? != target {
        return None;
    }
    let folder = PathBuf::from(variable("OUT_DIR")?);
    let (source, program) = (folder.join("probe.rs"), folder.join("probe"));
    fs::write(&source, "fn main() {}").ok()?;
    let mut rustc = Command::new(variable("RUSTC")?);
    rustc.arg(&source).arg("-o").arg(&program).args(["-C", &format!("link-arg={argument}")]);
    if let Some(linker) = variable("RUSTC_LINKER") {
        rustc.args(["-C", &format!("linker={linker}")]);
    }
    let flags = variable("CARGO_ENCODED_RUSTFLAGS").unwrap_or_default();
    rustc.args(flags.split('\x1f').filter(|it| !it.is_empty()));
    let is_linked = rustc.output().ok()?.status.success();
    let runs = || Command::new(&program).status().is_ok_and(|it| it.success());
    Some(is_linked && runs())
}

/// What a program prints, if it succeeds.
fn output(program: &str, arguments: &[&str]) -> Option<String> {
    let output = Command::new(program).args(arguments).output().ok()?;
    let text = String::from_utf8(output.stdout).ok()?;
    output.status.success().then(|| text.trim().to_owned())
}

fn variable(name: &str) -> Option<String> {
    env::var(name).ok().filter(|it| !it.is_empty())
}
