//! Filters that are used by their names.

use super::*;
use crate::callback::Lang;

fn names() -> [NamedFilter; 3] {
    [("bad", "failed | refused"), ("slow", "lag>1s"), ("坏的", "failed")]
        .map(|(name, text)| NamedFilter { name, filter: Filter::parse(text).unwrap() })
}

/// The text of a filter with names; of a mistake the part that is wrong, and why.
fn parsed(text: &str) -> Result<String, (&str, String)> {
    let filter = Filter::parse_with(text, &names());
    let wrong = |it: ParseError| (&text[it.at.clone()], it.message(Lang::En));
    filter.map(|it| it.text().to_owned()).map_err(wrong)
}

#[test]
fn a_name_is_one_term_among_others_and_the_text_has_what_it_stands_for() {
    for (text, expected) in [
        ("@bad", "failed | refused"),
        (" @slow ", "lag>1s"),
        ("@bad from:bob", "(failed | refused) from:bob"),
        ("from:bob -@bad", "from:bob -(failed | refused)"),
        ("(@bad|@slow) x", "((failed | refused)|(lag>1s)) x"),
        ("@坏的 @坏的", "(failed) (failed)"),
        ("\"@bad\" from:@bad", "\"@bad\" from:@bad"),
        ("@TGS#1ABC @ a@bad", "@TGS#1ABC @ a@bad"),
    ] {
        assert_eq!(parsed(text).as_deref(), Ok(expected), "{text}");
        let again = Filter::parse(expected).unwrap();
        assert_eq!(Filter::parse_with(text, &names()).unwrap(), again, "{text}");
    }
}

#[test]
fn a_text_that_would_be_a_name_is_displayed_in_quotes() {
    for text in ["\"@bad\"", "from:@bad", "@TGS#1"] {
        let filter = Filter::parse(text).unwrap().and(Filter::default());
        assert_eq!(filter.text(), text);
        assert_eq!(Filter::parse(filter.text()).unwrap(), filter);
    }
}

#[test]
fn a_wrong_name_and_what_is_wrong_beside_one_have_their_place() {
    let all = "there are @bad @slow @坏的; the text is in quotes: \"@bob\"";
    for (text, at, message) in [
        ("from:a @bda", "@bda", "no filter is called `bda`; did you mean `@bad`?".to_owned()),
        ("@bob x", "@bob", format!("no filter is called `bob`; {all}")),
        ("@bad frm:bob", "frm", "unknown field `frm`; did you mean `from`?".to_owned()),
    ] {
        assert_eq!(parsed(text), Err((at, message)), "{text}");
    }
    let of = |text: &str, names| Filter::parse_with(text, names).unwrap_err().message(Lang::En);
    assert!(of("@bob", &[]).starts_with("no filter has a name; write `bob = …` below [filters]"));
    let here = Filter::parse("a @bob").unwrap_err();
    assert_eq!(here.at, 2..6);
    assert!(here.message(Lang::En).starts_with("`@bob` is not used by its name here; write out"));
    let long = [NamedFilter { name: "long", filter: Filter::parse(&"x ".repeat(2000)).unwrap() }];
    let error = Filter::parse_with("a @long @long", &long).unwrap_err();
    assert_eq!(
        (error.at.clone(), &*error.message(Lang::En)),
        (2..7, "the filter is longer than 4 KiB")
    );
}

#[test]
fn names_are_offered_after_their_sign() {
    let offered = |text: &str| {
        let choices = completion::names(text, &names(), false)?;
        let texts = choices.list.into_iter().map(|it| format!("{} {}", it.text, it.meaning));
        Some((choices.start, texts.collect::<Vec<_>>().join(", ")))
    };
    let all = "@bad failed | refused, @slow lag>1s, @坏的 failed";
    assert_eq!(offered("@"), Some((0, all.to_owned())));
    assert_eq!(offered("a -@s"), Some((3, "@slow lag>1s".to_owned())));
    assert_eq!([offered("a"), offered("from:@"), offered("\"@")], [const { None }; 3]);
    let hidden = completion::names("@s", &names(), true).unwrap();
    assert_eq!(hidden.list[0].meaning, "");
}
