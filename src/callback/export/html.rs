//! A report in HTML: one file that refers to no other, for light and dark screens.
//!
//! The totals are known at the end only and are written there; the style puts them
//! first. Everything from outside is escaped, and without hidden characters.

mod style;
mod totals;

use super::{Entry, ExportOptions, Summary};
use crate::callback::decision::judge_delivery;
use crate::callback::format::{bytes, duration, grouped, time_of_day};
use crate::callback::json_text::indented;
use crate::callback::lang::{Lang, Localized, localize};
use crate::callback::printable::{clean, clean_lines};
use crate::callback::{Callback, Delivery, Timestamp, result_word};

/// Bytes of a payload from which on it is cut.
const PAYLOAD_BYTES: usize = 16 << 10;
/// Bytes of a report from which on payloads are left out.
const PAYLOADS_UNTIL: u64 = 24 << 20;
/// Bytes of a report from which on callbacks are counted and not listed.
const ROWS_UNTIL: u64 = 32 << 20;

/// Appends the head.
pub(super) fn begin(lang: Lang, out: &mut Vec<u8>) {
    let code = Localized::new("en", "zh-CN").text(lang);
    let title = TITLE.text(lang);
    let head = format!(
        "<!DOCTYPE html>\n<html lang=\"{code}\"><head><meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width\">\n\
         <title>{title}</title>\n<style>{}</style></head>\n<body><main>\n",
        style::CSS
    );
    out.extend_from_slice(head.as_bytes());
    let mut page = Page(out);
    page.raw("<div class=head>");
    let cells = [("time", TIME), ("b", NAMES), ("i", TYPE), ("span", MESSAGE), ("u", RESULT)];
    for (tag, text) in cells.into_iter().chain([("em", SIGN)]) {
        page.tagged(tag, text.text(lang));
    }
    page.raw("</div>\n");
}

const TITLE: Localized = Localized::new("imscope: callbacks", "imscope：回调报告");
const PAYLOAD_OMITTED: Localized =
    Localized::new("the payload is left out: the report is too large", "报告过大，此处省略正文");

const TIME: Localized = Localized::new("time", "时间");
const NAMES: Localized = Localized::new("from → to", "发送方 → 接收方");
const TYPE: Localized = Localized::new("type", "类型");
const MESSAGE: Localized = Localized::new("message", "消息");
const RESULT: Localized = Localized::new("result", "结果");
const SIGN: Localized = Localized::new("sign", "标记");

/// The words of signs in the filter, and on the page.
const SIGNS: [(&str, Localized); 8] = [
    ("refused", result_word::REFUSED),
    ("broken", Localized::new("not JSON", "非JSON")),
    ("trouble", Localized::new("trouble", "有问题")),
    ("odd", Localized::new("odd", "异常")),
    ("duplicate", Localized::new("duplicate", "重复")),
    ("older", Localized::new("older", "乱序")),
    ("online", Localized::new("online only", "仅在线")),
    ("resent", Localized::new("sent again", "重发")),
];

fn sign_word(word: &str, lang: Lang) -> &str {
    SIGNS.iter().find(|(it, _)| *it == word).map_or(word, |(_, text)| text.text(lang))
}

/// What is known of the callbacks pushed so far.
#[derive(Debug, Default)]
pub(super) struct Report {
    /// The first and the last time of arrival.
    span: Option<(Timestamp, Timestamp)>,
    /// The size of their rows.
    pub(super) bytes: u64,
    /// Callbacks that are not listed.
    unlisted: u64,
}

impl Report {
    /// Appends a callback.
    pub(super) fn push(
        &mut self,
        options: &ExportOptions,
        entry: Entry<'_>,
        callback: &Callback<'_>,
        out: &mut Vec<u8>,
    ) {
        let at = entry.delivery.at;
        let (first, last) = self.span.unwrap_or((at, at));
        self.span = Some((first.min(at), last.max(at)));
        if ROWS_UNTIL <= self.bytes {
            self.unlisted += 1;
            return;
        }
        let start = out.len();
        push_row(options, entry, callback, self.bytes < PAYLOADS_UNTIL, out);
        self.bytes += (out.len() - start) as u64;
    }

    /// Appends the totals and the end.
    pub(super) fn end(
        &self,
        options: &ExportOptions,
        count: u64,
        summary: &Summary,
        out: &mut Vec<u8>,
    ) {
        let lang = options.lang;
        let mut page = Page(out);
        if self.unlisted > 0 {
            let unlisted = grouped(self.unlisted);
            let text = localize!(
                lang,
                "{unlisted} more are counted, but not listed: the report is too large",
                "报告过大，另有 {unlisted} 条已计数但未列出"
            );
            page.tagged("p class=note", &text);
        }
        page.raw("</main><header>");
        page.tagged("h1", TITLE.text(lang));
        let count = grouped(count);
        let span = self.span.map(|(first, last)| {
            let [first, last] = [first, last].map(|it| date(options, it));
            format!(" · {first} – {last}")
        });
        let text =
            localize!(lang, "{count} callbacks", "{count} 条回调") + &span.unwrap_or_default();
        page.tagged("p", &text);
        totals::push(lang, summary, &mut page);
        page.raw("</header></body></html>\n");
    }
}

/// Appends the row of a callback, which opens to its payload and its answer.
fn push_row(
    options: &ExportOptions,
    Entry { delivery, signs }: Entry<'_>,
    callback: &Callback<'_>,
    has_payload: bool,
    out: &mut Vec<u8>,
) {
    let lang = options.lang;
    let at = |secs| time_of_day(Timestamp::from_secs(secs), &options.zone);
    let summary = delivery.refusal_reason(lang).unwrap_or_else(|| callback.summary(lang, &at));
    let (result, class) = result(lang, delivery, callback);
    let mut page = Page(out);
    page.raw("<details><summary>");
    page.tagged("time", &time_of_day(delivery.at, &options.zone));
    let arrow = if callback.to.is_some() { " → " } else { "" };
    let [from, to] = [&callback.from, &callback.to].map(|it| it.as_deref().unwrap_or_default());
    page.tagged("b", &clean(&format!("{from}{arrow}{to}")));
    page.tagged("i", &clean(&callback.type_label(lang)));
    page.tagged("span", &clean(&summary));
    page.tagged(class, &result);
    let signs: Vec<_> = signs.split(' ').map(|it| sign_word(it, lang)).collect();
    page.tagged("em", &signs.join(" "));
    page.raw("</summary>");
    let took = duration(std::time::Duration::from_micros(delivery.answer.took.into()));
    let date = date(options, delivery.at);
    let head = format!("{} · {date} · {} · {took}", delivery.seq, callback.word);
    page.tagged("p", &clean(&head));
    match has_payload {
        true => {
            push_payload(lang, &delivery.body, delivery.omitted_bytes, &mut page);
            page.tagged("p", &delivery.answer.status.to_string());
            push_payload(lang, &delivery.answer.body, 0, &mut page);
        }
        false => page.tagged("p class=note", PAYLOAD_OMITTED.text(lang)),
    }
    page.raw("</details>\n");
}

/// Date, time and UTC offset; empty for a time out of range.
fn date(options: &ExportOptions, at: Timestamp) -> String {
    let Ok(stamp) = jiff::Timestamp::from_microsecond(at.0) else { return String::new() };
    stamp.to_zoned(options.zone.clone()).strftime("%Y-%m-%d %H:%M:%S %:z").to_string()
}

/// The result in a word or a code, and its tag with a class.
fn result(lang: Lang, delivery: &Delivery, callback: &Callback<'_>) -> (String, &'static str) {
    if let Some(judgment) = judge_delivery(callback, delivery) {
        let class = if judgment.decision.is_denial() { "u class=bad" } else { "u" };
        return (judgment.word(lang), class);
    }
    match callback.result {
        _ if delivery.is_refused() => (result_word::REFUSED.text(lang).to_owned(), "u class=bad"),
        Some(0) => (result_word::OK.text(lang).to_owned(), "u class=good"),
        Some(code) => (code.to_string(), "u class=bad"),
        None => (String::new(), "u"),
    }
}

/// Appends a payload, indented if it is JSON, up to [`PAYLOAD_BYTES`].
fn push_payload(lang: Lang, payload: &[u8], omitted: u64, page: &mut Page<'_>) {
    let shown = payload.len().min(PAYLOAD_BYTES);
    let text = match shown == payload.len() {
        true => String::from_utf8_lossy(&indented(payload)).into_owned(),
        false => String::from_utf8_lossy(&payload[..shown]).into_owned(),
    };
    page.tagged("pre", &clean_lines(&text));
    let rest = (payload.len() - shown) as u64 + omitted;
    if rest > 0 {
        let rest = bytes(rest);
        page.tagged("p class=note", &localize!(lang, "{rest} more are cut", "其余 {rest} 已省略"));
    }
}

/// The page that is written.
struct Page<'o>(&'o mut Vec<u8>);

impl Page<'_> {
    /// Appends what is HTML already.
    fn raw(&mut self, html: &str) {
        self.0.extend_from_slice(html.as_bytes());
    }

    /// Begins a table with the heads of its columns.
    fn heads(&mut self, lang: Lang, heads: &[Localized]) {
        self.raw("<table><tr>");
        for it in heads {
            self.tagged("th", it.text(lang));
        }
        self.raw("</tr>\n");
    }

    /// Appends a text between tags; `tag` may have attributes.
    fn tagged(&mut self, tag: &str, text: &str) {
        self.raw("<");
        self.raw(tag);
        self.raw(">");
        let mut rest = text;
        while let Some(at) = rest.find(['&', '<', '>', '"', '\'']) {
            self.raw(&rest[..at]);
            self.raw(match rest.as_bytes()[at] {
                b'&' => "&amp;",
                b'<' => "&lt;",
                b'>' => "&gt;",
                b'"' => "&quot;",
                _ => "&#39;",
            });
            rest = &rest[at + 1..];
        }
        self.raw(rest);
        self.raw("</");
        self.raw(tag.split(' ').next().unwrap_or(tag));
        self.raw(">");
    }
}
