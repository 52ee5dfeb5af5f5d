//! A device that announces files to a server in a process of its own, as an app does before it sends them.

use crate::server_process::{ServerProcess, Socket};
use documents::{
    document::Document,
    protocol::{self, ToDevice, ToServer},
    replay::ProposedChange,
};
use model::{
    hash::ContentHash,
    id::{AttachmentId, DocumentId, PersonId},
    record::Attachment,
    section::Write,
    time::Timestamp,
};
use storage::clock::random;

/// A moment that every clock has passed.
const AT: Timestamp = Timestamp(1_772_442_000_000);

/// A device of a person, with a document of the client.
pub struct Announcer {
    socket: Socket,
    person: PersonId,
    document: DocumentId,
    replica: Document,
    at_server: Document,
    actor: [u8; 16],
    batch: u64,
}

impl Announcer {
    /// Connects with the cookie of the person, who has the changes of `log`; `None` if the other side is gone.
    pub fn connect(
        process: &ServerProcess,
        cookie: &str,
        person: PersonId,
        document: DocumentId,
        log: &[Vec<u8>],
    ) -> Option<Self> {
        let mut replica = Document::empty();
        replica.apply(log.iter().map(Vec::as_slice)).unwrap();
        let mut socket = Socket::open(process.port, cookie)?;
        let (version, documents) = (protocol::VERSION, vec![(document, log.len() as u64)]);
        let hello = ToServer::Hello { version, app_version: "".into(), documents };
        socket.send(&protocol::encode(&hello)).then_some(())?;
        let at_server = replica.clone();
        Some(Self { socket, person, document, replica, at_server, actor: random(), batch: 0 })
    }

    /// Announces a file, and waits until the server has the record; `None` if the other side is gone.
    pub fn announce(&mut self, hash: ContentHash, size: usize) -> Option<AttachmentId> {
        let id = AttachmentId::from_random(random());
        let record = Attachment {
            name: "bestand".into(),
            media_type: "image/jpeg".into(),
            size: size as u64,
            hash,
            by: self.person,
            at: AT,
            answers: None,
            task: None,
            item: None,
            kind: None,
            replaces: None,
            year: None,
            note: String::new(),
        };
        let made = ProposedChange::make(&mut self.replica, self.actor, AT, vec![Write::of(&id, &record)]);
        let change = made.unwrap().unwrap().0;
        let wanted = change.hash;
        let push = ToServer::Push { document: self.document, batch: self.batch, changes: vec![change] };
        self.batch += 1;
        self.socket.send(&protocol::encode(&push)).then_some(())?;
        loop {
            match protocol::decode(&self.socket.receive()?).unwrap() {
                ToDevice::Changes { document, changes, .. } if document == self.document => {
                    let arrived = self.at_server.apply(changes.iter().map(Vec::as_slice)).unwrap();
                    if arrived.contains(&wanted) {
                        return Some(id);
                    }
                }
                ToDevice::Refused { reason, .. } => panic!("an honest announcement is refused: {reason}"),
                _ => {}
            }
        }
    }
}
