//! The filters and rules entered before, in a file that all dashboards of a user share.

use std::io;
use std::sync::Arc;

use tokio::sync::mpsc;

use crate::callback::lang::localize;
use crate::callback::secret::Secrets;
use crate::callback::signature::Token;
use crate::callback::trouble::reason;
use crate::callback::{Lang, Localized};
use crate::command::cli::screen::ScreenOptions;
use crate::dashboard::{App, EnteredText, Notice};
use crate::edge::entered_file::{self, EnteredWriter};
use crate::edge::event_loop::Message;

/// Writes what was entered, but for what holds a secret.
#[derive(Debug)]
pub(in crate::command) struct EnteredTexts {
    writer: EnteredWriter,
    token: Option<Token>,
}

impl EnteredTexts {
    /// Starts to write, unless the options or the environment forbid it.
    pub(in crate::command) fn start(
        screen: &ScreenOptions,
        token: Option<&Token>,
        messages: &mpsc::Sender<Message>,
    ) -> Option<Arc<Self>> {
        let path = entered_file::path().filter(|_| !screen.no_history)?;
        let (messages, lang) = (messages.clone(), screen.lang);
        let writer = EnteredWriter::new(path, move |error| {
            let _ = messages.try_send(Message::Notice(not_written(&error, lang)));
        });
        Some(Arc::new(Self { writer: writer.ok()?, token: token.cloned() }))
    }

    /// Writes a text; not one that holds a secret.
    pub(super) fn write(&self, entered: EnteredText) {
        let secrets = Secrets::of_target("", self.token.as_ref());
        if *secrets.masked_text(&entered.text) == *entered.text {
            self.writer.write(entered);
        }
    }
}

/// Adds what was entered before the start, unless the options forbid it. What cannot be
/// read is reported when it is written to.
pub(in crate::command) fn read(screen: &ScreenOptions, app: &mut App) {
    let path = entered_file::path().filter(|_| !screen.no_history);
    if let Some(Ok(texts)) = path.map(|it| entered_file::read(&it)) {
        app.add_entered(texts);
    }
}

fn not_written(error: &io::Error, lang: Lang) -> Notice {
    const LOCKED: Localized =
        Localized::new("another program keeps it locked", "文件被其他程序锁定");
    let why = match error.kind() {
        io::ErrorKind::WouldBlock => LOCKED.text(lang).to_owned(),
        _ => reason::localized(error, lang),
    };
    Notice::harmless(localize!(
        lang,
        "the file of entered filters and rules is not written: {why}",
        "未能写入过滤条件和规则的历史文件：{why}"
    ))
}
