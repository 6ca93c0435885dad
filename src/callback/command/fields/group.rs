//! Groups, topics and their messages.

use super::{
    A, BODY, CLOUD, COMMAND, ERROR_INFO, EVENT_TIME, EXTENSION_SEQ, EXTENSIONS, FACE_URL, FROM,
    Field, INTRODUCTION, MSG_ID, MSG_SEQ, MSG_TIME, N, NAME, NS, O, ONLINE_ONLY, OPERATE_TYPE,
    OPERATOR, OWNER, RESULT, S, USER_DATA, may, must,
};

const GROUP: Field = must("GroupId", S);
const TYPE: Field = may("Type", S);
const TOPIC: Field = may("TopicId", S);
const RANDOM: Field = may("Random", N);
const MEMBERS: Field = may("MemberList", A);
const INVITE_OPTION: Field = may("InviteOption", NS);
const NOTIFICATION: Field = may("Notification", S);

/// Messages are alphabetical on the wire, and call `MsgRandom` only `Random`.
pub(in crate::callback::command) static SENDING: &[Field] = &[
    COMMAND,
    CLOUD,
    EVENT_TIME,
    FROM,
    may("GroupAtInfo", A),
    GROUP,
    BODY,
    MSG_ID,
    ONLINE_ONLY,
    OPERATOR,
    RANDOM,
    TOPIC,
    TYPE,
];

/// Sent ones, to robots as well.
pub(in crate::callback::command) static SENT: &[Field] = &[
    may("AtRobots_Account", A),
    COMMAND,
    CLOUD,
    may("ErrorCode", N),
    ERROR_INFO,
    EVENT_TIME,
    FROM,
    may("GroupAtInfo", A),
    GROUP,
    BODY,
    MSG_ID,
    MSG_SEQ,
    MSG_TIME,
    ONLINE_ONLY,
    OPERATOR,
    RANDOM,
    RESULT,
    TOPIC,
    TYPE,
];

pub(in crate::callback::command) static FAILED: &[Field] = &[
    COMMAND,
    CLOUD,
    must("ErrorCode", N),
    ERROR_INFO,
    EVENT_TIME,
    FROM,
    GROUP,
    may("MsgBody", A),
    ONLINE_ONLY,
    OPERATOR,
    RANDOM,
    TOPIC,
    TYPE,
];

pub(in crate::callback::command) static MODIFY: &[Field] =
    &[BODY, COMMAND, CLOUD, OPERATOR, GROUP, TYPE, TOPIC, must("MsgSeq", N), EVENT_TIME];

pub(in crate::callback::command) static RECALL: &[Field] =
    &[COMMAND, OPERATOR, TYPE, GROUP, must("MsgSeqList", A), TOPIC, EVENT_TIME];

pub(in crate::callback::command) static EXTENSION: &[Field] =
    &[COMMAND, GROUP, must("MsgSeq", N), OPERATE_TYPE, EXTENSIONS, EXTENSION_SEQ, EVENT_TIME];

/// A group has no id before it is created.
pub(in crate::callback::command) static CREATING: &[Field] = &[
    COMMAND,
    OPERATOR,
    OWNER,
    TYPE,
    NAME,
    may("CreateGroupNum", N),
    may("CreatedGroupNum", O),
    MEMBERS,
    INVITE_OPTION,
    EVENT_TIME,
];

pub(in crate::callback::command) static CREATED: &[Field] =
    &[COMMAND, GROUP, OPERATOR, OWNER, TYPE, NAME, MEMBERS, USER_DATA, INVITE_OPTION, EVENT_TIME];

pub(in crate::callback::command) static CREATING_TOPIC: &[Field] =
    &[COMMAND, may("GroupId", S), TOPIC, OPERATOR, TYPE, NAME, EVENT_TIME];

pub(in crate::callback::command) static CREATED_TOPIC: &[Field] =
    &[COMMAND, GROUP, TOPIC, OPERATOR, OWNER, TYPE, NAME, USER_DATA, EVENT_TIME];

pub(in crate::callback::command) static APPLY: &[Field] =
    &[COMMAND, GROUP, TYPE, must("Requestor_Account", S), EVENT_TIME];

pub(in crate::callback::command) static INVITE: &[Field] =
    &[COMMAND, GROUP, TYPE, OPERATOR, must("DestinationMembers", A), EVENT_TIME];

pub(in crate::callback::command) static JOINED: &[Field] =
    &[COMMAND, GROUP, TYPE, may("JoinType", S), OPERATOR, must("NewMemberList", A), EVENT_TIME];

pub(in crate::callback::command) static LEFT: &[Field] =
    &[COMMAND, GROUP, TYPE, may("ExitType", S), OPERATOR, must("ExitMemberList", A), EVENT_TIME];

pub(in crate::callback::command) static INFO: &[Field] =
    &[COMMAND, GROUP, TYPE, OPERATOR, NAME, INTRODUCTION, NOTIFICATION, FACE_URL, EVENT_TIME];

pub(in crate::callback::command) static TOPIC_INFO: &[Field] = &[
    COMMAND,
    GROUP,
    TOPIC,
    TYPE,
    OPERATOR,
    NAME,
    INTRODUCTION,
    NOTIFICATION,
    FACE_URL,
    EVENT_TIME,
];

pub(in crate::callback::command) static GONE: &[Field] =
    &[COMMAND, GROUP, TYPE, OWNER, OPERATOR, NAME, MEMBERS, EVENT_TIME];

pub(in crate::callback::command) static TOPIC_GONE: &[Field] =
    &[COMMAND, GROUP, TYPE, OPERATOR, may("TopicIdList", A), EVENT_TIME];

pub(in crate::callback::command) static FULL: &[Field] = &[COMMAND, GROUP, TYPE, EVENT_TIME];

pub(in crate::callback::command) static PRESENCE: &[Field] =
    &[COMMAND, GROUP, TYPE, must("EventType", S), must("MemberList", A), EVENT_TIME];

pub(in crate::callback::command) static MEMBER: &[Field] = &[
    COMMAND,
    GROUP,
    TYPE,
    OPERATOR,
    may("Modified_Account", S),
    may("Role", NS),
    may("NameCard", S),
    EVENT_TIME,
];

pub(in crate::callback::command) static ATTRIBUTES: &[Field] =
    &[COMMAND, GROUP, TYPE, OPERATOR, may("OptionType", NS), may("GroupAttr", A), EVENT_TIME];

pub(in crate::callback::command) static RECEIPT: &[Field] =
    &[COMMAND, GROUP, TYPE, must("GroupMsgReceiptList", A), EVENT_TIME];

pub(in crate::callback::command) static NEW_OWNER: &[Field] = &[
    COMMAND,
    GROUP,
    TYPE,
    OPERATOR,
    must("OldOwner_Account", S),
    must("NewOwner_Account", S),
    EVENT_TIME,
];

pub(in crate::callback::command) static QUOTA: &[Field] =
    &[COMMAND, must("QuotaUsed", N), must("Quota", N), EVENT_TIME];
