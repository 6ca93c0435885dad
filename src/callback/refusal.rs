//! The reason of a refusal and the result of a signature check as sentences.

use super::delivery::{Delivery, Refusal};
use super::lang::{Lang, Localized, localize};
use super::signature::Verdict;

impl Delivery {
    /// Why it was refused, as a sentence.
    pub fn refusal_reason(&self, lang: Lang) -> Option<String> {
        let refusal = self.refusal?;
        Some(match refusal.reason() {
            Some(reason) => reason.text(lang).to_owned(),
            None if refusal == Refusal::Method => {
                let method = &self.method;
                localize!(
                    lang,
                    "the method is {method}: callbacks are sent by POST",
                    "请求方法为 {method}，回调应使用 POST"
                )
            }
            None => {
                let verdict = self.signature.text(lang);
                localize!(lang, "signature {verdict}", "签名{verdict}")
            }
        })
    }
}

impl Refusal {
    /// The reason of a refusal that protects the local app; `None` for the others,
    /// whose text has values of the request.
    pub const fn reason(self) -> Option<Localized> {
        Some(match self {
            Self::Signature | Self::Method => return None,
            Self::Path => Localized::new(
                "the path has a dot segment or a backslash: it could leave the local app's",
                "路径中有 . 或 .. 段，或有反斜杠，可能越出本地应用的路径",
            ),
            Self::Browser => Localized::new(
                "a web page made this call (Origin, Sec-Fetch-Site): it does not reach the local app",
                "该请求由网页发出（Origin、Sec-Fetch-Site），不转发给本地应用",
            ),
            Self::Loop => Localized::new(
                "imscope forwarded this call and got it back: the URL of the local app leads to imscope",
                "imscope 转发的请求又回到了自己：本地应用的 URL 指向 imscope",
            ),
        })
    }
}

impl Verdict {
    /// The result as a sentence that follows the word `signature`.
    pub fn text(self, lang: Lang) -> String {
        match self {
            Self::Unchecked => {
                Localized::new("not checked: no token is set", "未校验：未设置 Token")
            }
            Self::Absent => Localized::new(
                "absent: a token is set, the request has no Sign or no RequestTime",
                "缺失：已设置 Token，但请求缺少 Sign 或 RequestTime",
            ),
            Self::Wrong => {
                Localized::new("wrong: it does not match the token", "错误，与 Token 不符")
            }
            Self::Valid { age } => {
                return localize!(
                    lang,
                    "valid, made {age} s before it was received",
                    "有效，生成后 {age} 秒到达"
                );
            }
            _ if self.is_in_milliseconds() => Localized::new(
                "stale: RequestTime is in milliseconds, where Tencent has seconds",
                "已过期：RequestTime 的单位是毫秒，应为秒",
            ),
            Self::Stale { age } => return stale(age, lang),
        }
        .text(lang)
        .to_owned()
    }
}

/// The result for a signature that was made so many seconds before the arrival.
fn stale(age: i64, lang: Lang) -> String {
    let secs = age.unsigned_abs();
    match age {
        ..0 => localize!(
            lang,
            "stale: it matches, but was made {secs} s after it was received; do the clocks differ?",
            "已过期：签名正确，但生成时间比到达时间晚 {secs} 秒，请检查两端时钟"
        ),
        0.. => localize!(
            lang,
            "stale: it matches, but was made {secs} s before it was received; do the clocks differ?",
            "已过期：签名正确，但生成于 {secs} 秒前，请检查两端时钟"
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_refusal_has_its_reason_in_both_languages() {
        let refused = |refusal, signature, method: &'static str| Delivery {
            refusal,
            signature,
            method: method.into(),
            ..Delivery::default()
        };
        let cases = [
            (None, Verdict::Valid { age: 1 }, None),
            (
                Some(Refusal::Signature),
                Verdict::Wrong,
                Some("signature wrong: it does not match the token"),
            ),
            (
                Some(Refusal::Method),
                Verdict::Unchecked,
                Some("the method is PUT: callbacks are sent by POST"),
            ),
        ];
        for (refusal, signature, reason) in cases {
            let delivery = refused(refusal, signature, "PUT");
            assert_eq!(delivery.refusal_reason(Lang::En).as_deref(), reason);
        }
        let stale = refused(Some(Refusal::Signature), Verdict::Stale { age: 90 }, "POST");
        let reason = stale.refusal_reason(Lang::Zh).unwrap();
        assert!(reason.starts_with("签名已过期：") && reason.contains("90 秒"), "{reason}");
        let page = refused(Some(Refusal::Browser), Verdict::Unchecked, "POST");
        assert!(page.refusal_reason(Lang::En).unwrap().starts_with("a web page made this call"));
    }
}
