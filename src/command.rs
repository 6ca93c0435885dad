//! The commands a user types, one file each: they compose the other rooms.
