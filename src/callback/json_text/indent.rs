//! JSON with a line for each value, all of them as written.

use crate::callback::json::{Json, JsonKind, read};

/// Deeper values stay on one line, since the indentation would be most of the text.
const MAX_LEVELS: usize = 64;

/// The body, indented if it is JSON.
pub fn indented(body: &[u8]) -> Vec<u8> {
    let Ok(json) = read(body) else { return body.to_vec() };
    let mut out = String::with_capacity(2 * body.len());
    write(json, 0, &mut out);
    out.into_bytes()
}

fn write(json: Json<'_>, level: usize, out: &mut String) {
    let members = if level < MAX_LEVELS { json.members() } else { Vec::new() };
    if members.is_empty() {
        return out.push_str(json.raw());
    }
    let (open, close) = if json.kind() == JsonKind::Array { ('[', ']') } else { ('{', '}') };
    let line = |level: usize, out: &mut String| {
        out.push('\n');
        out.extend(std::iter::repeat_n("  ", level));
    };
    out.push(open);
    for (nth, (name, value)) in members.into_iter().enumerate() {
        if 0 < nth {
            out.push(',');
        }
        line(level + 1, out);
        if let Some(name) = name {
            out.push_str(name.raw());
            out.push_str(": ");
        }
        write(value, level + 1, out);
    }
    line(level, out);
    out.push(close);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_stay_as_written() {
        let body = br#"{"a":[1.50,{"a":"\u0041"}],"a":{},"b" : [ ]}"#;
        let expected = "{\n  \"a\": [\n    1.50,\n    {\n      \"a\": \"\\u0041\"\n    }\n  ],\n  \
                        \"a\": {},\n  \"b\": [ ]\n}";
        assert_eq!(String::from_utf8_lossy(&indented(body)), expected);
        assert_eq!(indented(b"{\"a\":1,}"), b"{\"a\":1,}");
        let deep = [vec![b'['; 5000], vec![b']'; 5000]].concat();
        assert!(indented(&deep).len() < 30_000);
    }
}
