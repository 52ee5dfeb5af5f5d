//! Requests as fast as they are answered, which make the server begin ceremonies or write mails.

use super::{
    super::{
        line::{self, ask, connect},
        world::Orders,
    },
    on_threads,
};
use std::{
    io::{Read, Write},
    sync::atomic::{AtomicU64, Ordering},
};

const THREADS: usize = 8;
/// The requests on one connection.
const TOGETHER: usize = 20;

/// Begins ceremonies, with a login and without.
pub fn ceremonies(orders: &Orders) {
    let attacker = &orders.attacker;
    let certificate = format!("{{\"person\":\"{}\"}}", attacker.person);
    let all = [
        ("/api/keyring/device-keys/start", certificate.as_str()),
        ("/api/keyring/passkeys/start", "{}"),
        ("/api/login/start", "{}"),
    ];
    on_threads(THREADS, |thread| {
        let (path, body) = all[thread % all.len()];
        let more = format!("content-type: application/json\r\ncontent-length: {}\r\n\r\n{body}", body.len());
        let request = line::head(orders.port, "POST", path, &attacker.cookie, &more);
        let Ok(mut stream) = connect(attacker.from, orders.port) else { return };
        for _ in 0..TOGETHER {
            let mut answer = [0; 16 * 1024];
            if stream.write_all(request.as_bytes()).is_err() || !matches!(stream.read(&mut answer), Ok(1..)) {
                return;
            }
        }
    });
}

/// Sends codes to strangers by means of one invitation.
pub fn mails_to_strangers(orders: &Orders) {
    let number = AtomicU64::new(0);
    on_threads(THREADS, |_| {
        let number = number.fetch_add(1, Ordering::Relaxed);
        let body = format!("{{\"token\":\"{}\",\"email\":\"victim{number}@elders.example\"}}", orders.invitation);
        let what = ("POST", "/api/invitation/mail");
        ask(orders.attacker.from, orders.port, what, "", "application/json", body.as_bytes()).ok();
    });
}
