//! Two bodies beside each other, field by field.

use std::collections::HashMap;

use super::json::{Json, read};

/// A field that is not the same in both.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// The way to it, a JSON pointer.
    pub pointer: String,
    /// The value in the first body as written; `None` if it is not there.
    pub first: Option<String>,
    /// The value in the second body as written; `None` if it is not there.
    pub second: Option<String>,
}

/// What two bodies have in common, and what not.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Comparison {
    /// How many fields are the same.
    pub same: usize,
    /// The others, in the order of the first body, then of the second.
    pub differences: Vec<Difference>,
}

/// Fields that are looked at, at the most.
const FIELDS: usize = 20_000;
/// Levels that are looked into; what is deeper is compared as it is written.
const LEVELS: usize = 12;
/// Bytes of a pointer, after which a branch is compared as it is written.
const WAY: usize = 1000;

/// Compares two bodies. What is no JSON is one field: all of it.
pub fn compare(first: &[u8], second: &[u8]) -> Comparison {
    let (first, second) = (leaves(first), leaves(second));
    let mut others: HashMap<&str, &str> =
        second.iter().map(|(pointer, value)| (pointer.as_str(), value.as_str())).collect();
    let mut comparison = Comparison::default();
    for (pointer, value) in &first {
        match others.remove(pointer.as_str()) {
            Some(other) if other == value => comparison.same += 1,
            other => comparison.differences.push(Difference {
                pointer: pointer.clone(),
                first: Some(value.clone()),
                second: other.map(str::to_owned),
            }),
        }
    }
    for (pointer, value) in &second {
        if others.remove(pointer.as_str()).is_some() {
            comparison.differences.push(Difference {
                pointer: pointer.clone(),
                first: None,
                second: Some(value.clone()),
            });
        }
    }
    comparison
}

/// Pointer and text of every value that has no members; the second of two with
/// one pointer is numbered.
fn leaves(body: &[u8]) -> Vec<(String, String)> {
    let Ok(json) = read(body) else {
        return vec![(String::new(), String::from_utf8_lossy(body).into_owned())];
    };
    let mut leaves = Vec::new();
    let mut seen: HashMap<String, usize> = HashMap::new();
    let mut todo: Vec<(String, Json<'_>, usize)> = vec![(String::new(), json, 0)];
    while let Some((pointer, json, level)) = todo.pop() {
        let members = if level < LEVELS { json.members() } else { Vec::new() };
        // A wide branch with a long way to it is compared as it is written.
        let room = leaves.len() + todo.len() + members.len() < FIELDS && pointer.len() < WAY;
        if members.is_empty() || !room {
            let nth = seen.entry(pointer.clone()).and_modify(|it| *it += 1).or_insert(1);
            let pointer = if *nth == 1 { pointer } else { format!("{pointer} ({nth})") };
            leaves.push((pointer, json.text().to_owned()));
            continue;
        }
        for (nth, (name, value)) in members.into_iter().enumerate().rev() {
            let name = name.and_then(Json::as_str);
            let name = name.map(|it| it.replace('~', "~0").replace('/', "~1"));
            let step = name.unwrap_or_else(|| nth.to_string());
            todo.push((format!("{pointer}/{step}"), value, level + 1));
        }
    }
    leaves
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(first: &str, second: &str, same: usize, expected: &[&str]) {
        let comparison = compare(first.as_bytes(), second.as_bytes());
        let told: Vec<_> = comparison
            .differences
            .iter()
            .map(|it| {
                let side = |it: &Option<String>| it.clone().unwrap_or_else(|| "–".to_owned());
                format!("{} {} {}", it.pointer, side(&it.first), side(&it.second))
            })
            .collect();
        assert_eq!(
            (comparison.same, told),
            (same, expected.iter().map(|it| (*it).to_owned()).collect())
        );
    }

    #[test]
    fn what_differs_is_told_field_by_field() {
        check(
            r#"{"a":1,"b":{"c":[1,2]},"d":"x"}"#,
            r#"{"d":"x","b":{"c":[1,3,4]},"e":null}"#,
            2,
            &["/a 1 –", "/b/c/1 2 3", "/b/c/2 – 4", "/e – null"],
        );
    }

    #[test]
    fn the_order_of_fields_and_the_same_body_make_no_difference() {
        check(r#"{"a":1,"b":2}"#, r#"{"b":2,"a":1}"#, 2, &[]);
        check("oops", "oops", 1, &[]);
        check(r#"{"a":1,"a":2}"#, r#"{"a":1,"a":2}"#, 2, &[]);
    }
}
