//! The explanations that the `regex` crate gives of a pattern it refuses.

use crate::callback::lang::Localized;

/// All of them that a user can get; a pattern of bytes may match invalid UTF-8.
pub(super) const PATTERN: &[Localized] = &[
    Localized::new("invalid escape sequence found in character class", "字符类中的转义序列无效"),
    Localized::new(
        "invalid character class range, the start must be <= the end",
        "字符类范围的起点大于终点",
    ),
    Localized::new("invalid range boundary, must be a literal", "字符类范围的两端须为单个字符"),
    Localized::new("unclosed character class", "字符类缺少“]”"),
    Localized::new("decimal literal empty", "缺少十进制数"),
    Localized::new("decimal literal invalid", "十进制数无效"),
    Localized::new("hexadecimal literal empty", "缺少十六进制数"),
    Localized::new(
        "hexadecimal literal is not a Unicode scalar value",
        "十六进制数不是 Unicode 字符",
    ),
    Localized::new("invalid hexadecimal digit", "十六进制数字无效"),
    Localized::new(
        "incomplete escape sequence, reached end of pattern prematurely",
        "转义序列不完整",
    ),
    Localized::new("unrecognized escape sequence", "未知的转义序列"),
    Localized::new("dangling flag negation operator", "“-”之后缺少标志"),
    Localized::new("duplicate flag", "标志重复"),
    Localized::new("flag negation operator repeated", "标志中的“-”重复"),
    Localized::new("expected flag but got end of regex", "缺少标志，表达式已结束"),
    Localized::new("unrecognized flag", "未知的标志"),
    Localized::new("duplicate capture group name", "捕获组名称重复"),
    Localized::new("empty capture group name", "捕获组名称为空"),
    Localized::new("invalid capture group character", "捕获组名称中有无效字符"),
    Localized::new("unclosed capture group name", "捕获组名称缺少“>”"),
    Localized::new("unclosed group", "括号没有闭合"),
    Localized::new("unopened group", "多余的“)”"),
    Localized::new(
        "invalid repetition count range, the start must be <= the end",
        "重复次数的起点大于终点",
    ),
    Localized::new("repetition quantifier expects a valid decimal", "重复次数须为十进制数"),
    Localized::new("unclosed counted repetition", "重复次数缺少“}”"),
    Localized::new("repetition operator missing expression", "重复符号之前没有内容"),
    Localized::new("invalid Unicode character class", "Unicode 字符类无效"),
    Localized::new("backreferences are not supported", "不支持反向引用"),
    Localized::new(
        "look-around, including look-ahead and look-behind, is not supported",
        "不支持前瞻和后顾断言",
    ),
    Localized::new("Unicode property not found", "没有该 Unicode 属性"),
    Localized::new("Unicode property value not found", "没有该 Unicode 属性值"),
    Localized::new("Unicode not allowed here", "此处不允许 Unicode"),
];
