//! The actions that keys trigger.

/// What a key does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Action {
    /// Move the cursor, or scroll, in the focused pane.
    Move(Step),
    /// Focus the next or the previous pane.
    CycleFocus(Direction),
    /// Focus a pane.
    Focus(Pane),
    /// Switch the tab of the detail pane.
    Tab(Direction),
    /// Open what is selected: the detail, the callbacks of the user or of the
    /// code; in the tree, fold or unfold the branch.
    Open,
    /// Let the focused pane fill the screen, or end that.
    Zoom,
    /// Stop a save, or undo one of jump, zoom, focus, filter, selection and marks; never quits.
    Back,
    /// Open the input line for a time; with `true` on the first row only, else move there.
    GoTo(bool),
    /// Open the input line of the filter.
    Filter,
    /// In the focused detail go to the next or previous hit of the filter; else, or if there
    /// is none, select the next or previous match of the filter; without a filter, the next
    /// or previous callback.
    Match(Direction),
    /// Select the next or previous failure.
    Failure(Direction),
    /// Pause the view, or resume it.
    Pause,
    /// Follow the newest callback.
    Follow,
    /// Wrap long lines, or cut them.
    Wrap,
    /// Display the payload as a tree, as text, as bytes.
    Form,
    /// Copy the body.
    CopyBody,
    /// Copy the public URL as it stands in the console.
    CopyUrl,
    /// Open the page with a breakdown of the callbacks.
    Breakdown,
    /// Show the callbacks with the same value in the field under the cursor of the tree;
    /// elsewhere open the list of filters with names.
    NamedFilter,
    /// Open the menu of what to copy.
    CopyMenu,
    /// Open the dialog of what to save.
    Save,
    /// Send the callback to the local app again.
    Resend,
    /// Go to the callback that was sent to the local app again last.
    ShowResent,
    /// Edit the callback's body and send that to the local app.
    Edit,
    /// Open the switchboard.
    Switchboard,
    /// Open the menu of rules for the callback.
    AnswerSelected,
    /// Answer as by default again.
    ResetAnswers,
    /// Mark a callback, or unmark it.
    Mark,
    /// Compare two marked callbacks, or one with the selected one.
    Compare,
    /// Hide personal data, or show it again.
    Privacy,
    /// Send one sample to the listener.
    Sample,
    /// Clear everything, after a question.
    Clear,
    /// Show all keys.
    Help,
    /// Use the mouse, or leave it to the terminal.
    Mouse,
    /// Redraw the screen.
    Redraw,
    /// Stop the process, as ^Z does in a shell.
    Suspend,
    /// Quit, perhaps after a question.
    Quit,
    /// Quit.
    QuitAtOnce,
}

impl Action {
    /// Whether its key does the same in overlays and input lines.
    pub(super) const fn is_everywhere(self) -> bool {
        matches!(self, Self::Redraw | Self::Suspend | Self::QuitAtOnce)
    }

    /// The distance by which it moves, in lists that cannot go to a time, too.
    pub(super) const fn step(self) -> Option<Step> {
        match self {
            Self::Move(step) => Some(step),
            Self::GoTo(true) => Some(Step::Top),
            _ => None,
        }
    }
}

/// A direction in a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Direction {
    /// Towards the end.
    Next,
    /// Towards the beginning.
    Previous,
}

impl Direction {
    /// The index next to `at` among `len`, in a circle.
    pub(super) const fn cycled(self, at: usize, len: usize) -> usize {
        match self {
            Self::Next => (at + 1) % len,
            Self::Previous => (at + len - 1) % len,
        }
    }

    /// The step in this direction.
    pub(super) const fn step(self) -> Step {
        match self {
            Self::Next => Step::Down,
            Self::Previous => Step::Up,
        }
    }
}

/// A distance to move.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// One row up.
    Up,
    /// One row down.
    Down,
    /// One page up.
    PageUp,
    /// One page down.
    PageDown,
    /// Half a page up.
    HalfUp,
    /// Half a page down.
    HalfDown,
    /// To the first row.
    Top,
    /// To the last row.
    Bottom,
}

impl Step {
    /// Whether it leads towards the last row.
    pub(super) const fn is_down(self) -> bool {
        matches!(self, Self::Down | Self::PageDown | Self::HalfDown | Self::Bottom)
    }
}

/// The panes that can be focused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Pane {
    /// The callbacks.
    #[default]
    Flow,
    /// The users' unread counts.
    Unread,
    /// The failures by code.
    Failures,
    /// The selected callback.
    Detail,
    /// The callbacks over time.
    Timeline,
}

/// The panes in the order in which the focus moves.
pub(super) const PANES: [Pane; 5] =
    [Pane::Flow, Pane::Unread, Pane::Failures, Pane::Detail, Pane::Timeline];

/// What a key does in the focused timeline.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TimelineAction {
    /// Move the cursor by a bar.
    Move(Direction),
    /// Show shorter bars (next) or longer ones.
    Scale(Direction),
    /// Show all of the time.
    ShowAll,
    /// Go to the time of the bar in Flow; with two marks, filter.
    Go,
    /// Mark the bar, or unmark it.
    Mark,
    /// Filter by the time between the marks.
    Filter,
}

/// What a key does on a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PageAction {
    /// Open what is selected.
    Open,
    /// Filter Flow by the subject of the page.
    Filter,
    /// Break down by another dimension.
    Dimension(Direction),
    /// Sort by failures, or by callbacks again.
    Sort,
    /// Close the page.
    Close,
}

/// What a key does in the switchboard.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SwitchboardAction {
    /// Set the answer mode to one of the menu.
    Answer(usize),
    /// Turn the rule off or on.
    Toggle,
    /// Open the input line for a new rule.
    Add,
    /// Open the input line with the rule.
    Edit,
    /// Delete the rule.
    Delete,
    /// Swap the rule with the one after or before it.
    Swap(Direction),
    /// Undo the last change of the switchboard.
    Undo,
    /// Answer as by default again.
    Reset,
    /// Read the file of rules again.
    Read,
    /// Open the input line for the name of the file to write.
    Write,
    /// Show all keys.
    Help,
    /// Close the switchboard.
    Close,
}
