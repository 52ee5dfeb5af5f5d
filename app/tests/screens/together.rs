//! Tests of several small returns that are read one after the other and approved with one signature.

use crate::{overview::overview, season::*};
use app::{
    screen::{TogetherPage, TogetherStep},
    view::View,
};
use dioxus::prelude::*;
use documents::dossier::{DossierYear, GivenRevision, GivenTask};
use model::{
    hash::ContentHash,
    id::{RevisionId, TaskId},
    language::Bilingual,
    record::*,
    tax_return::ReturnKind,
};

const QUARTERS: [u8; 3] = [1, 2, 3];

/// Returns the VAT return of a quarter, of the client's company.
fn vat(quarter: u8) -> GivenRevision {
    let (id, of) = (RevisionId::from_bytes([20 + quarter; 16]), tax_return(10 + quarter));
    let mut given = revision(1);
    given.id = id;
    given.revision.tax_returns = vec![of];
    given.revision.results.clear();
    given.revision.file.hash = ContentHash::of(&[20 + quarter]);
    given.tax_returns = vec![(
        of,
        TaxReturn {
            taxpayer: Taxpayer::Company,
            taxpayer_name: "Jansen BV".to_owned(),
            kind: ReturnKind::Ob,
            name: String::new(),
            period: format!("2025-Q{quarter}").parse().unwrap(),
            number: 1,
            postponed_until: None,
            at: NOW,
        },
    )];
    for consent in given.consents.values_mut() {
        consent.request.statement = format!("Verklaring over kwartaal {quarter}.");
    }
    given
}

fn tasks() -> Vec<TaskId> {
    QUARTERS.map(|quarter| task(10 + quarter)).to_vec()
}

/// Returns a year in which three VAT returns wait beside the income tax return.
fn quarters() -> DossierYear {
    let mut season = year();
    for quarter in QUARTERS {
        season.revisions.push(vat(quarter));
        season.tasks.push(GivenTask {
            id: task(10 + quarter),
            closing: None,
            task: Task {
                kind: TaskKind::Approval(tax_return(10 + quarter)),
                title: Bilingual::new(format!("Aangifte OB {quarter}e kwartaal 2025"), "VAT"),
                due: None,
                asked_by: "Sanne".to_owned(),
                at: NOW,
            },
        });
    }
    season
}

fn page(view: View, step: TogetherStep) -> String {
    html(
        |(view, step): (View, TogetherStep)| {
            rsx! {
                TogetherPage {
                    view,
                    tasks: tasks(),
                    step,
                    on_step: |_| {},
                    on_sign: |_| {},
                    on_shown: |_| {},
                    on_decline: |_| {},
                }
            }
        },
        (view, step),
    )
}

fn of(season: &mut DossierYear, quarter: u8) -> &mut GivenRevision {
    let id = RevisionId::from_bytes([20 + quarter; 16]);
    season.revisions.iter_mut().find(|given| given.id == id).unwrap()
}

#[test]
fn small_returns_that_wait_are_one_line_and_one_alone_is_its_own() {
    let shown = overview(view(quarters()));
    assert!(shown.contains("3 aangiften om goed te keuren"), "{shown}");
    assert!(shown.contains("Aangifte OB 1e kwartaal 2025, Aangifte OB 2e kwartaal 2025, Aangifte OB 3e kwartaal 2025"));
    assert!(shown.contains("href=\"/akkoord/2025\"") && shown.contains("Er staan 4 dingen voor u klaar."));
    assert!(!shown.contains(&format!("/taken/{}/akkoord", task(11))), "none of them has a line of its own");
    assert!(shown.contains(&format!("/taken/{}/akkoord", task(1))), "the income tax return has its own");
    let mut season = quarters();
    of(&mut season, 1).tax_returns[0].1.kind = ReturnKind::SuppletieOb;
    assert!(overview(view(season)).contains("3 stukken om goed te keuren"));
    let mut season = quarters();
    for quarter in [1, 2] {
        approve(of(&mut season, quarter), MARIEKE, 1, None);
    }
    let shown = overview(view(season));
    assert!(!shown.contains("om goed te keuren") && shown.contains(&format!("/taken/{}/akkoord", task(13))), "{shown}");
}

#[test]
fn each_is_read_before_the_next_and_only_what_was_read_can_be_signed() {
    const BLOCKED: &str = "aria-disabled=\"true\" aria-describedby=\"eerst-lezen\"";
    let shown = page(view(quarters()), TogetherStep::Reading(0));
    assert!(shown.contains("1 van 3 · Aangifte OB 1e kwartaal 2025") && shown.contains(BLOCKED), "{shown}");
    assert!(shown.contains("Volgende") && shown.contains("Er klopt iets niet"));
    let season = read(quarters());
    let last = page(view(season.clone()), TogetherStep::Reading(2));
    assert!(last.contains("Naar akkoord geven") && !last.contains(BLOCKED), "{last}");
    let shown = page(view(season.clone()), TogetherStep::Signing);
    assert!(shown.contains("Geef akkoord met 3 aangiften"), "{shown}");
    for quarter in QUARTERS {
        assert!(shown.contains(&format!("Verklaring over kwartaal {quarter}.")), "{shown}");
    }
    assert_eq!(shown.matches("Ik ga akkoord").count(), 1, "one button for all");
    let mut season = season;
    let me = person(MARIEKE);
    of(&mut season, 2).consents.get_mut(&me).unwrap().opened = None;
    let shown = page(view(season), TogetherStep::Signing);
    assert!(
        shown.contains("Geef akkoord met 2 aangiften") && !shown.contains("Verklaring over kwartaal 2."),
        "{shown}"
    );
    assert!(shown.contains("Nog niet gelezen, dus niet in deze lijst: Aangifte OB 2e kwartaal 2025"));
    let shown = page(view(quarters()), TogetherStep::Signing);
    assert!(shown.contains("Er is niets om voor te tekenen") && !shown.contains("Ik ga akkoord"), "{shown}");
}

#[test]
fn after_one_signature_each_return_says_what_became_of_it() {
    let mut season = read(quarters());
    for (quarter, finding) in [(1, Finding::Verified), (2, Finding::Outdated), (3, Finding::Verified)] {
        approve(of(&mut season, quarter), MARIEKE, 0, Some(finding));
    }
    // The newer version of the second is asked for anew.
    let newer = GivenRevision { id: RevisionId::from_bytes([40; 16]), ..vat(2) };
    let replaced = Void { at: NOW, replaced_by: newer.id };
    of(&mut season, 2).void = Some(replaced);
    season.revisions.insert(0, newer);
    let shown = page(view(season), TogetherStep::Done);
    assert!(shown.contains("Dank u wel, Marieke"), "{shown}");
    assert!(shown.contains("U heeft met één handtekening akkoord gegeven met 2 aangiften."), "{shown}");
    assert!(shown.contains("Dit telde niet mee: Aangifte OB 2e kwartaal 2025."), "{shown}");
    assert!(shown.contains("toen uw akkoord binnenkwam"), "{shown}");
    assert!(shown.contains(&format!("/taken/{}/bewijs", task(11))));
    assert!(shown.contains(&format!("/taken/{}/akkoord", task(12))), "to the new version");
}

#[test]
fn what_one_key_signed_together_the_passkey_confirms_together() {
    let mut season = read(quarters());
    let me = person(MARIEKE);
    let signed: Vec<_> = QUARTERS.map(|quarter| vat(quarter).to_sign(me).unwrap()).to_vec();
    for quarter in QUARTERS {
        let given = of(&mut season, quarter);
        approve(given, MARIEKE, 0, Some(Finding::Verified));
        let approval = &mut given.consents.get_mut(&me).unwrap().approvals[0].1;
        let signature = DeviceSignature { key: ContentHash([4; 32]), signature: Base64(vec![5; 64]) };
        approval.signature = Signature::DeviceKey(signature);
        approval.signed = if quarter == 3 { vec![signed[2]] } else { signed[..2].to_vec() };
    }
    let mut lists: Vec<_> = view(season).to_countersign().into_iter().map(|list| list.approvals.len()).collect();
    lists.sort_unstable();
    assert_eq!(lists, [1, 2], "one press for each signature");
}
