//! Options of recording, and of the commands that read or write recordings.

#![expect(clippy::doc_markdown, reason = "these comments are the help text")]

use std::path::PathBuf;

use clap::builder::BoolishValueParser;
use clap::{Args, ValueEnum};
use hyper::Uri;

use super::listen::ListenOptions;
use super::screen::ScreenOptions;
use super::token::TokenOptions;
use super::value;
use crate::callback::Lang;
use crate::history::filter::Filter;

/// Options of recording.
#[derive(Debug, Clone, Default, Args)]
#[command(next_help_heading = "Recording")]
pub struct RecordOptions {
    /// Append each callback to this file before answering OK
    #[arg(long, value_name = "FILE", env = "IMSCOPE_RECORD", hide_env_values = true)]
    pub record: Option<PathBuf>,
    /// Sync the file to disk before answering, against power failure
    #[arg(long, env = "IMSCOPE_FSYNC", hide_env_values = true, requires = "record")]
    #[arg(value_parser = BoolishValueParser::new())]
    pub fsync: bool,
}

/// Options of `imscope tail`.
#[derive(Debug, Clone, Args)]
pub struct TailOptions {
    /// Output format
    #[arg(long, value_name = "FORMAT", env = "IMSCOPE_FORMAT", hide_env_values = true)]
    #[arg(default_value = "json")]
    pub format: Format,
    /// Print only callbacks that match this filter
    #[arg(long, value_name = "EXPR", env = "IMSCOPE_FILTER", hide_env_values = true)]
    #[arg(value_parser = value::filter)]
    pub filter: Option<Filter>,
    /// Language of --format text
    #[arg(long, value_name = "LANG", env = "IMSCOPE_LANG", hide_env_values = true)]
    #[arg(default_value = "en")]
    pub lang: Lang,
    /// Print times in UTC instead of local time, and read those of --filter so
    #[arg(long, env = "IMSCOPE_UTC", hide_env_values = true)]
    #[arg(value_parser = BoolishValueParser::new())]
    pub utc: bool,
    /// The listener.
    #[command(flatten)]
    pub listen: ListenOptions,
    /// The recording.
    #[command(flatten)]
    pub record: RecordOptions,
}

/// An output format of `imscope tail`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// Everything, as a line of a recording
    Json,
    /// A readable summary
    Text,
}

/// Options of `imscope open`.
#[derive(Debug, Clone, Args)]
pub struct OpenOptions {
    /// Recording to read; - reads standard input
    #[arg(value_name = "FILE")]
    pub file: PathBuf,
    /// Expected SdkAppid; callbacks with another one are flagged
    #[arg(long = "app", value_name = "SDKAPPID", env = "IMSCOPE_APP", hide_env_values = true)]
    #[arg(value_parser = value::app)]
    pub sdk_app_id: Option<String>,
    /// The dashboard.
    #[command(flatten)]
    pub screen: ScreenOptions,
}

/// Options of `imscope replay`.
#[derive(Debug, Clone, Args)]
#[command(after_help = super::send::EXIT_STATUS)]
pub struct ReplayOptions {
    /// Recording to read; - reads standard input
    #[arg(value_name = "FILE")]
    pub file: PathBuf,
    /// URL to send to, without a query; a path in it replaces the recorded paths
    #[arg(long, value_name = "URL", value_parser = value::base)]
    pub to: Uri,
    /// Speed relative to the recording, such as 10x; max sends without pauses
    #[arg(long, value_name = "SPEED", default_value = "1x", value_parser = speed)]
    pub speed: Speed,
    /// The token to sign with.
    #[command(flatten)]
    pub token: TokenOptions,
}

/// Speed of a replay, by which the recorded pauses are divided; `None` is without
/// pauses.
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
        .ok_or_else(|| "expected a number such as 10x or 0.5x, or max".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_speed_is_a_positive_number_or_max() {
        let speeds = ["1x", "10", "0.5×", "max"].map(|it| speed(it).unwrap().0);
        assert_eq!(speeds, [Some(1.0), Some(10.0), Some(0.5), None]);
        for wrong in ["", "x", "0x", "-1x", "NaN", "inf", "fast"] {
            assert!(speed(wrong).is_err(), "{wrong}");
        }
    }
}
