//! Connections: how many there may be, how long each of them may keep the server waiting, and the one loop that
//! accepts them. Knows HTTP only as far as a connection has to; what is asked is the router's.

mod address;
mod held;
mod open_files;
mod pace;
mod register;
mod serve;
mod stream;

pub use address::{UnderWay, share_of_address};
pub use open_files::{MOST_LINES, raise_open_files};
pub use pace::pace;
pub use register::{Register, Seat};
pub use serve::serve;

use std::time::Duration;

/// How long a connection may keep the server waiting.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// The longest time that a request's head may take, from its first byte, or on a new connection from its beginning.
    pub head: Duration,
    /// The longest time for which a connection without a request is kept.
    pub idle: Duration,
    /// The longest time in which a client takes nothing of what the server writes.
    pub stuck: Duration,
    /// The time that any request's body may take ...
    pub body: Duration,
    /// ... and the bytes for each of which it gets a second more.
    pub body_per_second: u64,
    /// The interval at which a device with a silent socket is asked whether it is there.
    pub ping: Duration,
    /// The silence after which a socket is closed.
    pub gone: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            head: Duration::from_secs(10),
            idle: Duration::from_secs(60),
            stuck: Duration::from_secs(20),
            body: Duration::from_secs(20),
            body_per_second: 8 * 1024,
            ping: Duration::from_secs(30),
            gone: Duration::from_secs(90),
        }
    }
}
