//! Saves callbacks to a file, on a thread that may block.

use std::io;
use std::path::Path;

use tokio::sync::mpsc;

use crate::callback::export::{CodeCount, Encoder, Entry, Format, SignCount, Summary, UserCount};
use crate::callback::lang::localize;
use crate::callback::trouble::reason;
use crate::callback::{Lang, Localized};
use crate::dashboard::text::short_name;
use crate::dashboard::{SaveEnd, SaveReport, SaveRequest, SaveStep};
use crate::edge::event_loop::Message;
use crate::edge::home;
use crate::edge::new_file::NewFile;
use crate::history::filter::flag_words;
use crate::history::filter::language::TABLE;
use crate::history::tally::{Infos, Tally};

/// Steps that wait to be written; the event loop keeps the rest until there is room.
const WAITING: usize = 2;
/// Users that a report lists.
const MAX_USERS: usize = 200;

/// Creates the file, writes the steps that the event loop sends, and reports the end;
/// without an end the file is removed, and nothing is reported.
pub(super) fn save(request: SaveRequest, messages: mpsc::Sender<Message>) {
    tokio::task::spawn_blocking(move || {
        let (id, name, lang) = (request.id, request.name.clone(), request.options.lang);
        let end = match write(request, &messages) {
            Ok(Some((count, bytes))) => SaveEnd::Saved { count, bytes },
            Ok(None) => return,
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => SaveEnd::Exists,
            Err(error) => SaveEnd::Failed(not_saved(&name, &error, lang)),
        };
        let _ = messages.blocking_send(Message::SaveEnded(SaveReport { id, end }));
    });
}

/// Writes all steps; returns the number of callbacks and the size in bytes, `None` if
/// there was no end.
fn write(request: SaveRequest, messages: &mpsc::Sender<Message>) -> io::Result<Option<(u64, u64)>> {
    let mut file = NewFile::create(Path::new(&home::expanded(request.name)))?;
    if request.options.format.is_program() {
        file.make_executable()?;
    }
    let (sender, mut steps) = mpsc::channel(WAITING);
    let _ = messages.blocking_send(Message::SaveOpened(request.id, sender));
    let (mut out, mut tally) = (Vec::new(), Tally::default());
    let is_summarized = request.options.format == Format::Html;
    let mut encoder = Encoder::begin(request.options, &mut out);
    loop {
        match steps.blocking_recv() {
            None => return Ok(None),
            Some(SaveStep::Portion(portion)) => {
                for it in &portion {
                    let signs: Vec<_> = flag_words(it.flags).collect();
                    let entry = Entry { delivery: &it.delivery, signs: &signs.join(" ") };
                    encoder.push(entry, &mut out);
                    if is_summarized {
                        tally.add(it);
                    }
                }
                file.write(&out)?;
                out.clear();
            }
            Some(SaveStep::End) => {
                let count = encoder.end(&summary(&tally), &mut out);
                file.write(&out)?;
                return Ok(Some((count, file.finish()?)));
            }
        }
    }
}

/// The totals of a report.
fn summary(tally: &Tally) -> Summary {
    let failures = tally.failures().ranked().into_iter().map(|it| {
        let (infos, has_other_infos) = tally.infos(it.code).map_or((&[][..], false), Infos::texts);
        let infos = infos.iter().map(ToString::to_string).collect();
        CodeCount { code: it.code, count: it.count, infos, has_other_infos }
    });
    let unread = tally.unread().ranked().take(MAX_USERS).map(|it| UserCount {
        user: it.user().to_owned(),
        count: it.count,
        is_doubtful: it.is_doubtful(),
    });
    let counts = tally.counts();
    let sign = |(word, count)| {
        let entry = TABLE.iter().find(|it| it.example == word);
        SignCount { word, meaning: entry.map_or(Localized::new("", ""), |it| it.meaning), count }
    };
    Summary {
        failures: failures.collect(),
        unread: unread.collect(),
        other_users: tally.unread().len().saturating_sub(MAX_USERS),
        signs: [
            ("refused", counts.refused),
            ("broken", counts.broken),
            ("trouble", counts.trouble),
            ("odd", counts.odd),
            ("duplicate", counts.duplicate),
            ("older", counts.older),
        ]
        .map(sign)
        .into(),
    }
}

/// The error of a file that cannot be written.
fn not_saved(name: &str, error: &io::Error, lang: Lang) -> String {
    let (name, error) = (short_name(name), reason::localized(error, lang));
    localize!(lang, "cannot save to {name}: {error}", "无法保存到 {name}：{error}")
}
