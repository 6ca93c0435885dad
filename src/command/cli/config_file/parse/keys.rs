//! The table `[keys]`: actions and their keys.

use std::ops::Range;

use toml_span::Value;

use super::nearest_key::nearest_key;
use super::{Parser, list, placed};
use crate::callback::lang::{Localized, localize};
use crate::callback::printable::clean;
use crate::command::cli::file_settings::Section;
use crate::dashboard::keymap::{Clash, Key, Keymap};

const NO_TABLE: Localized = Localized::new(
    "expected a table: [keys], and below it lines ACTION = \"KEY\"",
    "应为表：[keys]，其下各行写 操作 = \"按键\"",
);
const ACTION: Localized = Localized::new("action", "操作");
const NO_KEYS: Localized = Localized::new(
    "expected a key in quotes, or a list of keys in [ ]",
    "应为引号内的按键，或 [ ] 中的按键列表",
);

/// Keys as they are written.
const EXAMPLES: &str = "j, G, ctrl-d, alt-x, f1, pageup";
/// The keys of an action, each with its place in the file.
type Keys = (&'static str, Vec<(Range<usize>, Key)>);

impl Parser<'_> {
    /// Reads the table.
    pub(super) fn keys(&mut self, table: &Value<'_>) {
        let Some(actions) = table.as_table() else {
            return self.wrong(table.span, NO_TABLE.text(self.lang));
        };
        let before = self.mistakes.len();
        let mut all = Vec::new();
        for (key, value) in actions {
            let Some((name, _)) = Keymap::names().find(|(it, _)| *it == key.name) else {
                let names = Keymap::names().map(|(it, _)| it);
                let message = self.unknown_in_table(&key.name, names, ACTION);
                self.wrong(key.span, message);
                continue;
            };
            let Some(keys) = self.keys_of(value) else { continue };
            let names = keys.iter().map(|(_, it)| it.name().leak() as &str).collect();
            self.settings.push(self.setting(Section::Keys, name, names, key));
            if keys.is_empty() {
                self.check_needed(name, value);
            }
            all.push((name, keys));
        }
        if self.mistakes.len() == before {
            self.check_clashes(&all);
        }
    }

    /// The keys of a value; `None` if there is a mistake.
    fn keys_of(&mut self, value: &Value<'_>) -> Option<Vec<(Range<usize>, Key)>> {
        let is_key = |them: &Vec<String>| !them.iter().any(String::is_empty);
        let texts = list(value).filter(|_| value.as_integer().is_none()).filter(is_key);
        let Some(texts) = texts else {
            self.wrong(value.span, NO_KEYS.text(self.lang));
            return None;
        };
        let before = self.mistakes.len();
        let mut keys = Vec::new();
        for (at, text) in placed(value, texts) {
            match Key::named(&text) {
                Some(key) => keys.push((at, key)),
                None => {
                    let message = self.unknown_key(&text);
                    self.wrong(at, message);
                }
            }
        }
        (self.mistakes.len() == before).then_some(keys)
    }

    /// Refuses keys that two actions have.
    fn check_clashes(&mut self, all: &[Keys]) {
        let mut keymap = Keymap::default();
        for (name, keys) in all {
            keymap.set(name, &keys.iter().map(|(_, key)| *key).collect::<Vec<_>>());
        }
        let places = |key, name| {
            let keys = all.iter().filter(move |(it, _)| *it == name).flat_map(|(_, keys)| keys);
            keys.filter(move |(_, it)| *it == key).map(|(at, _)| at.clone())
        };
        let mut seen = Vec::new();
        for Clash { key, actions: [one, other] } in keymap.clashes() {
            // The later place of the file; twice in one list it is the second one.
            let found = places(key, one).map(|at| (at, other));
            let found = found.chain(places(key, other).map(|at| (at, one)));
            let Some((at, others)) = found.max_by_key(|(at, _)| at.start) else { continue };
            if seen.contains(&at.start) {
                continue;
            }
            seen.push(at.start);
            let key = key.name();
            let message = match one == other {
                true => localize!(self.lang, "`{key}` stands twice", "`{key}` 重复"),
                false => localize!(
                    self.lang,
                    "`{key}` is the key of `{others}` as well",
                    "`{key}` 已是 `{others}` 的按键"
                ),
            };
            self.wrong(at, message);
        }
    }

    /// Refuses to leave an action without a key that is needed to get on.
    fn check_needed(&mut self, name: &'static str, value: &Value<'_>) {
        let mut keymap = Keymap::default();
        keymap.set(name, &[]);
        if keymap.missing().next().is_some() {
            let message = localize!(self.lang, "`{name}` needs a key", "`{name}` 需要一个按键");
            self.wrong(value.span, message);
        }
    }

    fn unknown_key(&self, text: &str) -> String {
        let name = &*clean(text);
        match nearest_key(text) {
            Some(it) => localize!(
                self.lang,
                "no key is called `{name}`; did you mean `{it}`?",
                "没有名为 `{name}` 的按键；是否想写 `{it}`？"
            ),
            None => localize!(
                self.lang,
                "no key is called `{name}`; keys are such as {EXAMPLES}",
                "没有名为 `{name}` 的按键；按键的写法如 {EXAMPLES}"
            ),
        }
    }
}
