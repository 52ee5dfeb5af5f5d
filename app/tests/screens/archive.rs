//! The archive: what the firm delivered, and how an assessment is paid.

use crate::season::*;
use app::{screen::ArchivePage, view::View};
use dioxus::prelude::*;
use model::{hash::ContentHash, id::DeliveryId, money::Cents, record::*};

fn delivered(n: u8, title: &str, kind: DeliveryKind) -> (DeliveryId, Delivery) {
    let file = DeliveredFile { name: "a.pdf".to_owned(), size: 100, hash: ContentHash([n; 32]), pages: 1 };
    let by = "Sanne de Wit".to_owned();
    (DeliveryId::from_bytes([n; 16]), Delivery { kind, title: title.to_owned(), file, by, at: NOW })
}

fn assessment(cents: i64) -> DeliveryKind {
    DeliveryKind::Assessment(Assessment {
        person: person(MARIEKE),
        amount: Cents(cents),
        due: Some(jiff::civil::date(2026, 6, 30)),
        iban: "NL86INGB0002445588".to_owned(),
        reference: "1000000000000013".to_owned(),
    })
}

fn archive(deliveries: Vec<(DeliveryId, Delivery)>) -> String {
    let mut year = year();
    year.deliveries = deliveries;
    html(
        |view: View| {
            rsx! {
                ArchivePage { desk: desk(), views: vec![view], year: Some(2025) }
            }
        },
        view(year),
    )
}

/// What a bank's app reads from the code on a page.
fn scanned(page: &str) -> String {
    let (_, code) = page.split_once("viewBox=\"0 0 ").unwrap();
    let size: usize = code.split(' ').next().unwrap().parse().unwrap();
    let path = code.split_once("<path d=\"").unwrap().1.split('"').next().unwrap();
    let dark: Vec<(usize, usize)> = path
        .split('M')
        .skip(1)
        .map(|module| {
            let (x, y) = module.split('h').next().unwrap().split_once(',').unwrap();
            (x.parse().unwrap(), y.parse().unwrap())
        })
        .collect();
    let scale = 6;
    let shade = |x: usize, y: usize| if dark.contains(&(x / scale, y / scale)) { 0 } else { 255 };
    let mut image = rqrr::PreparedImage::prepare_from_greyscale(size * scale, size * scale, shade);
    let grids = image.detect_grids();
    assert_eq!(grids.len(), 1, "one code is found");
    grids[0].decode().unwrap().1
}

#[test]
fn an_assessment_is_paid_with_a_code_that_a_bank_reads() {
    let page = archive(vec![delivered(1, "Definitieve aanslag 2025", assessment(-55_805))]);
    assert!(page.contains("€ 558,05 te betalen voor 30 juni 2026"), "{page}");
    assert!(page.contains("NL86 INGB 0002 4455 88") && page.contains("1000 0000 0000 0013"));
    assert!(page.contains("Kopieer Betalingskenmerk") && page.contains("role=\"img\""));
    let expected = "BCD\n002\n1\nSCT\n\nBelastingdienst\nNL86INGB0002445588\nEUR558.05\n\n1000000000000013";
    assert_eq!(scanned(&page), expected);
}

#[test]
fn who_gets_money_back_is_asked_to_pay_nothing() {
    let page = archive(vec![delivered(1, "Definitieve aanslag 2025", assessment(96_200))]);
    assert!(page.contains("€ 962 terug") && !page.contains("Betalen") && !page.contains("<svg"), "{page}");
}

#[test]
fn what_the_firm_delivered_stands_in_the_archive() {
    let filed = delivered(1, "Aangifte IB 2025", DeliveryKind::FiledReturn(tax_return()));
    let page = archive(vec![filed, delivered(2, "Toelichting", DeliveryKind::Letter)]);
    assert!(page.contains("Aangifte zoals verstuurd") && page.contains("Brief van uw adviseur"));
    assert!(page.contains("Open Toelichting") && !page.contains("Hier komt uw aangifte"));
}
