//! Syntax errors: the message, and the place it points at.

use crate::callback::Lang::{En, Zh};
use crate::history::filter::Filter;

/// `expected` is the part of the text at which the error is.
#[track_caller]
fn fails(text: &str, expected: &str, what: &str) {
    let error = Filter::parse(text).unwrap_err();
    let message = error.message(En);
    assert_eq!((&text[error.at], &*message), (expected, what), "{text}");
}

#[test]
fn a_syntax_error_names_the_token_and_its_place() {
    fails(
        "a unknown:thing",
        "unknown",
        "unknown field `unknown`; write \"unknown:thing\" in quotes to search for the text",
    );
    fails("frm:a", "frm", "unknown field `frm`; did you mean `from`?");
    fails(
        "weight>5",
        "weight",
        "unknown field `weight`; write \"weight>5\" in quotes to search for the text",
    );
    let wide = |char, half| {
        format!("`{char}` is a full-width character; write `{half}`, or the text in quotes")
    };
    fails("from：mallory", "：", &wide('：', ':'));
    fails("（before）", "（", &wide('（', '('));
    fails("from:“a”", "“", &wide('“', '"'));
    assert!(Filter::parse("text:\"你好！\" \"a：b\"").is_ok());
    fails("小 \"ab", "\"ab", "the quote is not closed");
    fails("from:\"ab", "\"ab", "the quote is not closed");
    fails("a (b | (c)", "(", "`(` is not closed");
    fails("(", "(", "`(` is not closed");
    fails("a ) b", ")", "unmatched `)`");
    fails(")", ")", "unmatched `)`");
    fails("()", ")", "empty parentheses");
    fails("a |", "", "no term after `|`");
    fails("| a", "|", "no term before `|`");
    fails("a - b", "-", "no term right after `-`");
    fails("\"\"", "\"\"", "empty quotes");
    fails("from:\"\"", "\"\"", "empty quotes");
    fails("from: bob", "from:", "`from:` needs a value right after it, as in from:jared");
    fails("unread>", "unread>", "`unread>` needs a value right after it, as in unread>5");
    fails("from>5", "from>", "`from` cannot be compared; write from:…");
    fails("code!=0", "code!=", "unknown operator `!=`; write -code=…");
}

#[test]
fn an_invalid_value_is_shown_with_valid_ones() {
    fails("code:小", "小", "`小` is not a whole number");
    fails("code:1.5", "1.5", "`1.5` is not a whole number");
    fails("code:5-1", "5-1", "the range `5-1` ends before it begins; write code:1-5");
    fails("code:5-", "5-", "the range has no end; write code:5-999, or code>=5");
    let moments = "a time, such as 14:02, 14:02:11-14:05, 2026-11-27T14:02 or 11-27";
    let ages = "a time or an age, such as 14:02, 2026-11-27T14:02 or 5m";
    for value in ["noon", "14", "25:00", "14:2", "2026-13-01", "-", "14:02-2026-11-27", "5m"] {
        fails(&format!("at:{value}"), value, &format!("`{value}` is not {moments}"));
    }
    for value in ["5", "5w", "m", "99999999999999999999d", "14:02-14:05"] {
        fails(&format!("since:{value}"), value, &format!("`{value}` is not {ages}"));
    }
    for (backwards, instead) in [
        ("2026-11-27T14:02-14:01", "2026-11-27T14:02-2026-11-28T14:01"),
        ("11-28T23:50-00:10", "11-28T23:50-11-29T00:10"),
        ("12-31T23:50-00:10", "12-31T00:10-23:50"),
        ("12-31t23:50-00:10", "12-31T00:10-23:50"),
        ("12-31T23:50Z-00:10", "12-31T00:10Z-23:50"),
        ("11-28-11-27", "11-27-11-28"),
        ("14:02-14:01", "14:01-14:02"),
    ] {
        let message =
            format!("the range `{backwards}` ends before it begins; write sent:{instead}");
        fails(&format!("sent:{backwards}"), backwards, &message);
        assert!(Filter::parse(&format!("sent:{instead}")).is_ok(), "{instead}");
    }
    fails("since>5m", "since>", "`since` cannot be compared; write since:…");
    fails("size>2x", "2x", "`2x` is not a size, such as 900, 2k or 1.5M");
    fails("lag>soon", "soon", "`soon` is not a time, such as 300ms, 3s, 2m or 1h");
    fails("size>99999999999999m", "99999999999999m", "`99999999999999m` is too large");
    fails("type:imag", "imag", "unknown type `imag`; did you mean `image`?");
    let form =
        "a path is written .Field.Inner, .List[0].Field or .\"odd name\"; text goes in quotes";
    let text = "in quotes this is searched as text";
    fails("a AND b", "AND", &format!("a space is and; {text}"));
    fails("a or b", "or", &format!("or is written |; {text}"));
    fails("(* | a)", "*", &format!("a word is found anywhere without *; {text}"));
    fails("from = a", "=", &format!("= stands right after a field, as in from=jared; {text}"));
    fails("time>5m", "time", "unknown field `time`; did you mean `at`?");
    fails("after:14:00", "after", "unknown field `after`; did you mean `since`?");
    fails("(.)", ".", form);
    fails(".a[x]", "[", form);
    fails(".a[1", "[", form);
    fails(".a/b", "/", form);
    fails(".a：b", "：", "`：` is a full-width character; write `:`, or the text in quotes");
    fails(".a>x", "x", "`x` is not a number");
    fails(".a:", ".a:", "`.a:` needs a value right after it");
    fails(".a!=1", ".a!=", "unknown operator `!=`; write -.a=…");
    fails("re:x", "re:", "a pattern is written between slashes: re:/…/");
    fails("re:/x", "/x", "the pattern has no closing `/`");
    fails("re://", "//", "empty pattern");
    fails("re:/x/gi", "gi", "unknown flag `gi` after a pattern; `i` ignores the letter case");
    fails("re:/(x/ y", "(", "invalid pattern: unclosed group");
    fails(
        "re:/小明[b-a]/",
        "b-a",
        "invalid pattern: invalid character class range, the start must be <= the end",
    );
    fails(
        "re:/a**{2,1}/i",
        "{2,1}",
        "invalid pattern: invalid repetition count range, the start must be <= the end",
    );
    fails("re:/a\\p{Zebra}/", "\\p{Zebra}", "invalid pattern: Unicode property not found");
    fails("re:/x\\/", "/x\\/", "the pattern has no closing `/`");
    fails("re:/a|*/", "", "invalid pattern: repetition operator missing expression");
    fails("re:/\\w{999}/", "/\\w{999}/", "the pattern is too large");
}

#[test]
fn a_field_of_the_body_is_written_as_a_path_or_by_its_field() {
    for (text, instead) in [
        ("To_Account:alice", "`to:alice` or `.To_Account:alice`"),
        ("to_account:\"a b\" x", "`to:\"a b\"` or `.To_Account:\"a b\"`"),
        ("SendMsgResult>0", "`code>0` or `.SendMsgResult>0`"),
        ("SendMsgResult=20006", "`code=20006`"),
        ("SendMsgResult!=0", "`-code=0` or `-.SendMsgResult=0`"),
        ("CallbackCommand=xx", "`cmd=xx`"),
        ("-MsgSeq:1001", "write `.MsgSeq:1001`"),
        ("msgseq:1001", "write `.MsgSeq:1001`"),
        ("OrderId:5", "write `.OrderId:5`"),
        ("ClientIP=127.0.0.1", "write `ip=127.0.0.1`"),
        ("MsgBody.MsgContent.Text:红", "write `.MsgBody.MsgContent.Text:红`"),
        ("MsgBody[0].MsgType!=x", "write `-.MsgBody[0].MsgType=x`"),
        ("from :bob", "write `from:bob`"),
        ("from : bob", "write `from:bob`"),
        ("unread  :  5 odd", "write `unread:5`"),
        ("from : \"a b\"", "write `from:\"a b\"`"),
    ] {
        let error = Filter::parse(text).unwrap_err();
        let messages = [En, Zh].map(|it| error.message(it));
        assert!(messages[0].contains(instead), "{text}: {messages:?}");
        assert!(messages[1].contains(&instead.replace("write ", "").replace(" or ", " 或 ")));
    }
    for text in [
        "name=bob",
        "a.b:c",
        "from b",
        "MsgBody.Text",
        "Data://x",
        "Id==",
        "(from :)",
        "from : | bob",
    ] {
        assert!(Filter::parse(text).is_ok(), "{text}");
    }
}

#[test]
fn text_that_would_be_expensive_is_refused() {
    let deep = format!("{}a{}", "(".repeat(65), ")".repeat(65));
    fails(&deep, "(", "more than 64 nested parentheses");
    assert!(Filter::parse(&deep[1..deep.len() - 1]).is_ok());
    let long = "小".repeat(1400);
    fails(&long, &long[4095..], "the filter is longer than 4 KiB");
    fails(&"re:/x/ ".repeat(17), "/x/", "more than 16 patterns");
}

#[test]
fn every_message_is_translated() {
    let texts = [
        "x:y",
        "(",
        ")",
        "()",
        "a |",
        "| a",
        "-",
        "\"\"",
        "\"",
        "from:",
        "from>5",
        "code!=0",
        "code:x",
        "code:5-1",
        "size>99999999999999m",
        "type:imag",
        ".a[x]",
        "a or b",
        "not a",
        "&& a",
        "*",
        "=",
        "at:x",
        "since:x",
        "re:x",
        "re:/x",
        "re://",
        "re:/x/g",
        "re:/(/",
        "from==bob",
        "code:5-",
        "odd:",
        "a，b",
    ];
    for text in texts {
        let error = Filter::parse(text).unwrap_err();
        let (english, chinese) = (error.message(En), error.message(Zh));
        assert!(english.is_ascii() || english.contains('…'), "{english}");
        assert!(chinese.contains(|it| ('一'..='龥').contains(&it)), "{chinese}");
    }
}

#[test]
fn a_mistake_within_a_pattern_has_its_place_there() {
    for (text, at) in [("x re:/a|*/", 8), ("re:/小(/", "re:/小".len()), ("re:/a(?<x/", 9)] {
        assert_eq!(Filter::parse(text).unwrap_err().at.start, at, "{text}");
    }
}
