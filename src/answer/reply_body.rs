//! The bodies of answers, in the form that the documents require for each command.

use crate::callback::friends::{friends, is_about_friends};
use crate::callback::json::Json;

/// A decision with a code: 0 allows, any other denies. About friends each of the
/// request has an item with that code, which alone decides: Tencent ignores another
/// `ErrorCode` than 0
/// (<https://www.tencentcloud.com/document/product/1047/43468>). A request without friends
/// is denied by its `ErrorCode` all the same: without an item nothing else denies.
pub fn decision(word: &str, request: Option<Json<'_>>, code: i64, info: &str) -> Vec<u8> {
    if !is_about_friends(word) {
        return with_code(code, info);
    }
    let accounts = request.map(|it| friends(word, it)).unwrap_or_default();
    if accounts.is_empty() && code != 0 {
        return with_code(code, info);
    }
    let items: Vec<_> = accounts.iter().map(|it| Item { account: it, code, info }).collect();
    for_each(&items)
}

/// The three required fields.
fn with_code(code: i64, info: &str) -> Vec<u8> {
    let info = quoted(info);
    format!(r#"{{"ActionStatus":"OK","ErrorInfo":{info},"ErrorCode":{code}}}"#).into_bytes()
}

/// The decision about one friend.
#[derive(Debug, Clone, Copy)]
pub struct Item<'a> {
    /// The UserID.
    pub account: &'a str,
    /// 0 allows, any other denies.
    pub code: i64,
    /// The reason.
    pub info: &'a str,
}

/// A decision for each friend.
pub fn for_each(items: &[Item<'_>]) -> Vec<u8> {
    let items: Vec<_> = items.iter().map(Item::json).collect();
    let items = items.join(",");
    format!(r#"{{"ActionStatus":"OK","ErrorInfo":"","ErrorCode":0,"ResultItem":[{items}]}}"#)
        .into_bytes()
}

impl Item<'_> {
    fn json(&self) -> String {
        let (account, code, info) = (quoted(self.account), self.code, quoted(self.info));
        format!(r#"{{"To_Account":{account},"ResultCode":{code},"ResultInfo":{info}}}"#)
    }
}

/// An invitation that is allowed without these members.
pub fn without_members(accounts: &[String], info: &str) -> Vec<u8> {
    let (info, accounts) = (quoted(info), serde_json::Value::from(accounts));
    let code = r#""ErrorCode":0"#;
    format!(
        r#"{{"ActionStatus":"OK","ErrorInfo":{info},{code},"RefusedMembers_Account":{accounts}}}"#
    )
    .into_bytes()
}

/// A text as a JSON string.
pub fn quoted(text: &str) -> serde_json::Value {
    serde_json::Value::from(text)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::callback::json::read;

    #[track_caller]
    fn check(word: &str, code: i64, info: &str, expected: &str) {
        let request = read(br#"{"FriendItem":[{"To_Account":"a"},{"To_Account":"b"}]}"#).unwrap();
        let body = decision(word, Some(request), code, info);
        assert_eq!(String::from_utf8(body).unwrap(), expected);
    }

    #[test]
    fn a_decision_has_the_form_of_its_command() {
        check(
            "C2C.CallbackBeforeSendMsg",
            120_001,
            "\"no\"\n",
            r#"{"ActionStatus":"OK","ErrorInfo":"\"no\"\n","ErrorCode":120001}"#,
        );
        check(
            "Sns.CallbackPrevFriendAdd",
            38_000,
            "no",
            concat!(
                r#"{"ActionStatus":"OK","ErrorInfo":"","ErrorCode":0,"ResultItem":["#,
                r#"{"To_Account":"a","ResultCode":38000,"ResultInfo":"no"},"#,
                r#"{"To_Account":"b","ResultCode":38000,"ResultInfo":"no"}]}"#
            ),
        );
        check(
            "Sns.CallbackPrevFriendResponse",
            38_000,
            "no",
            r#"{"ActionStatus":"OK","ErrorInfo":"no","ErrorCode":38000}"#,
        );
    }
}
