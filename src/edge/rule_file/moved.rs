//! Rules of one folder in the file of another.

use std::io;
use std::path::{self, Path, PathBuf};
use std::sync::Arc;

use crate::answer::Rule;
use crate::answer::switchboard::Entry;
use crate::callback::Lang;
use crate::callback::lang::localize;
use crate::callback::trouble::reason;

/// The rules with the names of their files relative to a folder; absolute if they are not
/// within it.
pub(super) fn moved(rules: &[Entry], folder: &Arc<Path>, lang: Lang) -> Result<Vec<Entry>, String> {
    let rules = rules.iter().map(|Entry { rule, is_on }| {
        let rule = moved_rule(rule, folder).map_err(|error| {
            let error = reason::localized(&error, lang);
            localize!(lang, "not written: `{rule}`: {error}", "未写入：`{rule}`：{error}")
        })?;
        Ok(Entry { rule, is_on: *is_on })
    });
    rules.collect()
}

fn moved_rule(rule: &Arc<Rule>, folder: &Arc<Path>) -> io::Result<Arc<Rule>> {
    let name = rule.file().filter(|it| Path::new(it).is_relative());
    let Some(name) = name else { return Ok(Arc::clone(rule)) };
    let (from, to) = (absolute(rule.folder())?, absolute(folder)?);
    if from == to {
        return Ok(Arc::clone(rule));
    }
    let file = from.join(name);
    let name = file.strip_prefix(&to).unwrap_or(&file).to_str();
    let name = name.ok_or_else(|| io::Error::other(reason::path_not_utf8()))?;
    Ok(Arc::new(rule.with_file(name, folder).map_err(io::Error::other)?))
}

/// The path from the root; symbolic links in it stay.
fn absolute(folder: &Path) -> io::Result<PathBuf> {
    path::absolute(Path::new(".").join(folder))
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;
    use crate::edge::rule_file::{Accepted, parse, read, write};

    fn entry(rule: &str, folder: &Path) -> Entry {
        Entry { rule: Arc::new(parse(rule, &folder.into()).unwrap()), is_on: true }
    }

    /// The text of a rule of one folder as it is written to a file in another.
    #[track_caller]
    fn written(rule: &str, folder: &Path, to: &Path) -> String {
        let (path, before) = (to.join("rules"), entry(rule, folder));
        let written = write(&path, std::slice::from_ref(&before), Lang::En).unwrap();
        let read = read(&path, Accepted::Regular).unwrap().entries();
        assert_eq!(read, written);
        for now in [&read[0].rule, &written[0].rule] {
            assert_eq!(now.reply, before.rule.reply);
        }
        read[0].rule.to_string()
    }

    #[test]
    fn a_rule_replies_the_same_file_wherever_it_is_written() {
        let root = tempfile::tempdir().unwrap();
        let [a, b] = ["a", "a/b c,d"].map(|it| root.path().join(it));
        fs::create_dir_all(&b).unwrap();
        fs::write(a.join("x.json"), "1").unwrap();
        // A file with the same name is in the other folder.
        fs::write(b.join("x.json"), "2").unwrap();
        assert_eq!(written("=> reply @x.json", &a, &a), "=> reply @x.json");
        let outside = format!("=> reply @{}, delay 1s", a.join("x.json").display());
        assert_eq!(written("=> reply @x.json, delay 1s", &a, &b), outside);
        assert_eq!(written("=> reply @\"x.json\"", &b, &a), "=> reply @\"b c,d/x.json\"");
        let up = format!("=> reply @{}", a.join("../a/x.json").display());
        assert_eq!(written("=> reply @../a/x.json", &a, &b), up);
        assert_eq!(written(&up, &b, &b), up);
    }

    #[test]
    fn the_working_folder_is_one_like_others() {
        let root = tempfile::tempdir().unwrap();
        let absolute = path::absolute("Cargo.toml").unwrap();
        let expected = format!("=> reply @{}", absolute.display());
        assert_eq!(written("=> reply @Cargo.toml", Path::new(""), root.path()), expected);
        let rules = [entry("=> reply @Cargo.toml", Path::new(""))];
        let here = absolute.parent().unwrap().into();
        assert_eq!(moved(&rules, &here, Lang::En).unwrap(), rules);
    }
}
