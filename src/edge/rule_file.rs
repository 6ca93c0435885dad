//! Reads and writes files of rules, and the bodies that rules name.

use std::fs::{self, File};
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::answer::Rule;
use crate::answer::rule_file::{FileError, RuleFile};
use crate::callback::Lang;
use crate::callback::lang::localize;

/// The largest file that is read, in bytes.
const MAX_BYTES: u64 = 16 << 20;

/// Reads the body that a rule names.
///
/// # Errors
/// Why it cannot be read.
pub fn body(path: &Path) -> Result<Vec<u8>, String> {
    content(path).map_err(|error| error.to_string())
}

/// Reads a file of rules. The files that its rules name are beside it.
///
/// # Errors
/// Why it cannot be read, or its first mistake with its line and column, as a sentence.
pub fn read(path: &Path, lang: Lang) -> Result<RuleFile, String> {
    let name = path.display();
    let text = content(path).and_then(utf8).map_err(|error| not_read(path, &error, lang))?;
    let folder = path.parent().unwrap_or(Path::new(""));
    RuleFile::parse(&text, &mut |it| body(&folder.join(it))).map_err(|errors| {
        let first = |it: &FileError| {
            format!("{name}:{}:{}: {}", it.line, it.column(), it.error.message(lang))
        };
        errors.first().map(first).unwrap_or_default()
    })
}

/// Writes rules to a file. The comments of a file that is there stay, and it is kept as
/// it was, with `~` after its name.
///
/// # Errors
/// Why it cannot be written, as a sentence.
pub fn write(path: &Path, rules: &[Arc<Rule>], lang: Lang) -> Result<(), String> {
    let before = match content(path) {
        Ok(before) => Some(before),
        Err(error) if error.kind() == io::ErrorKind::NotFound => None,
        Err(error) => return Err(not_read(path, &error, lang)),
    };
    let text = before.clone().and_then(|it| utf8(it).ok()).unwrap_or_default();
    // Only the texts are needed, not the files that they name.
    let file = RuleFile::parse(&text, &mut |_| Ok(b"{}".to_vec())).unwrap_or_default();
    let after = file.with_rules(rules).to_string().into_bytes();
    let write = || match before {
        Some(before) if before == after => Ok(()),
        Some(before) => fs::write(backup(path), before).and_then(|()| fs::write(path, &after)),
        None => fs::write(path, &after),
    };
    write().map_err(|error| {
        let name = path.display();
        localize!(lang, "cannot write {name}: {error}", "无法写入 {name}：{error}")
    })
}

/// The path with `~` at its end.
fn backup(path: &Path) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push("~");
    name.into()
}

/// The content of a regular file: a pipe could block, and a device never end.
fn content(path: &Path) -> io::Result<Vec<u8>> {
    if !fs::metadata(path)?.is_file() {
        return Err(io::Error::other("not a regular file"));
    }
    let mut content = Vec::new();
    File::open(path)?.take(MAX_BYTES + 1).read_to_end(&mut content)?;
    match u64::try_from(content.len()) {
        Ok(..=MAX_BYTES) => Ok(content),
        _ => Err(io::Error::other("larger than 16 MiB")),
    }
}

fn utf8(content: Vec<u8>) -> io::Result<String> {
    String::from_utf8(content).map_err(|_| io::Error::other("not UTF-8"))
}

fn not_read(path: &Path, error: &io::Error, lang: Lang) -> String {
    let name = path.display();
    localize!(lang, "cannot read {name}: {error}", "无法读取 {name}：{error}")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rules(texts: &[&str]) -> Vec<Arc<Rule>> {
        let rule = |it: &&str| Arc::new(Rule::parse(it, &mut |_| Ok(Vec::new())).unwrap());
        texts.iter().map(rule).collect()
    }

    fn texts(file: &RuleFile) -> Vec<String> {
        file.rules().map(|(_, it)| it.to_string()).collect()
    }

    #[test]
    fn what_is_written_is_read_back_and_the_file_before_is_kept() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("rules");
        let written = ["from:a => deny", "=> drop"];
        write(&path, &rules(&written), Lang::En).unwrap();
        assert_eq!(texts(&read(&path, Lang::En).unwrap()), written);
        assert!(!backup(&path).exists());
        fs::write(&path, "# mine\nfrom:a => deny\n").unwrap();
        write(&path, &rules(&["=> hang", "from:a => deny"]), Lang::En).unwrap();
        assert_eq!(fs::read_to_string(&path).unwrap(), "=> hang\n# mine\nfrom:a => deny\n");
        assert_eq!(fs::read_to_string(backup(&path)).unwrap(), "# mine\nfrom:a => deny\n");
        // A file with mistakes is kept as well.
        fs::write(&path, "no rule").unwrap();
        write(&path, &rules(&written), Lang::En).unwrap();
        assert_eq!(fs::read_to_string(backup(&path)).unwrap(), "no rule");
    }

    #[test]
    fn the_first_mistake_is_named_with_its_place() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("rules");
        fs::write(&path, "# x\n=> dney\n").unwrap();
        let error = read(&path, Lang::En).unwrap_err();
        assert!(error.contains("rules:2:4: unknown action `dney`"), "{error}");
        let error = read(folder.path(), Lang::Zh).unwrap_err();
        assert!(error.starts_with("无法读取") && error.ends_with("not a regular file"), "{error}");
        assert!(write("/dev/full".as_ref(), &rules(&["=> drop"]), Lang::En).is_err());
        let missing = folder.path().join("missing/rules");
        assert!(write(&missing, &rules(&["=> drop"]), Lang::En).is_err());
    }

    #[test]
    fn the_files_that_rules_name_are_beside_theirs() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("body.json"), "{}").unwrap();
        let path = folder.path().join("rules");
        fs::write(&path, "=> reply @body.json\n").unwrap();
        assert_eq!(texts(&read(&path, Lang::En).unwrap()), ["=> reply @body.json"]);
        fs::write(&path, "=> reply @other.json\n").unwrap();
        assert!(read(&path, Lang::En).is_err());
    }
}
