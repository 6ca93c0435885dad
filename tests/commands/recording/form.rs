//! The form: what is read is what was written, whatever it was.

use std::borrow::Cow;
use std::fs;

use imscope::callback::delivery::{AppReply, Origin};
use imscope::callback::trouble::Trouble;
use imscope::callback::{
    Answer, AnsweredBy, Delivery, DeliveryKind, Headers, Refusal, Seq, Timestamp, Verdict, jsonl,
};
use imscope::edge::recording_reader::{Entry, RecordingReader};
use imscope_test_support::corpus;
use imscope_test_support::fuzz_targets::without_secrets;
use proptest::collection::vec;
use proptest::prelude::*;

fn written(delivery: &Delivery) -> Vec<u8> {
    let mut out = Vec::new();
    jsonl::encode(delivery, &mut out);
    assert_eq!(memchr::memchr(b'\n', &out), Some(out.len() - 1), "one line");
    out
}

#[test]
fn every_body_of_the_corpus_comes_back() {
    let mut count = 0;
    for file in corpus::files("corpus") {
        let body = fs::read(&file).unwrap().into();
        let (method, answer) = ("POST".into(), Answer::ok(1));
        let delivery = Delivery { method, body, answer, ..Delivery::default() };
        assert_eq!(jsonl::decode(&written(&delivery)), Ok(delivery), "{}", file.display());
        count += 1;
    }
    assert!(count > 100, "{count} files");
}

fn verdict() -> impl Strategy<Value = Verdict> {
    prop_oneof![
        Just(Verdict::Unchecked),
        any::<i64>().prop_map(|age| Verdict::Valid { age }),
        Just(Verdict::Absent),
        Just(Verdict::Wrong),
        any::<i64>().prop_map(|age| Verdict::Stale { age }),
    ]
}

/// Text and bytes that are none, half and half.
fn bytes() -> impl Strategy<Value = Vec<u8>> {
    prop_oneof![vec(any::<u8>(), 0..200), ".*".prop_map(String::into_bytes)]
}

fn headers() -> impl Strategy<Value = Headers> {
    let value = vec(any::<u8>().prop_filter("a header is one line", |it| *it != b'\n'), 0..20);
    vec(("[a-z0-9-]{1,20}", value), 0..6).prop_map(|headers| {
        headers.iter().map(|(name, value)| (name.as_str(), value.as_slice())).collect()
    })
}

prop_compose! {
    fn app_reply()(
        (status, took, complete) in any::<(u16, u32, bool)>(),
        content_type in "[ -~]{0,20}",
        headers in headers(),
        body in bytes(),
    ) -> Box<AppReply> {
        Box::new(AppReply { status, took, content_type: content_type.into(), headers, body, complete })
    }
}

prop_compose! {
    fn answer()(
        status in any::<u16>(),
        by in prop_oneof![Just(AnsweredBy::Imscope), Just(AnsweredBy::App)],
        took in any::<u32>(),
        body in bytes(),
        content_type in proptest::option::of("[ -~]{0,20}"),
        headers in headers(),
        rule in proptest::option::of(".*"),
        trouble in vec(".*", 0..3),
        app_reply in proptest::option::of(app_reply()),
    ) -> Answer {
        let content_type = content_type.map(String::into_boxed_str);
        let (body, rule) = (Cow::Owned(body), rule.map(Into::into));
        let trouble = trouble.into_iter().map(Trouble::recorded).collect();
        Answer { status, by, took, body, content_type, headers, rule, trouble, app_reply }
    }
}

prop_compose! {
    fn delivery()(
        seq in any::<u64>(),
        at in -62_135_596_800_000_000..253_402_300_799_000_000_i64,
        (peer, method) in (".*", "[A-Z]{1,8}"),
        target in prop_oneof![".*", "/[a-z]{0,5}[?]([a-zA-Z]{0,4}=[a-z]{0,3}&|Sign=[0-9a-f]{1,64}&){0,5}"],
        headers in headers(),
        body in bytes(),
        omitted_bytes in any::<u64>(),
        signature in verdict(),
        answer in answer(),
        origin in prop_oneof![Just(Origin::Caller), Just(Origin::Resent), Just(Origin::Edited), Just(Origin::BareBody)],
    ) -> Delivery {
        let refusal = Refusal::of(signature, DeliveryKind::of(&method));
        Delivery {
            seq: Seq(seq),
            at: Timestamp(at),
            peer: peer.into(),
            method: Cow::Owned(method),
            target: target.into(),
            headers,
            body: body.into(),
            omitted_bytes,
            signature,
            refusal,
            answer,
            origin,
        }
    }
}

proptest! {
    #[test]
    fn any_delivery_comes_back_but_for_its_secrets(delivery in delivery()) {
        let back = jsonl::decode(&written(&delivery)).unwrap();
        prop_assert_eq!(back, without_secrets(&delivery));
    }

    #[test]
    fn bytes_between_the_lines_lose_no_line(
        deliveries in vec(delivery(), 1..5),
        junk in vec(vec(any::<u8>(), 0..50), 1..5),
    ) {
        let mut text = Vec::new();
        for (delivery, junk) in deliveries.iter().zip(junk.iter().cycle()) {
            text.extend_from_slice(junk);
            text.push(b'\n');
            text.extend_from_slice(&written(delivery));
        }
        let mut lines = RecordingReader::new(text.as_slice());
        let mut seqs = Vec::new();
        while let Some(item) = lines.read().unwrap() {
            if let Entry::Delivery(delivery) = item {
                seqs.push(delivery.seq);
            }
        }
        prop_assert_eq!(seqs, deliveries.iter().map(|it| it.seq).collect::<Vec<_>>());
    }
}
