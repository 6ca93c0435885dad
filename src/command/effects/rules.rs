//! Reads and writes rules for the dashboard, on a thread that may block.

use std::path::Path;
use std::sync::Arc;

use tokio::sync::mpsc;

use crate::answer::rule_file::RuleFile;
use crate::answer::switchboard::Entry;
use crate::callback::Lang;
use crate::command::rules::AppCheck;
use crate::dashboard::{Place, RuleReport};
use crate::edge::event_loop::Message;
use crate::edge::home;
use crate::edge::rule_file::{self, Accepted, ReadError};
use crate::edge::task;

/// Parses a rule that names a file or a local app.
pub(super) fn parse(text: String, place: Place, apps: AppCheck, messages: mpsc::Sender<Message>) {
    report(messages, move || {
        let rule = rule_file::parse(&text, &place.folder());
        let rule = rule.and_then(|it| apps.check(&it).map(|()| Arc::new(it)));
        RuleReport::Parsed { text, place, rule }
    });
}

/// Reads a file of rules.
pub(super) fn read(name: String, lang: Lang, apps: AppCheck, messages: mpsc::Sender<Message>) {
    report(messages, move || {
        let name = home::expanded(name);
        let path = Path::new(&name);
        let rules = rule_file::read(path, Accepted::Regular)
            .and_then(|it| {
                let checked = it.checked(|rule| apps.check(rule));
                checked
                    .and_then(RuleFile::accepted)
                    .map_err(|it| ReadError::Mistakes(it, RuleFile::default()))
            })
            .map(|it| it.entries())
            .map_err(|error| error.message(path, lang));
        RuleReport::Read { name, rules }
    });
}

/// Writes a file of rules.
pub(super) fn write(name: String, rules: Vec<Entry>, lang: Lang, messages: mpsc::Sender<Message>) {
    report(messages, move || {
        let name = home::expanded(name);
        let written = rule_file::write(name.as_ref(), &rules, lang);
        RuleReport::Written { name, rules, written }
    });
}

/// Sends the report of what may block to the event loop.
fn report(messages: mpsc::Sender<Message>, work: impl FnOnce() -> RuleReport + Send + 'static) {
    task::spawn_blocking(move || {
        _ = messages.blocking_send(Message::Rules(Box::new(work())));
    });
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;
    use crate::edge::forward::RuleApps;

    const LISTENER: &str = "127.0.0.1:9527";

    /// The report of what is started with a check of apps.
    fn reported(start: impl FnOnce(AppCheck, mpsc::Sender<Message>)) -> RuleReport {
        let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
        let (sender, mut messages) = mpsc::channel(1);
        let apps =
            AppCheck { apps: RuleApps::default().into(), listener: LISTENER.parse().unwrap() };
        runtime.block_on(async {
            start(apps, sender);
            match messages.recv().await {
                Some(Message::Rules(report)) => *report,
                other => panic!("{other:?}"),
            }
        })
    }

    #[test]
    fn a_rule_that_is_entered_does_not_forward_to_the_listener_itself() {
        for (url, is_own) in [("http://127.0.0.1:9527", true), ("http://127.0.0.1:9528/im", false)]
        {
            let text = format!("a => forward {url}");
            let report =
                reported(|apps, messages| parse(text.clone(), Place::Last, apps, messages));
            let RuleReport::Parsed { rule, .. } = report else { panic!("{report:?}") };
            let place = rule.err().map(|it| text[it.at].to_owned());
            assert_eq!(place, is_own.then(|| format!("forward {url}")));
        }
    }

    #[test]
    fn nor_does_one_of_a_file_that_is_read_again() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("rules");
        let name = path.display().to_string();
        fs::write(&path, "=> forward http://localhost:1\n#off => forward http://localhost:9527\n")
            .unwrap();
        let report = reported(|apps, messages| read(name.clone(), Lang::Zh, apps, messages));
        let RuleReport::Read { rules, .. } = report else { panic!("{report:?}") };
        let why = rules.unwrap_err();
        assert!(why.starts_with(&format!("{name}:2:9: 此地址是 imscope")), "{why}");
    }

    #[test]
    fn a_file_that_is_read_again_is_refused_as_at_the_start() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("rules");
        let name = path.display().to_string();
        for (text, expected) in [
            ("#off late => deny\n=> delay 3s\n", None),
            ("# x\n from:a late => deny\n", Some(":2:9: `late` is known only after")),
            ("=> deny\n\nfrom:a => deny\n", Some(":3:1: this rule is never reached")),
        ] {
            fs::write(&path, text).unwrap();
            let report = reported(|apps, messages| read(name.clone(), Lang::En, apps, messages));
            let RuleReport::Read { rules, .. } = report else { panic!("{report:?}") };
            let why = rules.err();
            let starts = |it: &String| it.starts_with(&format!("{name}{}", expected.unwrap()));
            assert_eq!(why.as_ref().map(starts), expected.map(|_| true), "{why:?}");
        }
    }
}
