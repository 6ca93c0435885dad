//! What a file may import, and what it may touch.

use crate::circles::circles;
use crate::imports::{Edge, Graph};
use crate::source::{assert_none, layer, names, sources};

/// The layers, lowest first: each may use those before it.
const LAYERS: [&str; 6] = ["callback", "history", "answer", "dashboard", "edge", "command"];
/// The layers that are functions of their arguments.
const PURE: [&str; 4] = ["callback", "history", "answer", "dashboard"];
/// Names of I/O, time, threads and locks.
const IMPURE: [&str; 14] = [
    "tokio",
    "axum",
    "hyper",
    "std::fs",
    "std::io",
    "std::net",
    "std::env",
    "std::thread",
    "std::process",
    "Instant",
    "SystemTime",
    "Mutex",
    "RwLock",
    "async fn",
];
/// The one file that opens standard output and standard error.
const STDIO: &str = "src/edge/stdio.rs";
/// What opens them or prints to them.
const PRINTS: [&str; 8] = [
    "io::stdout",
    "io::stderr",
    "stdout()",
    "stderr()",
    "print!",
    "println!",
    "eprint!",
    "eprintln!",
];
/// The one file that starts other programs.
const CHILD: &str = "src/edge/child.rs";
/// The one file that reads the clock.
const CLOCK: &str = "src/edge/clock.rs";
/// Calls that read it.
const READS_CLOCK: [&str; 3] = ["SystemTime::now", "Timestamp::now", "Zoned::now"];

#[test]
fn a_layer_uses_only_those_below_it() {
    let rank = |layer: &str| LAYERS.iter().position(|it| *it == layer);
    assert_none(&sources(&["src"]), "a layer may use those below it", |source, line| {
        let own = rank(source.layer()?)?;
        // A file may reach its own layer by `super`, and never one above.
        let depth = source.path.matches('/').count();
        let out = "super::".repeat(depth);
        LAYERS[own + 1..].iter().find(|it| {
            let uses = |path: &str| {
                line.contains(&format!("{path}{it}"))
                    || line.contains(&format!("{path}{{")) && names(line, it)
            };
            uses("crate::") || uses("imscope::") || uses(&out)
        })
    });
}

/// A file may use the items of a module that contains it, which is no circle.
#[test]
fn no_circle_inside_a_layer() {
    let mut edges = Graph::of(&sources(&["src"])).edges();
    edges.retain(|it| layer(&it.from) == layer(&it.to) && !it.is_to_parent());
    let mut found = Vec::new();
    for circle in circles(&edges) {
        found.push(format!("{} files import each other:", circle.len()));
        let inside = |it: &&Edge| circle.contains(&it.from) && circle.contains(&it.to);
        for edge in edges.iter().filter(inside) {
            found.push(format!("  {}:{} imports {}", edge.from, edge.line, edge.to));
        }
    }
    assert!(found.is_empty(), "{}", found.join("\n"));
}

#[test]
fn the_core_is_pure() {
    let mut pure = sources(&["src"]);
    pure.retain(|it| it.layer().is_some_and(|it| PURE.contains(&it)));
    assert_none(&pure, "the core is a function of its arguments", |_, line| {
        let grouped = |it: &str| {
            let name = it.strip_prefix("std::");
            name.is_some_and(|name| line.contains("std::{") && names(line, name))
        };
        IMPURE.into_iter().find(|it| names(line, it) || grouped(it))
    });
}

#[test]
fn one_file_prints() {
    let mut others = sources(&["src"]);
    others.retain(|it| it.path != STDIO);
    assert_none(&others, "print through its Printer", |_, line| {
        let opened = PRINTS.into_iter().find(|it| names(line, it));
        opened.filter(|it| !line.contains(&format!("Printer::{it}")))
    });
}

#[test]
fn one_file_starts_programs() {
    let mut others = sources(&["src"]);
    others.retain(|it| it.path != CHILD);
    assert_none(&others, "start programs by its `command`, without the token", |_, line| {
        ["Command::new", "process::Command::"].into_iter().find(|it| names(line, it))
    });
}

#[test]
fn one_file_reads_the_clock() {
    let mut others = sources(&["src"]);
    others.retain(|it| it.path != CLOCK);
    assert_none(&others, "time is an argument", |_, line| {
        let std = ["Instant", "SystemTime"].into_iter().find(|it| names(line, it));
        let std = std.filter(|_| line.contains("std::time") || line.contains("std::{"));
        std.or_else(|| READS_CLOCK.into_iter().find(|it| names(line, it)))
    });
}
