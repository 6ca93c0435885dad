//! `imscope --version` and `-V`.

use std::fs;
use std::path::Path;
use std::process::Command;

use imscope_test_support::program::imscope;

fn printed(args: &[&str]) -> String {
    String::from_utf8(imscope().args(args).output().unwrap().stdout).unwrap()
}

#[test]
fn the_short_version_is_one_line() {
    let line = format!("imscope {}\n", env!("CARGO_PKG_VERSION"));
    assert_eq!(printed(&["-V"]), line);
    assert_eq!(printed(&["--lang", "zh", "-V"]), line);
}

#[test]
fn the_long_version_has_commit_features_date_of_the_tables_target_and_compiler() {
    for (lang, colon, names) in [
        ("en", ": ", ["commit", "features", "protocol tables", "target", "compiler"]),
        ("zh", "：", ["提交", "功能", "协议表", "目标平台", "编译器"]),
    ] {
        let text = printed(&["--version", "--lang", lang]);
        let lines: Vec<_> = text.lines().skip(1).map(|it| it.split_once(colon).unwrap()).collect();
        assert_eq!(lines.iter().map(|it| it.0).collect::<Vec<_>>(), names, "{text}");
        assert!(lines.iter().all(|it| !it.1.is_empty()), "{text}");
        assert!(lines[3].1.starts_with(std::env::consts::ARCH), "{text}");
        assert!(lines[4].1.starts_with("rustc 1."), "{text}");
    }
}

/// What the build script passes on as the commit, run in a folder.
fn commit_in(folder: &Path, script: &Path, variables: &[(&str, &str)]) -> String {
    let mut command = Command::new(script);
    command.current_dir(folder).env("PROFILE", "release").env_remove("IMSCOPE_COMMIT");
    let output = command.envs(variables.iter().copied()).output().unwrap();
    let text = String::from_utf8(output.stdout).unwrap();
    let commit = text.lines().find_map(|it| it.strip_prefix("cargo::rustc-env=BUILD_COMMIT="));
    commit.unwrap().to_owned()
}

fn git(folder: &Path, arguments: &str) -> String {
    let mut command = Command::new("git");
    command.current_dir(folder).args(["-c", "user.name=a", "-c", "user.email=a"]);
    let output = command.args(arguments.split(' ')).output().unwrap();
    assert!(output.status.success(), "{arguments}: {output:?}");
    String::from_utf8(output.stdout).unwrap().trim().to_owned()
}

#[test]
fn the_commit_is_that_of_the_own_repository_of_the_package_or_of_the_environment() {
    let folder = tempfile::tempdir().unwrap();
    let (root, script) = (folder.path().join("source"), folder.path().join("script"));
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("build.rs");
    let mut rustc = Command::new("rustc");
    rustc.args(["--edition", "2024", "-o"]).args([&script, &source]);
    assert!(rustc.status().unwrap().success());
    let tarball = root.join("tarball");
    fs::create_dir_all(root.join("src")).unwrap();
    fs::create_dir(&tarball).unwrap();
    assert_eq!(commit_in(&root, &script, &[]), "", "without git");

    fs::write(root.join("src/main.rs"), "").unwrap();
    for arguments in ["init -q", "add .", "commit -q -m a"] {
        git(&root, arguments);
    }
    let commit = git(&root, "show -s --abbrev=12 --format=%h\u{a0}%cs").replace('\u{a0}', " ");
    assert_eq!(commit_in(&root, &script, &[]), commit);
    assert_eq!(commit_in(&root, &script, &[("PROFILE", "debug")]), "");
    assert_eq!(commit_in(&root, &script, &[("IMSCOPE_COMMIT", "v1")]), "v1");
    assert_eq!(commit_in(&tarball, &script, &[]), "", "in the repository of another program");
    fs::write(root.join("src/main.rs"), "//").unwrap();
    assert_eq!(commit_in(&root, &script, &[]), format!("{commit} +"));

    let info = r#"{"git": {"sha1": "0123456789abcdef0123"}, "path_in_vcs": ""}"#;
    fs::write(tarball.join(".cargo_vcs_info.json"), info).unwrap();
    assert_eq!(commit_in(&tarball, &script, &[]), "0123456789ab");
}
