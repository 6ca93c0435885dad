//! Every "before" command with every action: the bytes answered, and the decision.

use super::answer;
use crate::answer::rule::{Rule, actions};
use crate::callback::Lang;
use crate::callback::command::{self, When};
use crate::callback::decision::judge;

/// A body that has what each of the commands is about.
const REQUEST: &str = concat!(
    r#"{"MsgBody":[{"MsgType":"TIMTextElem","MsgContent":{"Text":"a"}}],"#,
    r#""FriendItem":[{"To_Account":"b"}],"ResponseFriendItem":[{"To_Account":"b"}]}"#
);

/// One example of each action.
const EXAMPLES: [&str; 11] = [
    "allow",
    "deny",
    "deny 120001 \"no\"",
    "drop",
    "set /MsgBody/0/MsgContent/Text=\"b\"",
    "reply {\"ErrorCode\":0}",
    "fail \"no\"",
    "status 503",
    "hang",
    "delay 3s, allow",
    "allow, times 1, chance 100%",
];

#[test]
fn every_before_command_and_action_has_its_answer_and_decision() {
    let named = |it: &&str| EXAMPLES.iter().any(|example| example.contains(*it));
    let missing: Vec<_> = actions().filter(|it| !named(it)).collect();
    assert_eq!(missing, ["forward"], "the app replies, not imscope");
    let mut lines = Vec::new();
    for command in command::TABLE.iter().filter(|it| it.when == When::Before) {
        lines.push(command.word.to_owned());
        for example in EXAMPLES {
            let rule = Rule::parse(&format!("=> {example}"), &mut |_| Err(String::new())).unwrap();
            let mut answer = answer(command.word, REQUEST.as_bytes(), rule.reply.as_ref().unwrap());
            answer.took = u32::try_from(rule.delay.as_micros()).unwrap();
            let decision = judge(command.word, REQUEST.as_bytes(), &answer).unwrap();
            let sign = if answer.trouble.is_empty() { "" } else { " (trouble)" };
            let body = String::from_utf8_lossy(&answer.body);
            let word = decision.word(Lang::En);
            lines.push(format!("  {example} -> {word}{sign}: {} {body}", answer.status));
        }
    }
    insta::assert_snapshot!(lines.join("\n"));
}
