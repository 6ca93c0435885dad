//! Steps of JSON pointers (RFC 6901).

/// A field's name as a step of a JSON pointer: `~` and `/` escaped.
pub fn escape(name: &str) -> String {
    name.replace('~', "~0").replace('/', "~1")
}

/// The name of a field from a step of a JSON pointer.
pub fn unescape(step: &str) -> String {
    step.replace("~1", "/").replace("~0", "~")
}

/// Whether a step can be the name of a field: after each `~` is 0 or 1.
pub fn is_step(step: &str) -> bool {
    step.split('~').skip(1).all(|it| it.starts_with(['0', '1']))
}

/// The index of an element from a step of a JSON pointer: digits without a leading zero.
pub fn index(step: &str) -> Option<usize> {
    let is_digits = step.bytes().all(|it| it.is_ascii_digit());
    let is_index = is_digits && (step == "0" || !step.starts_with('0'));
    step.parse().ok().filter(|_| is_index)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tilde_and_slash_are_escaped() {
        assert_eq!(escape("a/b~1"), "a~1b~01");
        assert_eq!(unescape("a~1b~01"), "a/b~1");
        assert!(["", "a~1b~01", "~0"].into_iter().all(is_step));
        assert!(!["~", "a~", "~2", "~~0", "~小"].into_iter().any(is_step));
    }

    #[test]
    fn an_index_has_no_sign_and_no_leading_zero() {
        let found =
            ["0", "10", "", "-", "+0", "-1", "00", "01", "0x1", "１", "99999999999999999999"]
                .map(index);
        let none = [None; 9];
        assert_eq!(found[..2], [Some(0), Some(10)]);
        assert_eq!(found[2..], none);
    }
}
