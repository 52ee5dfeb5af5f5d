//! The firms, households and logins of a siege.

use accounts::{invitation::invite_person, origin::Origin, session::SESSION_COOKIE};
use documents::{
    document::Document,
    replay::{Budgets, MAX_CHANGES, ProposedChange},
};
use dossiers::{NewRevision, Pusher, evidence};
use model::{
    hash::{ContentHash, hash_of},
    id::*,
    language::Language,
    record::*,
    section::{Party, Write},
    time::{TaxYear, Timestamp},
};
use serde::{Deserialize, Serialize};
use std::{
    collections::BTreeSet,
    net::Ipv4Addr,
    path::{Path, PathBuf},
    sync::{
        Arc,
        atomic::{AtomicI64, Ordering},
    },
};
use storage::{
    attachment::Quota,
    clock::{Clock, random},
    db::{Account, Advisor, AdvisorRole, Client, DbError, DeviceRow, Firm, PersonRow, SessionRow, Tx},
};
use sync_server::{config::Config, state::AppState};

pub const YEAR: TaxYear = TaxYear(2025);
/// The room that is left in a full year, so that an honest edit can still be made.
const ROOM: usize = 400;
const DAY: i64 = 24 * 3600;

/// Somebody with a login.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Person {
    pub from: Ipv4Addr,
    pub cookie: String,
    pub client: ClientId,
    pub person: PersonId,
    pub document: DocumentId,
}

/// Somebody of a firm, with one of its clients.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Employee {
    pub from: Ipv4Addr,
    pub cookie: String,
    pub number: String,
}

/// What those who besiege a server have to know of it, and those who work with it.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Orders {
    pub port: u16,
    /// Two people of an honest household.
    pub honest: [Person; 2],
    /// An advisor of their firm, and one of another firm.
    pub advisor: Employee,
    pub other_firm: Employee,
    /// Two people of a household whose year is full: one attacks, and one does not.
    pub attacker: Person,
    pub full_partner: Person,
    /// Somebody who sends files, with an empty year.
    pub sender: Person,
    /// Another attacker, who approved a return, and the address of the evidence.
    pub packer: Person,
    pub pack: String,
    /// The revision that the attacker is asked to approve.
    pub revision: RevisionId,
    /// An invitation that the attacker holds.
    pub invitation: String,
    /// The state of the full year when it had one change.
    pub old_state: Vec<u8>,
}

/// A world that may be besieged.
pub struct World(Orders);

fn open(data: &Path, clock: Clock) -> AppState {
    let config = Config {
        app: data.join("app"),
        data: data.to_owned(),
        origin: Origin::localhost(8080).unwrap(),
        demo: false,
        mails_at_once: true,
        smtp: None,
        mail_servers_inside: true,
        hsts_subdomains: false,
        max_upload: model::attachment::MAX_BYTES,
        requests_per_minute: 0,
        trusted_proxies: 0,
        connections_per_address: 256,
        storage: Quota::default(),
        program: PathBuf::new(),
    };
    AppState::open(config, clock).unwrap()
}

impl World {
    /// Founds two firms beside that of the demo, in an empty data folder.
    pub fn found(data: &Path) -> Self {
        let real = Clock::system().now();
        let now = Arc::new(AtomicI64::new(real.0));
        let shared = now.clone();
        let state = open(data, Clock::of(move || Timestamp(shared.load(Ordering::SeqCst))));
        drop(demo::fill(&state.dossiers, &state.config.origin).unwrap());
        let (packer, pack) = a_pack(&state);
        now.store(real.plus_seconds(-40 * DAY).0, Ordering::SeqCst);
        let [(firm, sanne), (south, other)] = ["Noord", "Zuid"].map(|name| found_firm(&state, name));
        let home = household(&state, &firm, &sanne, "10001");
        let full = household(&state, &firm, &sanne, "10002");
        let sender = household(&state, &firm, &sanne, "10003");
        household(&state, &south, &other, "20001");
        let file = DeliveredFile { name: "aangifte.pdf".into(), size: 1000, hash: ContentHash([1; 32]), pages: 1 };
        let year = state.dossiers.read(full[0].client, YEAR).unwrap();
        let revision = NewRevision::of_household(&year, YEAR, file);
        let revision = state.dossiers.set_out_revision(&sanne, full[0].client, YEAR, revision).unwrap();
        let stranger = PersonRow { id: PersonId::from_random(random()), account: None, ..full[0].clone() };
        let at = state.clock.now();
        let invite = move |tx: &Tx<'_>| {
            tx.add_person(&stranger, at)?;
            invite_person(tx, &stranger, real)
        };
        let invitation = state.db.write_blocking::<_, DbError>(invite).unwrap();
        let old_state = fill(&state, &now, &full);
        now.store(real.0, Ordering::SeqCst);
        let employee = |advisor: &Advisor, last, number: &str| {
            let (cookie, number) = (log_in(&state, advisor.account.unwrap()).0, number.to_owned());
            Employee { from: address(last), cookie, number }
        };
        let (advisor, other_firm) = (employee(&sanne, 20, "10001"), employee(&other, 30, "20001"));
        let honest = [person(&state, &home[0], 10), person(&state, &home[1], 11)];
        let (attacker, full_partner) = (person(&state, &full[0], 66), person(&state, &full[1], 12));
        let sender = person(&state, &sender[0], 66);
        Self(Orders {
            port: 0,
            honest,
            advisor,
            other_firm,
            attacker,
            full_partner,
            sender,
            packer,
            pack,
            revision,
            invitation,
            old_state,
        })
    }

    /// Returns what has to be known of a server on this port. If `behind_one`, all people have the same address.
    pub fn orders(&self, port: u16, behind_one: bool) -> Orders {
        let mut orders = Orders { port, ..self.0.clone() };
        if behind_one {
            let Orders { honest: [one, other], advisor, other_firm, attacker, full_partner, sender, packer, .. } =
                &mut orders;
            for from in [one, other, attacker, full_partner, sender, packer].map(|person| &mut person.from) {
                *from = Ipv4Addr::LOCALHOST;
            }
            (advisor.from, other_firm.from) = (Ipv4Addr::LOCALHOST, Ipv4Addr::LOCALHOST);
        }
        orders
    }

    /// Returns how many of the changes that a server on this folder acknowledged are not in its log.
    pub fn missing(&self, data: &Path, received: &BTreeSet<[u8; 32]>) -> usize {
        let state = open(data, Clock::system());
        let document = log_of(&state, self.0.honest[0].document);
        received.iter().filter(|hash| !document.has(hash)).count()
    }
}

fn address(last: u8) -> Ipv4Addr {
    Ipv4Addr::new(127, 0, 0, last)
}

fn log_of(state: &AppState, document: DocumentId) -> Document {
    let changes = state.db.read::<_, DbError>(|q| q.changes_after(document, 0, usize::MAX)).unwrap();
    let mut replica = Document::empty();
    replica.apply(changes.iter().map(Vec::as_slice)).unwrap();
    replica
}

fn document_of(state: &AppState, client: ClientId) -> DocumentId {
    let rows = state.db.read::<_, DbError>(|q| q.documents_of_year(client, YEAR)).unwrap();
    rows.iter().find(|row| row.info.party == Party::Client).unwrap().info.document
}

/// Logs in on a new device. Returns the cookie and the device.
fn log_in(state: &AppState, account: AccountId) -> (String, DeviceId) {
    let now = state.clock.now();
    let id = DeviceId::from_random(random());
    let device = DeviceRow { id, account, name: "meting".into(), created_at: now, last_seen_at: now, revoked_at: None };
    let token = DeviceId::from_random(random()).to_string();
    let session = SessionRow {
        token_hash: hash_of(&token),
        account,
        device: id,
        created_at: now,
        last_used_at: now,
        expires_at: now.plus_seconds(DAY),
        console_used_at: now,
        proven_at: now,
    };
    let write = move |tx: &Tx<'_>| {
        tx.add_device(&device)?;
        tx.add_session(&session)
    };
    state.db.write_blocking::<_, DbError>(write).unwrap();
    (format!("{SESSION_COOKIE}={token}"), id)
}

fn person(state: &AppState, row: &PersonRow, last: u8) -> Person {
    let cookie = log_in(state, row.account.unwrap()).0;
    let document = document_of(state, row.client);
    Person { from: address(last), cookie, client: row.client, person: row.id, document }
}

fn found_firm(state: &AppState, name: &str) -> (Firm, Advisor) {
    let slug = name.to_lowercase();
    let firm = Firm {
        id: FirmId::from_random(random()),
        slug: slug.clone(),
        name: format!("{name} Belastingadvies"),
        phone: "030 234 56 78".into(),
        sender_name: name.into(),
        sender_address: format!("post@{slug}.example"),
        accent: "#2546a8".into(),
        statement_nl: "Ik ga akkoord.".into(),
        statement_en: "I agree.".into(),
    };
    let account = AccountId::from_random(random());
    let advisor = Advisor {
        id: AdvisorId::from_random(random()),
        firm: firm.id,
        account: Some(account),
        name: "Sanne de Wit".into(),
        given_name: "Sanne".into(),
        email: format!("sanne@{slug}.example"),
        hours: String::new(),
        role: AdvisorRole::Administrator,
        language: Language::Nl,
    };
    let (firm_row, row, at) = (firm.clone(), Advisor { account: None, ..advisor.clone() }, state.clock.now());
    let write = move |tx: &Tx<'_>| {
        tx.add_firm(&firm_row, at)?;
        tx.add_advisor(&row, at)?;
        tx.add_account(&Account { id: account, user_name: format!("sanne-{slug}"), email: row.email.clone() }, at)?;
        tx.set_advisor_account(row.id, account)
    };
    state.db.write_blocking::<_, DbError>(write).unwrap();
    (firm, advisor)
}

/// Adds a client of two people with logins, and opens its year.
fn household(state: &AppState, firm: &Firm, advisor: &Advisor, number: &str) -> [PersonRow; 2] {
    let client = Client {
        id: ClientId::from_random(random()),
        firm: firm.id,
        number: number.into(),
        name: format!("Huishouden {number}"),
        advisor: advisor.id,
    };
    let people = ["Marieke", "Thomas"].map(|name| PersonRow {
        id: PersonId::from_random(random()),
        firm: firm.id,
        client: client.id,
        account: Some(AccountId::from_random(random())),
        name: format!("{name} Jansen"),
        given_name: name.into(),
        email: format!("{}-{number}@huis.example", name.to_lowercase()),
        language: Language::Nl,
        role: Role::Approver,
        blocked: false,
        until: None,
    });
    let (id, rows, at, number) = (client.id, people.clone(), state.clock.now(), number.to_owned());
    let write = move |tx: &Tx<'_>| {
        tx.add_client(&client, at)?;
        for row in &rows {
            let id = row.account.unwrap();
            let user_name = format!("{}-{number}", row.given_name.to_lowercase());
            tx.add_account(&Account { id, user_name, email: row.email.clone() }, at)?;
            tx.add_person(row, at)?;
            tx.set_person_account(row.id, id)?;
        }
        Ok(())
    };
    state.db.write_blocking::<_, DbError>(write).unwrap();
    state.dossiers.open_year(advisor, id, YEAR).unwrap();
    people
}

/// Writes messages until the year is as good as full. Returns the state after the first of them.
fn fill(state: &AppState, now: &AtomicI64, people: &[PersonRow; 2]) -> Vec<u8> {
    let budgets = Budgets::default();
    let document = document_of(state, people[0].client);
    let mut replica = log_of(state, document);
    let mut old_state = None;
    let pushers = [0, 1].map(|n| {
        let account = people[n].account.unwrap();
        (people[n].id, Pusher { account, device: log_in(state, account).1 }, random::<16>())
    });
    let (mut written, mut bytes) = (0, 0);
    for batch in 0.. {
        let (person, pusher, actor) = &pushers[batch % 2];
        let at = state.clock.now();
        let mut changes = Vec::new();
        for _ in 0..MAX_CHANGES {
            let made = ProposedChange::make(&mut replica, *actor, at, vec![message(*person, at)]).unwrap().unwrap();
            bytes += made.1.bytes.len();
            changes.push(made.0);
            old_state.get_or_insert_with(|| replica.save());
        }
        state.dossiers.push(pusher, document, &changes).unwrap();
        written += MAX_CHANGES;
        let most_bytes = bytes / written * (written + ROOM);
        if written + MAX_CHANGES + ROOM > budgets.records || most_bytes + MAX_CHANGES * bytes / written > budgets.bytes
        {
            eprintln!("the full year has {written} changes of {} KB", bytes / 1000);
            break;
        }
        // Each of the two writes less than a day's budget.
        if written % budgets.records_per_day == 0 {
            now.fetch_add(DAY * 1000, Ordering::SeqCst);
        }
    }
    old_state.unwrap()
}

/// Returns a message as a device writes it.
pub fn message(by: PersonId, at: Timestamp) -> Write {
    let body = "Ik heb het formulier gevonden en stuur het morgen op.".into();
    let message = Message { by, at, body, about: None, answer: None, attachments: Vec::new() };
    Write::of(&MessageId::from_random(random()), &message)
}

/// Returns somebody of the demo who approved a return, and the address of the evidence.
fn a_pack(state: &AppState) -> (Person, String) {
    let firm = state.db.read::<_, DbError>(|q| q.firms()).unwrap().remove(0);
    for client in state.db.read::<_, DbError>(|q| q.clients(firm.id)).unwrap() {
        let people = state.db.read::<_, DbError>(|q| q.people(client.id)).unwrap();
        let documents = state.db.read::<_, DbError>(|q| q.documents_of_client(client.id)).unwrap();
        for tax_year in documents.iter().map(|row| row.info.tax_year) {
            let year = state.dossiers.read(client.id, tax_year).unwrap();
            let consents = year.revisions.iter().flat_map(|revision| &revision.consents);
            for (by, id) in consents.flat_map(|(by, consent)| consent.approvals.iter().map(move |(id, ..)| (*by, *id)))
            {
                if evidence::collect(&state.dossiers, client.id, tax_year, id, Some(by)).is_ok() {
                    let row = people.iter().find(|row| row.id == by).unwrap();
                    let path = format!("/api/clients/{}/years/{tax_year}/evidence/{id}", client.id);
                    let document = documents[0].info.document;
                    let cookie = log_in(state, row.account.unwrap()).0;
                    return (Person { from: address(66), cookie, client: client.id, person: by, document }, path);
                }
            }
        }
    }
    panic!("the demo has no approval");
}
