//! A journey: the real event loop with a terminal, keys, callbacks and a clock of
//! the test. Time is virtual, so no test waits.

mod shown;

use std::cell::{Ref, RefCell};
use std::io;
use std::pin::Pin;
use std::rc::Rc;
use std::time::Duration;

use crossterm::event::{Event, KeyCode, KeyEvent, KeyModifiers, MouseEvent, MouseEventKind};
use futures_util::{Stream, stream};
use imscope::callback::tunnel::TunnelReport;
use imscope::callback::tunnel_program::TunnelProgram;
use imscope::callback::{Delivery, Lang, Timestamp};
use imscope::dashboard::Settings;
use imscope::dashboard::keymap::Keymap;
use imscope::dashboard::{App, Request};
use imscope::edge::event_loop::{self, Exit, LoopContext, Message, Surface as _};
use imscope::edge::queue::{Sender, queue};
use imscope::history::HistoryConfig;
use jiff::tz::TimeZone;
use ratatui::Terminal;
use ratatui::backend::TestBackend;
use tokio::runtime::{Builder, Runtime};
use tokio::sync::{Notify, mpsc};
use tokio::time::{Instant, sleep};

use super::chat::{APP, START};
use super::keys::named;
use super::surface::{MemoryTerminal, Painted};

/// A bound on the wait for a place in the queue, in virtual time.
const GUARD: Duration = Duration::from_secs(60);
/// Longer than the wait for any frame.
const SETTLE: Duration = Duration::from_millis(50);

type Loop = Pin<Box<dyn Future<Output = anyhow::Result<()>>>>;

/// A dashboard, with what a user and Tencent do to it.
pub(crate) struct Journey {
    runtime: Runtime,
    began: Instant,
    run: Option<Loop>,
    keys: mpsc::UnboundedSender<Event>,
    sender: Sender,
    news: mpsc::Sender<Message>,
    painted: Rc<RefCell<Painted>>,
    flows: Rc<Notify>,
    requests: Rc<RefCell<Vec<Request>>>,
    edits: Rc<RefCell<Vec<Delivery>>>,
    saved: Rc<RefCell<Option<Vec<u8>>>>,
}

fn settings() -> Settings {
    Settings {
        url: "http://127.0.0.1:9527".to_owned(),
        sdk_app_id: Some(APP.to_owned()),
        signed: true,
        lang: Lang::En,
        zone: TimeZone::UTC,
        ..Settings::default()
    }
}

impl Journey {
    /// A dashboard on a terminal of this size, before the first callback.
    pub(crate) fn at(width: u16, height: u16) -> Self {
        Self::set(width, height, |_| {})
    }

    pub(crate) fn speaking(lang: Lang, width: u16, height: u16) -> Self {
        Self::set(width, height, |it| it.lang = lang)
    }

    /// A dashboard with some of its settings changed.
    pub(crate) fn set(width: u16, height: u16, change: impl FnOnce(&mut Settings)) -> Self {
        let mut settings = settings();
        change(&mut settings);
        let runtime = Builder::new_current_thread().enable_time().start_paused(true).build();
        let runtime = runtime.unwrap();
        let began = {
            let _entered = runtime.enter();
            Instant::now()
        };
        let clock = move || START.plus(began.elapsed());
        let terminal = Terminal::new(TestBackend::new(width, height)).unwrap();
        let painted = Painted {
            terminal,
            draws: 0,
            repaints: 0,
            suspends: 0,
            resumes: 0,
            rings: Vec::new(),
            stalled: false,
            seen: 0,
        };
        let painted = Rc::new(RefCell::new(painted));
        let flows = Rc::new(Notify::new());
        let requests = Rc::new(RefCell::new(Vec::new()));
        let edits = Rc::new(RefCell::new(Vec::new()));
        let (keys, mut typed) = mpsc::unbounded_channel();
        let (sender, deliveries) = queue();
        let (news, messages) = mpsc::channel(8);
        let (performed, edited) = (Rc::clone(&requests), Rc::clone(&edits));
        let saved = Rc::new(RefCell::new(None::<Vec<u8>>));
        let to_save = Rc::clone(&saved);
        let sent = Rc::clone(&requests);
        let mut context = LoopContext {
            deliveries,
            messages,
            recording: None,
            clock,
            perform: move |request| performed.borrow_mut().push(request),
        };
        let mut surface = MemoryTerminal { painted: Rc::clone(&painted), flows: Rc::clone(&flows) };
        let run = async move {
            let mut app = App::new(settings, HistoryConfig::default(), clock());
            // The editor is closed at once, and the screen resumed.
            while let Exit::Edit(delivery) =
                event_loop::run(&mut app, &mut surface, events(&mut typed), &mut context).await?
            {
                edited.borrow_mut().push((*delivery).clone());
                surface.resume()?;
                if let Some(body) = to_save.borrow_mut().take() {
                    sent.borrow_mut().extend(app.send_edited(*delivery, body));
                }
            }
            Ok(())
        };
        let run: Option<Loop> = Some(Box::pin(run));
        let journey = Self {
            runtime,
            began,
            run,
            keys,
            sender,
            news,
            painted,
            flows,
            requests,
            edits,
            saved,
        };
        journey.wait(SETTLE)
    }

    /// Lets this much virtual time pass.
    pub(crate) fn wait(mut self, time: Duration) -> Self {
        let ended = self.runtime.block_on(async {
            match &mut self.run {
                Some(run) => tokio::select! {
                    biased;
                    ended = run => Some(ended),
                    () = sleep(time) => None,
                },
                None => None,
            }
        });
        if let Some(ended) = ended {
            ended.unwrap();
            self.run = None;
        }
        self
    }

    pub(crate) fn deliver(self, deliveries: impl IntoIterator<Item = Delivery>) -> Self {
        self.queue(deliveries).wait(SETTLE)
    }

    /// Queues deliveries without waiting for a frame.
    pub(crate) fn queue(mut self, deliveries: impl IntoIterator<Item = Delivery>) -> Self {
        for mut delivery in deliveries {
            if delivery.at == Timestamp::default() {
                delivery.at = self.now();
            }
            let Self { runtime, run, sender, .. } = &mut self;
            let run = run.as_mut().unwrap();
            runtime.block_on(async {
                tokio::select! {
                    biased;
                    sent = sender.send(delivery) => { sent.unwrap(); }
                    ended = run => panic!("the loop ended: {ended:?}"),
                    () = sleep(GUARD) => panic!("the queue stays full"),
                }
            });
        }
        self
    }

    /// Keys by their names: `k k enter z ctrl-u`.
    pub(crate) fn press(self, keys: &str) -> Self {
        for key in keys.split_whitespace() {
            self.keys.send(Event::Key(named(key))).unwrap();
        }
        self.wait(SETTLE)
    }

    /// An event of the terminal.
    pub(crate) fn event(self, event: Event) -> Self {
        self.keys.send(event).unwrap();
        self.wait(SETTLE)
    }

    /// A key, without waiting for a frame.
    pub(crate) fn key(self, key: &str) -> Self {
        self.keys.send(Event::Key(named(key))).unwrap();
        self
    }

    pub(crate) fn type_text(self, text: &str) -> Self {
        for it in text.chars() {
            let key = KeyEvent::new(KeyCode::Char(it), KeyModifiers::NONE);
            self.keys.send(Event::Key(key)).unwrap();
        }
        self.wait(SETTLE)
    }

    pub(crate) fn paste(self, text: &str) -> Self {
        self.event(Event::Paste(text.to_owned()))
    }

    /// An event of the mouse at a cell.
    pub(crate) fn mouse(self, kind: MouseEventKind, (column, row): (u16, u16)) -> Self {
        let modifiers = KeyModifiers::NONE;
        self.event(Event::Mouse(MouseEvent { kind, column, row, modifiers }))
    }

    pub(crate) fn resize(self, width: u16, height: u16) -> Self {
        self.painted.borrow_mut().terminal.backend_mut().resize(width, height);
        self.keys.send(Event::Resize(width, height)).unwrap();
        self.wait(SETTLE)
    }

    pub(crate) fn message(self, news: Message) -> Self {
        self.news.try_send(news).unwrap();
        self.wait(SETTLE)
    }

    /// Stalls the terminal, or lets it draw again.
    pub(crate) fn stall(self, stalled: bool) -> Self {
        self.painted.borrow_mut().stalled = stalled;
        self.flows.notify_waiters();
        self.wait(SETTLE)
    }

    pub(crate) fn painted(&self) -> Ref<'_, Painted> {
        self.painted.borrow()
    }

    pub(crate) fn requests(&self) -> Vec<Request> {
        self.requests.borrow().clone()
    }

    /// The callbacks whose body was opened in the editor.
    pub(crate) fn edits(&self) -> Vec<Delivery> {
        self.edits.borrow().clone()
    }

    /// Sets what the editor saves the next time.
    pub(crate) fn saving(self, body: &str) -> Self {
        *self.saved.borrow_mut() = Some(body.into());
        self
    }

    pub(crate) fn has_ended(&self) -> bool {
        self.run.is_none()
    }

    pub(crate) fn now(&self) -> Timestamp {
        let _entered = self.runtime.enter();
        START.plus(self.began.elapsed())
    }
}

fn events(typed: &mut mpsc::UnboundedReceiver<Event>) -> impl Stream<Item = io::Result<Event>> {
    stream::unfold(typed, |typed| async { typed.recv().await.map(|event| (Ok(event), typed)) })
}

/// That a tunnel with this public URL was found.
pub(crate) fn found(url: &str) -> Message {
    Message::Tunnel(TunnelReport::found(TunnelProgram::Ngrok, url))
}

/// A text of the dashboard, by the name of its constant.
pub(crate) fn words(name: &str, lang: Lang) -> &'static str {
    let found = imscope::dashboard::words::ALL.iter().find(|(it, _)| *it == name);
    let text = found.unwrap_or_else(|| panic!("no text is called {name}")).1.text(lang);
    // Once for each text that a test asks for.
    Keymap::default().filled(text).into_owned().leak()
}
