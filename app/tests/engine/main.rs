//! Tests of the engine against a server whose every message the test writes: refusals, gaps and repeats. Nothing that
//! was written is ever lost.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod waiting;

use app::client::{Engine, StoreWrite, YearKey};
use documents::{
    document::{Document, RawChange},
    dossier::DossierYear,
    protocol::{self, Capabilities, DocumentInfo, ToDevice, ToServer},
    replay::{Author, Premises, ProposedChange, Reason, RefusedChange, Room, replay},
};
use model::{
    api::{Identity, Membership},
    checklist::{AnswerKey, AnswerValue, Template},
    id::*,
    language::Language,
    record::{Answer, Checklist, Reading, Role},
    section::{Party, Section, Write},
    time::{TaxYear, Timestamp},
};
use std::{collections::BTreeMap, sync::Arc};

const MARIEKE: PersonId = PersonId::from_bytes([1; 16]);
const THOMAS: PersonId = PersonId::from_bytes([2; 16]);
const YEAR: YearKey = YearKey { client: ClientId::from_bytes([3; 16]), tax_year: TaxYear(2025) };
/// Moment of everything, by the server's clock.
const NOW: Timestamp = Timestamp(1_772_442_000_000);
const DOCUMENT: DocumentId = DocumentId::from_bytes([4; 16]);

const ROOM: Room = Room { records: 20_000, bytes: 1 << 20, today: 2_000 };

const TEMPLATE: &str = r#"{"id":"world","version":1,"year":2025,"title":{"nl":"Vragen","en":"Questions"},"sections":[
 {"id":"all","title":{"nl":"Alles","en":"All"},"questions":[
  {"id":"moved","kind":"yes_no","text":{"nl":"Verhuisd?","en":"Moved?"}},
  {"id":"home","kind":"yes_no","text":{"nl":"Koopwoning?","en":"Own home?"}}]}]}"#;

/// Returns the year as the firm set it out.
fn year() -> DossierYear {
    let checklist = Arc::new(Checklist::of(Template::from_json(TEMPLATE).unwrap()));
    DossierYear { checklists: BTreeMap::from([(key("moved").checklist, checklist)]), ..DossierYear::default() }
}

fn author(person: PersonId) -> Author {
    Author { person, role: Role::Approver }
}

fn key(question: &str) -> AnswerKey {
    let checklist = ChecklistId::from_bytes([5; 16]);
    AnswerKey { checklist, question: question.into(), person: None, row: None }
}

fn answer(question: &str, value: AnswerValue, by: PersonId) -> Write {
    Write::of(&key(question), &Answer { value, by, at: NOW })
}

fn identity() -> Identity {
    let membership = Membership {
        client: YEAR.client,
        person: MARIEKE,
        name: "Marieke Jansen".into(),
        given_name: "Marieke".into(),
        email: "marieke@example.nl".into(),
        language: Language::Nl,
        firm_name: "Wilgenhof".into(),
        firm_phone: String::new(),
        accent: String::new(),
        until: None,
        logo: None,
        login_path: String::new(),
    };
    Identity {
        account: AccountId::from_bytes([6; 16]),
        user_name: "marieke".into(),
        device: DeviceId::from_bytes([7; 16]),
        memberships: vec![membership],
        is_advisor: false,
        rp_id: "localhost".into(),
        passkeys: Vec::new(),
        device_keys: Vec::new(),
    }
}

/// A device, and the server's document and log, which begin with the first change.
struct Scene {
    engine: Engine,
    /// Entries of the device's store.
    kept: BTreeMap<String, Vec<u8>>,
    server: Document,
    log: Vec<Vec<u8>>,
    /// Clock of the device.
    clock: Timestamp,
    /// What may still be written, as the server has it.
    room: Room,
}

impl Scene {
    fn new() -> Self {
        let (server, RawChange { bytes, .. }) = Document::blank(Party::Client).unwrap();
        let mut next = 100_u8;
        let mut engine = Engine::new(Box::new(move || {
            next += 1;
            [next; 16]
        }));
        engine.open(identity(), Vec::new(), true);
        engine.connected();
        let mut scene = Self { engine, kept: BTreeMap::new(), server, log: vec![bytes], clock: NOW, room: ROOM };
        scene.announce();
        scene.stream(0);
        scene.engine.take_outgoing();
        scene.keep();
        scene
    }

    fn keep(&mut self) {
        for write in self.engine.take_batches().into_iter().flatten() {
            match write {
                StoreWrite::Put(key, bytes) => drop(self.kept.insert(key, bytes)),
                StoreWrite::Delete(key) => drop(self.kept.remove(&key)),
            }
        }
    }

    fn receive(&mut self, message: &ToDevice) {
        self.engine.receive(&protocol::encode(message), self.clock);
    }

    /// Announces the document, as a server does that is not asked for its clock.
    fn announce(&mut self) {
        let mut capabilities = Capabilities::of_this_release();
        capabilities.0.remove("clock");
        self.announce_with(capabilities);
    }

    fn announce_with(&mut self, capabilities: Capabilities) {
        self.receive(&ToDevice::Welcome(capabilities));
        let (client, tax_year, party) = (YEAR.client, YEAR.tax_year, Party::Client);
        self.receive(&ToDevice::Documents(vec![DocumentInfo { document: DOCUMENT, client, tax_year, party }]));
    }

    /// Streams the log after its first `known` changes.
    fn stream(&mut self, known: usize) {
        let changes = self.log[known..].to_vec();
        self.receive(&ToDevice::Changes { document: DOCUMENT, from_seq: known as u64 + 1, changes });
    }

    fn write(&mut self, question: &str, value: AnswerValue) {
        self.engine.write(YEAR, vec![answer(question, value, MARIEKE)], NOW).unwrap();
    }

    /// Returns the one push that the device sends now.
    fn pushed(&mut self) -> (u64, Vec<ProposedChange>) {
        let sent: Vec<ToServer> =
            self.engine.take_outgoing().iter().map(|frame| protocol::decode(frame).unwrap()).collect();
        match sent.as_slice() {
            [ToServer::Push { batch, changes, .. }] => (*batch, changes.clone()),
            other => panic!("not one push: {other:?}"),
        }
    }

    fn accept(&mut self, changes: &[ProposedChange], by: PersonId) {
        self.judge(changes, by).unwrap();
    }

    /// Takes changes, or says why not.
    fn judge(&mut self, changes: &[ProposedChange], by: PersonId) -> Result<(), RefusedChange> {
        let year = year();
        let premises = Premises { year: &year, now: NOW, room: self.room };
        let (server, accepted) = replay(&self.server, changes, author(by), &premises)?;
        self.server = server;
        self.room.today -= accepted.iter().map(|a| a.counted).sum::<usize>();
        self.log.extend(accepted.into_iter().map(|a| a.bytes));
        Ok(())
    }

    fn refuse(&mut self, batch: u64, index: u32, reason: Reason) {
        self.receive(&ToDevice::Refused { document: DOCUMENT, batch, index, reason });
    }

    fn quarantined(&self) -> usize {
        self.kept.keys().filter(|key| key.contains("/quarantine/")).count()
    }

    fn given(&self, question: &str) -> Vec<AnswerValue> {
        self.engine.year(YEAR).answers.at(&key(question)).iter().map(|a| a.value.clone()).collect()
    }
}

#[test]
fn a_change_waits_until_the_log_gives_it_back() {
    let mut scene = Scene::new();
    scene.write("moved", AnswerValue::Yes);
    assert_eq!(scene.engine.unsent(), 1);
    let (_, changes) = scene.pushed();
    scene.accept(&changes, MARIEKE);
    assert_eq!(scene.engine.unsent(), 1, "sent is not received");
    scene.stream(1);
    assert_eq!((scene.engine.unsent(), scene.given("moved")), (0, vec![AnswerValue::Yes]));
}

/// A newer app talks to an older server. Only what that server does not take yet waits on the device.
#[test]
fn what_an_older_server_does_not_take_waits_and_holds_nothing_else_up() {
    let mut scene = Scene::new();
    scene.engine.disconnected();
    scene.engine.connected();
    scene.engine.take_outgoing();
    let mut older = Capabilities::of_this_release();
    older.0.remove(Section::Readings.name());
    older.0.remove("clock");
    scene.announce_with(older);
    let reading = Write::of(&MARIEKE, &Reading { by: MARIEKE, at: NOW, through: NOW });
    scene.engine.write(YEAR, vec![reading], NOW).unwrap();
    assert!(scene.engine.take_outgoing().is_empty(), "it is not sent");
    scene.write("moved", AnswerValue::Yes);
    let (_, changes) = scene.pushed();
    assert_eq!(changes.iter().flat_map(|c| &c.writes).map(|w| w.section).collect::<Vec<_>>(), [Section::Answers]);
    scene.accept(&changes, MARIEKE);
    scene.stream(1);
    assert_eq!((scene.engine.unsent(), scene.engine.year(YEAR).readings.len()), (1, 1), "it is kept and shown");
    scene.keep();

    // It waits across a restart too, until the server is renewed.
    scene.engine.open(identity(), scene.kept.clone().into_iter().collect(), true);
    assert_eq!(scene.engine.unsent(), 1);
    scene.engine.connected();
    scene.engine.take_outgoing();
    scene.announce();
    let (_, changes) = scene.pushed();
    scene.accept(&changes, MARIEKE);
    scene.stream(2);
    assert_eq!((scene.engine.unsent(), scene.engine.year(YEAR).readings.len()), (0, 1));
}

#[test]
fn a_calm_device_has_one_piece_of_each_document_and_starts_from_it() {
    let mut scene = Scene::new();
    assert!(!scene.kept.keys().any(|key| key.contains("/log/")), "what came first is one piece already");
    scene.write("moved", AnswerValue::Yes);
    let (_, changes) = scene.pushed();
    scene.accept(&changes, MARIEKE);
    scene.stream(1);
    scene.keep();
    assert!(scene.kept.keys().any(|key| key.contains("/log/")), "beside the one piece");
    scene.engine.fold_logs();
    scene.keep();
    assert!(!scene.kept.keys().any(|key| key.contains("/log/") || key.contains("/outbox/")));
    scene.engine.fold_logs();
    assert!(!scene.engine.has_batches(), "nothing is written twice");

    scene.engine.open(identity(), scene.kept.clone().into_iter().collect(), true);
    assert_eq!((scene.engine.unsent(), scene.given("moved")), (0, vec![AnswerValue::Yes]));
}

#[test]
fn after_another_hash_the_changes_are_rebuilt_from_what_was_meant() {
    for reason in [Reason::OtherHash, Reason::UnknownDependency, Reason::WrongActor] {
        let mut scene = Scene::new();
        scene.write("moved", AnswerValue::Yes);
        let (batch, first) = scene.pushed();
        scene.write("home", AnswerValue::No);
        scene.refuse(batch, 0, reason);
        let (_, again) = scene.pushed();
        assert_eq!(again.len(), 2);
        assert!(again.iter().all(|c| c.actor != first[0].actor), "under a new actor");
        scene.accept(&again, MARIEKE);
        scene.stream(1);
        assert_eq!(scene.engine.unsent(), 0);
        assert_eq!((scene.given("moved"), scene.given("home")), (vec![AnswerValue::Yes], vec![AnswerValue::No]));
    }
}

#[test]
fn what_is_rebuilt_still_differs_from_an_answer_that_was_not_seen() {
    let mut scene = Scene::new();
    scene.write("moved", AnswerValue::Yes);
    let (batch, _) = scene.pushed();
    let his =
        ProposedChange::make(&mut scene.server.clone(), [9; 16], NOW, vec![answer("moved", AnswerValue::No, THOMAS)]);
    scene.accept(&[his.unwrap().unwrap().0], THOMAS);
    scene.stream(1);
    scene.refuse(batch, 0, Reason::OtherHash);
    let (_, again) = scene.pushed();
    scene.accept(&again, MARIEKE);
    scene.stream(2);
    assert_eq!(scene.given("moved").len(), 2, "both answers are kept");
}

#[test]
fn what_the_server_never_takes_is_quarantined_and_the_rest_goes_on() {
    let mut scene = Scene::new();
    scene.write("moved", AnswerValue::Yes);
    scene.write("home", AnswerValue::No);
    scene.engine.disconnected();
    scene.engine.connected();
    scene.engine.take_outgoing();
    scene.announce();
    let (batch, both) = scene.pushed();
    assert_eq!(both.len(), 2);
    scene.engine.take_batches();
    scene.refuse(batch, 0, Reason::Malformed);
    let kept: Vec<_> = scene.engine.take_batches().into_iter().flatten().collect();
    let quarantined =
        kept.iter().filter(|w| matches!(w, StoreWrite::Put(key, _) if key.contains("/quarantine/"))).count();
    assert_eq!(quarantined, 1, "kept on the device");
    let (_, rest) = scene.pushed();
    scene.accept(&rest, MARIEKE);
    scene.stream(1);
    assert_eq!((scene.given("moved"), scene.given("home")), (vec![], vec![AnswerValue::No]));
}

#[test]
fn a_server_in_trouble_is_not_hammered_but_asked_again_at_the_next_greeting() {
    let mut scene = Scene::new();
    scene.write("moved", AnswerValue::Yes);
    let (batch, _) = scene.pushed();
    scene.refuse(batch, 0, Reason::ServerFailure);
    assert!(scene.engine.take_outgoing().is_empty());
    scene.engine.connected();
    scene.engine.take_outgoing();
    scene.announce();
    assert_eq!(scene.pushed().1.len(), 1);
}

#[test]
fn a_gap_or_nonsense_makes_the_device_greet_again_and_a_repeat_changes_nothing() {
    let mut scene = Scene::new();
    scene.write("moved", AnswerValue::Yes);
    let (_, changes) = scene.pushed();
    scene.accept(&changes, MARIEKE);
    let greets = |scene: &mut Scene| {
        let sent = scene.engine.take_outgoing();
        sent.iter().any(
            |f| matches!(protocol::decode(f), Ok(ToServer::Hello { documents, .. }) if documents == [(DOCUMENT, 1)]),
        )
    };
    let changes = scene.log[1..].to_vec();
    scene.receive(&ToDevice::Changes { document: DOCUMENT, from_seq: 3, changes });
    assert!(greets(&mut scene), "a gap");
    scene.engine.receive(&[0xff; 40], NOW);
    assert!(greets(&mut scene), "nonsense");
    scene.stream(1);
    scene.stream(0);
    scene.stream(1);
    assert_eq!((scene.engine.unsent(), scene.given("moved")), (0, vec![AnswerValue::Yes]));
}

/// The greeting is repeated between writing and sending. What was about to be sent must not wait for the end of the
/// connection.
#[test]
fn a_push_that_a_new_greeting_swallowed_is_offered_again() {
    let mut scene = Scene::new();
    scene.write("moved", AnswerValue::Yes);
    scene.engine.connected();
    assert_eq!(scene.engine.take_outgoing().len(), 1, "the greeting");
    scene.announce();
    let (_, changes) = scene.pushed();
    assert_eq!(changes.len(), 1);
}

#[test]
fn a_line_that_was_open_before_a_login_says_nothing_to_it() {
    let mut scene = Scene::new();
    assert!(scene.engine.is_connected());
    scene.engine.open(identity(), Vec::new(), true);
    assert!(!scene.engine.is_connected());
    scene.announce();
    assert!(scene.engine.years().is_empty() && scene.engine.take_outgoing().is_empty());
}

#[test]
fn a_refusal_of_an_earlier_push_is_passed_over() {
    let mut scene = Scene::new();
    scene.write("moved", AnswerValue::Yes);
    let (batch, changes) = scene.pushed();
    scene.accept(&changes, MARIEKE);
    scene.stream(1);
    scene.write("home", AnswerValue::No);
    let (_, next) = scene.pushed();
    scene.refuse(batch, 0, Reason::Malformed);
    scene.accept(&next, MARIEKE);
    scene.stream(2);
    assert_eq!((scene.engine.unsent(), scene.given("home")), (0, vec![AnswerValue::No]));
}
