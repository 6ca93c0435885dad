//! Key `f`: a filter by the field under the cursor of the tree of the payload, elsewhere
//! one of those with names.

use std::sync::Arc;

use super::action::Pane;
use super::app::App;
use super::copy::NO_FIELD;
use super::entered::InputKind;
use super::filter_list::FilterList;
use super::json_tree::{self, Line, PathStep};
use super::overlay::Overlay;
use crate::callback::Localized;
use crate::callback::json::{self, JsonKind};
use crate::history::filter::{Filter, paths};

const NO_FILTERS: Localized = Localized::new(
    "no named filters: write NAME = \"FILTER\" below [filters] in the config file",
    "没有命名的过滤条件：请在配置文件的 [filters] 下添加 名称 = \"过滤条件\"",
);

impl App {
    /// Filters by the field under the cursor of the focused tree of the payload; elsewhere
    /// opens the list of filters with names.
    pub(super) fn choose_filter(&mut self) {
        let is_in_tree = self.focus.pane == Pane::Detail && self.detail.shows_tree();
        if is_in_tree && self.detail_callback().is_some() {
            return self.filter_by_field();
        }
        let filters = Arc::clone(&self.settings.filters);
        if filters.is_empty() {
            return self.notify(NO_FILTERS.text(self.settings.lang));
        }
        self.show(Overlay::Filters(Box::new(FilterList { filters, cursor: 0 })));
    }

    /// Shows the callbacks in which the field under the cursor has the same value; of an
    /// array or an object, and while personal data is hidden, those that have the field.
    fn filter_by_field(&mut self) {
        let lang = self.settings.lang;
        let Some(text) = self.field_condition() else {
            return self.notify(NO_FIELD.text(lang));
        };
        match Filter::parse(&text) {
            Ok(filter) => {
                self.keep_entered(InputKind::Filter, text);
                self.filter_by(filter);
            }
            Err(error) => self.notify(error.message(lang)),
        }
    }

    /// The condition on the field: `.MsgBody[0].MsgType="TIMTextElem"`.
    fn field_condition(&self) -> Option<String> {
        if !self.detail.shows_tree() {
            return None;
        }
        let id = self.detail_callback()?;
        let body = self.detail_head(id)?.delivery.body.clone();
        let lines = self.detail.tree(id, &body);
        let at = self.detail.line.min(lines.len().checked_sub(1)?);
        let path = path(&lines, at, &body).filter(|it| !it.is_empty())?;
        let value = json::read(body.get(lines[at].value.clone())?).ok()?;
        Some(match value.kind() {
            _ if self.is_private() => path,
            JsonKind::Object | JsonKind::Array => path,
            JsonKind::String => format!("{path}={}", paths::in_quotes(&value.as_str()?)),
            _ => format!("{path}={}", value.raw()),
        })
    }
}

/// The path of the value on line `at` as filters have it: `.a[0]."b c"`; `None` if there is
/// no such line, empty for the body itself.
fn path(lines: &[Line], at: usize, body: &[u8]) -> Option<String> {
    let steps = json_tree::path(lines, at, body)?;
    Some(steps.into_iter().fold(String::new(), |path, step| match step {
        PathStep::Name(name) => path + "." + &paths::step(&name),
        PathStep::Index(index) => format!("{path}[{index}]"),
    }))
}
