//! The words that the text of a filter can go on with.

use super::language::TABLE;
use super::term::ends_word;
use crate::callback::Lang;

/// The place where the last word of an unfinished text begins, and the words that can
/// stand there: keywords and the names of fields, none in quotes.
pub fn words(text: &str) -> (usize, Vec<String>) {
    if text.matches('"').count() % 2 == 1 {
        return (text.len(), Vec::new());
    }
    let start = text.rfind(ends_word).map_or(0, |it| text.ceil_char_boundary(it + 1));
    let start = text.len() - text[start..].trim_start_matches('-').len();
    (start, TABLE.iter().filter_map(|it| it.typed(Lang::En)).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_word_begins_after_what_ends_words() {
        for (text, typed) in [
            ("", ""),
            ("fr", "fr"),
            ("odd fr", "fr"),
            ("odd\u{3000}fr", "fr"),
            ("-(odd|-fr", "fr"),
            ("\"a b\"", ""),
        ] {
            assert_eq!(&text[words(text).0..], typed, "{text}");
        }
        assert!(words("fr").1.contains(&"from:".to_owned()));
        assert!(words("fr").1.contains(&"older".to_owned()));
        assert_eq!(words("text:\"fr").1, [""; 0]);
    }
}
