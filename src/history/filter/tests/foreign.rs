//! What is written as in another language of filters: the mistake shows what is written
//! here, in both languages.

use crate::callback::Lang::{En, Zh};
use crate::history::filter::Filter;

/// A text with a form of another language, and what is written instead.
const INSTEAD: [(&str, &str); 32] = [
    ("from==bob", "from=bob"),
    ("user==alice", "user=alice"),
    ("from~bob", "from:bob"),
    ("from=~bob", "from=bob"),
    ("code==5", "code=5"),
    (".a==b", ".a=b"),
    ("!failed", "-failed"),
    ("!失败", "-失败"),
    ("from:bob &&failed", "failed"),
    ("failed&&odd", "failed odd"),
    ("from:u_8*", "from:u_8"),
    ("from:*u_8", "from:u_8"),
    ("pack*", "pack"),
    ("from:bob,alice", "from:bob | from:alice"),
    ("code=20006,20007", "code=20006 | code=20007"),
    ("type:已读,撤回", "type:已读 | type:撤回"),
    ("type:(已读|撤回)", "(type:已读 | type:撤回)"),
    ("from:(a | b)", "(from:a | from:b)"),
    ("text:'see you'", "text:\"see you\""),
    ("'see you'", "\"see you\""),
    ("code:20006-", "code:20006-20999"),
    ("code:20006-", "code>=20006"),
    ("size:2k-", "size:2k-999k"),
    ("lag:3s-", "lag>=3s"),
    ("code:-5-", "code:-5--1"),
    ("code:20006..20007", "code:20006-20007"),
    ("code=20006~20007", "code:20006-20007"),
    ("错误码:20006至20007", "错误码:20006-20007"),
    ("size:1k…2k", "size:1k-2k"),
    ("code>20000<30000", "code>20000 code<30000"),
    ("code>=20000<=30000", "code>=20000 code<=30000"),
    ("code>>5", "code>5"),
];

#[test]
fn the_mistake_shows_what_is_written_here() {
    for (text, instead) in INSTEAD {
        let error = Filter::parse(text).unwrap_err();
        let [en, zh] = [En, Zh].map(|lang| error.message(lang));
        assert!(en.contains("write") && en.contains(instead), "{text}: {en}");
        assert!(zh.contains("请写作") && zh.contains(instead), "{text}: {zh}");
        for part in instead.split(" | ") {
            let part = part.trim_matches(['(', ')']);
            assert!(Filter::parse(part).is_ok(), "{part}");
        }
    }
}

#[test]
fn words_and_commas_between_conditions_are_mistakes() {
    for (text, en, zh) in [
        ("失败 或 成功", "or is written |", "“或”写作 |"),
        ("失败 且 异常", "a space is and", "空格即表示“与”"),
        ("失败 与 异常", "a space is and", "空格即表示“与”"),
        ("非 失败", "not is written -", "“非”写作"),
        ("失败，user:alice", "a space (and) or | (or)", "空格（与）或 |（或）"),
        ("失败,user:alice", "a space (and) or | (or)", "空格（与）或 |（或）"),
        ("failed、odd", "a space (and) or | (or)", "空格（与）或 |（或）"),
        ("user:bob || user:alice", "or is written with one |", "“或”只写一个 |"),
        ("a||b", "or is written with one |", "“或”只写一个 |"),
        ("结果:失败", "write `失败` alone, without `结果`", "请单独写 `失败`，不加 `结果`"),
        ("code=failed", "write `failed` alone", "请单独写 `failed`"),
        ("type:failed", "write `failed` alone", "请单独写 `failed`"),
        ("type:fai", "write `failed` alone", "请单独写 `failed`"),
        ("type:recall", "did you mean `recalled`?", "是否想写 `recalled`？"),
        ("type:imgae", "did you mean `image`?", "是否想写 `image`？"),
        ("odd:", "`odd` is a word of its own", "`odd` 是单独使用的关键词"),
        ("failed:true", "`failed` is a word of its own", "单独使用"),
        ("at:", "`at:` needs a value right after it, as in at:14:02", "例如 at:14:02"),
        ("code>", "as in code:20000-20999", "例如 code:20000-20999"),
    ] {
        let error = Filter::parse(text).unwrap_err();
        let [message, chinese] = [En, Zh].map(|lang| error.message(lang));
        assert!(message.contains(en), "{text}: {message}");
        assert!(chinese.contains(zh), "{text}: {chinese}");
    }
}

#[test]
fn text_in_quotes_and_in_prose_is_searched_for() {
    for text in [
        "\"!failed\"",
        "from:\"bob,alice\"",
        "from=\"=bob\"",
        "text:hi,there",
        "你好,世界",
        "1,024",
        "a~b",
        "from:o'neill",
        "\"或\"",
        "text:\"'see you'\"",
    ] {
        let filter = Filter::parse(text).unwrap();
        assert_eq!(Filter::parse(&filter.to_string()).unwrap(), filter, "{text}");
    }
}
