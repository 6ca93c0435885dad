//! Parses the command line, runs the command, prints the error.

use std::panic;
use std::process::ExitCode;

use clap::Parser;
use imscope::callback::printable::{clean, clean_lines};
use imscope::callback::secret::Secrets;
use imscope::command::{self, RuleMistake, cli::Cli};
use imscope::edge::stdio::{print_error, print_panic, print_status};

/// The exit status of a usage error.
const USAGE: u8 = 2;

fn main() -> ExitCode {
    panic::set_hook(Box::new(print_panic));
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        // It quotes arguments and variables, so that its colors cannot be kept.
        Err(error) if error.use_stderr() => {
            let text = error.render().to_string();
            print_error(Secrets::default().masked_text(&text));
            return ExitCode::from(USAGE);
        }
        Err(help) => help.exit(),
    };
    match command::run(cli) {
        Ok(code) => code,
        Err(error) if command::is_broken_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => {
            let text = format!("{error:#}");
            let text = Secrets::default().masked_text(&text);
            // Only such a mistake has several lines.
            let is_marked = error.is::<RuleMistake>();
            print_status(if is_marked { clean_lines(&text) } else { clean(&text) });
            ExitCode::FAILURE
        }
    }
}
