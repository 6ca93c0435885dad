//! Config files.

use std::fs;
use std::path::Path;

use imscope::callback::Lang;
use imscope::command::cli::config_file::ConfigFile;

/// The cases, each a heading and a file.
const CASES: &str = include_str!("config/cases.txt");

/// The mistakes of a file, or its settings.
fn result(content: &str, lang: Lang) -> String {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("c.toml");
    fs::write(&path, content).unwrap();
    let result = match ConfigFile::read(&path).settings(lang) {
        Ok(settings) => settings
            .iter()
            .map(|it| format!("{}: {} = {:?}", it.place(), it.name, it.values))
            .collect::<Vec<_>>()
            .join("\n"),
        Err(mistakes) => mistakes,
    };
    result.replace(&format!("{}/", folder.path().display()), "")
}

#[test]
fn every_good_and_bad_file_has_its_settings_or_its_mistakes() {
    let mut all = String::new();
    for case in CASES.split("# ").skip(1) {
        let (heading, content) = case.split_once('\n').unwrap();
        let content = content.replace("@DEEP@", &"[".repeat(10_000));
        let [en, zh] = [Lang::En, Lang::Zh].map(|it| result(&content, it));
        // Settings are the same in all languages.
        let zh = if zh == en { String::new() } else { format!("\n\n{zh}") };
        let shorter = format!("## {heading}\n{en}{zh}\n\n");
        all.push_str(&shorter);
    }
    insta::assert_snapshot!("config_files", all);
}

#[test]
fn a_file_that_cannot_be_read_is_named() {
    let error = ConfigFile::read(Path::new("/nowhere/c.toml")).settings(Lang::En).unwrap_err();
    assert_eq!(error, "cannot read /nowhere/c.toml: No such file or directory (os error 2)");
}
