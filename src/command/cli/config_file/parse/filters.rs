//! The table `[filters]`: filters with names.

use std::ops::Range;

use toml_span::Value;

use super::Parser;
use crate::callback::lang::Localized;
use crate::command::cli::file_settings::Section;
use crate::history::filter::Filter;

const NO_TABLE: Localized = Localized::new(
    "expected a table: [filters], and below it lines NAME = \"FILTER\"",
    "应为表：[filters]，其下各行写 名称 = \"过滤条件\"",
);
const NO_FILTER: Localized = Localized::new("expected a filter in quotes", "应为引号内的过滤条件");
const WRONG_NAME: Localized = Localized::new(
    "a name has letters, digits, - and _, as it follows @ in --filter @NAME",
    "名称由字母、数字、- 和 _ 组成，因为 --filter @名称 会用到它",
);

const NESTED: Localized = Localized::new(
    "names of filters do not nest: write out the filter that is meant",
    "过滤条件的名称不能嵌套：请写出所指的过滤条件",
);

/// Whether a filter can have this name.
fn is_name(text: &str) -> bool {
    let is_of_name = |it: char| it.is_alphanumeric() || matches!(it, '-' | '_');
    !text.is_empty() && text.chars().all(is_of_name)
}

/// The place of `@NAME` in a filter: of one of these names, or of any if it is the whole
/// filter. Other words that begin with `@` are IDs of groups.
fn name_in<'a, I: Iterator<Item = &'a str>>(
    text: &str,
    names: impl Fn() -> I,
) -> Option<Range<usize>> {
    let trimmed = text.trim();
    let is_one = |word: &str| {
        let name = word.strip_prefix('@').filter(|it| is_name(it));
        name.is_some_and(|it| word == trimmed || names().any(|other| other == it))
    };
    let is_outside = |it: char| it.is_whitespace() || matches!(it, '(' | ')' | '-' | '!');
    let mut words = text.match_indices('@').map(|(at, _)| {
        let end = text[at..].find(|it: char| it.is_whitespace() || matches!(it, '(' | ')'));
        (at, &text[at..end.map_or(text.len(), |it| at + it)])
    });
    let starts = |at: usize| text[..at].chars().next_back().is_none_or(is_outside);
    words.find(|(at, word)| starts(*at) && is_one(word)).map(|(at, word)| at..at + word.len())
}

impl Parser<'_> {
    /// Reads the table.
    pub(super) fn named_filters(&mut self, table: &Value<'_>) {
        let Some(filters) = table.as_table() else {
            return self.wrong(table.span, NO_TABLE.text(self.lang));
        };
        for (key, value) in filters {
            if !is_name(&key.name) {
                self.wrong(key.span, WRONG_NAME.text(self.lang));
                continue;
            }
            let Some(text) = value.as_str() else {
                self.wrong(value.span, NO_FILTER.text(self.lang));
                continue;
            };
            let names = || filters.keys().map(|it| &*it.name);
            if let Some(at) = name_in(text, names) {
                let place = self.within(&value.span.into(), text, &at);
                self.wrong(place, NESTED.text(self.lang));
                continue;
            }
            match Filter::parse(text) {
                Ok(_) => {
                    let [name, text] = [key.name.to_string(), text.to_owned()].map(String::leak);
                    let setting = self.setting(Section::Filters, name, vec![text], key);
                    self.filters.add(vec![setting.clone()]);
                    self.settings.push(setting);
                }
                Err(error) => {
                    let place = self.within(&value.span.into(), text, &error.at);
                    self.wrong(place, error.message(self.lang));
                }
            }
        }
    }
}
