//! Tests of the screen of an amount that is to be paid.

use crate::season::*;
use app::{screen::PaymentPage, view::View};
use dioxus::prelude::*;
use documents::dossier::{DossierYear, GivenTask};
use model::{language::Bilingual, money::Cents, record::*, time::Date};

fn asked(reference: &str, is_computed: bool) -> DossierYear {
    let mut year = year();
    let payment = Payment {
        tax_return: tax_return(MARIEKE),
        amount: Cents(-128_450),
        iban: "NL86INGB0002445588".to_owned(),
        reference: reference.to_owned(),
        is_computed,
    };
    let asked = Task {
        kind: TaskKind::Payment(payment),
        title: Bilingual::new("Betaal € 1.284,50: Aangifte OB", "Pay € 1.284,50: VAT return"),
        due: Some(Date::constant(2026, 7, 31)),
        asked_by: "Sanne".to_owned(),
        at: NOW,
    };
    year.tasks.push(GivenTask { id: task(9), task: asked, closing: None });
    year
}

fn page(view: View) -> String {
    html(
        |view: View| {
            rsx! {
                PaymentPage { view, task: task(9), on_report: |_| {} }
            }
        },
        view,
    )
}

fn reported(mut year: DossierYear, is_paid: bool) -> DossierYear {
    year.payment_reports.insert(task(9), PaymentReport { is_paid, by: person(MARIEKE), at: NOW });
    year
}

#[test]
fn the_screen_has_all_that_a_bank_asks_for() {
    let page = page(view(asked("1999990021601210", false)));
    for part in [
        "€ 1.284,50",
        "NL86 INGB 0002 4455 88",
        "1999 9900 2160 1210",
        "31 juli 2026",
        "Belastingdienst",
        "class=\"qr\"",
    ] {
        assert!(page.contains(part), "{part}: {page}");
    }
    assert!(page.contains("Ik heb betaald") && !page.contains("berekend"), "{page}");
}

#[test]
fn a_reference_that_was_computed_or_is_not_known_is_said_to_be() {
    let computed = page(view(asked("1999990021601210", true)));
    assert!(computed.contains("is berekend") && computed.contains("class=\"qr\""), "{computed}");
    let unknown = page(view(asked("", false)));
    assert!(unknown.contains("staat op de aangifte") && !unknown.contains("class=\"qr\""), "{unknown}");
}

#[test]
fn what_was_paid_can_be_taken_back_and_what_is_not_asked_any_more_is_not_paid() {
    let paid = page(view(reported(asked("", false), true)));
    assert!(paid.contains("Betaald, volgens Marieke") && paid.contains("Toch niet betaald"), "{paid}");
    assert!(!paid.contains("Ik heb betaald"));
    let again = page(view(reported(asked("", false), false)));
    assert!(again.contains("Ik heb betaald") && !again.contains("Betaald, volgens"), "{again}");
    let mut withdrawn = asked("1999990021601210", false);
    withdrawn.tasks.last_mut().unwrap().closing = Some(Closing { at: NOW, withdrawn: true });
    let withdrawn = page(view(withdrawn));
    assert!(withdrawn.contains("Betaal dit niet") && !withdrawn.contains("NL86"), "{withdrawn}");
}
