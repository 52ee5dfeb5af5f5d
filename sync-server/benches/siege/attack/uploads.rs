//! Files of some megabytes, one after the other, all of them different.

use super::{
    super::{
        device::Device,
        line::connect,
        world::{Orders, YEAR},
    },
    on_threads,
};
use model::{hash::ContentHash, id::AttachmentId, record::Attachment, section::Write};
use std::{sync::Mutex, time::Duration};
use storage::clock::{Clock, random};
use testkit::server_process;

const SIZE: usize = 4 * 1024 * 1024;
const THREADS: usize = 6;

/// Sends photographs of nothing.
pub fn send(orders: &Orders) {
    let senders: Vec<_> = (0..THREADS).map(|_| Sender::default()).collect();
    on_threads(THREADS, |thread| {
        let mut bytes = b"\xff\xd8\xff\xe0".to_vec();
        bytes.extend(random::<32>());
        bytes.resize(SIZE, 0);
        senders[thread].upload(orders, &bytes);
    });
}

/// Somebody who announces files and sends them. The socket stays open.
#[derive(Default)]
pub struct Sender(Mutex<Option<Device>>);

impl Sender {
    /// Sends one file.
    pub fn upload(&self, orders: &Orders, bytes: &[u8]) {
        let sender = &orders.sender;
        let hash = ContentHash::of(bytes);
        let Some(id) = self.announce(orders, hash, bytes.len()) else { return };
        let open = || connect(sender.from, orders.port).ok();
        server_process::upload_by(open, orders.port, &sender.cookie, (sender.client, YEAR, id, hash), bytes);
    }

    fn announce(&self, orders: &Orders, hash: ContentHash, size: usize) -> Option<AttachmentId> {
        let mut device = self.0.lock().unwrap();
        if device.is_none() {
            *device = Device::connect(orders.port, &orders.sender);
            device.as_ref()?.be_patient(Duration::from_secs(10));
        }
        let (id, at) = (AttachmentId::from_random(random()), Clock::system().now());
        let record = Attachment {
            name: "bestand".into(),
            media_type: "image/jpeg".into(),
            size: size as u64,
            hash,
            by: orders.sender.person,
            at,
            answers: None,
            task: None,
            item: None,
            kind: None,
            replaces: None,
            year: None,
            note: String::new(),
        };
        let sent = device.as_mut()?.send(at, Write::of(&id, &record), |_, _| ());
        if sent.is_none() {
            *device = None;
        }
        sent.map(|_| id)
    }
}
