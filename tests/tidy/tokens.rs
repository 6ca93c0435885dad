//! The tokens of Rust code: identifiers and signs, without comments and literals.

/// An identifier or a sign, and its line from 1.
pub(crate) type Token = (String, usize);

/// Whether a token is an identifier or a keyword.
pub(crate) fn is_name(text: &str) -> bool {
    text.starts_with(|it: char| it.is_alphabetic() || it == '_')
}

/// The tokens of Rust code without comments and literals.
pub(crate) fn tokens(text: &str) -> Vec<Token> {
    tokens_and_literals(text).into_iter().filter(|it| !is_literal(&it.0)).collect()
}

/// Whether a token is a string or a character.
pub(crate) fn is_literal(text: &str) -> bool {
    text.len() > 1 && text.ends_with(['"', '\'', '#'])
}

/// The tokens of Rust code without comments; literals are as they are written.
pub(crate) fn tokens_and_literals(text: &str) -> Vec<Token> {
    let mut tokens = Vec::new();
    let (mut rest, mut line) = (text, 1);
    while let Some(first) = rest.chars().next() {
        let name: usize = rest
            .chars()
            .take_while(|it| it.is_alphanumeric() || *it == '_')
            .map(char::len_utf8)
            .sum();
        let length = if rest.starts_with("//") {
            rest.find('\n').unwrap_or(rest.len())
        } else if let Some(length) = literal(rest) {
            tokens.push((rest[..length].to_owned(), line));
            length
        } else if name > 0 {
            tokens.push((rest[..name].to_owned(), line));
            name
        } else {
            if !first.is_whitespace() {
                tokens.push((first.to_string(), line));
            }
            first.len_utf8()
        };
        line += rest[..length].matches('\n').count();
        rest = &rest[length..];
    }
    tokens
}

/// The length of a string or character at the start of some code.
fn literal(code: &str) -> Option<usize> {
    let prefix = code.find(|it| !matches!(it, 'b' | 'c' | 'r')).filter(|it| *it < 3)?;
    let (kind, quoted) = code.split_at(prefix);
    let hashes = quoted.find(|it| it != '#').unwrap_or(0);
    if kind.contains('r') && quoted[hashes..].starts_with('"') {
        let end = format!("\"{}", "#".repeat(hashes));
        let start = prefix + hashes + 1;
        return Some(start + code[start..].find(&end)? + end.len());
    }
    let quote = quoted.chars().next()?;
    if !matches!(quote, '"' | '\'') {
        return None;
    }
    let mut escaped = false;
    for (at, it) in quoted.char_indices().skip(1) {
        if it == quote && !escaped {
            return Some(prefix + at + 1);
        }
        // A lifetime has no quote after its first character.
        if quote == '\'' && at > 1 && !quoted[1..].starts_with('\\') {
            return None;
        }
        escaped = it == '\\' && !escaped;
    }
    None
}

/// Leaves out the items under `#[cfg(test)]`.
pub(crate) fn without_tests(tokens: Vec<Token>) -> Vec<Token> {
    const TEST: [&str; 7] = ["#", "[", "cfg", "(", "test", ")", "]"];
    let mut kept: Vec<Token> = Vec::new();
    let mut tokens = tokens.into_iter();
    while let Some(token) = tokens.next() {
        kept.push(token);
        let tail = kept.len().saturating_sub(TEST.len());
        if kept[tail..].iter().map(|it| &*it.0).eq(TEST) {
            kept.truncate(tail);
            // The item ends with a semicolon, or with its block.
            let mut depth = 0;
            for (text, _) in tokens.by_ref() {
                depth += i32::from(text == "{") - i32::from(text == "}");
                if depth == 0 && matches!(&*text, ";" | "}") {
                    break;
                }
            }
        }
    }
    kept
}
