//! What is shown of callbacks while personal data is hidden. No other file of the
//! dashboard reads a delivery from the history or uses the pseudonyms. What is read for
//! a frame is a bounded beginning.

use std::borrow::Cow;
use std::rc::Rc;

use super::app::App;
use super::pseudonyms::Pseudonyms;
use super::remarks::Remarks;
use super::saving::Saving;
use super::viewport::NameCells;
use crate::answer::Rule;
use crate::callback::compare::Difference;
use crate::callback::decision::{self, Judgment, judge};
use crate::callback::format::time_of_day;
use crate::callback::head::{Cut, Head};
use crate::callback::redact::{
    MASK, documented_platform, is_app_id, is_protocol_number, redact_difference,
};
use crate::callback::{Callback, Delivery, Timestamp, command, decode, json};
use crate::history::flow_reader::KeptCallback;
use crate::history::row::{Flags, Row};
use crate::history::{RowId, recalled};

/// Bytes of a body that the detail pane and the comparison show.
pub(super) const DETAIL_BYTES: usize = 256 << 10;
/// Bytes of a body that a row shows.
pub(super) const ROW_BYTES: usize = 16 << 10;

impl App {
    /// Whether personal data is hidden.
    pub(super) fn is_private(&self) -> bool {
        self.pseudonyms.is_some()
    }

    /// Hides personal data, or shows it again.
    pub(super) fn toggle_privacy(&mut self) {
        self.pseudonyms = match self.pseudonyms {
            Some(_) => None,
            None => Some(Pseudonyms::default()),
        };
        self.clear_shown();
    }

    /// Drops what is cached of bodies: each is shown in another way now, or row ids start
    /// again.
    pub(super) fn clear_shown(&mut self) {
        self.heads.clear();
        self.recalls.clear();
        self.remarks = Remarks::default();
        self.name_cuts.clear();
        self.detail.clear_bodies();
        self.viewport.names = NameCells::default();
    }

    /// A callback as it was received, to be sent again and not to be shown.
    pub(super) fn original(&self, id: RowId) -> Option<Delivery> {
        self.history().flow().delivery(id)
    }

    /// As much of [`App::original`] as the detail pane shows.
    pub(super) fn original_head(&self, id: RowId) -> Option<Delivery> {
        Some(self.history().flow().head(id, DETAIL_BYTES, Cut::Closed)?.delivery)
    }

    /// A callback with at most `limit` bytes of its body, so that a frame costs little
    /// whatever the body is; redacted while personal data is hidden.
    pub(super) fn head(&self, id: RowId, limit: usize) -> Option<Rc<Head>> {
        self.cut(id, limit, Cut::Closed)
    }

    /// As [`App::head`], as much as the detail pane shows.
    pub(super) fn detail_head(&self, id: RowId) -> Option<Rc<Head>> {
        self.head(id, DETAIL_BYTES)
    }

    /// As [`App::detail_head`], but the body as received where nothing is hidden: only
    /// JSON can be redacted by its fields.
    pub(super) fn raw_head(&self, id: RowId) -> Option<Rc<Head>> {
        let cut = if self.is_private() { Cut::Closed } else { Cut::Raw };
        self.cut(id, DETAIL_BYTES, cut)
    }

    fn cut(&self, id: RowId, limit: usize, cut: Cut) -> Option<Rc<Head>> {
        let flow = self.history().flow();
        // Of an evicted one nothing is shown, cached or not.
        flow.row(id)?;
        self.heads.get((id, limit, cut), || {
            let head = flow.head(id, limit, cut)?;
            Some(Head { delivery: self.shown(head.delivery), ..head })
        })
    }

    /// What may be shown of a delivery.
    fn shown(&self, delivery: Delivery) -> Delivery {
        match &self.pseudonyms {
            None => delivery,
            Some(pseudonyms) => pseudonyms.redact(&delivery),
        }
    }

    /// A callback; redacted while personal data is hidden.
    pub(super) fn delivery(&self, id: RowId) -> Option<Delivery> {
        Some(self.shown(self.original(id)?))
    }

    /// Private mode as it is now, for a file that is begun.
    pub(super) fn hidden_names(&self) -> Option<Pseudonyms> {
        self.pseudonyms.clone()
    }

    /// The next callbacks of a save; redacted if personal data was hidden when it began,
    /// or is now.
    pub(super) fn read_portion(&self, saving: &mut Saving) -> Vec<KeptCallback> {
        let mut portion = saving.reader.next_portion(self.history().flow());
        if let Some(names) = saving.names.as_ref().or(self.pseudonyms.as_ref()) {
            for it in &mut portion {
                it.delivery = names.redact(&it.delivery);
            }
        }
        portion
    }

    /// Decodes what [`Self::head`] returned for a limit. Redacted text does not show why
    /// it is not JSON, so as much of the original decides.
    pub(super) fn decoded<'d>(
        &self,
        id: RowId,
        delivery: &'d Delivery,
        limit: usize,
    ) -> Callback<'d> {
        let mut callback = decode(delivery);
        let flow = self.history().flow();
        let is_broken = || flow.row(id).is_some_and(|it| it.flags.contains(Flags::BROKEN));
        if self.is_private()
            && is_broken()
            && let Some(original) = flow.head(id, limit, Cut::Closed)
            && let Err(error) = json::read(&original.delivery.body)
        {
            callback.break_off(error);
        }
        callback
    }

    /// The content of the message that a recall is about, as far as a row shows it; `None`
    /// if it is not known. It is redacted while personal data is hidden.
    pub(super) fn recalled_text(&self, recall: &Row<'_>) -> Option<String> {
        if !recalled::is_recall(recall.word) {
            return None;
        }
        let find = || recalled::message_of(self.history().flow(), recall);
        let message = self.recalls.get(recall.id, find)?;
        let head = self.head(message, ROW_BYTES)?;
        let callback = self.decoded(message, &head.delivery, ROW_BYTES);
        let at = |secs| time_of_day(Timestamp::from_secs(secs), &self.settings.zone);
        Some(callback.summary(self.settings.lang, &at))
    }

    /// What Tencent makes of the answer to a "before" callback: the decision of its row,
    /// explained from what the detail pane shows.
    pub(super) fn judgment(&self, id: RowId) -> Option<Judgment> {
        let row = self.history().flow().row(id)?;
        let (decision, head) = (row.flags.decision()?, self.detail_head(id)?);
        let delivery = &head.delivery;
        // In the redacted delivery an unknown command word is a pseudonym.
        let mut judgment = judge(row.word, &delivery.body, &delivery.answer)?;
        judgment.decision = decision;
        Some(judgment)
    }

    /// How the answer changes the message, field by field; without values while personal
    /// data is hidden.
    pub(super) fn changes(&self, id: RowId) -> Vec<Difference> {
        // Redacted texts of the same length are equal.
        let Some(Delivery { body, answer, .. }) = self.original_head(id) else {
            return Vec::new();
        };
        let changes = decision::changes(&body, &answer.body);
        let Some(pseudonyms) = &self.pseudonyms else { return changes };
        let redacted = changes.iter().map(|it| redact_difference(it, &|name| pseudonyms.of(name)));
        redacted.collect()
    }

    /// A text that is not from a callback; masked while personal data is hidden.
    pub(super) fn unless_private<'a>(&self, text: &'a str) -> &'a str {
        if self.is_private() { MASK } else { text }
    }

    /// The text of a rule; only the names of its actions while personal data is hidden.
    pub(super) fn rule_text<'a>(&self, rule: &'a Rule) -> Cow<'a, str> {
        match self.is_private() {
            true => Cow::Owned(format!("{MASK} => {}", rule.action_names().join(", "))),
            false => Cow::Borrowed(rule.text()),
        }
    }

    /// A user's or a group's name; its pseudonym while personal data is hidden.
    pub(super) fn name<'a>(&self, name: &'a str) -> Cow<'a, str> {
        match &self.pseudonyms {
            None => Cow::Borrowed(name),
            Some(pseudonyms) => Cow::Owned(pseudonyms.of(name)),
        }
    }

    /// A result code; masked if no code of the protocol has as many digits, while personal
    /// data is hidden.
    pub(super) fn code(&self, code: i64) -> String {
        match self.is_private() && !is_protocol_number(code) {
            true => MASK.to_owned(),
            false => code.to_string(),
        }
    }

    /// The word of a command; a pseudonym if it is not documented, while personal data is
    /// hidden.
    pub(super) fn command_word<'a>(&self, word: &'a str) -> Cow<'a, str> {
        if command::find(word).is_some() { Cow::Borrowed(word) } else { self.name(word) }
    }

    /// `OptPlatform`; a pseudonym if it is not documented, while personal data is hidden.
    pub(super) fn platform<'a>(&self, platform: &'a str) -> Cow<'a, str> {
        match documented_platform(platform) {
            Some(_) => Cow::Borrowed(platform),
            None => self.name(platform),
        }
    }

    /// The id of an application; masked if it is none, while personal data is hidden.
    pub(super) fn app_id<'a>(&self, app_id: &'a str) -> &'a str {
        if is_app_id(app_id) { app_id } else { self.unless_private(app_id) }
    }
}
