//! The command line: every option, its default and its environment variable.
//!
//! Doc comments of options and commands are the texts of `--help`.

pub mod listen;
pub mod forward;
pub mod tls;
pub mod token;
pub mod recording;
pub mod screen;
pub mod send;
pub mod expectation;
pub mod command_word;
pub mod doctor;
pub mod answers;
pub mod value;

use std::time::Duration;

use clap::{Args, Parser, Subcommand};
use clap_complete::Shell;

use crate::callback::Lang;
use answers::AnswersCommand;
use doctor::DoctorOptions;
use listen::{ListenOptions, TunnelOptions};
use recording::{OpenOptions, RecordOptions, ReplayOptions, TailOptions};
use screen::ScreenOptions;
use send::SendOptions;

/// Live monitor for Tencent Cloud IM callbacks in the terminal
///
/// Without a command, listens for callbacks and shows them in the dashboard.
#[derive(Debug, Parser)]
#[command(name = "imscope", bin_name = "imscope", version, args_conflicts_with_subcommands = true)]
#[command(disable_help_subcommand = true)]
pub struct Cli {
    /// The command; without one, the dashboard with a listener.
    #[command(subcommand)]
    pub command: Option<Command>,
    /// Options without a command.
    #[command(flatten)]
    pub watch: WatchOptions,
}

/// The commands.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Show the dashboard with a simulated chat, sent through a real listener
    Demo(DemoOptions),
    /// Listen without a dashboard, and print one line per callback
    Tail(Box<TailOptions>),
    /// Show a recording in the dashboard
    Open(OpenOptions),
    /// Send the callbacks of a recording again
    Replay(Box<ReplayOptions>),
    /// Send generated callbacks, and validate the replies as Tencent would
    Send(Box<SendOptions>),
    /// Explain error codes, in English and Chinese
    Codes(CodesOptions),
    /// Check a file of rules, or try it on a callback
    #[command(subcommand)]
    Answers(AnswersCommand),
    /// Check port, token, tunnel, URL and clock, and send a test callback
    Doctor(Box<DoctorOptions>),
    /// Print the help of a command, or the language of filters: help filter
    Help(HelpOptions),
    /// Print shell completions
    Completions {
        /// The shell
        shell: Shell,
    },
    /// Print the manual page
    Man,
}

/// Options of `imscope` without a command.
#[derive(Debug, Clone, Args)]
pub struct WatchOptions {
    /// The listener.
    #[command(flatten)]
    pub listen: ListenOptions,
    /// The recording.
    #[command(flatten)]
    pub record: RecordOptions,
    /// The dashboard.
    #[command(flatten)]
    pub screen: ScreenOptions,
    /// The tunnel.
    #[command(flatten)]
    pub tunnel: TunnelOptions,
}

/// Options of `imscope demo`.
#[derive(Debug, Clone, Args)]
pub struct DemoOptions {
    /// Callbacks per second after the scripted part
    #[arg(long, value_name = "N", default_value = "5", value_parser = value::rate)]
    pub rate: f64,
    /// Seed of the random numbers; the same seed gives the same chat
    #[arg(long, value_name = "N", default_value_t = 9527, value_parser = value::seed)]
    pub seed: u64,
    /// Stop sending after this time
    #[arg(long = "for", value_name = "DURATION", value_parser = value::duration)]
    pub length: Option<Duration>,
    /// The dashboard.
    #[command(flatten)]
    pub screen: ScreenOptions,
}

/// Options of `imscope codes`.
#[derive(Debug, Clone, Args)]
pub struct CodesOptions {
    /// Codes, ranges such as 20000-20999, or words of symbol, meaning or advice;
    /// without any, all codes
    #[arg(value_name = "CODE|WORDS", allow_negative_numbers = true)]
    pub wanted: Vec<String>,
}

/// Options of `imscope help`.
#[derive(Debug, Clone, Args)]
pub struct HelpOptions {
    /// A command, or filter
    #[arg(value_name = "COMMAND|filter")]
    pub topic: Vec<String>,
    /// Language of the table of filters
    #[arg(long, value_name = "LANG", env = "IMSCOPE_LANG", hide_env_values = true)]
    #[arg(default_value = "en")]
    pub lang: Lang,
}

#[cfg(test)]
mod tests;
