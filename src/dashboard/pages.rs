//! Opening a page, its keys, and what it reads.

use crossterm::event::KeyEvent;

use super::action::{Action, PageAction, Pane};
use super::app::App;
use super::page::code::CodePage;
use super::page::user::UserPage;
use super::page::{LeftPage, Page};
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

    /// Opens the page of the code that is selected in Failures.
    pub(super) fn open_code(&mut self) {
        let ranked = self.panes().failures.ranked();
        if let Some(code) = ranked.get(self.selection.failure).map(|it| it.code) {
            self.show_page(Page::Code(Box::new(CodePage::new(code))));
        }
    }

    /// Opens the page with a breakdown of the callbacks that Flow shows.
    pub(super) fn open_breakdown(&mut self) {
        if !matches!(self.page, Some(Page::Breakdown(_))) {
            self.show_page(Page::Breakdown(Box::default()));
        }
    }

    /// Counts again after the filter has changed.
    pub(super) fn restart_breakdown(&mut self) {
        if let Some(Page::Breakdown(page)) = &mut self.page {
            page.restart(page.breakdown.dimension());
        }
    }

    /// Shows a page, of a short past complete at once.
    fn show_page(&mut self, page: Page) {
        self.page = Some(page);
        self.read_page();
    }

    /// Closes the page.
    fn close_page(&mut self) {
        self.page = None;
        self.count_external_bytes();
    }

    /// Sets the bytes of the page and of the pause, which count against the memory limit
    /// of the history.
    pub(super) fn count_external_bytes(&mut self) {
        let page = self.page.as_ref().map_or(0, Page::memory_bytes);
        let paused = self.paused.as_ref().map_or(0, |it| it.memory_bytes());
        self.history.set_external_bytes(page + paused);
    }

    /// Whether rows are left that the page has not read.
    pub(super) fn is_reading_page(&self) -> bool {
        self.page.as_ref().is_some_and(|it| it.is_reading(&self.rows_of(it)))
    }

    /// Reads the next rows for the page.
    pub(super) fn read_page(&mut self) {
        let Some(mut page) = self.page.take() else { return };
        page.read_portion(&self.rows_of(&page), self.history.flow());
        self.page = Some(page);
        self.count_external_bytes();
    }

    /// The rows that a page is about: of a breakdown those of Flow, else all.
    fn rows_of(&self, page: &Page) -> Rows<'_> {
        match page {
            Page::Breakdown(_) => self.rows(),
            _ => Rows::new(self.history.flow(), None, self.rows_end()),
        }
    }

    /// Performs what a key does on the page; returns whether it does nothing else.
    pub(super) fn on_page_key(&mut self, key: KeyEvent) -> bool {
        let Some(page) = &mut self.page else { return false };
        if let Some(action) = self.settings.keymap.page.action(key) {
            self.act_on_page(action);
            return true;
        }
        let Some(action) = self.settings.keymap.dashboard.action(key) else { return true };
        if let Some(step) = action.step() {
            page.step(step, self.viewport.page.rows);
            return true;
        }
        let stays = action == Action::Filter && matches!(page, Page::Breakdown(_));
        if leaves_page(action) && !stays {
            self.close_page();
        }
        is_about_selection(action)
    }

    fn act_on_page(&mut self, action: PageAction) {
        match action {
            PageAction::Close if self.stop_resending() || self.stop_saving() => {}
            PageAction::Close => self.close_page(),
            PageAction::Open => self.open_on_page(),
            PageAction::Filter => {
                if let Some(filter) = self.filter_of_page() {
                    self.filter_by(filter);
                }
            }
            PageAction::Dimension(direction) => {
                if let Some(Page::Breakdown(page)) = &mut self.page {
                    page.cycle(direction);
                    self.read_page();
                }
            }
            PageAction::Sort => {
                if let Some(Page::Breakdown(page)) = &mut self.page {
                    page.sort();
                }
            }
        }
    }

    /// Opens what is selected on the page: a callback in Flow, or those with a value.
    pub(super) fn open_on_page(&mut self) {
        let filter = match &self.page {
            Some(Page::User(page)) => {
                if let Some(id) = page.steps.id_at(page.cursor()) {
                    self.show_in_flow(id);
                }
                return;
            }
            Some(Page::Code(page)) => {
                let entries = page.summary.entries();
                entries.get(page.cursor).map(|it| page.summary.filter_of(it))
            }
            Some(Page::Breakdown(_)) => self.filter_of_page(),
            None => None,
        };
        if let Some(filter) = filter {
            self.filter_by(filter);
        }
    }

    /// What the page is about; of a breakdown the selected value, of what Flow shows.
    fn filter_of_page(&self) -> Option<Filter> {
        match self.page.as_ref()? {
            Page::User(page) => {
                let app = self.panes().unread.has_several_apps().then(|| page.steps.app());
                Some(Filter::for_user(page.steps.user(), app))
            }
            Page::Code(page) => Some(page.summary.filter()),
            Page::Breakdown(page) => {
                let values = page.breakdown.shares().first(page.cursor + 1, page.order);
                let filter = page.breakdown.dimension().filter(values.get(page.cursor)?.0);
                Some(self.filter().cloned().unwrap_or_default().and(filter))
            }
        }
    }

    /// Selects a callback in Flow, so that esc there leads back to the page.
    fn show_in_flow(&mut self, id: RowId) {
        if self.history.flow().row(id).is_none() {
            self.notify(words::IS_EVICTED.text(self.settings.lang));
            return;
        }
        let page = self.page.take();
        let jump = self.jump(id);
        self.left_page = page.map(|page| Box::new(LeftPage { page, jump, focus: self.focus }));
        self.close_page();
        self.focus = Focus::default();
    }

    /// Opens the page again that was left for the callback that is selected; whether it did.
    pub(super) fn return_to_page(&mut self) -> bool {
        let is_there = self.focus.pane == Pane::Flow && !self.focus.zoomed;
        let left = self.left_page.take_if(|_| is_there);
        let Some(left) = left.filter(|it| self.is_at(&it.jump)) else { return false };
        let LeftPage { page, jump, focus } = *left;
        self.undo_jump(jump);
        self.focus = focus;
        self.show_page(page);
        true
    }
}

/// Whether an action is done in the panes, so that the page is closed before.
fn leaves_page(action: Action) -> bool {
    matches!(
        action,
        Action::Match(_)
            | Action::Failure(_)
            | Action::Focus(_)
            | Action::CycleFocus(_)
            | Action::ShowResent
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
