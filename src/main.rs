//! Parses the command line, runs the command, prints the error.

use std::panic;
use std::process::ExitCode;

use clap::Parser;
use imscope::callback::printable::{clean, clean_lines};
use imscope::callback::secret::Secrets;
use imscope::command::{self, MarkedMistake, cli::Cli};
use imscope::edge::stdio::{print_error, print_panic, print_status};

/// The exit status of a usage error.
const USAGE: u8 = 2;

fn main() -> ExitCode {
    panic::set_hook(Box::new(print_panic));
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) if error.use_stderr() => return usage_error(&error),
        Err(help) => help.exit(),
    };
    match command::run(cli) {
        Ok(code) => code,
        Err(error) if command::is_broken_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => {
            if let Some(usage) = error.downcast_ref() {
                return usage_error(usage);
            }
            let text = format!("{error:#}");
            let text = Secrets::default().masked_text(&text);
            // Only such a mistake has several lines.
            let is_marked = error.is::<MarkedMistake>();
            print_status(if is_marked { clean_lines(&text) } else { clean(&text) });
            ExitCode::FAILURE
        }
    }
}

/// Prints a usage error, without its colors: it quotes arguments and variables.
fn usage_error(error: &clap::Error) -> ExitCode {
    print_error(Secrets::default().masked_text(&error.render().to_string()));
    ExitCode::from(USAGE)
}
