//! Saving callbacks to a file: what key `s` does, the progress, and the end.
//!
//! The callbacks are read on the thread of the event loop, a portion at a time, and
//! encoded and written by another, which reports the end.

use super::action::Action;
use super::app::App;
use super::effect::{Effect, Request, SaveEnd, SaveReport, SaveRequest, SaveStep, TerminalEffect};
use super::notice::Notice;
use super::overlay::Overlay;
use super::prompt::{Mistake as _, Prompt};
use super::save_dialog::{NameError, SaveChoice, SaveDialog, Scope, Step};
use super::saving::Saving;
use super::settings::QuitKey;
use super::{text, words};
use crate::callback::export::ExportOptions;
use crate::callback::format;
use crate::callback::lang::localize;
use crate::callback::{Lang, Localized};
use crate::history::flow_reader::FlowReader;

const STOPPED: Localized = Localized::new("stopped; nothing was saved", "已停止，未保存");

impl App {
    /// Opens the dialog.
    pub(super) fn open_save(&mut self) {
        if self.saves.running.is_some() {
            return self.notify_with_keys(words::STILL_SAVING);
        }
        let all = self.history.flow().len();
        if all == 0 {
            return self.notify(words::NO_CALLBACK.text(self.settings.lang));
        }
        let counts = [self.rows().len(), self.marks.kept(self.history.flow()).count(), all];
        self.show(Overlay::Save(Box::new(SaveDialog::new(counts, self.proposed_stem()))));
    }

    /// Opens the dialog of the question of key `q`: all callbacks are saved, and then the
    /// program quits.
    pub(super) fn save_and_quit(&mut self) {
        self.open_save();
        if let Overlay::Save(dialog) = &mut self.overlay {
            (dialog.step, dialog.quits) = (Step::Format(Scope::All), true);
        }
    }

    /// A file name of the present second, without an extension.
    fn proposed_stem(&self) -> String {
        let now = jiff::Timestamp::from_microsecond(self.status.now.0).unwrap_or_default();
        let now = now.to_zoned(self.settings.zone.clone());
        now.strftime("imscope-%Y%m%d-%H%M%S").to_string()
    }

    /// Starts to save what was chosen in the dialog.
    pub(super) fn save(&mut self, choice: SaveChoice) -> Effect {
        let flow = self.history.flow();
        let shown_end = self.paused.as_ref().map_or(flow.end_id(), |it| it.end_id());
        let reader = match choice.scope {
            Scope::Shown => FlowReader::until(shown_end, self.filter().cloned(), flow),
            Scope::Marked => FlowReader::of(self.marks.kept(flow).collect(), flow),
            Scope::All => FlowReader::until(flow.end_id(), None, flow),
        };
        let options = ExportOptions {
            format: choice.format,
            lang: self.settings.lang,
            zone: self.settings.zone.clone(),
            listener: self.listener(),
        };
        let has_all = match choice.scope {
            Scope::All => true,
            Scope::Shown => self.filter().is_none() && self.paused.is_none(),
            Scope::Marked => false,
        };
        self.saves.started += 1;
        let id = self.saves.started;
        let request = SaveRequest { id, name: choice.name.clone(), options };
        self.saves.running = Some(Box::new(Saving {
            id,
            choice,
            reader,
            names: self.hidden_names(),
            count: 0,
            unsaved: if has_all { self.saves.unsaved } else { 0 },
            is_read: false,
        }));
        Request::Save(request).into()
    }

    /// Whether the save with this number is running.
    pub fn saves_as(&self, id: u64) -> bool {
        self.saves.running.as_ref().is_some_and(|it| it.id == id)
    }

    /// Whether callbacks are left to be read for the file.
    pub fn is_saving(&self) -> bool {
        self.saves.running.as_ref().is_some_and(|it| !it.is_read)
    }

    /// The next callbacks for the file, or its end.
    pub fn next_save_step(&mut self) -> SaveStep {
        let Some(mut saving) = self.saves.running.take() else { return SaveStep::End };
        let step = if saving.reader.is_at_end() {
            saving.is_read = true;
            SaveStep::End
        } else {
            let portion = self.read_portion(&mut saving);
            saving.count += portion.len() as u64;
            SaveStep::Portion(portion)
        };
        self.saves.running = Some(saving);
        step
    }

    /// Quits; first asks, if callbacks were neither recorded nor saved, or a file is not
    /// complete.
    pub(super) fn quit(&mut self) -> Option<Effect> {
        if self.is_worth_asking() || self.saves.running.is_some() {
            self.show(Overlay::Quit);
            return None;
        }
        Some(TerminalEffect::Quit.into())
    }

    fn is_worth_asking(&self) -> bool {
        self.settings.quit == QuitKey::Asks && 0 < self.saves.unsaved
    }

    /// Why key `q` asks while a file is written.
    pub(super) fn unfinished_save(&self) -> Option<String> {
        let saving = self.saves.running.as_ref()?;
        let name = text::short_name(file_name(&saving.choice.name));
        Some(localize!(
            self.settings.lang,
            "{name} is not complete yet, and would be removed.",
            "{name} 尚未写完，退出会将其删除。"
        ))
    }

    /// Why key `q` asks.
    pub(super) fn reason_not_to_quit(&self) -> String {
        let (lang, kept) = (self.settings.lang, self.history.flow().len() as u64);
        // Saving all of them saves those that were saved before, too.
        let unsaved = match self.saves.unsaved {
            unsaved if unsaved < kept => {
                let (unsaved, kept) = (format::grouped(unsaved), callbacks(kept, lang));
                localize!(lang, "{unsaved} of {kept}", "{kept}中有 {unsaved} 条")
            }
            _ => callbacks(kept, lang),
        };
        localize!(lang, "{unsaved} neither recorded nor saved.", "{unsaved}既未录制也未保存。")
    }

    /// Stops a save whose callbacks are not all read; returns whether there was one. The
    /// file is removed.
    pub(super) fn stop_saving(&mut self) -> bool {
        let is_stopped = self.is_saving();
        if is_stopped {
            self.saves.running = None;
            self.notify(STOPPED.text(self.settings.lang));
        }
        is_stopped
    }

    /// Shows how a save ended; whether the program is to quit after it.
    pub fn report_save(&mut self, report: SaveReport) -> bool {
        // That of one that was stopped may be late.
        if !self.saves_as(report.id) {
            return false;
        }
        let Some(saving) = self.saves.running.take() else { return false };
        let name = &saving.choice.name;
        match report.end {
            SaveEnd::Saved { count, bytes } => {
                self.saves.unsaved = self.saves.unsaved.saturating_sub(saving.unsaved);
                let sentence = |name: &str| self.saved_sentence(&saving, name, count, bytes);
                let hidden = sentence(file_name(name));
                self.notify(Notice::harmless(sentence(name)).redacted_as(hidden));
                if matches!(self.overlay, Overlay::Quit) && !self.is_worth_asking() {
                    self.overlay = Overlay::None;
                }
                // It asks again, if callbacks have arrived meanwhile.
                return saving.choice.quits && self.quit().is_some();
            }
            SaveEnd::Exists => {
                let error = NameError::Exists(file_name(name).to_owned());
                self.ask_other_name(saving.choice, error);
            }
            SaveEnd::Failed(error) => {
                self.ask_other_name(saving.choice, NameError::Unwritable(error));
            }
        }
        false
    }

    fn saved_sentence(&self, saving: &Saving, name: &str, count: u64, bytes: u64) -> String {
        let lang = self.settings.lang;
        let (count, bytes) = (callbacks(count, lang), format::bytes(bytes));
        let saved = localize!(
            lang,
            "saved {count} to {name} ({bytes})",
            "已将 {count}保存到 {name}（{bytes}）"
        );
        match saving.reader.evicted() {
            0 => saved,
            evicted => {
                let evicted = format::grouped(evicted);
                saved
                    + &localize!(
                        lang,
                        "; {evicted} were evicted before they were read",
                        "；另有 {evicted} 条在读取前已被淘汰"
                    )
            }
        }
    }

    /// Opens the dialog again, if nothing else is open: the name is not accepted.
    fn ask_other_name(&mut self, choice: SaveChoice, error: NameError) {
        let SaveChoice { scope, format, name, quits } = choice;
        self.notify(error.message(self.settings.lang));
        if matches!(self.overlay, Overlay::None) {
            self.open_save();
            if let Overlay::Save(dialog) = &mut self.overlay {
                dialog.step = Step::Name(scope, format, Box::new(Prompt::mistaken(name, error)));
                dialog.quits = quits;
            }
        }
    }

    /// What the bottom line shows of a running save: the file, the number of callbacks
    /// read, and how much is read.
    pub(super) fn save_progress(&self) -> Option<String> {
        let saving = self.saves.running.as_ref()?;
        let lang = self.settings.lang;
        let name = match saving.names.is_some() || self.is_private() {
            true => file_name(&saving.choice.name),
            false => &saving.choice.name,
        };
        let count = callbacks(saving.count, lang);
        let percent = saving.reader.percent(self.history.flow());
        let back = self.settings.keymap.dashboard.label(Action::Back);
        Some(match saving.is_read {
            true => localize!(lang, "writing {name} …", "正在写入 {name} …"),
            false => localize!(
                lang,
                "saving to {name}: {count}, {percent} %   {back} stops",
                "正在保存到 {name}：{count}，{percent}%   {back} 停止"
            ),
        })
    }
}

/// So many callbacks.
fn callbacks(count: u64, lang: Lang) -> String {
    let noun = if count == 1 { "callback" } else { "callbacks" };
    let count = format::grouped(count);
    localize!(lang, "{count} {noun}", "{count} 条回调")
}

/// The last part of a path.
fn file_name(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or_default()
}
