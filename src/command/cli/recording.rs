//! The options of all that has to do with recordings.

use std::path::PathBuf;

use clap::builder::BoolishValueParser;
use clap::{Args, ValueEnum};
use hyper::Uri;

use super::token::TokenOptions;
use super::{ListenOptions, ScreenOptions, value};
use crate::callback::Lang;
use crate::history::filter::Filter;

/// Where callbacks are written down.
#[derive(Debug, Clone, Default, Args)]
#[command(next_help_heading = "Recording")]
pub struct RecordOptions {
    /// Write each callback into this file before it is answered OK
    #[arg(long, value_name = "FILE", env = "IMSCOPE_RECORD", hide_env_values = true)]
    pub record: Option<PathBuf>,
    /// Wait until it is on the disk, so that a power failure loses nothing either
    #[arg(long, env = "IMSCOPE_FSYNC", hide_env_values = true, requires = "record")]
    #[arg(value_parser = BoolishValueParser::new())]
    pub fsync: bool,
}

/// What `imscope tail` can be told.
#[derive(Debug, Clone, Args)]
pub struct TailOptions {
    /// What is printed of each callback
    #[arg(long, value_name = "FORMAT", env = "IMSCOPE_FORMAT", hide_env_values = true)]
    #[arg(default_value = "json")]
    pub format: Format,
    /// Print only what this filter lets through
    #[arg(long, value_name = "EXPR", env = "IMSCOPE_FILTER", hide_env_values = true)]
    #[arg(value_parser = value::filter)]
    pub filter: Option<Filter>,
    /// The language of --format text
    #[arg(long, value_name = "LANG", env = "IMSCOPE_LANG", hide_env_values = true)]
    #[arg(default_value = "en")]
    pub lang: Lang,
    /// Show times in UTC and not in local time with --format text
    #[arg(long, env = "IMSCOPE_UTC", hide_env_values = true)]
    #[arg(value_parser = BoolishValueParser::new())]
    pub utc: bool,
    /// How it listens.
    #[command(flatten)]
    pub listen: ListenOptions,
    /// Where it is written down.
    #[command(flatten)]
    pub record: RecordOptions,
}

/// What is printed of a callback.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// All of it, as a line of a recording.
    Json,
    /// What it means, for people.
    Text,
}

/// What `imscope open` can be told.
#[derive(Debug, Clone, Args)]
pub struct OpenOptions {
    /// The recording; - is standard input
    #[arg(value_name = "FILE")]
    pub file: PathBuf,
    /// The application expected; callbacks of others are flagged
    #[arg(long, value_name = "SDKAPPID", env = "IMSCOPE_APP", hide_env_values = true)]
    #[arg(value_parser = value::app)]
    pub app: Option<String>,
    /// How it looks.
    #[command(flatten)]
    pub screen: ScreenOptions,
}

/// What `imscope replay` can be told.
#[derive(Debug, Clone, Args)]
pub struct ReplayOptions {
    /// The recording; - is standard input
    #[arg(value_name = "FILE")]
    pub file: PathBuf,
    /// Where to send it; a path in it takes the place of the recorded ones
    #[arg(long, value_name = "URL", value_parser = value::url)]
    pub to: Uri,
    /// How many times as fast as it came, such as 10x; max makes no pauses
    #[arg(long, value_name = "SPEED", default_value = "1x", value_parser = speed)]
    pub speed: Speed,
    /// The token to sign with.
    #[command(flatten)]
    pub token: TokenOptions,
}

/// How fast a recording is sent again: its pauses are divided by this; `None`
/// makes none.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Speed(pub Option<f64>);

fn speed(text: &str) -> Result<Speed, String> {
    if text == "max" {
        return Ok(Speed(None));
    }
    let times: Option<f64> = text.strip_suffix(['x', '×']).unwrap_or(text).parse().ok();
    times
        .filter(|it| (0.001..=1_000_000.0).contains(it))
        .map(|it| Speed(Some(it)))
        .ok_or_else(|| "a number such as 10x or 0.5x, or max".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_speed_is_a_number_or_all_there_is() {
        let speeds = ["1x", "10", "0.5×", "max"].map(|it| speed(it).unwrap().0);
        assert_eq!(speeds, [Some(1.0), Some(10.0), Some(0.5), None]);
        for wrong in ["", "x", "0x", "-1x", "NaN", "inf", "fast"] {
            assert!(speed(wrong).is_err(), "{wrong}");
        }
    }
}
