//! Escaping for JSON pointers (RFC 6901).

/// A field's name as a step of a JSON pointer: `~` and `/` escaped.
pub fn escape(name: &str) -> String {
    name.replace('~', "~0").replace('/', "~1")
}

/// The name of a field from a step of a JSON pointer.
pub fn unescape(step: &str) -> String {
    step.replace("~1", "/").replace("~0", "~")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tilde_and_slash_are_escaped() {
        assert_eq!(escape("a/b~1"), "a~1b~01");
        assert_eq!(unescape("a~1b~01"), "a/b~1");
    }
}
