//! The table of commands.

use super::Family::{
    Alert, Bot, Call, Content, Follow, Friends, Group, Live, Mic, Official, OneToOne, Profile,
    Push, Room, State,
};
use super::When::{After, Before};
use super::fields::{group, official, one_to_one, room, service, user};
use super::{Command, Family, Field, SIGNAL, When};
use crate::callback::lang::Localized;

/// [`Command::summary_fields`].
type SummaryFields = &'static [&'static str];

const fn row(
    family: Family,
    when: When,
    word: &'static str,
    en: &'static str,
    zh: &'static str,
    fields: &'static [Field],
    summary_fields: SummaryFields,
) -> Command {
    Command { word, family, when, label: Localized::new(en, zh), fields, summary_fields }
}

/// A command whose fields are not known.
const fn open(
    family: Family,
    when: When,
    word: &'static str,
    en: &'static str,
    zh: &'static str,
) -> Command {
    row(family, when, word, en, zh, &[], &[])
}

/// A switch in the list of Live's commands: with it a gift is not held up by the
/// callback before it.
pub(super) static SWITCH: Command =
    open(Live, Before, "Live.CallbackBeforeCallBackNotBlock", "switch", "开关");

/// Any other word of a family by its prefix. These products are young, and get
/// new words.
#[rustfmt::skip]
pub(super) static OTHERS: &[(&str, Command)] = &[
    ("Live.CallbackBefore", open(Live, Before, "Live.CallbackBefore*", "live?", "直播前")),
    ("Live.", open(Live, After, "Live.*", "live", "直播")),
    ("Room.", open(Room, After, "Room.*", "room", "房间")),
    ("Mic.", open(Mic, After, "Mic.*", "seats", "麦位")),
    ("Call.", open(Call, After, "Call.*", "call", "通话")),
];

const NAMED: SummaryFields = &["Name", "Type", "MemberList"];
const TOPIC: SummaryFields = &["Name", "Type"];
const CHANGED: SummaryFields = &["=Name", "=Introduction", "=Notification", "=FaceUrl"];
const CHECKED: SummaryFields =
    &["CtxcbSuggestion", "CtxcbLabel", "CtxcbKeywords", "TextContent", "FileURL"];
const SUBSCRIBERS: SummaryFields = &["SubscribeAccountList"];
const NOTHING: SummaryFields = &[];

#[rustfmt::skip]
pub(super) static TABLE: &[Command] = &[
    row(OneToOne, After, "C2C.CallbackAfterSendMsg", "sent", "已发送", one_to_one::SENT, NOTHING),
    row(OneToOne, After, "C2C.CallbackAfterMsgReport", "read", "已读", one_to_one::REPORT, NOTHING),
    row(State, After, "State.StateChange", "state", "状态", user::STATE, NOTHING),
    row(Group, After, "Group.CallbackAfterSendMsg", "sent", "已发送", group::SENT, NOTHING),
    row(OneToOne, Before, "C2C.CallbackBeforeSendMsg", "sending", "发送前", one_to_one::SENDING, NOTHING),
    row(Group, Before, "Group.CallbackBeforeSendMsg", "sending", "发送前", group::SENDING, NOTHING),
    row(OneToOne, After, "C2C.CallbackAfterMsgWithDraw", "recalled", "撤回", one_to_one::WITHDRAW, &["MsgKey"]),
    row(OneToOne, After, "C2C.CallbackAfterMsgReadReceipt", "receipt", "回执", one_to_one::RECEIPT, NOTHING),
    row(OneToOne, After, "C2C.CallbackAfterModifyMsg", "edited", "修改", one_to_one::MODIFY, NOTHING),
    row(OneToOne, After, "C2C.CallbackAfterMsgReadAll", "read all", "全部已读", one_to_one::READ_ALL, NOTHING),
    row(OneToOne, After, "C2C.CallbackAfterC2CMsgExtension", "extension", "消息扩展", one_to_one::EXTENSION, NOTHING),
    row(Bot, After, "Bot.OnC2CMessage", "to robot", "机器人", one_to_one::SENT, NOTHING),
    row(Bot, After, "Bot.OnGroupMessage", "to robot", "机器人", group::SENT, NOTHING),
    row(Bot, After, SIGNAL, "signal", "信令", one_to_one::SIGNAL, &["Data"]),

    row(Profile, After, "Profile.CallbackPortraitSet", "profile", "资料", user::PROFILE, NOTHING),
    row(Friends, Before, "Sns.CallbackPrevFriendAdd", "friend?", "加好友前", user::FRIEND_ASKED, NOTHING),
    row(Friends, Before, "Sns.CallbackPrevFriendResponse", "friend answer?", "好友应答前", user::FRIEND_ANSWERED, NOTHING),
    row(Friends, After, "Sns.CallbackFriendAdd", "friend", "加好友", user::FRIENDS, NOTHING),
    row(Friends, After, "Sns.CallbackFriendDelete", "unfriend", "删好友", user::PAIRS, NOTHING),
    row(Friends, After, "Sns.CallbackBlackListAdd", "block", "拉黑", user::PAIRS, NOTHING),
    row(Friends, After, "Sns.CallbackBlackListDelete", "unblock", "移出黑名单", user::PAIRS, NOTHING),
    row(Follow, After, "Follow.CallbackAfterFollowAdd", "follow", "关注", user::FOLLOW, NOTHING),
    row(Follow, After, "Follow.CallbackAfterFollowDelete", "unfollow", "取消关注", user::UNFOLLOW, NOTHING),

    row(Group, After, "Group.CallbackSendMsgException", "not sent", "发送失败", group::FAILED, NOTHING),
    row(Group, After, "Group.CallbackAfterRecallMsg", "recalled", "撤回", group::RECALL, &["MsgSeq=MsgSeqList.MsgSeq"]),
    row(Group, After, "Group.CallbackAfterModifyMsg", "edited", "修改", group::MODIFY, NOTHING),
    row(Group, After, "Group.CallbackAfterGroupMsgExtension", "extension", "消息扩展", group::EXTENSION, NOTHING),
    row(Group, After, "Group.CallbackAfterReadReceipt", "receipt", "回执", group::RECEIPT, &["GroupMsgReceiptList"]),
    row(Group, Before, "Group.CallbackBeforeCreateGroup", "create?", "建群前", group::CREATING, NAMED),
    row(Group, After, "Group.CallbackAfterCreateGroup", "created", "建群", group::CREATED, NAMED),
    row(Group, Before, "Group.CallbackBeforeApplyJoinGroup", "join?", "入群前", group::APPLY, &["Type"]),
    row(Group, Before, "Group.CallbackBeforeInviteJoinGroup", "invite?", "邀请前", group::INVITE, &["DestinationMembers"]),
    row(Group, After, "Group.CallbackAfterNewMemberJoin", "joined", "入群", group::JOINED, &["JoinType", "NewMemberList"]),
    row(Group, After, "Group.CallbackAfterMemberExit", "left", "退群", group::LEFT, &["ExitType", "ExitMemberList"]),
    row(Group, After, "Group.CallbackAfterGroupFull", "group full", "群满员", group::FULL, &["Type"]),
    row(Group, After, "Group.CallbackAfterGroupDestroyed", "disbanded", "解散", group::GONE, NAMED),
    row(Group, After, "Group.CallbackAfterGroupInfoChanged", "group info", "群资料", group::INFO, CHANGED),
    row(Group, After, "Group.CallbackOnMemberStateChange", "presence", "群成员状态", group::PRESENCE, &["EventType", "MemberList"]),
    row(Group, Before, "Group.CallbackBeforeCreateTopic", "new topic?", "建话题前", group::CREATING_TOPIC, TOPIC),
    row(Group, After, "Group.CallbackAfterCreateTopic", "new topic", "建话题", group::CREATED_TOPIC, TOPIC),
    row(Group, After, "Group.CallbackAfterTopicDestroyed", "topic gone", "删话题", group::TOPIC_GONE, &["TopicIdList"]),
    row(Group, After, "Group.CallbackAfterTopicInfoChanged", "topic info", "话题资料", group::TOPIC_INFO, CHANGED),
    row(Group, After, "Group.CallbackAfterMemberFieldChanged", "member info", "群名片", group::MEMBER, &["Modified_Account", "=Role", "=NameCard"]),
    row(Group, After, "Group.CallbackAfterGroupAttrChanged", "attributes", "群属性", group::ATTRIBUTES, &["=OptionType", "GroupAttr"]),
    row(Group, After, "Group.CallbackAfterChangeGroupOwner", "new owner", "转让群主", group::NEW_OWNER, NOTHING),
    row(Group, After, "Group.CallbackOnDailyGroupQuotaAlarm", "quota", "建群配额", group::QUOTA, &["=QuotaUsed", "=Quota"]),

    row(Push, After, "Push.OfflinePush", "push", "离线推送", service::PUSH, NOTHING),
    row(Push, After, "Push.AllMemberPush", "push to all", "全员推送", service::PUSH, NOTHING),
    row(Content, After, "ContentCallback.ResultNotify", "checked", "内容审核", service::CONTENT, CHECKED),
    row(Alert, After, "Alert.RequestOverLimit", "rate limit", "超频告警", service::ALERT, &["ServiceName", "Command", "=Request", "=Limit"]),

    row(Official, Before, "OfficialAccount.CallbackBeforeCreateOfficialAccount", "official?", "建公众号前", official::CREATING, &["Name"]),
    row(Official, After, "OfficialAccount.CallbackAfterCreateOfficialAccount", "official", "建公众号", official::CREATED, &["Name"]),
    row(Official, After, "OfficialAccount.CallbackAfterOfficialAccountInfoChanged", "official info", "公众号资料", official::INFO, &["=Name", "=Introduction", "=FaceUrl", "=Organization"]),
    row(Official, After, "OfficialAccount.CallbackAfterOfficialAccountDestroyed", "official gone", "删公众号", official::GONE, &["Name"]),
    row(Official, Before, "OfficialAccount.CallbackBeforeAddSubscriber", "subscribe?", "订阅前", official::SUBSCRIBERS, SUBSCRIBERS),
    row(Official, After, "OfficialAccount.CallbackAfterAddSubscriber", "subscribed", "订阅", official::SUBSCRIBERS, SUBSCRIBERS),
    row(Official, After, "OfficialAccount.CallbackAfterOfficialAccountFull", "official full", "公众号满员", official::FULL, NOTHING),
    row(Official, After, "OfficialAccount.CallbackAfterDeleteSubscriber", "unsubscribed", "取消订阅", official::SUBSCRIBERS, SUBSCRIBERS),
    row(Official, Before, "OfficialAccount.CallbackBeforeSendMsg", "sending", "发送前", official::SENDING, NOTHING),
    row(Official, After, "OfficialAccount.CallbackAfterSendMsg", "sent", "已发送", official::SENT, NOTHING),
    row(Official, After, "OfficialAccount.CallbackAfterMsgWithDraw", "recalled", "撤回", official::WITHDRAW, &["WithdrawMsgList.MsgKey"]),

    row(Live, After, "Live.CallbackAfterMemberStateChanged", "presence", "进出直播", room::PRESENCE, &["EventType", "MemberList", "EventCause"]),
    row(Live, After, "Live.CallbackAfterCreateRoom", "live", "建直播间", room::LIVE_CREATED, &["RoomInfo.RoomName", "RoomInfo.TakeSeatMode", "RoomInfo.CustomInfo"]),
    row(Live, After, "Live.CallbackAfterUpdateRoomInfo", "updated", "房间资料", room::ROOM_UPDATED, NOTHING),
    row(Live, After, "Live.CallbackAfterDestroyRoom", "live end", "直播结束", room::LIVE_GONE, &["EventType", "RoomInfo.RoomName", "TotalViewers=Statistic.TotalViewers", "TotalGiftsSent=Statistic.TotalGiftsSent", "TotalLikesReceived=Statistic.TotalLikesReceived"]),
    row(Live, After, "Live.CallbackAfterSetMetadata", "metadata", "设元数据", room::SET_METADATA, &["Metadata"]),
    row(Live, After, "Live.CallbackAfterDelMetadata", "meta del", "删元数据", room::DELETE_METADATA, &["Keys"]),
    row(Live, After, "Live.CallbackAfterCreateRoomReachingThreshold", "quota", "房间配额", room::THRESHOLD, &["=CurRoomCount", "=MaxRoomCount"]),
    row(Live, After, "Live.CallbackAfterChangeOwner", "new owner", "转让房主", room::NEW_OWNER, NOTHING),
    row(Live, After, "Live.CallbackAfterModifyAdmin", "admins", "管理员", room::ADMINS, &["opType", "Admin_Account"]),
    row(Live, After, "Live.CallbackAfterCreateBattle", "battle", "发起 PK", room::BATTLE_CREATED, NOTHING),
    row(Live, After, "Live.CallbackAfterStartBattle", "battling", "PK 开始", room::BATTLE_STARTED, NOTHING),
    row(Live, After, "Live.CallbackAfterEndBattle", "battled", "PK 结束", room::BATTLE_ENDED, NOTHING),
    row(Live, Before, "Live.CallbackBeforeSendGift", "gift?", "送礼前", room::GIFT, NOTHING),
    row(Live, After, "Live.CallbackAfterCloudRecordingChanged", "recorded", "云端录制", room::RECORDING, &["EventType=EventType", "EventInfo.TaskId", "Status=EventInfo.Payload.Status"]),
    row(Mic, After, "Mic.CallbackAfterSeatInfoChanged", "seats", "麦位", room::SEATS, NOTHING),
    row(Room, After, "Room.CallbackAfterCreateRoom", "room", "建房间", room::ROOM_CREATED, &["RoomInfo.RoomName", "RoomInfo.RoomStatus", "ScheduleInviteeList_Account"]),
    row(Room, After, "Room.CallbackAfterUpdateRoomInfo", "updated", "房间资料", room::ROOM_UPDATED, NOTHING),
    // One page of the China site calls it so.
    row(Room, After, "Room.CallbackUpdateRoomInfo", "updated", "房间资料", room::ROOM_UPDATED, NOTHING),
    row(Room, After, "Room.CallbackAfterMemberEnter", "entered", "进入房间", room::ENTERED, &["Type", "MemberList_Account", "MemberCount=MemberCount"]),
    row(Room, After, "Room.CallbackAfterMemberLeave", "left", "离开房间", room::LEFT, &["Type", "MemberList_Account", "Reason", "MemberCount=MemberCount"]),
    row(Room, After, "Room.CallbackAfterDestroyRoom", "room end", "房间结束", room::ROOM_GONE, NOTHING),
    row(Call, After, "Call.CallbackAfterStartCall", "call", "发起通话", room::CALL_STARTED, &["CallInfo.CallMediaType", "UserList.User_Account"]),
    row(Call, After, "Call.CallbackAfterMemberChanged", "callers", "通话成员", room::CALL_MEMBERS, &["ChangedUserList.ActionType", "ChangedUserList.User_Account"]),
    row(Call, After, "Call.CallbackAfterEndCall", "call end", "通话结束", room::CALL_ENDED, NOTHING),
];
