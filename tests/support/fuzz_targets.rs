//! What a fuzzer tries, and the checks it tries them with: nothing here may
//! panic, whatever the bytes are.

use std::sync::Arc;

use crossterm::event::{Event, KeyCode, KeyEvent, KeyModifiers};
use imscope::callback::secret::Secrets;
use imscope::callback::trouble::{Trouble, reason};
use imscope::callback::{Answer, Delivery, Lang, Seq, Timestamp};
use imscope::callback::{callback_url, reply_check};
use imscope::callback::{compare, curl, decode as decoded, json, jsonl, redact};
use imscope::dashboard::{App, Settings};
use imscope::dashboard::{Viewport, json_tree as payload, text, view};
use imscope::history::filter::Filter;
use imscope::history::{History, HistoryConfig, RowId, life_line};
use ratatui::Terminal;
use ratatui::backend::TestBackend;
use ratatui::buffer::Buffer;

/// A target: takes any bytes.
pub type Target = fn(&[u8]);

/// All targets by their names.
pub const ALL: [(&str, Target); 4] =
    [("decode", decode), ("filter", filter), ("line", line), ("tree", tree)];

/// The time of arrival of every request.
const ARRIVAL: Timestamp = Timestamp(1_763_000_003_250_000);
/// The target of a body that comes alone.
const ALONE: &str = "/?SdkAppid=1400012345&CallbackCommand=C2C.CallbackAfterSendMsg\
     &contenttype=json&ClientIP=127.0.0.1&OptPlatform=RESTAPI";
/// Bytes that a filter may have; its quotes may make a plain one longer.
const LONGEST: usize = 4096;
/// Keys that are pressed, at the most.
const KEYS: usize = 24;
/// What filters are asked of when they come alone.
const BODY: &[u8] = r#"{"CallbackCommand":"C2C.CallbackAfterSendMsg","From_Account":"jared",
"To_Account":"小明","MsgSeq":48374,"MsgRandom":2837546,"MsgTime":1762999990,
"MsgKey":"48374_2837546_1762999990","SendMsgResult":80001,"ErrorInfo":"red packet",
"UnreadMsgNum":7,"MsgBody":[{"MsgType":"TIMTextElem","MsgContent":{"Text":"red packet"}}]}"#
    .as_bytes();

/// A call; its first line may be method and target.
fn delivery(data: &[u8]) -> Delivery {
    let end = data.iter().position(|it| *it == b'\n').unwrap_or(data.len());
    let request = std::str::from_utf8(&data[..end]).ok().and_then(|it| it.split_once(" /"));
    let named = request.filter(|(method, _)| method.bytes().all(|it| it.is_ascii_uppercase()));
    let (method, target, body) = match named {
        Some((method, rest)) => (method, format!("/{rest}"), data.get(end + 1..).unwrap_or(b"")),
        None => ("POST", ALONE.to_owned(), data),
    };
    Delivery {
        seq: Seq(1),
        at: ARRIVAL,
        peer: Arc::from("127.0.0.1:40000"),
        method: method.to_owned().into(),
        target: target.into(),
        body: body.into(),
        answer: Answer::ok(0),
        ..Delivery::default()
    }
}

/// Any request is decoded, summarized, kept and shown in every view.
pub fn decode(data: &[u8]) {
    let delivery = delivery(data);
    let clock = |seconds: i64| seconds.to_string();
    let callback = decoded(&delivery);
    let recorded = Trouble::recorded(String::from_utf8_lossy(data).into_owned());
    for lang in [Lang::En, Lang::Zh] {
        assert_eq!(recorded.text(lang).is_empty(), data.is_empty());
        let _ = reason::text(recorded.sentence(), lang);
        let _ = callback.type_label(lang);
        let summary = callback.summary(lang, &clock);
        assert!(!summary.contains('\n'), "a summary is one line: {summary:?}");
        let _ = callback.details(lang, &clock);
        callback.oddities.iter().for_each(|it| assert!(!it.sentence(lang).is_empty()));
        callback.elements.iter().for_each(|it| _ = it.preview(lang));
        for finding in callback_url::findings(&delivery.target) {
            let _ = finding.message(lang);
        }
    }
    for is_signed in [false, true] {
        let base = "http://127.0.0.1:9527".to_owned();
        let destination =
            curl::Destination { base, any_certificate: true, is_signed, is_guess: true };
        let _ = curl::command_line(&destination, &delivery);
    }
    let expected = reply_check::Expected::of(&callback.word, &delivery.body);
    let _ = reply_check::check_reply(expected, 200, &delivery.body);
    let same = compare::compare(&delivery.body, &delivery.body);
    assert!(same.differences.is_empty(), "a body is what it is: {same:?}");
    let _ = compare::compare(&delivery.body, BODY);
    let redacted = redact::redact(&delivery, &|_| "id-name".to_owned());
    let hidden = decoded(&redacted);
    assert!(callback.json.is_err() || hidden.json.is_ok(), "what is hidden is JSON still");

    let mut history = History::new(HistoryConfig {
        sdk_app_id: Some("1400012345".to_owned()),
        ..HistoryConfig::default()
    });
    for seq in [1, 2] {
        history.apply(&Delivery { seq: Seq(seq), ..delivery.clone() });
    }
    history.apply(&redacted);
    let seen = if delivery.is_probe() { 0 } else { 3 };
    assert_eq!((history.seen(), history.probes()), (seen, 3 - seen));
    views(&history, &delivery);
    history.clear();
    assert!(history.flow().is_empty());
}

fn views(history: &History, delivery: &Delivery) {
    let flow = history.flow();
    for id in flow.ids() {
        let row = flow.row(id).expect("what is kept has a row");
        let _ = (row.failed(), row.went_wrong(), row.lag_micros());
        let life = life_line::of(flow, id);
        assert!(life.events.contains(&id), "a callback is in its own life: {life:?}");
        assert!(life.events.iter().chain(&life.chat).all(|it| flow.row(*it).is_some()));
        let _ = life_line::has_grown(flow, id, RowId::FIRST);
    }
    if let Some(kept) = flow.id_at(1).and_then(|it| flow.delivery(it)) {
        let given = Delivery { seq: kept.seq, ..delivery.clone() };
        assert_eq!(kept, given, "the history returns what it was given");
    }
    let mut gauges = history.unread().ranked();
    assert!(gauges.all(|it| history.unread().of(it.app(), it.user()).is_some()));
    assert!(history.failures().ranked().len() <= history.failures().len());
    let traffic = history.traffic();
    assert!(traffic.rate(ARRIVAL).is_finite());
    let _ = (traffic.graph(ARRIVAL, 30), traffic.changes_at(ARRIVAL, 30));
    let _ = traffic.latency_quantile(0.99);
}

/// Any text, up to the first line's end, is a filter or a mistake with its
/// place; what comes after it is the call that the filter is asked of.
pub fn filter(data: &[u8]) {
    let end = data.iter().position(|it| *it == b'\n').unwrap_or(data.len());
    let text = String::from_utf8_lossy(&data[..end]);
    let filter = match Filter::parse(&text) {
        Ok(filter) => filter,
        Err(mistake) => {
            assert!(text.get(mistake.at.clone()).is_some(), "{mistake:?} is not in {text:?}");
            assert!(!mistake.to_string().is_empty());
            return;
        }
    };
    let plain = filter.to_string();
    if plain.len() <= LONGEST {
        let again = Filter::parse(&plain);
        assert_eq!(again.as_ref(), Ok(&filter), "{text:?} is {plain:?}");
        assert_eq!(again.map(|it| it.to_string()).as_ref(), Ok(&plain), "plain stays plain");
    }
    let call = delivery(data.get(end + 1..).filter(|it| !it.is_empty()).unwrap_or(BODY));
    let body = String::from_utf8_lossy(&call.body);
    for shown in ["red packet 小明 <jared> ſK İ", &*body, &*text] {
        let mut last = None;
        for part in filter.highlights(shown) {
            assert!(shown.get(part.clone()).is_some(), "{part:?} of {shown:?}");
            assert!(last.is_none_or(|end| end < part.start), "they are in order, and apart");
            last = Some(part.end);
        }
    }
    let calls = [call, delivery(BODY), delivery(b"")];
    let mut asked_first = History::new(HistoryConfig::default());
    asked_first.set_filter(Some(filter.clone()));
    let mut asked_last = History::new(HistoryConfig::default());
    let mut passed = Vec::new();
    for call in &calls {
        asked_first.apply(call);
        asked_last.apply(call);
        if asked_last.newest_matches(&filter, call) {
            passed.extend(asked_last.flow().ids().next_back());
        }
    }
    asked_last.set_filter(Some(filter));
    while asked_last.search(1) {}
    for history in [asked_first, asked_last] {
        let found = history.matches().map(|it| it.ids().collect::<Vec<_>>());
        assert_eq!(found.as_ref(), Some(&passed), "{text:?} lets the same through, always");
    }
}

/// Any line of a recording is read or refused; what was read is written and
/// read again, and nothing but masked credentials is changed by that.
pub fn line(data: &[u8]) {
    let read = match jsonl::decode(data) {
        Ok(read) => read,
        Err(mistake) => return assert!(!mistake.to_string().is_empty()),
    };
    let mut written = Vec::new();
    jsonl::encode(&read, &mut written);
    let end = written.iter().position(|it| *it == b'\n');
    assert_eq!(end, Some(written.len() - 1), "a line is one line");
    let again = jsonl::decode(&written).expect("what is written is read");
    assert_eq!(again, without_secrets(&read), "what is read is written");
    let mut twice = Vec::new();
    jsonl::encode(&again, &mut twice);
    assert_eq!(twice, written, "what is masked stays as it is");
    let _ = decoded(&again);
}

/// A delivery as a recording holds it: nothing but masked secrets is changed.
pub fn without_secrets(delivery: &Delivery) -> Delivery {
    let secrets = Secrets::of(delivery);
    let mut answer = delivery.answer.clone();
    answer.headers = secrets.masked_headers(&answer.headers);
    if let Some(reply) = &mut answer.app_reply {
        reply.headers = secrets.masked_headers(&reply.headers);
    }
    Delivery {
        target: secrets.masked_target(&delivery.target).into(),
        headers: secrets.masked_headers(&delivery.headers),
        answer,
        ..delivery.clone()
    }
}

/// Any body is a tree or none, and the payload is painted, whatever keys are
/// pressed: those that stand after the last zero byte.
pub fn tree(data: &[u8]) {
    let end = data.iter().rposition(|it| *it == 0).unwrap_or(data.len());
    let (body, keys) = (&data[..end], data.get(end + 1..).unwrap_or(b""));
    if let Ok(json) = json::read(body) {
        for open in [false, true] {
            let lines = payload::flatten(json, body, &|_| open);
            assert!(!lines.is_empty() && lines.len() <= payload::LINES);
            for at in (0..lines.len()).step_by(lines.len() / 50 + 1) {
                assert!(body.get(lines[at].value.clone()).is_some());
                payload::pointer(&lines, at, body).expect("every line has a pointer");
            }
        }
    }
    let mut app = App::new(Settings::default(), HistoryConfig::default(), ARRIVAL);
    let mut terminal = Terminal::new(TestBackend::new(80, 24)).expect("it is memory only");
    app.apply(&delivery(BODY));
    app.apply(&Delivery { body: body.into(), ..delivery(b"") });
    // The detail, its second tab, and nothing beside it.
    for key in b"4lz".iter().chain(keys.iter().take(KEYS)) {
        let _ = app.handle_event(&Event::Key(pressed(*key)));
        while app.is_searching() {
            app.search();
        }
        let mut viewport = Viewport::default();
        let drawn = terminal.draw(|frame| viewport = view::draw(&app, frame));
        drawn.expect("it is memory only");
        app.set_viewport(viewport);
        assert_harmless(terminal.backend().buffer());
    }
}

/// The key of a byte, as terminals have it.
fn pressed(byte: u8) -> KeyEvent {
    match byte {
        b'\r' | b'\n' => KeyCode::Enter.into(),
        b'\t' => KeyCode::Tab.into(),
        0x1b => KeyCode::Esc.into(),
        0x7f => KeyCode::Backspace.into(),
        1..=26 => KeyEvent::new(KeyCode::Char((byte + b'`').into()), KeyModifiers::CONTROL),
        byte => KeyCode::Char(byte.into()).into(),
    }
}

/// Nothing painted leaves its cell.
fn assert_harmless(buffer: &Buffer) {
    for cell in buffer.content() {
        let symbol = cell.symbol();
        assert_eq!(text::clean(symbol), symbol, "the screen shows it unchanged");
    }
}
