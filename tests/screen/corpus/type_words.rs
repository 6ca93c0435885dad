//! `type:` takes what the column TYPE shows.

use imscope::callback::{Delivery, Lang};
use imscope::dashboard::{App, Settings, view};
use imscope::history::HistoryConfig;
use imscope::history::filter::Filter;
use imscope::history::matches::Matches;
use imscope_test_support::corpus;
use ratatui::Terminal;
use ratatui::backend::TestBackend;

use super::{ARRIVAL, delivery};
use crate::journeys::surface::rows;

/// A dashboard that holds one callback.
fn app(delivery: &Delivery, lang: Lang) -> App {
    let settings = Settings { lang, ..Settings::default() };
    let mut app = App::new(settings, HistoryConfig::default(), ARRIVAL);
    app.apply(delivery);
    app
}

/// What the column shows of the only row of Flow; `None` if there is no such column.
fn shown(app: &App, lang: Lang, width: u16) -> Option<String> {
    let mut terminal = Terminal::new(TestBackend::new(width, 24)).unwrap();
    terminal.draw(|frame| _ = view::draw(app, frame)).unwrap();
    let buffer = terminal.backend().buffer();
    let [first, next] = match lang {
        Lang::En => ["TYPE", "MESSAGE"],
        Lang::Zh => ["类型", "内容"],
    };
    let head =
        rows(buffer).iter().position(|it| [first, next].iter().all(|title| it.contains(title)))?;
    let head = u16::try_from(head).unwrap();
    let column = |title: &str| {
        let from = |x: u16| (x..width).map(|x| buffer[(x, head)].symbol()).collect::<String>();
        let is_there = |x: &u16| from(*x).replace(' ', "").starts_with(title);
        (0..width).rfind(is_there).unwrap()
    };
    let area = ratatui::layout::Rect::new(column(first), head + 1, column(next) - column(first), 1);
    let mut cells = ratatui::buffer::Buffer::empty(ratatui::layout::Rect { x: 0, y: 0, ..area });
    for x in 0..area.width {
        cells[(x, 0)] = buffer[(area.x + x, area.y)].clone();
    }
    Some(rows(&cells).remove(0))
}

/// Whether a filter matches the callback.
fn finds(app: &mut App, text: &str) -> bool {
    let filter = Filter::parse(text).unwrap_or_else(|why| panic!("{text}: {why}"));
    app.set_filter(Some(filter));
    while app.is_searching() {
        app.search();
    }
    app.history().matches().map_or(0, Matches::len) == 1
}

#[test]
fn a_filter_by_type_takes_what_the_column_shows_at_any_width() {
    for file in corpus::bodies() {
        let delivery = delivery(&file);
        if delivery.is_probe() {
            continue;
        }
        for lang in [Lang::En, Lang::Zh] {
            let widths = [72, 80, 100, 120, 200];
            let texts = widths.map(|it| shown(&app(&delivery, lang), lang, it));
            assert!(texts.iter().flatten().count() >= 4, "{texts:?} of {}", file.display());
            for text in texts.into_iter().flatten() {
                let mut app = app(&delivery, lang);
                let in_quotes = format!("type:\"{text}\"");
                assert!(finds(&mut app, &in_quotes), "{in_quotes} of {}", file.display());
                assert!(text.contains(' ') || finds(&mut app, &format!("type:{text}")), "{text}");
            }
        }
    }
}
