//! Which answer a call gets.
