//! Keys `n` `N` in the detail: from hit to hit, and on to the next callback.

use imscope::callback::Delivery;
use imscope::callback::Lang::{En, Zh};

use super::chat::body;
use super::frames::assert_sound;
use super::harness::Journey;

/// A body of many fields, of which those with these numbers have a text.
fn with(text: &str, numbers: &[usize]) -> Delivery {
    let value = |nth| if numbers.contains(&nth) { text } else { "-" };
    let fields: Vec<_> = (0..100).map(|nth| format!(r#""F{nth}":"{}""#, value(nth))).collect();
    body(format!(r#"{{"CallbackCommand":"X",{}}}"#, fields.join(",")))
}

fn filtered(journey: Journey) -> Journey {
    journey.press("/").type_text("needle").press("enter")
}

#[test]
fn n_goes_from_hit_to_hit_and_then_to_the_next_callback() {
    let all = || [with("needle", &[70]), with("hay", &[1]), with("needle", &[3, 50, 90])];
    for (lang, width, height, next, none) in [
        (En, 80, 24, "this is the next one", "no further hit"),
        (Zh, 80, 24, "这是下一条", "没有更多匹配"),
        (En, 120, 36, "this is the next one", "no further hit"),
        (Zh, 120, 36, "这是下一条", "没有更多匹配"),
    ] {
        // The tree, and the indented text.
        let hits = ["F70", "F3", "F50", "F90"].map(|it| format!("\"{it}\""));
        for form in ["", "x"] {
            let journey = filtered(Journey::speaking(lang, width, height).deliver(all()));
            let mut journey =
                journey.press("g 4 l").press(form).press("n").assert_selected(&hits[0]);
            journey = journey.press("n").shows(&[next]).assert_selected(&hits[1]);
            journey =
                journey.press("n").assert_selected(&hits[2]).press("n").assert_selected(&hits[3]);
            assert_sound(&journey);
            journey = journey.press("n").shows(&[none]).assert_selected(&hits[3]);
            journey = journey.press("N N").assert_selected(&hits[1]);
            journey.press("N").assert_selected(&hits[0]);
        }
    }
}

#[test]
fn a_hit_in_any_tab_and_form_is_gone_to() {
    let journey = filtered(Journey::at(80, 24).deliver([with("hay", &[]), with("needle", &[7])]));
    let journey = journey.press("4 l x x w n");
    assert!(journey.selected().unwrap().contains("needle"), "{}", journey.screen());
    let journey = journey.press("x n").assert_selected("\"F7\"");
    assert_sound(&journey.press("n").shows(&["no further hit"]));
    // Without a filter it is the next callback, as before.
    let journey = Journey::at(80, 24).deliver([with("hay", &[]), with("needle", &[7])]);
    journey.press("g 4 n").assert_selected("sent");
}

#[test]
fn the_newest_that_is_followed_is_left_for_the_one_before() {
    let journey = Journey::at(80, 24).deliver([with("needle", &[5]), with("needle", &[6])]);
    let journey = filtered(journey).press("4 l N").assert_selected("\"F5\"");
    journey.press("n").assert_selected("\"F6\"");
}

#[test]
fn bytes_mark_a_hit_over_the_end_of_a_line_in_both() {
    let all = [body(r#"{"F":"0123456needle"}"#)];
    let journey = filtered(Journey::at(80, 24).deliver(all)).press("4 l x x x");
    for line in ["│ 00000000", "│ 00000010"] {
        let row = journey.buffer_rows().iter().position(|it| it.contains(line)).unwrap();
        assert!(journey.has_found(row), "{line} in\n{}", journey.screen());
    }
    journey.press("n").assert_selected("00000000").press("n").shows(&["no further hit"]);
}

#[test]
fn each_form_finds_what_the_body_writes_as_escapes() {
    let all = || [body(r#"{"CallbackCommand":"X","F":"\u7ea2\u5305"}"#)];
    for (forms, line) in [("", "红包"), ("x", "红包"), ("x x", "u7ea2"), ("x x x", "00000010")]
    {
        let journey = Journey::at(80, 24).deliver(all());
        let journey = journey.press("/").type_text("红包").press("enter 4 l").press(forms);
        journey.press("n").assert_selected(line);
    }
}

#[test]
fn n_shows_a_hit_that_a_line_cuts() {
    let long = || [body(format!(r#"{{"F":"{}needle"}}"#, "-".repeat(200)))];
    for (keys, lang, wrapped) in [
        ("4 l", En, ""),
        ("4 l", Zh, ""),
        ("4 l x x", En, "lines are wrapped to show the hit: w"),
        ("4 l x x", Zh, "按 w 还原"),
    ] {
        let journey = filtered(Journey::speaking(lang, 120, 36).deliver(long())).press(keys);
        let journey = journey.press("n").shows(&[wrapped, "needle\""]);
        assert_sound(&journey);
        let row = journey.buffer_rows().iter().position(|it| it.contains("needle\"")).unwrap();
        assert!(journey.has_found(row), "{}", journey.screen());
    }
    let entry =
        Delivery { target: format!("/?F={}needle", "x".repeat(200)).into(), ..with("hay", &[]) };
    filtered(Journey::at(120, 36).deliver([entry])).press("4 l l n").shows(&["needle"]);
}

#[test]
fn n_unfolds_the_branch_that_has_a_hit() {
    let all = [body(r#"{"A":{"B":[1,{"C":"needle"}],"D":"needle"},"E":"needle"}"#)];
    let journey = filtered(Journey::at(120, 36).deliver(all)).press("4 l j enter");
    let journey = journey.shows(&["{ 2 … }"]).press("n").assert_selected("\"C\"");
    let journey = journey.press("n").assert_selected("\"D\"").press("n").assert_selected("\"E\"");
    // Folded at two depths, and from below.
    let journey = journey.press("g j j enter k enter G N").assert_selected("\"E\"");
    let journey = journey.press("N").assert_selected("\"D\"").press("N");
    assert_sound(&journey.assert_selected("\"C\""));
}

#[test]
fn a_branch_folded_from_its_end_has_the_cursor_and_n_unfolds_it() {
    let pressed = |keys| {
        let journey = Journey::at(120, 36).deliver([body(r#"{"a":{"b":1,"c":2}}"#)]);
        journey.press("/").type_text("c").press("enter 4 l").press(keys)
    };
    // From the end of `a`, once and twice.
    let journey = pressed("j j j j enter").assert_selected("\"a\": { 2 … }");
    assert_sound(&journey.press("n").assert_selected("\"c\""));
    let journey = pressed("j j j j enter enter").assert_selected("\"a\": {");
    journey.press("n").assert_selected("\"c\"");
    // From the end of the root.
    let journey = pressed("j j j j j enter").assert_selected("{ 1 … }");
    journey.press("n").assert_selected("\"c\"");
    // Of two branches with one name, the one under the cursor.
    let journey = Journey::at(120, 36).deliver([body(r#"{"a":{"b":1},"a":{"c":2}}"#)]);
    journey.press("4 l j j j j j j enter j").assert_selected("}");
}
