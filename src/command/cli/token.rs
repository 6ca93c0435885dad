//! Options of the callback token. It is read from a file or the environment, never
//! from the command line, which any user of the machine can read.

use std::env::{self, VarError};
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, bail};

use super::values::Values;
use crate::callback::Lang;
use crate::callback::lang::localize;
use crate::callback::signature::Token;
use crate::command::words::unreadable;
use crate::edge::child::TOKEN_VARIABLE as VARIABLE;

/// Options of the callback token.
#[derive(Debug, Clone)]
pub struct TokenOptions {
    /// File that contains the callback token; without one, the variable is read.
    pub token_file: Option<PathBuf>,
    /// What names the file: the option, its variable, or the place in a config file.
    pub named_by: String,
}

impl TokenOptions {
    pub(super) fn of(values: &Values<'_>) -> Self {
        // A variable is before a config file.
        let is_used = values.is_given("token-file") || !is_in_environment();
        Self {
            token_file: values.file("token-file").filter(|_| is_used),
            named_by: values.origin("token-file"),
        }
    }

    /// The token, if one is set.
    ///
    /// # Errors
    /// A file that cannot be read, an empty token or one of white space only.
    pub fn read(&self, lang: Lang) -> anyhow::Result<Option<Token>> {
        match &self.token_file {
            Some(path) => of_file(path, Some(&self.named_by), lang).map(Some),
            None => from_environment(env::var(VARIABLE), lang),
        }
    }

    /// Where the token is set: the file's name or the variable's.
    pub fn source(&self) -> Option<String> {
        match &self.token_file {
            Some(path) => Some(path.display().to_string()),
            None => env::var_os(VARIABLE).map(|_| VARIABLE.to_owned()),
        }
    }
}

/// Whether the variable of the token is set, which copied curl lines read.
pub fn is_in_environment() -> bool {
    env::var_os(VARIABLE).is_some_and(|it| !it.is_empty())
}

/// The token in a file; an error also has what names the file, if that is given.
///
/// # Errors
/// A file that cannot be read, an empty token or one of white space only.
pub fn of_file(path: &Path, named_by: Option<&str>, lang: Lang) -> anyhow::Result<Token> {
    let wrong = || {
        let text = unreadable(path, lang);
        match named_by {
            Some(it) => localize!(lang, "{text}, named by {it}", "{text}（由 {it} 指定）"),
            None => text,
        }
    };
    let text = fs::read_to_string(path).with_context(wrong)?;
    let name = path.display();
    let none = || localize!(lang, "{name} contains no token", "{name} 中没有 Token");
    Token::new(&text).with_context(none)
}

fn from_environment(value: Result<String, VarError>, lang: Lang) -> anyhow::Result<Option<Token>> {
    match value {
        Err(VarError::NotPresent) => Ok(None),
        Err(VarError::NotUnicode(_)) => {
            bail!(localize!(lang, "{VARIABLE} is not UTF-8", "{VARIABLE} 不是 UTF-8"))
        }
        Ok(text) if text.is_empty() => {
            bail!(localize!(
                lang,
                "{VARIABLE} is empty: set it to the token, or unset it",
                "{VARIABLE} 为空：请设为 Token，或取消设置"
            ))
        }
        Ok(text) => match Token::new(&text) {
            Some(token) => Ok(Some(token)),
            None => bail!(localize!(
                lang,
                "{VARIABLE} contains only white space",
                "{VARIABLE} 仅含空白字符"
            )),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_empty_or_blank_variable_is_an_error() {
        let read = |text: &str| from_environment(Ok(text.to_owned()), Lang::En);
        let empty = read("").unwrap_err().to_string();
        assert_eq!(empty, "IMSCOPE_TOKEN is empty: set it to the token, or unset it");
        assert_eq!(read("secret\n").unwrap(), Token::new("secret"));
        assert!(read("  ").is_err());
    }

    #[test]
    fn the_error_names_an_unreadable_file() {
        let options = TokenOptions {
            token_file: Some("/nowhere/token".into()),
            named_by: "--token-file".to_owned(),
        };
        let message = format!("{:#}", options.read(Lang::En).unwrap_err());
        assert!(
            message.starts_with("cannot read /nowhere/token, named by --token-file: "),
            "{message}"
        );
    }
}
