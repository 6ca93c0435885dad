//! The text of each entry of the copy menu, and the notice after it was copied. The
//! text is taken from what is on the screen, so that hidden personal data stays
//! hidden.

use super::app::App;
use super::effect::{ClipboardText, Effect, TerminalEffect};
use super::menu::CopyTarget;
use super::notice::Notice;
use super::settings::CallbackSource;
use super::{json_tree, words};
use crate::callback::curl::Destination;
use crate::callback::lang::localize;
use crate::callback::public_url::DEFAULT_PORT;
use crate::callback::redact::MASK;
use crate::callback::trouble::reason;
use crate::callback::{Delivery, Lang, Localized, curl, decode, format, jsonl};
use crate::history::RowId;

/// Callbacks that [`CopyTarget::List`] copies at most: the newest.
const LIST: usize = 10_000;
/// Bytes from which on it copies no further callback.
const LIST_BYTES: usize = 8 << 20;

/// Why no field is copied.
pub(super) const NO_FIELD: Localized = Localized::new(
    "put the cursor on a field first: 4, tab Payload, its tree, j k",
    "请先把光标移到字段上：4、“正文”标签的树、j k",
);

impl App {
    /// Copies a target, or notifies the user that there is nothing to copy.
    pub(super) fn copy(&mut self, target: CopyTarget) -> Option<Effect> {
        let lang = self.settings.lang;
        let text = self.text_of(target).filter(|it| !it.is_empty());
        if text.is_none() {
            let is_of_tree =
                matches!(target, CopyTarget::Field | CopyTarget::Pointer | CopyTarget::JqPath);
            let missing = match is_of_tree && !self.detail.shows_tree() {
                true => NO_FIELD,
                false => words::NOTHING_TO_COPY,
            };
            let label = target.label().text(lang);
            let text = localize!(lang, "{}: {label}", "{}：{label}", missing.text(lang));
            self.notify(Notice::harmless(text));
        }
        let label = target.label().text(lang);
        let label = match target {
            CopyTarget::List => self.list_label(label, lines_in(text.as_deref()?)),
            CopyTarget::Curl | CopyTarget::CurlToApp if self.settings.signed => {
                label.to_owned() + words::SIGNED.text(lang)
            }
            _ => label.to_owned(),
        };
        let copied = ClipboardText { label, text: text? };
        Some(TerminalEffect::Copy(copied).into())
    }

    fn text_of(&self, target: CopyTarget) -> Option<Vec<u8>> {
        let id = self.detail_callback()?;
        let delivery = self.delivery(id)?;
        Some(match target {
            CopyTarget::Body => delivery.body.into_vec(),
            CopyTarget::Curl => curl::command_line(&self.listener(), &delivery).into_bytes(),
            CopyTarget::CurlToApp => curl::command_line(&self.local_app()?, &delivery).into_bytes(),
            CopyTarget::Key => decode(&self.detail_head(id)?.delivery).msg_key?.as_bytes().to_vec(),
            CopyTarget::Field | CopyTarget::Pointer | CopyTarget::JqPath => {
                self.field(target, id, &self.detail_head(id)?.delivery.body)?
            }
            CopyTarget::Delivery => lines([delivery]),
            CopyTarget::List => self.list(),
        })
    }

    /// Where a curl command sends to: this listener, or that of the recording.
    pub(super) fn listener(&self) -> Destination {
        let base = match self.settings.source {
            CallbackSource::Listener | CallbackSource::Demo => self.settings.url.clone(),
            CallbackSource::Recording => format!("http://127.0.0.1:{DEFAULT_PORT}"),
        };
        Destination {
            base,
            any_certificate: self.settings.self_signed,
            is_signed: self.settings.signed,
            is_guess: self.shows_recording(),
        }
    }

    /// The local app, if there is one, and its URL is not hidden.
    pub(super) fn local_app(&self) -> Option<Destination> {
        let base = self.settings.forward.clone().filter(|_| !self.is_private())?;
        Some(Destination { base, is_signed: self.settings.signed, ..Destination::default() })
    }

    /// Value or path of the field under the cursor of the tree.
    fn field(&self, target: CopyTarget, id: RowId, body: &[u8]) -> Option<Vec<u8>> {
        if !self.detail.shows_tree() {
            return None;
        }
        let lines = self.detail.tree(id, body);
        let at = self.detail.line.min(lines.len().checked_sub(1)?);
        Some(match target {
            CopyTarget::Pointer => json_tree::pointer(&lines, at, body)?.into_bytes(),
            CopyTarget::JqPath => json_tree::jq_path(&lines, at, body)?.into_bytes(),
            _ => body.get(lines[at].value.clone())?.to_vec(),
        })
    }

    /// The newest rows, as many as fit.
    fn list(&self) -> Vec<u8> {
        let rows = self.rows();
        let newest = (0..rows.len()).rev().take(LIST).filter_map(|it| self.delivery(rows.at(it)?));
        let mut bytes = 0;
        let mut copied: Vec<Vec<u8>> = Vec::new();
        for delivery in newest {
            let line = lines([delivery]);
            bytes += line.len();
            if LIST_BYTES < bytes && !copied.is_empty() {
                break;
            }
            copied.push(line);
        }
        copied.reverse();
        copied.concat()
    }

    /// The label of a list of `copied` rows: how many of all, if not all.
    fn list_label(&self, label: &str, copied: usize) -> String {
        let all = self.rows().len();
        if copied == all {
            return label.to_owned();
        }
        let [copied, all] = [copied, all].map(|it| format::grouped(it as u64));
        localize!(
            self.settings.lang,
            "the newest {copied} of {all} rows of Flow",
            "当前列表 {all} 条中最新的 {copied} 条"
        )
    }
}

/// The number of lines of a text.
fn lines_in(text: &[u8]) -> usize {
    memchr::memchr_iter(b'\n', text).count()
}

/// Deliveries as lines of a recording.
fn lines(deliveries: impl IntoIterator<Item = Delivery>) -> Vec<u8> {
    let mut out = Vec::new();
    deliveries.into_iter().for_each(|it| jsonl::encode(&it, &mut out));
    out
}

impl ClipboardText {
    /// The notice of where the text was sent: to the terminal's clipboard, and to
    /// those of the desktop that `programs` set; else, to the file of this path. Of that
    /// private mode shows the name alone, and of an error nothing.
    pub fn notice(
        &self,
        in_terminal: bool,
        programs: &[&str],
        file: Option<Result<String, String>>,
        lang: Lang,
    ) -> Notice {
        let redacted = file.as_ref().map(|it| match it {
            Ok(path) => Ok(path.rsplit('/').next().unwrap_or_default().to_owned()),
            Err(_) => Err(MASK.to_owned()),
        });
        let text = |file| self.sentence(in_terminal, programs, file, lang);
        let redacted = text(redacted);
        Notice::harmless(text(file)).redacted_as(redacted)
    }

    fn sentence(
        &self,
        in_terminal: bool,
        programs: &[&str],
        file: Option<Result<String, String>>,
        lang: Lang,
    ) -> String {
        let (label, bytes) = (&self.label, self.text.len());
        let terminal = in_terminal.then_some(words::TERMINAL_CLIPBOARD.text(lang));
        let targets: Vec<_> = terminal.into_iter().chain(programs.iter().copied()).collect();
        match file {
            Some(Ok(path)) => {
                return localize!(
                    lang,
                    "no clipboard takes it; saved to {path}: {label}, {bytes} bytes",
                    "没有可用的剪贴板，已保存到 {path}：{label}，{bytes} 字节"
                );
            }
            Some(Err(error)) => {
                let error = reason::text(&error, lang);
                return localize!(
                    lang,
                    "{label}, {bytes} bytes, not copied: no clipboard takes it, and {error}",
                    "{label}，{bytes} 字节，未复制：没有可用的剪贴板，且 {error}"
                );
            }
            None => {}
        }
        let targets = targets.join(words::LIST_AND.text(lang));
        localize!(
            lang,
            "{label}, {bytes} bytes, sent to {targets}",
            "{label}，{bytes} 字节，已发送到 {targets}"
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_notice_names_all_clipboards_or_that_there_is_none() {
        let body = ClipboardText { label: "body".to_owned(), text: b"12345".to_vec() };
        let cases: [(bool, &[&str], _, &str); 4] = [
            (true, &[], None, "body, 5 bytes, sent to the terminal (OSC 52)"),
            (true, &["xclip"], None, "body, 5 bytes, sent to the terminal (OSC 52) and xclip"),
            (
                false,
                &[],
                Some(Ok("/tmp/a".to_owned())),
                "no clipboard takes it; saved to /tmp/a: body, 5 bytes",
            ),
            (
                false,
                &[],
                Some(Err("the disk is full".to_owned())),
                "body, 5 bytes, not copied: no clipboard takes it, and the disk is full",
            ),
        ];
        for (in_terminal, programs, file, notice) in cases {
            assert_eq!(body.notice(in_terminal, programs, file, Lang::En).text(false), notice);
        }
        let body = ClipboardText { label: "正文".to_owned(), text: b"12345".to_vec() };
        let notice = body.notice(true, &["tmux"], None, Lang::Zh);
        assert_eq!(notice.text(true), "正文，5 字节，已发送到 终端（OSC 52）、tmux");
    }

    #[test]
    fn in_private_mode_the_notice_has_no_folder_and_no_error() {
        let body = ClipboardText { label: "body".to_owned(), text: b"12345".to_vec() };
        let shown = |file| body.notice(false, &[], Some(file), Lang::En).text(true).to_owned();
        assert_eq!(
            shown(Ok("/home/xiaoming/tmp/copy-7".to_owned())),
            "no clipboard takes it; saved to copy-7: body, 5 bytes"
        );
        let error = shown(Err("/home/xiaoming: no space".to_owned()));
        assert!(!error.contains("xiaoming"), "{error}");
    }
}
