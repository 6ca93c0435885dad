//! The file that a rule names, whose content it replies.

use std::ops::Range;
use std::path::Path;
use std::sync::Arc;

use super::{Reply, Rule, RuleError};
use crate::answer::reply_body::quoted;

/// The file that a rule names.
#[derive(Debug, Clone)]
pub(super) struct BodyFile {
    /// Its name.
    pub(super) name: String,
    /// Where the name is in the text of the rule, in bytes, with its quotes.
    pub(super) at: Range<usize>,
}

impl Rule {
    /// The name of the file whose content it replies, if it names one.
    pub fn file(&self) -> Option<&str> {
        self.file.as_ref().map(|it| &*it.name)
    }

    /// The folder that the name is relative to; empty for the working folder.
    pub fn folder(&self) -> &Arc<Path> {
        &self.folder
    }

    /// The same rule, whose names are relative to a folder.
    #[must_use]
    pub fn relative_to(self, folder: &Arc<Path>) -> Self {
        Self { folder: Arc::clone(folder), ..self }
    }

    /// The same rule with another name for its file, relative to a folder.
    ///
    /// # Errors
    /// A text that is too long.
    pub fn with_file(&self, name: &str, folder: &Arc<Path>) -> Result<Self, RuleError> {
        let (Some(file), Some(Reply::Body(body))) = (&self.file, &self.reply) else {
            return Ok(self.clone().relative_to(folder));
        };
        let is_plain = !name.contains(|it: char| it.is_whitespace() || it.is_control())
            && !name.contains([',', '"']);
        let name = if is_plain { name.to_owned() } else { quoted(name).to_string() };
        let text = [&self.text[..file.at.start], &name, &self.text[file.at.end..]].concat();
        Ok(Self::parse(&text, &mut |_| Ok(body.clone()))?.relative_to(folder))
    }
}
