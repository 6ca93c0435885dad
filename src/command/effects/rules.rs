//! Reads and writes rules for the dashboard, on a thread that may block.

use std::path::Path;

use tokio::sync::mpsc;

use crate::answer::switchboard::Entry;
use crate::callback::Lang;
use crate::dashboard::{Place, RuleReport};
use crate::edge::event_loop::Message;
use crate::edge::rule_file::{self, Accepted};

/// Parses a rule that names a file.
pub(super) fn parse(text: String, place: Place, messages: mpsc::Sender<Message>) {
    report(messages, move || {
        let rule = rule_file::parse(&text, &place.folder());
        RuleReport::Parsed { text, place, rule }
    });
}

/// Reads a file of rules.
pub(super) fn read(name: String, lang: Lang, messages: mpsc::Sender<Message>) {
    report(messages, move || {
        let path = Path::new(&name);
        let rules = rule_file::read(path, Accepted::Regular)
            .map(|it| it.entries())
            .map_err(|error| error.message(path, lang));
        RuleReport::Read { name, rules }
    });
}

/// Writes a file of rules.
pub(super) fn write(name: String, rules: Vec<Entry>, lang: Lang, messages: mpsc::Sender<Message>) {
    report(messages, move || {
        let written = rule_file::write(name.as_ref(), &rules, lang);
        RuleReport::Written { name, rules, written }
    });
}

/// Sends the report of what may block to the event loop.
fn report(messages: mpsc::Sender<Message>, work: impl FnOnce() -> RuleReport + Send + 'static) {
    tokio::task::spawn_blocking(move || _ = messages.blocking_send(Message::Rules(work())));
}
