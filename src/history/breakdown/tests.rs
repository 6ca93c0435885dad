//! Counts by each dimension, against slow ones.

use proptest::prelude::*;

use super::*;
use crate::callback::{Delivery, Refusal};
use crate::history::History;

/// A message with its sender, its recipient, its result, the platform and the address.
type Sent = (usize, usize, i64, usize, usize);

const USERS: [&str; 4] = ["alice", "bob", "小明", "a|b (c) \\\"-d"];
const PLATFORMS: [&str; 7] = ["iOS", "ios", "RESTAPI", "Éric", "web%20x", "WEB%20X", ""];
const PEERS: [(&str, &str); 4] = [
    ("127.0.0.1:5000", ""),
    ("127.0.0.1:5001", "203.0.113.7"),
    ("[::1]:5001", " 203.0.113.7 , 10.0.0.1"),
    ("[::1]:5001", ","),
];

fn delivery(&(from, to, result, platform, peer): &Sent) -> Delivery {
    let (from, to) = (USERS[from], USERS[to].replace('\\', "\\\\").replace('"', "\\\""));
    let from = from.replace('\\', "\\\\").replace('"', "\\\"");
    let (peer, forwarded) = PEERS[peer];
    let word = "C2C.CallbackAfterSendMsg";
    let ip = if platform == 0 { "" } else { "&ClientIP=10.0.0.7" };
    let platform = PLATFORMS[platform];
    Delivery {
        method: "POST".into(),
        peer: peer.into(),
        headers: [("x-forwarded-for", forwarded.as_bytes())].into_iter().collect(),
        target: format!("/?SdkAppid=14&CallbackCommand={word}&OptPlatform={platform}{ip}").into(),
        body: format!(
            r#"{{"CallbackCommand":"{word}","From_Account":"{from}","To_Account":"{to}",
            "SendMsgResult":{result}}}"#
        )
        .into_bytes()
        .into(),
        refusal: (result == 7).then_some(Refusal::Signature),
        ..Delivery::default()
    }
}

proptest! {
    #[test]
    fn each_share_is_what_its_filter_finds(
        sent in prop::collection::vec((0_usize..4, 0_usize..4, 0_i64..9, 0_usize..7, 0_usize..4), 0..150),
    ) {
        let mut history = History::default();
        for it in &sent {
            history.apply(&delivery(it));
        }
        for dimension in Dimension::ALL {
            let mut breakdown = Breakdown::by(dimension);
            let ids: Vec<_> = history.flow().ids().collect();
            for page in ids.chunk_by(|a, b| {
                history.flow().page_start(*a) == history.flow().page_start(*b)
            }) {
                breakdown.add(page, history.flow());
            }
            let shares = breakdown.shares();
            prop_assert_eq!(shares.total().callbacks, sent.len() as u64);
            prop_assert_eq!(shares.others(), Share::default());
            let first = shares.first(usize::MAX, Order::Callbacks);
            prop_assert!(first.is_sorted_by(|a, b| a.1.callbacks >= b.1.callbacks));
            let top = shares.first(2, Order::Callbacks);
            prop_assert_eq!(&first[..top.len()], &*top);
            for (value, share) in first {
                // Its text means the same, so that it can be typed and kept.
                let filter = dimension.filter(value);
                prop_assert_eq!(&Filter::parse(filter.text()).unwrap(), &filter);
                history.set_filter(Some(filter));
                while history.search(16) {}
                let matches = history.matches().unwrap();
                prop_assert_eq!(matches.len() as u64, share.callbacks, "{:?} {}", dimension, value);
                let failed = matches.ids().filter(|it| history.flow().row(*it).unwrap().failed());
                prop_assert_eq!(failed.count() as u64, share.failed);
            }
        }
    }
}

proptest! {
    #[test]
    fn with_the_filter_in_use_it_finds_what_was_counted_among_its_matches(
        sent in prop::collection::vec((0_usize..4, 0_usize..4, 0_i64..9, 0_usize..7, 0_usize..4), 1..60),
        base in prop::sample::select(vec!["from:alice | to:bob", "-failed", "refused", "platform:ios", ""]),
        nth in 0_usize..7,
    ) {
        let mut history = History::default();
        for it in &sent {
            history.apply(&delivery(it));
        }
        let find = |history: &mut History, filter: Filter| -> Vec<RowId> {
            history.set_filter(Some(filter));
            while history.search(16) {}
            history.matches().unwrap().ids().collect()
        };
        let base = Filter::parse(base).unwrap();
        let ids = find(&mut history, base.clone());
        let mut breakdown = Breakdown::by(Dimension::ALL[nth]);
        for id in ids {
            breakdown.add(&[id], history.flow());
        }
        for (value, share) in breakdown.shares().first(usize::MAX, Order::Failures) {
            let filter = base.clone().and(breakdown.dimension().filter(value));
            let found = find(&mut history, Filter::parse(filter.text()).unwrap());
            prop_assert_eq!(found.len() as u64, share.callbacks, "{}", filter.text());
        }
    }
}

#[test]
fn counting_leaves_the_pages_in_the_cache() {
    let mut history = History::default();
    (0..2_000).for_each(|it| history.apply(&delivery(&(it % 4, 1, 0, it % 7, it % 4))));
    let flow = history.flow();
    let read = || flow.delivery(flow.id_at(70).unwrap()).unwrap();
    read();
    let mut breakdown = Breakdown::by(Dimension::Platform);
    for id in flow.ids() {
        breakdown.add(&[id], flow);
    }
    let decompressed = flow.decompressed_bytes();
    read();
    assert_eq!(flow.decompressed_bytes(), decompressed);
}

#[test]
fn platforms_in_any_letter_case_are_one() {
    let mut history = History::default();
    (0..7).for_each(|it| history.apply(&delivery(&(0, 1, 0, it, 0))));
    let mut breakdown = Breakdown::by(Dimension::Platform);
    breakdown.add(&history.flow().ids().collect::<Vec<_>>(), history.flow());
    let first = breakdown.shares().first(9, Order::Callbacks);
    let counts: Vec<_> = first.iter().map(|(value, it)| (*value, it.callbacks)).collect();
    assert_eq!(counts, [("iOS", 2), ("web x", 2), ("", 1), ("RESTAPI", 1), ("Éric", 1)]);
}

#[test]
fn values_beyond_the_limit_are_counted_together() {
    let mut history = History::default();
    history.apply(&delivery(&(0, 1, 5, 0, 0)));
    let mut shares = Shares::default();
    let row = history.flow().row(history.flow().id_at(0).unwrap()).unwrap();
    for nth in 0..MAX_VALUES + 5 {
        shares.add(&nth.to_string(), &row);
    }
    shares.add(&"long".repeat(100), &row);
    shares.add("0", &row);
    assert_eq!((shares.len(), shares.others().callbacks), (MAX_VALUES, 6));
    assert_eq!(shares.first(1, Order::Failures)[0].0, "0");
    assert!(shares.memory_bytes() < MAX_VALUES * 256);
}
