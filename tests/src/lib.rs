//! Tests of app and server together. The only place that sees both.

pub mod world;
