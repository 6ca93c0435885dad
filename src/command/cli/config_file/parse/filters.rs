//! The table `[filters]`: filters with names.

use toml_span::Value;

use super::Parser;
use crate::callback::lang::Localized;
use crate::command::cli::file_settings::Section;
use crate::history::filter::{Filter, named};

const NO_TABLE: Localized = Localized::new(
    "expected a table: [filters], and below it lines NAME = \"FILTER\"",
    "应为表：[filters]，其下各行写 名称 = \"过滤条件\"",
);
const NO_FILTER: Localized = Localized::new("expected a filter in quotes", "应为引号内的过滤条件");
const WRONG_NAME: Localized = Localized::new(
    "a name has letters, digits, - and _, as it follows @ in other filters",
    "名称由字母、数字、- 和 _ 组成，因为过滤条件中会写作 @名称",
);

impl Parser<'_> {
    /// Reads the table.
    pub(super) fn named_filters(&mut self, table: &Value<'_>) {
        let Some(filters) = table.as_table() else {
            return self.wrong(table.span, NO_TABLE.text(self.lang));
        };
        for (key, value) in filters {
            if !named::is_name(&key.name) {
                self.wrong(key.span, WRONG_NAME.text(self.lang));
                continue;
            }
            let Some(text) = value.as_str() else {
                self.wrong(value.span, NO_FILTER.text(self.lang));
                continue;
            };
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
