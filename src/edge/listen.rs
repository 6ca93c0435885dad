//! The listener: what Tencent POSTs is taken, answered at once, and handed on.
