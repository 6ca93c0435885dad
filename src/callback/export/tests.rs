//! Tests of the formats.

use serde_json::Value;

use super::*;
use crate::callback::{Answer, Refusal, Verdict, code};

const TEXT: &str = r#"{"CallbackCommand":"C2C.CallbackAfterSendMsg","From_Account":"=cmd|' /C calc'!A0","To_Account":"小,\"明\"","MsgKey":"1_2_3","SendMsgResult":80001,"ErrorInfo":"<b>","MsgBody":[{"MsgType":"TIMTextElem","MsgContent":{"Text":"<script>alert('x')</script>\r\n\u202e\u001b[31m&amp;"}}]}"#;

fn delivery(body: &[u8]) -> Delivery {
    Delivery {
        seq: crate::callback::Seq(17),
        at: Timestamp::from_secs(1_795_327_331),
        method: "POST".into(),
        target: "/im?SdkAppid=1400000000&a=b%20c&Sign=5ec7e75ec7e7&RequestTime=5".into(),
        headers: [("host", &b"a"[..]), ("authorization", b"Bearer topsecret1")]
            .into_iter()
            .collect(),
        body: body.into(),
        signature: Verdict::Valid { age: 3 },
        answer: Answer::ok(1500),
        ..Delivery::default()
    }
}

fn encoded(format: Format, lang: Lang, deliveries: &[Delivery], summary: &Summary) -> String {
    let zone = TimeZone::fixed(jiff::tz::offset(8));
    let base = "http://127.0.0.1:9527".to_owned();
    let listener = Destination { base, ..Destination::default() };
    let mut out = Vec::new();
    let options = ExportOptions { format, lang, zone, listener };
    let mut encoder = Encoder::begin(options, &mut out);
    for delivery in deliveries {
        encoder.push(Entry { delivery, signs: "odd duplicate" }, &mut out);
    }
    assert_eq!(encoder.end(summary, &mut out), deliveries.len() as u64);
    String::from_utf8(out).unwrap()
}

fn check(format: Format, body: &str) -> String {
    encoded(format, Lang::En, &[delivery(body.as_bytes())], &Summary::default())
}

#[test]
fn no_format_has_a_secret_and_only_data_has_hidden_characters() {
    for format in Format::ALL {
        let text = check(format, TEXT);
        assert!(!text.contains("5ec7e7") && !text.contains("topsecret1"), "{format:?}: {text}");
        let text = text.trim_start_matches('\u{feff}').replace("\r\n", "\n").replace('\n', "");
        assert!(!text.contains(crate::callback::printable::is_hidden), "{format:?}: {text:?}");
    }
}

#[test]
fn a_cell_of_csv_is_quoted_and_never_a_formula() {
    let text = check(Format::Csv, TEXT);
    let rows: Vec<_> = text.split("\r\n").collect();
    assert_eq!((rows.len(), rows[2]), (3, ""));
    let expected = "17,2026-11-22T14:02:11.000000+08:00,1400000000,C2C.CallbackAfterSendMsg,\
        \"'=cmd|' /C calc'!A0\",\"小,\"\"明\"\"\",text,";
    assert!(rows[1].starts_with(expected), "{}", rows[1]);
    assert!(rows[1].contains(",failed,80001,<b>,,,,1500,"), "{}", rows[1]);
    assert!(rows[1].ends_with(",1_2_3,odd duplicate"), "{}", rows[1]);
    for start in
        ["=1+1", "+1", "-1", "@x", "\t=1", "＝1", "\u{fe0f}=1+1", "\u{20e3}@SUM(1)", "\u{fe0f} =1"]
    {
        let body = serde_json::json!({ "From_Account": start }).to_string();
        let text = check(Format::Csv, &body);
        assert!(text.contains(",'") || text.contains(",\"'"), "{start}: {text}");
    }
    let text = check(Format::Csv, r#"{"From_Account":"x;=1+1"}"#);
    assert!(text.contains(",\"x;=1+1\","), "{text}");
    let timed = serde_json::json!({ "MsgTime": 1_795_327_331 - 3 }).to_string();
    let late = Delivery { at: Timestamp(1_795_327_331_498_000), ..delivery(timed.as_bytes()) };
    let early = Delivery { at: Timestamp::from_secs(1_795_327_327), ..late.clone() };
    for (delivery, lag) in [(late, ",3,1500,"), (early, ",-1,1500,")] {
        let text = encoded(Format::Csv, Lang::En, &[delivery], &Summary::default());
        assert!(text.contains(lag), "{text}");
    }
    let sent = r#"{"CallbackCommand":"C2C.CallbackAfterSendMsg","SendMsgResult":0,"MsgBody":[{"MsgType":"TIMTextElem","MsgContent":{"Text":"👨\u200d👩\u200d👧 ❤\ufe0f"}}]}"#;
    let chinese = encoded(Format::Csv, Lang::Zh, &[delivery(sent.as_bytes())], &Summary::default());
    assert!(chinese.contains(",text,👨\u{200d}👩\u{200d}👧 ❤\u{fe0f},ok,0,"), "{chinese}");
    let report = encoded(Format::Html, Lang::Zh, &[delivery(sent.as_bytes())], &Summary::default());
    assert!(report.contains(">成功<") && report.contains(">文本<"), "{report}");
    let broken = check(Format::Csv, "{");
    assert!(broken.contains(",broken,,,,,,1500,1,,odd duplicate\r\n"), "{broken}");
}

#[test]
fn an_entry_of_har_has_the_call_and_the_answer() {
    let broken = delivery(b"\xff\x00");
    let refused = Delivery { refusal: Some(Refusal::Signature), ..delivery(b"") };
    let all = [delivery(TEXT.as_bytes()), broken, refused];
    let text = encoded(Format::Har, Lang::En, &all, &Summary::default());
    let har: Value = serde_json::from_str(&text).unwrap();
    let entries = har["log"]["entries"].as_array().unwrap();
    let first = &entries[0];
    assert_eq!(first["startedDateTime"], "2026-11-22T14:02:11.000000+08:00");
    assert_eq!((&first["time"], &first["timings"]["wait"]), (&1.5.into(), &1.5.into()));
    let url = first["request"]["url"].as_str().unwrap();
    assert!(url.starts_with("http://127.0.0.1:9527/im?SdkAppid=1400000000&a=b%20c&"), "{url}");
    assert_eq!(
        first["request"]["queryString"][1],
        serde_json::json!({"name": "a", "value": "b c"})
    );
    assert_eq!(first["request"]["postData"]["text"], TEXT);
    assert_eq!(first["response"]["status"], 200);
    assert_eq!(first["_imscope"]["command"], "C2C.CallbackAfterSendMsg");
    assert_eq!(
        (&first["_imscope"]["signature"], &first["_imscope"]["age"]),
        (&"valid".into(), &3.into())
    );
    let data = &entries[1]["request"]["postData"];
    assert_eq!((&data["text"], &data["_encoding"]), (&"/wA=".into(), &"base64".into()));
    assert_eq!(entries[2]["_imscope"]["refused"], "signature");
    assert!(entries[2]["request"].get("postData").is_none());
    let empty = encoded(Format::Har, Lang::En, &[], &Summary::default());
    assert!(serde_json::from_str::<Value>(&empty).unwrap()["log"]["entries"].is_array());
}

#[test]
fn a_report_escapes_everything_and_shows_the_totals() {
    let failures = vec![CodeCount {
        code: 80001,
        count: 12,
        infos: vec!["<i>\u{202e}".to_owned(), "second".to_owned()],
        has_other_infos: true,
    }];
    let unread = vec![UserCount { user: "<u>".to_owned(), count: 1234, is_doubtful: true }];
    let meaning = Localized::new("departs <from>", "不符");
    let sign = |word, count| SignCount { word, meaning, count };
    let signs = vec![sign("odd", 2), sign("older", 0)];
    let summary = Summary { failures, unread, other_users: 7, signs };
    for lang in [Lang::En, Lang::Zh] {
        let text = encoded(Format::Html, lang, &[delivery(TEXT.as_bytes())], &summary);
        for tag in ["<script", "<i>\u{202e}", "<u><", "src=", "href=", "url(", "@import"] {
            assert!(!text.contains(tag), "{tag} in {text}");
        }
        let infos = "<div>&lt;i&gt;\u{fffd}</div><div>second</div><div>…</div></td>";
        assert!(text.contains(infos), "{text}");
        for part in ["&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;", "&lt;u&gt;", "1 234 ~"] {
            assert!(text.contains(part), "{part} in {text}");
        }
        let code = code::find(80001).unwrap();
        assert!(
            text.contains(code.meaning().text(lang)) && text.contains(code.advice().text(lang))
        );
        let sign = Localized::new(
            "<td>odd</td><td class=n>2</td><td class=dim>departs &lt;from&gt;<",
            "<td>异常</td><td class=n>2</td><td class=dim>不符<",
        );
        assert!(text.contains(sign.text(lang)) && !text.contains("乱序"), "{text}");
        let heads = text.matches("<table><tr><th>").count();
        assert_eq!((heads, text.matches("<table>").count()), (3, 3));
        assert!(text.contains("<div class=head><time>"));
    }
}

#[test]
fn a_report_cuts_long_payloads_and_ends_in_time() {
    let long = format!("{{\"a\":\"{}\"}}", "x".repeat(100_000));
    let text = check(Format::Html, &long);
    assert!(text.len() < 30_000 && text.contains("84 kB more are cut"), "{}", text.len());
    let mut report = Report::default();
    report.bytes = (24 << 20) - 1;
    let listener = Destination::default();
    let options =
        ExportOptions { format: Format::Html, lang: Lang::En, zone: TimeZone::UTC, listener };
    let mut out = Vec::new();
    let one = delivery(b"{\"a\":\"payload\"}");
    let push = |report: &mut Report, out: &mut Vec<u8>| {
        report.push(&options, Entry { delivery: &one, signs: "" }, &decode(&one), out);
    };
    push(&mut report, &mut out);
    assert!(str::from_utf8(&out).unwrap().contains("payload&quot;"));
    out.clear();
    push(&mut report, &mut out);
    let text = str::from_utf8(&out).unwrap();
    assert!(!text.contains("payload&quot;") && text.contains("the payload is left out"), "{text}");
    report.bytes = 32 << 20;
    out.clear();
    push(&mut report, &mut out);
    assert_eq!(out, b"");
    report.end(&options, 3, &Summary::default(), &mut out);
    let text = str::from_utf8(&out).unwrap();
    assert!(text.contains("1 more are counted, but not listed"), "{text}");
}

#[test]
fn a_report_of_failures_has_something_remarkable() {
    let failure = CodeCount { code: 80001, count: 1, infos: Vec::new(), has_other_infos: false };
    let summary = Summary { failures: vec![failure], ..Summary::default() };
    let report = |it: &Summary| encoded(Format::Html, Lang::En, &[delivery(b"{}")], it);
    assert!(!report(&summary).contains("nothing remarkable"));
    assert!(report(&Summary::default()).contains("nothing remarkable"));
}

#[test]
fn har_of_a_recording_has_the_url_that_was_called() {
    let local = Delivery {
        headers: [("host", &b"127.0.0.1:19615"[..])].into_iter().collect(),
        ..delivery(b"{}")
    };
    let base = "http://127.0.0.1:9527".to_owned();
    let listener = Destination { base, is_guess: true, ..Destination::default() };
    let options =
        ExportOptions { format: Format::Har, lang: Lang::En, zone: TimeZone::UTC, listener };
    let mut out = Vec::new();
    let mut encoder = Encoder::begin(options, &mut out);
    encoder.push(Entry { delivery: &local, signs: "" }, &mut out);
    encoder.end(&Summary::default(), &mut out);
    let har: Value = serde_json::from_slice(&out).unwrap();
    let url = har["log"]["entries"][0]["request"]["url"].as_str().unwrap();
    assert!(url.starts_with("http://127.0.0.1:19615/im?"), "{url}");
}

#[test]
fn a_line_of_the_script_is_a_command_or_a_comment() {
    let word = "\nrm -rf /\n";
    let hostile = delivery(serde_json::json!({ "CallbackCommand": word }).to_string().as_bytes());
    let refused = Delivery { refusal: Some(Refusal::Signature), ..delivery(b"{}") };
    let text = encoded(Format::Curl, Lang::Zh, &[hostile, refused], &Summary::default());
    let lines: Vec<_> = text.lines().collect();
    assert_eq!((lines.len(), lines[0]), (9, "#!/usr/bin/env bash"));
    let starts = [
        "#!",
        "# imscope",
        "# ",
        "URL=${1:-${URL:-'http://127.0.0.1:9527'}}",
        "URL=${URL%/}",
        "# 17",
        "curl",
        "# 17",
        "# curl",
    ];
    for (line, start) in lines.iter().zip(starts) {
        assert!(line.starts_with(start), "{line}");
    }
}
