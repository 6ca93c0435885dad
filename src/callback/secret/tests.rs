//! Tests of masking secrets in deliveries and texts.

use proptest::prelude::*;

use super::*;

use crate::callback::trouble::Trouble;
use crate::callback::{AnsweredBy, AppReply, query};

mod notations;
mod spellings;

const SIGN: &str = "17773bc39a671d7b9aa835458704d2a6db81360a5940292b587d6d760d484061";

fn delivery(target: &str, headers: &[(&str, &str)], body: &str) -> Delivery {
    Delivery {
        target: target.into(),
        headers: headers.iter().map(|(name, value)| (*name, value.as_bytes())).collect(),
        body: body.as_bytes().into(),
        ..Delivery::default()
    }
}

#[track_caller]
fn check_text(text: &str, expected: &str) {
    assert_eq!(Secrets::default().masked_text(text), expected);
}

#[test]
fn a_signature_in_any_spelling_or_place_of_a_target_is_masked() {
    for (target, expected) in [
        ("/?a=1&Sign=SIGN&RequestTime=2&Sign=", "/?a=1&Sign=***&RequestTime=2&Sign="),
        ("/?%53ign=SIGN&x", "/?%53ign=***&x"),
        ("/?Sign%20=SIGN&+SIGN=SIGN", "/?Sign%20=***&+***=***"),
        ("/?x=1;Sign=SIGN", "/?x=1;Sign=***"),
        ("/?x=1?sign=SIGN", "/?x=1?sign=***"),
        ("/?a=1&amp;Sign=SIGN", "/?a=1&amp;Sign=***"),
        ("/?%2574oken=SIGN&x", "/?%2574oken=***&x"),
        ("/?%2574oken%253DSIGN%2526x", "/?%2574oken%253D***%2526x"),
        ("/?sign%3DSIGN&token&b", "/?sign%3D***&token&b"),
        ("/%2574oken=SIGN", "/%2574oken=***"),
        ("/Sign=SIGN?x=u%3D%3FSign%3DSIGN%26b", "/Sign=***?x=u%3D%3FSign%3D***%26b"),
        ("/SIGN?Sign=SIGN", "/***?Sign=***"),
        ("http://me:secret@h/a?api_key=k&b=2", "http://***@h/a?api_key=***&b=2"),
        ("/im/s3cr3t?x=1", "/im/s3cr3t?x=1"),
    ] {
        let target = target.replace("SIGN", SIGN);
        let delivery = delivery(&target, &[], "");
        let masked = Secrets::of(&delivery).masked_target(&target).into_owned();
        assert_eq!(masked, expected, "{target}");
    }
}

#[test]
fn a_value_that_is_encoded_twice_is_masked_where_it_is_not() {
    let delivery = delivery("/?token=a%252Fb%252Fsecret", &[], "");
    let secrets = Secrets::of(&delivery);
    for text in ["a%252Fb%252Fsecret", "a%2Fb%2Fsecret", "a/b/secret"] {
        assert_eq!(secrets.masked_text(&format!("the {text}.")), "the ***.");
    }
}

#[test]
fn headers_are_masked_by_their_name_and_by_what_they_repeat() {
    let delivery = delivery(
        &format!("/?Sign={SIGN}"),
        &[
            ("authorization", "Bearer t0ps3cret"),
            ("cookie", "sid=c00kievalue; a=b"),
            ("x-api-key", "k"),
            ("referer", "http://a/?x=1&sign=abc&token=t"),
            ("x-req", &format!("{{\"s\":\"{SIGN}\"}}")),
            ("x-copy", "t0ps3cret c00kievalue Bearer"),
            ("user-agent", "design=5"),
        ],
        "",
    );
    let secrets = Secrets::of(&delivery);
    let masked: Vec<_> = delivery
        .headers
        .iter()
        .map(|(name, it)| String::from_utf8(secrets.masked_header(name, it).into_owned()).unwrap())
        .collect();
    let expected = [
        "***",
        "***",
        "***",
        "http://a/?x=1&sign=***&token=***",
        r#"{"s":"***"}"#,
        "*** *** Bearer",
        "design=5",
    ];
    assert_eq!(masked, expected);
}

#[test]
fn pairs_in_any_text_are_masked() {
    check_text("GET /?Sign=abc HTTP/1.1", "GET /?Sign=*** HTTP/1.1");
    check_text("Authorization: Bearer x y\nHost: h", "Authorization: ***\nHost: h");
    check_text("<pre>Cookie: a=1; b=2</pre>", "<pre>Cookie: ***</pre>");
    check_text(r#"{"Sign" : "a\"b","x":1}"#, r#"{"Sign" : "***","x":1}"#);
    check_text(r#"{"d":"{\"token\":\"abc\"}"}"#, r#"{"d":"{\"token\":\"***\"}"}"#);
    check_text("{'password': 'x'}", "{'password': '***'}");
    check_text("invalid token: expected 5", "invalid token: expected 5");
    check_text("cannot read /a/token: not found", "cannot read /a/token: not found");
    check_text(r#"{"session":{"a":1},"n":[]}"#, r#"{"session":{***},"n":[]}"#);
    check_text("https://token:x@a.example/b http://u@h", "https://***@a.example/b http://***@h");
    check_text("Sign=***&x Sign=", "Sign=***&x Sign=");
    check_text(r#"{"d":"Authorization: Bearer x y"}"#, r#"{"d":"Authorization: ***"}"#);
    check_text(r#"{"d":"Host: h\r\nX-Api-Key: x"}"#, r#"{"d":"Host: h\r\nX-Api-Key: ***"}"#);
    check_text("curl -H 'Authorization: Basic x'", "curl -H 'Authorization: ***'");
    check_text("[HTTP_AUTHORIZATION] => Bearer x\n", "[HTTP_AUTHORIZATION] => ***\n");
    check_text("'password' => 'x', :token=>\"x\"", "'password' => '***', :token=>\"***\"");
    check_text("/?token[]=x&a[secret]=y&b=z", "/?token[]=***&a[secret]=***&b=z");
    check_text(r#"{"X-Api-Key":["x"],"token":[]}"#, r#"{"X-Api-Key":["***"],"token":[]}"#);
    check_text("map[Cookie:[a=b] Host:[h]]", "map[Cookie:[***] Host:[h]]");
    check_text(r#"{"u":"db:\/\/me:x@h\/d"}"#, r#"{"u":"db:\/\/***@h\/d"}"#);
    check_text("//me:x@h/ // me@h //me@h", "//***@h/ // me@h //me@h");
}

#[test]
fn a_delivery_that_arrives_keeps_the_answer_to_send() {
    let token = Token::new("ToKeN-s3cr3t").unwrap();
    let page = format!("Request URL: http://app/?Sign={SIGN} ToKeN-s3cr3t");
    let mut delivery = delivery(
        &format!("/?Sign={SIGN}&x=ToKeN-s3cr3t"),
        &[("x-raw", "ToKeN-s3cr3t")],
        &format!(
            r#"{{"Text":"{SIGN}","UserSig":"u","Sign":"s","token":"data","n":"ToKeN-s3cr3t"}}"#
        ),
    );
    delivery.answer = Answer {
        body: page.clone().into_bytes().into(),
        trouble: vec![Trouble::recorded(format!("it is {SIGN}"))],
        headers: [("set-cookie", &b"a=b"[..])].into_iter().collect(),
        app_reply: Some(Box::new(AppReply { body: page.clone().into(), ..AppReply::default() })),
        ..Answer::default()
    };
    let token = TokenSpellings::of(Some(&token));
    let unmasked = mask(&mut delivery, &token).unwrap();
    assert_eq!(*unmasked.body, *page.as_bytes());
    assert_eq!(
        String::from_utf8_lossy(&delivery.body),
        r#"{"Text":"***","UserSig":"***","Sign":"***","token":"data","n":"***"}"#
    );
    let masked = "Request URL: http://app/?Sign=*** ***";
    assert_eq!(*delivery.answer.body, *masked.as_bytes());
    assert_eq!(delivery.answer.app_reply.as_ref().unwrap().body, masked.as_bytes());
    assert_eq!(delivery.answer.trouble, ["it is ***"]);
    assert_eq!(delivery.answer.headers.get("set-cookie"), Some(&b"***"[..]));
    assert_eq!(&*delivery.target, format!("/?Sign={SIGN}&x=***"));
    assert_eq!(delivery.headers.get("x-raw"), Some(&b"***"[..]));
    assert_eq!(mask(&mut delivery, &token), None, "what is masked stays");
}

#[test]
fn a_token_is_masked_however_it_is_encoded() {
    let token = Token::new("a/b+c==d").unwrap();
    for text in ["a/b+c==d", "a%2Fb%2Bc%3D%3Dd", "a%2fb%2bc%3d%3dd", r"a\/b+c==d"] {
        let secrets = Secrets::of_target("", Some(&token));
        assert_eq!(secrets.masked_text(text), "***", "{text}");
    }
}

#[test]
fn a_long_value_is_found_behind_its_own_beginning() {
    let beginning = "a".repeat(40);
    let (value, text) = (format!("{beginning}b"), format!("{beginning}{beginning}b"));
    let mut secrets = Secrets::default();
    secrets.add(value.as_bytes().into());
    assert_eq!(secrets.masked_text(&text), format!("{beginning}***"));
    assert_eq!(secrets.masked_text(&beginning), beginning);
}

#[test]
fn an_ordinary_callback_is_unchanged() {
    let mut delivery = delivery("/?Sign=abc", &[], r#"{"MsgBody":[{"Text":"Sign: a, sign=b"}]}"#);
    delivery.answer = Answer::ok(1);
    let before = delivery.clone();
    assert_eq!(mask(&mut delivery, &TokenSpellings::of(Token::new("short").as_ref())), None);
    assert_eq!(delivery, before);
}

#[test]
fn what_stands_beside_an_apps_ok_is_masked() {
    let token = Token::new("ToKeN-s3cr3t");
    let mut delivery = delivery("/", &[], "{}");
    let headers = [("x-echo", &b"ToKeN-s3cr3t"[..])].into_iter().collect();
    delivery.answer = Answer { by: AnsweredBy::App, headers, ..Answer::ok(1) };
    mask(&mut delivery, &TokenSpellings::of(token.as_ref()));
    assert_eq!(delivery.answer.headers.get("x-echo"), Some(&b"***"[..]));
}

#[test]
fn the_name_of_a_signature_is_found_at_each_place() {
    for length in 3..110 {
        let text = vec![b's'; length];
        assert!(!text::may_have_signature(&text));
        for at in 0..length - 2 {
            let mut text = text.clone();
            text[at..at + 3].copy_from_slice(b"SiG");
            assert!(text::may_have_signature(&text), "{at} of {length}");
        }
    }
}

#[test]
fn a_url_as_typed_is_masked() {
    assert_eq!(
        masked_url("https://u:pw@h/x?Sign=abcdef&k=v abcdef"),
        "https://***@h/x?Sign=***&k=v ***"
    );
    assert_eq!(masked_url("https://h/x"), "https://h/x");
}

proptest! {
    #[test]
    fn no_secret_is_in_a_query_that_may_have_none(
        query in "((Sdk[Aa]ppid|ClientIP|RequestTime|[Ss]ign|%53ign|token|x)?=?[a-z%+=]{0,9}&?){0,4}",
    ) {
        let mut secrets = Secrets::default();
        secrets.add_query(&query);
        prop_assert!(secrets.values.is_empty() || query::read(&query).may_have_secrets());
    }

    #[test]
    fn masking_is_idempotent_and_leaks_no_value(
        parts in proptest::collection::vec(
            "[ -~]{0,6}|Sign=|token|: |%3D|\\\\\"|://|@|SECRETVALUE|\n|Sign|\"", 0..12,
        ),
    ) {
        let text = parts.concat();
        let mut secrets = Secrets::default();
        secrets.add(b"SECRETVALUE"[..].into());
        let masked = secrets.masked_text(&text).into_owned();
        prop_assert!(!masked.contains("SECRETVALUE"), "{masked}");
        prop_assert_eq!(secrets.masked_text(&masked), masked.as_str());
        let target = secrets.masked_target(&text).into_owned();
        prop_assert_eq!(secrets.masked_target(&target), target.as_str());
    }
}
