//! Runs the command of the command line, prints the error.

use std::env;
use std::ffi::OsString;
use std::panic;
use std::process::ExitCode;

use imscope::callback::printable::{clean, clean_lines};
use imscope::callback::secret::Secrets;
use imscope::command::cli::config_file::ConfigFiles;
use imscope::command::cli::language;
use imscope::command::exit_status::USAGE;
use imscope::command::{self, MarkedMistake, UsageError};
use imscope::edge::stdio::{print_panic, print_status};

fn main() -> ExitCode {
    panic::set_hook(Box::new(print_panic));
    let arguments: Vec<OsString> = env::args_os().collect();
    let options = arguments.get(1..).unwrap_or_default();
    let config = ConfigFiles::find(options);
    let variable = |name: &str| {
        let in_file = || (name == language::VARIABLE).then(|| config.lang()).flatten();
        env::var_os(name).or_else(in_file)
    };
    let lang = language::detect(options, variable);
    match command::run_arguments(&arguments, &config, lang) {
        Ok(code) => code,
        Err(error) if command::is_broken_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => {
            let text = command::sentence(&error, lang);
            let text = Secrets::default().masked_text(&text);
            let is_usage = error.is::<UsageError>();
            // Only these have several lines.
            let has_lines = is_usage || error.is::<MarkedMistake>();
            print_status(if has_lines { clean_lines(&text) } else { clean(&text) });
            if is_usage { ExitCode::from(USAGE) } else { ExitCode::FAILURE }
        }
    }
}
