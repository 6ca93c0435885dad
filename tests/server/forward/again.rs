//! A callback sent to the app again, unchanged or edited.

use std::time::Duration;

use imscope::callback::signature::{Token, Verdict, check};
use imscope::callback::{AnsweredBy, Delivery, Origin, Refusal, Timestamp, query};
use imscope::edge::client_tls::RootCerts;
use imscope::edge::forward::Forwarder;
use imscope::history::row::Flags;
use imscope::history::{History, HistoryConfig, RowId};
use imscope_test_support::OK;
use imscope_test_support::http::{Server, ok, post, response};

use crate::harness::{NOW, Scope, block_on, setup};

fn later() -> Timestamp {
    NOW.plus(Duration::from_secs(3600))
}

fn kept(body: &[u8]) -> Delivery {
    let mut scope = Scope::start(setup());
    let target = "/im?CallbackCommand=C2C.CallbackAfterSendMsg&Sign=old&RequestTime=1&x=%2F";
    scope.ask(post(target, "X-A: b\r\n", body));
    scope.take()
}

fn forward(app: &Server) -> Forwarder {
    Forwarder::new(app.url().parse().unwrap(), false, &RootCerts::default())
}

#[test]
fn it_is_sent_as_it_was_and_signed_afresh() {
    let app = Server::replying(ok());
    let token = Token::new("secret").unwrap();
    let kept = kept(b"{\"a\" : \"\xff\"}");
    let sent = block_on(forward(&app).resend(&kept, None, Some(&token), later)).unwrap();
    let seen = app.request();
    assert_eq!((&seen.body, seen.header("x-a")), (&kept.body.to_vec(), Some(&b"b"[..])));
    let (_, query) = seen.target.split_once('?').unwrap();
    let read = query::read(query);
    let (sign, time) = (read.sign.as_deref(), read.request_time.as_deref());
    let verdict = check(Some(&token), sign, time, later(), Some(0));
    assert_eq!(verdict, Verdict::Valid { age: 0 });
    assert!(query.contains("&x=%2F") && !query.contains("old"), "{query}");
    assert_eq!((sent.seq.0, sent.at, sent.origin), (0, later(), Origin::Resent));
    assert_eq!((&*sent.peer, sent.signature), ("imscope", Verdict::Valid { age: 0 }));
    assert_eq!((sent.answer.status, sent.answer.by), (200, AnsweredBy::App));
    assert_eq!((&*sent.answer.body, sent.answer.trouble.len()), (OK.as_bytes(), 0));
    let unsigned = block_on(forward(&app).resend(&kept, None, None, later)).unwrap();
    assert_eq!((unsigned.target, unsigned.signature), (kept.target, Verdict::Unchecked));
}

#[test]
fn an_edited_callback_shows_the_reply_of_the_app() {
    let app = Server::replying(response(500, "", "no"));
    let edited = Some(b"{\"b\":2}".to_vec());
    let sent = block_on(forward(&app).resend(&kept(b"{}"), edited, None, later)).unwrap();
    assert_eq!(app.request().body, b"{\"b\":2}");
    assert_eq!((sent.origin, &*sent.body), (Origin::Edited, &b"{\"b\":2}"[..]));
    assert_eq!((sent.answer.status, &*sent.answer.body), (500, &b"no"[..]));
    assert_eq!(sent.answer.trouble.len(), 3);
    drop(app);
    let unreachable =
        Forwarder::new("http://127.0.0.1:1".parse().unwrap(), false, &RootCerts::default());
    let sent = block_on(unreachable.resend(&kept(b"{}"), None, None, later)).unwrap();
    assert_eq!((sent.answer.status, sent.answer.trouble.len()), (0, 1));
}

#[test]
fn only_callbacks_are_sent_again() {
    let app = Server::replying(ok());
    let refused = Delivery { refusal: Some(Refusal::Signature), ..kept(b"{}") };
    let cut = Delivery { omitted_bytes: 1, ..kept(b"{}") };
    let look = Delivery { method: "GET".into(), ..kept(b"") };
    let torn = kept(&[b'7'; 5000]);
    for (call, why) in [
        (refused, "refused"),
        (look, "not a POST"),
        (torn, "not received completely"),
        (cut, "beginning"),
    ] {
        let error = block_on(forward(&app).resend(&call, None, None, later)).unwrap_err();
        assert!(error.to_string().contains(why), "{error}");
    }
    assert_eq!(app.requests(), []);
}

#[test]
fn it_is_marked_and_counts_in_no_statistics() {
    let app = Server::replying(response(500, "", "no"));
    let body =
        br#"{"CallbackCommand":"C2C.CallbackAfterSendMsg","From_Account":"a","To_Account":"b",
        "MsgSeq":1,"MsgRandom":2,"MsgTime":1669872112,"MsgKey":"1_2_1669872112","MsgBody":[],
        "SendMsgResult":80001,"ErrorInfo":"x","UnreadMsgNum":7}"#;
    let kept = kept(body);
    let sent = block_on(forward(&app).resend(&kept, None, None, later)).unwrap();
    let mut history = History::new(HistoryConfig::default());
    history.apply(&kept);
    let before = history.counts();
    history.apply(&sent);
    assert_eq!((history.seen(), history.counts()), (2, before));
    let marks = history.flow().row(RowId::accepted(2)).unwrap().flags;
    assert!(marks.contains(Flags::RESENT) && marks.contains(Flags::TROUBLE), "{marks:?}");
    assert!(!marks.contains(Flags::DUPLICATE));
    assert_eq!(history.flow().delivery(RowId::accepted(2)).unwrap().origin, Origin::Resent);
}
