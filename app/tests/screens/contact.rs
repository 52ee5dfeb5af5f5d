//! Tests of personal details and their changes, messages, and the choice between dossiers.

use crate::{
    overview::overview,
    season::{MARIEKE, NOW, THOMAS, html, identity, person, view, workspace, year},
};
use app::{
    component::{detail_rows::Staged, quarantine::QuarantineNotice, switcher::Switcher},
    screen::DetailsPage,
    view::{OtherDossier, View, Workspace},
};
use dioxus::prelude::*;
use documents::dossier::{DossierYear, GivenMessage, GivenProposal, Sender};
use model::{id::*, language::Language, record::*};
use std::collections::BTreeMap;

#[derive(Clone)]
struct Page {
    view: View,
    staged: BTreeMap<PersonId, BTreeMap<DetailField, Staged>>,
}

fn details(year: DossierYear, staged: BTreeMap<DetailField, Staged>) -> String {
    let page = Page { view: view(year), staged: BTreeMap::from([(person(MARIEKE), staged)]) };
    html(
        |page: Page| {
            rsx! {
                DetailsPage {
                    workspace: page.view.workspace.clone(),
                    identity: identity(),
                    views: vec![page.view],
                    staged: page.staged,
                    on_change: |_| {},
                    on_wants: |_| {},
                    on_leaving: |_| {},
                    on_log_out: |()| {},
                }
            }
        },
        page,
    )
}

fn known(fields: &[(DetailField, &str)]) -> DossierYear {
    let fields = fields.iter().map(|(field, value)| (*field, (*value).to_owned())).collect();
    let mut year = year();
    year.details.insert(person(MARIEKE), PersonalDetails { fields });
    year
}

fn proposal(reply: Option<ProposalReply>) -> GivenProposal {
    GivenProposal {
        id: ProposalId::from_bytes([5; 16]),
        proposal: ChangeProposal {
            by: person(MARIEKE),
            at: NOW,
            person: person(MARIEKE),
            circumstance: Circumstance::Details,
            effective: None,
            changes: vec![DetailChange {
                field: DetailField::Phone,
                old: "06 1111 1111".into(),
                new: "06 2222 2222".into(),
            }],
            remark: String::new(),
        },
        withdrawal: None,
        reply,
    }
}

#[test]
fn a_citizen_service_number_is_masked_until_somebody_asks() {
    let page = details(known(&[(DetailField::Bsn, "111222333")]), BTreeMap::new());
    assert!(page.contains("•••••2333") && !page.contains("111222333"), "{page}");
    assert!(page.contains("Toon"));
}

#[test]
fn what_is_not_sent_shows_old_and_new_and_what_the_advisor_made_of_it_meanwhile() {
    let change = Staged { old: "06 1111 1111".into(), new: "06 2222 2222".into() };
    let staged = || BTreeMap::from([(DetailField::Phone, change.clone())]);
    let page = details(known(&[(DetailField::Phone, "06 1111 1111")]), staged());
    for words in ["1 wijziging", "Nog niet verstuurd", "Was:", "Wordt:", "Telefoon terugzetten", "Stuur naar Sanne"] {
        assert!(page.contains(words), "{words}: {page}");
    }
    assert!(!page.contains("intussen"));
    let page = details(known(&[(DetailField::Phone, "06 3333 3333")]), staged());
    assert!(page.contains("Sanne heeft dit intussen ook gewijzigd: 06 3333 3333"), "{page}");
}

#[test]
fn a_reported_change_says_what_became_of_it() {
    let reply = |taken_over, remark: &str| {
        Some(ProposalReply { taken_over, remark: remark.into(), by: "Sanne de Wit".into(), at: NOW })
    };
    let cases = [
        (None, "Ontvangen door Wilgenhof Belastingadvies"),
        (reply(true, ""), "Overgenomen door Sanne de Wit"),
        (reply(false, "Is dit uw werknummer?"), "Is dit uw werknummer?"),
    ];
    for (reply, words) in cases {
        let is_open = reply.is_none();
        let mut year = known(&[(DetailField::Phone, "06 1111 1111")]);
        year.proposals = vec![proposal(reply)];
        let page = details(year, BTreeMap::new());
        assert!(page.contains(words), "{words}: {page}");
        assert_eq!(page.contains("Trek Marieke in"), is_open);
    }
    let mut year = known(&[]);
    year.people.get_mut(&person(MARIEKE)).unwrap().role = Role::Reader;
    year.proposals = vec![proposal(None)];
    let page = details(year, BTreeMap::new());
    assert!(!page.contains("Trek Marieke in") && !page.contains(">Wijzig<") && !page.contains("Verhuisd"), "{page}");
}

#[test]
fn a_message_of_the_firm_counts_as_new_until_it_was_read() {
    let mut year = year();
    year.messages = vec![GivenMessage {
        id: MessageId::from_bytes([4; 16]),
        from: Sender::Advisor("Sanne de Wit".into()),
        at: NOW,
        body: "Kunt u bellen?".into(),
        about: None,
        answer: None,
        attachments: Vec::new(),
        files: Vec::new(),
    }];
    assert!(overview(view(year.clone())).contains("1 nieuw bericht"));
    let read = |by: u8| Reading { by: person(by), at: NOW, through: NOW };
    year.readings.insert(person(THOMAS), read(THOMAS));
    assert!(overview(view(year.clone())).contains("1 nieuw bericht"), "what Thomas read is new to Marieke");
    year.readings.insert(person(MARIEKE), read(MARIEKE));
    assert!(!overview(view(year)).contains("nieuw bericht"));
}

#[test]
fn what_cannot_be_sent_although_there_is_a_network_can_be_tried_at_once() {
    let mut shown = view(year());
    shown.workspace.connection = app::client::Connection::Offline;
    shown.workspace.unsent = 2;
    let page = overview(shown.clone());
    assert!(page.contains("Versturen lukt nog niet") && page.contains("Nu proberen"), "{page}");
    shown.workspace.network = false;
    assert!(!overview(shown).contains("Nu proberen"));
}

#[test]
fn several_dossiers_can_be_chosen_from_and_say_what_waits_elsewhere() {
    let shown = |workspace: Workspace| {
        html(
            |workspace: Workspace| {
                rsx! {
                    Switcher { workspace }
                }
            },
            workspace,
        )
    };
    assert!(!shown(workspace()).contains("Kies een dossier"));
    let dossier = |n: u8, firm: &str, open, current| OtherDossier {
        client: ClientId::from_bytes([n; 16]),
        firm: firm.to_owned(),
        people: "Marieke Jansen".to_owned(),
        open,
        current,
    };
    let dossiers = vec![dossier(1, "Wilgenhof", 1, true), dossier(2, "Noord", 3, false)];
    let page = shown(Workspace { dossiers, ..workspace() });
    assert!(page.contains("Kies een dossier, 3 dingen in andere dossiers"), "{page}");
    assert!(page.contains("aria-haspopup=\"dialog\""));
}

#[test]
fn what_the_firm_did_not_take_is_said_only_where_there_is_something() {
    let notice = |count: usize| {
        html(
            |count: usize| {
                rsx! {
                    QuarantineNotice { language: Language::Nl, count, on_save: |()| {} }
                }
            },
            count,
        )
    };
    assert_eq!(notice(0), "");
    assert!(notice(1).contains("1 ding kon niet naar uw kantoor") && notice(1).contains("Bewaar als bestand"));
    assert!(notice(3).contains("3 dingen konden niet naar uw kantoor"));
}
