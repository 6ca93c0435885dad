//! Options of the dashboard.

use clap::Args;
use clap::builder::BoolishValueParser;

use super::value;
use crate::callback::Lang;
use crate::dashboard::theme;
use crate::history::filter::Filter;

/// Options of the dashboard.
#[derive(Debug, Clone, Args)]
#[command(next_help_heading = "Dashboard")]
#[expect(clippy::struct_excessive_bools, reason = "each is an option of its own")]
pub struct ScreenOptions {
    /// Memory limit for the callbacks kept
    #[arg(long, value_name = "SIZE", env = "IMSCOPE_KEEP", hide_env_values = true)]
    #[arg(default_value = "256MiB", value_parser = value::size)]
    pub keep: usize,
    /// Initial filter (see /)
    #[arg(long, value_name = "EXPR", env = "IMSCOPE_FILTER", hide_env_values = true)]
    #[arg(value_parser = value::filter)]
    pub filter: Option<Filter>,
    /// Language of the dashboard
    #[arg(long, value_name = "LANG", env = "IMSCOPE_LANG", hide_env_values = true)]
    #[arg(default_value = "en")]
    pub lang: Lang,
    /// Color theme
    #[arg(long, value_name = "NAME", env = "IMSCOPE_THEME", hide_env_values = true)]
    #[arg(default_value = "auto")]
    pub theme: theme::Name,
    /// Use the mouse (see M); then text is selected with shift held down
    #[arg(long, env = "IMSCOPE_MOUSE", hide_env_values = true)]
    #[arg(value_parser = BoolishValueParser::new())]
    pub mouse: bool,
    /// Let q quit without a question about callbacks that were neither recorded nor saved
    #[arg(long, env = "IMSCOPE_QUIT_AT_ONCE", hide_env_values = true)]
    #[arg(value_parser = BoolishValueParser::new())]
    pub quit_at_once: bool,
    /// Neither read nor write the file of the filters and rules entered before
    #[arg(long, env = "IMSCOPE_NO_HISTORY", hide_env_values = true)]
    #[arg(value_parser = BoolishValueParser::new())]
    pub no_history: bool,
    /// Show times in UTC instead of local time
    #[arg(long, env = "IMSCOPE_UTC", hide_env_values = true)]
    #[arg(value_parser = BoolishValueParser::new())]
    pub utc: bool,
}
