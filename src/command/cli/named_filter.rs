//! A filter of config files by its name.

use super::file_settings::FileSettings;
use super::value;
use crate::callback::Lang;
use crate::callback::lang::{Localized, localize};
use crate::callback::nearest::nearest;
use crate::callback::printable::clean;
use crate::dashboard::NamedFilter;
use crate::history::filter::Filter;

const NO_FILTERS: Localized = Localized::new(
    "no filter has a name; write one into the table [filters] of the config file",
    "没有命名的过滤条件；请写入配置文件的 [filters] 表",
);

/// A filter expression, or `@NAME` for the filter of that name in config files.
///
/// # Errors
/// That there is none of that name, or what is wrong with the expression.
pub(super) fn parse(text: &str, files: &FileSettings, lang: Lang) -> Result<Filter, String> {
    match text.strip_prefix('@') {
        Some(name) => find(name, &files.filters(), lang),
        None => value::filter(text, lang),
    }
}

/// The filter of a name.
///
/// # Errors
/// That there is none, and which one may be meant.
fn find(name: &str, filters: &[NamedFilter], lang: Lang) -> Result<Filter, String> {
    if let Some(found) = filters.iter().find(|it| it.name == name) {
        return Ok(found.filter.clone());
    }
    if filters.is_empty() {
        return Err(NO_FILTERS.text(lang).to_owned());
    }
    let name = clean(name);
    Err(match nearest(&name, filters.iter().map(|it| it.name)) {
        Some(it) => localize!(
            lang,
            "no filter is called `{name}`; did you mean `@{it}`?",
            "没有名为 `{name}` 的过滤条件；是否想写 `@{it}`？"
        ),
        None => {
            let names: Vec<_> = filters.iter().map(|it| format!("@{}", it.name)).collect();
            let names = names.join(" ");
            localize!(
                lang,
                "no filter is called `{name}`; there are {names}",
                "没有名为 `{name}` 的过滤条件；现有 {names}"
            )
        }
    })
}
