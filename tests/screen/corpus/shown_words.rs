//! What Flow shows of a callback, in words and signs, is found by a filter.

use std::collections::BTreeSet;

use imscope::callback::trouble::Trouble;
use imscope::callback::{Answer, Delivery, Lang, Origin, Refusal, Seq};
use imscope::dashboard::{App, Settings, view};
use imscope::history::HistoryConfig;
use imscope::history::filter::Filter;
use imscope::history::filter::language::{Group, TABLE};
use imscope::history::matches::Matches;
use imscope_test_support::corpus;
use ratatui::Terminal;
use ratatui::backend::TestBackend;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::{ARRIVAL, delivery};
use crate::journeys::surface::rows;

/// Columns of Flow, each with the one after it.
const TYPE: [[&str; 2]; 2] = [["TYPE", "MESSAGE"], ["类型", "消息"]];
const RESULT: [[&str; 2]; 2] = [["RESULT", "UNREAD"], ["结果", "未读"]];

/// A dashboard that holds some callbacks.
fn app(deliveries: &[Delivery], lang: Lang) -> App {
    let settings = Settings { lang, ..Settings::default() };
    let mut app = App::new(settings, HistoryConfig::default(), ARRIVAL);
    for it in deliveries {
        app.apply(it);
    }
    app
}

fn drawn(app: &App, width: u16) -> Buffer {
    let mut terminal = Terminal::new(TestBackend::new(width, 24)).unwrap();
    terminal.draw(|frame| _ = view::draw(app, frame)).unwrap();
    terminal.backend().buffer().clone()
}

/// The row of Flow's head, and where a title begins in it.
fn head(buffer: &Buffer, titles: [&str; 2]) -> Option<(u16, [u16; 2])> {
    let is_head = |it: &String| titles.iter().all(|title| it.contains(title));
    let y = u16::try_from(rows(buffer).iter().position(is_head)?).unwrap();
    let width = buffer.area.width;
    let from = |x: u16| (x..width).map(|x| buffer[(x, y)].symbol()).collect::<String>();
    let place =
        |title: &str| (0..width).rfind(|x| from(*x).replace(' ', "").starts_with(title)).unwrap();
    Some((y, titles.map(place)))
}

/// A part of a row.
fn text(buffer: &Buffer, y: u16, x: std::ops::Range<u16>) -> String {
    let mut cells = Buffer::empty(Rect::new(0, 0, x.end - x.start, 1));
    for (nth, x) in x.enumerate() {
        cells[(u16::try_from(nth).unwrap(), 0)] = buffer[(x, y)].clone();
    }
    rows(&cells).remove(0).trim().to_owned()
}

/// The number of callbacks that a filter matches, and whether the last one is among them.
fn found(app: &mut App, text: &str) -> (usize, bool) {
    let filter = Filter::parse(text).unwrap_or_else(|why| panic!("{text}: {why}"));
    app.set_filter(Some(filter));
    while app.is_searching() {
        app.search();
    }
    let last = app.history().flow().ids().next_back();
    let matches = app.history().matches();
    let has_last = matches.is_some_and(|it| it.ids().last() == last);
    (matches.map_or(0, Matches::len), has_last)
}

#[test]
fn a_filter_by_type_takes_what_the_column_shows_at_any_width() {
    for file in corpus::bodies() {
        let delivery = [delivery(&file)];
        if delivery[0].is_probe() {
            continue;
        }
        for (lang, titles) in [Lang::En, Lang::Zh].into_iter().zip(TYPE) {
            for width in [72, 100, 120, 200] {
                let mut app = app(&delivery, lang);
                let buffer = drawn(&app, width);
                let (y, [start, end]) = head(&buffer, titles).unwrap();
                let text = text(&buffer, y + 1, start..end);
                let in_quotes = format!("type:\"{text}\"");
                assert_eq!(found(&mut app, &in_quotes).0, 1, "{in_quotes} {}", file.display());
                let bare = format!("type:{text}");
                assert!(text.contains(' ') || found(&mut app, &bare).0 == 1, "{bare}");
            }
        }
    }
}

/// Bodies of the corpus that have all signs and results among them.
const BODIES: [&str; 6] = [
    "c2c_sent_text.json",
    "c2c_sent_failed_with_unread.json",
    "c2c_before.json",
    "c2c_read.json",
    "bot_c2c.json",
    "broken_truncated.txt",
];

/// A body of the corpus, answered and received in all ways of which Flow has a sign or a
/// word: once, and then again.
fn variants(name: &str) -> Vec<[Delivery; 2]> {
    let once = delivery(&corpus::path(&format!("corpus/{name}")));
    let text = String::from_utf8(once.body.to_vec()).unwrap();
    let odd = text.replacen('{', r#"{"Odd":1,"#, 1).replace("1763000000", "1763000001");
    let odd = odd.into_bytes().into();
    let older = text.replace("1763000000", "1762000000").into_bytes().into();
    let is = |answer: Answer| Delivery { answer, ..once.clone() };
    let body = |body: &'static str| is(Answer { body: body.as_bytes().into(), ..Answer::ok(1) });
    let trouble = vec![Trouble::recorded("too long")];
    let second = [
        once.clone(),
        Delivery { refusal: Some(Refusal::Signature), ..once.clone() },
        Delivery { origin: Origin::Resent, ..once.clone() },
        Delivery { body: older, ..once.clone() },
        Delivery { body: odd, ..once.clone() },
        is(Answer { trouble: trouble.clone(), ..Answer::ok(1) }),
        is(Answer { status: 413, trouble, ..Answer::ok(1) }),
        is(Answer { status: 0, ..Answer::ok(3_000_000) }),
        is(Answer { status: 500, ..Answer::ok(1) }),
        body(r#"{"ActionStatus":"OK","ErrorCode":1,"ErrorInfo":""}"#),
        body(r#"{"ActionStatus":"OK","ErrorCode":2,"ErrorInfo":""}"#),
        body(r#"{"ActionStatus":"OK","ErrorCode":0,"ErrorInfo":"","MsgBody":[]}"#),
    ];
    second.map(|it| [once.clone(), Delivery { seq: Seq(2), ..it }]).into()
}

#[test]
fn each_sign_and_each_word_of_a_result_is_found_by_a_keyword() {
    let keywords = || TABLE.iter().filter(|it| it.group() == Group::Keywords);
    let mut signs: BTreeSet<_> = keywords().map(|it| it.sign).filter(|it| !it.is_empty()).collect();
    let mut words: BTreeSet<_> = [
        "ok", "refused", "broken", "partial", "allowed", "changed", "denied", "dropped", "late",
        "invalid",
    ]
    .into();
    for (name, lang) in BODIES.into_iter().flat_map(|it| [(it, Lang::En), (it, Lang::Zh)]) {
        for pair in variants(name) {
            let mut app = app(&pair, lang);
            let buffer = drawn(&app, 200);
            let titles = RESULT[usize::from(lang == Lang::Zh)];
            let (y, [start, end]) = head(&buffer, titles).unwrap();
            let result = text(&buffer, y + 2, start..end + 6);
            let result = result.split_whitespace().next().unwrap_or_default();
            if let Some(it) = keywords().find(|it| it.name.text(lang) == result) {
                words.remove(it.name.en);
                assert!(found(&mut app, result).1, "{result} of {name}");
            }
            // The arrow is before the receiver.
            let to = [["FROM", "TO"], ["发送方", "接收方"]][usize::from(lang == Lang::Zh)];
            let (_, [_, to]) = head(&buffer, to).unwrap();
            for sign in
                text(&buffer, y + 2, 1..5).split("").chain([&*text(&buffer, y + 2, to - 2..to)])
            {
                let mut of_sign =
                    keywords().filter(|it| !sign.is_empty() && it.sign == sign).peekable();
                // The arrow of a usual message is no sign.
                if of_sign.peek().is_some() && (sign != "→" || pair[1].origin == Origin::Resent) {
                    signs.remove(sign);
                    assert!(of_sign.any(|it| found(&mut app, it.name.text(lang)).1), "{sign}");
                }
            }
        }
    }
    assert!(signs.is_empty() && words.is_empty(), "never shown: {signs:?} {words:?}");
}
