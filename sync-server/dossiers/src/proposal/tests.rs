//! Texts as packages print them, and what is proposed for each.

use super::*;
use model::{record::Taxpayer, tax_number::NumberKind};

const CLIENT: ClientId = ClientId::from_bytes([1; 16]);
const OTHER: ClientId = ClientId::from_bytes([2; 16]);
const MARIEKE: PersonId = PersonId::from_bytes([3; 16]);
const THOMAS: PersonId = PersonId::from_bytes([4; 16]);

fn number(client: ClientId, taxpayer: Taxpayer, kind: NumberKind, number: &str) -> KnownNumber {
    KnownNumber { client, taxpayer, kind, number: number.to_owned() }
}

fn numbers() -> Vec<KnownNumber> {
    use NumberKind::*;
    vec![
        number(CLIENT, Taxpayer::Person(MARIEKE), Bsn, "111222333"),
        number(CLIENT, Taxpayer::Person(THOMAS), Bsn, "123456782"),
        number(CLIENT, Taxpayer::Person(MARIEKE), Vat, "111222333B01"),
        number(CLIENT, Taxpayer::Company, Rsin, "001000044"),
        number(OTHER, Taxpayer::Company, Rsin, "999990019"),
    ]
}

fn proposed(text: &str, file_name: &str) -> Proposal {
    let (numbers, people) = (numbers(), [(MARIEKE, "Marieke Jansen"), (THOMAS, "Thomas Bakker")]);
    let known = Known { client: CLIENT, company: "Jansen en Bakker Holding BV", people: &people, numbers: &numbers };
    propose(text, file_name, known)
}

const M: Taxpayer = Taxpayer::Person(MARIEKE);
const T: Taxpayer = Taxpayer::Person(THOMAS);
const C: Taxpayer = Taxpayer::Company;

#[test]
fn a_text_says_whose_return_of_which_kind_and_period_it_is() {
    use ReturnKind::*;
    for (text, whose, kind, period) in [
        (
            "Aangifte inkomstenbelasting 2025\nDatum afdruk 12-03-2026\nNaam M. Jansen\nBSN 111222333\n\
             Fiscale partner T. Bakker\nBSN partner 1234.56.782\nVerzamelinkomen 48.210",
            vec![M, T],
            Ib,
            "2025",
        ),
        ("AANGIFTE INKOMSTENBELASTING / PREMIE VOLKSVERZEKERINGEN\n2025\nThomas Bakker", vec![T], Ib, "2025"),
        (
            "Aangifte vennootschapsbelasting\nJansen en Bakker Holding BV\nRSIN 001000044\n\
             Boekjaar 1 juli 2025 t/m 30 juni 2026\nIngehouden dividendbelasting 0",
            vec![C],
            Vpb,
            "2025-07-01/2026-06-30",
        ),
        ("Aangifte vennootschapsbelasting 2025\nBoekjaar 01-01-2025 t/m 31-12-2025", vec![C], Vpb, "2025"),
        (
            "Aangifte omzetbelasting\nTijdvak 2e kwartaal 2026\nOmzetbelastingnummer 111222333B01\n\
             1a Leveringen belast met hoog tarief\n3b Leveringen binnen de EU, zie opgaaf ICP",
            vec![M],
            Ob,
            "2026-Q2",
        ),
        ("Aangifte omzetbelasting\nperiode 01-04-2026 - 30-06-2026\nNL001000044B37", vec![C], Ob, "2026-Q2"),
        ("Btw-aangifte maart 2026\n001000044B37", vec![C], Ob, "2026-03"),
        ("Aangifte loonheffingen\nLoonheffingennummer 001000044L01\nTijdvak 2026-03", vec![C], Lh, "2026-03"),
        ("Loonaangifte 3e vierwekenperiode 2026\n001000044L01", vec![C], Lh, "2026-W3"),
        ("Opgaaf intracommunautaire prestaties\n4e kwartaal 2025\n001000044B37", vec![C], Icp, "2025-Q4"),
        ("Suppletie omzetbelasting 2025\n001000044B37\nOud en nieuw", vec![C], SuppletieOb, "2025"),
        ("Aangifte omzetbelasting - suppletie\nkwartaal 3 2025\n001000044B37", vec![C], SuppletieOb, "2025-Q3"),
        (
            "Verzoek of wijziging voorlopige aanslag inkomstenbelasting 2027\nBSN 111222333",
            vec![M],
            ProvisionalAssessment,
            "2027",
        ),
        (
            "Aangifte schenkbelasting\nDatum van schenking: 12 maart 2026\nVerkrijger BSN 123456782",
            vec![T],
            Gift,
            "2026-03-12",
        ),
        ("Aangifte inkomstenbelasting 2025\nvoor een overledene\nF-biljet\nBSN 123456782", vec![T], IbDeceased, "2025"),
        ("M-biljet 2025\nAangifte inkomstenbelasting bij migratie\nBSN 111222333", vec![M], IbMigration, "2025"),
        (
            "Aangifte dividendbelasting\nDatum terbeschikkingstelling 15-05-2026\n001000044",
            vec![C],
            Dividend,
            "2026-05-15",
        ),
        ("Income tax return 2025\nCitizen service number 111 222 333", vec![M], Ib, "2025"),
        ("VAT return\nQ2 2026\nVAT number NL001000044B37", vec![C], Ob, "2026-Q2"),
        ("Wage tax return\nMarch 2026\n001000044L01", vec![C], Lh, "2026-03"),
        (
            "Corporate income tax return\nfrom 1 July 2025 to 30 June 2026\n001000044",
            vec![C],
            Vpb,
            "2025-07-01/2026-06-30",
        ),
    ] {
        let found = proposed(text, "document.pdf");
        let said = (found.taxpayers, found.kind, found.period.map(|period| period.to_string()));
        assert_eq!(said, (whose, Some(kind), Some(period.to_owned())), "{text}");
    }
}

#[test]
fn where_the_text_says_nothing_the_name_of_the_file_does() {
    use ReturnKind::*;
    for (name, whose, kind, period) in [
        ("10417_111222333_IB-2025.pdf", vec![M], Some(Ib), Some("2025")),
        ("OB Q2 2026 Jansen en Bakker Holding BV.pdf", vec![C], Some(Ob), Some("2026-Q2")),
        ("1234_Btw-jan-2026.pdf", vec![], Some(Ob), Some("2026-01")),
        ("LH 2026-03 001000044L01.pdf", vec![C], Some(Lh), Some("2026-03")),
        ("Aangifte ib 2025 Thomas Bakker.pdf", vec![T], Some(Ib), Some("2025")),
        ("vpb 2025.pdf", vec![C], Some(Vpb), Some("2025")),
        ("scan0001.pdf", vec![], None, None),
        ("", vec![], None, None),
    ] {
        let found = proposed("", name);
        let said = (found.taxpayers, found.kind, found.period.map(|period| period.to_string()));
        assert_eq!(said, (whose, kind, period.map(str::to_owned)), "{name}");
    }
    // A number goes before a name, and the text before the name of the file.
    let found =
        proposed("Aangifte omzetbelasting 1e kwartaal 2026\n001000044B37\nMarieke Jansen", "IB 2025 Thomas Bakker.pdf");
    assert_eq!((found.taxpayers, found.kind), (vec![C], Some(Ob)));
}

#[test]
fn the_number_of_another_client_is_said_and_that_of_a_stranger_is_not() {
    let foreign = |text: &str| proposed(text, "a.pdf").foreign;
    let theirs = [number(OTHER, C, NumberKind::Rsin, "999990019")];
    for text in ["RSIN 999990019", "OB-nummer 999990019B01", "NL999990019B02", "9999.90.019", "111222333 999990019L01"]
    {
        assert_eq!(foreign(text), theirs, "{text}");
    }
    for text in ["BSN 111222333", "999990020", "9999900190", "", "rekening NL86 INGB 0002 4455 88"] {
        assert_eq!(foreign(text), [], "{text}");
    }
    assert_eq!(proposed("", "999990019.pdf").foreign, theirs, "in its name, too");
}

#[test]
fn what_stands_for_a_number_and_is_none_is_said() {
    for (text, malformed) in [
        ("BSN 111222334", vec!["111222334"]),
        ("Loonheffingennummer: 001000045L01", vec!["001000045L01"]),
        ("BSN 111222333 RSIN 001000044", vec![]),
        ("kenmerk 111222334", vec![]),
    ] {
        assert_eq!(proposed(text, "").malformed, malformed, "{text}");
    }
}

#[test]
fn a_result_is_read_where_it_is_said_in_one_way_only() {
    let whose = "Aangifte inkomstenbelasting 2025 BSN 111222333\n";
    for (text, tax, zvw) in [
        ("Totaal te betalen € 1.842", Some(-184_200), None),
        ("Terug te ontvangen: 558,50", Some(55_850), None),
        ("Te betalen\n€ 300", Some(-30_000), None),
        ("Te betalen ........ 300\nTe betalen bijdrage Zvw 120", Some(-30_000), Some(-12_000)),
        ("5g Totaal te betalen/terug te vragen -231", Some(23_100), None),
        ("5g Totaal te betalen of terug te vragen 231", Some(-23_100), None),
        ("Te betalen 300\nblad 2\nTotaal te betalen 300", Some(-30_000), None),
        ("Te betalen 300\nTe betalen 310", None, None),
        ("Te betalen 1.2.3", None, None),
        ("Te betalen", None, None),
        ("U hoeft niets te betalen.\nDank u", None, None),
        ("Refund EUR 1.842", Some(184_200), None),
    ] {
        let found = proposed(&format!("{whose}{text}"), "");
        assert_eq!((found.tax, found.zvw), (tax.map(Cents), zvw.map(Cents)), "{text}");
    }
    let both = proposed("Aangifte inkomstenbelasting 2025 111222333 123456782\nTe betalen 300", "");
    assert_eq!((both.taxpayers.len(), both.tax), (2, None), "nobody knows whose it is");
}

#[test]
fn no_text_makes_it_fail() {
    for text in ["€", "te betalen €", "2026", "q", "1 2 3 4 5 6 7 8 9", "31-12-9999 t/m", "\u{0}", "İİİ te betalen İ 1"]
    {
        drop(proposed(text, text));
    }
}
