//! Collects what begins with or contains a typed text.

use super::needle::Needle;

/// What begins with a typed text, and what contains it, each in the order of the offers.
/// Letter case is ignored.
pub struct Wanted<T> {
    needle: Needle,
    limit: usize,
    beginning: Vec<T>,
    containing: Vec<T>,
    is_cut: bool,
}

impl<T> Wanted<T> {
    /// At most so many of both.
    pub fn new(typed: &str, limit: usize) -> Self {
        let needle = Needle::folded(typed);
        Self { needle, limit, beginning: Vec::new(), containing: Vec::new(), is_cut: false }
    }

    /// Takes what a text names, if the text begins with or contains the typed one;
    /// returns whether it does.
    pub fn offer(&mut self, text: &str, named: impl FnOnce() -> T) -> bool {
        let typed = self.needle.text();
        let begins = text.get(..typed.len()).is_some_and(|it| it.eq_ignore_ascii_case(typed));
        if !begins && !self.needle.is_in(text.as_bytes()) {
            return false;
        }
        let list = if begins { &mut self.beginning } else { &mut self.containing };
        if list.len() < self.limit {
            list.push(named());
        } else {
            self.is_cut = true;
        }
        self.is_cut |= self.limit < self.beginning.len() + self.containing.len();
        true
    }

    /// Whether no more is taken that would be among the first.
    pub fn is_full(&self) -> bool {
        self.limit <= self.beginning.len()
    }

    /// Takes note that there is more that was not offered.
    pub fn cut(&mut self) {
        self.is_cut = true;
    }

    /// Whether there may be more than what was taken.
    pub fn is_cut(&self) -> bool {
        self.is_cut
    }

    /// What was taken; what begins with the typed text comes first.
    pub fn found(mut self) -> Vec<T> {
        self.beginning.append(&mut self.containing);
        self.beginning.truncate(self.limit);
        self.beginning
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_begins_with_the_text_is_first_and_no_more_than_the_limit_is_kept() {
        let found = |typed: &str, limit| {
            let mut wanted = Wanted::new(typed, limit);
            for it in ["bob", "jared", "小明", "Bobby", "abob", "Éric"] {
                wanted.offer(it, || it);
            }
            wanted.found()
        };
        assert_eq!(found("bob", 9), ["bob", "Bobby", "abob"]);
        assert_eq!(found("bob", 2), ["bob", "Bobby"]);
        assert_eq!(found("明", 9), ["小明"]);
        assert_eq!(found("é", 9), ["Éric"]);
        assert_eq!(found("", 9).len(), 6);
        assert_eq!(found("x", 9), [""; 0]);
        let is_cut = |typed: &str, limit| {
            let mut wanted = Wanted::new(typed, limit);
            for it in ["bob", "abob", "Bobby"] {
                wanted.offer(it, || it);
            }
            wanted.is_cut()
        };
        let cut =
            [("bob", 3), ("bob", 2), ("abo", 1), ("o", 2)].map(|(it, limit)| is_cut(it, limit));
        assert_eq!(cut, [false, true, false, true]);
    }
}
