//! Judges an answer as Tencent does.

use std::time::Duration;

use super::effect::effect;
use super::{Codes, DROP, Decision, Judgment, Problem, Refused, changes, codes};
use crate::callback::command::When;
use crate::callback::deadline::TENCENT_TIMEOUT;
use crate::callback::friends::{self, friends, is_about_friends};
use crate::callback::json::{self, Json, JsonKind};
use crate::callback::value;
use crate::callback::{Answer, Callback, Delivery, Origin};

/// What Tencent makes of the answer to a callback with this command word and body;
/// `None` for an "after" command, whose answer decides nothing.
pub fn judge(word: &str, request: &[u8], answer: &Answer) -> Option<Judgment> {
    if When::of(word) == When::After {
        return None;
    }
    let mut judgment = Judgment {
        decision: Decision::Late,
        code: None,
        info: String::new(),
        refused: Vec::new(),
        asked: 0,
        problem: None,
        effect: effect(word),
    };
    let is_late = Duration::from_micros(answer.took.into()) > TENCENT_TIMEOUT;
    if answer.status == 0 || is_late {
        return Some(judgment);
    }
    judgment.decision = match read(word, request, answer, &mut judgment) {
        Ok(decision) => decision,
        Err(problem) => {
            judgment.problem = Some(problem);
            Decision::Invalid
        }
    };
    Some(judgment)
}

/// As [`judge`]. `None` also if the answer to the delivery is not known, or is not about
/// what the callback asks: that of a refused call, or of a body that is not JSON; or if it
/// was sent again and not answered.
pub fn judge_delivery(callback: &Callback<'_>, delivery: &Delivery) -> Option<Judgment> {
    let is_unanswered = delivery.origin.is_resent() && delivery.answer.status == 0;
    let is_judged = callback.when() == When::Before
        && !delivery.is_refused()
        && !callback.is_broken()
        && !is_unanswered
        && delivery.origin != Origin::BareBody;
    is_judged.then(|| judge(&callback.word, &delivery.body, &delivery.answer)).flatten()
}

/// Reads an answer that came in time into a judgment.
fn read(
    word: &str,
    request: &[u8],
    answer: &Answer,
    judgment: &mut Judgment,
) -> Result<Decision, Problem> {
    let body = json::read(&answer.body).ok().filter(|it| it.kind() == JsonKind::Object);
    let info = body.and_then(|it| it.get("ErrorInfo"));
    judgment.info = info.and_then(Json::as_str).unwrap_or_default().into_owned();
    judgment.code = body.and_then(|it| it.get("ErrorCode")).and_then(value::code);
    if answer.status != 200 {
        return Err(Problem::Status(answer.status));
    }
    let body = body.ok_or(Problem::NotJson)?;
    if info.is_none_or(|it| it.kind() != JsonKind::String) {
        return Err(Problem::Field("ErrorInfo"));
    }
    let status = body.get("ActionStatus").and_then(Json::as_str);
    if status.ok_or(Problem::Field("ActionStatus"))? != "OK" {
        return Err(Problem::Failure);
    }
    let codes = codes(word);
    let code = documented(body.get("ErrorCode"), "ErrorCode", codes.as_ref())?;
    if is_about_friends(word) {
        if code != 0 {
            return Err(Problem::Ignored(code));
        }
        return read_friends(word, request, body, judgment);
    }
    match code {
        0 => read_allowed(word, request, &answer.body, body, judgment),
        DROP if codes.is_some_and(|it| it.is_message) => Ok(Decision::Dropped),
        _ => Ok(Decision::Denied),
    }
}

/// A code, which must be a number and documented for the command.
fn documented(
    value: Option<Json<'_>>,
    name: &'static str,
    codes: Option<&Codes>,
) -> Result<i64, Problem> {
    let number = value.filter(|it| it.kind() == JsonKind::Number);
    let code = number.and_then(value::code).ok_or(Problem::Field(name))?;
    match codes.filter(|it| !it.contains(code)) {
        None => Ok(code),
        Some(codes) => Err(Problem::Code(codes.word, code)),
    }
}

/// What the fields beside code 0 make of it.
fn read_allowed(
    word: &str,
    request: &[u8],
    reply: &[u8],
    body: Json<'_>,
    judgment: &mut Judgment,
) -> Result<Decision, Problem> {
    if word == friends::INVITE {
        return read_members(request, body, judgment);
    }
    if codes(word).is_none_or(|it| !it.is_message) {
        return Ok(Decision::Allowed);
    }
    for (name, kind) in changes::REPLACED {
        if body.get(name).is_some_and(|it| it.kind() != kind) {
            return Err(Problem::Field(name));
        }
    }
    let is_changed = !changes(request, reply).is_empty();
    Ok(if is_changed { Decision::Changed } else { Decision::Allowed })
}

/// Reads `RefusedMembers_Account`.
fn read_members(
    request: &[u8],
    body: Json<'_>,
    judgment: &mut Judgment,
) -> Result<Decision, Problem> {
    const NAME: &str = "RefusedMembers_Account";
    let Some(refused) = body.get(NAME) else { return Ok(Decision::Allowed) };
    let accounts = refused.items().into_iter().map(Json::as_str);
    let accounts: Option<Vec<_>> = accounts.collect();
    let accounts = accounts.filter(|_| refused.kind() == JsonKind::Array);
    let accounts = accounts.ok_or(Problem::Field(NAME))?;
    if accounts.is_empty() {
        return Ok(Decision::Allowed);
    }
    let request = json::read(request).ok().and_then(|it| it.get("DestinationMembers"));
    judgment.asked = request.map_or(0, |it| it.each_item().count());
    judgment.code = None;
    let refused = |it: std::borrow::Cow<'_, str>| Refused {
        account: it.into_owned(),
        code: None,
        info: String::new(),
    };
    judgment.refused = accounts.into_iter().map(refused).collect();
    Ok(Decision::Denied)
}

/// Reads `ResultItem`: a code for each friend.
fn read_friends(
    word: &str,
    request: &[u8],
    body: Json<'_>,
    judgment: &mut Judgment,
) -> Result<Decision, Problem> {
    const NAME: &str = "ResultItem";
    let items = body.get(NAME).filter(|it| it.kind() == JsonKind::Array);
    let items = items.ok_or(Problem::Field(NAME))?.items();
    let mut answered = Vec::new();
    for item in &items {
        let account = item.get("To_Account").and_then(Json::as_str);
        let account = account.ok_or(Problem::Field("To_Account"))?;
        // Any other than 0 refuses a friend.
        let code = documented(item.get("ResultCode"), "ResultCode", None)?;
        if code != 0 {
            let info = item.get("ResultInfo").and_then(Json::as_str).unwrap_or_default();
            judgment.refused.push(Refused {
                account: account.clone().into_owned(),
                code: Some(code),
                info: info.into_owned(),
            });
        }
        answered.push(account);
    }
    let friends = json::read(request).map(|it| friends(word, it)).unwrap_or_default();
    judgment.asked = friends.len().max(items.len());
    match friends.iter().filter(|it| !answered.contains(*it)).count() {
        0 => {}
        missing => return Err(Problem::Friends(missing)),
    }
    let Some(first) = judgment.refused.first() else { return Ok(Decision::Allowed) };
    let same = judgment.refused.iter().all(|it| it.code == first.code);
    judgment.code = first.code.filter(|_| same);
    Ok(Decision::Denied)
}
