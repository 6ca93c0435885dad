//! The failure codes: one table, English and Chinese.
