//! What rules cost that do not match: those before the one that decides.

use std::sync::Arc;

use imscope::answer::Rule;
use imscope::answer::switchboard::{Entry, Switchboard};
use imscope_test_support::bench::report::{median, report};
use tokio::sync::watch;

use crate::round;
use crate::server::Server;

const CONNECTIONS: usize = 16;
/// How many rules there are, one count after the other within a round.
const COUNTS: [usize; 3] = [0, 1, 100];

/// A name, and the text of the nth rule.
type Kind = (&'static str, fn(usize) -> String);

/// A rule that does not match, of each kind: what its filter reads.
const KINDS: [Kind; 3] = [
    ("command", |nth| format!("cmd:BeforeNothing{nth} => drop")),
    ("user", |nth| format!("from:nobody{nth} => drop")),
    ("text", |nth| format!("text:\"not said {nth}\" => drop")),
];

/// Prints the processor time of the listener for an answer, without rules and behind
/// some, and the cost of each rule.
pub(crate) fn cost(server: &Server, switchboard: &watch::Sender<Switchboard>, rounds: usize) {
    println!("\nbehind rules that do not match, listener's CPU µs for an answer");
    println!("by            none   1 rule  100 rules   first");
    for (kind, text) in KINDS {
        let mut times = [const { Vec::new() }; COUNTS.len()];
        for first in 0..rounds {
            for nth in 0..COUNTS.len() {
                let nth = (nth + first) % COUNTS.len();
                switchboard.send_modify(|it| it.rules = rules(COUNTS[nth], text));
                times[nth].push(round::run(server, CONNECTIONS, None).cpu.listener);
            }
        }
        let [none, one, hundred] = times.each_ref().map(|it| median(it.iter().copied()));
        let pairs = |from: usize, to: usize| times[to].iter().zip(&times[from]);
        let first = median(pairs(0, 1).map(|(one, none)| one - none));
        println!("{kind:<9} {none:>8.2} {one:>8.2} {hundred:>10.2} {first:>7.2}");
        let each = median(pairs(1, 2).map(|(hundred, one)| (hundred - one) / 99.0));
        report("  each rule more, µs", each, 1.0, 0.5);
    }
    switchboard.send_modify(|it| it.rules.clear());
}

fn rules(count: usize, text: fn(usize) -> String) -> Vec<Entry> {
    let rule = |nth| Rule::parse(&text(nth), &mut |_| Err(String::new())).unwrap();
    (0..count).map(|nth| Entry { rule: Arc::new(rule(nth)), is_on: true }).collect()
}
