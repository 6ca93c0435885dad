//! The totals of a report: its signs, failures and unread counts.

use super::{Page, SIGN, Summary, sign_word};
use crate::callback::code;
use crate::callback::format::grouped;
use crate::callback::lang::{Lang, Localized, localize};
use crate::callback::printable::clean;

const COUNT: Localized = Localized::new("count", "次数");
const CODE: Localized = Localized::new("code", "错误码");
const MEANING: Localized = Localized::new("meaning", "含义");
const ADVICE: Localized = Localized::new("what to do", "处理建议");
const INFO: Localized = Localized::new("ErrorInfo", "ErrorInfo");
const USER: Localized = Localized::new("user", "用户");
const UNREAD: Localized = Localized::new("count", "未读数");

/// Appends all totals.
pub(super) fn push(lang: Lang, summary: &Summary, page: &mut Page<'_>) {
    push_signs(lang, summary, page);
    push_failures(lang, summary, page);
    push_unread(lang, summary, page);
}

/// Appends how many callbacks have each sign, and what that means.
fn push_signs(lang: Lang, summary: &Summary, page: &mut Page<'_>) {
    let signs: Vec<_> = summary.signs.iter().filter(|it| it.count > 0).collect();
    if signs.is_empty() {
        if summary.failures.is_empty() {
            page.tagged("p", Localized::new("nothing remarkable", "无异常").text(lang));
        }
        return;
    }
    page.heads(lang, &[SIGN, COUNT, MEANING]);
    for it in signs {
        page.raw("<tr>");
        page.tagged("td", sign_word(it.word, lang));
        page.tagged("td class=n", &grouped(it.count));
        page.tagged("td class=dim", it.meaning.text(lang));
        page.raw("</tr>\n");
    }
    page.raw("</table>");
}

fn push_failures(lang: Lang, summary: &Summary, page: &mut Page<'_>) {
    if summary.failures.is_empty() {
        return;
    }
    page.tagged("h2", Localized::new("Failures", "失败").text(lang));
    page.heads(lang, &[CODE, COUNT, MEANING, ADVICE, INFO]);
    for it in &summary.failures {
        let known = code::find(it.code);
        let meaning = known.map_or("", |it| it.meaning().text(lang));
        let advice = known.map_or("", |it| it.advice().text(lang));
        page.raw("<tr>");
        page.tagged("td class=bad", &it.code.to_string());
        page.tagged("td class=n", &grouped(it.count));
        page.tagged("td", meaning);
        page.tagged("td", advice);
        page.raw("<td class=dim>");
        it.infos.iter().for_each(|info| page.tagged("div", &clean(info)));
        if it.has_other_infos {
            page.tagged("div", "…");
        }
        page.raw("</td>");
        page.raw("</tr>\n");
    }
    page.raw("</table>");
}

fn push_unread(lang: Lang, summary: &Summary, page: &mut Page<'_>) {
    if summary.unread.is_empty() {
        return;
    }
    page.tagged("h2", Localized::new("Unread", "未读").text(lang));
    page.heads(lang, &[USER, UNREAD]);
    for it in &summary.unread {
        let doubt = if it.is_doubtful { " ~" } else { "" };
        page.raw("<tr>");
        page.tagged("td", &clean(&it.user));
        page.tagged("td class=n", &(grouped(it.count.into()) + doubt));
        page.raw("</tr>\n");
    }
    page.raw("</table>");
    if summary.other_users > 0 {
        let others = grouped(summary.other_users as u64);
        page.tagged(
            "p class=note",
            &localize!(lang, "and {others} users more", "另有 {others} 个用户"),
        );
    }
}
