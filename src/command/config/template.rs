//! The file that `config init` writes.

use crate::callback::Lang;
use crate::callback::lang::Localized;
use crate::command::cli::spec::OptionKind;
use crate::command::cli::table::known;
use crate::dashboard::keymap::{KeyTable, Keymap};
use crate::dashboard::theme::Role;

/// The beginning of a new file.
const HEAD: Localized = Localized::new(
    "# Settings of imscope. The command line and the environment are before them.\n\
     # A line counts without its #. The token does not belong here: set IMSCOPE_TOKEN, or token-file.\n",
    "# imscope 的设置。命令行与环境变量优先于此文件。\n\
     # 去掉行首的 # 后生效。Token 不要写在此处：请设置 IMSCOPE_TOKEN 或 token-file。\n",
);

/// The table of filters with names.
const FILTERS: Localized = Localized::new(
    "\n# Filters with names, for @NAME in other filters and the list of the dashboard.\n\
     [filters]\n\
     # failures = \"failed | refused\"\n\
     # denials = \"denied\"\n",
    "\n# 命名的过滤条件，在其他过滤条件中写作 @名称，并在界面中列出。\n\
     [filters]\n\
     # failures = \"failed | refused\"\n\
     # denials = \"denied\"\n",
);
/// The table of styles.
const THEME: Localized = Localized::new(
    "\n# Styles of the dashboard, in place of those of the theme: a color (red, bright-red, 208,\n\
     # #ff8080), perhaps a background (on black), and bold, dim, italic, underlined, reversed.\n\
     # base is the theme, as --theme has it.\n\
     # default, which stands here, is the color of the terminal, not that of the theme.\n\
     [theme]\n\
     # base = \"auto\"\n",
    "\n# 界面的样式，代替配色主题的样式：颜色（red、bright-red、208、#ff8080），\n\
     # 可加背景（on black），以及 bold、dim、italic、underlined、reversed。\n\
     # base 为配色主题，与 --theme 相同。\n\
     # 此处所写的 default 为终端的颜色，而非配色主题的颜色。\n\
     [theme]\n\
     # base = \"auto\"\n",
);
/// The option that is in that table.
pub(super) const IN_TABLE: &str = "theme";
/// The table of keys.
const KEYS: Localized = Localized::new(
    "\n# Keys of the dashboard: letters as typed, and names such as ctrl-d, alt-x, f1, pageup.\n\
     # Several stand in [ ]; [] is none. Two actions of one part cannot have the same key.\n\
     [keys]\n",
    "\n# 界面的按键：字母照写，其余如 ctrl-d、alt-x、f1、pageup。\n\
     # 多个按键写在 [ ] 中；[] 表示没有。同一部分的两个操作不能用同一按键。\n\
     [keys]\n",
);

/// A file with all keys and their defaults, as comments. Roles, whose colors differ between
/// themes, have `default`, the color of the terminal.
pub(super) fn template(lang: Lang) -> String {
    let filters = FILTERS.text(lang);
    let keys = keymap_template(lang);
    options_template(lang) + filters + &keys + &theme_template(lang)
}

/// The roles of a theme, below what they are for.
fn theme_template(lang: Lang) -> String {
    let roles = Role::ALL.iter().map(|it| format!("# {} = \"default\"\n", it.name()));
    THEME.text(lang).to_owned() + &roles.collect::<String>()
}

/// The keys of actions, below what they do.
fn keymap_template(lang: Lang) -> String {
    let Keymap { dashboard, timeline, page, switchboard } = Keymap::default();
    let parts = [
        rows_template(&dashboard, lang),
        rows_template(&timeline, lang),
        rows_template(&page, lang),
        rows_template(&switchboard, lang),
    ];
    KEYS.text(lang).to_owned() + &parts.concat()
}

fn rows_template<A: Copy + PartialEq>(table: &KeyTable<A>, lang: Lang) -> String {
    let mut text = String::new();
    for (row, _) in table.rows() {
        text.extend(["\n# ", row.help.text(lang), "\n"]);
        for action in row.actions {
            let keys: Vec<_> =
                table.keys(action.action).iter().map(|it| format!("\"{}\"", it.name())).collect();
            let value = match &keys[..] {
                [one] => one.clone(),
                _ => format!("[{}]", keys.join(", ")),
            };
            text.extend(["# ", action.name, " = ", &value, "\n"]);
        }
    }
    text
}

/// The options.
fn options_template(lang: Lang) -> String {
    let mut text = HEAD.text(lang).to_owned();
    for option in known().filter(|it| it.name != IN_TABLE) {
        let value = match (option.kind, option.default) {
            (OptionKind::Flag, _) => "false".to_owned(),
            (OptionKind::Pairs(other), _) => {
                format!("[[\"{}\", \"{other}\"]]", option.value_name)
            }
            (OptionKind::Values, _) => format!("[\"{}\"]", option.value_name),
            (_, value) => format!("\"{}\"", value.unwrap_or(option.value_name)),
        };
        let help = option.help.text(lang);
        text.extend(["\n# ", help, "\n# ", option.name, " = ", &value, "\n"]);
    }
    text
}
