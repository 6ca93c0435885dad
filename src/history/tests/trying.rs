//! Tests of a filter that is tried before it is set.

use super::*;
use crate::callback::Timestamp;

const START: Timestamp = Timestamp::from_secs(1_763_000_000);

fn filter(text: &str) -> Filter {
    Filter::parse(text).unwrap()
}

fn history() -> History {
    let mut history = History::default();
    (1..=2000).for_each(|nth| history.apply(&numbered(nth, Verdict::Unchecked, 10)));
    history
}

#[test]
fn a_filter_that_is_tried_leaves_the_one_that_is_set() {
    let mut history = history();
    history.set_filter(Some(filter("from=from_7")));
    history.try_filter(Some(filter("from:from_1")));
    while history.search(1) {}
    assert_eq!(history.matches().unwrap().len(), 1);
    assert_eq!(history.trial().unwrap().len(), 1111);
    history.apply(&numbered(1, Verdict::Unchecked, 10));
    assert_eq!(history.trial().unwrap().len(), 1112);
    history.try_filter(None);
    assert_eq!((history.matches().unwrap().len(), history.trial().is_none()), (1, true));
}

#[test]
fn what_a_tried_filter_found_is_kept_when_it_is_tried_again_and_set() {
    let mut history = history();
    history.try_filter(Some(filter("from:from_1")));
    history.search(1);
    let found = history.trial().unwrap().len();
    assert!((1..1111).contains(&found) && history.is_trying());
    history.try_filter(Some(filter("from:from_1")));
    assert_eq!(history.trial().unwrap().len(), found);
    history.set_filter(Some(filter("from:from_1")));
    assert_eq!(history.matches().unwrap().len(), found);
    history.set_filter(Some(filter("from:from_2")));
    assert_eq!(history.matches().unwrap().len(), 0);
}

#[test]
fn what_arrives_while_the_view_is_paused_is_in_no_timeline_until_it_goes_on() {
    let dated = |nth| Delivery { at: START, ..numbered(nth, Verdict::Unchecked, 10) };
    let mut history = History::default();
    (1..=2000).for_each(|nth| history.apply(&dated(nth)));
    let callbacks = |history: &History| {
        let timeline = history.matches().unwrap().timeline();
        let span = timeline.span().unwrap();
        timeline.buckets(span.start, span.end - span.start, 1)[0].callbacks
    };
    history.set_filter(Some(filter("from:from_1")));
    history.search(1);
    history.show_until(Some(history.flow().end_id()));
    history.apply(&dated(1));
    while history.search(1) {}
    assert_eq!((callbacks(&history), history.matches().unwrap().len()), (1111, 1112));
    history.set_filter(Some(filter("from=from_1")));
    while history.search(1) {}
    assert_eq!((callbacks(&history), history.matches().unwrap().len()), (1, 2));
    history.show_until(None);
    assert_eq!(callbacks(&history), 2);
}
