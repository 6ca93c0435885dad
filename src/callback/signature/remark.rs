//! Remarks about a token: what it may not be meant to be.

use super::{EXAMPLE, MAX_TOKEN, MISPRINT, Token};

/// A remark about a token.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Remark {
    /// It has the form `KEY=value`.
    Assignment,
    /// It begins or ends with a quote.
    Quoted,
    /// It has a character that is not ASCII.
    NotAscii,
    /// It has this many characters, more than [`MAX_TOKEN`].
    Long(usize),
    /// It contains white space or a control character.
    WhiteSpace,
    /// It is [`MISPRINT`].
    Misprint,
    /// It is the documented, and so public, token of [`EXAMPLE`].
    Example,
}

impl Remark {
    /// Whether the token was perhaps not written as it is set in the console.
    pub const fn is_about_form(self) -> bool {
        matches!(self, Self::Assignment | Self::Quoted | Self::NotAscii | Self::WhiteSpace)
    }
}

impl Token {
    /// Whether it is one that the documentation prints.
    pub(in crate::callback) fn is_public(&self) -> bool {
        self.0 == MISPRINT || self.0 == EXAMPLE.token
    }

    /// Remarks about the token, which reveal nothing of it but its length.
    pub fn remarks(&self) -> Vec<Remark> {
        let length = self.0.chars().count();
        let mut remarks = Vec::new();
        if is_assignment(&self.0) {
            remarks.push(Remark::Assignment);
        }
        if self.0.starts_with(['"', '\'']) || self.0.ends_with(['"', '\'']) {
            remarks.push(Remark::Quoted);
        }
        if !self.0.is_ascii() {
            remarks.push(Remark::NotAscii);
        }
        if MAX_TOKEN < length {
            remarks.push(Remark::Long(length));
        }
        if self.0.chars().any(|it| it.is_whitespace() || it.is_control()) {
            remarks.push(Remark::WhiteSpace);
        }
        if self.0 == MISPRINT {
            remarks.push(Remark::Misprint);
        }
        if self.0 == EXAMPLE.token {
            remarks.push(Remark::Example);
        }
        remarks
    }
}

/// Whether a text has the form of a line of an environment file: `KEY=value`.
fn is_assignment(text: &str) -> bool {
    let Some((name, value)) = text.split_once('=') else { return false };
    let name = name.trim().trim_start_matches("export ").trim();
    let is_name =
        name.bytes().all(|it| it.is_ascii_uppercase() || it.is_ascii_digit() || it == b'_');
    !value.is_empty() && (name.to_ascii_lowercase().ends_with("token") || is_name && name.len() > 2)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn remarks_about_a_token() {
        let remarks = |text: &str| Token::new(text).unwrap().remarks();
        assert_eq!(remarks("s3cret"), []);
        assert_eq!(remarks(&"长".repeat(128)), [Remark::NotAscii]);
        assert_eq!(remarks("\u{feff}s3cret\r\n"), []);
        assert_eq!(Token::new("\u{feff} \n"), None);
        assert_eq!(remarks("\"s3cret\""), [Remark::Quoted]);
        assert_eq!(remarks("IMSCOPE_TOKEN='s3'"), [Remark::Assignment, Remark::Quoted]);
        assert_eq!(remarks("export Token=a"), [Remark::Assignment, Remark::WhiteSpace]);
        assert_eq!(remarks("c2VjcmV0Cg=="), []);
        assert_eq!(remarks(&"a".repeat(129)), [Remark::Long(129)]);
        assert_eq!(remarks("a b"), [Remark::WhiteSpace]);
        assert_eq!(remarks("a\nb"), [Remark::WhiteSpace]);
        assert_eq!(remarks("xxxyyy"), [Remark::Misprint]);
        assert_eq!(remarks("xxxxyyyy\n"), [Remark::Example]);
    }
}
