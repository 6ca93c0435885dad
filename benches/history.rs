//! What a callback costs on its way to the screen, and what a frame costs.
//!
//! `cargo bench --bench history` prints medians, each beside what it is
//! compared with, measured in the same run, round by round in turn.

#![expect(clippy::print_stdout, reason = "what a benchmark is for")]
#![expect(clippy::disallowed_methods, reason = "a benchmark reads the clock")]

use std::hint::black_box;
use std::time::Instant;

use imscope::callback::sample::element::Shape;
use imscope::callback::sample::{Maker, Outcome};
use imscope::callback::{Answer, Delivery, Headers, Micros, decode};
use imscope::dashboard::app::Settings;
use imscope::dashboard::{App, view};
use imscope::history::{History, Keep};
use ratatui::Terminal;
use ratatui::backend::TestBackend;

const ROUNDS: usize = 7;
const BATCH: usize = 20_000;
const START: Micros = Micros(1_764_000_000_000_000);

fn main() {
    let deliveries = deliveries(BATCH);
    let bytes: usize = deliveries.iter().map(|it| it.body.len()).sum();
    println!("bodies of {} bytes on average, {ROUNDS} rounds in turn, medians\n", bytes / BATCH);
    println!("a callback                     ns     ratio");
    fold(&deliveries);
    println!("\na frame at 200x50              µs     ratio");
    frames(&deliveries);
}

/// Decoding and folding, against the reading of `serde_json` into a `Value`.
fn fold(deliveries: &[Delivery]) {
    let mut value = Vec::new();
    let mut decoded = Vec::new();
    let mut folded = Vec::new();
    for _ in 0..ROUNDS {
        value.push(each(deliveries, |it| {
            black_box(serde_json::from_slice::<serde_json::Value>(&it.body).ok());
        }));
        decoded.push(each(deliveries, |it| {
            black_box(decode(it));
        }));
        let mut history = History::new(Keep { bytes: 1 << 30, app: None });
        folded.push(each(deliveries, |it| history.apply(it)));
    }
    let limit = median(value);
    line("serde_json::Value", limit, limit);
    line("decode", median(decoded), limit);
    line("decode + fold + keep", median(folded), limit);
}

fn frames(deliveries: &[Delivery]) {
    let mut small = app(deliveries, 1_000);
    let mut large = app(deliveries, 100_000);
    let mut terminal = Terminal::new(TestBackend::new(200, 50)).expect("memory is a terminal");
    let mut draw = |app: &mut App| {
        let began = Instant::now();
        for _ in 0..100 {
            terminal.draw(|frame| view::draw(app, frame)).expect("memory takes a frame");
        }
        began.elapsed().as_secs_f64() * 1e6 / 100.0
    };
    let (mut at_small, mut at_large) = (Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        at_small.push(draw(&mut small));
        at_large.push(draw(&mut large));
    }
    let limit = median(at_small);
    line("1 000 kept", limit, limit);
    line("100 000 kept", median(at_large), limit);
    let history = large.history();
    println!(
        "\n{} kept in {:.1} MB, {:.0} bytes each",
        history.flow().len(),
        history.bytes() as f64 / 1e6,
        history.bytes() as f64 / history.flow().len() as f64
    );
}

fn app(deliveries: &[Delivery], count: usize) -> App {
    let settings = Settings { url: "http://127.0.0.1:9527".to_owned(), ..Settings::default() };
    let mut app = App::new(settings, Keep { bytes: 1 << 30, app: None }, START);
    for it in deliveries.iter().cycle().take(count) {
        app.take(it);
    }
    app.set_now(START.plus(1_000_000));
    app
}

fn each(deliveries: &[Delivery], mut work: impl FnMut(&Delivery)) -> f64 {
    let began = Instant::now();
    deliveries.iter().for_each(&mut work);
    began.elapsed().as_secs_f64() * 1e9 / deliveries.len() as f64
}

fn line(what: &str, value: f64, limit: f64) {
    println!("{what:<26} {value:>8.0}  {:>8.2}", value / limit);
}

fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}

/// A chat among a thousand users, most of it text, as real ones are.
fn deliveries(count: usize) -> Vec<Delivery> {
    let mut maker = Maker::new(9527, "1400000000");
    let shapes = [Shape::Text, Shape::Text, Shape::Text, Shape::Image, Shape::Custom];
    (0..count)
        .map(|nth| {
            let at = START.plus(i64::try_from(nth).unwrap_or_default() * 50);
            let (from, to) = (format!("user_{}", nth % 997), format!("user_{}", nth * 7 % 1009));
            let body = maker.body(shapes[nth % shapes.len()], None);
            let message = maker.message(&from, &to, at, body);
            let outcome = match nth % 50 {
                0 => Outcome::failed(80001),
                _ => Outcome::sent(i64::try_from(nth % 20).unwrap_or_default()),
            };
            let sample = maker.sent(&message, &outcome);
            Delivery {
                seq: nth as u64 + 1,
                at,
                peer: "127.0.0.1:50000".into(),
                method: "POST".into(),
                target: sample.target("/", None).into(),
                headers: Headers::from_block(&b"host: 127.0.0.1:9527\n"[..]),
                body: sample.body.into(),
                answer: Answer::ok(80),
                ..Delivery::default()
            }
        })
        .collect()
}
