//! Counts by each dimension, against slow ones.

use proptest::prelude::*;

use super::*;
use crate::callback::{Delivery, Refusal};
use crate::history::History;

/// A message with its sender, its recipient, its result, and the platform.
type Sent = (usize, usize, i64, usize);

const USERS: [&str; 3] = ["alice", "bob", "小明"];
const PLATFORMS: [&str; 3] = ["iOS", "Android", "RESTAPI"];

fn delivery(&(from, to, result, platform): &Sent) -> Delivery {
    let (from, to) = (USERS[from], USERS[to]);
    let word = "C2C.CallbackAfterSendMsg";
    let ip = if platform == 0 { "" } else { "&ClientIP=10.0.0.7" };
    let platform = PLATFORMS[platform];
    Delivery {
        method: "POST".into(),
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
        sent in prop::collection::vec((0_usize..3, 0_usize..3, 0_i64..9, 0_usize..3), 0..150),
    ) {
        let mut history = History::default();
        for it in &sent {
            history.apply(&delivery(it));
        }
        for dimension in Dimension::ALL {
            let mut breakdown = Breakdown::by(dimension);
            for id in history.flow().ids() {
                breakdown.add(&history.flow().row(id).unwrap(), history.flow());
            }
            let shares = breakdown.shares();
            prop_assert_eq!(shares.total().callbacks, sent.len() as u64);
            prop_assert_eq!(shares.others(), Share::default());
            let first = shares.first(usize::MAX, Order::Callbacks);
            prop_assert!(first.is_sorted_by(|a, b| a.1.callbacks >= b.1.callbacks));
            let top = shares.first(2, Order::Callbacks);
            prop_assert_eq!(&first[..top.len()], &*top);
            for (value, share) in first {
                history.set_filter(Some(dimension.filter(value)));
                while history.search(16) {}
                let matches = history.matches().unwrap();
                prop_assert_eq!(matches.len() as u64, share.callbacks, "{:?} {}", dimension, value);
                let failed = matches.ids().filter(|it| history.flow().row(*it).unwrap().failed());
                prop_assert_eq!(failed.count() as u64, share.failed);
            }
        }
    }
}

#[test]
fn values_beyond_the_limit_are_counted_together() {
    let mut history = History::default();
    history.apply(&delivery(&(0, 1, 5, 0)));
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
