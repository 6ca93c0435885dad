//! Reads and writes files of rules, and the bodies that rules name.

mod moved;

use std::fs::{self, File};
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use moved::moved;

use super::replace::{replace, with_suffix};
use crate::answer::Rule;
use crate::answer::rule::RuleError;
use crate::answer::rule_file::{FileError, RuleFile};
use crate::answer::switchboard::Entry;
use crate::callback::Lang;
use crate::callback::lang::localize;
use crate::callback::trouble::reason;

/// The largest file that is read, in bytes.
const MAX_BYTES: u64 = 16 << 20;

/// Which files of rules are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Accepted {
    /// Regular files only: a pipe could block, which the dashboard must not.
    Regular,
    /// All files, also pipes such as `/dev/stdin`.
    Any,
}

/// Why a file of rules is not read.
#[derive(Debug)]
pub enum ReadError {
    /// It cannot be read.
    Io(io::Error),
    /// The mistakes of its lines, at least one, and the file without these lines.
    Mistakes(Vec<FileError>, RuleFile),
}

impl ReadError {
    /// The error as a sentence; the first mistake with its line and column.
    pub fn message(&self, path: &Path, lang: Lang) -> String {
        let mistakes = match self {
            Self::Io(error) => return not_read(path, error, lang),
            Self::Mistakes(mistakes, _) => mistakes,
        };
        let name = path.display();
        let place = |it: &FileError| {
            format!("{name}:{}:{}: {}", it.line, it.column(), it.error.message(lang))
        };
        mistakes.first().map(place).unwrap_or_default()
    }
}

/// Parses a rule. The file that it names is relative to a folder; empty is the working
/// folder.
///
/// # Errors
/// The first mistake, or why the file cannot be read.
pub fn parse(text: &str, folder: &Arc<Path>) -> Result<Rule, RuleError> {
    Ok(Rule::parse(text, &mut bodies(folder))?.relative_to(folder))
}

/// Reads the bodies that rules name, relative to a folder, out of regular files: a pipe
/// could block, and be empty the next time. An error is why one cannot be read.
fn bodies(folder: &Path) -> impl FnMut(&str) -> Result<Vec<u8>, String> {
    |name| content(&folder.join(name), Accepted::Regular).map_err(|error| error.to_string())
}

/// Reads a file of rules. The files that its rules name are relative to its folder.
///
/// # Errors
/// Why it cannot be read, or its mistakes.
pub fn read(path: &Path, accepted: Accepted) -> Result<RuleFile, ReadError> {
    let text = content(path, accepted).and_then(utf8).map_err(ReadError::Io)?;
    parse_file(&text, &folder_of(path))
}

/// Parses the text of a file of rules. The files that its rules name are relative to a
/// folder; empty is the working folder.
///
/// # Errors
/// Its mistakes.
pub fn parse_file(text: &str, folder: &Arc<Path>) -> Result<RuleFile, ReadError> {
    let (file, mistakes) = RuleFile::parse_lines(text, &mut bodies(folder));
    let file = file.relative_to(folder);
    if mistakes.is_empty() { Ok(file) } else { Err(ReadError::Mistakes(mistakes, file)) }
}

/// The folder of a file, to which the names in its rules are relative.
fn folder_of(path: &Path) -> Arc<Path> {
    path.parent().unwrap_or(Path::new("")).into()
}

/// Writes rules to a file, and returns them as they are written: with the names of files
/// relative to its folder. The comments of a file that is there stay, and it is kept as
/// it was, with `~` after its name.
///
/// # Errors
/// Why it cannot be written, as a sentence.
pub fn write(path: &Path, rules: &[Entry], lang: Lang) -> Result<Vec<Entry>, String> {
    let before = match content(path, Accepted::Regular) {
        Ok(before) => Some(before),
        Err(error) if error.kind() == io::ErrorKind::NotFound => None,
        Err(error) => return Err(not_written(path, &error, lang)),
    };
    let text = before.clone().and_then(|it| utf8(it).ok()).unwrap_or_default();
    // Only the texts are needed, not the files that they name.
    let file = RuleFile::parse(&text, &mut |_| Ok(b"{}".to_vec())).unwrap_or_default();
    let rules = moved(rules, &folder_of(path), lang)?;
    let after = file.with_rules(&rules).to_string().into_bytes();
    match before {
        Some(before) if before == after => Ok(()),
        Some(before) => replace_and_keep(path, &before, &after),
        None => fs::write(path, &after).map_err(|error| (path.to_owned(), error)),
    }
    .map_err(|(path, error)| not_written(&path, &error, lang))?;
    Ok(rules)
}

/// Replaces the content of a file, and keeps the one before with `~` after its name; an
/// error with the file that it is about.
fn replace_and_keep(path: &Path, before: &[u8], after: &[u8]) -> Result<(), (PathBuf, io::Error)> {
    let like = fs::metadata(path).map_err(|error| (path.to_owned(), error))?;
    let kept = backup(path);
    replace(&kept, before, &like).map_err(|error| (kept, error))?;
    replace(path, after, &like).map_err(|error| (path.to_owned(), error))
}

/// The path with `~` at its end.
fn backup(path: &Path) -> PathBuf {
    with_suffix(path, "~")
}

/// The content of a file; an error if it is too large, or never ends.
fn content(path: &Path, accepted: Accepted) -> io::Result<Vec<u8>> {
    if accepted == Accepted::Regular && !fs::metadata(path)?.is_file() {
        return Err(io::Error::other(reason::not_a_regular_file()));
    }
    let mut content = Vec::new();
    File::open(path)?.take(MAX_BYTES + 1).read_to_end(&mut content)?;
    match u64::try_from(content.len()) {
        Ok(..=MAX_BYTES) => Ok(content),
        _ => Err(io::Error::other(reason::larger_than_16_mib())),
    }
}

fn utf8(content: Vec<u8>) -> io::Result<String> {
    String::from_utf8(content).map_err(|error| {
        let valid = &error.as_bytes()[..error.utf8_error().valid_up_to()];
        let line = valid.split(|it| *it == b'\n').count();
        io::Error::other(reason::not_utf8_in_line(line))
    })
}

fn not_read(path: &Path, error: &io::Error, lang: Lang) -> String {
    let (name, error) = (path.display(), reason::localized(error, lang));
    localize!(lang, "cannot read {name}: {error}", "无法读取 {name}：{error}")
}

fn not_written(path: &Path, error: &io::Error, lang: Lang) -> String {
    let (name, error) = (path.display(), reason::localized(error, lang));
    localize!(lang, "cannot write {name}: {error}", "无法写入 {name}：{error}")
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::PermissionsExt as _;

    use super::*;

    fn rules(texts: &[&str]) -> Vec<Entry> {
        let rule = |it: &&str| Arc::new(Rule::parse(it, &mut |_| Ok(Vec::new())).unwrap());
        texts.iter().map(|it| Entry { rule: rule(it), is_on: true }).collect()
    }

    fn texts(file: &RuleFile) -> Vec<String> {
        file.entries().iter().map(|it| it.rule.to_string()).collect()
    }

    #[test]
    fn what_is_written_is_read_back_and_the_file_before_is_kept() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("rules");
        let written = ["from:a => deny", "=> drop"];
        write(&path, &rules(&written), Lang::En).unwrap();
        assert_eq!(texts(&read(&path, Accepted::Regular).unwrap()), written);
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
    fn a_backup_is_as_private_as_the_file() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("rules");
        fs::write(&path, "=> drop\n").unwrap();
        fs::set_permissions(&path, fs::Permissions::from_mode(0o600)).unwrap();
        write(&path, &rules(&["=> hang"]), Lang::En).unwrap();
        for path in [&path, &backup(&path)] {
            assert_eq!(fs::metadata(path).unwrap().permissions().mode() & 0o777, 0o600);
        }
    }

    #[test]
    fn a_file_whose_backup_cannot_be_written_stays_and_the_backup_is_named() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("rules");
        fs::write(&path, "=> drop\n").unwrap();
        fs::create_dir(backup(&path)).unwrap();
        let error = write(&path, &rules(&["=> hang"]), Lang::En).unwrap_err();
        assert!(error.contains("rules~: "), "{error}");
        assert_eq!(fs::read_to_string(&path).unwrap(), "=> drop\n");
    }

    #[test]
    fn the_first_mistake_is_named_with_its_place() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("rules");
        fs::write(&path, "# x\n=> dney\n").unwrap();
        let error = read(&path, Accepted::Regular).unwrap_err().message(&path, Lang::En);
        assert!(error.contains("rules:2:4: unknown action `dney`"), "{error}");
        fs::write(&path, b"# x\n=> drop # \xff\n").unwrap();
        let error = read(&path, Accepted::Regular).unwrap_err().message(&path, Lang::En);
        assert!(error.ends_with("rules: not UTF-8 in line 2"), "{error}");
        let error = read(folder.path(), Accepted::Regular).unwrap_err();
        let error = error.message(folder.path(), Lang::Zh);
        assert!(error.starts_with("无法读取") && error.ends_with("：不是普通文件"), "{error}");
        let error = write("/dev/full".as_ref(), &rules(&["=> drop"]), Lang::En).unwrap_err();
        assert_eq!(error, "cannot write /dev/full: not a regular file");
        let missing = folder.path().join("missing/rules");
        assert!(write(&missing, &rules(&["=> drop"]), Lang::En).is_err());
    }

    #[test]
    fn the_files_that_rules_name_are_beside_theirs() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("body.json"), "{}").unwrap();
        let path = folder.path().join("rules");
        fs::write(&path, "=> reply @body.json\n").unwrap();
        assert_eq!(texts(&read(&path, Accepted::Regular).unwrap()), ["=> reply @body.json"]);
        fs::write(&path, "=> reply @other.json\n").unwrap();
        assert!(read(&path, Accepted::Regular).is_err());
    }
}
