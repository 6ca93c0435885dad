//! What can be copied: always what is shown, so nothing hidden gets out.

use super::app::{App, Form, Source, Tab};
use super::effect::{Copied, Effect, TerminalEffect};
use super::rows::Rows;
use super::{json_tree, words};
use crate::callback::{Delivery, Localized, curl, decode, jsonl};
use crate::history::RowId;

/// Callbacks of a list that are copied, at the most.
const LIST: usize = 10_000;

/// A choice of the menu.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum CopyTarget {
    Body,
    Curl,
    Key,
    Field,
    Pointer,
    Delivery,
    List,
}

impl CopyTarget {
    pub(super) const ALL: [Self; 7] =
        [Self::Body, Self::Curl, Self::Key, Self::Field, Self::Pointer, Self::Delivery, Self::List];

    /// The key of the menu.
    pub(super) const fn key(self) -> char {
        match self {
            Self::Body => 'y',
            Self::Curl => 'c',
            Self::Key => 'k',
            Self::Field => 'f',
            Self::Pointer => 'p',
            Self::Delivery => 'd',
            Self::List => 'l',
        }
    }

    pub(super) const fn words(self) -> Localized {
        match self {
            Self::Body => words::COPY_BODY,
            Self::Curl => words::COPY_CURL,
            Self::Key => words::COPY_KEY,
            Self::Field => words::COPY_FIELD,
            Self::Pointer => words::COPY_POINTER,
            Self::Delivery => words::COPY_DELIVERY,
            Self::List => words::COPY_LIST,
        }
    }
}

impl App {
    /// The text of a choice, or a notice that there is none.
    pub(super) fn copy(&mut self, what: CopyTarget) -> Option<Effect> {
        let lang = self.settings.lang;
        let text = self.text_of(what).filter(|it| !it.is_empty());
        if text.is_none() {
            self.notify(words::NOTHING_TO_COPY.text(lang));
        }
        let copied = Copied { label: what.words().text(lang), text: text? };
        Some(TerminalEffect::Copy(copied).into())
    }

    fn text_of(&self, what: CopyTarget) -> Option<Vec<u8>> {
        let id = self.shown()?;
        let delivery = self.delivery(id)?;
        Some(match what {
            CopyTarget::Body => delivery.body.into_vec(),
            CopyTarget::Curl => curl::line(self.base(), &delivery).into_bytes(),
            CopyTarget::Key => decode(&delivery).msg_key?.as_bytes().to_vec(),
            CopyTarget::Field => self.field(id, &delivery.body)?.1,
            CopyTarget::Pointer => self.field(id, &delivery.body)?.0.into_bytes(),
            CopyTarget::Delivery => lines([delivery]),
            CopyTarget::List => self.list(),
        })
    }

    /// Where a curl line posts to: this listener, or where one would listen.
    fn base(&self) -> &str {
        match self.settings.source {
            Source::Listener => &self.settings.url,
            Source::Recording => "http://127.0.0.1:9527",
        }
    }

    /// Pointer and value of the field under the cursor of the tree.
    fn field(&self, id: RowId, body: &[u8]) -> Option<(String, Vec<u8>)> {
        if (self.detail.tab, self.detail.form) != (Tab::Payload, Form::Tree) {
            return None;
        }
        let lines = json_tree::lines(self, id, body);
        let at = self.detail.line.min(lines.len().checked_sub(1)?);
        let value = body.get(lines[at].value.clone())?.to_vec();
        Some((json_tree::pointer(&lines, at, body)?, value))
    }

    fn list(&self) -> Vec<u8> {
        let rows = Rows::of(self);
        let last = rows.len().saturating_sub(LIST)..rows.len();
        lines(last.filter_map(|row| self.delivery(rows.at(row)?)))
    }
}

fn lines(deliveries: impl IntoIterator<Item = Delivery>) -> Vec<u8> {
    let mut out = Vec::new();
    deliveries.into_iter().for_each(|it| jsonl::encode(&it, &mut out));
    out
}
