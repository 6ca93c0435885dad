//! What is probably meant otherwise in filters without a mistake, in both languages.

use crate::callback::Lang::{En, Zh};
use crate::history::filter::{Filter, Remark};

#[track_caller]
fn check(text: &str, remarks: &[Remark], place: &str, meant: &str) {
    let [remark] = remarks else { panic!("{text}: {remarks:?}") };
    assert_eq!(&text[remark.at.clone()], place, "{text}");
    for message in [En, Zh].map(|lang| remark.message(lang)) {
        assert!(message.contains(&format!("`{meant}`")), "{text}: {message}");
    }
}

#[test]
fn a_value_after_a_bar_and_a_word_like_a_keyword_have_remarks() {
    for (text, place, meant) in [
        ("type:已读|撤回", "撤回", "type:撤回"),
        ("类型:已读|撤回", "撤回", "类型:撤回"),
        ("-from:bob|alice", "alice", "from:alice"),
        ("type:read all", "all", "type:\"read all\""),
        ("faild", "faild", "failed"),
        ("失敗", "失敗", "失败"),
        ("拒絕", "拒絕", "拒绝"),
        ("異常", "異常", "异常"),
        ("已拒绝", "已拒绝", "拒绝"),
        ("圖片", "圖片", "type:图片"),
        ("cmd:撤回", "撤回", "type:撤回"),
        ("type:语音条", "type", "type:语音"),
        ("type:群", "type", "type:群满员"),
        ("type:\"read receipt\"", "type", "type:receipt"),
        ("回调命令:撤回", "撤回", "type:撤回"),
    ] {
        check(text, &Filter::parse(text).unwrap().remarks(), place, meant);
    }
    let text = "from:a|b|c";
    let found: Vec<_> =
        Filter::parse(text).unwrap().remarks().into_iter().map(|it| it.at).collect();
    assert_eq!(found, [7..8, 9..10]);
    for text in ["a|b", "from:a | b", "from:a|failed", "from:a|to:b", "type:read packet", "已经"]
    {
        assert_eq!(Filter::parse(text).unwrap().remarks(), [], "{text}");
    }
}

#[test]
fn a_range_over_midnight_has_a_remark() {
    for (text, count) in [
        ("at:14:02-14:00", 1),
        ("时间:23:00-01:00", 1),
        ("at:14:02-14:02", 0),
        ("at:14:02:30-14:02", 0),
    ] {
        let remarks = Filter::parse(text).unwrap().remarks();
        assert_eq!(remarks.len(), count, "{text}");
        for it in &remarks {
            assert!(it.message(En).contains("over midnight") && it.message(Zh).contains("午夜"));
            assert!(!text[it.at.clone()].is_empty());
        }
    }
}

#[test]
fn a_type_as_text_has_a_remark_only_if_nothing_matches() {
    for (text, meant) in [
        ("fail", "failed"),
        ("recall", "type:recalled"),
        ("recalled", "type:recalled"),
        ("撤回", "type:撤回"),
    ] {
        let filter = Filter::parse(text).unwrap();
        assert_eq!(filter.remarks(), [], "{text}");
        check(text, &filter.remarks_without_match(), text, meant);
    }
    for text in ["hello", "已读", "\"撤回\""] {
        assert_eq!(Filter::parse(text).unwrap().remarks_without_match(), [], "{text}");
    }
}

#[test]
fn a_form_that_no_callback_has_has_a_remark_if_nothing_matches() {
    for (text, place, meant) in [
        ("非失败", "非失败", "-失败"),
        ("小明 不是 失败", "不是 失败", "-失败"),
        ("失败的", "失败的", "失败"),
        ("已读回执", "已读回执", "type:回执"),
        ("/红包/", "/红包/", "re:/红包/"),
        ("odd code:2000 6", "code:2000 6", "code:20006"),
        ("form=bob", "form=bob", "from=bob"),
        ("peer:203.0.113.7:4711", "peer:203.0.113.7:4711", "peer:203.0.113.7"),
    ] {
        let filter = Filter::parse(text).unwrap();
        assert_eq!(filter.remarks(), [], "{text}");
        check(text, &filter.remarks_without_match(), place, meant);
        assert!(Filter::parse(meant).is_ok());
    }
    let remarks = Filter::parse("\"form=bob\" form=bob").unwrap().remarks_without_match();
    let [remark] = &*remarks else { panic!("{remarks:?}") };
    assert_eq!(remark.at, 11..19);
    for text in ["-(/a)", "/", "不是 小明", "code:20 x", "小红", "peer:\"::1\"", "a=b", "我的红包"]
    {
        assert_eq!(Filter::parse(text).unwrap().remarks_without_match(), [], "{text}");
    }
}

#[test]
fn chinese_names_of_fields_are_those_of_the_screen() {
    for (text, english) in [
        ("类型:撤回", "type:撤回"),
        ("发送方=小明", "from=小明"),
        ("-接收方:bob", "-to:bob"),
        ("用户:bob", "user:bob"),
        ("错误码:20000-20999", "code:20000-20999"),
        ("结果:80001", "code:80001"),
        ("未读>5", "unread>5"),
        ("时间:14:02", "at:14:02"),
        ("消息:红包", "text:红包"),
        ("内容:红包", "text:红包"),
    ] {
        let [chinese, english] = [text, english].map(|it| Filter::parse(it).unwrap());
        assert_eq!(chinese, english, "{text}");
    }
    for text in ["type:非JSON", "type:\"非 json\"", "type:readall", "type:\"read all\""] {
        assert_eq!(Filter::parse(text).unwrap().remarks(), [], "{text}");
    }
    let error = Filter::parse("type:非 JSON").unwrap_err();
    assert!([En, Zh].iter().all(|it| error.message(*it).contains("`type:\"非 JSON\"`")));
    for text in ["请求:abc", "甲：乙"] {
        assert!(Filter::parse(text).is_ok() != text.contains('：'), "{text}");
    }
}

#[test]
fn the_place_of_a_name_in_chinese_is_that_of_the_name() {
    let filter = Filter::parse("小明 重复 拒绝").unwrap();
    let places: Vec<_> =
        filter.known_later().into_iter().map(|(_, at)| &filter.text()[at]).collect();
    assert_eq!(places, ["重复", "拒绝"]);
}
