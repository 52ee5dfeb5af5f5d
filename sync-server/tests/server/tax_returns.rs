//! Tests of tax returns: each is one of a taxpayer, a kind and a period, and has revisions, approvals and a filing of
//! its own.

use documents::dossier::{DossierYear, GivenRevision, TaskState};
use dossiers::{ActionError, NewRevision, WantedReturn, Which, evidence, proposed_capacity};
use model::{
    hash::ContentHash,
    id::*,
    language::Language,
    money::Cents,
    record::*,
    tax_return::{Capacity, Period, ReturnKind},
    time::TaxYear,
};
use proof::{
    evidence::{PackFault, RecordKind, verify},
    seal::Seal,
};
use sha2::{Digest, Sha256};
use storage::clock::random;
use testkit::console_page::{ConsolePage, PAGE, YEAR, assert_redirect, pdf};

fn wanted(taxpayer: Taxpayer, kind: ReturnKind, period: &str) -> WantedReturn {
    WantedReturn::of(taxpayer, kind, period.parse().unwrap())
}

/// Returns a revision of returns that everybody of the household approves in the usual capacity.
fn new(console: &ConsolePage, returns: Vec<WantedReturn>) -> NewRevision {
    let approvers = console.home.people.iter().map(|person| (person.id, proposed_capacity(&returns, person.id)));
    let approvers = approvers.collect();
    let file = DeliveredFile { name: "a.pdf".into(), size: 1, hash: ContentHash(random()), pages: 1 };
    NewRevision { returns, approvers, ..NewRevision::of_household(&DossierYear::default(), YEAR, file) }
}

fn set_out_in(console: &ConsolePage, year: TaxYear, new: NewRevision) -> Result<RevisionId, ActionError> {
    let (dossiers, home) = (&console.app.state.dossiers, &console.home);
    dossiers.set_out_revision(&home.advisor, home.client.id, year, new)
}

fn set_out(console: &ConsolePage, returns: Vec<WantedReturn>) -> RevisionId {
    set_out_in(console, YEAR, new(console, returns)).unwrap()
}

fn given(console: &ConsolePage, revision: RevisionId) -> GivenRevision {
    console.year().revision(revision).unwrap().clone()
}

fn file(console: &ConsolePage, revision: RevisionId, reason: &str) -> Result<(), ActionError> {
    let (dossiers, home) = (&console.app.state.dossiers, &console.home);
    dossiers.file_revision(&home.advisor, home.client.id, YEAR, revision, reason)
}

fn person(console: &ConsolePage, n: usize) -> Taxpayer {
    Taxpayer::Person(console.home.people[n].id)
}

#[tokio::test]
async fn nineteen_returns_of_a_year_stand_side_by_side() {
    let console = ConsolePage::new().await;
    let mut returns = vec![
        wanted(person(&console, 0), ReturnKind::Ib, "2025"),
        wanted(person(&console, 1), ReturnKind::Ib, "2025"),
        wanted(Taxpayer::Company, ReturnKind::Vpb, "2025"),
    ];
    returns.extend((1..=4).map(|n| wanted(Taxpayer::Company, ReturnKind::Ob, &format!("2025-Q{n}"))));
    returns.extend((1..=12).map(|n| wanted(Taxpayer::Company, ReturnKind::Lh, &format!("2025-{n:02}"))));
    for wanted in returns {
        set_out(&console, vec![wanted]);
    }
    let year = console.year();
    assert_eq!((year.current_revisions().len(), year.tasks.len(), year.tax_returns.len()), (19, 19, 19));
    assert!(year.revisions.iter().all(|r| r.revision.number == 1 && r.void.is_none()));
    let mut titles: Vec<_> = year.current_revisions().iter().map(|r| r.title(Language::Nl)).collect();
    assert!(titles.contains(&"Aangifte OB 3e kwartaal 2025".to_owned()), "{titles:?}");
    assert_eq!(titles[0], "Aangifte IB 2025");
    titles.sort_unstable();
    titles.dedup();
    assert_eq!(titles.len(), 18, "both partners have one over 2025");
    // A new version of one of them voids nothing else.
    let second = set_out(&console, vec![wanted(Taxpayer::Company, ReturnKind::Ob, "2025-Q2")]);
    assert_eq!(given(&console, second).revision.number, 2);
    let year = console.year();
    assert_eq!((year.current_revisions().len(), year.tasks.len()), (19, 19));
    assert_eq!(year.revisions.iter().filter(|r| r.void.is_some()).count(), 1);
}

#[tokio::test]
async fn partners_who_file_together_have_one_task_and_sign_once_for_both() {
    let console = ConsolePage::new().await;
    // The partner's own one was set out by itself before.
    let alone = set_out(&console, vec![wanted(person(&console, 1), ReturnKind::Ib, "2025")]);
    let both =
        vec![wanted(person(&console, 0), ReturnKind::Ib, "2025"), wanted(person(&console, 1), ReturnKind::Ib, "2025")];
    let mut asked = new(&console, both);
    asked.results =
        vec![(0, ResultOf::Tax, Cents(184_200)), (1, ResultOf::Tax, Cents(-55_800)), (1, ResultOf::Zvw, Cents(-100))];
    let joint = set_out_in(&console, YEAR, asked).unwrap();
    let year = console.year();
    assert!(year.revision(alone).unwrap().void.is_some());
    assert_eq!(year.current_revisions().len(), 1);
    let open = year.tasks.iter().filter(|t| year.task_state(t, console.home.people[1].id) == TaskState::Open);
    assert_eq!(open.count(), 1);
    let given = given(&console, joint);
    for (n, of_own) in [(0, 1), (1, 2)] {
        let id = console.home.people[n].id;
        let request = &given.consents[&id].request;
        assert_eq!(request.capacity, Capacity::Partner);
        for part in ["Marieke Jansen", "Thomas", "2025"] {
            assert!(request.statement.contains(part), "{}", request.statement);
        }
        assert_eq!(given.results_of(id).count(), of_own);
    }
    let marieke = &given.consents[&console.home.people[0].id].request.statement;
    assert!(marieke.contains("te ontvangen € 1.842") && marieke.contains("Zvw: te betalen € 1"), "{marieke}");
    assert!(marieke.contains("verdeling van de gezamenlijke posten"), "{marieke}");
}

#[tokio::test]
async fn a_further_one_of_a_period_is_another_return() {
    let console = ConsolePage::new().await;
    let suppletie = |which| WantedReturn { which, ..wanted(Taxpayer::Company, ReturnKind::SuppletieOb, "2025-Q2") };
    let first = set_out(&console, vec![suppletie(Which::Newest)]);
    let second = set_out(&console, vec![suppletie(Which::Further)]);
    let again = set_out(&console, vec![suppletie(Which::Newest)]);
    let year = console.year();
    assert!(year.revision(first).unwrap().void.is_none());
    assert!(year.revision(second).unwrap().void.is_some(), "what is not said is a new version of the newest");
    assert_eq!(given(&console, again).title(Language::Nl), "Suppletie OB 2e kwartaal 2025 (2)");
    let statement = &given(&console, again).consents.values().next().unwrap().request.statement.clone();
    assert!(statement.starts_with("Suppletie omzetbelasting nummer 2, 2e kwartaal 2025, van "), "{statement}");
    let skipped = set_out_in(&console, YEAR, new(&console, vec![suppletie(Which::Number(4))]));
    assert!(matches!(skipped, Err(ActionError::NoReturn)));
}

#[tokio::test]
async fn what_does_not_fit_is_refused_and_nothing_of_it_is_kept() {
    let console = ConsolePage::new().await;
    set_out(&console, vec![wanted(Taxpayer::Company, ReturnKind::Ob, "2025-Q1")]);
    let before = console.year();
    let one = |taxpayer, kind, period: &str| vec![wanted(taxpayer, kind, period)];
    let (me, partner, company) = (person(&console, 0), person(&console, 1), Taxpayer::Company);
    let stranger = Taxpayer::Person(PersonId::from_random(random()));
    let refused: Vec<(&str, Vec<WantedReturn>)> = vec![
        ("no return", vec![]),
        ("a company's income tax", one(company, ReturnKind::Ib, "2025")),
        ("a person's corporation tax", one(me, ReturnKind::Vpb, "2025")),
        ("income tax of a quarter", one(me, ReturnKind::Ib, "2025-Q1")),
        ("somebody who is not there", one(stranger, ReturnKind::Ib, "2025")),
        ("another year", one(me, ReturnKind::Ib, "2024")),
        ("a period that overlaps", one(company, ReturnKind::Ob, "2025-02")),
        ("what has no name", one(me, ReturnKind::Other, "2025")),
        ("one taxpayer twice", [one(me, ReturnKind::Ib, "2025"), one(me, ReturnKind::Ib, "2025")].concat()),
        (
            "what is not filed together",
            [one(me, ReturnKind::Ob, "2025-Q2"), one(partner, ReturnKind::Ob, "2025-Q2")].concat(),
        ),
        ("two kinds", [one(me, ReturnKind::Ib, "2025"), one(partner, ReturnKind::IbMigration, "2025")].concat()),
    ];
    for (what, returns) in refused {
        assert!(set_out_in(&console, YEAR, new(&console, returns)).is_err(), "{what}");
    }
    let fit = || new(&console, one(me, ReturnKind::Ib, "2025"));
    let left = vec![(PersonId::from_random(random()), Capacity::Taxpayer)];
    for approvers in [vec![], left] {
        assert!(matches!(set_out_in(&console, YEAR, NewRevision { approvers, ..fit() }), Err(ActionError::NoApprover)));
    }
    let belongs = set_out_in(&console, YEAR, new(&console, one(company, ReturnKind::Vpb, "2025-07-01/2026-06-30")));
    assert!(matches!(belongs, Err(ActionError::OtherYear(TaxYear(2026)))));
    assert_eq!(console.year(), before);
    assert!(set_out_in(&console, YEAR, fit()).is_ok());
}

#[tokio::test]
async fn one_director_is_enough_where_one_may_act_alone_unless_another_refuses() {
    let console = ConsolePage::new().await;
    let [marieke, thomas] = console.home.people.clone();
    let returns = vec![wanted(Taxpayer::Company, ReturnKind::Vpb, "2024-07-01/2025-06-30")];
    let revision = set_out_in(&console, YEAR, NewRevision { enough: Enough::One, ..new(&console, returns) }).unwrap();
    assert!(given(&console, revision).consents.values().all(|c| c.request.capacity == Capacity::Director));
    assert!(matches!(file(&console, revision, ""), Err(ActionError::NotApproved)));
    let mut hers = console.app.person_browser(&marieke).await;
    console.approve(&mut hers, &marieke, revision).await;
    assert!(given(&console, revision).may_be_filed());
    let mut his = console.app.person_browser(&thomas).await;
    let decline = Decline { revision, by: thomas.id, at: console.app.now(), reason: "Nog niet".into() };
    console.write(&mut his, &DeclineId::from_random(random()), &decline).await;
    assert!(!given(&console, revision).may_be_filed());
    assert!(matches!(file(&console, revision, " "), Err(ActionError::NotApproved)));
    // Without approval it needs a reason, which stays beside it.
    file(&console, revision, "De termijn liep af").unwrap();
    let filed = given(&console, revision);
    assert!(filed.filed_at().is_some() && filed.filings.values().all(|f| f.reason == "De termijn liep af"));
}

#[tokio::test]
async fn a_correction_keeps_what_was_filed_and_the_mark_can_be_undone() {
    let mut console = ConsolePage::new().await;
    let [marieke, thomas] = console.home.people.clone();
    let first = console.set_out_revision("1").await;
    let mut hers = console.app.person_browser(&marieke).await;
    let mut his = console.app.person_browser(&thomas).await;
    console.approve(&mut hers, &marieke, first).await;
    console.approve(&mut his, &thomas, first).await;
    file(&console, first, "").unwrap();
    let second = console.set_out_revision("2").await;
    assert_eq!(given(&console, second).revision.corrects, Some(first));
    assert!(given(&console, first).void.is_none() && given(&console, first).filed_at().is_some());
    let page = console.page(&format!("{PAGE}/akkoord")).await;
    assert!(page.contains("Correctie van een aangifte die al is verstuurd"), "{page}");
    let undone = console.browser.submit(&format!("{PAGE}/akkoord/{first}/niet-verstuurd"), &[]).await;
    assert_redirect(&undone, &format!("{PAGE}/akkoord"));
    let given = given(&console, first);
    assert!(given.filed_at().is_none() && given.filings.values().all(|f| f.undone_at.is_some()));
}

#[tokio::test]
async fn the_form_asks_for_a_return_of_any_kind_and_period() {
    let mut console = ConsolePage::new().await;
    let company = [
        ("kind", "ob"),
        ("taxpayer", "company"),
        ("period", "2025-Q3"),
        ("outcome_company", "1.284"),
        ("way_outcome_company", "pay"),
        ("figure_0", "Voorbelasting"),
        ("this_year_0", "(1.200)"),
        ("last_year_0", "900-"),
    ];
    let fields = |fields: &[(&str, &str)]| -> Vec<_> {
        fields.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
    };
    let answer = console.upload(&fields(&company), Some(&pdf("ob"))).await;
    assert_redirect(&answer, &format!("{PAGE}/akkoord"));
    let year = console.year();
    let given = &year.revisions[0];
    let tax_return = given.tax_return().unwrap();
    assert_eq!((tax_return.kind, tax_return.taxpayer), (ReturnKind::Ob, Taxpayer::Company));
    assert_eq!(tax_return.period, Period::quarter(2025, 3).unwrap());
    assert_eq!(given.revision.results[0].amount, Cents(-128_400));
    assert_eq!(
        (given.revision.figures[0].this_year, given.revision.figures[0].last_year),
        (Cents(-120_000), Some(Cents(-90_000)))
    );
    for (name, value, sentence) in [
        ("period", "2025", "Er is al een aangifte over een tijdvak dat hiermee overlapt"),
        ("period", "2024-Q3", "Dit tijdvak hoort bij 2024"),
        ("period", "2025-Q9", "Kies een tijdvak"),
        ("period", "2025-W3", "Dit tijdvak past niet"),
        ("taxpayer", "nobody", "Kies van wie de aangifte is"),
        ("taxpayer", "together", "kan niet van deze belastingplichtige zijn"),
        ("kind", "IB", "Kies een soort"),
        ("this_year_0", "12-3", "Dit is geen bedrag"),
    ] {
        let mut changed = fields(&company);
        changed.iter_mut().find(|(known, _)| known == name).unwrap().1 = value.to_owned();
        let answer = console.upload(&changed, Some(&pdf("ob"))).await;
        assert!(answer.status.is_client_error() && answer.text().contains(sentence), "{name}: {}", answer.text());
    }
    let of_version = [("tax_return", given.tax_returns[0].0.to_string()), ("outcome_company", "1.300".into())];
    let of_version: Vec<_> = of_version.into_iter().map(|(name, value)| (name.to_owned(), value)).collect();
    assert_redirect(&console.upload(&of_version, Some(&pdf("ob 2"))).await, &format!("{PAGE}/akkoord"));
    let year = console.year();
    assert_eq!((year.revisions[0].revision.number, year.tax_returns.len()), (2, 1));
}

/// Returns the material of a pack with another text in a record, as who writes the log anew could make it.
pub fn bent(honest: &evidence::Material, kind: RecordKind, from: &str, to: &str) -> evidence::Material {
    let mut material = honest.clone();
    let (link, json, change) = material.records.iter_mut().find(|(link, ..)| link.kind == kind).unwrap();
    assert!(json.contains(from), "{json}");
    let bent = json.replace(from, to);
    let at = change.windows(json.len()).position(|window| window == json.as_bytes()).unwrap();
    change[at..at + bent.len()].copy_from_slice(bent.as_bytes());
    *json = bent;
    // Who writes the log anew can also give the change another name.
    let name: [u8; 32] = Sha256::digest(&change[8..]).into();
    change[4..8].copy_from_slice(&name[..4]);
    link.change = ContentHash(name);
    material
}

#[tokio::test]
async fn a_pack_holds_only_for_the_return_and_the_capacity_that_the_statement_names() {
    let console = ConsolePage::new().await;
    let marieke = console.home.people[0].clone();
    let mut hers = console.app.person_browser(&marieke).await;
    let asked = new(&console, vec![wanted(person(&console, 0), ReturnKind::Ob, "2025-Q2")]);
    let paper = DeliveredFile { hash: ContentHash::of(b"x"), ..asked.file };
    let kept = console.app.state.dossiers.files().path(console.home.client.id, paper.hash);
    std::fs::create_dir_all(kept.parent().unwrap()).unwrap();
    std::fs::write(kept, b"x").unwrap();
    let revision = set_out_in(&console, YEAR, NewRevision { file: paper, ..asked }).unwrap();
    let approval = console.approve(&mut hers, &marieke, revision).await;
    let dossiers = &console.app.state.dossiers;
    let honest = evidence::collect(dossiers, console.home.client.id, YEAR, approval, None).unwrap();
    let seal = Seal::of(&[7; 32]).unwrap();
    let fault = |kind: RecordKind, from: &str, to: &str| {
        let material = bent(&honest, kind, from, to);
        verify(&evidence::make(&material, dossiers.relying_party(), &seal).unwrap()).err()
    };
    assert_eq!(fault(RecordKind::Request, "taxpayer", "taxpayer"), None, "only the seal tells");
    for (kind, from, to) in [
        (RecordKind::Request, "\"capacity\":\"taxpayer\"", "\"capacity\":\"director\""),
        (RecordKind::TaxReturn, "2025-Q2", "2025-Q3"),
        (RecordKind::TaxReturn, "\"ob\"", "\"lh\""),
        (RecordKind::TaxReturn, "Marieke", "Mariska"),
        (RecordKind::TaxReturn, "\"number\":1", "\"number\":2"),
    ] {
        assert_eq!(fault(kind, from, to), Some(PackFault::Statement), "{to}");
    }
}
