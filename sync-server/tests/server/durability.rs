//! Tests with the real process, killed (`kill -9`) at any moment while a device works:
//! whatever was confirmed as received is there when it comes back.

use documents::{
    document::Document,
    protocol::{self, ToDevice, ToServer},
    replay::ProposedChange,
};
use model::{
    hash::ContentHash,
    id::*,
    record::Message,
    section::{Party, Write},
    time::{TaxYear, Timestamp},
};
use std::{
    collections::BTreeSet,
    sync::atomic::{AtomicUsize, Ordering},
};
use storage::{clock::random, db::DbError};
use testkit::{
    announcer::Announcer,
    harness::TestApp,
    server_process::{ServerProcess, Socket, http},
};

const YEAR: TaxYear = TaxYear(2025);
const ROUNDS: usize = 20;
/// A moment that every clock has passed.
const AT: Timestamp = Timestamp(1_772_442_000_000);

/// A registered person, and a data folder on which a process can be started.
struct Scene {
    app: TestApp,
    cookie: String,
    person: PersonId,
    client: ClientId,
    document: DocumentId,
}

async fn scene() -> Scene {
    let app = TestApp::new();
    let home = app.household("Wilgenhof");
    app.state.dossiers.open_year(&home.advisor, home.client.id, YEAR).unwrap();
    let browser = app.person_browser(&home.people[0]).await;
    // The processes use the real clock, by which the session of a test's clock would have ended.
    let cookie = browser.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect::<Vec<_>>().join("; ");
    let far = "update session set expires_at = 9000000000000, last_used_at = 8000000000000";
    rusqlite::Connection::open(app.state.config.data.join("akkoord.db")).unwrap().execute_batch(far).unwrap();
    let rows = app.state.db.read::<_, DbError>(|q| q.documents_of_client(home.client.id)).unwrap();
    let document = rows.iter().find(|r| r.info.party == Party::Client).unwrap().info.document;
    Scene { app, cookie, person: home.people[0].id, client: home.client.id, document }
}

impl Scene {
    fn log(&self) -> Vec<Vec<u8>> {
        self.app.state.db.read::<_, DbError>(|q| q.changes_after(self.document, 0, usize::MAX)).unwrap()
    }

    fn document_of(log: &[Vec<u8>]) -> Document {
        let mut document = Document::empty();
        document.apply(log.iter().map(Vec::as_slice)).unwrap();
        document
    }

    fn message(&self) -> Write {
        let (at, about) = (AT, None);
        Write::of(
            &MessageId::from_random(random()),
            &Message { by: self.person, at, body: "dag".into(), about, answer: None, attachments: Vec::new() },
        )
    }

    /// Pushes changes as fast as they are echoed, until the process is gone.
    /// Returns the changes that were echoed.
    fn work_until_it_dies(&self, process: &ServerProcess, known: usize, answers: &AtomicUsize) -> BTreeSet<[u8; 32]> {
        let mut replica = Self::document_of(&self.log());
        let mut echoed = BTreeSet::new();
        let Some(mut socket) = Socket::open(process.port, &self.cookie) else { return echoed };
        let (version, documents) = (protocol::VERSION, vec![(self.document, known as u64)]);
        if !socket.send(&protocol::encode(&ToServer::Hello { version, app_version: "".into(), documents })) {
            return echoed;
        }
        let mut at_server = replica.clone();
        let actor = random();
        for batch in 0.. {
            let changes = (0..3).map(|_| {
                let made = ProposedChange::make(&mut replica, actor, AT, vec![self.message()]);
                made.unwrap().unwrap().0
            });
            let changes: Vec<_> = changes.collect();
            let mut open: BTreeSet<_> = changes.iter().map(|c| c.hash).collect();
            if !socket.send(&protocol::encode(&ToServer::Push { document: self.document, batch, changes })) {
                break;
            }
            while !open.is_empty() {
                let Some(frame) = socket.receive() else { return echoed };
                match protocol::decode(&frame).unwrap() {
                    ToDevice::Changes { document, changes, .. } if document == self.document => {
                        for hash in at_server.apply(changes.iter().map(Vec::as_slice)).unwrap() {
                            open.remove(&hash);
                            echoed.insert(hash);
                            answers.fetch_add(1, Ordering::Relaxed);
                        }
                    }
                    ToDevice::Refused { reason, .. } => panic!("an honest change is refused: {reason}"),
                    _ => {}
                }
            }
        }
        echoed
    }

    /// Uploads files one after the other until the process is gone. Returns the
    /// hashes of those that were acknowledged as complete.
    fn upload_until_it_dies(&self, process: &ServerProcess, answers: &AtomicUsize) -> Vec<ContentHash> {
        let mut whole = Vec::new();
        let log = self.log();
        let Some(mut announcer) = Announcer::connect(process, &self.cookie, self.person, self.document, &log) else {
            return whole;
        };
        loop {
            // What stands behind the end of a photograph makes each of them another file.
            let mut bytes = testkit::upload::photo().to_vec();
            bytes.extend(random::<16>());
            let hash = ContentHash::of(&bytes);
            let Some(id) = announcer.announce(hash, bytes.len()) else { return whole };
            match testkit::server_process::upload(process.port, &self.cookie, self.client, YEAR, (id, hash), &bytes) {
                Some(204) => {
                    whole.push(hash);
                    answers.fetch_add(1, Ordering::Relaxed);
                }
                Some(status) => panic!("an honest upload is answered {status}"),
                None => return whole,
            }
        }
    }
}

#[tokio::test]
async fn nothing_that_was_echoed_or_acknowledged_is_lost_in_twenty_kills() {
    let scene = scene().await;
    let (mut promised, mut files) = (BTreeSet::new(), Vec::new());
    for round in 0..ROUNDS {
        let process = ServerProcess::start(crate::PROGRAM, &scene.app.state.config.data);
        let known = scene.log().len();
        // The moment differs each time: after so many answers, and some more health checks.
        let (answers, wanted, more) = (AtomicUsize::new(0), usize::from(random::<1>()[0]) % 16, random::<1>()[0] % 8);
        let (echoed, whole) = std::thread::scope(|scope| {
            let pushing = scope.spawn(|| scene.work_until_it_dies(&process, known, &answers));
            let uploading = scope.spawn(|| scene.upload_until_it_dies(&process, &answers));
            let healthy = "GET /healthz HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n";
            while answers.load(Ordering::Relaxed) < wanted {
                http(process.port, healthy, b"").expect("it lives");
            }
            (0..more).for_each(|_| drop(http(process.port, healthy, b"")));
            process.kill();
            (pushing.join().unwrap(), uploading.join().unwrap())
        });
        promised.extend(echoed);
        files.extend(whole);
        let document = Scene::document_of(&scene.log());
        let lost = promised.iter().filter(|hash| !document.has(hash)).count();
        assert_eq!(lost, 0, "round {round}: of {} echoed changes {lost} are gone", promised.len());
        for hash in &files {
            let bytes = std::fs::read(scene.app.state.files.path(scene.client, *hash)).unwrap();
            assert_eq!(ContentHash::of(&bytes), *hash, "round {round}");
            let row = scene.app.state.db.read::<_, DbError>(|q| q.file(scene.client, *hash)).unwrap();
            assert!(row.is_some_and(|r| r.size == bytes.len() as u64), "round {round}: a file without its row");
        }
    }
    println!("STAKE {} {}", promised.len(), files.len());
    assert!(promised.len() + files.len() > ROUNDS * 3, "too little was at stake: {} {}", promised.len(), files.len());
    // The last process reads it all, even if an earlier one died during an upload.
    let year = scene.app.restarted().state.dossiers.read(scene.client, YEAR).unwrap();
    assert!(year.messages.len() + year.attachments.len() >= promised.len());
    assert!(year.unknown.is_empty(), "{:?}", year.unknown);
}
