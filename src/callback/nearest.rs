//! The known word that a misspelled one is most like.

/// The greatest distance at which a short word is taken for a misspelling of another.
const MAX_DISTANCE: usize = 2;

/// The word of `known` that is a few letters from `word`, in any letter case: one or two,
/// of long words a sixth of them. Of several, one that begins alike.
pub fn nearest(word: &str, known: impl IntoIterator<Item = &'static str>) -> Option<&'static str> {
    let word = word.to_ascii_lowercase();
    let first = word.bytes().next();
    let length = word.chars().count();
    let allowed = |it: &str| MAX_DISTANCE.max(it.len() / 6).min(it.len() / 2);
    let distance = |it: &'static str| {
        // Words whose lengths differ by more are no nearer.
        let is_near = it.len().abs_diff(length) <= allowed(it);
        let distance = is_near.then(|| strsim::osa_distance(&word, &it.to_ascii_lowercase()))?;
        let begins_alike = it.as_bytes().first().map(u8::to_ascii_lowercase) == first;
        (distance <= allowed(it)).then_some((distance, !begins_alike, it))
    };
    known.into_iter().filter_map(distance).min().map(|(_, _, it)| it)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_word_is_a_few_letters_away() {
        let known = ["deny", "allow", "x", "ext", "text", "C2C.CallbackBeforeSendMsg"];
        for (word, expected) in [
            ("dney", Some("deny")),
            ("Txt", Some("text")),
            ("Alow", Some("allow")),
            ("C2C.CallbackBeforSentMsg", Some("C2C.CallbackBeforeSendMsg")),
            ("c2c.callbackbeforesend", Some("C2C.CallbackBeforeSendMsg")),
            ("C2C.CallbackBefore", None),
            ("potato", None),
            ("y", None),
            ("小小小小", None),
            ("", None),
        ] {
            assert_eq!(nearest(word, known), expected, "{word}");
        }
        assert_eq!(nearest(&"deny".repeat(100_000), known), None);
    }
}
