//! The beginning of a world: a server on its data, a firm, a client with two
//! partners, and their devices.

use super::{
    device::{Device, open_engine},
    dice::Dice,
};
use app::client::DeviceStore;
use dossiers::Dossiers;
use inspect::Inspector;
use mail::Composer;
use model::{
    api::{Identity, Membership},
    approval::RelyingParty,
    id::*,
    language::Language,
    record::Role,
    time::Timestamp,
};
use std::{
    collections::{BTreeSet, VecDeque},
    path::PathBuf,
    sync::Arc,
};
use storage::{
    attachment::{Quota, Store},
    clock::Clock,
    db::{Account, Advisor, AdvisorRole, Client, Db, DbError, DeviceRow, Firm, PersonRow},
};

/// The server, which can be killed and restarted on the same data.
pub(super) struct Server {
    pub folder: tempfile::TempDir,
    pub clock: Clock,
    pub running: Option<(Db, Dossiers)>,
}

impl Server {
    pub fn start(&mut self) {
        let db = Db::open(&self.folder.path().join("akkoord.db")).expect("the database opens");
        let relying_party = RelyingParty { id: "localhost".into(), origin: "http://localhost".into() };
        let composer = Arc::new(Composer::new("http://localhost", false));
        let files =
            Store::open(self.folder.path(), self.clock.clone(), 1 << 20, Quota::default()).expect("the store opens");
        // Nobody sends files in this world, so no worker is ever started.
        let inspector = Inspector::new(PathBuf::new(), db.clone(), self.clock.clone());
        let vault = storage::vault::Vault::of(b"world");
        let dossiers =
            Dossiers::new(db.clone(), self.clock.clone(), composer, relying_party, (files, inspector, vault));
        self.running = Some((db, dossiers));
    }

    pub fn dossiers(&self) -> &Dossiers {
        &self.running.as_ref().expect("the server runs").1
    }

    pub fn db(&self) -> &Db {
        &self.running.as_ref().expect("the server runs").0
    }
}

pub(super) fn found_firm(db: &Db, dice: &Dice) -> (Advisor, ClientId, Vec<PersonRow>) {
    let at = Timestamp(1_769_000_000_000);
    let firm = Firm {
        id: FirmId::from_random(dice.bytes()),
        slug: "wilgenhof".into(),
        name: "Wilgenhof".into(),
        phone: "030 234 56 78".into(),
        sender_name: "Wilgenhof".into(),
        sender_address: "post@wilgenhof.example".into(),
        accent: "#0f5b66".into(),
        statement_nl: "Ik ga akkoord".into(),
        statement_en: "I agree".into(),
    };
    let advisor = Advisor {
        id: AdvisorId::from_random(dice.bytes()),
        firm: firm.id,
        account: None,
        name: "Sanne de Wit".into(),
        given_name: "Sanne".into(),
        email: "sanne@wilgenhof.example".into(),
        hours: String::new(),
        role: AdvisorRole::Administrator,
        language: Language::Nl,
    };
    let client = Client {
        id: ClientId::from_random(dice.bytes()),
        firm: firm.id,
        number: "10417".into(),
        name: "Jansen en Bakker".into(),
        advisor: advisor.id,
    };
    let partners: Vec<_> = ["Marieke Jansen", "Thomas Bakker"].map(|name| person(name, &client, dice)).into();
    let (result, rows) = ((advisor.clone(), client.id), partners.clone());
    db.write_blocking(move |tx| {
        tx.add_firm(&firm, at)?;
        tx.add_advisor(&advisor, at)?;
        tx.add_client(&client, at)?;
        for row in &rows {
            if let Some(id) = row.account {
                tx.add_account(&Account { id, user_name: row.given_name.clone(), email: row.email.clone() }, at)?;
            }
            tx.add_person(row, at)?;
        }
        Ok::<_, DbError>(())
    })
    .expect("a firm with a client");
    (result.0, result.1, partners)
}

fn person(name: &str, client: &Client, dice: &Dice) -> PersonRow {
    let given_name = name.split(' ').next().unwrap_or_default().to_owned();
    PersonRow {
        id: PersonId::from_random(dice.bytes()),
        firm: client.firm,
        client: client.id,
        account: Some(AccountId::from_random(dice.bytes())),
        name: name.to_owned(),
        email: format!("{}@example.nl", given_name.to_lowercase()),
        given_name,
        language: Language::Nl,
        role: Role::Approver,
        blocked: false,
        until: None,
    }
}

pub(super) fn add_device(db: &Db, row: &PersonRow, name: &'static str, client: ClientId, dice: &Dice) -> Device {
    let at = Timestamp(1_769_000_000_000);
    let account = row.account.expect("every partner has a login");
    let id = DeviceId::from_random(dice.bytes());
    let device = DeviceRow { id, account, name: name.into(), created_at: at, last_seen_at: at, revoked_at: None };
    db.write_blocking(move |tx| tx.add_device(&device)).expect("a device");
    let membership = Membership {
        client,
        person: row.id,
        name: row.name.clone(),
        given_name: row.given_name.clone(),
        email: row.email.clone(),
        language: Language::Nl,
        firm_name: "Wilgenhof".into(),
        firm_phone: String::new(),
        accent: String::new(),
        until: None,
        logo: None,
        login_path: String::new(),
    };
    let identity = Identity {
        account,
        user_name: row.given_name.clone(),
        device: id,
        memberships: vec![membership],
        is_advisor: false,
        rp_id: "localhost".into(),
        passkeys: Vec::new(),
        device_keys: Vec::new(),
    };
    let store = DeviceStore::in_memory().expect("a store");
    let engine = open_engine(&identity, &store, dice);
    Device { name, identity, engine, store, unkept: VecDeque::new(), line: None, promised: BTreeSet::new() }
}
