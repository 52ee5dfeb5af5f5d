//! Devices that ask for a year, again and again, and read nothing of it.

use super::{
    super::{line::socket, world::Orders},
    on_threads,
};
use documents::protocol::{self, ToServer};
use std::time::Duration;
use testkit::server_process::Socket;

const SOCKETS: usize = 400;
const THREADS: usize = 20;

/// Opens sockets that ask and do not read.
pub fn never_read(orders: &Orders) {
    let held: Vec<_> = (0..THREADS).map(|_| std::sync::Mutex::new(Vec::<Socket>::new())).collect();
    let hello = ToServer::Hello { version: protocol::VERSION, app_version: "1".into(), documents: Vec::new() };
    let hello = protocol::encode(&hello);
    on_threads(THREADS, |thread| {
        let mut held = held[thread].lock().unwrap();
        if held.len() < SOCKETS / THREADS
            && let Some(socket) = socket(orders.attacker.from, orders.port, &orders.attacker.cookie)
        {
            held.push(socket);
        }
        held.retain_mut(|socket| {
            socket.stream().set_write_timeout(Some(Duration::from_millis(20))).is_ok() && socket.send(&hello)
        });
        std::thread::sleep(Duration::from_millis(100));
    });
}
