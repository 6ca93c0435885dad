//! The signs, words and figures on the screen.

use super::{Section, Term};
use crate::callback::decision::Decision;
use crate::callback::{Lang, Localized};
use crate::dashboard::pane::{callback_row, decision, unread};
use crate::dashboard::words;
use crate::history::filter::language::{Group, TABLE};
use crate::history::sign;

/// Signs that no word of filters stands for, what may follow them, and what they mean.
const OTHER_SIGNS: [(&str, &str, Localized); 3] = [
    (callback_row::MARKED, "", words::SIGN_MARKED),
    (decision::DENIED, "120001", words::SIGN_DENIED),
    (unread::DOUBTFUL, "4", words::SIGN_DOUBTFUL),
];

/// Words and figures on the screen that are no words of filters.
const TERMS: [(Localized, Localized); 7] = [
    (words::LAG, words::TERM_LAG),
    (words::TERM_QUANTILES, words::TERM_QUANTILES_MEANING),
    (words::DUPLICATES, words::TERM_DUPLICATES),
    (words::KEPT, words::TERM_KEPT),
    (words::TERM_BARS, words::TERM_BARS_MEANING),
    (words::TERM_SEVERAL, words::TERM_SEVERAL_MEANING),
    (words::TERM_RELAY, words::TERM_RELAY_MEANING),
];

/// The signs and results of callbacks with the keywords of filters, the other signs, and
/// words and figures.
pub fn signs(lang: Lang) -> Vec<Section> {
    let keywords = TABLE.iter().filter(|it| it.group() == Group::Keywords);
    let keywords = keywords.map(|it| {
        Term::new(format!("{:1} {}", it.sign, it.name.text(lang)), it.meaning.text(lang))
    });
    let others = OTHER_SIGNS
        .iter()
        .map(|(sign, after, meaning)| Term::new(format!("{sign}{after}"), meaning.text(lang)));
    let replaces_app = [Decision::Allowed.label().text(lang), sign::TROUBLE].join(" ");
    let others = others.chain([Term::new(replaces_app, words::SIGN_REPLACES_APP.text(lang))]);
    let words = TERMS.iter().map(|(name, meaning)| Term::new(name.text(lang), meaning.text(lang)));
    vec![
        Section { heading: words::LEGEND, terms: keywords.collect() },
        Section { heading: words::OTHER_SIGNS, terms: others.collect() },
        Section { heading: words::TERMS, terms: words.collect() },
    ]
}
