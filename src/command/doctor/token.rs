//! Checks the token, and the signature algorithm.

use super::check::{CheckName, CheckResult};
use super::context::CheckContext;
use super::port::PortOwner;
use crate::callback::lang::localize;
use crate::callback::signature::EXAMPLE;
use crate::command::token_remark::describe;

/// Whether a token is set, and whether it can be the one set in the console.
/// `is_public` is whether a public URL leads to the listener.
pub(super) fn check(context: &CheckContext, is_public: bool, owner: PortOwner) -> CheckResult {
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
        Ok(None) => return no_token(context, is_public, owner),
        Ok(Some(token)) => token,
    };
    match token.remarks().first().map(|it| describe(*it, lang)) {
        None => {
            CheckResult::ok(CheckName::Token, localize!(lang, "set by {source}", "来自 {source}"))
        }
        Some((message, hint)) => {
            let message = localize!(lang, "set by {source}: {message}", "来自 {source}：{message}");
            CheckResult::warning(CheckName::Token, message).hint(hint)
        }
    }
}

/// The warning that no token is set: who can call what.
fn no_token(context: &CheckContext, is_public: bool, owner: PortOwner) -> CheckResult {
    let lang = context.lang;
    let is_public = is_public || !context.listen.ip().to_canonical().is_loopback();
    let message = match context.forward {
        _ if owner == PortOwner::Imscope => localize!(
            lang,
            "not set for doctor; if the running imscope has none either, anyone can send callbacks",
            "未提供给 doctor；若正在监听的 imscope 也未设置，则任何人都可调用",
        ),
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
    CheckResult::warning(CheckName::Token, message).hint(hint)
}

/// Whether imscope computes the signature of the documentation's example.
pub(super) fn check_signing(context: &CheckContext) -> CheckResult {
    let lang = context.lang;
    if EXAMPLE.is_correct() {
        let message = localize!(
            lang,
            "matches the signature of the documentation's example (older copies print a token that does not fit)",
            "与文档示例的签名一致（旧版文档印错了 Token）",
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
