//! The words that the text of a filter can go on with.

use super::field::FIELDS;
use super::keyword::keywords;
use super::number::NUMERIC_FIELDS;
use super::term::ends_word;

/// The place where the last word of an unfinished text begins, and the words that can
/// stand there: keywords and the names of fields, none in quotes.
pub fn words(text: &str) -> (usize, Vec<String>) {
    if text.matches('"').count() % 2 == 1 {
        return (text.len(), Vec::new());
    }
    let start = text.rfind(ends_word).map_or(0, |it| text.ceil_char_boundary(it + 1));
    let start = text.len() - text[start..].trim_start_matches('-').len();
    let fields = FIELDS.iter().map(|(it, _)| *it).chain(["type"]);
    let numbers = NUMERIC_FIELDS.iter().map(|it| it.name().to_owned());
    (
        start,
        fields
            .map(|it| format!("{it}:"))
            .chain(numbers)
            .chain(keywords().map(str::to_owned))
            .collect(),
    )
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
