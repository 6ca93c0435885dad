//! The texts that were entered in input lines.

/// A text that was entered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EnteredText {
    /// What was entered.
    pub kind: InputKind,
    /// The text.
    pub text: String,
}

/// What is entered in an input line and offered again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum InputKind {
    /// A filter.
    Filter,
    /// A rule.
    Rule,
}

/// The texts that were entered in input lines, oldest first.
#[derive(Debug, Clone, Default)]
pub(super) struct Entered {
    /// Those of filters.
    pub(super) filters: Vec<String>,
    /// Those of rules.
    pub(super) rules: Vec<String>,
    /// Those that are to be written to the file of earlier ones.
    unwritten: Vec<EnteredText>,
}

impl Entered {
    /// Adds a text: as the newest, once, and not if it is empty.
    pub(super) fn add(&mut self, EnteredText { kind, text }: EnteredText) {
        let texts = match kind {
            InputKind::Filter => &mut self.filters,
            InputKind::Rule => &mut self.rules,
        };
        texts.retain(|it| *it != text);
        texts.extend((!text.is_empty()).then_some(text));
    }

    /// As [`Self::add`], and the text is to be written.
    pub(super) fn add_to_write(&mut self, entered: EnteredText) {
        if !entered.text.is_empty() {
            self.unwritten.push(entered.clone());
        }
        self.add(entered);
    }

    /// Takes the first text that is to be written.
    pub(super) fn take_unwritten(&mut self) -> Option<EnteredText> {
        (!self.unwritten.is_empty()).then(|| self.unwritten.remove(0))
    }
}
