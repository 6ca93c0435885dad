//! What the app denies is denied, whatever its reply looks like.

use proptest::prelude::*;
use proptest::sample::select;

use super::super::*;
use super::replies::{REQUEST, error, nested, nests, reply, unclear, words};
use crate::callback::Headers;
use crate::callback::decision::Decision;
use crate::callback::friends::is_about_friends;

proptest! {
    #![proptest_config(ProptestConfig::with_cases(4000))]

    #[test]
    fn what_the_app_denies_is_never_allowed(
        (fields, status, body) in reply(),
        nests in nests(),
        word in select(words()),
        error in error(),
        strict in any::<bool>(),
    ) {
        let body = nested(&body, &nests);
        let reply = AppReply {
            status,
            took: 12_000,
            content_type: "".into(),
            headers: Headers::default(),
            body: body.clone().into_bytes(),
            complete: true,
        };
        let expected = Expected::of(word, REQUEST);
        let outcome = Outcome { reply, error: error.clone(), moved: false };
        let own = Answer::ok(0);
        let answer = answer_from(own, expected, outcome, strict);
        let judgment = judge(word, REQUEST, &answer).unwrap();
        if fields.deny(word) {
            prop_assert!(judgment.decision.is_denial(), "{body} became {answer:?}");
            let is_passed = *answer.body == *body.as_bytes();
            prop_assert!(is_passed || !answer.trouble.is_empty());
            prop_assert!(is_passed || answer.app_reply.unwrap().body == body.as_bytes());
            prop_assert!(!is_passed || error.is_none());
        } else if !is_about_friends(word) && !needs_answer(word) {
            prop_assert!(!judgment.decision.is_denial(), "{body} became {answer:?}");
        }
    }

    #[test]
    fn what_is_not_clearly_allowed_is_no_allow_of_imscope(
        body in unclear(),
        nests in nests(),
        word in select(words()),
        error in error(),
        strict in any::<bool>(),
    ) {
        let body = nested(&body, &nests).into_bytes();
        let reply = AppReply { status: 200, body: body.clone(), ..AppReply::default() };
        let outcome = Outcome { reply, error, moved: false };
        let answer = answer_from(Answer::ok(0), Expected::of(word, REQUEST), outcome, strict);
        let is_allowed = judge(word, REQUEST, &answer).unwrap().decision == Decision::Allowed;
        prop_assert!(!is_allowed, "{} became {answer:?}", String::from_utf8_lossy(&body));
    }

    #[test]
    fn any_bytes_are_answered(body: Vec<u8>, word in select(words()), strict in any::<bool>()) {
        let reply = AppReply { status: 200, body, ..AppReply::default() };
        let outcome = Outcome { reply, ..Outcome::default() };
        let answer = answer_from(Answer::ok(0), Expected::of(word, REQUEST), outcome, strict);
        prop_assert!(judge(word, REQUEST, &answer).is_some());
    }
}
