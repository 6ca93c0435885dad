//! What the column TYPE shows is found by `type:`, in both languages.

use proptest::prelude::*;

use crate::callback::message::ElementType;
use crate::callback::printable::clean;
use crate::callback::{Delivery, Lang, command, decode};
use crate::history::History;
use crate::history::filter::Filter;

/// A call of a command with elements of these types.
fn call(word: &str, elements: &[&str]) -> Delivery {
    let element = |it: &&str| serde_json::json!({ "MsgType": it, "MsgContent": {} });
    let elements: Vec<_> = elements.iter().map(element).collect();
    let mut body = serde_json::json!({ "CallbackCommand": word, "From_Account": "a" });
    if !elements.is_empty() {
        body["MsgBody"] = elements.into();
    }
    Delivery {
        method: "POST".into(),
        target: "/".into(),
        body: body.to_string().into_bytes().into(),
        ..Delivery::default()
    }
}

/// Whether a filter matches a call.
fn finds(text: &str, delivery: &Delivery) -> bool {
    let filter = Filter::parse(text).unwrap_or_else(|why| panic!("{text}: {why}"));
    assert_eq!(Filter::parse(&filter.to_string()).unwrap(), filter, "{filter}");
    let mut history = History::default();
    history.apply(delivery);
    history.set_filter(Some(filter));
    while history.search(100) {}
    history.matches().is_some_and(|it| it.len() == 1)
}

/// Finds what the column shows of a call, in quotes and where it has no space without.
fn assert_found(delivery: &Delivery) {
    for lang in [Lang::En, Lang::Zh] {
        let label = clean(&decode(delivery).type_label(lang)).into_owned();
        let quoted = serde_json::Value::from(&*label).to_string();
        assert!(finds(&format!("type:{quoted}"), delivery), "type:{quoted}");
        let is_word = label.chars().all(|it| it.is_alphanumeric() || "+?？".contains(it));
        assert!(!is_word || finds(&format!("type:{label}"), delivery), "type:{label}");
        // Cut by the width of the column.
        let cut: String = label.chars().take(3).collect();
        let cut = serde_json::Value::from(format!("{cut}…")).to_string();
        assert!(finds(&format!("type:{cut}"), delivery), "type:{cut}");
    }
}

#[test]
fn each_label_of_the_type_column_finds_its_callback() {
    let words = ["C2C.CallbackAfterSendMsg", "C2C.CallbackBeforeSendMsg", "Bot.OnC2CMessage"];
    for (kind, word) in ElementType::ALL.into_iter().flat_map(|it| words.map(|word| (it, word))) {
        let name = match kind {
            ElementType::Video => "TIMVideoFileElem".to_owned(),
            ElementType::Sound => "TIMSoundElem".to_owned(),
            kind => format!("TIM{kind:?}Elem"),
        };
        for others in [&[][..], &["TIMTextElem"], &["TIMCustomElem", "New"]] {
            assert_found(&call(word, &[&[&*name], others].concat()));
        }
    }
    for it in command::all() {
        assert_found(&call(it.word, &[]));
    }
}

#[test]
fn a_type_in_quotes_is_no_misspelled_one() {
    assert!(finds("type:\"imag\"", &call("C2C.CallbackAfterSendMsg", &["imag"])));
    assert!(Filter::parse("type:imag").is_err());
}

proptest! {
    #[test]
    fn any_element_and_any_command_is_found_by_what_is_shown_of_it(
        word in "C2C.CallbackAfterSendMsg|C2C.CallbackBeforeSendMsg|Bot.OnC2CMessage|[a-c小.?？ +…\"]{0,8}",
        elements in prop::collection::vec("TIM(Text|Custom|Face)Elem|[a-c小É?？ +1…\"\\\\]{0,6}", 0..4),
    ) {
        let elements: Vec<_> = elements.iter().map(|it| &**it).collect();
        let delivery = call(&word, &elements);
        let label = clean(&decode(&delivery).type_label(Lang::En)).into_owned();
        prop_assume!(!label.trim().is_empty());
        assert_found(&delivery);
    }
}
