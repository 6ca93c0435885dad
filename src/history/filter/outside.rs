//! Finds a text in a longer one that begins with a filter, such as a rule.

use std::iter;

use super::term::ends_word;

/// The first place of `needle` that is within no quotes and no pattern of a filter.
pub fn find_outside(text: &str, needle: &str) -> Option<usize> {
    places_outside(text).find(|at| text[*at..].starts_with(needle))
}

/// The places of the characters that are within no quotes and no pattern of a filter; a
/// quote or a pattern is there with its first character. They end at one that is not
/// closed.
pub fn places_outside(text: &str) -> impl Iterator<Item = usize> {
    let mut next = Some(0);
    let mut begins_term = true;
    iter::from_fn(move || {
        let at = next?;
        let rest = &text[at..];
        let char = rest.chars().next()?;
        let skipped = match char {
            '"' => past(rest, 1, '"'),
            'r' | 'R' if begins_term && begins_pattern(rest) => past(rest, "re:/".len(), '/'),
            _ => Some(char.len_utf8()),
        };
        next = skipped.map(|it| at + it);
        begins_term = ends_word(char) || (begins_term && char == '-');
        Some(at)
    })
}

fn begins_pattern(text: &str) -> bool {
    let name = text.get(..2).is_some_and(|it| it.eq_ignore_ascii_case("re"));
    name && (text[2..].starts_with(":/") || text[2..].starts_with("=/"))
}

/// The offset after the next `end` from an offset on that has no backslash before it.
fn past(text: &str, from: usize, end: char) -> Option<usize> {
    let mut escaped = false;
    let found = text[from..].char_indices().find(|(_, it)| {
        let ends = *it == end && !escaped;
        escaped = *it == '\\' && !escaped;
        ends
    });
    found.map(|(at, it)| from + at + it.len_utf8())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotes_and_patterns_are_passed() {
        for (text, found) in [
            ("=>", Some(0)),
            ("a=>b", Some(1)),
            ("code>=1 => x", Some(8)),
            (r#"text:"=>" => x"#, Some(10)),
            (r#""\"=>" => x"#, Some(7)),
            (r"re:/=>/ => x", Some(8)),
            (r"-RE:/\/=>/i => x", Some(12)),
            (r"(re=/=>/) => x", Some(10)),
            (r"more:/=> x", Some(6)),
            (r#""open => x"#, None),
            (r"re:/open => x", None),
            ("小 = > x", None),
        ] {
            assert_eq!(find_outside(text, "=>"), found, "{text}");
        }
    }
}
