//! Shared code of the benchmarks: generated traffic, the program, the report.

pub mod chat;
pub mod http;
pub mod program;
pub mod report;
pub mod system;
