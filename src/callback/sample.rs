//! Made-up callbacks, as Tencent would send them.
