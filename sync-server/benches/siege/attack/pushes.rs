//! Many sockets that each push many changes on an old state of a full year, of which the last is refused, so that
//! nothing is kept.

use super::{
    super::{
        line::socket,
        world::{Orders, message},
    },
    on_threads,
};
use documents::{
    document::Document,
    protocol::{self, ToServer},
    replay::ProposedChange,
};
use model::time::Timestamp;
use std::time::Duration;
use storage::clock::{Clock, random};

const SOCKETS: usize = 560;
const CHANGES: usize = 199;

/// Pushes on an old state.
pub fn on_an_old_state(orders: &Orders) {
    let attacker = &orders.attacker;
    let at = Clock::system().now();
    let old = Document::load(&orders.old_state).unwrap();
    let change = |at: Timestamp| {
        let made = ProposedChange::make(&mut old.clone(), random(), at, vec![message(attacker.person, at)]);
        made.unwrap().unwrap().0
    };
    let mut changes: Vec<_> = (0..CHANGES).map(|_| change(at)).collect();
    // The last one is not what it says.
    changes[CHANGES - 1].hash = [7; 32];
    let push = protocol::encode(&ToServer::Push { document: attacker.document, batch: 1, changes });
    let hello = ToServer::Hello {
        version: protocol::VERSION,
        app_version: "1".into(),
        documents: vec![(attacker.document, u64::MAX / 2)],
    };
    let hello = protocol::encode(&hello);
    on_threads(SOCKETS, |_| {
        let Some(mut socket) = socket(attacker.from, orders.port, &attacker.cookie) else {
            std::thread::sleep(Duration::from_millis(200));
            return;
        };
        socket.stream().set_read_timeout(Some(Duration::from_secs(5))).unwrap();
        if socket.send(&hello) && socket.send(&push) {
            while socket.receive().is_some() {}
        }
    });
}
