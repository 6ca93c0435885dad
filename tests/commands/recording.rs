//! Recordings: every callback answered OK is in the file, and every command reads
//! the same bytes back.

mod crash;
mod form;
mod pipes;
mod replayed;
mod screen;
mod trouble;
