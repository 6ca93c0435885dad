//! What cannot work in the rules of a switchboard, and whether they are refused for it.

use std::ops::Range;

use super::rule::Problem;
use super::switchboard::Entry;
use crate::history::filter::cover::Cover;

/// What a problem means for the rules that it is found in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Severity {
    /// Nothing: its rule is off.
    Off,
    /// It is shown, and the rules are used.
    Remark,
    /// The rules are refused.
    Refused,
}

impl Severity {
    /// The severity of a problem of a rule.
    pub fn of(problem: &Problem, rule: &Entry) -> Self {
        match (rule.is_on, problem.is_remark()) {
            (false, _) => Self::Off,
            (true, true) => Self::Remark,
            (true, false) => Self::Refused,
        }
    }
}

/// The problems of rules in their order, each with the position of its rule: that it is
/// never reached because an earlier one decides, and those of its own.
pub fn problems(rules: &[Entry]) -> Vec<(usize, Problem)> {
    let mut hidden = hidden(rules).peekable();
    let mut all = Vec::new();
    for (nth, entry) in rules.iter().enumerate() {
        all.extend(hidden.next_if(|(it, _)| *it == nth).map(|it| (nth, unreachable(rules, it))));
        all.extend(entry.rule.problems().into_iter().map(|it| (nth, it)));
    }
    all
}

/// The problems for which rules are refused.
pub fn refusals(rules: &[Entry]) -> impl Iterator<Item = (usize, Problem)> {
    let is_refused =
        |(nth, it): &(usize, Problem)| Severity::of(it, &rules[*nth]) == Severity::Refused;
    problems(rules).into_iter().filter(is_refused)
}

/// The problem for which the rule at a position is refused.
pub fn refusal(rules: &[Entry], nth: usize) -> Option<Problem> {
    let entry = rules.get(nth)?;
    let hidden = hider(rules, nth).map(|it| unreachable(rules, (nth, it)));
    let mut problems = hidden.into_iter().chain(entry.rule.problems());
    problems.find(|it| Severity::of(it, entry) == Severity::Refused)
}

/// The first problem of each of these rules that is on.
pub fn first_problems(rules: &[Entry], positions: Range<usize>) -> Vec<Option<Problem>> {
    let start = positions.start;
    let mut hidden = hidden(rules).skip_while(|(it, _)| *it < start).peekable();
    let first = |nth| {
        let entry = rules.get::<usize>(nth).filter(|it| it.is_on)?;
        let hidden = hidden.next_if(|(it, _)| *it == nth).map(|it| unreachable(rules, it));
        hidden.or_else(|| entry.rule.problems().into_iter().next())
    };
    positions.map(first).collect()
}

/// The position of the last rule but for which the one at a position would be reached;
/// `None` if that is reached.
pub fn hider(rules: &[Entry], nth: usize) -> Option<usize> {
    hidden(rules).find(|(it, _)| *it == nth).map(|(_, it)| it)
}

fn unreachable(rules: &[Entry], (nth, hider): (usize, usize)) -> Problem {
    Problem::unreachable(&rules[nth].rule, &rules[hider].rule)
}

/// The rules that are never reached, each with the one that hides it. One that is off
/// neither decides nor has to be reached.
fn hidden(rules: &[Entry]) -> impl Iterator<Item = (usize, usize)> {
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
        Some((nth, earlier.into_iter().max()?))
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
        let of = |nth| all.iter().filter(move |(it, _)| *it == nth).map(|(_, it)| it);
        let first: Vec<_> = (0..=rules.len())
            .map(|nth| of(nth).next().filter(|_| rules[nth].is_on).cloned())
            .collect();
        assert_eq!(first_problems(&rules, 0..rules.len() + 1), first);
        assert_eq!(first_problems(&rules, 1..rules.len() + 1), first[1..]);
        for (nth, entry) in rules.iter().enumerate() {
            let refused = of(nth).find(|it| Severity::of(it, entry) == Severity::Refused);
            assert_eq!(refusal(&rules, nth).as_ref(), refused);
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
