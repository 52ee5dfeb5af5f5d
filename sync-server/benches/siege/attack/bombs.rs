//! Files that are small and become large when they are read.

use super::{super::world::Orders, on_threads, uploads::Sender};
use std::sync::atomic::{AtomicUsize, Ordering};
use storage::clock::random;
use testkit::bomb;

const THREADS: usize = 10;

/// Sends bombs of every kind, in turn.
pub fn send(orders: &Orders) {
    let bombs = [
        bomb::packed_array(12_000_000),
        bomb::long_array(6_000_000),
        bomb::wide_dictionary(1_000_000),
        bomb::many_kids(300_000),
        bomb::many_objects(200_000),
        bomb::deep_array(200_000),
        bomb::backslashes(4_000_000),
        bomb::png(3_000, 550_000),
    ];
    let (senders, next): (Vec<_>, _) = ((0..THREADS).map(|_| Sender::default()).collect(), AtomicUsize::new(0));
    on_threads(THREADS, |thread| {
        // Each is another file, so that none is known.
        let mut bytes = bombs[next.fetch_add(1, Ordering::Relaxed) % bombs.len()].clone();
        bytes.extend(format!("%{:?}\n", random::<16>()).bytes());
        senders[thread].upload(orders, &bytes);
    });
}
