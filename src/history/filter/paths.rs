//! The paths of the fields of a body, as filters have them.

pub use super::payload::{in_quotes, step};
use crate::callback::json::{self, Json, JsonKind};

/// Names of a path, those in JSON in strings included.
const MAX_DEPTH: usize = 16;
/// Elements of an array that are read; all others mostly have the same fields.
const ELEMENTS: usize = 8;
/// The length in bytes from which on a body is not read for its paths.
const MAX_BODY: usize = 64 << 10;

/// Takes the path of each field of a body, in its order; that of a field of an array's
/// elements is the same for all of them: `.MsgBody.MsgType`.
pub fn of_body(body: &[u8], take: &mut impl FnMut(&str)) {
    if body.len() < MAX_BODY
        && let Ok(value) = json::read(body)
    {
        visit(value, &mut String::new(), MAX_DEPTH, take);
    }
}

fn visit(value: Json<'_>, path: &mut String, depth: usize, take: &mut impl FnMut(&str)) {
    if depth == 0 {
        return;
    }
    match value.kind() {
        JsonKind::Object => {
            for (name, value) in value.pairs() {
                let Some(name) = name.as_str() else { continue };
                let length = path.len();
                path.push('.');
                path.push_str(&step(&name));
                take(path);
                visit(value, path, depth - 1, take);
                path.truncate(length);
            }
        }
        JsonKind::Array => {
            let elements = value.each_item().take(ELEMENTS);
            for it in elements.filter(|it| it.kind() == JsonKind::Object) {
                visit(it, path, depth, take);
            }
        }
        JsonKind::String => {
            let text = value.as_str().unwrap_or_default();
            if text.starts_with(['{', '['])
                && let Ok(inner) = json::read(text.as_bytes())
            {
                visit(inner, path, depth, take);
            }
        }
        _ => {}
    }
}

/// A path with what is typed of it before its last step, if it goes on there:
/// `.MsgBody[0].MsgType` for `.MsgBody[0].M`.
pub fn as_typed(path: &str, typed: &str) -> Option<String> {
    let head = &typed[..typed.rfind('.').unwrap_or(0)];
    let mut plain = String::new();
    for (nth, part) in head.split('[').enumerate() {
        plain.push_str(if nth == 0 { part } else { part.split_once(']')?.1 });
    }
    let rest = path.strip_prefix(&*plain)?;
    rest.starts_with('.').then(|| format!("{head}{rest}"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::history::filter::Filter;

    fn paths(body: &str) -> Vec<String> {
        let mut found = Vec::new();
        of_body(body.as_bytes(), &mut |it: &str| found.push(it.to_owned()));
        found
    }

    #[test]
    fn each_field_has_a_path_that_a_filter_finds_it_by() {
        let body = r#"{"a":[{"b":1},{"c":[[2]]},3],"s":"{\"x y\":{\"1\":null}}","":0}"#;
        let found = paths(body);
        let expected = [".a", ".a.b", ".a.c", ".s", ".s.\"x y\"", ".s.\"x y\".\"1\"", ".\"\""];
        assert_eq!(found, expected);
        assert!(found.iter().all(|it| Filter::parse(it).is_ok()));
        assert!(paths("no JSON").is_empty() && paths(&"[".repeat(99)).is_empty());
        assert!(paths(&format!("{{\"a\":\"{}\"}}", " ".repeat(MAX_BODY))).is_empty());
    }

    #[test]
    fn what_is_typed_before_the_last_step_stays() {
        for (typed, expected) in [
            (".", Some(".a.b")),
            (".a.", Some(".a.b")),
            (".a[0].b", Some(".a[0].b")),
            (".a[].", Some(".a[].b")),
            (".c.", None),
            (".a[0.", None),
        ] {
            assert_eq!(as_typed(".a.b", typed).as_deref(), expected, "{typed}");
        }
    }
}
