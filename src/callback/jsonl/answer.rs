//! Converts the answer, and the reply of the local app, to and from the form.

use std::borrow::Cow;

use super::convert::{headers, masked_headers};
use super::form::{AnswerForm, AppForm};
use super::{LineError, bytes, invalid, texts};
use crate::callback::delivery::OK_BODY;
use crate::callback::secret::Secrets;
use crate::callback::trouble::failure;
use crate::callback::{Answer, AnsweredBy, AppReply, Origin};

pub(super) fn form<'a>(answer: &'a Answer, secrets: &Secrets<'_>) -> AnswerForm<'a> {
    let (body, body_base64) = texts(&answer.body);
    AnswerForm {
        status: answer.status,
        by: match answer.by {
            AnsweredBy::Imscope => "imscope",
            AnsweredBy::App => "app",
        }
        .into(),
        took_us: answer.took,
        content_type: answer.content_type.as_deref().map(Cow::Borrowed),
        headers: masked_headers(&answer.headers, secrets),
        body,
        body_base64,
        rule: answer.rule.as_deref().map(Cow::Borrowed),
        trouble: answer.trouble.as_slice().into(),
        app: answer.app_reply.as_deref().map(|it| app_form(it, secrets)),
    }
}

pub(super) fn read(form: AnswerForm<'_>) -> Result<Answer, LineError> {
    let body = bytes(form.body, form.body_base64, "body")?;
    Ok(Answer {
        status: form.status,
        by: match &*form.by {
            "imscope" => AnsweredBy::Imscope,
            "app" => AnsweredBy::App,
            other => {
                return Err(invalid(failure::line_by_unknown(format_args!("{other:?}"))));
            }
        },
        took: form.took_us,
        body: if body == OK_BODY { Cow::Borrowed(OK_BODY) } else { Cow::Owned(body) },
        content_type: form.content_type.map(|it| (*it).into()),
        headers: headers(&form.headers)?,
        rule: form.rule.map(|it| (*it).into()),
        trouble: form.trouble.into_owned(),
        app_reply: form.app.map(app_reply).transpose()?.map(Box::new),
    })
}

fn app_form<'a>(reply: &'a AppReply, secrets: &Secrets<'_>) -> AppForm<'a> {
    let (body, body_base64) = texts(&reply.body);
    AppForm {
        status: reply.status,
        took_us: reply.took,
        content_type: (&*reply.content_type).into(),
        headers: masked_headers(&reply.headers, secrets),
        body,
        body_base64,
        complete: reply.complete,
    }
}

fn app_reply(form: AppForm<'_>) -> Result<AppReply, LineError> {
    Ok(AppReply {
        status: form.status,
        took: form.took_us,
        content_type: (*form.content_type).into(),
        headers: headers(&form.headers)?,
        body: bytes(form.body, form.body_base64, "body")?,
        complete: form.complete,
    })
}

pub(super) const fn origin(origin: Origin) -> Option<Cow<'static, str>> {
    match origin {
        Origin::Caller => None,
        Origin::Resent => Some(Cow::Borrowed("resent")),
        Origin::Edited => Some(Cow::Borrowed("edited")),
        Origin::BareBody => Some(Cow::Borrowed("body")),
    }
}

pub(super) fn read_origin(word: Option<&str>) -> Result<Origin, LineError> {
    match word {
        None => Ok(Origin::Caller),
        Some("resent") => Ok(Origin::Resent),
        Some("edited") => Ok(Origin::Edited),
        Some("body") => Ok(Origin::BareBody),
        Some(other) => Err(invalid(failure::line_origin_unknown(format_args!("{other:?}")))),
    }
}
