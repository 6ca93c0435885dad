//! The events of one message, and the chat around it.
//!
//! Callbacks with the same `MsgKey`, or the same `MsgSeq` in a group, belong to one
//! message: before, after, edited, read, recalled. Its chat is in the documented order:
//! by `MsgTime`, and within a second by `MsgSeq`
//! (<https://cloud.tencent.com/document/product/269/2716>).

use super::flow::Flow;
use super::row::RowId;
use crate::callback::decode;
use crate::callback::head::Cut;

/// The maximum number of events of a message.
const MAX_EVENTS: usize = 200;
/// Bytes of a body that are read for its place in the chat.
const HEAD_BYTES: usize = 8 << 10;
/// Callbacks of the chat before and after the given one.
const AROUND: usize = 50;

/// The row ids of the callbacks related to one.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct LifeLine {
    /// Those about the same message, in order of arrival.
    pub events: Vec<RowId>,
    /// Those of the same chat around it, in the documented order.
    pub chat: Vec<RowId>,
}

/// The callbacks related to one.
pub fn of(flow: &Flow, id: RowId) -> LifeLine {
    let Some(row) = flow.row(id) else { return LifeLine::default() };
    let mut events = if row.key == 0 { vec![id] } else { flow.ids_sharing_message(&row) };
    events.truncate(MAX_EVENTS);
    let mut chat = flow.chat_of(id);
    chat.sort_unstable();
    let at = chat.iter().position(|(_, it)| *it == id).unwrap_or_default();
    let around = at.saturating_sub(AROUND)..(at + AROUND + 1).min(chat.len());
    let mut chat: Vec<_> = chat[around].iter().map(|it| order(flow, *it)).collect();
    chat.sort_unstable();
    LifeLine { events, chat: chat.into_iter().map(|(_, _, id)| id).collect() }
}

/// Whether a callback from row id `since` on may be related to one: shares its
/// key, its recipient or its two users.
pub fn has_grown(flow: &Flow, id: RowId, since: RowId) -> bool {
    let Some(row) = flow.row(id) else { return true };
    let users = [row.from, row.to];
    flow.ids_in(since..flow.end_id()).filter_map(|it| flow.row(it)).any(|it| {
        it.shares_message(&row)
            || it.app == row.app
                && (it.to == row.to || [it.from, it.to] == users || [it.to, it.from] == users)
    })
}

/// The sort key of a callback: time, `MsgSeq`, row id. A callback without
/// `MsgSeq` follows the messages of its second.
fn order(flow: &Flow, (time, id): (i64, RowId)) -> (i64, u64, RowId) {
    let head = flow.head(id, HEAD_BYTES, Cut::Closed);
    let callback = head.as_ref().map(|it| decode(&it.delivery));
    let happened = callback.as_ref().and_then(|it| it.msg_time.or_else(|| it.event_time()));
    let msg_seq = callback.as_ref().and_then(|it| it.msg_seq);
    (happened.unwrap_or(time), msg_seq.unwrap_or(u64::MAX), id)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::callback::{Answer, Delivery, Timestamp};
    use crate::history::{History, HistoryConfig};

    fn history(bodies: &[&str]) -> History {
        let mut history = History::new(HistoryConfig::default());
        for body in bodies {
            apply(&mut history, body);
        }
        history
    }

    fn apply(history: &mut History, body: &str) {
        history.apply(&Delivery {
            at: Timestamp::from_secs(1000),
            method: "POST".into(),
            target: "/".into(),
            body: body.as_bytes().into(),
            answer: Answer::ok(1),
            ..Delivery::default()
        });
    }

    fn sent(from: &str, to: &str, time: i64, seq: u64) -> String {
        format!(
            r#"{{"CallbackCommand":"C2C.CallbackAfterSendMsg","From_Account":"{from}",
            "To_Account":"{to}","MsgTime":{time},"MsgSeq":{seq},"MsgKey":"{seq}_1_{time}"}}"#
        )
    }

    #[test]
    fn a_chat_is_sorted_by_time_and_then_by_seq() {
        let bodies = [
            sent("a", "b", 12, 1),
            sent("b", "a", 11, 9),
            sent("a", "c", 11, 1),
            sent("a", "b", 11, 2),
        ];
        let history = history(&bodies.each_ref().map(String::as_str));
        assert_eq!(of(history.flow(), RowId::accepted(1)).chat, [4, 2, 1].map(RowId::accepted));
    }

    #[test]
    fn callbacks_without_a_key_are_not_related_by_it() {
        let keyless = |from, to| sent(from, to, 12, 1).replace("MsgKey", "NoKey");
        let bodies = [keyless("a", "b"), keyless("c", "d"), keyless("b", "a")];
        let history = history(&bodies.each_ref().map(String::as_str));
        let has_grown_since =
            |since| has_grown(history.flow(), RowId::accepted(2), RowId::accepted(since));
        assert!(!has_grown_since(3) && has_grown_since(2));
    }

    #[test]
    fn a_receipt_for_several_messages_is_in_the_life_of_each() {
        let receipt = r#"{"CallbackCommand":"C2C.CallbackAfterMsgReadReceipt",
            "Operator_Account":"b","Peer_Account":"a",
            "C2CMsgInfo":[{"MsgKey":"1_1_12"},{"MsgKey":"2_1_13"}]}"#;
        let (first, second, other) =
            (sent("a", "b", 12, 1), sent("a", "b", 13, 2), sent("a", "c", 14, 3));
        let mut history = history(&[&first, &second, &other]);
        let grown = |history: &History| {
            [1, 2, 3].map(|id| has_grown(history.flow(), RowId::accepted(id), RowId::accepted(4)))
        };
        assert_eq!(grown(&history), [false; 3]);
        apply(&mut history, receipt);
        assert_eq!(grown(&history), [true, true, false]);
        let events = |id| of(history.flow(), RowId::accepted(id)).events;
        assert_eq!(events(1), [1, 4].map(RowId::accepted));
        assert_eq!(events(2), [2, 4].map(RowId::accepted));
        assert_eq!(events(4), [1, 2, 4].map(RowId::accepted));
    }

    #[test]
    fn the_recall_of_group_messages_is_in_the_life_of_each() {
        let sent = |group, seq| {
            format!(
                r#"{{"CallbackCommand":"Group.CallbackAfterSendMsg","GroupId":"{group}",
                "From_Account":"a","MsgSeq":{seq},"MsgTime":12,"MsgBody":[{{}}]}}"#
            )
        };
        let recalled = r#"{"CallbackCommand":"Group.CallbackAfterRecallMsg","GroupId":"g",
            "MsgSeqList":[{"MsgSeq":7},{"MsgSeq":8}]}"#;
        let history = history(&[&sent("g", 7), &sent("g", 8), &sent("h", 8), recalled]);
        let events = |id| of(history.flow(), RowId::accepted(id)).events;
        assert_eq!(events(2), [2, 4].map(RowId::accepted));
        assert_eq!(events(3), [RowId::accepted(3)]);
        assert_eq!(events(4), [1, 2, 4].map(RowId::accepted));
    }

    #[test]
    fn the_events_of_a_message_share_its_key() {
        let recalled = r#"{"CallbackCommand":"C2C.CallbackAfterMsgWithDraw","From_Account":"a",
            "To_Account":"b","MsgKey":"1_1_12"}"#;
        let (first, other) = (sent("a", "b", 12, 1), sent("a", "b", 13, 2));
        let history = history(&[&first, &other, recalled]);
        assert_eq!(of(history.flow(), RowId::accepted(1)).events, [1, 3].map(RowId::accepted));
        assert_eq!(of(history.flow(), RowId::accepted(2)).events, [RowId::accepted(2)]);
    }
}
