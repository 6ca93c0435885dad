//! Whether signs are drawn in ASCII.

use std::env;

use crate::callback::Localized;
use crate::command::cli::language;
use crate::command::cli::screen::ScreenOptions;
use crate::dashboard::SignSet;

/// Why signs are in ASCII although this was not asked for, and what has the others; within
/// 79 cells. In English that texts are so, too: Chinese ones are shown only if asked for.
pub(super) const REASON: Localized = Localized::new(
    "locale not UTF-8: signs ASCII (IMSCOPE_ASCII=false), texts English (--lang zh)",
    "区域设置不是 UTF-8，符号以 ASCII 显示；设置 IMSCOPE_ASCII=false 可恢复",
);

/// The signs of the screen: as the options say, else by the locale.
pub(in crate::command) fn of(options: &ScreenOptions) -> SignSet {
    let variable = |name: &str| env::var(name).unwrap_or_default();
    match options.ascii.unwrap_or_else(|| !is_utf8(variable)) {
        true => SignSet::Ascii,
        false => SignSet::Unicode,
    }
}

/// Whether the encoding of the locale is UTF-8, or not known; that of `C` is ASCII.
fn is_utf8(variable: impl Fn(&str) -> String) -> bool {
    let set = ["LC_ALL", "LC_CTYPE", "LANG"].map(variable).into_iter().find(|it| !it.is_empty());
    set.is_none_or(|it| language::is_utf8(&it) && !language::is_ascii(&it))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_variable_of_the_locale_that_is_set_has_the_encoding() {
        for (all, ctype, lang, expected) in [
            ("", "", "", true),
            ("", "", "zh_CN.UTF-8", true),
            ("", "", "C.utf8", true),
            ("", "UTF-8", "C", true),
            ("", "", "C", false),
            ("POSIX", "en_US.UTF-8", "en_US.UTF-8", false),
            ("", "zh_CN.GB18030", "en_US.UTF-8", false),
            ("", "", "en_US", true),
            ("", "", "zh_CN", true),
        ] {
            let variable = |name: &str| match name {
                "LC_ALL" => all.to_owned(),
                "LC_CTYPE" => ctype.to_owned(),
                _ => lang.to_owned(),
            };
            assert_eq!(is_utf8(variable), expected, "{all} {ctype} {lang}");
        }
    }
}
