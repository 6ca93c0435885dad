//! What the column TYPE shows of a callback, in a word or two.

use super::command::When;
use super::decode::Callback;
use super::json::BROKEN;
use super::json_text::one_line;
use super::lang::{Lang, Localized};
use super::message::ElementType;
use super::oddity::Oddity;

/// After the type of a message that is not sent yet.
const ASKED: Localized = Localized::new("?", "？");
/// Before the type of a message to a robot.
const TO_ROBOT: Localized = Localized::new("bot ", "Bot ");
/// After a text that is cut.
const CUT: char = '…';

impl Callback<'_> {
    /// The type of the callback in a word or two: that it is broken, an unknown command
    /// word, else the type of the message's first element, else the label of the command.
    /// That of a message that is not sent yet is a question.
    pub fn type_label(&self, lang: Lang) -> String {
        match (self.elements.as_slice(), self.command) {
            _ if self.is_broken() => BROKEN.text(lang).to_owned(),
            (_, None) if !self.word.is_empty() => one_line(&self.word),
            ([], None) => self.product_label(),
            ([], Some(command)) => command.label.text(lang).to_owned(),
            (_, Some(command)) if self.is_edit() => command.label.text(lang).to_owned(),
            ([first, rest @ ..], _) => {
                let label = match first.kind {
                    ElementType::Other if !first.word.is_empty() => one_line(&first.word),
                    kind => kind.label().text(lang).to_owned(),
                };
                let label = match rest.len() {
                    0 => label,
                    more => format!("{label}+{more}"),
                };
                match self.when() {
                    When::Before => label + ASKED.text(lang),
                    When::After if self.is_to_robot() => TO_ROBOT.text(lang).to_owned() + &label,
                    When::After => label,
                }
            }
        }
    }

    /// The type of a callback without a command word: the product it is of.
    fn product_label(&self) -> String {
        let label = self.oddities.iter().find_map(|it| match it {
            Oddity::TrtcEvent => Some("TRTC".to_owned()),
            Oddity::Conferencing(command) => Some(one_line(command)),
            _ => None,
        });
        label.unwrap_or_else(|| "?".to_owned())
    }
}

/// A text of the column, as it can be made of a type.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Parts<'t> {
    /// The word without what is added to it.
    pub word: &'t str,
    /// Whether it is a message to a robot.
    pub is_to_robot: bool,
    /// Whether the message is not sent yet.
    pub is_asked: bool,
    /// Whether the number of further elements is added.
    pub has_number: bool,
}

impl<'t> Parts<'t> {
    /// Takes a text of the column apart, in any language and letter case.
    pub fn of(text: &'t str) -> Self {
        let both = |it: Localized| [it.en, it.zh];
        let begins =
            |it: &&str| text.get(..it.len()).is_some_and(|start| start.eq_ignore_ascii_case(it));
        let robot = both(TO_ROBOT).into_iter().find(begins).map(|it| &text[it.len()..]);
        let rest = robot.unwrap_or(text);
        let asked = both(ASKED).into_iter().find_map(|it| rest.strip_suffix(it));
        let rest = asked.unwrap_or(rest);
        let is_number = |it: &str| !it.is_empty() && it.bytes().all(|it| it.is_ascii_digit());
        let numbered = rest.rsplit_once('+').filter(|(_, it)| is_number(it));
        Self {
            word: numbered.map_or(rest, |(word, _)| word),
            is_to_robot: robot.is_some(),
            is_asked: asked.is_some(),
            has_number: numbered.is_some(),
        }
    }
}

/// The beginning of a text of the column that was cut; `None` of one that was not.
pub fn beginning(text: &str) -> Option<&str> {
    text.strip_suffix(CUT)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_added_to_a_type_is_taken_off() {
        let plain = |word| Parts { word, is_to_robot: false, is_asked: false, has_number: false };
        for (text, parts) in [
            ("text", plain("text")),
            ("文本？", Parts { is_asked: true, ..plain("文本") }),
            ("BOT text+12", Parts { is_to_robot: true, has_number: true, ..plain("text") }),
            ("bot", plain("bot")),
            ("a+b", plain("a+b")),
            ("a+", plain("a+")),
            ("a+1?", Parts { is_asked: true, has_number: true, ..plain("a") }),
            ("?", Parts { is_asked: true, ..plain("") }),
        ] {
            assert_eq!(Parts::of(text), parts, "{text}");
        }
        assert_eq!([beginning("frie…"), beginning("friend")], [Some("frie"), None]);
    }
}
