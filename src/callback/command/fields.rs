//! The tables of the fields of each command's body, from the documentation and
//! recorded traffic.
//!
//! A field is `must` only if no kind of account and no year is known to omit it.
//! Times are sent as numbers and as strings of digits.

pub(super) mod group;
pub(super) mod official;
pub(super) mod one_to_one;
pub(super) mod room;
pub(super) mod service;
pub(super) mod user;

use super::{Field, Kinds};

const N: Kinds = Kinds::NUMBER;
const S: Kinds = Kinds::STRING;
const A: Kinds = Kinds::ARRAY;
const O: Kinds = Kinds::OBJECT;
const B: Kinds = Kinds::BOOL;
const NS: Kinds = N.or(S);

const fn must(name: &'static str, kinds: Kinds) -> Field {
    Field { name, kinds, required: true }
}

const fn may(name: &'static str, kinds: Kinds) -> Field {
    Field { name, kinds, required: false }
}

const COMMAND: Field = must("CallbackCommand", S);
const EVENT_TIME: Field = may("EventTime", NS);
const FROM: Field = must("From_Account", S);
const TO: Field = must("To_Account", S);
const OPERATOR: Field = may("Operator_Account", S);
const OWNER: Field = may("Owner_Account", S);
const NAME: Field = may("Name", S);
const BODY: Field = must("MsgBody", A);
const CLOUD: Field = may("CloudCustomData", S);
const ONLINE_ONLY: Field = may("OnlineOnlyFlag", N);
const ERROR_INFO: Field = may("ErrorInfo", S);
const RESULT: Field = may("SendMsgResult", N);
const MSG_ID: Field = may("MsgId", S);
const MSG_KEY: Field = must("MsgKey", S);
const MSG_SEQ: Field = may("MsgSeq", N);
const MSG_RANDOM: Field = may("MsgRandom", N);
const MSG_TIME: Field = may("MsgTime", N);
const OPERATE_TYPE: Field = must("OperateType", N);
const EXTENSIONS: Field = may("ExtensionList", A);
const EXTENSION_SEQ: Field = may("Seq", N);
const USER_DATA: Field = may("UserDefinedDataList", A);
const INTRODUCTION: Field = may("Introduction", S);
const FACE_URL: Field = may("FaceUrl", S);
