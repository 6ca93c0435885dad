//! Compares two bodies field by field.

use std::collections::HashMap;

use super::json::{Json, read};
use super::json_pointer;

/// A field that differs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// Its JSON pointer.
    pub pointer: String,
    /// The value in the first body as written; `None` if missing.
    pub first: Option<String>,
    /// The value in the second body as written; `None` if missing.
    pub second: Option<String>,
}

/// The result of comparing two bodies.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Comparison {
    /// How many fields are equal.
    pub same: usize,
    /// The others, in the order of the first body, then those of the second only.
    pub differences: Vec<Difference>,
}

/// The maximum number of fields; branches beyond are compared as written.
const MAX_FIELDS: usize = 20_000;
/// The maximum depth; deeper branches are compared as written.
const MAX_LEVELS: usize = 12;
/// The maximum length of a pointer in bytes; branches below are compared as
/// written.
const MAX_POINTER: usize = 1000;

/// Compares two bodies. A body that is not JSON is a single field.
pub fn compare(first: &[u8], second: &[u8]) -> Comparison {
    let (first, second) = (leaves(first), leaves(second));
    let mut rest: HashMap<&str, &str> =
        second.iter().map(|(pointer, value)| (pointer.as_str(), value.as_str())).collect();
    let mut comparison = Comparison::default();
    for (pointer, value) in &first {
        match rest.remove(pointer.as_str()) {
            Some(other) if other == value => comparison.same += 1,
            other => comparison.differences.push(Difference {
                pointer: pointer.clone(),
                first: Some(value.clone()),
                second: other.map(str::to_owned),
            }),
        }
    }
    for (pointer, value) in &second {
        if rest.remove(pointer.as_str()).is_some() {
            comparison.differences.push(Difference {
                pointer: pointer.clone(),
                first: None,
                second: Some(value.clone()),
            });
        }
    }
    comparison
}

/// Pointer and text of every value without members; duplicates of a pointer are
/// numbered.
fn leaves(body: &[u8]) -> Vec<(String, String)> {
    let Ok(json) = read(body) else {
        return vec![(String::new(), String::from_utf8_lossy(body).into_owned())];
    };
    let mut leaves = Vec::new();
    let mut seen: HashMap<String, usize> = HashMap::new();
    let mut todo: Vec<(String, Json<'_>, usize)> = vec![(String::new(), json, 0)];
    while let Some((pointer, json, level)) = todo.pop() {
        let members = if level < MAX_LEVELS { json.members() } else { Vec::new() };
        let fits =
            leaves.len() + todo.len() + members.len() < MAX_FIELDS && pointer.len() < MAX_POINTER;
        if members.is_empty() || !fits {
            let nth = seen.entry(pointer.clone()).and_modify(|it| *it += 1).or_insert(1);
            let pointer = if *nth == 1 { pointer } else { format!("{pointer} ({nth})") };
            leaves.push((pointer, json.raw().to_owned()));
            continue;
        }
        for (nth, (name, value)) in members.into_iter().enumerate().rev() {
            let name = name.and_then(Json::as_str);
            let name = name.map(|it| json_pointer::escape(&it));
            let key = name.unwrap_or_else(|| nth.to_string());
            todo.push((format!("{pointer}/{key}"), value, level + 1));
        }
    }
    leaves
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(first: &str, second: &str, same: usize, expected: &[&str]) {
        let comparison = compare(first.as_bytes(), second.as_bytes());
        let texts: Vec<_> = comparison
            .differences
            .iter()
            .map(|it| {
                let side = |it: &Option<String>| it.clone().unwrap_or_else(|| "–".to_owned());
                format!("{} {} {}", it.pointer, side(&it.first), side(&it.second))
            })
            .collect();
        assert_eq!(
            (comparison.same, texts),
            (same, expected.iter().map(|it| (*it).to_owned()).collect())
        );
    }

    #[test]
    fn differences_are_listed_by_field() {
        check(
            r#"{"a":1,"b":{"c":[1,2]},"d":"x"}"#,
            r#"{"d":"x","b":{"c":[1,3,4]},"e":null}"#,
            2,
            &["/a 1 –", "/b/c/1 2 3", "/b/c/2 – 4", "/e – null"],
        );
    }

    #[test]
    fn order_makes_no_difference() {
        check(r#"{"a":1,"b":2}"#, r#"{"b":2,"a":1}"#, 2, &[]);
        check("oops", "oops", 1, &[]);
        check(r#"{"a":1,"a":2}"#, r#"{"a":1,"a":2}"#, 2, &[]);
    }
}
