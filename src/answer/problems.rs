//! What cannot work in the rules of a switchboard.

use super::rule::Problem;
use super::switchboard::Entry;
use crate::history::filter::cover::Cover;

/// The problems of rules in their order, each with the position of its rule: that it is
/// never reached because an earlier one decides, and those of its own.
pub fn problems(rules: &[Entry]) -> Vec<(usize, Problem)> {
    let mut unreachable = unreachable(rules).peekable();
    let mut all = Vec::new();
    for (nth, entry) in rules.iter().enumerate() {
        all.extend(unreachable.next_if(|(it, _)| *it == nth));
        all.extend(entry.rule.problems().into_iter().map(|it| (nth, it)));
    }
    all
}

/// The first problem of the rule at a position.
pub fn first_problem(rules: &[Entry], nth: usize) -> Option<Problem> {
    let unreachable = unreachable(rules).find(|(it, _)| *it == nth).map(|(_, it)| it);
    unreachable.or_else(|| rules.get(nth)?.rule.problems().into_iter().next())
}

/// The rules that are never reached. One that is off neither decides nor has to be
/// reached.
fn unreachable(rules: &[Entry]) -> impl Iterator<Item = (usize, Problem)> {
    let mut cover = Cover::default();
    let on = rules.iter().enumerate().filter(|(_, it)| it.is_on);
    on.filter_map(move |(nth, Entry { rule, .. })| {
        let alternatives = rule.alternatives();
        let earlier: Option<Vec<_>> = alternatives.iter().map(|it| cover.of(it)).collect();
        let Some(earlier) = earlier else {
            // One that is covered itself covers no more than the earlier one.
            if rule.is_unlimited() {
                for it in alternatives {
                    cover.add(nth, it);
                }
            }
            return None;
        };
        let earlier = earlier.into_iter().max()?;
        Some((nth, Problem::unreachable(rule, &rules[earlier].rule)))
    })
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::answer::Rule;

    /// The positions of the rules with a problem; one with a `-` before it is off.
    fn found(texts: &[&str]) -> Vec<usize> {
        let rule = |it: &str| Arc::new(Rule::parse(it, &mut |_| Err(String::new())).unwrap());
        let entry = |it: &&str| match it.strip_prefix('-') {
            Some(it) => Entry { rule: rule(it), is_on: false },
            None => Entry { rule: rule(it), is_on: true },
        };
        let rules: Vec<_> = texts.iter().map(entry).collect();
        let all = problems(&rules);
        for nth in 0..=rules.len() {
            let first = all.iter().find(|(it, _)| *it == nth).map(|(_, it)| it.clone());
            assert_eq!(first_problem(&rules, nth), first);
        }
        all.into_iter().map(|(nth, _)| nth).collect()
    }

    #[test]
    fn a_rule_that_an_earlier_one_hides_is_never_reached() {
        assert_eq!(found(&["=> allow", "from:a => deny"]), [1]);
        assert_eq!(found(&["from:a => delay 1s", "from:b => deny", "from:a => deny"]), [2]);
        let rules =
            ["before from:a => deny", "cmd:BeforeSendMsg from:ab => drop", "from:a => fail"];
        assert_eq!(found(&rules), [1]);
        let rules = ["from:a => deny", "from:b => deny", "before (from:a | to:c) => allow"];
        assert_eq!(found(&rules), [0; 0]);
        assert_eq!(found(&["from:a => fail", "to:b => fail", "from:a | to:b => allow"]), [2]);
        assert_eq!(found(&["=> deny", "from:a => deny", "from:b => deny", "=> fail"]), [1, 2]);
        assert_eq!(found(&["=> allow, times 3", "=> allow, chance 10%", "=> deny"]), [0; 0]);
    }

    #[test]
    fn a_rule_that_is_off_hides_none_and_is_not_hidden() {
        assert_eq!(found(&["-=> allow", "from:a => deny", "-from:a => fail"]), [0; 0]);
        assert_eq!(found(&["-late => deny", "from:a => fail", "from:a => fail"]), [0, 2]);
        assert_eq!(found(&["=> deny", "late => deny"]), [1, 1]);
    }
}
