//! The rows of the table of command words.

use super::Family::{
    Alert, Bot, Content, Follow, Friends, Group, Live, Official, OneToOne, Profile, Push, State,
};
use super::When::{After, Before};
use super::fields as f;
use super::{Command, Family, Field, When};
use crate::callback::lang::{Words, words};

type Tells = &'static [&'static str];

const fn row(
    family: Family,
    when: When,
    word: &'static str,
    words: Words,
    fields: &'static [Field],
    tells: Tells,
) -> Command {
    Command { word, family, when, words, fields, tells }
}

/// A command whose fields the documents do not list in full.
const fn open(family: Family, when: When, word: &'static str, words: Words) -> Command {
    Command { word, family, when, words, fields: &[], tells: &[] }
}

/// Any other `Live.*` word.
pub(super) static LIVE: Command = open(Live, After, "Live.*", words("live", "直播"));
/// Any other `Live.CallbackBefore*` word.
pub(super) static LIVE_BEFORE: Command =
    open(Live, Before, "Live.CallbackBefore*", words("live?", "直播前"));

const NAMED: Tells = &["Name", "Type", "MemberList"];
const CHANGED: Tells = &["=Name", "=Introduction", "=Notification", "=FaceUrl"];
const NOTHING: Tells = &[];

#[rustfmt::skip]
pub(super) static TABLE: &[Command] = &[
    row(OneToOne, After, "C2C.CallbackAfterSendMsg", words("sent", "已发送"), f::SEND, NOTHING),
    row(OneToOne, After, "C2C.CallbackAfterMsgReport", words("read", "已读"), f::REPORT, NOTHING),
    row(State, After, "State.StateChange", words("state", "状态"), f::STATE, NOTHING),
    row(Group, After, "Group.CallbackAfterSendMsg", words("sent", "已发送"), f::GROUP_SEND, NOTHING),
    row(OneToOne, Before, "C2C.CallbackBeforeSendMsg", words("sending", "发送前"), f::SEND, NOTHING),
    row(Group, Before, "Group.CallbackBeforeSendMsg", words("sending", "发送前"), f::GROUP_SEND, NOTHING),
    row(OneToOne, After, "C2C.CallbackAfterMsgWithDraw", words("recalled", "撤回"), f::WITHDRAW, &["MsgKey"]),
    row(OneToOne, After, "C2C.CallbackAfterMsgReadReceipt", words("receipt", "回执"), f::RECEIPT, NOTHING),
    row(OneToOne, After, "C2C.CallbackAfterModifyMsg", words("edited", "编辑"), f::MODIFY, NOTHING),
    row(OneToOne, After, "C2C.CallbackAfterMsgReadAll", words("read all", "全部已读"), f::READ_ALL, NOTHING),
    row(OneToOne, After, "C2C.CallbackAfterC2CMsgExtension", words("extension", "消息扩展"), f::EXTENSION, NOTHING),
    row(Bot, After, "Bot.OnC2CMessage", words("to robot", "机器人"), f::SEND, NOTHING),
    row(Bot, After, "Bot.OnGroupMessage", words("to robot", "机器人"), f::GROUP_SEND, NOTHING),
    row(Bot, After, "Chatbot.OnC2CSignalMessage", words("signal", "信令"), f::SIGNAL, &["Data"]),

    row(Profile, After, "Profile.CallbackPortraitSet", words("profile", "资料"), f::PROFILE, NOTHING),
    row(Friends, Before, "Sns.CallbackPrevFriendAdd", words("friend?", "加好友前"), f::FRIEND_ASKED, NOTHING),
    row(Friends, Before, "Sns.CallbackPrevFriendResponse", words("friend answer?", "好友应答前"), f::FRIEND_ANSWERED, NOTHING),
    row(Friends, After, "Sns.CallbackFriendAdd", words("friend", "加好友"), f::PAIRS, NOTHING),
    row(Friends, After, "Sns.CallbackFriendDelete", words("unfriend", "删好友"), f::PAIRS, NOTHING),
    row(Friends, After, "Sns.CallbackBlackListAdd", words("block", "拉黑"), f::PAIRS, NOTHING),
    row(Friends, After, "Sns.CallbackBlackListDelete", words("unblock", "移出黑名单"), f::PAIRS, NOTHING),
    row(Follow, After, "Follow.CallbackAfterFollowAdd", words("follow", "关注"), f::FOLLOW, NOTHING),
    row(Follow, After, "Follow.CallbackAfterFollowDelete", words("unfollow", "取消关注"), f::UNFOLLOW, NOTHING),

    row(Group, After, "Group.CallbackSendMsgException", words("not sent", "发送失败"), f::GROUP_FAILED, NOTHING),
    row(Group, After, "Group.CallbackAfterRecallMsg", words("recalled", "撤回"), f::GROUP_RECALL, &["MsgSeq=MsgSeqList"]),
    row(Group, After, "Group.CallbackAfterModifyMsg", words("edited", "编辑"), f::GROUP_MODIFY, NOTHING),
    row(Group, After, "Group.CallbackAfterReadReceipt", words("receipt", "回执"), f::GROUP_RECEIPT, &["GroupMsgReceiptList"]),
    row(Group, Before, "Group.CallbackBeforeCreateGroup", words("create?", "建群前"), f::GROUP_MADE, NAMED),
    row(Group, After, "Group.CallbackAfterCreateGroup", words("created", "建群"), f::GROUP_MADE, NAMED),
    row(Group, Before, "Group.CallbackBeforeApplyJoinGroup", words("join?", "申请入群"), f::GROUP_JOIN, &["Type"]),
    row(Group, Before, "Group.CallbackBeforeInviteJoinGroup", words("invite?", "邀请入群"), f::GROUP_JOIN, &["DestinationMembers"]),
    row(Group, After, "Group.CallbackAfterNewMemberJoin", words("joined", "入群"), f::GROUP_JOIN, &["JoinType", "NewMemberList"]),
    row(Group, After, "Group.CallbackAfterMemberExit", words("left", "退群"), f::GROUP_JOIN, &["ExitType", "ExitMemberList"]),
    row(Group, After, "Group.CallbackAfterGroupFull", words("group full", "群满员"), f::GROUP_FULL, &["Type"]),
    row(Group, After, "Group.CallbackAfterGroupDestroyed", words("disbanded", "解散"), f::GROUP_GONE, NAMED),
    row(Group, After, "Group.CallbackAfterGroupInfoChanged", words("group info", "群资料"), f::GROUP_INFO, CHANGED),
    row(Group, After, "Group.CallbackOnMemberStateChange", words("presence", "群成员状态"), f::GROUP_STATE, &["EventType", "MemberList"]),
    row(Group, Before, "Group.CallbackBeforeCreateTopic", words("new topic?", "建话题前"), f::GROUP_MADE, NAMED),
    row(Group, After, "Group.CallbackAfterCreateTopic", words("new topic", "建话题"), f::GROUP_MADE, NAMED),
    row(Group, After, "Group.CallbackAfterTopicDestroyed", words("topic gone", "删话题"), f::GROUP_GONE, &["TopicIdList"]),
    row(Group, After, "Group.CallbackAfterTopicInfoChanged", words("topic info", "话题资料"), f::GROUP_INFO, CHANGED),
    row(Group, After, "Group.CallbackAfterMemberFieldChanged", words("member info", "群名片"), f::GROUP_MEMBER, &["Modified_Account", "=Role", "=NameCard"]),
    row(Group, After, "Group.CallbackAfterGroupAttrChanged", words("attributes", "群属性"), f::GROUP_ATTR, &["=OptionType", "GroupAttr"]),
    row(Group, After, "Group.CallbackAfterChangeGroupOwner", words("new owner", "转让群主"), f::GROUP_OWNER, NOTHING),
    row(Group, After, "Group.CallbackOnDailyGroupQuotaAlarm", words("quota", "建群配额"), f::GROUP_QUOTA, &["=QuotaUsed", "=Quota"]),

    row(Push, After, "Push.OfflinePush", words("push", "离线推送"), f::PUSH, NOTHING),
    row(Push, After, "Push.AllMemberPush", words("push to all", "全员推送"), f::PUSH, NOTHING),
    open(Content, After, "ContentCallback.ResultNotify", words("checked", "内容审核")),
    row(Alert, After, "Alert.RequestOverLimit", words("rate limit", "超频告警"), f::ALERT, &["ServiceName", "Command", "=Request", "=Limit"]),

    open(Official, Before, "OfficialAccount.CallbackBeforeCreateOfficialAccount", words("official?", "建公众号前")),
    open(Official, After, "OfficialAccount.CallbackAfterCreateOfficialAccount", words("official", "建公众号")),
    open(Official, After, "OfficialAccount.CallbackAfterOfficialAccountInfoChanged", words("official info", "公众号资料")),
    open(Official, After, "OfficialAccount.CallbackAfterOfficialAccountDestroyed", words("official gone", "删公众号")),
    open(Official, Before, "OfficialAccount.CallbackBeforeAddSubscriber", words("subscribe?", "订阅前")),
    open(Official, After, "OfficialAccount.CallbackAfterAddSubscriber", words("subscribed", "订阅")),
    open(Official, After, "OfficialAccount.CallbackAfterOfficialAccountFull", words("official full", "公众号满员")),
    open(Official, After, "OfficialAccount.CallbackAfterDeleteSubscriber", words("unsubscribed", "取消订阅")),
    open(Official, Before, "OfficialAccount.CallbackBeforeSendMsg", words("sending", "发送前")),
    open(Official, After, "OfficialAccount.CallbackAfterSendMsg", words("sent", "已发送")),
    open(Official, After, "OfficialAccount.CallbackAfterMsgWithDraw", words("recalled", "撤回")),
    open(Live, After, "Live.CallbackAfterMemberStateChanged", words("live", "直播间成员")),
];
