//! A script of bash that sends each callback again.

use super::ExportOptions;
use crate::callback::lang::localize;
use crate::callback::printable::clean;
use crate::callback::{Delivery, curl, decode};

/// Appends the first lines of the script.
pub(super) fn begin(options: &ExportOptions, out: &mut Vec<u8>) {
    let about = localize!(
        options.lang,
        "each line sends a callback and prints the reply with its status; those that were refused or cut are comments",
        "每行发送一条回调，并输出应答及其状态码；被拒收或不完整的回调已注释掉"
    );
    out.extend_from_slice(format!("#!/usr/bin/env bash\n# imscope: {about}\n").as_bytes());
}

/// Appends where the script sends to, which an argument or the environment can change; of a
/// guess, where the first callback was sent.
fn push_url(options: &ExportOptions, first: &Delivery, out: &mut Vec<u8>) {
    let base = options.listener.base_of(first);
    let url = clean(base.trim_end_matches('/'));
    let about = match options.listener.is_guess {
        true if base == options.listener.base => localize!(
            options.lang,
            "the recording does not name its listener; the first argument, or URL, names another one",
            "录制文件中没有监听地址；如需发送到其他地址，请作为第一个参数或用 URL 给出"
        ),
        true => localize!(
            options.lang,
            "the listener of the recording; the first argument, or URL, names another one",
            "录制时的监听地址；如需发送到其他地址，请作为第一个参数或用 URL 给出"
        ),
        false => {
            localize!(
                options.lang,
                "the first argument, or URL, names another one",
                "如需发送到其他地址，请作为第一个参数或用 URL 给出"
            )
        }
    };
    let quoted = curl::quoted(url.as_bytes());
    let line = format!("# {about}\nURL=${{1:-${{URL:-{quoted}}}}}\nURL=${{URL%/}}\n");
    out.extend_from_slice(line.as_bytes());
}

/// Appends a comment that names the callback, and its command.
pub(super) fn push(
    options: &ExportOptions,
    delivery: &Delivery,
    is_first: bool,
    out: &mut Vec<u8>,
) {
    if is_first {
        push_url(options, delivery, out);
    }
    let name = decode::command_word(delivery).into_owned();
    let head = format!("{}  {}  {name}", delivery.seq, options.date_time(delivery.at));
    let line = curl::script_line(&options.listener, delivery);
    let is_sent = !delivery.is_refused() && delivery.omitted_bytes == 0;
    let comment = if is_sent { "" } else { "# " };
    out.extend_from_slice(format!("# {}\n{comment}{line}\n", clean(&head)).as_bytes());
}
