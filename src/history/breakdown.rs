//! Callbacks by command, platform, application, addresses, sender or receiver.

mod shares;
#[cfg(test)]
mod tests;

use std::borrow::Cow;

use super::filter::{Field, Filter};
use super::flow::Flow;
use super::pages::{Page, Part};
use super::row::{Row, RowId};
use crate::callback::head::Cut;
use crate::callback::query;
use crate::callback::redact::documented_platform;
pub use shares::{MAX_VALUES, Order, Share, Shares};

/// What is read of a page.
const HEADS: Part = Part::Heads(0);

/// What callbacks are counted by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Dimension {
    /// The command word.
    #[default]
    Command,
    /// `OptPlatform`.
    Platform,
    /// The application.
    App,
    /// `ClientIP`.
    Address,
    /// The address that the call came from.
    Peer,
    /// The acting user.
    Sender,
    /// The recipient, a user or a group.
    Receiver,
}

impl Dimension {
    /// All of them, in the order in which they are shown.
    pub const ALL: [Self; 7] = [
        Self::Command,
        Self::Platform,
        Self::App,
        Self::Address,
        Self::Peer,
        Self::Sender,
        Self::Receiver,
    ];

    /// The field of the filter language.
    const fn field(self) -> Field {
        match self {
            Self::Command => Field::Command,
            Self::Platform => Field::Platform,
            Self::App => Field::App,
            Self::Address => Field::Ip,
            Self::Peer => Field::Peer,
            Self::Sender => Field::From,
            Self::Receiver => Field::To,
        }
    }

    /// Matches exactly the callbacks with a value.
    pub fn filter(self, value: &str) -> Filter {
        Filter::for_values(&[(self.field(), value)])
    }
}

/// Callbacks counted by one dimension.
#[derive(Debug, Default)]
pub struct Breakdown {
    dimension: Dimension,
    shares: Shares,
}

impl Breakdown {
    /// Counts nothing yet.
    pub fn by(dimension: Dimension) -> Self {
        Self { dimension, shares: Shares::default() }
    }

    /// What callbacks are counted by.
    pub fn dimension(&self) -> Dimension {
        self.dimension
    }

    /// The counts.
    pub fn shares(&self) -> &Shares {
        &self.shares
    }

    /// Adds callbacks that are on one page, or refused ones between them
    /// ([`Flow::page_start`]). Returns the bytes that were read; platforms and addresses
    /// are in the deliveries, all else in the rows.
    pub fn add(&mut self, ids: &[RowId], flow: &Flow) -> usize {
        let rows = ids.iter().filter_map(|it| flow.row(*it));
        match self.dimension {
            Dimension::Command => rows.for_each(|it| self.shares.add(it.word, &it)),
            Dimension::App => rows.for_each(|it| self.shares.add(it.app, &it)),
            Dimension::Sender => rows.for_each(|it| self.shares.add(it.from, &it)),
            Dimension::Receiver => rows.for_each(|it| self.shares.add(it.to, &it)),
            Dimension::Platform | Dimension::Address | Dimension::Peer => {
                // The cache keeps the pages that are on the screen.
                let accepted = ids.iter().find(|it| !it.is_refused());
                let read =
                    |page: &Page| rows.clone().for_each(|it| self.add_of(&it, flow, Some(page)));
                if accepted.and_then(|it| flow.scan_page(*it, HEADS, read)).is_none() {
                    rows.for_each(|it| self.add_of(&it, flow, None));
                }
                return 1 + accepted.map_or(0, |it| flow.page_bytes(*it, HEADS));
            }
        }
        0
    }

    /// Adds a callback by what is in its delivery: on its page, or refused.
    fn add_of(&mut self, row: &Row<'_>, flow: &Flow, page: Option<&Page>) {
        let delivery = match flow.refused(row.id) {
            Some(refused) => Cow::Borrowed(refused),
            None => match page.and_then(|it| it.head(row.id, 0, Cut::Raw)) {
                Some(head) => Cow::Owned(head.delivery),
                None => return,
            },
        };
        let query = || query::read(delivery.query());
        match self.dimension {
            Dimension::Peer => self.shares.add(delivery.source_address(), row),
            Dimension::Platform => {
                self.shares.add(&platform(&query().platform.unwrap_or_default()), row);
            }
            _ => self.shares.add(&query().client_ip.unwrap_or_default(), row),
        }
    }
}

/// One spelling of a platform for all: filters ignore its letter case.
fn platform(text: &str) -> Cow<'_, str> {
    match documented_platform(text) {
        Some(documented) => documented.into(),
        None => text.to_ascii_lowercase().into(),
    }
}
