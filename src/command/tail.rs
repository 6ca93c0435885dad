//! `imscope tail`: the listener without a dashboard, one line per callback.

mod alerts;
mod output;
mod stop;
mod text_line;

use std::io;
use std::net::TcpListener;
use std::process::ExitCode;
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};
use std::sync::{Arc, mpsc};
use std::thread;

use anyhow::Context as _;
use hyper::Uri;

use super::cli::recording::{PrintOptions, TailOptions};
use super::{listener_config, token_remark};
use crate::callback::Lang;
use crate::callback::lang::{Localized, localize};
use crate::callback::printable::clean;
use crate::callback::signature::Token;
use crate::callback::trouble::reason;
use crate::dashboard::Unreadable;
use crate::edge::config::ListenerConfig;
use crate::edge::line_printer::{LinePrinter, Printed, WhenSlow};
use crate::edge::listen;
use crate::edge::queue::queue;
use crate::edge::recorder::Recorder;
use crate::edge::stdio::{print_status, stdout_file};
use crate::edge::unreadable::UnreadableReports;
use crate::history::filter::Filter;
use output::Output;
use stop::StopSignal;

const CLOSED: Localized = Localized::new("standard output is closed", "标准输出已关闭");
const UNWRITABLE: Localized = Localized::new("cannot write to standard output", "无法写入标准输出");
const PANIC: Localized =
    Localized::new("the thread that stops the listener panicked", "停止监听的线程异常终止");

/// Listens, and prints each callback until a signal, or until the output is
/// closed.
///
/// # Errors
/// A port in use, an unreadable token, a recording or an output that cannot be
/// written.
pub fn run(options: &TailOptions) -> anyhow::Result<ExitCode> {
    let listener = listen::bind(options.listen.addr)?;
    let (listen, lang) = (&options.listen, options.print.lang);
    let config = listener_config::config(listen, &options.record, &listener, lang)?;
    print(listener, config, &options.print, |_, _| Ok(()))
}

/// Prints the callbacks that a listener receives, as [`run`]. `start` gets its URL and its
/// token once it answers.
///
/// # Errors
/// As [`run`], and those of `start`.
pub(super) fn print(
    listener: TcpListener,
    mut config: ListenerConfig,
    options: &PrintOptions,
    start: impl FnOnce(Uri, Option<Token>) -> io::Result<()>,
) -> anyhow::Result<ExitCode> {
    let lang = options.lang;
    report_unreadable(&mut config, lang);
    let url = listener_config::url(listener.local_addr()?, config.tls.is_some(), lang)?;
    let warning = token_remark::warning(config.token.as_ref(), lang);
    let recording = config.recorder.as_ref().map(Recorder::status);
    let recorded = recording.is_some();
    let (sender, deliveries) = queue();
    let out = stdout_file().context(CLOSED.text(lang))?;
    let stop_signal = StopSignal::watch(out.try_clone()?)?;
    let token = config.token.clone();
    let running = listen::spawn(listener, Arc::new(config), sender)?;
    print_start(&url, warning, options);
    start(url, token)?;
    // With a recording the output may miss some.
    let when_slow = if recorded { WhenSlow::Skip } else { WhenSlow::Wait };
    let stop = stop_signal.sender.clone();
    let printer = LinePrinter::start(out, when_slow, lang, move || _ = stop.send(()))?;
    // Dropped when everything is printed, which disconnects the other end.
    let (printing, printed) = mpsc::channel();
    let (stop, abandon) = (stop_signal.sender.clone(), printer.abandon());
    let stopper =
        thread::spawn(move || stop::run(running, &stop_signal.receiver, &printed, &abandon));
    let result = Output::new(options, printer, recording).and_then(|it| it.copy(deliveries));
    let _ = stop.send(());
    drop(printing);
    stopper.join().map_err(|_| anyhow::anyhow!(PANIC.text(lang)))??;
    report(result?, recorded, lang)
}

/// Prints what is listened on, and what is to be known of the options.
fn print_start(url: &Uri, warning: Option<String>, options: &PrintOptions) {
    let (url, lang) = (url.to_string(), options.lang);
    let url = url.trim_end_matches('/');
    print_status(localize!(lang, "listening on {url}", "正在监听 {url}"));
    let filters = options.filter.iter().chain(options.alerts.filters());
    let remarks = filters.flat_map(Filter::remarks).map(|it| it.message(lang));
    for it in warning.into_iter().chain(remarks) {
        print_status(it);
    }
}

/// Prints what reaches the port and is no request, and why a handshake failed: the
/// first, second, fourth, eighth … of them, since any client can cause any number.
fn report_unreadable(config: &mut ListenerConfig, lang: Lang) {
    let [failed, others] = [const { AtomicU64::new(0) }; 2];
    let is_due = |count: &AtomicU64| (count.fetch_add(1, Relaxed) + 1).is_power_of_two();
    config.tls = config.tls.take().map(|it| {
        it.on_failure(move |why| {
            if is_due(&failed) {
                print_status(clean(&reason::text(&why, lang)));
            }
        })
    });
    config.unreadable = UnreadableReports::new(move |unreadable| {
        if unreadable != Unreadable::Handshake && is_due(&others) {
            print_status(unreadable.sentence(lang));
        }
    });
}

/// Reports what was not printed, and why.
fn report(printed: Printed, recorded: bool, lang: Lang) -> anyhow::Result<ExitCode> {
    let Printed { missing, abandoned, error } = printed;
    let is_closed = error.as_ref().is_some_and(|it| it.kind() == io::ErrorKind::BrokenPipe);
    if missing > 0 {
        let why = match abandoned {
            true => Localized::new("the output is blocked", "输出受阻"),
            false if is_closed => Localized::new("output closed", "输出已关闭"),
            false => Localized::new("the output was too slow", "输出过慢"),
        };
        let what = match recorded {
            true => Localized::new("only in the recording", "仅在录制文件中"),
            false => Localized::new("answered and not printed", "已应答但未输出"),
        };
        let (why, what) = (why.text(lang), what.text(lang));
        let text = localize!(lang, "{why}; {missing} {what}", "{why}；{missing} 个{what}");
        print_status(text);
    }
    match error {
        Some(error) if !is_closed => Err(error).context(UNWRITABLE.text(lang)),
        _ if abandoned => Ok(ExitCode::FAILURE),
        _ => Ok(ExitCode::SUCCESS),
    }
}
