//! Live rooms, meeting rooms, their seats, and calls.
//!
//! Accounts and rooms are printed as numbers by some pages, and sent as text.

use super::{A, B, COMMAND, EVENT_TIME, Field, N, NS, O, S, may, must};

const OPERATOR: Field = may("Operator_Account", NS);
const ROOM: Field = must("RoomId", NS);
const ROOM_INFO: Field = must("RoomInfo", O);
const BATTLE: Field = must("BattleId", S);
const DURATION: Field = may("Duration", N);
const CREATE_TIME: Field = may("CreateTime", NS);
const START_TIME: Field = may("StartTime", NS);
const FROM_ROOM: Field = must("FromRoomInfo", O);
const TO_ROOMS: Field = must("ToRoomList", A);
const MEMBER_COUNT: Field = may("MemberCount", N);
const TYPE: Field = may("Type", S);
const MEMBERS: Field = must("MemberList_Account", A);
const USERS: Field = may("UserList", A);

pub(in crate::callback::command) static LIVE_CREATED: &[Field] =
    &[COMMAND, OPERATOR, ROOM_INFO, EVENT_TIME];

/// `RoomId` was inside `RoomInfo` alone in 2025.
pub(in crate::callback::command) static LIVE_GONE: &[Field] = &[
    COMMAND,
    OPERATOR,
    may("RoomId", NS),
    must("EventType", S),
    EVENT_TIME,
    may("RoomInfo", O),
    may("Statistic", O),
];

pub(in crate::callback::command) static SET_METADATA: &[Field] =
    &[COMMAND, OPERATOR, ROOM, must("Metadata", A), EVENT_TIME];

pub(in crate::callback::command) static DELETE_METADATA: &[Field] =
    &[COMMAND, OPERATOR, ROOM, must("Keys", A), EVENT_TIME];

/// Numbers, which the table of the page calls a string and an array.
pub(in crate::callback::command) static THRESHOLD: &[Field] =
    &[COMMAND, OPERATOR, EVENT_TIME, must("CurRoomCount", NS), must("MaxRoomCount", NS.or(A))];

pub(in crate::callback::command) static PRESENCE: &[Field] =
    &[COMMAND, ROOM, must("EventType", S), may("EventCause", S), must("MemberList", A), EVENT_TIME];

pub(in crate::callback::command) static NEW_OWNER: &[Field] = &[
    COMMAND,
    ROOM,
    EVENT_TIME,
    OPERATOR,
    must("CurrentOwner_Account", NS),
    must("OriginalOwner_Account", NS),
];

pub(in crate::callback::command) static ADMINS: &[Field] =
    &[COMMAND, ROOM, EVENT_TIME, OPERATOR, must("Admin_Account", A), must("opType", S)];

pub(in crate::callback::command) static BATTLE_CREATED: &[Field] = &[
    COMMAND,
    OPERATOR,
    BATTLE,
    must("FromRoomId", NS),
    must("ToRoomIdList", A),
    may("Timeout", N),
    DURATION,
    may("NeedResponse", B.or(N)),
    may("ExtensionInfo", S),
    EVENT_TIME,
];

pub(in crate::callback::command) static BATTLE_STARTED: &[Field] =
    &[COMMAND, BATTLE, DURATION, CREATE_TIME, START_TIME, FROM_ROOM, TO_ROOMS, EVENT_TIME];

pub(in crate::callback::command) static BATTLE_ENDED: &[Field] = &[
    COMMAND,
    BATTLE,
    DURATION,
    CREATE_TIME,
    START_TIME,
    may("EndTime", NS),
    must("OpType", N),
    FROM_ROOM,
    TO_ROOMS,
    EVENT_TIME,
];

pub(in crate::callback::command) static GIFT: &[Field] =
    &[COMMAND, OPERATOR, ROOM, must("GiftWater", O), EVENT_TIME];

/// An event of TRTC's recording with a command word added.
pub(in crate::callback::command) static RECORDING: &[Field] = &[
    COMMAND,
    must("EventGroupId", N),
    must("EventType", N),
    may("CallbackTs", NS),
    must("EventInfo", O),
    EVENT_TIME,
];

pub(in crate::callback::command) static SEATS: &[Field] =
    &[COMMAND, OPERATOR, ROOM, must("SeatList", A), EVENT_TIME];

pub(in crate::callback::command) static ROOM_CREATED: &[Field] =
    &[COMMAND, OPERATOR, ROOM_INFO, may("ScheduleInviteeList_Account", A), EVENT_TIME];

pub(in crate::callback::command) static ROOM_UPDATED: &[Field] =
    &[COMMAND, OPERATOR, ROOM_INFO, EVENT_TIME];

pub(in crate::callback::command) static ENTERED: &[Field] =
    &[COMMAND, OPERATOR, ROOM, MEMBER_COUNT, TYPE, MEMBERS, EVENT_TIME];

pub(in crate::callback::command) static LEFT: &[Field] =
    &[COMMAND, OPERATOR, ROOM, MEMBER_COUNT, TYPE, MEMBERS, may("Reason", S), EVENT_TIME];

pub(in crate::callback::command) static ROOM_GONE: &[Field] =
    &[COMMAND, OPERATOR, ROOM, EVENT_TIME];

pub(in crate::callback::command) static CALL_STARTED: &[Field] =
    &[COMMAND, must("CallInfo", O), USERS, EVENT_TIME];

pub(in crate::callback::command) static CALL_MEMBERS: &[Field] =
    &[COMMAND, must("CallId", S), USERS, must("ChangedUserList", A), EVENT_TIME];

pub(in crate::callback::command) static CALL_ENDED: &[Field] =
    &[COMMAND, must("CallRecord", O), EVENT_TIME];
