//! `imscope --version`: what this build was made of, as `build.rs` passed it.

use std::io::Write;
use std::process::ExitCode;

use super::cli::help_page::Length;
use crate::callback::code::PROTOCOL_DATE;
use crate::callback::lang::{Lang, Localized, localize};

/// The commit, its date, and `+` if the source had changes; empty if unknown.
const COMMIT: &str = env!("BUILD_COMMIT");

const DEBUG: Localized = Localized::new("not read in a debug build", "调试构建不读取");
const NO_GIT: Localized =
    Localized::new("unknown, built from source without git", "未知，由不含 git 的源码构建");
const CHANGED: Localized = Localized::new(", with changes", "，有未提交的修改");
const ALL: Localized = Localized::new("all, none is optional", "全部，没有可选功能");

/// Prints the version in a line; at full length also what this build was made of.
///
/// # Errors
/// The output cannot be written.
pub(super) fn print(lang: Lang, length: Length, out: &mut impl Write) -> anyhow::Result<ExitCode> {
    writeln!(out, "imscope {}", env!("CARGO_PKG_VERSION"))?;
    if length == Length::Long {
        out.write_all(build(lang).as_bytes())?;
    }
    Ok(ExitCode::SUCCESS)
}

fn build(lang: Lang) -> String {
    let commit = commit(COMMIT, lang);
    let features = ALL.text(lang);
    let [target, rustc] = [env!("BUILD_TARGET"), env!("BUILD_RUSTC")];
    localize!(
        lang,
        "commit: {commit}\n\
         features: {features}\n\
         protocol tables: {PROTOCOL_DATE}\n\
         target: {target}\n\
         compiler: {rustc}\n",
        "提交：{commit}\n\
         功能：{features}\n\
         协议表：{PROTOCOL_DATE}\n\
         目标平台：{target}\n\
         编译器：{rustc}\n"
    )
}

/// A commit as it is printed.
fn commit(commit: &str, lang: Lang) -> String {
    if commit.is_empty() {
        let reason = if cfg!(debug_assertions) { DEBUG } else { NO_GIT };
        return reason.text(lang).to_owned();
    }
    match commit.strip_suffix(" +") {
        Some(commit) => format!("{commit}{}", CHANGED.text(lang)),
        None => commit.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_commit_is_shown_with_its_changes_or_why_it_is_unknown() {
        let text = |it| commit(it, Lang::En);
        assert_eq!(text("0123456789ab 2026-11-28"), "0123456789ab 2026-11-28");
        assert_eq!(text("0123456789ab 2026-11-28 +"), "0123456789ab 2026-11-28, with changes");
        assert_eq!(text(""), "not read in a debug build");
        assert_eq!(commit("", Lang::Zh), "调试构建不读取");
    }
}
