//! A made-up household in its season: Marieke and Thomas, their advisor Sanne, and a year in which everything happens.

use app::{
    client::{Connection, Identity, Membership, Saving, UploadState, YearKey},
    view::{View, Workspace},
};
use dioxus::prelude::*;
use documents::dossier::{Consent, DossierYear, GivenAttachment, GivenRevision, GivenTask};
use model::{
    approval::Nonce,
    checklist::{AnswerKey, AnswerValue, Template},
    hash::ContentHash,
    id::*,
    language::{Bilingual, Language},
    money::Cents,
    record::*,
    section::Section,
    tax_return::{Capacity, Period, ReturnKind},
    time::{TaxYear, Timestamp},
};
use std::{
    collections::{BTreeMap, BTreeSet},
    rc::Rc,
};

/// The moment 12 March 2026, 14:02 in the Netherlands.
pub const NOW: Timestamp = Timestamp(1_773_320_520_000);
pub const HOUR: i64 = 3_600;

pub const MARIEKE: u8 = 1;
pub const THOMAS: u8 = 2;

pub fn person(n: u8) -> PersonId {
    PersonId::from_bytes([n; 16])
}

pub fn task(n: u8) -> TaskId {
    TaskId::from_bytes([n; 16])
}

pub fn checklist() -> ChecklistId {
    ChecklistId::from_bytes([7; 16])
}

/// Returns the income tax return of a person; both are filed together.
pub fn tax_return(n: u8) -> TaxReturnId {
    TaxReturnId::from_bytes([80 + n; 16])
}

pub fn key() -> YearKey {
    YearKey { client: ClientId::from_bytes([9; 16]), tax_year: TaxYear(2025) }
}

pub fn place(question: &str) -> AnswerKey {
    AnswerKey { checklist: checklist(), question: question.to_owned(), person: None, row: None }
}

pub fn of_person(question: &str, n: u8) -> AnswerKey {
    AnswerKey { person: Some(person(n)), ..place(question) }
}

const TEMPLATE: &str = r#"{
  "id": "ib-2025", "version": 1, "year": 2025,
  "title": {"nl": "Checklist IB 2025", "en": "Checklist income tax 2025"},
  "sections": [
    {"id": "wonen", "title": {"nl": "Wonen", "en": "Home"},
     "lead": {"nl": "Over het huis waar u in 2025 woonde.", "en": "About your home in 2025."},
     "questions": [
      {"id": "verhuisd", "kind": "yes_no", "text": {"nl": "Bent u in 2025 verhuisd?", "en": "Did you move in 2025?"},
       "help": {"nl": "Sommige kosten mag u aftrekken.", "en": "Some costs are deductible."},
       "followups": [
        {"id": "sleutel", "kind": "date", "text": {"nl": "Wanneer kreeg u de sleutel?", "en": "When did you get the key?"}},
        {"id": "nota", "kind": "upload", "text": {"nl": "Nota van afrekening", "en": "Notary's settlement"},
         "help": {"nl": "Van de notaris.", "en": "From the notary."}}]},
      {"id": "woz", "kind": "amount", "text": {"nl": "Wat is de WOZ-waarde?", "en": "What is the WOZ value?"}}]},
    {"id": "inkomen", "title": {"nl": "Werk en inkomen", "en": "Work and income"},
     "questions": [
      {"id": "bijverdienste", "kind": "amount", "per": "person",
       "text": {"nl": "Hoeveel verdiende u bij?", "en": "How much did you earn on the side?"}},
      {"id": "werkgevers", "kind": "rows", "text": {"nl": "Bij wie werkte u?", "en": "Who employed you?"},
       "columns": [{"id": "werkgever", "kind": "text", "text": {"nl": "Naam van de werkgever", "en": "Name of the employer"}}]}]}
  ]}"#;

/// Returns the season before anybody did anything: a checklist, a document request and a tax return to approve.
pub fn year() -> DossierYear {
    let profile = |name: &str, given_name: &str| Person {
        name: name.to_owned(),
        given_name: given_name.to_owned(),
        role: Role::Approver,
        language: Language::Nl,
    };
    let task = |n: u8, kind: TaskKind, nl: &str, en: &str| GivenTask {
        id: task(n),
        closing: None,
        task: Task {
            kind,
            title: Bilingual::new(nl, en),
            due: Some(jiff::civil::date(2026, 4, 1)),
            asked_by: "Sanne".to_owned(),
            at: NOW.plus_seconds(-48 * HOUR),
        },
    };
    DossierYear {
        cover: Some(Cover {
            firm: FirmProfile {
                name: "Wilgenhof Belastingadvies".to_owned(),
                phone: "030 234 56 78".to_owned(),
                accent: "#0f5b66".to_owned(),
            },
            advisor: AdvisorProfile {
                name: "Sanne de Wit".to_owned(),
                given_name: "Sanne".to_owned(),
                hours: "Ma t/m do, 9.00 – 17.00 uur".to_owned(),
            },
            client_number: "10042".to_owned(),
            tax_year: TaxYear(2025),
        }),
        people: BTreeMap::from([
            (person(MARIEKE), profile("Marieke Jansen", "Marieke")),
            (person(THOMAS), profile("Thomas Bakker", "Thomas")),
        ]),
        checklists: BTreeMap::from([(checklist(), Checklist::of(Template::from_json(TEMPLATE).unwrap()).into())]),
        tasks: vec![
            task(
                1,
                TaskKind::Approval(tax_return(MARIEKE)),
                "Aangifte IB 2025 controleren en akkoord geven",
                "Check and approve",
            ),
            task(2, TaskKind::Checklist(checklist()), "Checklist IB 2025 invullen", "Fill in the checklist"),
            task(
                3,
                TaskKind::DocumentRequest(vec![RequestItem::of("Jaaropgave Gemeente Utrecht, over 2025")]),
                "Stuur uw jaaropgave",
                "Send your annual statement",
            ),
        ],
        revisions: vec![revision(2)],
        ..DossierYear::default()
    }
}

/// A year whose returns Marieke had on her screen.
pub fn read(mut season: DossierYear) -> DossierYear {
    for given in &mut season.revisions {
        if let Some(consent) = given.consents.get_mut(&person(MARIEKE)) {
            consent.opened = Some(NOW);
        }
    }
    season
}

/// Returns revision `number` of the tax return, which both are asked to approve.
pub fn revision(number: u32) -> GivenRevision {
    let consent = || {
        Consent::asked(ApprovalRequest {
            nonce: Nonce([3; 32]),
            capacity: Capacity::Partner,
            signer: "Marieke Jansen".to_owned(),
            statement: "Ik heb de aangifte bekeken.".to_owned(),
            after: Vec::new(),
            at: NOW.plus_seconds(-HOUR),
        })
    };
    GivenRevision {
        id: RevisionId::from_bytes([number as u8; 16]),
        revision: Revision {
            tax_returns: [MARIEKE, THOMAS].map(tax_return).to_vec(),
            number,
            file: DeliveredFile {
                name: "aangifte.pdf".to_owned(),
                size: 240_000,
                hash: ContentHash::of(&[number as u8]),
                pages: 14,
            },
            results: [(MARIEKE, 184_200), (THOMAS, -55_800)]
                .map(|(n, cents)| TaxResult { tax_return: tax_return(n), of: ResultOf::Tax, amount: Cents(cents) })
                .to_vec(),
            figures: vec![
                Figure {
                    label: "Loon Gemeente Utrecht".to_owned(),
                    this_year: Cents(4_821_000),
                    last_year: Some(Cents(4_602_000)),
                },
                Figure { label: "Giften".to_owned(), this_year: Cents(42_000), last_year: None },
            ],
            basis: Basis::Approval,
            scope: None,
            enough: Enough::All,
            corrects: None,
            by: "Sanne de Wit".to_owned(),
            at: NOW.plus_seconds(-2 * HOUR),
        },
        tax_returns: [(MARIEKE, "Marieke Jansen"), (THOMAS, "Thomas Bakker")]
            .map(|(n, name)| (tax_return(n), income_tax(n, name)))
            .to_vec(),
        void: None,
        recall: None,
        covered_until: None,
        filings: BTreeMap::new(),
        consents: BTreeMap::from([(person(MARIEKE), consent()), (person(THOMAS), consent())]),
    }
}

fn income_tax(n: u8, name: &str) -> TaxReturn {
    TaxReturn {
        taxpayer: Taxpayer::Person(person(n)),
        taxpayer_name: name.to_owned(),
        kind: ReturnKind::Ib,
        name: String::new(),
        period: Period::year(TaxYear(2025)),
        number: 1,
        postponed_until: None,
        at: NOW,
    }
}

/// Marks a revision as filed.
pub fn file(given: &mut GivenRevision) {
    let filing = Filing { at: NOW, by: "Sanne de Wit".to_owned(), reason: String::new(), undone_at: None };
    let all = given.revision.tax_returns.iter();
    given.filings = all.map(|tax_return| (*tax_return, filing.clone())).collect();
}

/// Adds an approval by a person `hours` ago, with the server's finding.
pub fn approve(given: &mut GivenRevision, n: u8, hours: i64, finding: Option<Finding>) -> ApprovalId {
    let id = ApprovalId::from_bytes([n; 16]);
    let at = NOW.plus_seconds(-hours * HOUR);
    let bytes = || Base64(vec![1]);
    let approval = Approval {
        revision: given.id,
        by: person(n),
        at,
        signed: given.to_sign(person(n)).into_iter().collect(),
        signature: Signature::Passkey(Assertion {
            credential: bytes(),
            authenticator_data: bytes(),
            client_data: bytes(),
            signature: bytes(),
        }),
    };
    let consent = given.consents.get_mut(&person(n)).unwrap();
    consent.approvals.push((id, approval, finding.map(|finding| Verdict { at, finding })));
    id
}

/// Adds an answer by a person `hours` ago.
pub fn answer(year: &mut DossierYear, key: AnswerKey, value: AnswerValue, n: u8, hours: i64) {
    let answer = Answer { value, by: person(n), at: NOW.plus_seconds(-hours * HOUR) };
    year.answers.given.entry(key).or_default().push(answer);
}

/// Adds a file that Marieke gave.
pub fn attach(year: &mut DossierYear, n: u8, name: &str, answers: Option<AnswerKey>, received: bool) -> AttachmentId {
    let (id, hash) = (AttachmentId::from_bytes([n; 16]), ContentHash::of(&[n]));
    year.attachments.push(GivenAttachment {
        id,
        attachment: Attachment {
            name: name.to_owned(),
            media_type: "application/pdf".to_owned(),
            size: 2_440_000,
            hash,
            by: person(MARIEKE),
            at: NOW.plus_seconds(-HOUR),
            answers: answers.clone(),
            task: None,
            item: None,
            kind: None,
            replaces: None,
            year: None,
            note: String::new(),
        },
        withdrawal: None,
        receipt: received.then(|| Receipt { at: NOW, hash, size: 2_440_000, media_type: "application/pdf".to_owned() }),
        intake: None,
    });
    year.answers.documents.extend(answers.map(|key| (key, NOW)));
    id
}

/// Returns the year as Marieke sees it, connected and with everything received.
pub fn view(year: DossierYear) -> View {
    let uploads = year
        .attachments
        .iter()
        .map(|a| (a.id, if a.receipt.is_some() { UploadState::Received } else { UploadState::Waiting }));
    View {
        key: key(),
        me: Some(person(MARIEKE)),
        workspace: workspace(),
        now: NOW,
        offset: 60,
        unsent_records: Rc::default(),
        uploads: Rc::new(uploads.collect()),
        year: Rc::new(year),
    }
}

pub fn workspace() -> Workspace {
    Workspace {
        language: Language::Nl,
        name: "Marieke Jansen".to_owned(),
        given_name: "Marieke".to_owned(),
        hour: NOW.at_offset(60).hour(),
        firm: "Wilgenhof Belastingadvies".to_owned(),
        logo: None,
        connection: Connection::Connected,
        saving: Saving::Saved,
        unsent: 0,
        network: true,
        waiting: None,
        is_clock_wrong: false,
        dossiers: Vec::new(),
    }
}

/// Takes the network away, and leaves these records only on the device.
pub fn offline(mut view: View, unsent: &[(Section, String)]) -> View {
    view.workspace.connection = Connection::Offline;
    view.workspace.unsent = unsent.len();
    view.unsent_records = Rc::new(unsent.iter().cloned().collect::<BTreeSet<_>>());
    view
}

/// Changes the language to English.
pub fn english(mut view: View) -> View {
    view.workspace.language = Language::En;
    view
}

pub fn identity() -> Identity {
    Identity {
        account: AccountId::from_bytes([5; 16]),
        user_name: "marieke".to_owned(),
        device: DeviceId::from_bytes([6; 16]),
        memberships: vec![Membership {
            client: key().client,
            person: person(MARIEKE),
            name: "Marieke Jansen".to_owned(),
            given_name: "Marieke".to_owned(),
            email: "marieke@voorbeeld.nl".to_owned(),
            language: Language::Nl,
            firm_name: "Wilgenhof Belastingadvies".to_owned(),
            firm_phone: "030 234 56 78".to_owned(),
            accent: "#0f5b66".to_owned(),
            until: None,
            logo: None,
            login_path: String::new(),
        }],
        is_advisor: false,
        rp_id: "localhost".to_owned(),
        passkeys: Vec::new(),
        device_keys: Vec::new(),
    }
}

/// Renders a page to HTML.
pub fn html<P: Clone + 'static>(page: fn(P) -> Element, props: P) -> String {
    let mut dom = VirtualDom::new_with_props(page, props);
    dom.rebuild_in_place();
    dioxus_ssr::render(&dom)
}
