//! Checks the token, and the signature algorithm.

use super::check::{CheckName, CheckResult};
use super::context::CheckContext;
use crate::callback::lang::localize;
use crate::callback::signature::{EXAMPLE, MAX_TOKEN, Remark, Token};

/// Whether a token is set, and whether it can be the one set in the console.
/// `is_public` is whether a public URL leads to the listener.
pub(super) fn check(context: &CheckContext, is_public: bool) -> CheckResult {
    let lang = context.lang;
    let source = context.token_source.as_deref().unwrap_or_default();
    let token = match &context.token {
        Err(error) => {
            let hint = localize!(
                lang,
                "set --token-file to a file that contains the token, or set IMSCOPE_TOKEN",
                "指定包含 Token 的文件，或设置 IMSCOPE_TOKEN",
            );
            return CheckResult::failure(CheckName::Token, error.clone()).hint(hint);
        }
        Ok(None) => {
            let is_public = is_public || !context.listen.ip().to_canonical().is_loopback();
            let message = match context.forward {
                Some(_) if is_public => localize!(
                    lang,
                    "not set: signatures are not checked, anyone can call the local app through imscope",
                    "未设置：不校验签名，任何人都可通过 imscope 调用本地应用",
                ),
                _ => localize!(
                    lang,
                    "not set: signatures are not checked, anyone can send callbacks",
                    "未设置：不校验签名，任何人都可调用",
                ),
            };
            let hint = localize!(
                lang,
                "enable authentication in the console, and set its token in IMSCOPE_TOKEN or --token-file",
                "在控制台开启鉴权，并通过 IMSCOPE_TOKEN 或 --token-file 提供 Token",
            );
            return CheckResult::warning(CheckName::Token, message).hint(hint);
        }
        Ok(Some(token)) => token,
    };
    match problem(context, token) {
        None => {
            CheckResult::ok(CheckName::Token, localize!(lang, "set by {source}", "来自 {source}"))
        }
        Some((message, hint)) => {
            let message = localize!(lang, "set by {source}: {message}", "来自 {source}：{message}");
            CheckResult::warning(CheckName::Token, message).hint(hint)
        }
    }
}

/// The first problem of a token, as message and hint.
fn problem(context: &CheckContext, token: &Token) -> Option<(String, String)> {
    let lang = context.lang;
    let compare =
        || localize!(lang, "compare it with the token in the console", "请与控制台中的 Token 核对");
    Some(match token.remarks().first()? {
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
                "it is the example of older copies of the documentation, which is wrong: the signature printed with xxxyyy belongs to xxxxyyyy",
                "这是旧版文档中的示例，且有误：xxxyyy 旁印出的签名实际属于 xxxxyyyy",
            ),
            localize!(
                lang,
                "use xxxxyyyy to test the documentation's example, otherwise a token that cannot be guessed",
                "若要验证文档示例请用 xxxxyyyy；正式使用请设置难以猜测的 Token",
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
    })
}

/// Whether imscope computes the signature of the documentation's example.
pub(super) fn check_signing(context: &CheckContext) -> CheckResult {
    let lang = context.lang;
    if EXAMPLE.is_correct() {
        let message = localize!(
            lang,
            "matches the signature of the documentation's example, token xxxxyyyy (older copies misprint it as xxxyyy)",
            "与文档示例（Token xxxxyyyy）的签名一致（旧版文档误印为 xxxyyy）",
        );
        return CheckResult::ok(CheckName::Signing, message);
    }
    let message = localize!(
        lang,
        "does not match the signature of the documentation's example",
        "与文档示例的签名不一致",
    );
    let hint =
        localize!(lang, "this is a bug of imscope: please report it", "此 imscope 有缺陷，请报告");
    CheckResult::failure(CheckName::Signing, message).hint(hint)
}
