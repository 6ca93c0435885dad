//! Order of evaluation, highlights, and filters made for a user or a code.

use std::borrow::Cow;

use super::{Example, example};
use crate::callback::Delivery;
use crate::history::filter::{Filter, ReadCost, Subject};
use crate::history::row::{Flags, Row};

#[test]
fn terms_are_ordered_by_cost_and_the_most_expensive_read_is_known() {
    let reads = |text| Filter::parse(text).unwrap().read_cost();
    assert_eq!(reads(""), ReadCost::Row);
    assert_eq!(reads("from:a -failed (code:1 | size>2k)"), ReadCost::Row);
    assert_eq!(reads("from:a word"), ReadCost::Body);
    assert_eq!(reads("word -(failed | ip:1)"), ReadCost::Delivery);
    let filter = Filter::parse("text:x re:/y/ word (ip:1 | from:a) from:b odd").unwrap();
    assert_eq!(filter.to_string(), "odd from:b word re:/y/ (from:a | ip:1) text:x");
}

#[test]
fn a_body_is_not_read_when_the_row_decides() {
    struct RowOnly(Example);
    impl Subject for RowOnly {
        fn row(&self) -> &Row<'_> {
            &self.0.row
        }
        fn body(&self) -> &[u8] {
            panic!("the body was read")
        }
        fn delivery(&self) -> Cow<'_, Delivery> {
            panic!("the delivery was read")
        }
    }
    let callback = RowOnly(example());
    assert!(!Filter::parse("word key:1 ok").unwrap().matches(&callback));
    assert!(Filter::parse("text:x | word | failed").unwrap().matches(&callback));
}

#[test]
fn matching_parts_of_a_text_are_highlighted() {
    let flags = |filter: &str, text: &str| {
        let ranges = Filter::parse(filter).unwrap().highlights(text);
        ranges.into_iter().map(|it| text[it].to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(flags("red | from:BOB", "Red, bob: rEd"), ["Red", "bob", "rEd"]);
    assert_eq!(flags("é 包", "É红包包"), ["É", "包包"], "adjacent matches are merged");
    assert_eq!(flags("pack acket", "packet"), ["packet"], "overlapping matches are merged");
    assert_eq!(flags("-red -(green -blue)", "red green blue"), ["blue"]);
    assert_eq!(flags("re:/b+|x*/ type:image code:1", "abbc"), ["bb"]);
    assert_eq!(
        flags(r"re:/(?-u)\xba/", "红"),
        ["红"],
        "a match within a character highlights all of it"
    );
    assert_eq!(flags("user=bob", "bob Bob"), ["bob"]);
}

#[test]
fn a_filter_for_a_user_or_a_code_can_be_typed_as_well() {
    for user in ["bob", "小 明", "a\"b\\c", "-x", "", "(x|y)", "failed", "a:b", "=x"] {
        let filter = Filter::for_user(user, None);
        assert_eq!(Filter::parse(filter.text()).unwrap(), filter, "{}", filter.text());
        let row = |from, to| Example { row: Row { from, to, ..example().row }, ..example() };
        let user: &'static str = Box::leak(user.into());
        assert!(filter.matches(&row(user, "other")) && filter.matches(&row("other", user)));
        assert!(!filter.matches(&row("bobby", "Bob")));
    }
    assert_eq!(Filter::for_user("bob", None).text(), "user=bob");
    let of_app = Filter::for_user("jared", Some("14"));
    assert_eq!(of_app.text(), "app=14 user=jared");
    let example = |app| Example { row: Row { app, ..example().row }, ..example() };
    assert!(of_app.matches(&example("14")) && !of_app.matches(&example("140")));
    let nameless = Filter::for_user("jared", Some(""));
    assert_eq!(Filter::parse(nameless.text()).unwrap(), nameless);
    assert!(nameless.matches(&example("")) && !nameless.matches(&example("14")));
    assert_eq!(Filter::for_code(80001).text(), "code:80001");
    for code in [80001, -1, i64::MIN, i64::MAX] {
        let filter = Filter::for_code(code);
        assert_eq!(Filter::parse(filter.text()).unwrap(), filter);
    }
}

#[test]
fn the_key_for_the_next_failure_stops_where_a_filter_matches() {
    let filter = Filter::parse("failed | refused | broken | trouble").unwrap();
    for bit in 0..16 {
        for result in [None, Some(0), Some(80001)] {
            let flags = [Flags::REFUSED, Flags::ODD, Flags::DUPLICATE, Flags::OLDER, Flags::BEFORE];
            let flags = [&flags[..], &[Flags::BROKEN, Flags::TROUBLE, Flags::RESENT]].concat();
            let flags = flags.get(bit).copied().unwrap_or_default();
            let example = Example { row: Row { result, flags, ..example().row }, ..example() };
            assert_eq!(filter.matches(&example), example.row.went_wrong(), "{flags:?} {result:?}");
        }
    }
}
