//! The keys, options and filters in README are those of the program.
//!
//! `README_UPDATE=1 cargo test --test commands` updates them.

use std::fmt::Write as _;
use std::path::Path;
use std::process::Command;
use std::sync::{Mutex, PoisonError};

use imscope::callback::Lang;
use imscope::dashboard::keymap::{KeyTable, Keymap};
use imscope::history::filter::language::{Group, TABLE};

/// README is read and written back by several tests.
static README: Mutex<()> = Mutex::new(());

fn check(name: &str, expected: &str) {
    let _lock = README.lock().unwrap_or_else(PoisonError::into_inner);
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md");
    let readme = std::fs::read_to_string(&path).unwrap();
    let begin = format!("<!-- {name}:");
    let begin = readme.find(&begin).unwrap();
    let begin = begin + readme[begin..].find('\n').unwrap() + 1;
    let end = readme.find(&format!("<!-- end of {name} -->")).unwrap();
    if std::env::var_os("README_UPDATE").is_some() {
        let anew = format!("{}{expected}{}", &readme[..begin], &readme[end..]);
        std::fs::write(&path, anew).unwrap();
        return;
    }
    assert_eq!(&readme[begin..end], expected, "README_UPDATE=1 updates it");
}

#[test]
fn the_table_of_keys_is_the_keymap() {
    let Keymap { dashboard, timeline, page, switchboard } = Keymap::default();
    let tables = format!(
        "\n{}\nIn the timeline, which `5` focuses:\n\n{}\nOn a page, which `enter` in Unread and \
         Failures, or `b`, opens:\n\n{}\nIn the switchboard, which `o` opens:\n\n{}\n",
        table(&dashboard),
        table(&timeline),
        table(&page),
        table(&switchboard)
    );
    check("keys", &tables);
}

fn table<A: Copy + PartialEq>(keys: &KeyTable<A>) -> String {
    let mut table = String::from("| keys | what they do | 说明 |\n|---|---|---|\n");
    for (row, labels) in keys.rows() {
        let keys: Vec<_> = labels.iter().map(|it| format!("`{it}`")).collect();
        let (en, zh) = (row.help.en, row.help.zh);
        writeln!(table, "| {} | {en} | {zh} |", keys.join(" ")).unwrap();
    }
    table
}

#[test]
fn the_options_are_those_of_the_help() {
    let help = Command::new(env!("CARGO_BIN_EXE_imscope")).arg("-h").output().unwrap();
    let help = String::from_utf8(help.stdout).unwrap();
    let lines: Vec<_> = help.lines().map(str::trim_end).collect();
    check("help", &format!("\n```text\n{}\n```\n\n", lines.join("\n").trim_end()));
}

#[test]
fn the_table_of_filters_is_that_of_the_language() {
    let mut table = String::new();
    for group in Group::ALL {
        let (en, zh) = (group.label().en, group.label().zh);
        writeln!(table, "\n| {en} {zh} | example | what matches | 说明 |\n|---|---|---|---|")
            .unwrap();
        for entry in TABLE.iter().filter(|it| it.group() == group) {
            let name = entry.name;
            let names = match name.en == name.zh {
                true => code(name.en),
                false if group == Group::Keywords => format!("{} {}", code(name.en), code(name.zh)),
                false => format!("{} {}", name.en, name.zh),
            };
            let [en, zh] = [Lang::En, Lang::Zh].map(|it| cell(&entry.explanation(it)));
            writeln!(table, "| {names} | {} | {en} | {zh} |", code(entry.example)).unwrap();
        }
    }
    check("filters", &format!("{table}\n"));
}

/// Code in a cell of a table.
fn code(text: &str) -> String {
    format!("`{}`", text.replace('|', "\\|"))
}

/// Text in a cell of a table.
fn cell(text: &str) -> String {
    text.replace('\\', "\\\\").replace('|', "\\|")
}

#[test]
fn every_picture_it_shows_is_there() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let readme = std::fs::read_to_string(root.join("README.md")).unwrap();
    let mut pictures = readme.split("](").skip(1).filter_map(|it| it.split(')').next());
    let local = |it: &&str| !it.starts_with("http") && !it.starts_with('#');
    let missing = pictures.by_ref().filter(local).find(|it| !root.join(it).exists());
    assert_eq!(missing, None);
}

#[test]
fn every_role_of_a_theme_is_named() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md");
    let readme = std::fs::read_to_string(path).unwrap();
    let (_, theme) = readme.split_once("\n[theme] ").unwrap();
    let (theme, _) = theme.split_once("\n\nThe keys ").unwrap();
    for role in imscope::dashboard::theme::Role::ALL {
        let name = role.name();
        let is_named = theme.contains(&format!("`{name}`"));
        assert!(is_named || theme.contains(&format!("\n{name} = \"")), "{name}");
    }
}
