//! `imscope tail`: the listener without a dashboard, one line per callback.

mod output;
mod stop;
mod text_line;

use std::process::ExitCode;
use std::sync::{Arc, mpsc};
use std::thread;

use anyhow::Context as _;

use super::cli::recording::TailOptions;
use super::listener_config;
use crate::edge::listen;
use crate::edge::queue::queue;
use crate::edge::recorder::Recorder;
use crate::edge::stdio::{print_status, stdout_file};
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
    let config = listener_config::config(&options.listen, &options.record, &listener)?;
    let url = listener_config::url(listener.local_addr()?, config.tls.is_some())?;
    let recording = config.recorder.as_ref().map(Recorder::status);
    let recorded = recording.is_some();
    let (sender, deliveries) = queue();
    let out = stdout_file().context("standard output is closed")?;
    let stop_signal = StopSignal::watch(out.try_clone()?)?;
    let running = listen::spawn(listener, Arc::new(config), sender)?;
    print_status(format_args!("listening on {}", url.to_string().trim_end_matches('/')));
    // Dropped when everything is printed, which disconnects the other end.
    let (printing, printed) = mpsc::channel();
    let stop = stop_signal.sender.clone();
    let stopper = thread::spawn(move || stop::run(running, &stop_signal.receiver, &printed));
    let mut output = Output::new(options, out, recording);
    let unprinted = output.copy(deliveries);
    let _ = stop.send(());
    drop(printing);
    stopper
        .join()
        .map_err(|_| anyhow::anyhow!("the thread that stops the listener panicked"))??;
    match unprinted? {
        0 => {}
        count if recorded => {
            print_status(format_args!("output closed; {count} only in the recording"))
        }
        count => print_status(format_args!("output closed; {count} answered and not printed")),
    }
    Ok(ExitCode::SUCCESS)
}
