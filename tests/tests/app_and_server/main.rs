//! Tests of app and server together, in one program: real clients against the real server, and seeded worlds.

mod client;
mod dossiers;
mod household;
mod recall;
mod world;
