//! The home folder of the user, in file names that were typed.

use std::path::Path;

use super::user_folder;

/// A file name in which `~/` at the start stands for the home folder, as in a shell.
pub fn expanded(name: String) -> String {
    expanded_in(name, user_folder::home().as_deref().and_then(Path::to_str))
}

fn expanded_in(name: String, home: Option<&str>) -> String {
    match (name.strip_prefix("~/"), home) {
        (Some(rest), Some(home)) => {
            format!("{}/{}", home.trim_end_matches('/'), rest.trim_start_matches('/'))
        }
        _ => name,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tilde_at_the_start_is_the_home_folder() {
        let cases = [("~/a.har", "/me/a.har"), ("~//a", "/me/a"), ("~a", "~a"), ("b/~/a", "b/~/a")];
        for (name, path) in cases {
            assert_eq!(expanded_in(name.to_owned(), Some("/me/")), path);
        }
        assert_eq!(expanded_in("~/a".to_owned(), None), "~/a");
    }
}
