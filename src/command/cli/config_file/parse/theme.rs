//! The table `[theme]`: the styles of roles.

use toml_span::Value;

use super::{Parser, known, text};
use crate::callback::lang::{Localized, localize};
use crate::callback::nearest::nearest;
use crate::callback::printable::clean;
use crate::command::cli::file_settings::Section;
use crate::dashboard::theme::{Role, style_text};

/// The key of the theme that the styles are over.
const BASE: &str = "base";
/// The option that it is.
const OPTION: &str = "theme";
const ROLE: Localized = Localized::new("role", "样式名");
const NO_STYLE: Localized = Localized::new(
    "expected a color in quotes, or the number of one",
    "应为引号内的颜色，或颜色的编号",
);
/// Styles as they are written.
const EXAMPLES: &str = "red, #ff8080, 208";

impl Parser<'_> {
    /// Reads the table.
    pub(super) fn theme(&mut self, table: &Value<'_>) {
        for (key, value) in table.as_table().into_iter().flatten() {
            let role = Role::ALL.iter().find(|it| it.name() == key.name);
            match (role, known().find(|it| it.name == OPTION)) {
                (Some(role), _) => {
                    if let Some(style) = self.style(value) {
                        let setting = self.setting(Section::Theme, role.name(), vec![style], key);
                        self.settings.push(setting);
                    }
                }
                (None, Some(option)) if key.name == BASE => self.option(option, key, value),
                (None, _) => {
                    let names = Role::ALL.iter().map(|it| it.name()).chain([BASE]);
                    let message = self.unknown_in_table(&key.name, names, ROLE);
                    self.wrong(key.span, message);
                }
            }
        }
    }

    /// A style as it is written; `None` if there is a mistake.
    fn style(&mut self, value: &Value<'_>) -> Option<&'static str> {
        let Some(text) = text(value) else {
            self.wrong(value.span, NO_STYLE.text(self.lang));
            return None;
        };
        let Err(at) = style_text::parse(&text) else { return Some(text.leak()) };
        let message = self.wrong_style(&text[at.clone()]);
        let place = self.within(&value.span.into(), &text, &at);
        self.wrong(place, message);
        None
    }

    fn wrong_style(&self, word: &str) -> String {
        let word = &*clean(word);
        match nearest(word, style_text::words()) {
            _ if word.is_empty() => NO_STYLE.text(self.lang).to_owned(),
            Some(it) if it == word => localize!(
                self.lang,
                "`{word}` cannot stand here; styles are such as {EXAMPLES}",
                "`{word}` 不能写在此处；样式的写法如 {EXAMPLES}"
            ),
            Some(it) => localize!(
                self.lang,
                "no color is called `{word}`; did you mean `{it}`?",
                "没有名为 `{word}` 的颜色；是否想写 `{it}`？"
            ),
            None => localize!(
                self.lang,
                "`{word}` is no style; styles are such as {EXAMPLES}",
                "`{word}` 不是样式；样式的写法如 {EXAMPLES}"
            ),
        }
    }
}
