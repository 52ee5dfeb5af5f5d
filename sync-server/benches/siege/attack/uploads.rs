//! Files of some megabytes, one after the other, all of them different.

use super::{
    super::{
        line::connect,
        world::{Orders, YEAR},
    },
    on_threads,
};
use model::{hash::ContentHash, id::AttachmentId};
use storage::clock::random;
use testkit::server_process;

const SIZE: usize = 4 * 1024 * 1024;

/// Sends photographs of nothing.
pub fn send(orders: &Orders) {
    on_threads(6, |_| {
        let mut bytes = b"\xff\xd8\xff\xe0".to_vec();
        bytes.extend(random::<32>());
        bytes.resize(SIZE, 0);
        upload(orders, &bytes);
    });
}

/// Sends one file.
pub fn upload(orders: &Orders, bytes: &[u8]) {
    let attacker = &orders.attacker;
    let open = || connect(attacker.from, orders.port).ok();
    let hash = ContentHash::of(bytes);
    let file = (attacker.client, YEAR, AttachmentId::from_random(random()), hash);
    server_process::upload_by(open, orders.port, &attacker.cookie, file, bytes);
}
