//! What cannot work in the rules of a switchboard.

use std::collections::HashMap;

use super::rule::Problem;
use super::switchboard::Entry;

/// The problems of rules in their order, each with the position of its rule: those of
/// each, and that it is never reached because an earlier one decides. A rule that is off
/// neither decides nor has to be reached.
pub fn problems(rules: &[Entry]) -> Vec<(usize, Problem)> {
    let mut all = Vec::new();
    // The first unlimited rule of each filter in normal form; an empty one matches all.
    let mut first: HashMap<String, usize> = HashMap::new();
    for (nth, Entry { rule, is_on }) in rules.iter().enumerate() {
        if *is_on {
            let filter = rule.filter.to_string();
            let earlier = [first.get(&filter), first.get("")].into_iter().flatten().min();
            all.extend(earlier.map(|it| (nth, Problem::unreachable(rule, &rules[*it].rule))));
            if rule.is_unlimited() {
                first.entry(filter).or_insert(nth);
            }
        }
        all.extend(rule.problems().into_iter().map(|it| (nth, it)));
    }
    all
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
        problems(&rules).into_iter().map(|(nth, _)| nth).collect()
    }

    #[test]
    fn a_rule_that_an_earlier_one_hides_is_never_reached() {
        assert_eq!(found(&["=> allow", "from:a => deny"]), [1]);
        assert_eq!(found(&["from:a => delay 1s", "from:b => deny", "from:a => deny"]), [2]);
        assert_eq!(found(&["=> allow, times 3", "=> allow, chance 10%", "=> deny"]), [0; 0]);
    }

    #[test]
    fn a_rule_that_is_off_hides_none_and_is_not_hidden() {
        assert_eq!(found(&["-=> allow", "from:a => deny", "-from:a => drop"]), [0; 0]);
        assert_eq!(found(&["-late => deny", "from:a => deny", "from:a => drop"]), [0, 2]);
    }
}
