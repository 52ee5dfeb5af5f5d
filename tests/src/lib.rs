//! Tests of app and server together. The only package that sees both.

pub mod world;
