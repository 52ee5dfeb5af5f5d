//! Tests of the archive: what the firm delivered, and how an assessment is paid.

use crate::season::*;
use app::{component::offline_files::Here, screen::ArchivePage, view::View};
use dioxus::prelude::*;
use model::{hash::ContentHash, id::DeliveryId, money::Cents, record::*};
use std::rc::Rc;

fn delivered(n: u8, title: &str, kind: DeliveryKind) -> (DeliveryId, Delivery) {
    let file = DeliveredFile { name: "a.pdf".to_owned(), size: 100, hash: ContentHash([n; 32]), pages: 1 };
    let by = "Sanne de Wit".to_owned();
    (DeliveryId::from_bytes([n; 16]), Delivery { kind, title: title.to_owned(), file, by, at: NOW })
}

fn assessment(cents: i64) -> DeliveryKind {
    DeliveryKind::Assessment(Assessment {
        person: person(MARIEKE),
        amount: Cents(cents),
        decides: None,
        dated: None,
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
                ArchivePage { workspace: workspace(), views: vec![view], year: Some(2025) }
            }
        },
        view(year),
    )
}

/// Reads the code on a page as a bank's app does.
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
fn an_assessment_is_compared_with_what_was_filed_and_says_until_when_somebody_can_object() {
    let shown = |cents: i64, dated: &str, is_filed: bool| {
        let mut year = year();
        let (of, given) = (tax_return(MARIEKE), &mut year.revisions[0]);
        given.revision.results = vec![TaxResult { tax_return: of, of: ResultOf::Tax, amount: Cents(-55_805) }];
        let filing = Filing { at: NOW, by: "Sanne de Wit".into(), reason: String::new(), undone_at: None };
        given.filings = is_filed.then_some((of, filing)).into_iter().collect();
        let DeliveryKind::Assessment(known) = assessment(cents) else { unreachable!() };
        let decides = Some(Decides { tax_return: of, of: ResultOf::Tax });
        let known = Assessment { decides, dated: Some(dated.parse().unwrap()), ..known };
        year.deliveries = vec![delivered(1, "Aanslag", DeliveryKind::Assessment(known))];
        html(
            |view: View| rsx! { ArchivePage { workspace: workspace(), views: vec![view], year: Some(2025) } },
            view(year),
        )
    };
    for (cents, words) in [
        (-55_805, "Dat is gelijk aan uw aangifte."),
        (-50_000, "Dat is € 58,05 gunstiger dan in uw aangifte."),
        (-60_000, "Dat is € 41,95 ongunstiger dan in uw aangifte."),
        (10_000, "Dat is € 658,05 gunstiger dan in uw aangifte."),
    ] {
        let page = shown(cents, "2026-03-01", true);
        assert!(page.contains(words) && page.contains("Bezwaar maken kan tot en met 12 april 2026."), "{page}");
    }
    assert!(!shown(-60_000, "2026-01-01", true).contains("Bezwaar"), "the time is over");
    assert!(!shown(-60_000, "2026-03-01", false).contains("dan in uw aangifte"), "nothing was filed");
}

#[test]
fn what_the_firm_delivered_stands_in_the_archive() {
    let filed = delivered(1, "Aangifte IB 2025", DeliveryKind::FiledReturn(tax_return(MARIEKE)));
    let page = archive(vec![filed, delivered(2, "Toelichting", DeliveryKind::Letter)]);
    assert!(page.contains("Aangifte zoals verstuurd") && page.contains("Brief van uw adviseur"));
    assert!(page.contains("Open Toelichting") && !page.contains("Hier komt uw aangifte"));
}

/// Renders the archive of two years, with this search and these files on the device.
fn shelves(looking_for: &str, here: Option<Vec<u8>>) -> String {
    let mut year = year();
    year.deliveries = vec![
        delivered(1, "Aanslag 2025", assessment(-55_805)),
        delivered(2, "Toelichting bij uw aangifte", DeliveryKind::Letter),
    ];
    attach(&mut year, 40, "hypotheek.pdf", None, true);
    year.attachments[0].attachment.kind = Some(DocumentKind::MortgageStatement);
    year.attachments[0].attachment.note = "Van de Rabobank".to_owned();
    let now = view(year.clone());
    let mut before = view(year);
    before.key.tax_year = model::time::TaxYear(2024);
    let here = here.map(|files| Rc::new(files.into_iter().map(|n| ContentHash([n; 32])).collect()));
    html(
        |(views, looking_for, here): (Vec<View>, String, Here)| {
            rsx! {
                ArchivePage { workspace: workspace(), views, year: None, looking_for, here, room: Some((1_000_000, 5_000_000)) }
            }
        },
        (vec![now, before], looking_for.to_owned(), Here(here)),
    )
}

#[test]
fn all_years_are_searched_by_name_kind_and_note() {
    let all = shelves("", None);
    assert!(all.contains("Kies een jaar") && all.contains("Zoek in alle jaren"), "{all}");
    for (words, found) in
        [("HYPO", 2), ("jaaroverzicht hypotheek", 2), ("rabobank", 2), ("brief", 2), ("2024 aanslag", 1)]
    {
        let page = shelves(words, None);
        assert!(page.contains(&format!("{found} gevonden")), "{words}: {page}");
        assert!(!page.contains("Kies een jaar"));
    }
    let none = shelves("xyz", None);
    assert!(none.contains("Niets gevonden met “xyz”"), "{none}");
    assert!(!none.contains("hypotheek.pdf"));
}

#[test]
fn each_document_says_whether_it_is_on_this_device() {
    assert!(!shelves("", None).contains("op dit apparaat"), "nothing is said before it was looked");
    let page = shelves("", Some(vec![2]));
    assert!(page.contains("Staat op dit apparaat, 100 B"), "{page}");
    assert!(page.contains("Nog niet op dit apparaat"));
    assert!(page.contains("Haal Toelichting bij uw aangifte van dit apparaat"));
    assert!(page.contains("Bewaar Aanslag 2025 op dit apparaat"));
    assert!(page.contains("1 van 4 documenten staat op dit apparaat."));
    assert!(page.contains("Bewaar alles van 2025") && page.contains("1 MB van de 5 MB"));
}
