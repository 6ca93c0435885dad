//! The row and the flags of a callback that depend on it alone.

use super::batches::clamp;
use super::row::{Flags, Row, RowId};
use crate::callback::command::When;
use crate::callback::decision::{Decision, Judgment};
use crate::callback::oddity::Oddity;
use crate::callback::{Callback, Delivery};

/// The flags of a callback, without those that depend on earlier ones.
pub(super) fn flags(callback: &Callback<'_>, delivery: &Delivery, app: Option<&str>) -> Flags {
    let odd = !callback.oddities.is_empty() || other_app(app, callback).is_some();
    Flags::default()
        .with(Flags::REFUSED, delivery.is_refused())
        .with(Flags::ODD, odd)
        .with(Flags::ONLINE, callback.online_only)
        .with(Flags::BEFORE, callback.when() == When::Before)
        .with(Flags::GROUP, callback.to_group)
        .with(Flags::BROKEN, callback.is_broken())
        .with(Flags::TROUBLE, !delivery.answer.trouble.is_empty())
        .with(Flags::REPLACES_APP, delivery.answer.replaces_app())
        .with(Flags::RESENT, delivery.origin.is_resent())
}

/// The oddity of an `SdkAppid` that is not the expected one.
pub(super) fn other_app<'a>(expected: Option<&str>, callback: &Callback<'a>) -> Option<Oddity<'a>> {
    let (expected, found) = (expected?, callback.query.sdk_app_id.clone()?);
    (found != expected).then(|| Oddity::OtherSdkAppId { expected: expected.to_owned(), found })
}

/// The flags with what Tencent makes of the answer: a decision, which is trouble if there
/// is no answer in time or none that Tencent can use.
pub(super) fn decided(flags: Flags, judgment: Option<&Judgment>) -> Flags {
    let Some(decision) = judgment.map(|it| it.decision) else { return flags };
    let is_trouble = matches!(decision, Decision::Late | Decision::Invalid);
    flags.with_decision(decision).with(Flags::TROUBLE, is_trouble)
}

/// The row of a callback, given its row id.
pub(super) fn row<'a>(
    callback: &'a Callback<'_>,
    delivery: &Delivery,
    flags: Flags,
    judgment: Option<&Judgment>,
    id: RowId,
) -> Row<'a> {
    let result = match callback.when() {
        When::Before => judgment.and_then(|it| it.code),
        When::After => callback.result,
    };
    Row {
        id,
        at: delivery.at,
        app: &callback.app,
        word: &callback.word,
        from: callback.from.as_deref().unwrap_or_default(),
        to: callback.to.as_deref().unwrap_or_default(),
        kinds: callback.elements.iter().fold(0, |bits, it| bits | 1 << it.kind as u16),
        result: result.map(clamp),
        unread: callback.unread.as_ref().and_then(|it| it.count),
        msg_time: callback.msg_time,
        key: callback.message_key(),
        other_keys: &[],
        other_failures: &[],
        refused: None,
        size: u32::try_from(delivery.body.len()).unwrap_or(u32::MAX),
        took: delivery.answer.took,
        flags,
    }
}
