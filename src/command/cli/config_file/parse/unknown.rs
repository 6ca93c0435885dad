//! Names that no option, no table, and no key of a table has.

use super::Parser;
use crate::callback::Lang;
use crate::callback::lang::{Localized, localize};
use crate::callback::nearest::nearest;
use crate::callback::printable::clean;
use crate::command::cli::config_file::mistake::TOKEN;
use crate::command::cli::file_settings::Section;
use crate::command::cli::table::known;

const IS_TOKEN: Localized = Localized::new(
    "the token is not read from here; set IMSCOPE_TOKEN, or token-file",
    "不从此处读取 Token；请设置 IMSCOPE_TOKEN 或 token-file",
);

/// That no option or table has this name.
pub(super) fn option(name: &str, lang: Lang) -> String {
    if name == TOKEN {
        return IS_TOKEN.text(lang).to_owned();
    }
    let name = &*clean(name);
    let tables = Section::TABLES.iter().map(|it| it.name());
    match nearest(name, known().map(|it| it.name).chain(tables)) {
        Some(it) => localize!(
            lang,
            "unknown key `{name}`; did you mean `{it}`?",
            "未知的配置项 `{name}`；是否想写 `{it}`？"
        ),
        None => localize!(
            lang,
            "unknown key `{name}`; imscope config init writes a file with all keys",
            "未知的配置项 `{name}`；imscope config init 会写出含所有配置项的文件"
        ),
    }
}

impl Parser<'_> {
    /// That a table has no key of this name, where each key names a thing of this kind, and
    /// which of these names may be meant.
    pub(super) fn unknown_in_table(
        &self,
        name: &str,
        names: impl IntoIterator<Item = &'static str>,
        what: Localized,
    ) -> String {
        let (name, what) = (&*clean(name), what.text(self.lang));
        match nearest(name, names) {
            _ if known().any(|it| it.name == name) => localize!(
                self.lang,
                "`{name}` is an option, and these stand before the tables",
                "`{name}` 是选项，应写在各表之前"
            ),
            Some(it) => localize!(
                self.lang,
                "unknown {what} `{name}`; did you mean `{it}`?",
                "未知的{what} `{name}`；是否想写 `{it}`？"
            ),
            None => localize!(
                self.lang,
                "unknown {what} `{name}`; imscope config init writes a file with all {what}s",
                "未知的{what} `{name}`；imscope config init 会写出含所有{what}的文件"
            ),
        }
    }
}
