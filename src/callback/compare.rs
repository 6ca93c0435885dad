//! Compares two bodies field by field.

use std::collections::HashMap;

use super::json::{Json, read};
use super::json_pointer;
use super::json_text::readable;

/// A field that differs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// Its JSON pointer.
    pub pointer: String,
    /// The value in the first body, readable; `None` if missing.
    pub first: Option<String>,
    /// The value in the second body, readable; `None` if missing.
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

/// Compares two bodies. A body that is not JSON is a single field. Strings are compared
/// with their escapes decoded, all other values as written.
pub fn compare(first: &[u8], second: &[u8]) -> Comparison {
    let (first, second) = (leaves(first), leaves(second));
    let mut rest: HashMap<&str, &Leaf> =
        second.iter().map(|(pointer, leaf)| (pointer.as_str(), leaf)).collect();
    let mut comparison = Comparison::default();
    for (pointer, leaf) in &first {
        match rest.remove(pointer.as_str()) {
            Some(other) if other.value == leaf.value => comparison.same += 1,
            other => comparison.differences.push(Difference {
                pointer: pointer.clone(),
                first: Some(leaf.shown.clone()),
                second: other.map(|it| it.shown.clone()),
            }),
        }
    }
    for (pointer, leaf) in &second {
        if rest.remove(pointer.as_str()).is_some() {
            comparison.differences.push(Difference {
                pointer: pointer.clone(),
                first: None,
                second: Some(leaf.shown.clone()),
            });
        }
    }
    comparison
}

/// A value without members.
struct Leaf {
    /// What is compared: a string decoded, with a quotation mark before it, which no other
    /// value begins with; any other value as written.
    value: String,
    /// What is shown.
    shown: String,
}

impl Leaf {
    fn of(json: Json<'_>) -> Self {
        let decoded = json.as_str().map(|it| format!("\"{it}"));
        Self {
            value: decoded.unwrap_or_else(|| json.raw().to_owned()),
            shown: readable(json.raw()).into_owned(),
        }
    }
}

/// Pointer and value of every value without members; duplicates of a pointer are
/// numbered.
fn leaves(body: &[u8]) -> Vec<(String, Leaf)> {
    let Ok(json) = read(body) else {
        let text = String::from_utf8_lossy(body).into_owned();
        return vec![(String::new(), Leaf { value: text.clone(), shown: text })];
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
            leaves.push((pointer, Leaf::of(json)));
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
    fn strings_are_compared_and_shown_with_their_escapes_decoded() {
        check(
            r#"{"a":"红包","b":"\u7ea2"}"#,
            r#"{"a":"\u7ea2\u5305","b":"\u5305"}"#,
            1,
            &[r#"/b "红" "包""#],
        );
        check(r#"["1",2]"#, r"[1,2.0]", 0, &[r#"/0 "1" 1"#, "/1 2 2.0"]);
    }

    #[test]
    fn order_makes_no_difference() {
        check(r#"{"a":1,"b":2}"#, r#"{"b":2,"a":1}"#, 2, &[]);
        check("oops", "oops", 1, &[]);
        check(r#"{"a":1,"a":2}"#, r#"{"a":1,"a":2}"#, 2, &[]);
    }
}
