//! A firm for measurements: an administrator who is logged in, and three years for each client.

use accounts::{origin::Origin, session::SESSION_COOKIE};
use dossiers::{NewPaper, NewRevision, template::templates};
use model::{
    hash::{ContentHash, hash_of},
    id::*,
    language::Language,
    record::*,
    time::*,
};
use std::path::{Path, PathBuf};
use storage::{
    attachment::Quota,
    clock::{Clock, random},
    db::{Account, Advisor, AdvisorRole, Client, DbError, DeviceRow, Firm, SessionRow},
};
use sync_server::{config::Config, state::AppState};

/// The number of threads that open years, because most of the time is spent waiting for the disk.
const HANDS: usize = 6;

fn open(data: &Path) -> AppState {
    let config = Config {
        app: data.join("app"),
        data: data.to_owned(),
        origin: Origin::localhost(8080).unwrap(),
        demo: false,
        mails_at_once: false,
        smtp: None,
        mail_servers_inside: true,
        hsts_subdomains: false,
        max_upload: model::attachment::MAX_BYTES,
        storage: Quota::default(),
        program: PathBuf::new(),
        requests_per_minute: 0,
        trusted_proxies: 0,
        connections_per_address: 256,
    };
    AppState::open(config, Clock::system()).unwrap()
}

/// Creates a firm with an administrator who is logged in. Returns the cookie.
pub fn found(data: &Path) -> String {
    let state = open(data);
    let now = state.clock.now();
    let firm = Firm {
        id: FirmId::from_random(random()),
        slug: "meting".into(),
        name: "Meting Belastingadvies".into(),
        phone: "030 234 56 78".into(),
        sender_name: "Meting".into(),
        sender_address: "post@meting.example".into(),
        accent: "#2546a8".into(),
        statement_nl: "Ik ga akkoord.".into(),
        statement_en: "I agree.".into(),
    };
    let account =
        Account { id: AccountId::from_random(random()), user_name: "sanne".into(), email: "s@meting.example".into() };
    let advisor = Advisor {
        id: AdvisorId::from_random(random()),
        firm: firm.id,
        account: None,
        name: "Sanne de Wit".into(),
        given_name: "Sanne".into(),
        email: account.email.clone(),
        hours: String::new(),
        role: AdvisorRole::Administrator,
        language: Language::Nl,
    };
    let device = DeviceRow {
        id: DeviceId::from_random(random()),
        account: account.id,
        name: "meting".into(),
        created_at: now,
        last_seen_at: now,
        revoked_at: None,
    };
    let token = DeviceId::from_random(random()).to_string();
    let session = SessionRow {
        token_hash: hash_of(&token),
        account: account.id,
        device: device.id,
        created_at: now,
        last_used_at: now,
        expires_at: now.plus_seconds(24 * 3600),
        proven_at: now,
        console_used_at: now,
    };
    state
        .db
        .write_blocking::<_, DbError>(move |tx| {
            tx.add_firm(&firm, now)?;
            tx.add_advisor(&advisor, now)?;
            tx.add_account(&account, now)?;
            tx.set_advisor_account(advisor.id, account.id)?;
            tx.add_device(&device)?;
            tx.add_session(&session)
        })
        .unwrap();
    format!("{SESSION_COOKIE}={token}")
}

/// Opens three years of each client. In the newest, one quarter has a checklist,
/// a tenth was asked for documents that are overdue, and an eighth has a return,
/// half of those approved on paper.
pub fn open_years(data: &Path, clients: usize) {
    let state = open(data);
    let firm = state.db.read(|q| q.firms()).unwrap().remove(0);
    let advisor = state.db.read(|q| q.advisors(firm.id)).unwrap().remove(0);
    let rows = state.db.read(|q| q.clients(firm.id)).unwrap();
    assert_eq!(rows.len(), clients);
    std::thread::scope(|scope| {
        for hand in 0..HANDS {
            let (state, advisor) = (&state, &advisor);
            let mine: Vec<_> = rows.iter().enumerate().filter(|(n, _)| n % HANDS == hand).collect();
            scope.spawn(move || mine.into_iter().for_each(|(n, client)| open_client(state, advisor, client, n)));
        }
    });
}

fn open_client(state: &AppState, advisor: &Advisor, client: &Client, n: usize) {
    let (dossiers, year) = (&state.dossiers, TaxYear(2025));
    for year in [2023, 2024, 2025] {
        dossiers.open_year(advisor, client.id, TaxYear(year)).unwrap();
    }
    if n.is_multiple_of(4) {
        let template = templates().unwrap().into_iter().find(|t| t.year == year.0).unwrap();
        dossiers
            .set_out_checklist(advisor, client.id, year, template, Some(Date::constant(2026, 4, 1)), false)
            .unwrap();
    }
    if n % 10 == 1 {
        let item = RequestItem { title: "Jaaropgave".into(), year: Some(2025), example: String::new() };
        dossiers.request_documents(advisor, client.id, year, vec![item], Some(Date::constant(2026, 1, 31))).unwrap();
    }
    if n % 8 == 3 {
        let file = DeliveredFile { name: "aangifte.pdf".into(), size: 1000, hash: ContentHash([1; 32]), pages: 1 };
        let revision = NewRevision::of_household(&dossiers.read(client.id, year).unwrap(), year, file.clone());
        let revision = dossiers.set_out_revision(advisor, client.id, year, revision).unwrap();
        if n % 16 == 3 {
            for person in state.db.read(|q| q.people(client.id)).unwrap() {
                let paper =
                    NewPaper { revision, person: person.id, file: file.clone(), signed_on: Date::constant(2026, 3, 1) };
                dossiers.record_paper(advisor, client.id, year, paper).unwrap();
            }
        }
    }
}
