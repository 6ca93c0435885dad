//! Reads the answer, and the reply of the local app; the words of `by` and `origin`, both
//! ways.

use std::borrow::Cow;

use super::convert::headers;
use super::form::{AnswerForm, AppForm};
use super::{LineError, bytes, invalid};
use crate::callback::delivery::OK_BODY;
use crate::callback::trouble::failure;
use crate::callback::{Answer, AnsweredBy, AppReply, Origin};

pub(super) const fn by(by: AnsweredBy) -> &'static str {
    match by {
        AnsweredBy::Imscope => "imscope",
        AnsweredBy::App => "app",
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
        trouble: form.trouble,
        app_reply: form.app.map(app_reply).transpose()?.map(Box::new),
    })
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

pub(super) const fn origin(origin: Origin) -> Option<&'static str> {
    match origin {
        Origin::Caller => None,
        Origin::Resent => Some("resent"),
        Origin::Edited => Some("edited"),
        Origin::BareBody => Some("body"),
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
