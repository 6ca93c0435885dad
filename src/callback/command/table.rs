//! The table of commands.

use super::Family::{
    Alert, Bot, Content, Follow, Friends, Group, Live, Official, OneToOne, Profile, Push, State,
};
use super::When::{After, Before};
use super::fields as f;
use super::{Command, Family, Field, When};
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

/// A command whose fields the documents do not list in full.
const fn open(
    family: Family,
    when: When,
    word: &'static str,
    en: &'static str,
    zh: &'static str,
) -> Command {
    row(family, when, word, en, zh, &[], &[])
}

/// Any other `Live.*` word.
pub(super) static LIVE: Command = open(Live, After, "Live.*", "live", "直播");
/// Any other `Live.CallbackBefore*` word.
pub(super) static LIVE_BEFORE: Command =
    open(Live, Before, "Live.CallbackBefore*", "live?", "直播前");

const NAMED: SummaryFields = &["Name", "Type", "MemberList"];
const CHANGED: SummaryFields = &["=Name", "=Introduction", "=Notification", "=FaceUrl"];
const NOTHING: SummaryFields = &[];

#[rustfmt::skip]
pub(super) static TABLE: &[Command] = &[
    row(OneToOne, After, "C2C.CallbackAfterSendMsg", "sent", "已发送", f::SEND, NOTHING),
    row(OneToOne, After, "C2C.CallbackAfterMsgReport", "read", "已读", f::REPORT, NOTHING),
    row(State, After, "State.StateChange", "state", "状态", f::STATE, NOTHING),
    row(Group, After, "Group.CallbackAfterSendMsg", "sent", "已发送", f::GROUP_SEND, NOTHING),
    row(OneToOne, Before, "C2C.CallbackBeforeSendMsg", "sending", "发送前", f::SEND, NOTHING),
    row(Group, Before, "Group.CallbackBeforeSendMsg", "sending", "发送前", f::GROUP_SEND, NOTHING),
    row(OneToOne, After, "C2C.CallbackAfterMsgWithDraw", "recalled", "撤回", f::WITHDRAW, &["MsgKey"]),
    row(OneToOne, After, "C2C.CallbackAfterMsgReadReceipt", "receipt", "回执", f::RECEIPT, NOTHING),
    row(OneToOne, After, "C2C.CallbackAfterModifyMsg", "edited", "编辑", f::MODIFY, NOTHING),
    row(OneToOne, After, "C2C.CallbackAfterMsgReadAll", "read all", "全部已读", f::READ_ALL, NOTHING),
    row(OneToOne, After, "C2C.CallbackAfterC2CMsgExtension", "extension", "消息扩展", f::EXTENSION, NOTHING),
    row(Bot, After, "Bot.OnC2CMessage", "to robot", "机器人", f::SEND, NOTHING),
    row(Bot, After, "Bot.OnGroupMessage", "to robot", "机器人", f::GROUP_SEND, NOTHING),
    row(Bot, After, "Chatbot.OnC2CSignalMessage", "signal", "信令", f::SIGNAL, &["Data"]),

    row(Profile, After, "Profile.CallbackPortraitSet", "profile", "资料", f::PROFILE, NOTHING),
    row(Friends, Before, "Sns.CallbackPrevFriendAdd", "friend?", "加好友前", f::FRIEND_ASKED, NOTHING),
    row(Friends, Before, "Sns.CallbackPrevFriendResponse", "friend answer?", "好友应答前", f::FRIEND_ANSWERED, NOTHING),
    row(Friends, After, "Sns.CallbackFriendAdd", "friend", "加好友", f::PAIRS, NOTHING),
    row(Friends, After, "Sns.CallbackFriendDelete", "unfriend", "删好友", f::PAIRS, NOTHING),
    row(Friends, After, "Sns.CallbackBlackListAdd", "block", "拉黑", f::PAIRS, NOTHING),
    row(Friends, After, "Sns.CallbackBlackListDelete", "unblock", "移出黑名单", f::PAIRS, NOTHING),
    row(Follow, After, "Follow.CallbackAfterFollowAdd", "follow", "关注", f::FOLLOW, NOTHING),
    row(Follow, After, "Follow.CallbackAfterFollowDelete", "unfollow", "取消关注", f::UNFOLLOW, NOTHING),

    row(Group, After, "Group.CallbackSendMsgException", "not sent", "发送失败", f::GROUP_FAILED, NOTHING),
    row(Group, After, "Group.CallbackAfterRecallMsg", "recalled", "撤回", f::GROUP_RECALL, &["MsgSeq=MsgSeqList"]),
    row(Group, After, "Group.CallbackAfterModifyMsg", "edited", "编辑", f::GROUP_MODIFY, NOTHING),
    row(Group, After, "Group.CallbackAfterReadReceipt", "receipt", "回执", f::GROUP_RECEIPT, &["GroupMsgReceiptList"]),
    row(Group, Before, "Group.CallbackBeforeCreateGroup", "create?", "建群前", f::GROUP_MADE, NAMED),
    row(Group, After, "Group.CallbackAfterCreateGroup", "created", "建群", f::GROUP_MADE, NAMED),
    row(Group, Before, "Group.CallbackBeforeApplyJoinGroup", "join?", "申请入群", f::GROUP_JOIN, &["Type"]),
    row(Group, Before, "Group.CallbackBeforeInviteJoinGroup", "invite?", "邀请入群", f::GROUP_JOIN, &["DestinationMembers"]),
    row(Group, After, "Group.CallbackAfterNewMemberJoin", "joined", "入群", f::GROUP_JOIN, &["JoinType", "NewMemberList"]),
    row(Group, After, "Group.CallbackAfterMemberExit", "left", "退群", f::GROUP_JOIN, &["ExitType", "ExitMemberList"]),
    row(Group, After, "Group.CallbackAfterGroupFull", "group full", "群满员", f::GROUP_FULL, &["Type"]),
    row(Group, After, "Group.CallbackAfterGroupDestroyed", "disbanded", "解散", f::GROUP_GONE, NAMED),
    row(Group, After, "Group.CallbackAfterGroupInfoChanged", "group info", "群资料", f::GROUP_INFO, CHANGED),
    row(Group, After, "Group.CallbackOnMemberStateChange", "presence", "群成员状态", f::GROUP_STATE, &["EventType", "MemberList"]),
    row(Group, Before, "Group.CallbackBeforeCreateTopic", "new topic?", "建话题前", f::GROUP_MADE, NAMED),
    row(Group, After, "Group.CallbackAfterCreateTopic", "new topic", "建话题", f::GROUP_MADE, NAMED),
    row(Group, After, "Group.CallbackAfterTopicDestroyed", "topic gone", "删话题", f::GROUP_GONE, &["TopicIdList"]),
    row(Group, After, "Group.CallbackAfterTopicInfoChanged", "topic info", "话题资料", f::GROUP_INFO, CHANGED),
    row(Group, After, "Group.CallbackAfterMemberFieldChanged", "member info", "群名片", f::GROUP_MEMBER, &["Modified_Account", "=Role", "=NameCard"]),
    row(Group, After, "Group.CallbackAfterGroupAttrChanged", "attributes", "群属性", f::GROUP_ATTR, &["=OptionType", "GroupAttr"]),
    row(Group, After, "Group.CallbackAfterChangeGroupOwner", "new owner", "转让群主", f::GROUP_OWNER, NOTHING),
    row(Group, After, "Group.CallbackOnDailyGroupQuotaAlarm", "quota", "建群配额", f::GROUP_QUOTA, &["=QuotaUsed", "=Quota"]),

    row(Push, After, "Push.OfflinePush", "push", "离线推送", f::PUSH, NOTHING),
    row(Push, After, "Push.AllMemberPush", "push to all", "全员推送", f::PUSH, NOTHING),
    open(Content, After, "ContentCallback.ResultNotify", "checked", "内容审核"),
    row(Alert, After, "Alert.RequestOverLimit", "rate limit", "超频告警", f::ALERT, &["ServiceName", "Command", "=Request", "=Limit"]),

    open(Official, Before, "OfficialAccount.CallbackBeforeCreateOfficialAccount", "official?", "建公众号前"),
    open(Official, After, "OfficialAccount.CallbackAfterCreateOfficialAccount", "official", "建公众号"),
    open(Official, After, "OfficialAccount.CallbackAfterOfficialAccountInfoChanged", "official info", "公众号资料"),
    open(Official, After, "OfficialAccount.CallbackAfterOfficialAccountDestroyed", "official gone", "删公众号"),
    open(Official, Before, "OfficialAccount.CallbackBeforeAddSubscriber", "subscribe?", "订阅前"),
    open(Official, After, "OfficialAccount.CallbackAfterAddSubscriber", "subscribed", "订阅"),
    open(Official, After, "OfficialAccount.CallbackAfterOfficialAccountFull", "official full", "公众号满员"),
    open(Official, After, "OfficialAccount.CallbackAfterDeleteSubscriber", "unsubscribed", "取消订阅"),
    open(Official, Before, "OfficialAccount.CallbackBeforeSendMsg", "sending", "发送前"),
    open(Official, After, "OfficialAccount.CallbackAfterSendMsg", "sent", "已发送"),
    open(Official, After, "OfficialAccount.CallbackAfterMsgWithDraw", "recalled", "撤回"),
    open(Live, After, "Live.CallbackAfterMemberStateChanged", "live", "直播间成员"),
];
