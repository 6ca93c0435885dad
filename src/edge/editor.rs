//! Editing of a body in the user's editor.

use std::env;
use std::fs;
use std::io::Write as _;

use anyhow::{Context as _, bail};

use super::child;
use crate::callback::trouble::reason;

/// Opens a body in `$VISUAL`, `$EDITOR` or `vi` and returns the edited one; `None`
/// if it is unchanged. Blocks until the editor ends; the terminal must have been
/// released before.
///
/// # Errors
/// When the editor cannot be started or fails.
pub fn edit(body: &[u8]) -> anyhow::Result<Option<Vec<u8>>> {
    let set = |name| env::var(name).ok().filter(|it| !it.trim().is_empty());
    let editor = set("VISUAL").or_else(|| set("EDITOR")).unwrap_or_else(|| "vi".to_owned());
    edit_with(&editor, body)
}

/// As [`edit`], with this editor: a command line that may have options.
///
/// # Errors
/// As [`edit`].
pub fn edit_with(editor: &str, body: &[u8]) -> anyhow::Result<Option<Vec<u8>>> {
    // Readable by its owner only, and removed at the end of this scope.
    let mut file = tempfile::Builder::new()
        .prefix("imscope-")
        .suffix(".json")
        .tempfile()
        .with_context(reason::no_file_to_edit)?;
    file.write_all(body).and_then(|()| file.flush()).with_context(reason::cannot_write_edited)?;
    // The shell splits the options, as git does it.
    let status = child::command("sh")
        .args(["-c", &format!("{editor} \"$1\""), "sh"])
        .arg(file.path())
        .status()
        .with_context(|| reason::cannot_start_editor(editor))?;
    if !status.success() {
        bail!(reason::editor_failed(editor, status));
    }
    // By its name: many editors write a new file and rename it.
    let mut edited = fs::read(file.path()).with_context(reason::cannot_read_edited)?;
    if edited.ends_with(b"\n") && !body.ends_with(b"\n") {
        // Most editors add a line end to the last line.
        edited.pop();
    }
    Ok((edited != body).then_some(edited))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_file_that_the_editor_wrote_is_the_new_body() {
        let edited = edit_with("printf '{\"b\":2}\\n' >", b"{}").unwrap();
        assert_eq!(edited.as_deref(), Some(&b"{\"b\":2}"[..]));
        let replaced = "replace() { printf 小 > \"$1.new\" && mv \"$1.new\" \"$1\"; }; replace";
        assert_eq!(edit_with(replaced, b"\xff\n").unwrap().as_deref(), Some("小".as_bytes()));
    }

    #[test]
    fn an_unchanged_file_is_no_edit() {
        assert_eq!(edit_with("true", b"{\"a\": 1}\r\n").unwrap(), None);
        assert_eq!(edit_with("echo >>", b"{}").unwrap(), None, "only a line end was added");
    }

    #[test]
    fn only_the_owner_can_read_the_file() {
        let edited =
            edit_with("list() { ls -l \"$1\" > \"$1.ls\" && mv \"$1.ls\" \"$1\"; }; list", b"");
        let listed = String::from_utf8(edited.unwrap().unwrap()).unwrap();
        assert!(listed.starts_with("-rw-------"), "{listed}");
    }

    #[test]
    fn a_failing_editor_is_named() {
        let error = edit_with("exit 3;", b"{}").unwrap_err().to_string();
        assert!(error.starts_with("the editor `exit 3;` ended with exit status: 3"), "{error}");
        assert!(edit_with("/nowhere/editor", b"{}").unwrap_err().to_string().contains("127"));
    }
}
