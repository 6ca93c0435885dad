//! Parses the command line, runs it, tells the error.

fn main() {}
