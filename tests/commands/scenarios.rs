//! `send --scenario`: series of callbacks that belong together.

use std::fs;
use std::process::Output;

use imscope_test_support::program::{imscope, run, stdout};
use imscope_test_support::tail::{Tail, deliveries};
use serde_json::Value;

/// What `send --scenario` prints, its exit status, and the bodies that a listener with
/// some rules receives.
struct Played {
    code: Option<i32>,
    text: String,
    bodies: Vec<Value>,
}

fn play(rules: &[&str], options: &[&str]) -> Played {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("calls.jsonl");
    let mut arguments = vec!["--record", file.to_str().unwrap()];
    arguments.extend(rules.iter().flat_map(|it| ["--answer", it]));
    let listener = Tail::start(&arguments);
    let address = listener.address.to_string();
    let output = imscope().args(["send", &address, "--scenario"]).args(options).output().unwrap();
    let recorded = deliveries(&fs::read(&file).unwrap_or_default());
    let bodies = recorded.iter().map(|it| serde_json::from_slice(&it.body).unwrap());
    Played { code: output.status.code(), text: stdout(&output), bodies: bodies.collect() }
}

/// The command words of some bodies, without `C2C.Callback` or `Group.Callback`.
fn words(bodies: &[Value]) -> Vec<&str> {
    let words = bodies.iter().filter_map(|it| it["CallbackCommand"].as_str());
    words.map(|it| it.split_once(".Callback").map_or(it, |(_, it)| it)).collect()
}

#[test]
fn a_message_is_sent_read_and_recalled_with_the_same_key_and_users() {
    let played = play(&[], &["message", "--from", "a", "--to", "b", "--text", "hi"]);
    assert_eq!(played.code, Some(0), "{}", played.text);
    let [before, sent, read, recalled] = &played.bodies[..] else { panic!("{}", played.text) };
    let all = ["BeforeSendMsg", "AfterSendMsg", "AfterMsgReport", "AfterMsgWithDraw"];
    assert_eq!(words(&played.bodies), all);
    for field in ["MsgKey", "MsgId", "MsgBody", "MsgTime", "MsgSeq", "From_Account", "To_Account"] {
        assert_eq!(before[field], sent[field], "{field}");
    }
    assert_eq!(sent["UnreadMsgNum"], 1);
    assert_eq!((&read["Report_Account"], &read["Peer_Account"]), (&"b".into(), &"a".into()));
    assert_eq!((&recalled["MsgKey"], &recalled["To_Account"]), (&before["MsgKey"], &"b".into()));
    assert!(recalled["EventTime"].as_i64() >= before["MsgTime"].as_i64().map(|it| it * 1000));
    let first = played.text.lines().next().unwrap();
    assert!(first.ends_with("  C2C.CallbackBeforeSendMsg  allowed"), "{}", played.text);
    assert!(played.text.contains("4 sent, 4 answered as Tencent requires"), "{}", played.text);
}

#[test]
fn what_is_denied_or_dropped_is_not_sent() {
    for (action, decision) in [("deny 120001 \"no\"", "denied 120001 \"no\""), ("drop", "dropped")]
    {
        let played = play(&[&format!("cmd:before => {action}")], &["message"]);
        assert_eq!(words(&played.bodies), ["BeforeSendMsg"]);
        assert_eq!(played.code, Some(0), "{}", played.text);
        let lines: Vec<_> = played.text.lines().collect();
        assert!(lines[0].ends_with(&format!("  C2C.CallbackBeforeSendMsg  {decision}")));
        let stop = "not sent, as Tencent needs C2C.CallbackBeforeSendMsg allowed first: \
                    C2C.CallbackAfterSendMsg, C2C.CallbackAfterMsgReport, ";
        assert!(lines[1].trim_start().starts_with(stop), "{}", played.text);
        assert!(lines[2].starts_with("1 sent, 1 answered"), "{}", played.text);
    }
}

#[test]
fn what_is_changed_is_sent_as_changed() {
    let rule = "cmd:before => set /MsgBody/0/MsgContent/Text=\"***\"";
    let played = play(&[rule], &["message", "--text", "rude", "--expect", "changed"]);
    assert_eq!(played.code, Some(0), "{}", played.text);
    let text = |nth: usize| &played.bodies[nth]["MsgBody"][0]["MsgContent"]["Text"];
    assert_eq!((text(0), text(1)), (&"rude".into(), &"***".into()));
    assert!(played.text.contains("  changed: /MsgBody/0/MsgContent/Text\n"), "{}", played.text);
}

#[test]
fn the_life_of_a_group_goes_on_without_what_is_denied() {
    let played = play(&[], &["group", "--to", "g1"]);
    assert_eq!(played.code, Some(0), "{}", played.text);
    assert_eq!(
        words(&played.bodies),
        [
            "BeforeCreateGroup",
            "AfterCreateGroup",
            "BeforeInviteJoinGroup",
            "AfterNewMemberJoin",
            "BeforeSendMsg",
            "AfterSendMsg",
            "AfterMemberExit",
            "AfterGroupDestroyed"
        ]
    );
    assert!(played.bodies[1..].iter().all(|it| it["GroupId"] == "g1"), "{:?}", played.bodies);
    assert_eq!(played.bodies[3]["NewMemberList"], played.bodies[2]["DestinationMembers"]);
    assert_eq!(played.bodies[4]["Random"], played.bodies[5]["Random"]);
    let played = play(&["cmd:BeforeInvite => deny 10101"], &["group"]);
    let words = words(&played.bodies);
    assert!(!words.contains(&"AfterNewMemberJoin") && !words.contains(&"AfterMemberExit"));
    assert_eq!(words.last(), Some(&"AfterGroupDestroyed"));
    let played = play(&["cmd:BeforeCreate => deny"], &["group"]);
    assert_eq!(played.bodies.len(), 1, "{}", played.text);
}

#[test]
fn members_and_friends_that_are_refused_are_left_out_of_what_follows() {
    let refused = r#"cmd:BeforeInvite => reply {"ActionStatus":"OK","ErrorInfo":"","ErrorCode":0,"RefusedMembers_Account":["peter"]}"#;
    let played = play(&[refused], &["group"]);
    assert!(played.text.contains("  denied 1/2: peter\n"), "{}", played.text);
    assert_eq!(played.bodies[3]["NewMemberList"], serde_json::json!([{"Member_Account": "Jonh"}]));
    let refused = r#"cmd:Prev => reply {"ActionStatus":"OK","ErrorInfo":"","ErrorCode":0,"ResultItem":[{"To_Account":"a","ResultCode":38001,"ResultInfo":""},{"To_Account":"peter","ResultCode":0,"ResultInfo":""}]}"#;
    let played = play(&[refused], &["friend", "--to", "a", "--expect", "38001"]);
    assert_eq!(played.code, Some(0), "{}", played.text);
    let pairs = played.bodies[1]["PairList"].as_array().unwrap();
    assert_eq!((pairs.len(), &pairs[0]["To_Account"]), (1, &"peter".into()));
    assert_eq!(played.bodies.len(), 3);
}

#[test]
fn a_bot_gets_the_message_and_answers_with_one_of_its_own() {
    let played = play(&[], &["bot", "--from", "a"]);
    let [sent, to_bot, answer] = &played.bodies[..] else { panic!("{}", played.text) };
    assert_eq!(to_bot["CallbackCommand"], "Bot.OnC2CMessage");
    assert_eq!((&sent["MsgKey"], &sent["To_Account"]), (&to_bot["MsgKey"], &"@RBT#001".into()));
    let users = (&answer["From_Account"], &answer["To_Account"]);
    assert_eq!(users, (&"@RBT#001".into(), &"a".into()));
    assert_ne!(answer["MsgKey"], sent["MsgKey"]);
    assert_eq!(answer["UnreadMsgNum"], 1);
}

#[test]
fn a_file_has_its_own_steps_and_expectations() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("ads.jsonl");
    let steps = "# ads are denied\n\
        {\"command\":\"C2C.CallbackBeforeSendMsg\",\"text\":\"buy\",\"expect\":\"denied\"}\n\
        {\"command\":\"C2C.CallbackBeforeSendMsg\",\"text\":\"hi\",\"expect\":\"allowed\"}\n\
        {\"command\":\"C2C.CallbackAfterSendMsg\",\"after\":\"1ms\"}\n\
        {\"command\":\"My.Own\",\"body\":{\"a\":1}}\n";
    fs::write(&file, steps).unwrap();
    let path = file.to_str().unwrap();
    let played = play(&["text:buy => deny 1"], &[path]);
    assert_eq!(played.code, Some(0), "{}", played.text);
    let [denied, before, after, own] = &played.bodies[..] else { panic!("{}", played.text) };
    assert_ne!(denied["MsgKey"], before["MsgKey"]);
    assert_eq!((&before["MsgKey"], &before["MsgBody"]), (&after["MsgKey"], &after["MsgBody"]));
    assert_eq!(own, &serde_json::json!({"a": 1}));
    let played = play(&[], &[path]);
    assert_eq!(played.code, Some(1));
    assert!(played.text.contains("allowed; expected denied, but got allowed\n"), "{}", played.text);
}

#[test]
fn a_mistake_in_a_file_is_named_before_anything_is_sent() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("steps");
    fs::write(&file, "\n{\"command\":\"小\",\"expct\":\"denied\"}\n").unwrap();
    let path = file.to_str().unwrap();
    let Output { status, stdout, stderr } = run(&["send", "127.0.0.1:1", "--scenario", path]);
    let error = String::from_utf8(stderr).unwrap();
    assert_eq!((status.code(), stdout.len()), (Some(2), 0), "{error}");
    assert!(error.contains("steps:2:16: unknown field; there are command, from"), "{error}");
    assert!(error.contains("\n                  ^^^^^^^\n"), "{error}");
    fs::write(&file, "{\"command\":\"C2C.CallbackBeforSendMsg\"}\n").unwrap();
    let misspelled = run(&["send", "127.0.0.1:1", "--scenario", path]);
    let error = String::from_utf8(misspelled.stderr).unwrap();
    assert_eq!((misspelled.status.code(), misspelled.stdout.len()), (Some(2), 0), "{error}");
    assert!(error.contains("steps:1:12: unknown command `C2C.CallbackBeforSendMsg`; did you mean"));
    let unknown = run(&["send", "--scenario", "/nowhere/steps"]);
    let error = String::from_utf8(unknown.stderr).unwrap();
    assert!(error.contains(" is no scenario (message, group, bot, friend), and no file"));
    let conflict = run(&["send", "--scenario", "message", "--count", "2"]);
    assert_eq!(conflict.status.code(), Some(2));
    let no_before = run(&["send", "--scenario", "bot", "--expect", "denied"]);
    assert_eq!(no_before.status.code(), Some(2));
}
