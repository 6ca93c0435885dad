//! Callbacks by command, platform, application, address, sender or receiver.

mod shares;
#[cfg(test)]
mod tests;

use super::filter::{Field, Filter};
use super::flow::Flow;
use super::row::Row;
use crate::callback::head::Cut;
use crate::callback::query;
pub use shares::{MAX_VALUES, Order, Share, Shares};

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
    /// The acting user.
    Sender,
    /// The recipient, a user or a group.
    Receiver,
}

impl Dimension {
    /// All of them, in the order in which they are shown.
    pub const ALL: [Self; 6] =
        [Self::Command, Self::Platform, Self::App, Self::Address, Self::Sender, Self::Receiver];

    /// The field of the filter language.
    const fn field(self) -> Field {
        match self {
            Self::Command => Field::Command,
            Self::Platform => Field::Platform,
            Self::App => Field::App,
            Self::Address => Field::Ip,
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

    /// Adds a callback. Returns the bytes that were read: platform and address are in the
    /// query, all else in the row.
    pub fn add(&mut self, row: &Row<'_>, flow: &Flow) -> usize {
        let value = match self.dimension {
            Dimension::Command => row.word,
            Dimension::App => row.app,
            Dimension::Sender => row.from,
            Dimension::Receiver => row.to,
            Dimension::Platform | Dimension::Address => {
                let Some(head) = flow.head(row.id, 0, Cut::Raw) else { return 0 };
                let query = query::read(head.delivery.query());
                let value = match self.dimension {
                    Dimension::Platform => query.platform,
                    _ => query.client_ip,
                };
                self.shares.add(value.as_deref().unwrap_or_default(), row);
                return 1;
            }
        };
        self.shares.add(value, row);
        0
    }
}
