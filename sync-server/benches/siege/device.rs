//! An honest device: it pushes what its owner writes, and hears what the household writes.

use super::{
    line::socket,
    world::{Person, message},
};
use documents::{
    document::Document,
    protocol::{self, ToDevice, ToServer},
    replay::ProposedChange,
};
use model::{section::Write, time::Timestamp};
use std::time::{Duration, Instant};
use storage::clock::{Clock, random};
use testkit::server_process::Socket;

/// A device with an open socket.
pub struct Device {
    socket: Socket,
    person: Person,
    replica: Document,
    actor: [u8; 16],
}

impl Device {
    /// Connects and fetches the year. Returns `None` if the server is out of reach.
    pub fn connect(port: u16, person: &Person) -> Option<Self> {
        let mut socket = socket(person.from, port, &person.cookie)?;
        let hello = ToServer::Hello { version: protocol::VERSION, app_version: "1".into(), documents: Vec::new() };
        socket.send(&protocol::encode(&hello)).then_some(())?;
        let mut device = Self { socket, person: person.clone(), replica: Document::empty(), actor: random() };
        // The year was opened before, so that there is something of each document.
        while device.replica.heads().is_empty() {
            device.receive()?;
        }
        // Whatever else there was comes before the answer to a message.
        Some(device)
    }

    /// Receives one message. Returns the changes that are new.
    pub fn receive(&mut self) -> Option<Vec<[u8; 32]>> {
        match protocol::decode(&self.socket.receive()?).unwrap() {
            ToDevice::Snapshot { document, bytes, .. } if document == self.person.document => {
                self.replica = Document::load(&bytes).unwrap();
                Some(Vec::new())
            }
            ToDevice::Changes { document, changes, .. } if document == self.person.document => {
                Some(self.replica.apply(changes.iter().map(Vec::as_slice)).unwrap())
            }
            // An attacker expects that; for who is honest it counts as a failure.
            ToDevice::Refused { .. } => None,
            _ => Some(Vec::new()),
        }
    }

    /// Writes a message and waits until the server acknowledges it. Returns when it was sent, and tells that before
    /// anybody can hear of it.
    pub fn write(&mut self, tell: impl FnOnce([u8; 32], Instant)) -> Option<Instant> {
        let at = Clock::system().now();
        self.send(at, message(self.person.person, at), tell)
    }

    /// Writes a record and waits until the server acknowledges it.
    pub fn send(&mut self, at: Timestamp, write: Write, tell: impl FnOnce([u8; 32], Instant)) -> Option<Instant> {
        let mut known = self.replica.clone();
        let (change, _) = ProposedChange::make(&mut known, self.actor, at, vec![write]).unwrap().unwrap();
        let (hash, sent) = (change.hash, Instant::now());
        tell(hash, sent);
        let push = ToServer::Push { document: self.person.document, batch: 1, changes: vec![change] };
        self.socket.send(&protocol::encode(&push)).then_some(())?;
        while !self.replica.has(&hash) {
            self.receive()?;
        }
        Some(sent)
    }

    /// Sets how long the next message is waited for.
    pub fn be_patient(&self, patience: Duration) {
        self.socket.stream().set_read_timeout(Some(patience)).unwrap();
    }
}

/// Returns the time in milliseconds that somebody's push takes: the median of some.
pub fn time_of_push(port: u16, person: &Person) -> f64 {
    let mut device = Device::connect(port, person).unwrap();
    device.be_patient(Duration::from_secs(60));
    // The first one loads the year.
    device.write(|_, _| ()).unwrap();
    let mut times: Vec<_> = (0..9).map(|_| device.write(|_, _| ()).unwrap().elapsed().as_secs_f64() * 1000.0).collect();
    times.sort_by(f64::total_cmp);
    times[times.len() / 2]
}
