//! Opening a page, its keys, and what it reads.

use crossterm::event::KeyEvent;

use super::action::{Action, PageAction};
use super::app::App;
use super::keymap;
use super::page::Page;
use super::page::user::UserPage;
use super::rows::Rows;
use super::selection::Focus;
use super::words;
use crate::history::RowId;
use crate::history::filter::Filter;

impl App {
    /// Opens the page of the user that is selected in Unread.
    pub(super) fn open_user(&mut self) {
        let selected = self.panes().unread.ranked().nth(self.selection.unread);
        if let Some(page) = selected.map(|it| UserPage::new(it.app(), it.user())) {
            self.show_page(Page::User(Box::new(page)));
        }
    }

    /// Shows a page, of a short past complete at once.
    fn show_page(&mut self, page: Page) {
        self.page = Some(page);
        self.read_page();
    }

    /// Whether rows are left that the page has not read.
    pub(super) fn is_reading_page(&self) -> bool {
        self.page.as_ref().is_some_and(|it| it.is_reading(&self.page_rows()))
    }

    /// Reads the next rows for the page.
    pub(super) fn read_page(&mut self) {
        if let Some(mut page) = self.page.take() {
            page.read_portion(&self.page_rows(), self.history.flow());
            self.page = Some(page);
        }
    }

    /// The rows that the page is about.
    fn page_rows(&self) -> Rows<'_> {
        let flow = self.history.flow();
        Rows::new(flow, None, self.rows_end())
    }

    /// Performs what a key does on the page; returns whether it does nothing else.
    pub(super) fn on_page_key(&mut self, key: KeyEvent) -> bool {
        let Some(page) = &mut self.page else { return false };
        if let Some(action) = keymap::page_action(key) {
            self.act_on_page(action);
            return true;
        }
        let Some(action) = keymap::action(key) else { return true };
        if let Action::Move(step) = action {
            page.step(step, self.viewport.page.rows);
            return true;
        }
        if leaves_page(action) {
            self.page = None;
        }
        is_about_selection(action)
    }

    fn act_on_page(&mut self, action: PageAction) {
        match (action, &self.page) {
            (PageAction::Close, _) => {
                if !self.stop_resending() && !self.stop_saving() {
                    self.page = None;
                }
            }
            (PageAction::Filter, Some(Page::User(page))) => {
                let app = self.panes().unread.has_several_apps().then(|| page.steps.app());
                self.filter_by(Filter::for_user(page.steps.user(), app));
            }
            (PageAction::Open, Some(Page::User(page))) => {
                if let Some(id) = page.steps.id_at(page.cursor()) {
                    self.show_in_flow(id);
                }
            }
            (_, None) => {}
        }
    }

    /// Selects a callback in Flow; ends a filter that hides it.
    fn show_in_flow(&mut self, id: RowId) {
        let lang = self.settings.lang;
        if self.history.flow().row(id).is_none() {
            self.notify(words::IS_EVICTED.text(lang));
            return;
        }
        let rows = self.rows();
        if rows.at(rows.row_of(id)) != Some(id) {
            self.set_filter(None);
            self.notify(words::FILTER_ENDED.text(lang));
        }
        self.page = None;
        self.focus = Focus::default();
        self.select(Some(id));
    }
}

/// Whether an action is done in the panes, so that the page is closed before.
fn leaves_page(action: Action) -> bool {
    matches!(
        action,
        Action::Match(_)
            | Action::Failure(_)
            | Action::Focus(_)
            | Action::FocusNext
            | Action::FocusPrevious
            | Action::Filter
    )
}

/// Whether an action is about what is selected in the panes, which the page hides.
fn is_about_selection(action: Action) -> bool {
    matches!(
        action,
        Action::CopyBody
            | Action::CopyMenu
            | Action::Mark
            | Action::Compare
            | Action::Resend
            | Action::Edit
            | Action::AnswerSelected
            | Action::Zoom
            | Action::Wrap
            | Action::Form
            | Action::Tab(_)
    )
}
