//! The keys, by what they are for and by what is focused or open, and the menus.

use super::{Section, Term};
use crate::callback::export::Format;
use crate::callback::{Lang, Localized};
use crate::dashboard::action::Action;
use crate::dashboard::keymap::{Binding, KeyTable, Keymap};
use crate::dashboard::menu::CopyTarget;
use crate::dashboard::words;

/// What keys of the dashboard are for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Purpose {
    Moving,
    Showing,
    Filtering,
    Copying,
    Answering,
    Program,
}

impl Purpose {
    const ALL: [Self; 6] = [
        Self::Moving,
        Self::Showing,
        Self::Filtering,
        Self::Copying,
        Self::Answering,
        Self::Program,
    ];

    const fn heading(self) -> Localized {
        match self {
            Self::Moving => Localized::new("Moving", "移动"),
            Self::Showing => Localized::new("What is shown", "显示"),
            Self::Filtering => Localized::new("Filtering", "过滤"),
            Self::Copying => Localized::new("Copying and saving", "复制与保存"),
            Self::Answering => Localized::new("Answers, and sending again", "应答与重发"),
            Self::Program => Localized::new("The program", "程序"),
        }
    }

    const fn of(action: Action) -> Self {
        match action {
            Action::Move(_)
            | Action::GoTo(_)
            | Action::CycleFocus(_)
            | Action::Focus(_)
            | Action::Tab(_)
            | Action::Open
            | Action::Back
            | Action::Failure(_)
            | Action::Follow => Self::Moving,
            Action::Zoom
            | Action::Pause
            | Action::Wrap
            | Action::Form
            | Action::Breakdown
            | Action::Mark
            | Action::Compare
            | Action::Privacy
            | Action::Clear => Self::Showing,
            Action::Filter | Action::Match(_) | Action::NamedFilter => Self::Filtering,
            Action::CopyBody | Action::CopyUrl | Action::CopyMenu | Action::Save => Self::Copying,
            Action::Resend
            | Action::ShowResent
            | Action::Edit
            | Action::Switchboard
            | Action::AnswerSelected
            | Action::ResetAnswers
            | Action::Sample => Self::Answering,
            Action::Help
            | Action::Mouse
            | Action::Redraw
            | Action::Suspend
            | Action::Quit
            | Action::QuitAtOnce => Self::Program,
        }
    }
}

/// All keys: those of the dashboard by their purpose, those of its parts, and of the menus.
pub fn keys(keymap: &Keymap, lang: Lang) -> Vec<Section> {
    let mut sections = of_dashboard(keymap, lang);
    sections.extend(of_parts(keymap, lang));
    sections
}

/// The keys of the dashboard, by their purpose.
pub(super) fn of_dashboard(keymap: &Keymap, lang: Lang) -> Vec<Section> {
    let section = |purpose: Purpose| {
        let rows = keymap.dashboard.rows();
        let rows = rows.filter(|(row, _)| Purpose::of(row.actions[0].action) == purpose);
        let terms = rows.map(|(row, labels)| term(row, &labels, lang));
        Section { heading: purpose.heading(), terms: terms.collect() }
    };
    Purpose::ALL.into_iter().map(section).filter(|it| !it.terms.is_empty()).collect()
}

/// The keys of the timeline, of pages, of the switchboard and of menus.
pub(super) fn of_parts(keymap: &Keymap, lang: Lang) -> Vec<Section> {
    let copying = CopyTarget::ALL.map(|it| Term::new(it.key().to_string(), it.label().text(lang)));
    let saving = Format::ALL.map(|it| Term::new(it.key().to_string(), it.label().text(lang)));
    vec![
        section(words::TIMELINE_KEYS, &keymap.timeline, lang),
        section(words::PAGE_KEYS, &keymap.page, lang),
        switchboard(keymap, lang),
        Section { heading: words::COPY_KEYS, terms: copying.into() },
        Section { heading: words::SAVE_KEYS, terms: saving.into() },
    ]
}

/// The keys of the switchboard.
pub(super) fn switchboard(keymap: &Keymap, lang: Lang) -> Section {
    section(words::SWITCHBOARD_KEYS, &keymap.switchboard, lang)
}

fn section<A: Copy + PartialEq>(heading: Localized, table: &KeyTable<A>, lang: Lang) -> Section {
    let terms = table.rows().map(|(row, labels)| term(row, &labels, lang));
    Section { heading, terms: terms.collect() }
}

/// A row of a table of keys, with the labels of its keys.
fn term<A>(row: &Binding<A>, labels: &[String], lang: Lang) -> Term {
    Term::new(labels.join(" "), row.help.text(lang))
}
