//! Key `s`: the dialog, what is saved, the progress and the end; and the question of `q`.

use imscope::callback::Lang::{En, Zh};
use imscope::callback::export::Format;
use imscope::callback::{Delivery, Seq};
use imscope::dashboard::{QuitKey, Request, SaveEnd, SaveReport, SaveRequest, SaveStep, Settings};
use imscope::edge::event_loop::Message;
use tokio::sync::mpsc;

use super::chat::{Chat, a_bit_of_everything, forged};
use super::frames::assert_sound;
use super::harness::{Journey, words};

/// The last request to save.
fn request(journey: &Journey) -> SaveRequest {
    match journey.requests().pop() {
        Some(Request::Save(request)) => request,
        other => panic!("{other:?} in\n{}", journey.screen()),
    }
}

/// Opens the file that is asked for, with room for so many steps.
fn opened(journey: Journey, room: usize) -> (Journey, mpsc::Receiver<SaveStep>) {
    let (sender, steps) = mpsc::channel(room);
    let id = request(&journey).id;
    (journey.message(Message::SaveOpened(id, sender)), steps)
}

fn ended(journey: Journey, end: SaveEnd) -> Journey {
    let id = request(&journey).id;
    journey.message(Message::SaveEnded(SaveReport { id, end }))
}

/// What a file got so far, and whether it is complete.
fn taken(steps: &mut mpsc::Receiver<SaveStep>) -> (Vec<Delivery>, bool) {
    let mut deliveries = Vec::new();
    while let Ok(step) = steps.try_recv() {
        match step {
            SaveStep::Portion(it) => deliveries.extend(it.into_iter().map(|it| it.delivery)),
            SaveStep::End => return (deliveries, true),
        }
    }
    (deliveries, false)
}

/// What is saved after these keys, which end in the menu of formats.
fn saved(journey: Journey, keys: &str) -> (Journey, Vec<Delivery>) {
    let (journey, mut steps) = opened(journey.press(keys).press("j enter"), 1000);
    let (deliveries, is_complete) = taken(&mut steps);
    assert!(is_complete, "{}", journey.screen());
    (ended(journey, SaveEnd::Saved { count: 0, bytes: 0 }), deliveries)
}

fn bodies(deliveries: &[Delivery]) -> Vec<&[u8]> {
    deliveries.iter().map(|it| &*it.body).collect()
}

#[test]
fn the_dialog_asks_what_in_which_format_and_to_which_file() {
    for lang in [En, Zh] {
        for (width, height) in [(80, 24), (120, 36)] {
            let journey = Journey::speaking(lang, width, height).deliver(a_bit_of_everything());
            let all = if lang == En { "all callbacks kept" } else { "全部保留的回调" };
            let journey = journey.press("s enter down tab x").shows(&[all]).press("a");
            for format in Format::ALL {
                assert!(journey.screen().contains(format.label().text(lang)), "{format:?}");
            }
            let journey = journey.press("enter x 9 j").shows(&["imscope-20261122-0602", ".jsonl"]);
            let journey = journey.press("ctrl-u").type_text("聊天.jsonl").press("enter");
            assert_eq!(request(&journey).name, "聊天.jsonl");
            let (journey, _steps) = opened(journey, 1000);
            let journey = journey.shows(&["聊天.jsonl"]);
            assert_sound(&journey);
            let journey = ended(journey, SaveEnd::Saved { count: 12_408, bytes: 1_200_000 });
            let end = match lang {
                En => "saved 12 408 callbacks to 聊天.jsonl (1.2 MB)",
                Zh => "已将 12 408 条回调保存到 聊天.jsonl（1.2 MB）",
            };
            assert_sound(&journey.shows(&[end]));
        }
    }
}

#[test]
fn what_is_shown_marked_or_kept_is_saved_in_order_of_arrival() {
    let all = a_bit_of_everything();
    let failed = [3, 6, 7].map(|it: usize| &*all[it].body);
    let journey = Journey::at(120, 36).deliver(all.clone());
    let (journey, kept) = saved(journey, "s a");
    assert_eq!(bodies(&kept), all.iter().map(|it| &*it.body).collect::<Vec<_>>());
    assert_eq!(kept[0].seq, Seq(1));
    let journey = journey.press("/").type_text("failed").press("enter");
    let (journey, shown) = saved(journey, "s s");
    assert_eq!(bodies(&shown), failed);
    // What arrives while the view is paused is not shown; it is kept.
    let late = Chat::new().fails("a", "b", "not yet", 80_001);
    let journey = journey.press("space").deliver([late.clone()]);
    let (journey, shown) = saved(journey, "s s");
    assert_eq!(bodies(&shown), failed);
    let (journey, kept) = saved(journey, "s a");
    assert_eq!((kept.len(), &kept[all.len()].body), (all.len() + 1, &late.body));
    // Marks stay whatever is shown; the last one first here.
    let journey = journey.press("space g j m k m / ctrl-u enter");
    let (_, marked) = saved(journey, "s m");
    assert_eq!(bodies(&marked), failed[..2]);
}

#[test]
fn what_is_hidden_is_hidden_in_the_file() {
    let sent = || [Chat::new().sends_text("alice", "小明", "to you", 7)];
    let personal = |deliveries: &[Delivery]| {
        let text = format!("{deliveries:?}") + &String::from_utf8_lossy(&deliveries[0].body);
        ["alice", "小明", "to you"].iter().any(|it| text.contains(it))
    };
    let (journey, plain) = saved(Journey::at(120, 36).deliver(sent()), "s a");
    assert!(personal(&plain));
    let (journey, hidden) = saved(journey, "p s a");
    assert!(!personal(&hidden), "{hidden:?}");
    // Also if private mode ends or begins before the file is read.
    let journey = journey.press("s a j enter p");
    let (journey, mut steps) = opened(journey, 100);
    assert!(!personal(&taken(&mut steps).0));
    let journey = ended(journey, SaveEnd::Saved { count: 1, bytes: 1 }).press("s a j enter p");
    let (journey, mut steps) = opened(journey, 100);
    assert!(!personal(&taken(&mut steps).0));
    // Of the file its name alone is shown.
    let journey = ended(journey, SaveEnd::Saved { count: 1, bytes: 1 });
    let journey = journey.press("s a j ctrl-u").type_text("/home/xiaoming/a").press("enter");
    let (journey, _steps) = opened(journey.hides(&["xiaoming"]), 1);
    let journey = journey.hides(&["xiaoming"]);
    let journey = ended(journey, SaveEnd::Saved { count: 1, bytes: 1 });
    journey.hides(&["xiaoming"]).shows(&["to a (1 B)"]);
}

#[test]
fn keys_and_callbacks_do_not_wait_for_a_slow_file() {
    let journey = Journey::at(80, 24).deliver(Chat::new().texts(2000)).press("s a j enter");
    let (journey, mut steps) = opened(journey, 1);
    let journey = journey.shows(&["esc stops", "% "]).press("g").assert_selected("text 0.");
    let more = [Chat::new().sends_text("late", "bob", "and more", 1)];
    let journey = journey.deliver(more).press("F").shows(&["and more"]);
    let mut all = 0;
    let mut journey = journey;
    loop {
        let (deliveries, is_complete) = taken(&mut steps);
        assert!(deliveries.len() <= 128, "{} at once", deliveries.len());
        all += deliveries.len();
        if is_complete {
            break;
        }
        journey = journey.press("k");
    }
    assert_eq!(all, 2000);
}

#[test]
fn no_second_save_and_no_editor_begins_while_one_is_running() {
    for lang in [En, Zh] {
        let journey = Journey::set(80, 24, |it| {
            (it.lang, it.forward) = (lang, Some("http://127.0.0.1:8080".to_owned()));
        });
        let journey = journey.deliver(Chat::new().texts(2000)).press("s a j enter");
        let (mut journey, mut steps) = opened(journey, 1);
        for key in ["s", "e"] {
            journey = journey.press(key).shows(&[words("STILL_SAVING", lang)]);
        }
        assert!(journey.edits().is_empty() && !taken(&mut steps).1);
    }
}

#[test]
fn esc_stops_a_save_and_its_file_gets_no_end() {
    let filtered = Journey::at(80, 24).deliver(Chat::new().texts(2000));
    let filtered = filtered.press("/").type_text("text").press("enter s a j enter");
    let (journey, mut steps) = opened(filtered, 1);
    let journey = journey.press("esc").shows(&["stopped; nothing was saved", "2 000 of 2 000"]);
    assert!(!taken(&mut steps).1 && steps.is_closed());
    // A late message of it changes nothing.
    let (sender, late) = mpsc::channel(1);
    let journey = journey.message(Message::SaveOpened(1, sender));
    assert!(late.is_closed());
    let report = SaveReport { id: 1, end: SaveEnd::Failed("too late".to_owned()) };
    let journey = journey.message(Message::SaveEnded(report)).hides(&["too late"]);
    // What is cleared is not saved either.
    let (journey, mut steps) = opened(journey.press("s a j enter"), 1);
    let journey = journey.press("C y");
    assert!(!taken(&mut steps).1 && steps.is_closed() && !journey.has_ended());
}

#[test]
fn a_name_that_is_taken_is_asked_for_again() {
    let journey = Journey::at(120, 36).deliver(Chat::new().texts(1)).press("s a j enter");
    let name = request(&journey).name;
    let taken = format!("{name} exists, and is not overwritten");
    let journey = ended(journey, SaveEnd::Exists).shows(&[&taken, "file: "]);
    let journey = journey.type_text("2").hides(&["exists"]).press("enter");
    assert_eq!(request(&journey).name, format!("{name}2"));
    let error = "cannot save to /x: no space";
    let journey = ended(journey, SaveEnd::Failed(error.into())).shows(&[error, "file: "]);
    assert_eq!(request(&journey.type_text("3").press("enter")).name, name + "23");
    let journey = Journey::at(80, 24).deliver(Chat::new().texts(1)).press("s a j ctrl-u enter");
    journey.shows(&["the name of a file is missing"]).press("esc").shows(&[words("QUIT", En)]);
}

#[test]
fn a_name_that_is_no_file_stays_in_the_line_with_the_reason() {
    for (name, reason) in [
        ("/", "/ is a folder: add the name of a file"),
        ("exists.har/", "exists.har/ is a folder: add"),
        ("a\u{202e}b", "the name of the file has a hidden character"),
    ] {
        let journey = Journey::at(80, 24).deliver(Chat::new().texts(1)).press("s a j ctrl-u");
        let journey = journey.type_text(name).press("enter").shows(&[reason]);
        let requests = journey.requests();
        assert!(!requests.iter().any(|it| matches!(it, Request::Save(_))), "{name}");
    }
    let long = "x".repeat(200);
    let journey = Journey::at(80, 24).deliver(Chat::new().texts(1)).press("s a j ctrl-u");
    let journey = journey.type_text(&long).press("enter");
    ended(journey, SaveEnd::Exists).shows(&["change the name"]);
}

#[test]
fn q_asks_while_a_file_is_not_complete() {
    let journey = Journey::at(120, 36).deliver(Chat::new().texts(1000)).press("s a j enter");
    let (journey, _steps) = opened(journey, 1000);
    let journey = journey.press("q").shows(&[".jsonl is not complete yet", "y quit"]);
    let journey = journey.press("n").hides(&["not complete"]).press("q");
    assert!(!journey.has_ended());
    let journey = ended(journey, SaveEnd::Saved { count: 1000, bytes: 9 }).hides(&["y quit"]);
    assert!(journey.press("q").has_ended());
    let journey = Journey::at(120, 36).deliver(Chat::new().texts(1)).press("s a j enter");
    assert!(opened(journey, 1000).0.press("q y").has_ended());
}

#[test]
fn only_what_was_written_is_no_longer_asked_about() {
    let asking = || Journey::set(120, 36, |it| it.quit = QuitKey::Asks);
    let journey = asking().deliver(Chat::new().texts(5)).press("k m");
    let (journey, marked) = saved(journey, "s m");
    assert_eq!(marked.len(), 1);
    let journey = journey.press("/").type_text("from:nobody | text").press("enter");
    let (journey, _) = saved(journey, "s s");
    let journey = journey.press("q").shows(&["5 callbacks neither recorded nor saved"]).press("n");
    // What arrives after a clear is not in a file that was begun before.
    let (journey, _steps) = opened(journey.press("s a j enter"), 1000);
    let journey = journey.press("C y").deliver(Chat::new().texts(2));
    let journey = ended(journey, SaveEnd::Saved { count: 5, bytes: 9 });
    journey.press("q").shows(&["2 callbacks neither recorded nor saved"]);
}

#[test]
fn q_asks_while_callbacks_were_neither_recorded_nor_saved() {
    for lang in [En, Zh] {
        for (width, height) in [(80, 24), (120, 36)] {
            let set = |it: &mut Settings| (it.quit, it.lang) = (QuitKey::Asks, lang);
            let journey = Journey::set(width, height, set).deliver(Chat::new().texts(1000));
            let end = if lang == En { "n no" } else { "n 否" };
            assert_sound(&journey.press("q").shows(&["1 000", end]));
        }
    }
    let asking = |lang| Journey::set(120, 36, |it| (it.quit, it.lang) = (QuitKey::Asks, lang));
    let question = "2 callbacks neither recorded nor saved.  Quit?  s save   y quit   n no";
    let journey = asking(En).deliver(Chat::new().texts(2)).press("q").shows(&[question]);
    assert_sound(&journey);
    let journey =
        journey.press("n").hides(&[question]).press("q s").shows(&["all callbacks kept (2)"]);
    // It was the question whether to quit.
    let (journey, deliveries) = saved(journey, "");
    assert!(deliveries.len() == 2 && journey.has_ended());
    // After a part was saved it asks as before, and after all of them about the new ones.
    let (journey, _) = saved(asking(En).deliver(Chat::new().texts(2)).press("g m"), "s m");
    let (journey, _) = saved(journey.press("q").shows(&[question]).press("n"), "s a");
    let journey = journey.deliver(Chat::new().texts(1)).press("q");
    let journey = journey.shows(&["1 of 3 callbacks neither recorded nor saved."]).press("s esc");
    let journey = journey.press("q n").hides(&["Quit?"]);
    // A file that exists, and callbacks that arrive meanwhile.
    let journey = ended(opened(journey.press("q s j enter"), 9).0, SaveEnd::Exists);
    let journey = opened(journey.type_text("2").press("enter"), 9).0;
    let journey =
        ended(journey.deliver(Chat::new().texts(1)), SaveEnd::Saved { count: 3, bytes: 9 });
    assert!(journey.shows(&["1 of 4 callbacks"]).press("y").has_ended());
    let one_more = |it: Journey| it.deliver(Chat::new().texts(1)).press("q");
    let journey = one_more(asking(Zh)).shows(&["1 条回调既未录制也未保存。  仍要退出？"]);
    assert!(journey.press("y").has_ended());
    for keys in ["ctrl-c", "q ctrl-c"] {
        assert!(asking(En).deliver(Chat::new().texts(1)).press(keys).has_ended());
    }
    assert!(asking(En).deliver(Chat::new().texts(1)).message(Message::Quit).has_ended());
    // None is worth a question: none at all, a refused one, a cleared one.
    assert!(asking(En).press("q").has_ended());
    let refused = forged(Chat::new().sends_text("a", "b", "c", 1));
    assert!(asking(En).deliver([refused]).press("q").has_ended());
    assert!(
        one_more(asking(En).deliver(Chat::new().texts(1)).press("C y"))
            .press("n C y q")
            .has_ended()
    );
    assert!(one_more(Journey::at(80, 24)).has_ended());
}
