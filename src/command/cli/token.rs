//! Options of the callback token. It is read from a file or the environment, never
//! from the command line, which any user of the machine can read.

#![expect(clippy::doc_markdown, reason = "these comments are the help text")]

use std::env::{self, VarError};
use std::fs;
use std::path::PathBuf;

use anyhow::{Context, bail};
use clap::Args;

use crate::callback::signature::Token;
use crate::edge::child::TOKEN_VARIABLE as VARIABLE;

/// Options of the callback token.
#[derive(Debug, Clone, Args)]
pub struct TokenOptions {
    /// File that contains the callback token; default: the variable IMSCOPE_TOKEN
    #[arg(long, value_name = "FILE", env = "IMSCOPE_TOKEN_FILE", hide_env_values = true)]
    pub token_file: Option<PathBuf>,
}

impl TokenOptions {
    /// The token, if one is set.
    ///
    /// # Errors
    /// A file that cannot be read, an empty token or one of white space only.
    pub fn read(&self) -> anyhow::Result<Option<Token>> {
        let Some(path) = &self.token_file else { return from_environment(env::var(VARIABLE)) };
        let name = path.display();
        let text = fs::read_to_string(path).with_context(|| format!("cannot read {name}"))?;
        let token = Token::new(&text).with_context(|| format!("{name} contains no token"))?;
        Ok(Some(token))
    }

    /// Where the token is set: the file's name or the variable's.
    pub fn source(&self) -> Option<String> {
        match &self.token_file {
            Some(path) => Some(path.display().to_string()),
            None => env::var_os(VARIABLE).map(|_| VARIABLE.to_owned()),
        }
    }
}

fn from_environment(value: Result<String, VarError>) -> anyhow::Result<Option<Token>> {
    match value {
        Err(VarError::NotPresent) => Ok(None),
        Err(VarError::NotUnicode(_)) => bail!("{VARIABLE} is not UTF-8"),
        Ok(text) if text.is_empty() => {
            bail!("{VARIABLE} is empty: set it to the token, or unset it")
        }
        Ok(text) => match Token::new(&text) {
            Some(token) => Ok(Some(token)),
            None => bail!("{VARIABLE} contains only white space"),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_empty_or_blank_variable_is_an_error() {
        let read = |text: &str| from_environment(Ok(text.to_owned()));
        let empty = read("").unwrap_err().to_string();
        assert_eq!(empty, "IMSCOPE_TOKEN is empty: set it to the token, or unset it");
        assert_eq!(read("secret\n").unwrap(), Token::new("secret"));
        assert!(read("  ").is_err());
    }

    #[test]
    fn the_error_names_an_unreadable_file() {
        let options = TokenOptions { token_file: Some("/nowhere/token".into()) };
        let message = format!("{:#}", options.read().unwrap_err());
        assert!(message.starts_with("cannot read /nowhere/token: "), "{message}");
    }
}
