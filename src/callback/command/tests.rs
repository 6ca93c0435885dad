//! Tests of the commands.

use super::*;

#[test]
fn every_word_is_found_and_unique() {
    for (i, command) in TABLE.iter().enumerate() {
        assert_eq!(find(command.word), Some(command));
        assert!(TABLE[i + 1..].iter().all(|it| it.word != command.word), "{command:?}");
        assert!(!command.label.en.is_empty() && !command.label.zh.is_empty());
        assert_eq!(command.when, When::by_convention(command.word), "{}", command.word);
    }
    assert_eq!(find(""), None);
    assert_eq!(find("c2c.callbackaftersendmsg"), None, "letter case counts");
}

#[test]
fn an_unknown_word_is_read_by_the_convention() {
    for (word, when) in [
        ("Group.CallbackBeforeNewThing", When::Before),
        ("Sns.CallbackPrevNewThing", When::Before),
        ("Group.CallbackAfterNewThing", When::After),
        ("", When::After),
    ] {
        assert_eq!((find(word), When::of(word)), (None, when));
    }
}

#[test]
fn every_field_is_unique_and_fits_the_bit_set_of_found_fields() {
    for command in TABLE {
        assert!(command.fields.len() <= 32, "{}", command.word);
        for (i, field) in command.fields.iter().enumerate() {
            let rest = &command.fields[i + 1..];
            assert!(rest.iter().all(|it| it.name != field.name), "{command:?}");
        }
        for path in command.summary_fields.iter().filter_map(|it| it.rsplit('=').next()) {
            let name = path.split('.').next().unwrap_or(path);
            let open = command.fields.is_empty();
            let known = command.fields.iter().any(|it| it.name == name);
            assert!(open || known, "{} has {name}", command.word);
        }
    }
}

#[test]
fn an_undocumented_word_of_a_young_product_is_known_by_its_family() {
    assert_eq!(find("Live.CallbackAfterRoomClosed").map(|it| it.when), Some(When::After));
    assert_eq!(find("Live.CallbackBeforeJoin").map(|it| it.when), Some(When::Before));
    assert_eq!(find("Room.CallbackAfterPoll").map(|it| it.family), Some(Family::Room));
    assert_eq!(find("Group.CallbackAfterPoll"), None);
}

#[test]
fn a_misspelled_word_has_a_nearest_one() {
    for (word, expected) in [
        ("C2C.CallbackBeforSendMsg", Some("C2C.CallbackBeforeSendMsg")),
        ("group.callbackAfterGroupFull", Some("Group.CallbackAfterGroupFull")),
        ("CallbackBeforeSendMsg", Some("C2C.CallbackBeforeSendMsg")),
        ("My.Own", None),
    ] {
        assert_eq!(nearest(word), expected, "{word}");
    }
}

#[test]
fn the_switch_is_no_event() {
    let switch = find("Live.CallbackBeforeCallBackNotBlock").unwrap();
    assert!(switch.is_switch() && !TABLE.contains(switch));
    assert!(TABLE.iter().all(|it| !it.is_switch()));
}

#[test]
fn a_chatbot_gets_the_reply() {
    let with: Vec<_> = TABLE.iter().filter(|it| it.reply_field().is_some()).collect();
    assert_eq!(with.iter().map(|it| it.word).collect::<Vec<_>>(), ["Chatbot.OnC2CSignalMessage"]);
}
