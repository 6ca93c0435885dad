//! What became of marked callbacks that are sent again.

use std::collections::VecDeque;

use crate::callback::decision::judge_delivery;
use crate::callback::lang::localize;
use crate::callback::trouble::Trouble;
use crate::callback::{Delivery, Lang, Localized, decode};
use crate::history::RowId;

/// The marked callbacks that are sent again, and the results so far.
#[derive(Debug, Default)]
pub(super) struct MarkedResults {
    /// Those to be sent.
    pub(super) ids: VecDeque<RowId>,
    /// The number of all.
    pub(super) total: usize,
    /// Each result, with its number.
    results: Vec<(String, usize)>,
    /// The number of those that were not sent, and why the first was not.
    not_sent: usize,
    error: Option<String>,
}

impl MarkedResults {
    /// Those with these row ids, none sent so far.
    pub(super) fn of(ids: Vec<RowId>) -> Self {
        Self { total: ids.len(), ids: ids.into(), ..Self::default() }
    }

    /// Counts the reply to one, or why it was not sent.
    pub(super) fn add(&mut self, sent: Result<Box<Delivery>, String>, lang: Lang) {
        let result = match sent {
            Ok(delivery) => result(&delivery, lang),
            Err(error) => {
                self.not_sent += 1;
                self.error.get_or_insert(error);
                return;
            }
        };
        match self.results.iter_mut().find(|(it, _)| *it == result) {
            Some((_, count)) => *count += 1,
            None => self.results.push((result, 1)),
        }
    }

    /// The number of those that were sent, or could not be.
    pub(super) fn count(&self) -> usize {
        self.sent() + self.not_sent
    }

    fn sent(&self) -> usize {
        self.results.iter().map(|(_, count)| count).sum()
    }

    /// The results: `12 sent again: 11 allowed, 1 answered 500`. `mask` replaces an error.
    pub(super) fn sentence(&self, lang: Lang, mask: Option<&str>) -> String {
        let results: Vec<_> =
            self.results.iter().map(|(it, count)| format!("{count} {it}")).collect();
        let comma = Localized::new(", ", "，").text(lang);
        let (sent, results) = (self.sent(), results.join(comma));
        let mut text = match sent {
            0 => Localized::new("none sent again", "未重发任何回调").text(lang).to_owned(),
            _ => localize!(lang, "{sent} sent again: {results}", "已重发 {sent} 条：{results}"),
        };
        if let Some(error) = &self.error {
            let (not_sent, error) = (self.not_sent, mask.unwrap_or(error));
            text += &localize!(
                lang,
                "; {not_sent} not sent: {error}",
                "；{not_sent} 条未能重发：{error}"
            );
        }
        text
    }
}

/// The decision of a "before" callback, or how the reply is.
fn result(delivery: &Delivery, lang: Lang) -> String {
    if let Some(judgment) = judge_delivery(&decode(delivery), delivery) {
        return judgment.decision.word(None, lang);
    }
    match delivery.answer.status {
        0 => Localized::new("not answered", "未应答").text(lang).to_owned(),
        200 if delivery.answer.trouble.iter().all(Trouble::is_fact) => "OK".to_owned(),
        200 => Localized::new("with trouble", "有问题").text(lang).to_owned(),
        status => localize!(lang, "answered {status}", "应答 {status}"),
    }
}
