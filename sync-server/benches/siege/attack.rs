//! The attacks. Each plays for some seconds in a process of its own and expects nothing: what is refused or cut off is
//! tried again at once.

#[path = "attack/bombs.rs"]
mod bombs;
#[path = "attack/packs.rs"]
mod packs;
#[path = "attack/pushes.rs"]
mod pushes;
#[path = "attack/readers.rs"]
mod readers;
#[path = "attack/requests.rs"]
mod requests;
#[path = "attack/silence.rs"]
mod silence;
#[path = "attack/uploads.rs"]
mod uploads;
#[path = "attack/verdicts.rs"]
mod verdicts;

use super::{ATTACK, world::Orders};
use std::time::Instant;

/// The names of all attacks, in the order in which they are played.
pub const NAMES: [&str; 10] =
    ["silent", "heads", "bodies", "readers", "pushes", "ceremonies", "mails", "packs", "uploads", "bombs"];

/// Plays an attack.
pub fn run(name: &str, orders: &Orders) {
    match name {
        "silent" => silence::silent(orders),
        "heads" => silence::slow_heads(orders),
        "bodies" => silence::slow_bodies(orders),
        "readers" => readers::never_read(orders),
        "pushes" => pushes::on_an_old_state(orders),
        "ceremonies" => requests::ceremonies(orders),
        "mails" => {
            std::thread::scope(|scope| {
                scope.spawn(|| requests::mails_to_strangers(orders));
                scope.spawn(|| verdicts::that_cannot_hold(orders));
            });
        }
        "packs" => packs::fetch(orders),
        "uploads" => uploads::send(orders),
        "bombs" => bombs::send(orders),
        other => panic!("no such attack: {other}"),
    }
}

/// Does `work` on so many threads, with the number of each, again and again until the time is over.
fn on_threads(threads: usize, work: impl Fn(usize) + Sync) {
    let end = Instant::now() + ATTACK;
    std::thread::scope(|scope| {
        for thread in 0..threads {
            let work = &work;
            scope.spawn(move || {
                while Instant::now() < end {
                    work(thread);
                }
            });
        }
    });
}
