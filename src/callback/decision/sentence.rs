//! What Tencent does with an answer, as a sentence.

use super::effect::Effect;
use super::{Decision, Judgment, Problem, Refused, codes};
use crate::callback::lang::{Lang, Localized, localize};

/// The maximum number of users that are named.
const MAX_NAMED: usize = 3;

pub(super) fn summary(judgment: &Judgment, lang: Lang) -> String {
    let (word, info) = (judgment.word(lang), &judgment.info);
    let colon = |rest: String| localize!(lang, "{word}: {rest}", "{word}：{rest}");
    match (judgment.decision, judgment.problem) {
        _ if !judgment.refused.is_empty() => colon(names(judgment, lang)),
        (Decision::Invalid, Some(problem)) => colon(problem.text(lang)),
        (Decision::Denied | Decision::Dropped, _) if !info.is_empty() => {
            localize!(lang, "{word} \"{info}\"", "{word} “{info}”")
        }
        _ => word,
    }
}

pub(super) fn sentence(judgment: &Judgment, lang: Lang) -> String {
    let Effect { happens, fails, .. } = judgment.effect;
    let (happens, fails) = (happens.text(lang), fails.text(lang));
    match judgment.decision {
        Decision::Allowed => localize!(lang, "Allowed: {happens}.", "允许：{happens}。"),
        Decision::Changed => localize!(
            lang,
            "Changed: {happens} with the content of this answer.",
            "已改写：{happens}，内容以本应答为准。"
        ),
        Decision::Dropped => localize!(
            lang,
            "Dropped: {fails}, and its sender sees success.",
            "已丢弃：{fails}，发送方看到发送成功。"
        ),
        Decision::Denied if !judgment.refused.is_empty() => each(judgment, lang),
        Decision::Denied => {
            let gets = client(judgment, lang);
            localize!(lang, "Denied: {fails}{gets}.", "拒绝：{fails}{gets}。")
        }
        Decision::Late => {
            let then = without_answer(judgment.effect, lang);
            localize!(
                lang,
                "Late: Tencent waits 2 s for an answer, and then {then}.",
                "超时：腾讯云只等待 2 秒，之后{then}。"
            )
        }
        Decision::Invalid => {
            let then = without_answer(judgment.effect, lang);
            let why = judgment.problem.map(|it| it.text(lang)).unwrap_or_default();
            localize!(
                lang,
                "Invalid: Tencent cannot use this answer ({why}), and {then}.",
                "无效应答：腾讯云无法使用此应答（{why}），{then}。"
            )
        }
    }
}

/// What the client gets with a denial, with a comma before it.
fn client(judgment: &Judgment, lang: Lang) -> String {
    let code = match judgment.code {
        Some(1) => judgment.effect.client_code,
        code => code,
    };
    let is_own = judgment.code != Some(1);
    match (code, is_own, judgment.info.as_str()) {
        (None, ..) => String::new(),
        (Some(code), true, info) if !info.is_empty() => {
            localize!(lang, ", and the client gets {code} “{info}”", "，客户端收到 {code}“{info}”")
        }
        (Some(code), ..) => localize!(lang, ", and the client gets {code}", "，客户端收到 {code}"),
    }
}

/// Which of the users are refused, with their codes.
fn each(judgment: &Judgment, lang: Lang) -> String {
    let (refused, asked) = (judgment.refused.len(), judgment.asked.max(judgment.refused.len()));
    let what = judgment.effect.is_for_each.unwrap_or(judgment.effect.fails).text(lang);
    let names = names(judgment, lang);
    localize!(
        lang,
        "Denied: {refused} of {asked} {what}: {names}.",
        "拒绝：{asked} 个中有 {refused} {what}：{names}。"
    )
}

/// The users that are refused, with their codes and reasons.
fn names(judgment: &Judgment, lang: Lang) -> String {
    let refused = judgment.refused.len();
    let mut named: Vec<_> = judgment.refused.iter().take(MAX_NAMED).map(Refused::text).collect();
    if let more @ 1.. = refused.saturating_sub(MAX_NAMED) {
        named.push(localize!(lang, "{more} more", "另外 {more} 个"));
    }
    named.join(lang.comma())
}

/// What happens without a usable answer.
fn without_answer(effect: &Effect, lang: Lang) -> String {
    let (happens, fails) = (effect.happens.text(lang), effect.fails.text(lang));
    if effect.needs_answer {
        return localize!(
            lang,
            "{fails} (unless Live.CallbackBeforeCallBackNotBlock is on)",
            "{fails}（开启 Live.CallbackBeforeCallBackNotBlock 时除外）"
        );
    }
    let code = if effect.is_message() {
        Localized::new("; then the sender gets 80003", "，此时发送方收到 80003")
    } else {
        Localized::new("", "")
    };
    let code = code.text(lang);
    localize!(
        lang,
        "{happens}, unless the console says otherwise{code}",
        "{happens}，除非控制台另有设置{code}"
    )
}

impl Refused {
    /// The account with its code and reason.
    fn text(&self) -> String {
        let Self { account, info, .. } = self;
        match (self.code, info.as_str()) {
            (Some(code), "") => format!("{account} {code}"),
            (Some(code), _) => format!("{account} {code} “{info}”"),
            (None, _) => account.clone(),
        }
    }
}

impl Problem {
    fn text(self, lang: Lang) -> String {
        match self {
            Self::Status(status) => {
                localize!(lang, "status {status} and not 200", "状态码为 {status}，不是 200")
            }
            Self::NotJson => localize!(lang, "no JSON object", "不是 JSON 对象"),
            Self::Field(name) => {
                localize!(lang, "{name} missing or of a wrong type", "{name} 缺失或类型有误")
            }
            Self::Failure => {
                localize!(lang, "ActionStatus is not OK", "ActionStatus 不是 OK")
            }
            Self::Code(word, code) => {
                codes(word).map(|it| it.without(code, lang)).unwrap_or_default()
            }
            Self::Friends(missing) => localize!(
                lang,
                "ResultItem lacks {missing} of the users",
                "ResultItem 缺少 {missing} 个用户"
            ),
            Self::Ignored(code) => localize!(
                lang,
                "ErrorCode is {code}, but only ResultItem decides",
                "ErrorCode 为 {code}，但只有 ResultItem 起作用"
            ),
        }
    }
}
