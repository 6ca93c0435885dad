//! No sequence of rules, switches and replies allows what the app denies.

use proptest::prelude::*;
use proptest::sample::{Index, select};
use tokio::sync::watch;

use super::*;
use crate::answer::AnswerMode;
use crate::answer::app::tests::replies::{Fields, REQUEST, error, reply, words};
use crate::answer::app::{ForwardError, Outcome, answer_from};
use crate::answer::switchboard::Entry;
use crate::callback::decision::judge;
use crate::callback::reply_check::Expected;
use crate::callback::{AnsweredBy, AppReply, Headers, query};
use crate::edge::client_tls::RootCerts;

/// A port where nothing needs to listen: only what is asked for is of interest.
const APP: &str = "http://127.0.0.1:9/";

const RULES: &[&str] = &[
    "from:ann => allow",
    "from:bob => allow",
    "from:bob => times 1, allow",
    "from:bob => chance 50%, set /MsgBody/0/MsgType=\"y\"",
    "from:ann => reply {\"ActionStatus\":\"OK\",\"ErrorInfo\":\"\",\"ErrorCode\":0}",
    "before => delay 1ms",
    "before cmd:c2c => chance 50%, delay 1ms",
    "=> times 2, delay 1ms",
    "from:bob => forward http://127.0.0.1:9/",
    "before => chance 50%, forward http://127.0.0.1:9/",
    "from:ann => fail \"no\"",
    "from:eve => hang",
];

/// What happens one after the other.
#[derive(Debug, Clone)]
enum Step {
    /// A rule is turned off, or on again.
    Toggle(Index),
    /// A rule is added before all others.
    Add(&'static str),
    /// The answer mode changes.
    Mode(AnswerKind),
    /// Key `O`: all rules off, default mode.
    Reset,
    /// A callback with this command word from this user; the app replies so if asked.
    Callback(&'static str, &'static str, (Fields, u16, String), Option<ForwardError>),
}

fn step() -> impl Strategy<Value = Step> {
    let mode = select(vec![AnswerKind::Ok, AnswerKind::Ok, AnswerKind::Fail("no".to_owned())]);
    let callback = (select(words()), select(&["ann", "bob", "eve"][..]), reply(), error());
    prop_oneof![
        1 => any::<Index>().prop_map(Step::Toggle),
        1 => select(RULES).prop_map(Step::Add),
        1 => mode.prop_map(Step::Mode),
        1 => Just(Step::Reset),
        8 => callback.prop_map(|(word, text, reply, error)| Step::Callback(word, text, reply, error)),
    ]
}

fn entry(text: &str) -> Entry {
    let rule = Rule::parse(text, &mut |_| Err(String::new())).unwrap();
    Entry { rule: Arc::new(rule), is_on: true }
}

fn delivery(word: &str, from: &str) -> Delivery {
    let from = format!(r#"{{"From_Account":"{from}","#);
    Delivery {
        method: "POST".into(),
        target: format!("/?CallbackCommand={word}").into(),
        body: [from.as_bytes(), &REQUEST[1..]].concat().into(),
        ..Delivery::default()
    }
}

/// Whether no app has to be asked: a rule with a reply decides, or the answer mode.
fn decides_alone(plan: &Plan, switchboard: &Switchboard) -> bool {
    let text = plan.answer.rule.as_ref();
    let rule = switchboard.rules.iter().find(|it| Some(it.rule.text()) == text);
    match rule.and_then(|it| it.rule.reply.as_ref()) {
        Some(reply) => !matches!(reply, Reply::Forward(_)),
        None => switchboard.mode.kind != AnswerKind::Ok,
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(500))]

    #[test]
    fn no_sequence_of_rules_switches_and_replies_allows_what_the_app_denies(
        rules in prop::collection::vec(select(RULES), 0..5),
        steps in prop::collection::vec(step(), 1..16),
        strict in any::<bool>(),
    ) {
        let app = Forwarder::new(APP.parse().unwrap(), strict, &RootCerts::default());
        let rules = rules.into_iter().map(entry).collect();
        let switchboard = Switchboard { mode: AnswerMode::default(), rules };
        let config = ListenerConfig {
            forwarder: Some(Arc::new(app)),
            switchboard: watch::Sender::new(switchboard),
            ..ListenerConfig::default()
        };
        let limits = RuleLimits::default();
        for step in steps {
            let change = |it: &mut Switchboard| match &step {
                Step::Toggle(nth) if !it.rules.is_empty() => {
                    let nth = nth.index(it.rules.len());
                    it.rules[nth].is_on ^= true;
                }
                Step::Add(text) => it.rules.insert(0, entry(text)),
                Step::Mode(kind) => it.mode.kind = kind.clone(),
                Step::Reset => it.reset(),
                Step::Toggle(_) | Step::Callback(..) => {}
            };
            config.switchboard.send_modify(change);
            if let Step::Callback(word, from, reply, error) = step {
                check(&delivery(word, from), word, reply, error, (&config, &limits, strict))?;
            }
        }
    }
}

/// Answers a callback, and checks that what the app denies is denied.
fn check(
    delivery: &Delivery,
    word: &str,
    (fields, status, body): (Fields, u16, String),
    error: Option<ForwardError>,
    (config, limits, strict): (&ListenerConfig, &RuleLimits, bool),
) -> Result<(), TestCaseError> {
    let query = query::read(delivery.query());
    let plan = Plan::of(delivery, &query, &BodyStatus::Complete, config, limits);
    if plan.app.is_none() {
        prop_assert!(decides_alone(&plan, &config.switchboard.borrow()), "{plan:?}");
        return Ok(());
    }
    let reply = AppReply { status, body: body.clone().into_bytes(), ..AppReply::default() };
    let outcome = Outcome { reply, error, moved: false };
    let expected = Expected::of(word, &delivery.body);
    let answer = answer_from(plan.answer, expected, outcome, strict);
    if fields.deny(word) {
        let judgment = judge(word, &delivery.body, &answer).unwrap();
        prop_assert_eq!(answer.by, AnsweredBy::App);
        prop_assert!(judgment.decision.is_denial(), "{body} became {answer:?}");
    }
    Ok(())
}

#[test]
fn a_gift_is_refused_where_the_app_of_a_rule_is_not_asked() {
    let rules = vec![entry("=> forward http://127.0.0.1:9")];
    let switchboard = Switchboard { mode: AnswerMode::default(), rules };
    let config = ListenerConfig {
        switchboard: watch::Sender::new(switchboard),
        ..ListenerConfig::default()
    };
    for (word, is_denied) in
        [("Live.CallbackBeforeSendGift", true), ("C2C.CallbackBeforeSendMsg", false)]
    {
        let page = Headers::from_iter([("origin", b"https://page.example".as_slice())]);
        let delivery = Delivery { headers: page, ..delivery(word, "a") };
        let (query, limits) = (query::read(delivery.query()), RuleLimits::default());
        let plan = Plan::of(&delivery, &query, &BodyStatus::Complete, &config, &limits);
        let judgment = judge(word, &delivery.body, &plan.answer).unwrap();
        assert!(plan.app.is_none());
        assert_eq!(judgment.decision.is_denial(), is_denied, "{plan:?}");
    }
}
