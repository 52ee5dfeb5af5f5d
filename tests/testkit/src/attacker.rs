//! A hostile device in an otherwise honest household: it sends what it likes.

use crate::{
    console_page::{ConsolePage, YEAR},
    harness::{Browser, TestApp},
};
use accounts::session;
use documents::{
    document::Document,
    protocol::{self, ToDevice, ToServer},
    replay::{ProposedChange, Reason},
};
use dossiers::Pusher;
use model::{
    id::*,
    record::*,
    section::{Record, Write},
    time::Timestamp,
};
use storage::{
    clock::random,
    db::{DbError, PersonRow},
};
use sync_server::sync::{Closed, Connection};

pub struct Siege {
    pub console: ConsolePage,
    pub browser: Browser,
    pub person: PersonRow,
    pub pusher: Pusher,
}

/// Everything that the server could have stored: both logs, mails and events.
#[derive(Debug, PartialEq)]
pub struct Kept {
    logs: Vec<Vec<Vec<u8>>>,
    mails: usize,
    events: usize,
}

impl Siege {
    pub async fn new() -> Self {
        let console = ConsolePage::at(TestApp::new()).await;
        let person = console.home.people[0].clone();
        let browser = console.app.person_browser(&person).await;
        Self::of(console, browser, person).await
    }

    pub async fn of(console: ConsolePage, mut browser: Browser, person: PersonRow) -> Self {
        let me = browser.me().await.unwrap();
        Self { console, browser, person, pusher: Pusher { account: me.account, device: me.device } }
    }

    pub fn now(&self) -> Timestamp {
        self.console.app.now()
    }

    /// Returns a connection to the server after the greeting; each message is answered at once.
    pub fn line(&self) -> Connection {
        let mut line = self.line_before_greeting();
        hear(&mut line, &hello(protocol::VERSION)).unwrap();
        line
    }

    pub fn line_before_greeting(&self) -> Connection {
        let state = &self.console.app.state;
        let token = model::hash::hash_of(&self.browser.cookies[session::SESSION_COOKIE]);
        let (db, clock) = (state.db.clone(), state.clock.clone());
        let is_live = Box::new(move || session::is_live(&db, &token, clock.now()));
        Connection::new(state.dossiers.clone(), self.pusher, is_live)
    }

    pub fn document(&self) -> (DocumentId, Document) {
        self.console.replica()
    }

    pub fn message(&self, body: &str) -> Write {
        let message = Message {
            by: self.person.id,
            at: self.now(),
            body: body.into(),
            about: None,
            answer: None,
            attachments: Vec::new(),
        };
        Write::of(&MessageId::from_random(random()), &message)
    }

    /// Returns a change as an honest device would make it, based on the newest state.
    pub fn change(&self, writes: Vec<Write>) -> ProposedChange {
        let (_, mut document) = self.document();
        ProposedChange::make(&mut document, random(), self.now(), writes).unwrap().unwrap().0
    }

    pub fn push(&self, changes: &[ProposedChange]) -> Result<(), Reason> {
        let (document, _) = self.document();
        self.console.app.state.dossiers.push(&self.pusher, document, changes).map_err(|refusal| refusal.reason)
    }

    pub fn write<R: Record>(&self, key: &R::Key, record: &R) -> Result<(), Reason> {
        self.push(&[self.change(vec![Write::of(key, record)])])
    }

    pub fn kept(&self) -> Kept {
        let client = self.console.home.client.id;
        let read = |q: &storage::db::Query<'_>| {
            let rows = q.documents_of_client(client)?;
            let logs = rows.iter().map(|r| q.changes_after(r.info.document, 0, usize::MAX));
            Ok(Kept {
                logs: logs.collect::<Result<_, DbError>>()?,
                mails: q.newest_mails(1000)?.len(),
                events: q.events(client, YEAR, 1000)?.len(),
            })
        };
        self.console.app.state.db.read::<_, DbError>(read).unwrap()
    }

    /// Asserts that `changes` are refused for `reason` and leave nothing behind,
    /// and that honest work is still accepted.
    #[track_caller]
    pub fn assert_refused(&self, changes: &[ProposedChange], reason: Reason) {
        let before = self.kept();
        assert_eq!(self.push(changes), Err(reason));
        assert_eq!(self.kept(), before, "a refused push leaves nothing");
        self.assert_still_works();
    }

    #[track_caller]
    pub fn assert_still_works(&self) {
        let body = format!("eerlijk werk {}", MessageId::from_random(random()));
        assert_eq!(self.push(&[self.change(vec![self.message(&body)])]), Ok(()));
        assert!(self.console.year().messages.iter().any(|m| m.body == body));
    }
}

/// Gives a connection bytes that came from a device. Returns everything that it then sends.
pub fn hear(line: &mut Connection, frame: &[u8]) -> Result<Vec<ToDevice>, Closed> {
    let mut answer = line.receive(Connection::read(frame)?)?;
    answer.extend(stream(line)?);
    Ok(answer)
}

/// Returns everything that a connection has to send.
pub fn stream(line: &mut Connection) -> Result<Vec<ToDevice>, Closed> {
    std::iter::from_fn(|| line.next_message().transpose()).collect()
}

pub fn hello(version: u16) -> Vec<u8> {
    protocol::encode(&ToServer::Hello { version, app_version: "9".into(), documents: Vec::new() })
}

pub fn push_frame(document: DocumentId, changes: Vec<ProposedChange>) -> Vec<u8> {
    protocol::encode(&ToServer::Push { document, batch: 7, changes })
}

/// Returns the refusal among the answers.
pub fn refusal(answer: Result<Vec<ToDevice>, Closed>) -> Option<Reason> {
    answer.unwrap().into_iter().find_map(|message| match message {
        ToDevice::Refused { batch: 7, reason, .. } => Some(reason),
        _ => None,
    })
}
