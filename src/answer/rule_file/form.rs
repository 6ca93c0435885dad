//! The forms of the lines of a file of rules.

use crate::callback::Localized;

/// A way to write or to combine the parts of a line.
#[derive(Debug)]
pub struct Form {
    /// How it is written.
    pub name: Localized,
    /// A line with it.
    pub example: &'static str,
    /// What it means.
    pub meaning: Localized,
}

/// Every form, in the order of the documentation.
pub static TABLE: [Form; 6] = [
    Form {
        name: Localized::new("FILTER => ACTION", "过滤条件 => 动作"),
        example: "cmd:c2c before from:mallory => deny",
        meaning: Localized::new(
            "callbacks that match the filter get this answer; the first rule that is on, matches and applies decides",
            "与过滤条件匹配的回调按此动作应答；第一条已启用、匹配且适用的规则生效",
        ),
    },
    Form {
        name: Localized::new("=> ACTION", "=> 动作"),
        example: "=> delay 100ms",
        meaning: Localized::new("a rule for all callbacks", "适用于全部回调的规则"),
    },
    Form {
        name: Localized::new(",", ","),
        example: "after => times 3, status 503",
        meaning: Localized::new("several actions of a rule", "一条规则的多个动作"),
    },
    Form {
        name: Localized::new("#off", "#off"),
        example: "#off before => hang",
        meaning: Localized::new("a rule that is off", "已停用的规则"),
    },
    Form {
        name: Localized::new("#", "#"),
        example: "before => deny # all of them",
        meaning: Localized::new(
            "a comment, at the beginning of a line or after a space",
            "注释，位于行首或空格之后",
        ),
    },
    Form {
        name: Localized::new("\\#", "\\#"),
        example: "text:\\#ad => drop",
        meaning: Localized::new("the character # in a rule", "规则中的字符 #"),
    },
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::answer::rule_file::RuleFile;

    #[test]
    fn each_example_is_a_line_with_one_rule() {
        for Form { name, example, .. } in &TABLE {
            let file = RuleFile::parse(example, &mut |_| Err(String::new())).unwrap();
            assert_eq!(file.entries().len(), 1, "{example}");
            let sign = name.en.trim_start_matches("FILTER ").trim_end_matches("ACTION").trim();
            assert!(example.contains(sign), "{example}");
        }
    }
}
