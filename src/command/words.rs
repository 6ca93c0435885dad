//! Texts that several commands print.

use std::path::Path;

use crate::callback::Lang;
use crate::callback::lang::{Localized, localize};

/// Standard input as the name of a file.
pub(super) const STANDARD_INPUT: Localized = Localized::new("standard input", "标准输入");
/// Standard input failed.
pub(super) const UNREADABLE_INPUT: Localized =
    Localized::new("cannot read standard input", "无法读取标准输入");
/// The system gives no resources to the runtime.
pub(super) const NO_RUNTIME: Localized =
    Localized::new("cannot start the async runtime", "无法启动异步运行时");

/// A file cannot be read.
pub(super) fn unreadable(path: &Path, lang: Lang) -> String {
    let name = path.display();
    localize!(lang, "cannot read {name}", "无法读取 {name}")
}
