//! Finds the message that a recall is about.

use super::flow::Flow;
use super::row::{Row, RowId};

/// Rows before a recall that are searched for its message: about a millisecond's work.
const SEARCHED: usize = 8_192;

/// Whether a callback is a recall.
pub fn is_recall(word: &str) -> bool {
    word.ends_with(".CallbackAfterMsgWithDraw") || word.ends_with(".CallbackAfterRecallMsg")
}

/// The last callback before a recall that has the content of its message, of several the
/// first; `None` if none of the last `SEARCHED` has it.
pub fn message_of(flow: &Flow, recall: &Row<'_>) -> Option<RowId> {
    if recall.key == 0 || !is_recall(recall.word) {
        return None;
    }
    let before = flow.ids_in(RowId::FIRST..recall.id).rev().take(SEARCHED);
    let has_content = |it: &Row<'_>| {
        it.key == recall.key && ["SendMsg", "ModifyMsg"].iter().any(|end| it.word.ends_with(end))
    };
    before.filter_map(|it| flow.row(it)).find(has_content).map(|it| it.id)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::callback::Delivery;
    use crate::history::History;

    fn found(bodies: &[&str]) -> Option<RowId> {
        let mut history = History::default();
        for body in bodies {
            let body = body.as_bytes().into();
            history.apply(&Delivery { method: "POST".into(), body, ..Delivery::default() });
        }
        let flow = history.flow();
        message_of(flow, &flow.row(flow.newest_id()?)?)
    }

    #[test]
    fn a_recall_finds_the_last_content_of_its_message() {
        let sent = r#"{"CallbackCommand":"C2C.CallbackAfterSendMsg","MsgKey":"1_2_3"}"#;
        let edited = r#"{"CallbackCommand":"C2C.CallbackAfterModifyMsg","MsgKey":"1_2_3"}"#;
        let read = r#"{"CallbackCommand":"C2C.CallbackAfterMsgReadReceipt","C2CMsgInfo":[{"MsgKey":"1_2_3"}]}"#;
        let other = r#"{"CallbackCommand":"C2C.CallbackAfterSendMsg","MsgKey":"4_2_3"}"#;
        let recall = r#"{"CallbackCommand":"C2C.CallbackAfterMsgWithDraw","MsgKey":"1_2_3"}"#;
        assert_eq!(found(&[sent, other, read, recall]), Some(RowId::accepted(1)));
        assert_eq!(found(&[sent, edited, recall]), Some(RowId::accepted(2)));
        assert_eq!(found(&[other, recall]), None);
        assert_eq!(found(&[sent, read]), None, "only recalls are about another one");
        let group = r#"{"CallbackCommand":"Group.CallbackAfterSendMsg","GroupId":"g","MsgSeq":7,"MsgBody":[{}]}"#;
        let recall = r#"{"CallbackCommand":"Group.CallbackAfterRecallMsg","GroupId":"g","MsgSeqList":[{"MsgSeq":7}]}"#;
        assert_eq!(found(&[group, recall]), Some(RowId::accepted(1)));
    }
}
