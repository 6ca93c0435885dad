//! Words and forms of other languages of filters, which mean nothing here.

use super::language;
use super::width::JOINED;
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

/// What is written in place of a second `|`.
pub(super) const ONE_BAR: Localized = Localized::new("or is written with one |", "“或”只写一个 |");

/// What is written in place of a word of another language.
pub(super) fn in_place_of(word: &str) -> Option<Localized> {
    let is = |it: &&str| it.eq_ignore_ascii_case(word);
    let words: [(&[&str], Localized); 5] = [
        (&["and", "&&", "&", "且", "与", "并且", "和"], AND),
        (&["or", "或", "或者"], OR),
        (&["not", "!", "非"], NOT),
        (&["*", "**", "%"], ANY),
        (&["=", "=="], EQUALS),
    ];
    let found = words.into_iter().find(|(words, _)| words.iter().any(is)).map(|(_, text)| text);
    found.or_else(|| is_list(word).then_some(JOINED))
}

/// Whether a word is a list of conditions: one of them is a keyword, or has a field.
fn is_list(word: &str) -> bool {
    let mut parts = word.split([',', ';', '、']);
    let has_field = |it: &str| {
        let name = it.find([':', '=', '<', '>']).map(|at| &it[..at]);
        name.and_then(language::find_field).is_some()
    };
    word.contains([',', ';', '、'])
        && parts.any(|it| language::find_keyword(it).is_some() || has_field(it))
}

/// The condition that a word of another language stands for; `text` begins with the word.
pub(super) fn condition(word: &str, text: &str) -> Option<String> {
    if let Some(negated) = word.strip_prefix('!') {
        return Some(format!("-{}", negated.trim_start_matches('!')));
    }
    if word.contains("&&") {
        let parts: Vec<_> = word.split("&&").filter(|it| !it.is_empty()).collect();
        return Some(parts.join(" "));
    }
    in_single_quotes(text).or_else(|| without_stars(word))
}

/// The value of a field that is meant by a value of another language; `text` begins with it.
pub(super) fn value(value: &str, text: &str) -> Option<String> {
    let plain = value.trim_start_matches(['=', '~', '>', '<']);
    let is_operator = plain.len() < value.len() && !plain.is_empty();
    let in_quotes = || in_single_quotes(text).or_else(|| without_stars(value));
    if is_operator { Some(plain.to_owned()) } else { in_quotes() }
}

/// The condition that is meant by a range of another language, or by two comparisons with
/// one name: `20006..20007`, `20000<30000` after a name and an operator.
pub(super) fn bounds(name: &str, operator: &str, value: &str) -> Option<String> {
    let both = |separators: &[&str]| {
        let found = separators.iter().find_map(|it| value.split_once(it));
        found.filter(|(low, high)| !low.is_empty() && !high.is_empty())
    };
    if let Some((low, high)) = both(&["...", "..", "…", "–", "—", "~", "至", "到"]) {
        return Some(format!("{name}:{low}-{high}"));
    }
    let next = value.find(['<', '>']).filter(|it| *it > 0)?;
    let (first, second) = value.split_at(next);
    let has_number = second.contains(|it: char| it.is_ascii_digit());
    has_number.then(|| format!("{name}{operator}{first} {name}{second}"))
}

/// The conditions that are meant by several values after the name of a field and its
/// operator.
pub(super) fn several<'t>(prefix: &str, values: impl Iterator<Item = &'t str>) -> String {
    let all: Vec<_> =
        values.filter(|it| !it.is_empty()).map(|it| format!("{prefix}{it}")).collect();
    all.join(" | ")
}

fn in_single_quotes(text: &str) -> Option<String> {
    let inner = text.strip_prefix('\'')?;
    let inner = &inner[..inner.find('\'')?];
    (!inner.is_empty()).then(|| format!("\"{inner}\""))
}

fn without_stars(word: &str) -> Option<String> {
    let plain = word.trim_matches('*');
    (plain.len() < word.len() && !plain.is_empty()).then(|| plain.to_owned())
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

/// The fields of the query of a call that a field of the language names.
pub(super) const QUERY_FIELDS: [&str; 3] = ["SdkAppid", "OptPlatform", "ClientIP"];

/// The field that has the value of a field of the body or of the query.
pub(super) fn protocol_field(name: &str) -> Option<&'static str> {
    const FIELDS: [(&str, &str); 12] = [
        ("From_Account", "from"),
        ("Operator_Account", "from"),
        ("To_Account", "to"),
        ("GroupId", "to"),
        ("CallbackCommand", "cmd"),
        ("MsgKey", "key"),
        ("ErrorInfo", "info"),
        ("SendMsgResult", "code"),
        ("UnreadMsgNum", "unread"),
        ("SdkAppid", "app"),
        ("OptPlatform", "platform"),
        ("ClientIP", "ip"),
    ];
    let is = |(it, _): &(&str, &str)| it.eq_ignore_ascii_case(name);
    FIELDS.into_iter().find(is).map(|(_, field)| field)
}
