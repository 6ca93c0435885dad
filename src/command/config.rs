//! `imscope config`: writes a config file, shows the settings, checks files.

mod check;
mod template;

use std::env;
use std::fs::DirBuilder;
use std::io::{self, Write};
use std::os::unix::fs::DirBuilderExt as _;
use std::path::Path;
use std::process::ExitCode;

use anyhow::{Context as _, bail};

use super::MarkedMistake;
use super::cli::config::{ConfigAction, ConfigOptions};
use super::cli::config_file::{ConfigFile, user_path};
use super::cli::file_settings::{FileSettings, Section};
use super::cli::spec::{OptionKind, OptionSpec};
use super::cli::table::known;
use crate::callback::Lang;
use crate::callback::lang::{Localized, localize};
use crate::callback::secret::{MASK, Secrets};
use crate::dashboard::text::width;
use crate::edge::child::TOKEN_VARIABLE;
use crate::edge::new_file::NewFile;
use check::{check_all, check_given};
use template::template;

const NO_FOLDER: Localized =
    Localized::new("neither XDG_CONFIG_HOME nor HOME is set", "XDG_CONFIG_HOME 与 HOME 均未设置");
const NO_PROJECT: Localized = Localized::new(
    "there is no .imscope.toml in this folder or its project",
    "此目录及其项目中没有 .imscope.toml",
);
const DEFAULT: Localized = Localized::new("default", "默认");
const NOT_SET: Localized = Localized::new("not set", "未设置");

/// Runs a command on config files; exit status 1 if one has mistakes.
///
/// # Errors
/// A file that cannot be written, or a mistake in one whose settings are shown.
pub fn run(options: &ConfigOptions, out: &mut impl Write) -> anyhow::Result<ExitCode> {
    let lang = options.lang;
    match &options.action {
        ConfigAction::Init => init(options.config.as_deref(), lang, out),
        ConfigAction::Show => {
            let settings = options.files().settings(lang).map_err(MarkedMistake)?;
            show(&settings, lang, out)?;
            Ok(ExitCode::SUCCESS)
        }
        ConfigAction::TrustProject => trust(lang, out),
        ConfigAction::Check(Some(path)) => check_given(path, lang, out),
        ConfigAction::Check(None) => check_all(&options.files(), lang, out),
    }
}

/// Trusts the file of the project.
fn trust(lang: Lang, out: &mut impl Write) -> anyhow::Result<ExitCode> {
    let file = ConfigFile::of_project(&env::current_dir()?).context(NO_PROJECT.text(lang))?;
    let mut before = FileSettings::default();
    before.add(file.settings(lang).map_err(MarkedMistake)?);
    let file = file.trusted();
    let name = file.path.display();
    file.settings(lang).map_err(MarkedMistake)?;
    file.trust().with_context(|| localize!(lang, "cannot trust {name}", "无法信任 {name}"))?;
    let text =
        localize!(lang, "{name} is trusted until it changes", "已信任 {name}，直到其内容改变");
    let them = before.ignored_names(lang);
    let sets = localize!(lang, "{text}; it sets {them}", "{text}；现已生效：{them}");
    writeln!(out, "{}", if them.is_empty() { text } else { sets })?;
    Ok(ExitCode::SUCCESS)
}

/// Writes a file with all keys.
fn init(path: Option<&Path>, lang: Lang, out: &mut impl Write) -> anyhow::Result<ExitCode> {
    let path = path.map(Path::to_owned).or_else(user_path).context(NO_FOLDER.text(lang))?;
    let name = path.display();
    match create(&path, &template(lang)) {
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
            bail!(localize!(lang, "{name} exists and is not replaced", "{name} 已存在，不会被替换"))
        }
        result => {
            result.with_context(|| localize!(lang, "cannot write {name}", "无法写入 {name}"))?;
        }
    }
    writeln!(out, "{}", localize!(lang, "{name} is written", "已写入 {name}"))?;
    Ok(ExitCode::SUCCESS)
}

fn create(path: &Path, content: &str) -> io::Result<()> {
    if let Some(folder) = path.parent().filter(|it| !it.as_os_str().is_empty()) {
        DirBuilder::new().recursive(true).mode(0o700).create(folder)?;
    }
    let mut file = NewFile::create(path)?;
    file.write(content.as_bytes())?;
    file.finish().map(drop)
}

/// Prints each setting with its value and where this comes from.
fn show(settings: &FileSettings, lang: Lang, out: &mut impl Write) -> io::Result<()> {
    let mut rows: Vec<_> = known().map(|it| row(it, settings, lang)).collect();
    let token = env::var_os(TOKEN_VARIABLE).map(|_| (MASK, TOKEN_VARIABLE));
    let (value, place) = token.unwrap_or((NOT_SET.text(lang), DEFAULT.text(lang)));
    rows.push(["token".to_owned(), value.to_owned(), place.to_owned()]);
    let tables = Section::TABLES.into_iter().flat_map(|it| settings.of_section(it));
    rows.extend(tables.map(|it| [it.path_in_file(), it.values.join(", "), it.place()]));
    let widest = |nth: usize| rows.iter().map(|it| width(&it[nth])).max().unwrap_or_default();
    let (names, values) = (widest(0), widest(1).min(40));
    for [name, value, place] in &rows {
        let gap = |text: &str, columns: usize| " ".repeat(columns.saturating_sub(width(text)) + 2);
        writeln!(out, "{name}{}{value}{}{place}", gap(name, names), gap(value, values))?;
    }
    if let Some(ignored) = settings.ignored(lang) {
        writeln!(out, "\n{ignored}")?;
    }
    Ok(())
}

/// The name of an option, its value and where this comes from.
fn row(option: &OptionSpec, settings: &FileSettings, lang: Lang) -> [String; 3] {
    let variable = option.variable.and_then(|it| Some((env::var_os(it)?, it)));
    let (value, place) = match (variable, settings.of(option)) {
        (Some((value, name)), _) => (value.to_string_lossy().into_owned(), name.to_owned()),
        (None, Some(setting)) => (setting.values.join(", "), setting.place()),
        (None, None) => {
            let value = match option.kind {
                OptionKind::Flag => "false",
                _ => option.default.unwrap_or(NOT_SET.text(lang)),
            };
            (value.to_owned(), DEFAULT.text(lang).to_owned())
        }
    };
    [option.name.to_owned(), Secrets::default().masked_text(&value).into_owned(), place]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dashboard::keymap::Keymap;
    use crate::dashboard::theme::Role;

    #[test]
    fn the_file_of_init_has_every_key_and_its_defaults_are_right() {
        for lang in [Lang::En, Lang::Zh] {
            let text = template(lang);
            let key = |it: &OptionSpec| format!("\n# {} = ", it.name);
            let mut options = known().filter(|it| it.name != template::IN_TABLE);
            assert!(options.all(|it| text.contains(&key(it))), "{text}");
            let has_default = |line: &&str| {
                let name = line.strip_prefix("# ").and_then(|it| it.split_once(" = "));
                let option = name.and_then(|(name, _)| known().find(|it| it.name == name));
                option.is_some_and(|it| it.default.is_some() || it.kind == OptionKind::Flag)
            };
            let options = text.lines().take_while(|it| !it.starts_with('['));
            let lines: Vec<_> = options.filter(has_default).map(|it| &it[2..]).collect();
            assert!(lines.len() > 10, "{lines:?}");
            let is_set = |it: &&str| it.starts_with('[') || it.contains(" = ");
            let tables = text.lines().skip_while(|it| !it.starts_with('[')).filter(is_set);
            let tables: Vec<_> = tables.map(|it| it.trim_start_matches("# ")).collect();
            let count = lines.len() + Keymap::names().count() + 2 + Role::ALL.len() + 1;
            let folder = tempfile::tempdir().unwrap();
            let path = folder.path().join("c.toml");
            std::fs::write(&path, [lines, tables].concat().join("\n")).unwrap();
            assert_eq!(ConfigFile::read(&path).settings(lang).unwrap().len(), count);
        }
    }
}
