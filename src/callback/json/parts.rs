//! Reads JSON at all levels in a single pass.

use super::Json;
use super::splitter::Splitter;

/// A part of JSON.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part<'a> {
    /// The beginning of an array or an object, whose parts follow.
    Open,
    /// The end of the innermost array or object.
    Close,
    /// The name of the field whose value follows, as written.
    Name(Json<'a>),
    /// A value without parts, or one that is too deep to be opened.
    Value(Json<'a>),
}

/// An iterator over the parts of JSON in the order of the text.
pub(super) struct Parts<'a> {
    splitter: Splitter<'a>,
    max_levels: usize,
    /// For each open array or object, the outermost first, whether it is an object.
    open: Vec<bool>,
    is_after_name: bool,
}

impl<'a> Parts<'a> {
    /// Opens arrays and objects to a maximum depth.
    pub(super) const fn of(json: Json<'a>, max_levels: usize) -> Self {
        let splitter = Splitter::before(json);
        Self { splitter, max_levels, open: Vec::new(), is_after_name: false }
    }
}

impl<'a> Iterator for Parts<'a> {
    type Item = Part<'a>;

    fn next(&mut self) -> Option<Part<'a>> {
        let is_name = !self.is_after_name && self.open.last() == Some(&true);
        self.is_after_name = false;
        let bracket = self.splitter.peek()?;
        if matches!(bracket, b'{' | b'[') && self.open.len() < self.max_levels {
            self.splitter.enter();
            self.open.push(bracket == b'{');
            return Some(Part::Open);
        }
        let Some(json) = self.splitter.next() else {
            self.open.pop();
            return Some(Part::Close);
        };
        self.is_after_name = is_name;
        Some(if is_name { Part::Name(json) } else { Part::Value(json) })
    }
}

#[cfg(test)]
mod tests {
    use super::super::read;
    use super::*;

    fn parts(body: &str, max_levels: usize) -> String {
        let json = read(body.as_bytes()).unwrap();
        let text = |part| match part {
            Part::Open => "(".to_owned(),
            Part::Close => ")".to_owned(),
            Part::Name(name) => format!("{}:", name.raw()),
            Part::Value(value) => format!("{} ", value.raw()),
        };
        json.parts(max_levels).map(text).collect()
    }

    #[test]
    fn parts_come_in_the_order_of_the_text() {
        let body = r#" {"a":[1, {} ,"x]"],"b":{"c":[[]]}, "d" : null} "#;
        assert_eq!(parts(body, 9), r#"("a":(1 ()"x]" )"b":("c":(()))"d":null )"#);
        assert_eq!(parts(body, 2), r#"("a":(1 {} "x]" )"b":("c":[[]] )"d":null )"#);
        assert_eq!(parts(body, 0), format!("{} ", body.trim()));
        assert_eq!(parts(" 7 ", 9), "7 ");
    }
}
