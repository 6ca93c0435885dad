//! `imscope config check`: mistakes of config files, files that they name and that cannot be
//! used, and filters that probably mean something else.

mod named_file;

use std::env;
use std::io::{self, Write};
use std::path::Path;
use std::process::ExitCode;

use crate::callback::Lang;
use crate::callback::lang::{Localized, localize};
use crate::command::cli::config_file::{ConfigFile, ConfigFiles};
use crate::command::cli::file_settings::{FileSetting, FileSettings, Section};
use crate::command::cli::spec::{Nameable, OptionKind, OptionSpec};
use crate::command::cli::table::known;
use crate::command::{MarkedMistake, sentence};
use crate::history::filter::Filter;
use named_file::NamedFile;

/// Prints the mistakes of the files that other commands read, and what they set together.
pub(super) fn check_all(
    files: &ConfigFiles,
    lang: Lang,
    out: &mut impl Write,
) -> anyhow::Result<ExitCode> {
    let code = check(files.files(), lang, out)?;
    if code == ExitCode::SUCCESS
        && let Err(mistake) = files.settings(lang)
    {
        writeln!(out, "{mistake}\n")?;
        return Ok(ExitCode::FAILURE);
    }
    Ok(code)
}

/// Prints the mistakes of files.
fn check(files: &[ConfigFile], lang: Lang, out: &mut impl Write) -> io::Result<ExitCode> {
    let mut code = ExitCode::SUCCESS;
    for file in files {
        let name = file.path.display();
        match file.settings(lang) {
            Ok(settings) => {
                let count = settings.len();
                let noun = if count == 1 { "setting" } else { "settings" };
                let text = localize!(lang, "{name}: {count} {noun}", "{name}：{count} 项设置");
                writeln!(out, "{text}")?;
                if !print_problems(&settings, lang, out)? {
                    code = ExitCode::FAILURE;
                }
                print_remarks(&settings, lang, out)?;
                print_ignored(settings, lang, out)?;
            }
            Err(mistakes) => {
                writeln!(out, "{mistakes}\n")?;
                code = ExitCode::FAILURE;
            }
        }
    }
    if files.is_empty() {
        let text = Localized::new(
            "there is no config file; imscope config init writes one",
            "没有配置文件；imscope config init 可写出一个",
        );
        writeln!(out, "{}", text.text(lang))?;
    }
    Ok(code)
}

/// Checks a file that is named, as if it were trusted, and prints what it does not set
/// because it is not.
pub(super) fn check_given(
    path: &Path,
    lang: Lang,
    out: &mut impl Write,
) -> anyhow::Result<ExitCode> {
    let code = check(&[ConfigFile::read(path)], lang, out)?;
    let real = |it: &Path| it.canonicalize().ok();
    let project = ConfigFile::of_project(&env::current_dir()?);
    if let Some(file) = project.filter(|it| real(&it.path) == real(path))
        && let Ok(settings) = file.settings(lang)
    {
        print_ignored(settings, lang, out)?;
    }
    Ok(code)
}

/// Prints what is ignored as long as the file is not trusted.
fn print_ignored(settings: Vec<FileSetting>, lang: Lang, out: &mut impl Write) -> io::Result<()> {
    let mut all = FileSettings::default();
    all.add(settings);
    all.ignored(lang).map_or(Ok(()), |it| writeln!(out, "{it}"))
}

/// Prints which files of settings cannot be used; `false` if there is one.
fn print_problems(settings: &[FileSetting], lang: Lang, out: &mut impl Write) -> io::Result<bool> {
    let files = used_options(settings).filter_map(|(setting, option)| match option.names {
        Nameable::File(content) => Some((setting, NamedFile::of(setting, content)?)),
        _ => None,
    });
    let files: Vec<_> = files.collect();
    let named: Vec<_> = files.iter().map(|(_, it)| *it).collect();
    let mut is_good = true;
    for (setting, file) in files {
        let Err(error) = file.check(&named, lang) else { continue };
        is_good = false;
        let (place, name, why) = (setting.place(), setting.name, sentence(&error, lang));
        writeln!(
            out,
            "{}",
            localize!(lang, "{place}: `{name}`: {why}", "{place}：`{name}`：{why}")
        )?;
        if error.is::<MarkedMistake>() {
            writeln!(out)?;
        }
    }
    Ok(is_good)
}

/// The settings of options that are used, with their options.
fn used_options(
    settings: &[FileSetting],
) -> impl Iterator<Item = (&FileSetting, &'static OptionSpec)> {
    let used = settings.iter().filter(|it| it.section == Section::Options && !it.is_ignored);
    used.filter_map(|it| Some((it, known().find(|option| option.name == it.name)?)))
}

/// Prints what is probably meant otherwise in filters.
fn print_remarks(settings: &[FileSetting], lang: Lang, out: &mut impl Write) -> io::Result<()> {
    let named = settings.iter().filter(|it| it.section == Section::Filters);
    let named = named.filter_map(|it| it.values.first().map(|text| (it, *text)));
    let of_options = used_options(settings).flat_map(|(it, option)| {
        let texts: Vec<_> = match option.kind {
            OptionKind::Pairs(_) => it.values.iter().step_by(2).collect(),
            _ if option.names == Nameable::Filter => it.values.iter().collect(),
            _ => Vec::new(),
        };
        texts.into_iter().map(move |text| (it, *text))
    });
    let remarks = |text: &str| {
        let remarks = Filter::parse(text).map(|it| it.remarks()).unwrap_or_default();
        remarks.into_iter().map(|it| it.message(lang))
    };
    let of_named: Vec<_> = named.clone().flat_map(|(_, text)| remarks(text)).collect();
    for (setting, text) in of_options.chain(named) {
        // What is used by its name has its remarks where it is named.
        let is_there = |it: &String| setting.is_expanded && of_named.contains(it);
        for text in remarks(text).filter(|it| !is_there(it)) {
            let (place, name) = (setting.place(), setting.path_in_file());
            let text = localize!(
                lang,
                "{place}: warning: `{name}` {text}",
                "{place}：警告：`{name}`：{text}"
            );
            writeln!(out, "{text}")?;
        }
    }
    Ok(())
}
