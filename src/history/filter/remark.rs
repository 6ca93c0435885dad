//! What is probably meant otherwise in a filter that has no mistake.

mod without_match;

use std::ops::Range;

use super::kind::{self, Kind};
use super::language::{self, Item};
use super::term::{Term, ends_word};
use super::{Filter, parse};
use crate::callback::lang::localize;
use crate::callback::{Lang, Localized};

/// Letters of a keyword from which on a word can be a misspelling of it; of a type, which
/// is more often an ordinary word.
const LEAST_KEYWORD: usize = 5;
const LEAST_TYPE: usize = 6;
/// Letters of a keyword from which on another letter in a place is a misspelling. Short
/// words with one have meanings of their own: `order`, `older`.
const LONG: usize = 8;
/// What a word of the same meaning ends in, or lacks: `allow`, `robots`.
const ENDINGS: [&str; 5] = ["s", "d", "r", "n", "y"];
/// Words that are near a keyword and no misspelling.
const ORDINARY: [&str; 4] = ["reset", "filed", "steam", "fiend"];

const MARKED: Localized = Localized::new(
    "searches the text `marked`; marks belong to one screen, so filters have none",
    "搜索的是文本 `marked`；标记只属于当前界面，过滤条件中没有",
);
const OVER_MIDNIGHT: Localized = Localized::new(
    "ends before it begins, so it goes over midnight to the next day",
    "终点早于起点：表示跨过午夜，到第二天为止",
);
const UNKNOWN_TYPE: Localized = Localized::new(
    "no known type; it matches callbacks whose column TYPE shows this",
    "未知类型；只匹配类型列显示该词的回调",
);

/// What is probably meant otherwise.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Remark {
    /// Its place in the text, in bytes; empty if that is not known.
    pub at: Range<usize>,
    reason: Reason,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Reason {
    Plain(Localized),
    /// A word that is searched for, and what it is like.
    Near(String, String),
    /// A condition that nothing matches, and one that is probably meant.
    Meant(String, String),
    /// A type that is not known, and one that is.
    Type(&'static str),
    /// A value of `cmd:` that is the label of a command.
    Label(String),
}

impl Remark {
    /// A condition that nothing matches, at a place of a filter, and one that is probably
    /// meant.
    pub const fn meant(at: Range<usize>, written: String, meant: String) -> Self {
        Self { at, reason: Reason::Meant(written, meant) }
    }

    /// The remark as a sentence: lower case, without a final dot.
    pub fn message(&self, lang: Lang) -> String {
        match &self.reason {
            Reason::Plain(text) => text.text(lang).to_owned(),
            Reason::Near(word, near) => localize!(
                lang,
                "searches the text `{word}`; did you mean `{near}`?",
                "搜索的是文本 `{word}`；是否想写 `{near}`？"
            ),
            Reason::Meant(written, meant) => localize!(
                lang,
                "did you mean `{meant}`? nothing matches `{written}`",
                "是否想写 `{meant}`？`{written}` 无匹配"
            ),
            Reason::Type(near) => localize!(
                lang,
                "no known type; did you mean `type:{near}`?",
                "未知类型；是否想写 `type:{near}`？"
            ),
            Reason::Label(label) => localize!(
                lang,
                "no command word has `{label}` in it; did you mean `type:{label}`?",
                "没有含 `{label}` 的回调命令；是否想写 `type:{label}`？"
            ),
        }
    }
}

impl Filter {
    /// What is probably meant otherwise, in the order of the text: words that look like
    /// misspelled keywords, and types that are not known.
    pub fn remarks(&self) -> Vec<Remark> {
        let of_word = |at: Range<usize>| {
            let word = &self.text[at.clone()];
            let near = || after_bar(&self.text, at.start).or_else(|| near(word));
            let reason = match word.eq_ignore_ascii_case("marked") {
                true => Reason::Plain(MARKED),
                false => match after_type(&self.text, at.clone()) {
                    Some(kind) => Reason::Near(word.to_owned(), kind),
                    None => Reason::Near(word.to_owned(), near()?),
                },
            };
            Some(Remark { at, reason })
        };
        let words = parse::plain_words(&self.text).into_iter().filter_map(of_word);
        let types = self.unknown_types().into_iter();
        let types = types.map(|(word, at)| Remark { at, reason: of_type(word) });
        let nights = self.placed(self.expr.names(is_over_midnight)).into_iter();
        let nights = nights.map(|(_, at)| Remark { at, reason: Reason::Plain(OVER_MIDNIGHT) });
        let labels =
            self.unknown_commands().into_iter().filter(|it| Kind::named(&it.value).is_some());
        let labels = labels.map(|it| Remark { at: it.at, reason: Reason::Label(it.value) });
        let mut remarks: Vec<_> = words.chain(types).chain(nights).chain(labels).collect();
        remarks.sort_by_key(|it| it.at.start);
        remarks
    }
}

/// The remark on a type that is not known.
fn of_type(word: &str) -> Reason {
    kind::related_word(word).map_or(Reason::Plain(UNKNOWN_TYPE), Reason::Type)
}

fn is_over_midnight(term: &Term) -> bool {
    matches!(term, Term::Time(it) if it.is_over_midnight())
}

/// The condition that is meant by a word right after a `|` after the value of a field:
/// `type:read|recalled`.
fn after_bar(text: &str, start: usize) -> Option<String> {
    let word = text[start..].split(ends_word).next().unwrap_or_default();
    let mut before = text[..start].strip_suffix('|')?;
    loop {
        let term = before.rsplit(ends_word).next().unwrap_or_default();
        let field = term
            .find([':', '='])
            .filter(|at| language::find_field(term[..*at].trim_start_matches('-')).is_some());
        match field {
            Some(at) => return Some(format!("{}{word}", term[..=at].trim_start_matches('-'))),
            None => before = before[..before.len() - term.len()].strip_suffix('|')?,
        }
        if term.is_empty() {
            return None;
        }
    }
}

/// The type of two words, of which the second one is at a place: `type:read all`.
fn after_type(text: &str, at: Range<usize>) -> Option<String> {
    let before = text[..at.start].strip_suffix(' ')?;
    let term = before.rsplit(ends_word).next().unwrap_or_default();
    let (name, first) = term.split_once([':', '='])?;
    let is_type = language::find_field(name.trim_start_matches('-')) == Some(Item::Type);
    let words = format!("{first} {}", &text[at]);
    let is_known = is_type && !first.is_empty() && Kind::named(&words).is_some();
    is_known.then(|| format!("type:\"{words}\""))
}

/// Traditional characters of the words in Chinese, and below them the simplified ones.
const TRADITIONAL: [&str; 2] = [
    "敗絕讀復複異亂僅線後調許變寫棄無機發問題處過圖語聲頻視檔義訊訂號單閱執遲",
    "败绝读复复异乱仅线后调许变写弃无机发问题处过图语声频视档义讯订号单阅执迟",
];

fn simplified(word: &str) -> String {
    let [traditional, simplified] = TRADITIONAL;
    let pair = |char: char| {
        let nth = traditional.chars().position(|it| it == char);
        nth.and_then(|it| simplified.chars().nth(it)).unwrap_or(char)
    };
    word.chars().map(pair).collect()
}

/// The keyword or type that a word in traditional characters, or with `已` or `被` before
/// it, means.
fn near_in_chinese(word: &str) -> Option<String> {
    let simple = simplified(word);
    let parts = [Some(&*simple), simple.strip_prefix('已'), simple.strip_prefix('被')];
    let mut others = parts.into_iter().flatten().filter(|it| *it != word);
    others.find_map(|it| match language::find_keyword(it) {
        Some(_) => Some(it.to_owned()),
        None => Kind::named(it).map(|_| format!("type:{it}")),
    })
}

/// The keyword or type of which a word is probably a misspelling: with a letter too many or
/// too few, or two in the wrong order.
fn near(word: &str) -> Option<String> {
    if !word.is_ascii() {
        return near_in_chinese(word);
    }
    let word = word.to_ascii_lowercase();
    let is_word = word.bytes().all(|it| it.is_ascii_lowercase());
    if !is_word || ORDINARY.contains(&&*word) {
        return None;
    }
    let keyword = language::keywords().find(|it| is_misspelled(&word, it, LEAST_KEYWORD));
    let mut kinds = kind::words().filter(|it| it.bytes().all(|it| it.is_ascii_lowercase()));
    let mut kind = || kinds.find(|it| is_misspelled(&word, it, LEAST_TYPE));
    keyword.map(str::to_owned).or_else(|| Some(format!("type:{}", kind()?)))
}

fn is_misspelled(word: &str, known: &str, least: usize) -> bool {
    let (short, long) = if word.len() < known.len() { (word, known) } else { (known, word) };
    let is_near = least <= known.len()
        && LEAST_KEYWORD <= word.len()
        && long.len() - short.len() <= 1
        && word.as_bytes().first() == known.as_bytes().first()
        && strsim::osa_distance(word, known) == 1;
    let letters = |it: &str| {
        let mut letters = it.as_bytes().to_vec();
        letters.sort_unstable();
        letters
    };
    let is_other_letter = || long.len() == short.len() && letters(long) != letters(short);
    let is_form = || long.strip_prefix(short).is_some_and(|it| ENDINGS.contains(&it));
    is_near && !is_form() && (LONG <= known.len() || !is_other_letter())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn remarks(text: &str) -> Vec<(String, String)> {
        let filter = Filter::parse(text).unwrap();
        let found = filter.remarks().into_iter();
        found.map(|it| (text[it.at.clone()].to_owned(), it.message(Lang::En))).collect()
    }

    #[test]
    fn a_word_that_is_nearly_a_keyword_has_a_remark() {
        for (word, near) in [
            ("befor", "before"),
            ("Deined", "denied"),
            ("recaled", "type:recalled"),
            ("falied", "failed"),
            ("droped", "dropped"),
            ("duplicete", "duplicate"),
            ("reciept", "type:receipt"),
        ] {
            let text = format!("-(odd | {word})");
            let message = format!("searches the text `{word}`; did you mean `{near}`?");
            assert_eq!(remarks(&text), [(word.to_owned(), message)]);
        }
        for text in ["\"befor\"", "text:befor", "before", "befor2", "befo", "re:/befor/"] {
            assert_eq!(remarks(text), [], "{text}");
        }
    }

    #[test]
    fn an_ordinary_word_has_no_remark() {
        // Those of the 1,000 most common words that are within two letters of a keyword or
        // a type, and forms of these.
        let words = "form order later large after other offer water read red road real ready \
            robot root late date rate plate allow allows change changes charge chance charged \
            denies drop drops refuse broken broke token trouble double present recent resend \
            reset valid online inline outline partial martial folder holder field filed fail \
            fails sailed state start stage stream steam image images message friend friends \
            create creates update updates check checks custom customs customer profile profit \
            signal single follow fellow official office battle bottle block black room rooms \
            location locations locating sound round ground found file files life video join \
            point edit credit quota quote push call called calls seats states receive receiver";
        for word in words.split_whitespace() {
            assert_eq!(remarks(&format!("\u{3000}{word} {word}")), [], "{word}");
        }
    }

    #[test]
    fn what_a_filter_cannot_know_has_a_remark() {
        let found = remarks("marked type:Poll.Started");
        assert_eq!(found.iter().map(|it| &*it.0).collect::<Vec<_>>(), ["marked", "type"]);
        assert!(found[0].1.contains("marks belong") && found[1].1.contains("no known type"));
    }
}
