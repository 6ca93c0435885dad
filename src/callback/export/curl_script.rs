//! A script of bash that sends each callback again.

use super::ExportOptions;
use crate::callback::lang::localize;
use crate::callback::printable::clean;
use crate::callback::{Delivery, curl, decode};

/// Appends the head of the script.
pub(super) fn begin(options: &ExportOptions, out: &mut Vec<u8>) {
    let about = localize!(
        options.lang,
        "each line sends a callback; those that were refused or cut are comments",
        "每行发送一条回调；被拒收或不完整的回调已注释"
    );
    out.extend_from_slice(format!("#!/usr/bin/env bash\n# imscope: {about}\n").as_bytes());
}

/// Appends a comment that names the callback, and its command.
pub(super) fn push(options: &ExportOptions, delivery: &Delivery, out: &mut Vec<u8>) {
    let name = decode::command_word(delivery).into_owned();
    let head = format!("{}  {}  {name}", delivery.seq, options.date_time(delivery.at));
    let line = curl::command_line(&options.listener, delivery);
    let is_sent = !delivery.is_refused() && delivery.omitted_bytes == 0;
    let comment = if is_sent { "" } else { "# " };
    out.extend_from_slice(format!("# {}\n{comment}{line}; echo\n", clean(&head)).as_bytes());
}
