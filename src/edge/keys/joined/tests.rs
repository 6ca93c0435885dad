//! Sequences after Esc and replies of the terminal, in the keys of crossterm.

use futures_util::stream;
use tokio::time::sleep;

use crossterm::event::KeyEvent;

use super::*;

fn keys(text: &str) -> Vec<Event> {
    let key = |it| match it {
        '\x1b' => KeyCode::Esc,
        '\n' => KeyCode::Enter,
        it => KeyCode::Char(it),
    };
    text.chars().map(|it| Event::Key(key(it).into())).collect()
}

/// The keys that crossterm makes of `ESC ]`, of a reply, and of its end.
fn reply(text: &str, end: &str) -> Vec<Event> {
    let with = |key: char, modifiers| Event::Key(KeyEvent::new(KeyCode::Char(key), modifiers));
    let end = match end {
        "\x07" => vec![with('g', KeyModifiers::CONTROL)],
        "\x1b\\" => vec![with('\\', KeyModifiers::ALT)],
        other => keys(other),
    };
    [vec![with(']', KeyModifiers::ALT)], keys(text), end].concat()
}

/// What becomes of the events after a query, and the background. Between the parts is a
/// pause.
async fn asked(parts: Vec<Vec<Event>>) -> (Vec<Event>, Option<Rgb>) {
    const PAUSE: Duration = Duration::from_millis(100);
    let events = stream::iter(parts).then(|part| async {
        sleep(PAUSE).await;
        part
    });
    let events = events.flat_map(stream::iter).map(Ok).chain(stream::pending());
    let (found, mut background) = oneshot::channel();
    let (mut joined, mut all) = (Joined::new(Box::pin(events)), Vec::new());
    joined.expect_background(found);
    while let Ok(Some(event)) = timeout(QUIET * 2, joined.next()).await {
        all.push(event.unwrap());
    }
    (all, background.try_recv().ok())
}

/// What becomes of the events of one read; nothing comes after them.
async fn joined(events: Vec<Event>) -> Vec<Event> {
    let events = stream::iter(events).map(Ok).chain(stream::pending());
    let (mut joined, mut all) = (Joined::new(events), Vec::new());
    while let Ok(Some(event)) = timeout(QUIET * 2, joined.next()).await {
        all.push(event.unwrap());
    }
    all
}

#[tokio::test(start_paused = true)]
async fn a_sequence_after_esc_is_one_key_or_none() {
    let esc = keys("\x1b");
    for (text, code) in [
        ("[C", Some(KeyCode::Right)),
        ("OA", Some(KeyCode::Up)),
        ("[5~", Some(KeyCode::PageUp)),
        ("[<0;12;7M", None),
        ("[1;5C", None),
    ] {
        let key = code.map(|it| Event::Key(it.into()));
        let expected = [esc.clone(), key.into_iter().collect(), keys("q")].concat();
        assert_eq!(joined(keys(&format!("\x1b{text}q"))).await, expected, "{text}");
    }
    let expected = [keys("\x1b\x1b"), vec![Event::Key(KeyCode::Right.into())]].concat();
    assert_eq!(joined(keys("\x1b\x1b[C")).await, expected);
}

#[tokio::test(start_paused = true)]
async fn what_is_no_sequence_stays_keys() {
    for text in ["\x1b", "\x1bq", "\x1b[", "\x1b[12", "\x1b[é", "\x1bOx", "q[C", "\x1b\x1bj"] {
        assert_eq!(joined(keys(text)).await, keys(text), "{text:?}");
    }
    let long = format!("\x1b[{}", "1".repeat(MAX_SEQUENCE + 8));
    assert_eq!(joined(keys(&long)).await, keys(&long));
}

#[tokio::test(start_paused = true)]
async fn a_paste_after_esc_is_a_paste_and_no_key() {
    let resized = Event::Resize(80, 24);
    let events = [keys("\x1b[200~qy\n\x1bC"), vec![resized.clone()], keys("小")].concat();
    let expected = [keys("\x1b"), vec![Event::Paste("qy\nC小".to_owned()), resized]].concat();
    assert_eq!(joined(events).await, expected);
}
#[tokio::test(start_paused = true)]
async fn a_reply_is_no_key_and_the_keys_around_it_stay_in_order() {
    let black = Some(Rgb(0, 0x2b, 0x36));
    for end in ["\x07", "\x1b\\"] {
        let reply = reply("11;rgb:0000/2b2b/3636", end);
        let events = [keys("jk"), reply.clone(), keys("q")].concat();
        assert_eq!(asked(vec![events]).await, (keys("jkq"), black));
        let apart = vec![keys("j"), reply[..9].to_vec(), reply[9..].to_vec(), keys("q")];
        assert_eq!(asked(apart).await, (keys("jq"), black));
    }
    let resized = Event::Resize(80, 24);
    let bel = reply("11;rgb:0000/2b2b/3636", "\x07");
    let events = [&bel[..5], std::slice::from_ref(&resized), &bel[5..]].concat();
    assert_eq!(asked(vec![events]).await, (vec![resized], black));
    // As the escape characters of separate reads.
    let split = keys("\x1b]11;rgb:0/0/0\x1b\\q");
    assert_eq!(asked(vec![split]).await, (keys("q"), Some(Rgb(0, 0, 0))));
}

#[tokio::test(start_paused = true)]
async fn a_reply_that_is_cut_or_garbage_types_nothing() {
    for text in ["", "1", "11;", "11;rgb:", "11;rgb:1e1e/1e1e/1e1e"] {
        let parts = vec![reply(text, ""), keys("qj")];
        assert_eq!(asked(parts).await.0, keys("qj"), "{text}");
        let with_esc = vec![reply(text, ""), keys("\x1bj")];
        assert_eq!(asked(with_esc).await.0, keys("\x1bj"), "{text}");
    }
    for text in ["11;rgb:zz/qq/11", "11;?", "11;#1e1e1e", "11;rgb:1/2", "11;rgb:/q/t/"] {
        let events = [reply(text, "\x07"), keys("j")].concat();
        assert_eq!(asked(vec![events]).await, (keys("j"), None), "{text}");
    }
}

#[tokio::test(start_paused = true)]
async fn what_was_not_asked_for_is_typed() {
    let events = reply("12q", "");
    assert_eq!(joined(events.clone()).await, events);
    // After the time for the reply.
    let mut later = vec![keys("j"); 30];
    later.push(events);
    let typed = later.concat();
    assert_eq!(asked(later).await.0, typed);
}
