//! The tables of the fields of each command's body, from the documentation and
//! recorded traffic.
//!
//! A field is `must` only if no kind of account and no year is known to omit it.
//! Times are sent as numbers and as strings of digits.

use super::{Field, Kinds};

const N: Kinds = Kinds::NUMBER;
const S: Kinds = Kinds::STRING;
const A: Kinds = Kinds::ARRAY;
const O: Kinds = Kinds::OBJECT;
const NS: Kinds = N.or(S);

const fn must(name: &'static str, kinds: Kinds) -> Field {
    Field { name, kinds, required: true }
}

const fn may(name: &'static str, kinds: Kinds) -> Field {
    Field { name, kinds, required: false }
}

const COMMAND: Field = must("CallbackCommand", S);
const EVENT_TIME: Field = may("EventTime", NS);
const FROM: Field = must("From_Account", S);
const TO: Field = must("To_Account", S);
const OPERATOR: Field = may("Operator_Account", S);
const GROUP: Field = must("GroupId", S);
const TYPE: Field = may("Type", S);
const TOPIC: Field = may("TopicId", S);
const BODY: Field = must("MsgBody", A);
const CLOUD: Field = may("CloudCustomData", S);
const MEMBERS: Field = may("MemberList", A);

/// One-to-one messages, to people and to robots. `MsgSeq`, `MsgRandom` and
/// `MsgKey` are absent in traffic of 2017; from `SyncOtherMachine` on, fields
/// of the REST call that leak through.
pub(super) static SEND: &[Field] = &[
    BODY,
    COMMAND,
    FROM,
    TO,
    may("MsgSeq", N),
    may("MsgRandom", N),
    must("MsgTime", N),
    may("MsgKey", S),
    may("MsgId", S),
    may("OnlineOnlyFlag", N),
    may("SendMsgResult", N),
    may("ErrorInfo", S),
    may("UnreadMsgNum", N),
    CLOUD,
    EVENT_TIME,
    OPERATOR,
    may("SyncOtherMachine", N),
    may("SupportMessageExtension", N),
    may("IsNeedReadReceipt", N),
    may("FriendShip", N),
    may("SendMsgControl", A),
    may("ForbidCallbackControl", A),
    may("OfflinePushInfo", O),
];

pub(super) static REPORT: &[Field] = &[
    COMMAND,
    must("Report_Account", S),
    must("Peer_Account", S),
    may("LastReadTime", N),
    may("UnreadMsgNum", N),
    EVENT_TIME,
];

pub(super) static WITHDRAW: &[Field] =
    &[COMMAND, FROM, TO, must("MsgKey", S), may("MsgId", S), may("UnreadMsgNum", N), EVENT_TIME];

pub(super) static RECEIPT: &[Field] = &[
    COMMAND,
    must("Operator_Account", S),
    must("Peer_Account", S),
    must("C2CMsgInfo", A),
    EVENT_TIME,
];

pub(super) static MODIFY: &[Field] = &[
    CLOUD,
    BODY,
    COMMAND,
    OPERATOR,
    FROM,
    TO,
    may("MsgRandom", N),
    may("MsgSeq", N),
    may("MsgTime", N),
    must("MsgKey", S),
    may("MsgId", S),
    EVENT_TIME,
];

pub(super) static READ_ALL: &[Field] =
    &[COMMAND, must("Report_Account", S), may("GroupReadInfo", A), EVENT_TIME];

pub(super) static EXTENSION: &[Field] = &[
    COMMAND,
    FROM,
    TO,
    must("MsgKey", S),
    must("OperateType", N),
    may("ExtensionList", A),
    may("Seq", N),
    EVENT_TIME,
];

pub(super) static SIGNAL: &[Field] = &[
    COMMAND,
    FROM,
    TO,
    may("MsgSeq", N),
    may("MsgRandom", N),
    may("MsgTime", N),
    may("MsgKey", S),
    EVENT_TIME,
    must("Data", Kinds::ANY),
];

pub(super) static STATE: &[Field] = &[COMMAND, EVENT_TIME, must("Info", O), may("KickedDevice", A)];

pub(super) static PROFILE: &[Field] =
    &[COMMAND, OPERATOR, FROM, must("ProfileItem", A), EVENT_TIME];

pub(super) static FRIEND_ASKED: &[Field] = &[
    COMMAND,
    may("Requester_Account", S),
    FROM,
    must("FriendItem", A),
    may("AddType", S),
    may("ForceAddFlags", N),
    EVENT_TIME,
];

pub(super) static FRIEND_ANSWERED: &[Field] =
    &[COMMAND, may("Requester_Account", S), FROM, must("ResponseFriendItem", A), EVENT_TIME];

pub(super) static PAIRS: &[Field] = &[
    COMMAND,
    must("PairList", A),
    may("ClientCmd", S),
    may("Admin_Account", S),
    may("ForceFlag", N),
    EVENT_TIME,
];

pub(super) static FOLLOW: &[Field] = &[COMMAND, FROM, must("FollowList", A), EVENT_TIME];

pub(super) static UNFOLLOW: &[Field] = &[COMMAND, FROM, must("To_Account", A), EVENT_TIME];

/// Messages to groups, which call `MsgRandom` only `Random`. Alphabetical, as
/// they are on the wire.
pub(super) static GROUP_SEND: &[Field] = &[
    may("AtRobots_Account", A),
    COMMAND,
    CLOUD,
    may("ErrorCode", N),
    may("ErrorInfo", S),
    EVENT_TIME,
    FROM,
    may("GroupAtInfo", A),
    GROUP,
    BODY,
    may("MsgSeq", N),
    may("MsgTime", N),
    may("OnlineOnlyFlag", N),
    OPERATOR,
    may("Random", N),
    TOPIC,
    TYPE,
];

pub(super) static GROUP_FAILED: &[Field] = &[
    COMMAND,
    CLOUD,
    must("ErrorCode", N),
    may("ErrorInfo", S),
    EVENT_TIME,
    FROM,
    GROUP,
    may("MsgBody", A),
    may("OnlineOnlyFlag", N),
    OPERATOR,
    may("Random", N),
    TOPIC,
    TYPE,
];

pub(super) static GROUP_MODIFY: &[Field] =
    &[BODY, COMMAND, CLOUD, OPERATOR, GROUP, TYPE, TOPIC, must("MsgSeq", N), EVENT_TIME];

pub(super) static GROUP_RECALL: &[Field] =
    &[COMMAND, OPERATOR, TYPE, GROUP, must("MsgSeqList", A), TOPIC, EVENT_TIME];

/// A group or a topic being made: the group has no id before it is there.
pub(super) static GROUP_MADE: &[Field] = &[
    COMMAND,
    may("GroupId", S),
    TOPIC,
    OPERATOR,
    may("Owner_Account", S),
    TYPE,
    may("Name", S),
    may("CreateGroupNum", N),
    MEMBERS,
    may("UserDefinedDataList", A),
    may("InviteOption", NS),
    EVENT_TIME,
];

pub(super) static GROUP_JOIN: &[Field] = &[
    COMMAND,
    GROUP,
    TYPE,
    may("Requestor_Account", S),
    OPERATOR,
    may("JoinType", S),
    may("ExitType", S),
    may("DestinationMembers", A),
    may("NewMemberList", A),
    may("ExitMemberList", A),
    EVENT_TIME,
];

pub(super) static GROUP_INFO: &[Field] = &[
    COMMAND,
    GROUP,
    TOPIC,
    TYPE,
    OPERATOR,
    may("Name", S),
    may("Introduction", S),
    may("Notification", S),
    may("FaceUrl", S),
    EVENT_TIME,
];

pub(super) static GROUP_GONE: &[Field] = &[
    COMMAND,
    GROUP,
    TYPE,
    may("Owner_Account", S),
    OPERATOR,
    may("Name", S),
    MEMBERS,
    may("TopicIdList", A),
    EVENT_TIME,
];

pub(super) static GROUP_FULL: &[Field] = &[COMMAND, GROUP, TYPE, EVENT_TIME];

pub(super) static GROUP_STATE: &[Field] =
    &[COMMAND, GROUP, TYPE, must("EventType", S), must("MemberList", A), EVENT_TIME];

pub(super) static GROUP_MEMBER: &[Field] = &[
    COMMAND,
    GROUP,
    TYPE,
    OPERATOR,
    may("Modified_Account", S),
    may("Role", Kinds::ANY),
    may("NameCard", S),
    EVENT_TIME,
];

pub(super) static GROUP_ATTR: &[Field] =
    &[COMMAND, GROUP, TYPE, OPERATOR, may("OptionType", NS), may("GroupAttr", A), EVENT_TIME];

pub(super) static GROUP_RECEIPT: &[Field] =
    &[COMMAND, GROUP, TYPE, must("GroupMsgReceiptList", A), EVENT_TIME];

pub(super) static GROUP_OWNER: &[Field] = &[
    COMMAND,
    GROUP,
    TYPE,
    OPERATOR,
    must("OldOwner_Account", S),
    must("NewOwner_Account", S),
    EVENT_TIME,
];

pub(super) static GROUP_QUOTA: &[Field] =
    &[COMMAND, must("QuotaUsed", N), must("Quota", N), EVENT_TIME];

/// A batch: each event names its own command, the body does not.
pub(super) static PUSH: &[Field] = &[may("CallbackCommand", S), must("Events", A)];

pub(super) static ALERT: &[Field] = &[
    COMMAND,
    must("ServiceName", S),
    must("Command", S),
    must("Request", N),
    must("Limit", N),
    EVENT_TIME,
];
