//! One-to-one messages, to people and to robots.

use super::{
    A, BODY, CLOUD, COMMAND, ERROR_INFO, EVENT_TIME, EXTENSION_SEQ, EXTENSIONS, FROM, Field,
    MSG_ID, MSG_KEY, MSG_RANDOM, MSG_SEQ, MSG_TIME, N, O, ONLINE_ONLY, OPERATE_TYPE, OPERATOR,
    RESULT, S, TO, may, must,
};

const UNREAD: Field = may("UnreadMsgNum", N);
// Fields of the REST call that leak through.
const SYNC: Field = may("SyncOtherMachine", N);
const EXTENDABLE: Field = may("SupportMessageExtension", N);
const READ_RECEIPT: Field = may("IsNeedReadReceipt", N);
const FRIENDSHIP: Field = may("FriendShip", N);
const CONTROL: Field = may("SendMsgControl", A);
const FORBID: Field = may("ForbidCallbackControl", A);
const OFFLINE_PUSH: Field = may("OfflinePushInfo", O);

/// `MsgSeq`, `MsgRandom` and `MsgKey` are absent in traffic of 2017.
pub(in crate::callback::command) static SENDING: &[Field] = &[
    BODY,
    COMMAND,
    FROM,
    TO,
    MSG_SEQ,
    MSG_RANDOM,
    must("MsgTime", N),
    may("MsgKey", S),
    MSG_ID,
    ONLINE_ONLY,
    CLOUD,
    EVENT_TIME,
    OPERATOR,
    SYNC,
    EXTENDABLE,
    READ_RECEIPT,
    FRIENDSHIP,
    CONTROL,
    FORBID,
    OFFLINE_PUSH,
];

/// As [`SENDING`], with the result.
pub(in crate::callback::command) static SENT: &[Field] = &[
    BODY,
    COMMAND,
    FROM,
    TO,
    MSG_SEQ,
    MSG_RANDOM,
    must("MsgTime", N),
    may("MsgKey", S),
    MSG_ID,
    ONLINE_ONLY,
    RESULT,
    ERROR_INFO,
    UNREAD,
    CLOUD,
    EVENT_TIME,
    OPERATOR,
    SYNC,
    EXTENDABLE,
    READ_RECEIPT,
    FRIENDSHIP,
    CONTROL,
    FORBID,
    OFFLINE_PUSH,
];

pub(in crate::callback::command) static REPORT: &[Field] = &[
    COMMAND,
    must("Report_Account", S),
    must("Peer_Account", S),
    may("LastReadTime", N),
    UNREAD,
    EVENT_TIME,
];

pub(in crate::callback::command) static WITHDRAW: &[Field] =
    &[COMMAND, FROM, TO, MSG_KEY, MSG_ID, UNREAD, EVENT_TIME];

pub(in crate::callback::command) static RECEIPT: &[Field] = &[
    COMMAND,
    must("Operator_Account", S),
    must("Peer_Account", S),
    must("C2CMsgInfo", A),
    EVENT_TIME,
];

pub(in crate::callback::command) static MODIFY: &[Field] = &[
    CLOUD, BODY, COMMAND, OPERATOR, FROM, TO, MSG_RANDOM, MSG_SEQ, MSG_TIME, MSG_KEY, MSG_ID,
    EVENT_TIME,
];

pub(in crate::callback::command) static READ_ALL: &[Field] =
    &[COMMAND, must("Report_Account", S), may("GroupReadInfo", A), EVENT_TIME];

pub(in crate::callback::command) static EXTENSION: &[Field] =
    &[COMMAND, FROM, TO, MSG_KEY, OPERATE_TYPE, EXTENSIONS, EXTENSION_SEQ, EVENT_TIME];

pub(in crate::callback::command) static SIGNAL: &[Field] = &[
    COMMAND,
    FROM,
    TO,
    MSG_SEQ,
    MSG_RANDOM,
    MSG_TIME,
    may("MsgKey", S),
    EVENT_TIME,
    must("Data", S),
];
