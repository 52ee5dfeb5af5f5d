//! Tests of standing consents: one covers only what it names, and only while it stands.

use crate::household::{MARIEKE, NOW, THOMAS, id};
use documents::{document::Document, dossier::DossierYear};
use model::{
    approval::Nonce,
    hash::ContentHash,
    id::*,
    language::Language,
    record::*,
    section::{Party, Write},
    tax_return::{Capacity, ReturnKind},
    time::{Date, Timestamp},
};

const CONSENT: RevisionId = RevisionId::from_bytes(id(41));
const COVERED: RevisionId = RevisionId::from_bytes(id(42));

/// What became of the consent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Became {
    Unsigned,
    Signed,
    Declined,
    Replaced,
    TakenBack,
}

const ALL: [Became; 5] = [Became::Unsigned, Became::Signed, Became::Declined, Became::Replaced, Became::TakenBack];

fn until() -> Date {
    Date::constant(2027, 3, 31)
}

fn tax_return(taxpayer: Taxpayer, kind: ReturnKind, period: &str) -> TaxReturn {
    TaxReturn {
        taxpayer,
        taxpayer_name: "Marieke".into(),
        kind,
        name: String::new(),
        period: period.parse().unwrap(),
        number: 1,
        postponed_until: None,
        at: NOW,
    }
}

fn revision(of: TaxReturnId, basis: Basis, scope: Option<ConsentScope>) -> Revision {
    Revision {
        tax_returns: vec![of],
        number: 1,
        file: DeliveredFile { name: "a.pdf".into(), size: 1, hash: ContentHash([1; 32]), pages: 1 },
        results: Vec::new(),
        figures: Vec::new(),
        basis,
        scope,
        enough: Enough::All,
        corrects: None,
        by: "Sanne de Wit".into(),
        at: NOW,
    }
}

/// Returns a year with Marieke's consent for VAT and EU sales of 2026, and a return that is based on it.
fn year(became: Became, wanted: &TaxReturn) -> DossierYear {
    let [of_consent, of_return] = [51, 52].map(|n| TaxReturnId::from_bytes(id(n)));
    let marieke = Taxpayer::Person(MARIEKE.person);
    let someone =
        Person { name: "Marieke".into(), given_name: "Marieke".into(), role: Role::Approver, language: Language::Nl };
    let scope = ConsentScope { kinds: vec![ReturnKind::Ob, ReturnKind::Icp], until: until() };
    let request = ApprovalRequest {
        nonce: Nonce([1; 32]),
        capacity: Capacity::Taxpayer,
        signer: "Marieke".into(),
        statement: "Akkoord".into(),
        after: Vec::new(),
        at: NOW,
    };
    let asked = |revision| PerPerson { revision, person: MARIEKE.person };
    let mut writes = vec![
        Write::of(&MARIEKE.person, &someone),
        Write::of(&of_consent, &tax_return(marieke, ReturnKind::StandingConsent, "2026")),
        Write::of(&of_return, wanted),
        Write::of(&CONSENT, &revision(of_consent, Basis::Approval, Some(scope))),
        Write::of(&COVERED, &revision(of_return, Basis::StandingConsent(CONSENT), None)),
        Write::of(&asked(CONSENT), &request),
        Write::of(&asked(COVERED), &request),
    ];
    if became != Became::Unsigned {
        let file = DeliveredFile { name: "b.pdf".into(), size: 1, hash: ContentHash([2; 32]), pages: 1 };
        let paper = PaperApproval { file, signed_on: Date::constant(2026, 1, 2), by: "Sanne".into(), at: NOW };
        writes.push(Write::of(&asked(CONSENT), &paper));
    }
    if became == Became::Replaced {
        writes.push(Write::of(&CONSENT, &Void { at: NOW, replaced_by: COVERED }));
    }
    if became == Became::TakenBack {
        let recall = Recall { reason: "Vergissing".into(), by: "Sanne".into(), at: NOW };
        writes.push(Write::of(&RecallTarget::Revision(CONSENT), &recall));
    }
    let (mut firm, mut client) = (Document::blank(Party::Firm).unwrap().0, Document::blank(Party::Client).unwrap().0);
    firm.write(&id(90), NOW, &writes).unwrap();
    if became == Became::Declined {
        let at = Timestamp(NOW.0 + 1);
        let decline = Decline { revision: CONSENT, by: MARIEKE.person, at, reason: "Toch niet".into() };
        client.write(&id(91), NOW, &[Write::of(&DeclineId::from_bytes(id(60)), &decline)]).unwrap();
    }
    let year = DossierYear::read(Some(&firm), Some(&client));
    assert!(year.unknown.is_empty(), "{:?}", year.unknown);
    year
}

#[test]
fn a_standing_consent_covers_what_it_names_while_it_stands_and_nothing_else() {
    let taxpayers = [Taxpayer::Person(MARIEKE.person), Taxpayer::Person(THOMAS.person), Taxpayer::Company];
    let kinds = [ReturnKind::Ob, ReturnKind::Icp, ReturnKind::Lh, ReturnKind::SuppletieOb, ReturnKind::StandingConsent];
    let periods = ["2026-Q1", "2026-12", "2026", "2025-Q4", "2027-01", "2025-07-01/2026-06-30"];
    for (became, taxpayer) in ALL.into_iter().flat_map(|became| taxpayers.map(|taxpayer| (became, taxpayer))) {
        for (kind, period) in kinds.into_iter().flat_map(|kind| periods.map(|period| (kind, period))) {
            let wanted = tax_return(taxpayer, kind, period);
            let year = year(became, &wanted);
            let fits = became == Became::Signed
                && taxpayer == taxpayers[0]
                && [ReturnKind::Ob, ReturnKind::Icp].contains(&kind)
                && periods[..3].contains(&period);
            let given = year.revision(COVERED).unwrap();
            let case = format!("{became:?} {taxpayer:?} {kind:?} {period}");
            assert_eq!(given.covered_until, fits.then(until), "{case}");
            assert_eq!(given.is_clear_to_file(), fits, "{case}");
            assert_eq!(given.is_clear_to_file_on(until()), fits, "{case}");
            assert!(!given.is_clear_to_file_on(until().tomorrow().unwrap()), "{case}");
            let asked = [(taxpayer, kind, wanted.period)];
            assert!(year.standing_consent_for(&asked, until().tomorrow().unwrap()).is_none(), "{case}");
            let found = year.standing_consent_for(&asked, until());
            assert_eq!(found.map(|(consent, day)| (consent.id, day)), fits.then(|| (CONSENT, until())), "{case}");
            assert!(!given.is_approved(), "nobody approved it: {case}");
            assert!(!year.revision(CONSENT).unwrap().may_be_filed(), "a consent is not filed: {case}");
        }
    }
}

#[test]
fn a_return_that_names_a_consent_that_is_not_there_is_not_covered() {
    let wanted = tax_return(Taxpayer::Person(MARIEKE.person), ReturnKind::Ob, "2026-Q1");
    let mut year = year(Became::Signed, &wanted);
    year.revisions.retain(|given| given.id != CONSENT);
    assert!(year.standing_consent_for(&[(wanted.taxpayer, wanted.kind, wanted.period)], until()).is_none());
    assert!(year.standing_consents().next().is_none());
}
