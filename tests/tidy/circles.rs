//! Circles in the import graph.

use std::collections::{BTreeMap, BTreeSet};

use crate::imports::{Edge, Graph};
use crate::source::Source;

/// The groups of files that import each other, directly or through others.
pub(crate) fn circles(edges: &[Edge]) -> Vec<BTreeSet<String>> {
    let reached = |start: &str| {
        let mut reached = BTreeSet::new();
        let mut open = vec![start.to_owned()];
        while let Some(file) = open.pop() {
            for edge in edges.iter().filter(|it| it.from == file) {
                if reached.insert(edge.to.clone()) {
                    open.push(edge.to.clone());
                }
            }
        }
        reached
    };
    let files: BTreeSet<_> = edges.iter().map(|it| it.from.clone()).collect();
    let reached: BTreeMap<_, _> = files.iter().map(|it| (it.clone(), reached(it))).collect();
    let mut circles = BTreeSet::new();
    for (file, others) in &reached {
        let back = |it: &&String| reached.get(*it).is_some_and(|it| it.contains(file));
        let circle: BTreeSet<_> = others.iter().filter(back).cloned().collect();
        if !circle.is_empty() {
            circles.insert(circle);
        }
    }
    circles.into_iter().collect()
}

/// Asserts which files of a crate import each other.
#[track_caller]
fn check(files: &[(&str, &str)], expected: &[&[&str]]) {
    let source =
        |(path, text): &(&str, &str)| Source { path: (*path).into(), text: (*text).into() };
    let sources: Vec<_> = files.iter().map(source).collect();
    let mut edges = Graph::of(&sources).edges();
    edges.retain(|it| !it.is_to_parent());
    let found: Vec<Vec<_>> =
        circles(&edges).into_iter().map(|it| it.into_iter().collect()).collect();
    assert_eq!(found, expected);
}

const LIB: (&str, &str) = ("src/lib.rs", "pub mod a;");

#[test]
fn a_circle_through_a_re_export_is_found() {
    let files = [
        LIB,
        ("src/a.rs", "mod x; mod y; pub use x::X;"),
        ("src/a/x.rs", "use super::y::Y; pub struct X;"),
        ("src/a/y.rs", "use crate::a::X as Renamed; pub struct Y;"),
    ];
    check(&files, &[&["src/a/x.rs", "src/a/y.rs"]]);
}

#[test]
fn a_circle_of_grouped_imports_and_paths_in_code_is_found() {
    let files = [
        LIB,
        ("src/a.rs", "mod x; mod y; mod z;"),
        ("src/a/x.rs", "use std::fmt::{self, Write as _};\nuse crate::{a::{y::{self, Y}}};"),
        ("src/a/y.rs", "pub struct Y; fn f<'a>(c: char) -> bool { c == '\"' || super::z::f() }"),
        ("src/a/z.rs", "use super::x; pub fn f() -> bool { x::g() }"),
    ];
    check(&files, &[&["src/a/x.rs", "src/a/y.rs", "src/a/z.rs"]]);
}

#[test]
fn comments_literals_tests_and_parents_make_no_circle() {
    let files = [
        LIB,
        ("src/a.rs", "mod x; mod y; pub struct A; fn f() { x::f() }"),
        ("src/a/x.rs", "use super::A; // super::y::g()\npub fn f() { \"super::y::g()\"; }"),
        ("src/a/y.rs", "pub fn g() { super::x::f() }\n#[cfg(test)]\nmod tests { use super::g; }"),
        ("src/a/z.rs", "use super::y::g; pub fn h() {}"),
    ];
    check(&files, &[]);
}
