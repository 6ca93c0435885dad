//! Instruction counts of the hot paths, which a busy machine does not change.
//!
//! `bash benches/instructions/guard` runs them under valgrind's callgrind and
//! compares them with `counts.tsv`; `--record` renews that table.

#![expect(missing_docs, reason = "the macros of gungraun make public items")]

use std::hint::black_box;

use gungraun::{Callgrind, LibraryBenchmarkConfig};
use gungraun::{library_benchmark, library_benchmark_group, main};
use imscope::answer::mode::AnswerKind;
use imscope::answer::own::{AnswerInput, BodyStatus, own_answer};
use imscope::answer::rule_file::RuleFile;
use imscope::answer::switchboard::Entry;
use imscope::callback::secret::TokenSpellings;
use imscope::callback::signature::{self, Token};
use imscope::callback::{Answer, Delivery, Headers, decode, jsonl, query, secret};
use imscope::dashboard::Settings;
use imscope::dashboard::{App, view};
use imscope::history::filter::Filter;
use imscope::history::{History, HistoryConfig};
use imscope_test_support::bench::chat::{Chat, START};
use ratatui::Terminal;
use ratatui::backend::TestBackend;

/// Deliveries in a page of the history.
const PAGE: usize = 64;
/// Rules in a file: many, so that work for each pair of them shows.
const RULES: usize = 4_000;
/// Callbacks in a filled history: complete pages.
const KEPT: usize = 32 * PAGE;

fn deliveries(count: usize) -> Vec<Delivery> {
    Chat::among(100).take(count).collect()
}

#[library_benchmark]
#[bench::page(deliveries(PAGE))]
fn decode_page(deliveries: Vec<Delivery>) -> Vec<Delivery> {
    for it in &deliveries {
        black_box(decode(it));
    }
    deliveries
}

fn filled() -> (History, Vec<Delivery>) {
    let mut history = History::new(HistoryConfig { max_bytes: 1 << 30, sdk_app_id: None });
    let mut chat = Chat::among(100);
    chat.by_ref().take(KEPT).for_each(|it| history.apply(&it));
    (history, chat.take(PAGE).collect())
}

// A page without its last delivery, so that nothing is compressed.
#[library_benchmark]
#[bench::page(filled())]
fn fold(input: (History, Vec<Delivery>)) -> (History, Vec<Delivery>) {
    let (mut history, deliveries) = input;
    for it in &deliveries[1..] {
        history.apply(it);
    }
    (history, deliveries)
}

// A page that is compressed at its end.
#[library_benchmark]
#[bench::page(filled())]
fn fold_and_compress(input: (History, Vec<Delivery>)) -> (History, Vec<Delivery>) {
    let (mut history, deliveries) = input;
    for it in &deliveries {
        history.apply(it);
    }
    (history, deliveries)
}

fn searching() -> History {
    let (mut history, _) = filled();
    history.set_filter(Filter::parse("zebrafish").ok());
    // The buffers of the search are grown by then.
    history.search(8);
    history
}

#[library_benchmark]
#[bench::page(searching())]
fn search(mut history: History) -> History {
    history.search(1);
    history
}

fn searching_texts() -> History {
    let (mut history, _) = filled();
    history.set_filter(Filter::parse("text:zebrafish").ok());
    history.search(8);
    history
}

// A filter that decodes each callback it is tried on.
#[library_benchmark]
#[bench::page(searching_texts())]
fn search_texts(mut history: History) -> History {
    history.search(1);
    history
}

fn searching_fields() -> History {
    let (mut history, _) = filled();
    history.set_filter(Filter::parse(".UnreadMsgNum>100").ok());
    history.search(8);
    history
}

// A filter that reads a field of each body.
#[library_benchmark]
#[bench::page(searching_fields())]
fn search_fields(mut history: History) -> History {
    history.search(1);
    history
}

fn signed() -> (Token, Delivery) {
    let token = Token::new("xxxxyyyy").expect("it is not empty");
    let mut delivery = deliveries(1).remove(0);
    let query = query::resign(delivery.query(), Some(&token), START);
    delivery.target = format!("{}?{query}", delivery.path()).into();
    (token, delivery)
}

#[library_benchmark]
#[bench::signed(signed())]
fn decide(signed: (Token, Delivery)) -> (Answer, Token, Delivery) {
    let (token, delivery) = signed;
    let query = query::read(delivery.query());
    let (sign, time) = (query.sign.as_deref(), query.request_time.as_deref());
    let verdict = signature::check(Some(&token), sign, time, START, Some(60));
    let input = AnswerInput {
        method: &delivery.method,
        query: &query,
        headers: &delivery.headers,
        body: &delivery.body,
        body_status: &BodyStatus::Complete,
        verdict,
        refusal: None,
    };
    let answer = own_answer(&input, &AnswerKind::Ok);
    assert!(answer.status == 200, "a good callback");
    drop(query);
    (answer, token, delivery)
}

/// A dashboard that has drawn a frame, and one callback more.
fn dashboard() -> (App, Terminal<TestBackend>) {
    let settings = Settings { url: "http://127.0.0.1:9527".to_owned(), ..Settings::default() };
    let mut app = App::new(settings, HistoryConfig { max_bytes: 1 << 30, sdk_app_id: None }, START);
    let mut chat = Chat::among(100);
    chat.by_ref().take(KEPT).for_each(|it| app.apply(&it));
    let mut terminal = Terminal::new(TestBackend::new(200, 50)).expect("memory is a terminal");
    terminal.draw(|frame| _ = view::draw(&app, frame)).expect("memory takes a frame");
    chat.take(1).for_each(|it| app.apply(&it));
    (app, terminal)
}

#[library_benchmark]
#[bench::size_200x50(dashboard())]
fn frame(input: (App, Terminal<TestBackend>)) -> (App, Terminal<TestBackend>) {
    let (app, mut terminal) = input;
    terminal.draw(|frame| _ = view::draw(&app, frame)).expect("memory takes a frame");
    (app, terminal)
}

#[library_benchmark]
#[bench::page(deliveries(PAGE))]
fn encode_page(deliveries: Vec<Delivery>) -> (Vec<u8>, Vec<Delivery>) {
    let mut lines = Vec::new();
    for it in &deliveries {
        jsonl::encode(it, &mut lines);
    }
    (lines, deliveries)
}

/// Deliveries as they arrive: with their signature, and with headers as Tencent sends.
fn arriving() -> (TokenSpellings, Vec<Delivery>) {
    let token = Token::new("Token-of-27-letters-or-more").expect("it is not empty");
    let headers = b"host: 127.0.0.1:9527\ncontent-type: application/json\ncontent-length: 500\n\
        accept: */*\n";
    let mut deliveries = deliveries(PAGE);
    for it in &mut deliveries {
        let query = query::resign(it.query(), Some(&token), START);
        it.target = format!("{}?{query}", it.path()).into();
        it.headers = Headers::from_block(&headers[..]);
    }
    (TokenSpellings::of(Some(&token)), deliveries)
}

#[library_benchmark]
#[bench::page(arriving())]
fn mask_page(input: (TokenSpellings, Vec<Delivery>)) -> (TokenSpellings, Vec<Delivery>) {
    let (token, mut deliveries) = input;
    for it in &mut deliveries {
        black_box(secret::mask(it, &token));
    }
    (token, deliveries)
}

/// Rules of a file, and the same in the other order.
fn rules_and_file() -> (RuleFile, Vec<Entry>) {
    let lines: Vec<_> = (0..RULES).map(|it| format!("from:user_{it} => deny\n")).collect();
    let file =
        RuleFile::parse(&lines.concat(), &mut |_| Err(String::new())).expect("they are rules");
    let rules = file.entries().into_iter().rev().collect();
    (file, rules)
}

#[library_benchmark]
#[bench::reversed(rules_and_file())]
fn write_rules(input: (RuleFile, Vec<Entry>)) -> (String, RuleFile, Vec<Entry>) {
    let (file, rules) = input;
    (file.with_rules(&rules).to_string(), file, rules)
}

library_benchmark_group!(
    name = hot_paths,
    benchmarks = [
        decode_page,
        fold,
        fold_and_compress,
        search,
        search_texts,
        search_fields,
        decide,
        frame,
        mask_page,
        encode_page,
        write_rules
    ]
);

main!(
    config = LibraryBenchmarkConfig::default().tool(Callgrind::with_args(["--cache-sim=no"])),
    library_benchmark_groups = hot_paths
);
