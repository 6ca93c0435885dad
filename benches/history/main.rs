//! Times of decoding, of folding, of a frame and of a search, and their growth up
//! to a million callbacks.
//!
//! `cargo bench --bench history [-- ROUNDS]` prints medians beside their goals.
//! What is compared takes turns within each round.

#![expect(clippy::print_stdout, reason = "a benchmark prints its results")]
#![expect(clippy::disallowed_methods, reason = "a benchmark reads the clock")]

use std::borrow::Cow;
use std::hint::black_box;
use std::time::Instant;

use crossterm::event::{Event, KeyCode};
use imscope::callback::{Delivery, Lang, decode};
use imscope::dashboard::Settings;
use imscope::dashboard::{App, view};
use imscope::history::choices::choices;
use imscope::history::filter::{Filter, Subject};
use imscope::history::matches::Matches;
use imscope::history::row::Row;
use imscope::history::{History, HistoryConfig};
use imscope_test_support::bench::chat::{Chat, START};
use imscope_test_support::bench::report::median;
use imscope_test_support::bench::report::report;
use ratatui::Terminal;
use ratatui::backend::TestBackend;
use regex::bytes::RegexBuilder;

const BATCH: usize = 10_000;
/// Frames in a round.
const FRAMES: usize = 40;
/// Rows of matches that fill the screen.
const ROWS: usize = 50;

fn main() {
    let rounds = std::env::args().find_map(|it| it.parse().ok()).unwrap_or(7);
    let deliveries: Vec<_> = Chat::among(1_000).take(BATCH).collect();
    let bytes: usize = deliveries.iter().map(|it| it.body.len()).sum();
    println!("bodies of {} bytes on average, {rounds} rounds in turn, medians", bytes / BATCH);
    let store = callback(&deliveries, rounds);
    let million = growth(rounds, store);
    search(million, rounds);
}

/// Decoding against `serde_json` reading into a `Value`, then folding. Returns the
/// time in ns that compressing the raw bytes takes.
fn callback(deliveries: &[Delivery], rounds: usize) -> f64 {
    let [mut value, mut decoded, mut stored, mut folded] = [const { Vec::new() }; 4];
    for _ in 0..rounds {
        value.push(each(deliveries, |it| {
            black_box(serde_json::from_slice::<serde_json::Value>(&it.body).ok());
        }));
        decoded.push(each(deliveries, |it| _ = black_box(decode(it))));
        stored.push(store(deliveries));
        let mut history = History::new(HistoryConfig { max_bytes: 1 << 30, sdk_app_id: None });
        folded.push(each(deliveries, |it| history.apply(it)));
    }
    let [value, decoded, stored, folded] = [value, decoded, stored, folded].map(median);
    println!("\na callback, ns");
    println!("  serde_json::Value {value:>20.0}");
    report("  decode / Value", decoded, value, 0.6);
    println!("  pages (zstd level 1) {stored:>17.0}");
    println!("  apply {folded:>32.0}");
    stored
}

/// The work of the pages: the bodies of 64 deliveries and the rest of each are
/// compressed into one allocation.
fn store(deliveries: &[Delivery]) -> f64 {
    let Ok(mut zstd) = zstd::bulk::Compressor::new(1) else { return 0.0 };
    let began = Instant::now();
    let [mut bodies, mut rest] = [const { Vec::new() }; 2];
    for page in deliveries.chunks(64) {
        bodies.clear();
        rest.clear();
        for it in page {
            bodies.extend_from_slice(&it.body);
            for part in [it.peer.as_bytes(), it.target.as_bytes(), it.headers.as_bytes()] {
                rest.extend_from_slice(part);
                // Lengths, times, the answer.
                rest.extend_from_slice(&(rest.len() as u64).to_le_bytes());
            }
        }
        let packed = [&bodies, &rest].map(|it| zstd.compress(it).unwrap_or_default());
        black_box(packed.concat());
    }
    began.elapsed().as_secs_f64() * 1e9 / deliveries.len() as f64
}

/// A dashboard that holds some callbacks, and its measurements.
struct Filled {
    name: &'static str,
    app: App,
    chat: Chat,
    costs: Vec<f64>,
    frames: Vec<f64>,
}

impl Filled {
    fn new(name: &'static str, count: usize, users: usize) -> Self {
        let settings = Settings { url: "http://127.0.0.1:9527".to_owned(), ..Settings::default() };
        let mut app =
            App::new(settings, HistoryConfig { max_bytes: 1 << 30, sdk_app_id: None }, START);
        let mut chat = Chat::among(users);
        chat.by_ref().take(count).for_each(|it| app.apply(&it));
        Self { name, app, chat, costs: Vec::new(), frames: Vec::new() }
    }

    fn round(&mut self, terminal: &mut Terminal<TestBackend>) {
        let more: Vec<_> = self.chat.by_ref().take(1000).collect();
        let decoded = each(&more, |it| _ = black_box(decode(it)));
        self.costs.push(each(&more, |it| self.app.apply(it)) - decoded);
        let began = Instant::now();
        // Each shows one more callback, as frames of a live screen do.
        for it in self.chat.by_ref().take(FRAMES) {
            self.app.apply(&it);
            terminal.draw(|frame| _ = view::draw(&self.app, frame)).expect("memory takes a frame");
        }
        self.frames.push(began.elapsed().as_secs_f64() * 1e6 / FRAMES as f64);
    }
}

/// One callback and one frame at each size; returns the largest dashboard.
fn growth(rounds: usize, store: f64) -> App {
    let mut all = vec![
        Filled::new("     1 000 kept,   1 000 users", 1_000, 1_000),
        Filled::new("    10 000 kept,   1 000 users", 10_000, 1_000),
        Filled::new("   100 000 kept,   1 000 users", 100_000, 1_000),
        Filled::new("   100 000 kept,      10 users", 100_000, 10),
        Filled::new("   100 000 kept, 100 000 users", 100_000, 100_000),
        Filled::new(" 1 000 000 kept,   1 000 users", 1_000_000, 1_000),
    ];
    let mut terminal = Terminal::new(TestBackend::new(200, 50)).expect("memory is a terminal");
    for _ in 0..rounds {
        for it in &mut all {
            it.round(&mut terminal);
        }
    }
    println!("\ngrowth                         upkeep ns   frame µs (200x50)");
    let upkeep = |it: &Filled| median(it.costs.clone()) - store;
    let frame = |it: &Filled| median(it.frames.clone());
    for it in &all {
        println!("{} {:>9.0} {:>10.0}", it.name, upkeep(it), frame(it));
    }
    let listed = |text| (0..rounds).map(|_| listing(&all[4].app, text)).collect::<Vec<_>>();
    println!();
    report("list of users that begin with a letter, ms", median(listed("from:u")), 1.0, 5.0);
    report("list of users that nobody is, ms", median(listed("user:zebrafish")), 1.0, 5.0);
    let mut large = all.remove(all.len() - 1);
    let [small, ten] = [0, 1].map(|it| &all[it]);
    println!();
    report("views' upkeep at a million, ns", upkeep(&large), 1.0, 600.0);
    report("upkeep at a million / ten thousand", upkeep(&large), upkeep(ten), 2.0);
    report("frame at a million, µs", frame(&large), 1.0, 1000.0);
    report("frame at a million / a thousand", frame(&large), frame(small), 1.2);
    report("frame of the timeline in full at a million, µs", timeline(&mut large.app), 1.0, 1000.0);
    large.app
}

/// Microseconds of a frame in which the timeline fills the screen.
fn timeline(app: &mut App) -> f64 {
    let mut terminal = Terminal::new(TestBackend::new(200, 50)).expect("memory is a terminal");
    for key in ['5', 'z'] {
        app.handle_event(&Event::Key(KeyCode::Char(key).into()));
    }
    let began = Instant::now();
    for _ in 0..FRAMES {
        terminal.draw(|frame| _ = view::draw(app, frame)).expect("memory takes a frame");
    }
    let time = began.elapsed().as_secs_f64() * 1e6 / FRAMES as f64;
    for key in ['z', '1'] {
        app.handle_event(&Event::Key(KeyCode::Char(key).into()));
    }
    time
}

/// Milliseconds until what the end of a filter can become is listed.
fn listing(app: &App, text: &str) -> f64 {
    let began = Instant::now();
    black_box(choices(text, Lang::En, Some(app.history())));
    began.elapsed().as_secs_f64() * 1e3
}

fn search(mut app: App, rounds: usize) {
    println!("\nsearch over {} callbacks, ms", app.history().flow().len());
    let [mut first, mut all, mut nowhere, mut indexed, mut query] = [const { Vec::new() }; 5];
    let [mut time_of_day, mut period, mut field] = [const { Vec::new() }; 3];
    for _ in 0..rounds.min(5) {
        let (screen, end) = find(&mut app, "80001");
        first.push(screen);
        all.push(end);
        nowhere.push(find(&mut app, "zebrafish").1);
        indexed.push(find(&mut app, "-code:0").1);
        query.push(find(&mut app, "ip:10.").1);
        time_of_day.push(find(&mut app, "at:03:14-03:15").1);
        period.push(find(&mut app, "at:2019-03-04T03:14-03:15").1);
        field.push(find(&mut app, ".UnreadMsgNum>100").1);
    }
    report("a word in each fiftieth, first screen", median(first), 1.0, 20.0);
    report("the same, all of it", median(all), 1.0, 600.0);
    report("a word that occurs nowhere", median(nowhere), 1.0, 600.0);
    report("an indexed field (-code:0)", median(indexed), 1.0, 100.0);
    report("a field of the query (ip:10.)", median(query), 1.0, 1200.0);
    report("a time of day (at:03:14-03:15)", median(time_of_day), 1.0, 20.0);
    report("a time with a date", median(period), 1.0, 20.0);
    report("a field of the body (.UnreadMsgNum>100)", median(field), 1.0, 1200.0);
    words(&app, rounds);
}

/// The search for a word in new callbacks, against a regex that ignores case.
fn words(app: &App, rounds: usize) {
    let deliveries: Vec<_> = Chat::among(1_000).take(BATCH).collect();
    let flow = app.history().flow();
    let row = flow.id_at(0).and_then(|it| flow.row(it)).expect("a callback is kept");
    for word in ["zebrafish", "streets", "user_17"] {
        let filter = Filter::parse(word).expect("a word is a filter");
        let regex =
            RegexBuilder::new(word).case_insensitive(true).build().expect("a valid pattern");
        let [mut own, mut other] = [const { Vec::new() }; 2];
        for _ in 0..rounds {
            for page in deliveries.chunks(64) {
                // Decoded just before, as in the event loop: it is in the caches.
                each(page, |it| _ = black_box(decode(it)));
                own.push(each(page, |it| _ = black_box(filter.matches(&New { row: &row, it }))));
                other.push(each(page, |it| _ = black_box(regex.is_match(&it.body))));
            }
        }
        let [own, other] = [own, other].map(median);
        println!("{word}: regex ignoring case {other:.0} ns a body");
        report(&format!("a new callback tested for {word}, ns"), own, 1.0, 50.0);
    }
}

/// Milliseconds until the matches fill a screen, and until the search ends.
fn find(app: &mut App, text: &str) -> (f64, f64) {
    let began = Instant::now();
    app.set_filter(Filter::parse(text).ok());
    let mut screen = None;
    while app.is_searching() {
        app.search();
        let found = app.history().matches().map_or(0, Matches::len);
        if ROWS <= found {
            screen.get_or_insert_with(|| began.elapsed());
        }
    }
    let all = began.elapsed();
    (screen.unwrap_or(all).as_secs_f64() * 1e3, all.as_secs_f64() * 1e3)
}

/// A callback that is not yet in a page.
struct New<'a> {
    row: &'a Row<'a>,
    it: &'a Delivery,
}

impl Subject for New<'_> {
    fn row(&self) -> &Row<'_> {
        self.row
    }

    fn body(&self) -> &[u8] {
        &self.it.body
    }

    fn delivery(&self) -> Cow<'_, Delivery> {
        Cow::Borrowed(self.it)
    }
}

fn each(deliveries: &[Delivery], mut work: impl FnMut(&Delivery)) -> f64 {
    let began = Instant::now();
    deliveries.iter().for_each(&mut work);
    began.elapsed().as_secs_f64() * 1e9 / deliveries.len() as f64
}
