//! Words of other languages of filters, which mean nothing here.

use crate::callback::Localized;

const AND: Localized = Localized::new(
    "a space is and; in quotes this is searched as text",
    "空格即表示“与”；若要搜索该文本，请加引号",
);
const OR: Localized = Localized::new(
    "or is written |; in quotes this is searched as text",
    "“或”写作 |；若要搜索该文本，请加引号",
);
const NOT: Localized = Localized::new(
    "not is written - right before a term; in quotes this is searched as text",
    "“非”写作紧挨条件的 -；若要搜索该文本，请加引号",
);
const ANY: Localized = Localized::new(
    "a word is found anywhere without *; in quotes this is searched as text",
    "文字无需 * 即可在任意位置匹配；若要搜索该文本，请加引号",
);
const EQUALS: Localized = Localized::new(
    "= stands right after a field, as in from=jared; in quotes this is searched as text",
    "= 需紧跟在字段之后，例如 from=jared；若要搜索该文本，请加引号",
);

/// What is written in place of a word of another language.
pub(super) fn in_place_of(word: &str) -> Option<Localized> {
    let is = |it: &&str| it.eq_ignore_ascii_case(word);
    let words: [(&[&str], Localized); 5] = [
        (&["and", "&&", "&"], AND),
        (&["or"], OR),
        (&["not", "!"], NOT),
        (&["*", "**", "%"], ANY),
        (&["=", "=="], EQUALS),
    ];
    words.into_iter().find(|(words, _)| words.iter().any(is)).map(|(_, text)| text)
}

/// The field that a word of another language names.
pub(super) fn field(name: &str) -> Option<&'static str> {
    const FIELDS: [(&str, &str); 16] = [
        ("time", "at"),
        ("date", "at"),
        ("age", "since"),
        ("after", "since"),
        ("until", "before"),
        ("msgtime", "sent"),
        ("sender", "from"),
        ("receiver", "to"),
        ("group", "to"),
        ("command", "cmd"),
        ("error", "code"),
        ("result", "code"),
        ("reason", "info"),
        ("message", "text"),
        ("addr", "ip"),
        ("latency", "took"),
    ];
    let is = |(it, _): &(&str, &str)| it.eq_ignore_ascii_case(name);
    FIELDS.into_iter().find(is).map(|(_, field)| field)
}
