//! Redacts a body that is not JSON. Lines and columns stay, so that the place of the
//! error is the same; the error itself has to be that of the original.

/// The body with each letter replaced by a dot and each digit by a 1.
pub(super) fn redact_broken(body: &[u8]) -> Vec<u8> {
    String::from_utf8_lossy(body).chars().map(masked).collect::<String>().into_bytes()
}

fn masked(it: char) -> char {
    match it {
        '0'..='9' => '1',
        _ if it.is_ascii() && !it.is_ascii_alphabetic() => it,
        _ => '•',
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn punctuation_stays_in_its_line_and_column() {
        let redacted = |body| String::from_utf8(redact_broken(body)).unwrap();
        assert_eq!(
            redacted("{\"小明\":\"wang\\n 138\", // mine\n01}".as_bytes()),
            "{\"••\":\"••••\\• 111\", // ••••\n11}"
        );
        assert_eq!(redacted(b"name=\xff\xfewang"), "••••=••••••");
    }
}
