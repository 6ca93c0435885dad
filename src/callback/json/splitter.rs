//! Splits well-formed JSON into its parts.

use super::Json;
use super::check;

/// An iterator over the parts of an array or an object: values and names. Since the
/// text is known to be well-formed, only quotes and brackets are examined.
pub(super) struct Splitter<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> Splitter<'a> {
    /// Starts after the opening bracket.
    pub(super) fn inside(json: Json<'a>) -> Self {
        Self { text: json.0, at: 1 }
    }

    /// Starts before a value, which is the only part then.
    pub(super) const fn before(json: Json<'a>) -> Self {
        Self { text: json.0, at: 0 }
    }

    /// The first byte of the next part, or the bracket at the end.
    pub(super) fn peek(&self) -> Option<u8> {
        Some(self.text.as_bytes()[self.next_offset()?])
    }

    /// Enters the next part, an array or an object; its parts follow.
    pub(super) fn enter(&mut self) {
        self.at = self.next_offset().map_or(self.text.len(), |it| it + 1);
    }

    /// The next part; `None` at the closing bracket, which is then passed.
    pub(super) fn next(&mut self) -> Option<Json<'a>> {
        let bytes = self.text.as_bytes();
        let start = self.next_offset()?;
        self.at = match bytes[start] {
            b']' | b'}' => {
                self.at = start + 1;
                return None;
            }
            b'"' => past_string(bytes, start),
            b'{' | b'[' => past_brackets(bytes, start),
            _ => past_scalar(bytes, start),
        };
        self.text.get(start..self.at).map(Json)
    }

    /// Enters the next part if it is an object, and skips it otherwise; returns
    /// whether it was entered. Then its parts follow, up to its closing bracket.
    pub(super) fn enter_object(&mut self) -> Option<bool> {
        let start = self.next_offset()?;
        if self.text.as_bytes()[start] != b'{' {
            return self.next().map(|_| false);
        }
        self.at = start + 1;
        Some(true)
    }

    /// The offset of the next part, or of the bracket at the end.
    fn next_offset(&self) -> Option<usize> {
        let is_separator = |it: &u8| matches!(it, b' ' | b'\t' | b'\n' | b'\r' | b',' | b':');
        let bytes = self.text.as_bytes();
        Some(self.at + bytes.get(self.at..)?.iter().position(|it| !is_separator(it))?)
    }
}

/// The offset after the string that begins at `start`.
fn past_string(bytes: &[u8], start: usize) -> usize {
    check::past_string(bytes, start + 1).unwrap_or(bytes.len())
}

/// The offset after the array or the object that begins at `start`.
fn past_brackets(bytes: &[u8], start: usize) -> usize {
    let (mut at, mut depth) = (start, 0_usize);
    while let Some(&byte) = bytes.get(at) {
        match byte {
            b'"' => at = past_string(bytes, at) - 1,
            b'{' | b'[' => depth += 1,
            b'}' | b']' if depth == 1 => return at + 1,
            b'}' | b']' => depth -= 1,
            _ => {}
        }
        at += 1;
    }
    bytes.len()
}

/// The offset after the number, `true`, `false` or `null` at `start`.
fn past_scalar(bytes: &[u8], start: usize) -> usize {
    let ends = |it: &u8| matches!(it, b' ' | b'\t' | b'\n' | b'\r' | b',' | b']' | b'}');
    bytes[start..].iter().position(ends).map_or(bytes.len(), |it| start + it)
}

#[cfg(test)]
mod tests {
    use std::fmt;

    use proptest::prelude::*;
    use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
    use serde_json::value::RawValue;

    use super::super::{Json, JsonKind, read};

    /// The members of an object as `serde_json` reads them.
    struct Members<'a>(Vec<(&'a RawValue, &'a RawValue)>);

    impl<'de: 'a, 'a> Deserialize<'de> for Members<'a> {
        fn deserialize<D: Deserializer<'de>>(reader: D) -> Result<Self, D::Error> {
            struct AnyObject;
            impl<'a> Visitor<'a> for AnyObject {
                type Value = Members<'a>;
                fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                    f.write_str("an object")
                }
                fn visit_map<A: MapAccess<'a>>(self, mut map: A) -> Result<Members<'a>, A::Error> {
                    let mut members = Vec::new();
                    while let Some(entry) = map.next_entry()? {
                        members.push(entry);
                    }
                    Ok(Members(members))
                }
            }
            reader.deserialize_map(AnyObject)
        }
    }

    /// Any JSON, with any white space.
    fn any_json() -> impl Strategy<Value = String> {
        let space = "[ \t\r\n]{0,2}";
        let string = r#""([a-z小🧧{}\[\],: ]|\\["\\/bfnrt]|\\u[0-9a-fA-F]{4}){0,6}""#;
        let leaf = prop_oneof![
            string,
            "-?(0|[1-9][0-9]{0,20})(\\.[0-9]{1,3})?([eE][+-]?[0-9])?",
            Just("true".to_owned()),
            Just("false".to_owned()),
            Just("null".to_owned())
        ];
        leaf.prop_recursive(4, 40, 5, move |inner| {
            let item = (space, inner.clone(), space).prop_map(|(a, it, b)| a + &it + &b);
            let field = (space, string, space, space, inner, space)
                .prop_map(|(a, name, b, c, it, d)| format!("{a}{name}{b}:{c}{it}{d}"));
            let wrap = |open: char, close: char| {
                move |all: Vec<String>| format!("{open}{}{close}", all.join(","))
            };
            prop_oneof![
                prop::collection::vec(item, 1..5).prop_map(wrap('[', ']')),
                prop::collection::vec(field, 1..5).prop_map(wrap('{', '}')),
                space.prop_map(|it| format!("[{it}]")),
                space.prop_map(|it| format!("{{{it}}}")),
            ]
        })
    }

    /// Compares all parts with those of `serde_json`, recursively.
    fn check_cut(json: Json<'_>) {
        if json.kind() == JsonKind::Array {
            let items: Vec<&RawValue> = serde_json::from_str(json.0).unwrap();
            assert!(
                json.items().into_iter().map(|it| it.0).eq(items.into_iter().map(RawValue::get))
            );
        }
        if json.kind() == JsonKind::Object {
            let cut = json.members().into_iter().map(|(name, it)| (name.unwrap().0, it.0));
            let Members(members) = serde_json::from_str(json.0).unwrap();
            assert!(cut.eq(members.into_iter().map(|(name, it)| (name.get(), it.get()))));
        }
        let fields =
            json.gather(usize::MAX, |all: &mut Vec<_>, name, value| all.push((name, value)));
        assert!(fields.into_iter().eq(json.each_item().map(|it| it.pairs().collect::<Vec<_>>())));
        json.members().into_iter().for_each(|(_, it)| check_cut(it));
    }

    #[test]
    fn elements_of_any_kind_are_gathered_separately() {
        check_cut(read(br#"[1,[{"a":1}],{},{"a":{"b":"]"},"a":2},[[]]]"#).unwrap());
    }

    proptest! {
        #[test]
        fn parts_are_those_of_serde_json(text in any_json()) {
            check_cut(read(text.as_bytes()).unwrap());
        }
    }
}
