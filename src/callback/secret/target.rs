//! Masks the target of a request.

use std::borrow::Cow;

use super::name::{is_common, is_secret_parameter};
use super::{MASK, Secrets};
use crate::callback::query::{pair, parts};

impl Secrets<'_> {
    /// The target of a request.
    pub fn masked_target<'t>(&self, target: &'t str) -> Cow<'t, str> {
        let Some((path, query)) = target.split_once('?') else { return self.masked_text(target) };
        match (self.masked_text(path), self.masked_query(query)) {
            (Cow::Borrowed(_), Cow::Borrowed(_)) => Cow::Borrowed(target),
            (path, query) => Cow::Owned(format!("{path}?{query}")),
        }
    }

    pub(super) fn masked_query<'t>(&self, query: &'t str) -> Cow<'t, str> {
        if self.is_empty() && self.plain_query == Some(query) {
            return Cow::Borrowed(query);
        }
        let parts: Vec<_> = parts(query).map(|it| self.masked_parameter(it)).collect();
        match parts.iter().all(|it| matches!(it, Cow::Borrowed(_))) {
            true => Cow::Borrowed(query),
            false => Cow::Owned(parts.join("&")),
        }
    }

    fn is_empty(&self) -> bool {
        self.values.is_empty() && self.token.is_none()
    }

    fn masked_parameter<'t>(&self, part: &'t str) -> Cow<'t, str> {
        let (name, value) = pair(part);
        if is_common(name) {
            return match self.masked_text(value) {
                Cow::Borrowed(_) => Cow::Borrowed(part),
                Cow::Owned(value) => Cow::Owned(format!("{name}={value}")),
            };
        }
        match is_secret_parameter(name) {
            true if value == MASK => Cow::Borrowed(part),
            // The sign between name and value may be encoded.
            true if value.is_empty() => self.masked_text(part),
            true => Cow::Owned(format!("{name}={MASK}")),
            false => self.masked_text(part),
        }
    }
}
