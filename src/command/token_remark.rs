//! Remarks about a token as sentences, for `doctor` and for the start of a listener.

use crate::callback::Lang;
use crate::callback::lang::localize;
use crate::callback::signature::{MAX_TOKEN, Remark, Token};

/// The warning at the start if the token was perhaps not written as it is set in the
/// console. It is accepted, because it may have that form.
pub(super) fn warning(token: Option<&Token>, lang: Lang) -> Option<String> {
    let remark = token?.remarks().into_iter().find(|it| it.is_about_form())?;
    let (message, hint) = describe(remark, lang);
    Some(localize!(lang, "check the token: {message}; {hint}", "请检查 Token：{message}；{hint}"))
}

/// A remark about the token, as message and hint.
pub(super) fn describe(remark: Remark, lang: Lang) -> (String, String) {
    let compare =
        || localize!(lang, "compare it with the token in the console", "请与控制台中的 Token 核对");
    match remark {
        Remark::Assignment => (
            localize!(
                lang,
                "it has the form KEY=value: is all of it the token?",
                "形如 KEY=value：整行都是 Token 吗？",
            ),
            compare(),
        ),
        Remark::Quoted => {
            (localize!(lang, "it begins or ends with a quote", "首尾带有引号"), compare())
        }
        Remark::NotAscii => (
            localize!(lang, "it has a character that is not ASCII", "其中包含非 ASCII 字符"),
            compare(),
        ),
        Remark::Long(length) => (
            localize!(
                lang,
                "it has {length} characters, the documentation allows at most {MAX_TOKEN}",
                "长度为 {length}，文档规定最多 {MAX_TOKEN}",
            ),
            compare(),
        ),
        Remark::WhiteSpace => {
            (localize!(lang, "it contains white space", "其中包含空白字符"), compare())
        }
        Remark::Misprint => (
            localize!(
                lang,
                "it is the example of older copies of the documentation, which does not belong to the signature printed with it",
                "这是旧版文档中的示例，与其旁印出的签名并不对应",
            ),
            localize!(
                lang,
                "use the example of today's page for a test, otherwise a token that cannot be guessed",
                "测试请用新版文档中的示例；正式使用请设置难以猜测的 Token",
            ),
        ),
        Remark::Example => (
            localize!(
                lang,
                "it is the documentation's example, which is public",
                "这是文档中的示例，人人皆知",
            ),
            localize!(lang, "set a token that cannot be guessed", "请设置难以猜测的 Token"),
        ),
    }
}
