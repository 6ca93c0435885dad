//! Recordings: what is answered OK is in the file, and every command reads back
//! what was written, byte for byte.

mod crash;
mod form;
mod pipes;
mod replayed;
mod screen;
mod trouble;
