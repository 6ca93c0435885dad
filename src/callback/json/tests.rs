//! Tests of reading JSON.

use super::*;

#[test]
fn values_are_slices_of_the_body() {
    let body = br#" {"a": [1.50, "x\u0041"], "a": null} "#;
    let json = read(body).unwrap();
    let fields = json.fields();
    assert_eq!(fields.len(), 2, "duplicates are kept");
    let items = fields[0].1.items();
    assert_eq!(items[0].raw(), "1.50", "digits are kept");
    assert_eq!(items[1].as_str().unwrap(), "xA");
    assert_eq!(items[0].offset_in(body), 8);
    assert_eq!(json.get("a").unwrap().kind(), JsonKind::Null, "the last duplicate counts");
}

#[test]
fn the_first_value_of_a_text_ends_where_it_ends() {
    for (text, first) in [
        ("1.50, 2", "1.50"),
        (" \"a\\\",\" b", "\"a\\\",\""),
        ("{\"a\":[1]}x", "{\"a\":[1]}"),
        ("null", "null"),
    ] {
        assert_eq!(read_first(text).unwrap().raw(), first);
    }
    for (text, offset) in [("", 0), (" ", 1), ("x", 0), ("{\"a\":1", 6), ("[1 2]", 3)] {
        assert_eq!(read_first(text).unwrap_err().offset, offset, "{text}");
    }
}

#[test]
fn names_are_compared_with_escapes_decoded() {
    let json = read(br#"{"a\u0062":1,"\ud83e":2,"ab":"\u0061"}"#).unwrap();
    let (names, values): (Vec<_>, Vec<_>) = json.pairs().unzip();
    assert!(names[0].is("ab") && names[2].is("ab") && !names[0].is("a"));
    assert!(names[1].is("\\ud83e"), "half of a pair stays as written");
    assert!(values[2].is("a") && !values[0].is("1"), "only strings are texts");
    assert_eq!(json.get("ab"), Some(values[2]));
}

#[test]
fn the_fields_of_a_body_are_those_of_its_json() {
    let deep = format!("{{\"a\":1,\"b\":{}{}}}", "[".repeat(200), "]".repeat(200));
    for body in [r#"{"a":{"b":1}, "c" : "d" }"#, "[1]", "null", &deep] {
        let (json, fields) = read_fields(body.as_bytes()).unwrap();
        assert_eq!((json, fields), (read(body.as_bytes()).unwrap(), json.fields()));
        let mut each = Fields::new();
        let read = read_each(body.as_bytes(), |name, value| each.push((name, value)));
        assert!(read == Ok(json) && each.ends_with(&json.fields()), "{body}");
    }
    assert_eq!(read_fields(b"{\"a\":1,}"), Err(read(b"{\"a\":1,}").unwrap_err()));
}

#[test]
fn a_hundred_thousand_levels_are_read() {
    let body = [vec![b'['; 100_000], vec![b']'; 100_000]].concat();
    assert_eq!(read(&body).unwrap().items().len(), 1);
}
