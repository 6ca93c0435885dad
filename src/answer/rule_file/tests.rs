//! Tests of files of rules.

use proptest::prelude::*;

use super::*;

fn parse(text: &str) -> Result<RuleFile, Vec<FileError>> {
    RuleFile::parse(text, &mut |_| Err("no file".to_owned()))
}

const FILE: &str = "# all\n\n# about a\nfrom:a => deny # no\n\n\
    to:@RBT#001 => fail \" # x\"\n=> allow\n# end\n";

#[test]
fn comments_are_no_part_of_the_rules_and_are_written_back() {
    let file = parse(FILE).unwrap();
    let rules: Vec<_> = file.rules().map(|(line, it)| (line, it.entry.rule.to_string())).collect();
    let expected = [(4, "from:a => deny"), (6, "to:@RBT#001 => fail \" # x\""), (7, "=> allow")];
    assert_eq!(rules, expected.map(|(line, it)| (line, it.to_owned())));
    assert_eq!(file.to_string(), FILE);
    assert_eq!(parse("\u{feff}\r\n  # x\r\n").unwrap().rules().count(), 0);
}

#[test]
fn a_rule_that_moves_takes_its_comments_along() {
    let file = parse(FILE).unwrap();
    let mut rules = file.entries();
    assert_eq!(file.with_rules(&rules), file);
    rules[1] = entry("=> drop", true);
    rules.reverse();
    rules[2].is_on = false;
    let moved = file.with_rules(&rules);
    assert_eq!(
        moved.to_string(),
        "# all\n\n=> allow\n=> drop\n# about a\n#off from:a => deny # no\n# end\n"
    );
    rules[2].is_on = true;
    assert!(moved.with_rules(&rules).to_string().contains("\nfrom:a => deny # no\n"));
}

#[test]
fn equal_rules_keep_their_comments_in_their_order() {
    let file = parse("# 1\n=> drop\n# 2\n=> drop # 3\n").unwrap();
    assert_eq!(file.with_rules(&file.entries()), file);
    let first = file.with_rules(&file.entries()[..1]).to_string();
    assert_eq!(first, "# 1\n=> drop\n");
}

#[test]
fn a_rule_that_is_off_is_a_comment_with_an_arrow() {
    let text = "#off => allow # x\n  #off\tfrom:a => drop\n#off by default\n#off\n\
        #offer => a\n# off => deny\n#off a # => b\n\\#off => fail\n";
    let file = parse(text).unwrap();
    let states: Vec<_> =
        file.rules().map(|(nth, it)| (nth, &**it.entry.rule.text(), it.entry.is_on)).collect();
    assert_eq!(
        states,
        [(1, "=> allow", false), (2, "from:a => drop", false), (8, "#off => fail", true)]
    );
    assert_eq!(file.to_string(), text);
    let error = parse("\n #off from:a => dney").unwrap_err().remove(0);
    assert_eq!((error.line, &error.text[error.error.at.clone()]), (2, "dney"));
}

#[test]
fn a_backslash_keeps_a_sign_from_beginning_a_comment() {
    for (rule, line) in [
        ("#tag => deny", "\\#tag => deny"),
        ("a #b | \\#c => deny", "a \\#b | \\\\#c => deny"),
        ("to:@RBT#001 => allow", "to:@RBT#001 => allow"),
        ("\" #\" re:/ #/ => reply @a #b", "\" #\" re:/ #/ => reply @a \\#b"),
        ("\u{feff} => drop", "\u{feff}\u{feff} => drop"),
    ] {
        let entry = Entry { rule: Arc::new(any_rule(rule).unwrap()), is_on: true };
        let written = RuleFile::default().with_rules(std::slice::from_ref(&entry)).to_string();
        assert_eq!(written, format!("{line}\n"));
        let file = RuleFile::parse(&written, &mut no_content()).unwrap();
        assert_eq!(file.entries(), [entry]);
    }
}

#[test]
fn a_place_in_a_rule_is_found_in_its_line() {
    let line = "  #off a \\#小 \\\\#d => drop # no";
    let file = parse(line).unwrap();
    let (_, rule) = file.rules().next().unwrap();
    let text = rule.entry.rule.text();
    assert_eq!(&**text, "a #小 \\#d => drop");
    for (word, found) in [("#小", "\\#小"), ("小", "小"), ("\\#d", "\\\\#d"), ("drop", "drop")]
    {
        let at = text.find(word).unwrap();
        assert_eq!(&line[rule.place(&(at..at + word.len()))], found);
    }
    assert_eq!(rule.place(&(text.len()..text.len())).start, line.find(" # no").unwrap());
}

#[test]
fn every_mistake_is_named_with_line_and_column() {
    let errors = parse("# x\n小 => dney\n=> allow\n  frm:a => drop\n\"open # => x").unwrap_err();
    let places: Vec<_> = errors.iter().map(|it| (it.line, it.column())).collect();
    assert_eq!(places, [(2, 6), (4, 3), (5, 1)]);
}

/// Reads any file as an empty one.
fn no_content() -> impl FnMut(&str) -> Result<Vec<u8>, String> {
    |_| Ok(Vec::new())
}

fn any_rule(text: &str) -> Result<Rule, RuleError> {
    Rule::parse(text, &mut no_content())
}

fn entry(text: &str, is_on: bool) -> Entry {
    Entry { rule: Arc::new(any_rule(text).unwrap()), is_on }
}

/// Rules of the characters that a file treats as special, on and off.
fn entries() -> impl Strategy<Value = Vec<Entry>> {
    let filter = "([#\\\\ \"/a小\t\u{3000}\u{feff}|-]|#off |re:/|from:|=>){0,9}";
    let actions = prop::sample::select(vec![
        "deny",
        "deny \" # \\\" #\"",
        "reply @a #b",
        "reply @#b",
        "reply {\"a\": \" #\"}",
        "set /CloudCustomData=\"#\", set /MsgBody/0/ #=1",
        "forward http://a/#",
    ]);
    let text = (filter, actions).prop_map(|(filter, actions)| format!("{filter} => {actions}"));
    let rule = text.prop_filter_map("no rule", |it| any_rule(&it).ok());
    prop::collection::vec((rule, any::<bool>()), 0..6).prop_map(|rules| {
        let entry = |(rule, is_on)| Entry { rule: Arc::new(rule), is_on };
        rules.into_iter().map(entry).collect()
    })
}

proptest! {
    #[test]
    fn rules_that_are_written_are_read_back_in_order_on_and_off(
        rules in entries(),
        before in "([#\\\\ a\n]|#off |=> deny){0,12}",
    ) {
        let before = RuleFile::parse(&before, &mut no_content()).unwrap_or_default();
        let again = before.with_rules(&rules).with_rules(&rules);
        let written = again.to_string();
        let read = RuleFile::parse(&written, &mut no_content());
        prop_assert_eq!(read.map(|it| it.entries()), Ok(rules), "{}", written);
    }

    #[test]
    fn a_mistake_is_on_character_boundaries_of_its_line(text in "([#\\\\ \"a小]|#off |=> ){0,12}") {
        for error in RuleFile::parse(&text, &mut no_content()).err().into_iter().flatten() {
            prop_assert!(text.get(error.error.at.clone()).is_some(), "{:?}", error);
        }
    }
}
