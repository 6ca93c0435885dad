//! `imscope tail`: the listener without a dashboard, one line per callback.

mod output;
mod stop;
mod text_line;

use std::io;
use std::process::ExitCode;
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};
use std::sync::{Arc, mpsc};
use std::thread;

use anyhow::Context as _;

use super::cli::recording::TailOptions;
use super::{listener_config, token_remark};
use crate::callback::Lang;
use crate::callback::printable::clean;
use crate::dashboard::Unreadable;
use crate::edge::config::ListenerConfig;
use crate::edge::line_printer::{LinePrinter, Printed, WhenSlow};
use crate::edge::listen;
use crate::edge::queue::queue;
use crate::edge::recorder::Recorder;
use crate::edge::stdio::{print_status, stdout_file};
use crate::edge::unreadable::UnreadableReports;
use output::Output;
use stop::StopSignal;

/// Listens, and prints each callback until a signal, or until the output is
/// closed.
///
/// # Errors
/// A port in use, an unreadable token, a recording or an output that cannot be
/// written.
pub fn run(options: &TailOptions) -> anyhow::Result<ExitCode> {
    let listener = listen::bind(options.listen.addr)?;
    let mut config = listener_config::config(&options.listen, &options.record, &listener)?;
    report_unreadable(&mut config);
    let url = listener_config::url(listener.local_addr()?, config.tls.is_some())?;
    let warning = token_remark::warning(config.token.as_ref(), options.lang);
    let recording = config.recorder.as_ref().map(Recorder::status);
    let recorded = recording.is_some();
    let (sender, deliveries) = queue();
    let out = stdout_file().context("standard output is closed")?;
    let stop_signal = StopSignal::watch(out.try_clone()?)?;
    let running = listen::spawn(listener, Arc::new(config), sender)?;
    print_status(format_args!("listening on {}", url.to_string().trim_end_matches('/')));
    if let Some(warning) = warning {
        print_status(warning);
    }
    // With a recording the output may miss some.
    let when_slow = if recorded { WhenSlow::Skip } else { WhenSlow::Wait };
    let stop = stop_signal.sender.clone();
    let printer = LinePrinter::start(out, when_slow, move || _ = stop.send(()))?;
    // Dropped when everything is printed, which disconnects the other end.
    let (printing, printed) = mpsc::channel();
    let (stop, abandon) = (stop_signal.sender.clone(), printer.abandon());
    let stopper =
        thread::spawn(move || stop::run(running, &stop_signal.receiver, &printed, &abandon));
    let result = Output::new(options, printer, recording).copy(deliveries);
    let _ = stop.send(());
    drop(printing);
    stopper
        .join()
        .map_err(|_| anyhow::anyhow!("the thread that stops the listener panicked"))??;
    report(result?, recorded)
}

/// Prints what reaches the port and is no request, and why a handshake failed: the
/// first, second, fourth, eighth … of them, since any client can cause any number.
fn report_unreadable(config: &mut ListenerConfig) {
    let [failed, others] = [const { AtomicU64::new(0) }; 2];
    let is_due = |count: &AtomicU64| (count.fetch_add(1, Relaxed) + 1).is_power_of_two();
    config.tls = config.tls.take().map(|it| {
        it.on_failure(move |why| {
            if is_due(&failed) {
                print_status(clean(&why));
            }
        })
    });
    config.unreadable = UnreadableReports::new(move |unreadable| {
        if unreadable != Unreadable::Handshake && is_due(&others) {
            print_status(unreadable.sentence(Lang::En));
        }
    });
}

/// Reports what was not printed, and why.
fn report(printed: Printed, recorded: bool) -> anyhow::Result<ExitCode> {
    let Printed { missing, abandoned, error } = printed;
    let is_closed = error.as_ref().is_some_and(|it| it.kind() == io::ErrorKind::BrokenPipe);
    if missing > 0 {
        let why = match abandoned {
            true => "the output is blocked",
            false if is_closed => "output closed",
            false => "the output was too slow",
        };
        let what = if recorded { "only in the recording" } else { "answered and not printed" };
        print_status(format_args!("{why}; {missing} {what}"));
    }
    match error {
        Some(error) if !is_closed => Err(error).context("cannot write to standard output"),
        _ if abandoned => Ok(ExitCode::FAILURE),
        _ => Ok(ExitCode::SUCCESS),
    }
}
