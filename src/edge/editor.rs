//! The user's editor, opened on a body.

use std::env;
use std::fs;
use std::io::Write as _;
use std::process::Command;

use anyhow::{Context as _, bail};

/// Opens a body in `$VISUAL`, `$EDITOR` or `vi`, and waits. `None` if nothing
/// was changed. The terminal must have been given back before.
///
/// # Errors
/// An editor that cannot be started or ends with a failure; nothing is
/// changed then.
pub fn edit(body: &[u8]) -> anyhow::Result<Option<Vec<u8>>> {
    let set = |name| env::var(name).ok().filter(|it| !it.trim().is_empty());
    let editor = set("VISUAL").or_else(|| set("EDITOR")).unwrap_or_else(|| "vi".to_owned());
    edit_with(&editor, body)
}

/// Opens a body in this editor, a command line that may hold options.
///
/// # Errors
/// As [`edit`].
pub fn edit_with(editor: &str, body: &[u8]) -> anyhow::Result<Option<Vec<u8>>> {
    // Such files are readable by their owner only, and end with this scope.
    let mut file = tempfile::Builder::new()
        .prefix("imscope-")
        .suffix(".json")
        .tempfile()
        .context("cannot make a file to edit")?;
    file.write_all(body).and_then(|()| file.flush()).context("cannot write the file to edit")?;
    // The shell splits the editor's options, as other programs let it.
    let status = Command::new("sh")
        .args(["-c", &format!("{editor} \"$1\""), "sh"])
        .arg(file.path())
        .status()
        .with_context(|| format!("cannot start the editor `{editor}`"))?;
    if !status.success() {
        bail!("the editor `{editor}` ended with {status}");
    }
    // By its name: many editors write a new file and put it in the old one's place.
    let mut edited = fs::read(file.path()).context("cannot read the edited file")?;
    if edited.ends_with(b"\n") && !body.ends_with(b"\n") {
        // Most editors end the last line by themselves.
        edited.pop();
    }
    Ok((edited != body).then_some(edited))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_editor_writes_is_the_new_body() {
        let edited = edit_with("printf '{\"b\":2}\\n' >", b"{}").unwrap();
        assert_eq!(edited.as_deref(), Some(&b"{\"b\":2}"[..]));
        let replaced = "replace() { printf 小 > \"$1.new\" && mv \"$1.new\" \"$1\"; }; replace";
        assert_eq!(edit_with(replaced, b"\xff\n").unwrap().as_deref(), Some("小".as_bytes()));
    }

    #[test]
    fn nothing_changed_is_nothing() {
        assert_eq!(edit_with("true", b"{\"a\": 1}\r\n").unwrap(), None);
        assert_eq!(edit_with("echo >>", b"{}").unwrap(), None, "only the last line was ended");
    }

    #[test]
    fn only_the_owner_can_read_the_file() {
        let edited =
            edit_with("list() { ls -l \"$1\" > \"$1.ls\" && mv \"$1.ls\" \"$1\"; }; list", b"");
        let listed = String::from_utf8(edited.unwrap().unwrap()).unwrap();
        assert!(listed.starts_with("-rw-------"), "{listed}");
    }

    #[test]
    fn an_editor_that_fails_is_named() {
        let error = edit_with("exit 3;", b"{}").unwrap_err().to_string();
        assert!(error.starts_with("the editor `exit 3;` ended with exit status: 3"), "{error}");
        assert!(edit_with("/nowhere/editor", b"{}").unwrap_err().to_string().contains("127"));
    }
}
