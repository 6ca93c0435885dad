//! The rules of the code base, checked by reading its files.

#![expect(clippy::unwrap_used, reason = "a test may")]

mod circles;
mod contributing;
mod files;
mod functions;
mod imports;
mod languages;
mod layers;
mod owners;
mod source;
mod tokens;
