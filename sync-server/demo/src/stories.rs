//! The clients, each with its own story.

use super::{
    error::DemoError,
    firm::DemoFirm,
    household::{TaxReturn, YEAR},
    paperwork::Picture,
    person::{Answers, DemoPerson},
};
use dossiers::WantedReturn;
use model::{
    checklist::AnswerValue,
    language::Language::{En, Nl},
    money::Cents,
    record::{DetailField, Enough, RequestItem},
    tax_return::{Capacity, Period, ReturnKind},
};

type Story = fn(&DemoFirm<'_>) -> Result<(), DemoError>;

/// The client numbers with their stories.
pub(super) const ALL: [(&str, Story); 12] = [
    ("10417", jansen_bakker),
    ("10402", yilmaz),
    ("10388", de_groot),
    ("10376", hoekstra),
    ("10371", el_amrani),
    ("10365", visser),
    ("10344", lindqvist),
    ("10319", vermeer_smit),
    ("10311", bos),
    ("10307", hendriks),
    ("10299", kuiper),
    ("10288", de_wit),
];

fn amount(euros: i64) -> AnswerValue {
    AnswerValue::Amount(Cents(euros * 100))
}

fn text(text: &str) -> AnswerValue {
    AnswerValue::Text(text.to_owned())
}

fn choice(id: &str) -> AnswerValue {
    AnswerValue::Choice(id.to_owned())
}

/// Returns the answers of somebody who rents and works.
fn tenant<'a>(iban: &str, employer: &str, savings: i64) -> Answers<'a> {
    Answers::from([
        ("iban", text(iban)),
        ("werkgevers", AnswerValue::Row(true)),
        ("werkgever_naam", text(employer)),
        ("spaarsaldo", amount(savings)),
        ("volledig", AnswerValue::Yes),
    ])
}

/// Returns the answers of somebody with a home, a mortgage and gifts.
fn owner<'a>(iban: &str, employer: &str, savings: i64, home: i64, debt: i64) -> Answers<'a> {
    let mut answers = tenant(iban, employer, savings);
    answers.extend([
        ("fiscale_partner", AnswerValue::Yes),
        ("partner_hele_jaar", AnswerValue::Yes),
        ("koopwoning", AnswerValue::Yes),
        ("woz_waarde", amount(home)),
        ("hypotheek", AnswerValue::Yes),
        ("hypotheken", AnswerValue::Row(true)),
        ("hypotheek_bank", text("Rabobank")),
        ("hypotheek_begin", amount(debt)),
        ("hypotheek_eind", amount(debt - 6_200)),
        ("hypotheek_rente", amount(debt / 30)),
        ("giften", AnswerValue::Yes),
        ("giften_lijst", AnswerValue::Row(true)),
        ("gift_instelling", text("Artsen zonder Grenzen")),
        ("gift_soort", choice("gewoon")),
        ("gift_bedrag", amount(180)),
    ]);
    answers
}

/// Tells of the household of the two links: everything waits for them.
fn jansen_bakker(firm: &DemoFirm<'_>) -> Result<(), DemoError> {
    firm.at(22, 9, 40);
    let people = [("Marieke Jansen", "Marieke", Nl), ("Thomas Bakker", "Thomas", Nl)];
    let household = firm.household("10417", "Marieke Jansen en Thomas Bakker", &people)?;
    let address = [
        (DetailField::Street, "Kanaalstraat 8"),
        (DetailField::PostalCode, "3531 CJ"),
        (DetailField::City, "Utrecht"),
        (DetailField::Country, "Nederland"),
    ];
    for (person, phone, iban, bsn) in
        [(0, "06 1234 5678", "NL92ZUID0123456789", "111222333"), (1, "06 8765 4321", "NL59NOOR0987654321", "123456782")]
    {
        let own = [(DetailField::Phone, phone), (DetailField::Iban, iban), (DetailField::Bsn, bsn)];
        firm.keep_details(&household, person, &[&address[..], &own[..]].concat())?;
    }
    firm.at(16, 10, 5);
    firm.set_out_checklist(&household, 20)?;
    firm.at(6, 11, 30);
    let items =
        vec![RequestItem::of("Jaaropgave 2025 van de gemeente Utrecht"), RequestItem::of("WOZ-beschikking 2025")];
    firm.dossiers.request_documents(&firm.advisor, household.client.id, YEAR, items, Some(firm.day(9)))?;
    firm.at(2, 14, 2);
    let figures = [
        ("Loon en uitkering", 81_420, 78_950),
        ("Eigen woning: WOZ-waarde", 465_000, 438_000),
        ("Aftrek hypotheekrente", 8_640, 8_910),
        ("Sparen en beleggen op 1 januari", 39_550, 35_200),
        ("Giften", 240, 180),
        ("Ingehouden loonheffing", 21_310, 20_480),
    ];
    firm.set_out_return(&household, 1, &TaxReturn { outcomes: &[1_842, -558], figures: &figures, due_in: 18 })?;
    firm.at(1, 9, 15);
    let body = "Beste Marieke en Thomas, uw aangifte staat klaar. Wilt u nakijken of de WOZ-waarde klopt? Groet, Sanne";
    firm.dossiers.write_message(&firm.advisor, household.client.id, YEAR, body.to_owned())?;
    Ok(())
}

/// Tells of a household that is half-way through the checklist, with a question.
fn yilmaz(firm: &DemoFirm<'_>) -> Result<(), DemoError> {
    firm.at(24, 11, 0);
    let household = firm.household("10402", "Ayşe Yılmaz", &[("Ayşe Yılmaz", "Ayşe", Nl)])?;
    firm.invite(&household)?;
    firm.at(23, 19, 42);
    let ayse = DemoPerson::register(firm, &household, 0, "Safari, iPhone")?;
    firm.at(15, 9, 30);
    let checklist = firm.set_out_checklist(&household, 14)?;
    firm.at(4, 20, 10);
    ayse.fill_in(checklist, 3, &tenant("NL02ABNA0123456789", "Rabobank Utrecht", 6_350))?;
    firm.at(0, 11, 4);
    ayse.photograph(
        &Picture {
            sender: "Rabobank",
            title: "Jaaropgave 2025",
            lines: &[("Loon voor de loonbelasting", "€ 38.906"), ("Ingehouden loonheffing", "€ 7.412")],
            seed: 2,
        },
        None,
    )?;
    firm.at(0, 11, 20);
    ayse.report_move(firm.day(-20), "Wilgenlaan 21", "De Bilt")?;
    ayse.write_message("Hoort mijn studieschuld hier ook bij?")
}

/// Tells of a household whose checklist and documents are complete, so that it is the advisor's turn.
fn de_groot(firm: &DemoFirm<'_>) -> Result<(), DemoError> {
    firm.at(26, 15, 10);
    let people = [("Hanneke de Groot", "Hanneke", Nl), ("Joris de Groot", "Joris", Nl)];
    let household = firm.household("10388", "Hanneke en Joris de Groot", &people)?;
    firm.invite(&household)?;
    firm.at(25, 8, 55);
    let hanneke = DemoPerson::register(firm, &household, 0, "Chrome, Android")?;
    firm.at(25, 21, 13);
    let joris = DemoPerson::register(firm, &household, 1, "Firefox, Windows")?;
    firm.at(17, 9, 20);
    let checklist = firm.set_out_checklist(&household, 12)?;
    firm.at(9, 20, 31);
    let answers = owner("NL91RABO0315273637", "Diakonessenhuis", 28_400, 412_000, 246_000);
    joris.fill_in(checklist, 3, &answers)?;
    firm.at(3, 19, 48);
    let woz = Picture {
        sender: "Gemeente Amersfoort",
        title: "WOZ-beschikking 2025",
        lines: &[("Waarde op 1 januari 2024", "€ 412.000"), ("Adres", "Lindenlaan 14")],
        seed: 7,
    };
    // This document is given in place of an answer.
    hanneke.photograph(&woz, Some(hanneke.answer_key(checklist, "woz_beschikking")))?;
    firm.at(3, 20, 16);
    hanneke.fill_in(checklist, 10, &answers)?;
    let papers = [
        (
            "Diakonessenhuis",
            "Jaaropgave 2025",
            [("Loon voor de loonbelasting", "€ 44.180"), ("Ingehouden loonheffing", "€ 9.927")],
        ),
        (
            "Rabobank",
            "Jaaroverzicht hypotheek 2025",
            [("Schuld op 31 december", "€ 239.800"), ("Betaalde rente", "€ 8.200")],
        ),
    ];
    for (minute, (sender, title, lines)) in (31..).zip(papers) {
        firm.at(0, 9, minute);
        hanneke.photograph(&Picture { sender, title, lines: &lines, seed: 10 + minute.unsigned_abs() as u64 }, None)?;
    }
    firm.at(0, 9, 44);
    hanneke.hand_in(checklist)
}

/// Tells of a household that was invited and has not registered.
fn hoekstra(firm: &DemoFirm<'_>) -> Result<(), DemoError> {
    firm.at(3, 13, 25);
    let household = firm.household("10376", "Pieter Hoekstra", &[("Pieter Hoekstra", "Pieter", Nl)])?;
    firm.invite(&household)
}

/// Tells of a household that approved, so that its return can be filed.
fn el_amrani(firm: &DemoFirm<'_>) -> Result<(), DemoError> {
    firm.at(30, 10, 0);
    let household = firm.household("10371", "Fatima el Amrani", &[("Fatima el Amrani", "Fatima", Nl)])?;
    firm.invite(&household)?;
    firm.at(29, 12, 30);
    let fatima = DemoPerson::register(firm, &household, 0, "Safari, iPhone")?;
    firm.at(27, 9, 10);
    let checklist = firm.set_out_checklist(&household, 5)?;
    firm.at(19, 21, 2);
    fatima.fill_in(checklist, 10, &tenant("NL13INGB0001234567", "Hogeschool Utrecht", 12_900))?;
    fatima.hand_in(checklist)?;
    firm.at(5, 15, 0);
    let figures = [
        ("Loon en uitkering", 52_310, 49_870),
        ("Sparen en beleggen op 1 januari", 12_900, 9_400),
        ("Ingehouden loonheffing", 13_240, 12_105),
    ];
    let revision =
        firm.set_out_return(&household, 1, &TaxReturn { outcomes: &[416], figures: &figures, due_in: 16 })?;
    firm.at(0, 11, 41);
    fatima.open(revision)?;
    firm.at(0, 11, 48);
    fatima.approve(revision)
}

/// Tells of a household of which one of two people approved.
fn visser(firm: &DemoFirm<'_>) -> Result<(), DemoError> {
    firm.at(33, 9, 0);
    let people = [("Jan Visser", "Jan", Nl), ("Willemijn Visser", "Willemijn", Nl)];
    let household = firm.household("10365", "Jan en Willemijn Visser", &people)?;
    firm.invite(&household)?;
    firm.at(32, 18, 5);
    let jan = DemoPerson::register(firm, &household, 0, "Edge, Windows")?;
    firm.at(31, 20, 20);
    let willemijn = DemoPerson::register(firm, &household, 1, "Safari, iPad")?;
    firm.at(28, 9, 0);
    let checklist = firm.set_out_checklist(&household, 2)?;
    firm.at(20, 20, 0);
    jan.fill_in(checklist, 10, &owner("NL44ABNA0417164300", "ProRail", 51_700, 538_000, 190_000))?;
    willemijn.hand_in(checklist)?;
    firm.at(9, 16, 20);
    let figures = [
        ("Loon en uitkering", 96_040, 93_310),
        ("Aftrek hypotheekrente", 6_333, 6_590),
        ("Giften", 180, 150),
        ("Ingehouden loonheffing", 27_615, 26_780),
    ];
    let revision =
        firm.set_out_return(&household, 1, &TaxReturn { outcomes: &[2_207, -311], figures: &figures, due_in: 7 })?;
    firm.at(8, 19, 57);
    jan.open(revision)?;
    firm.at(8, 20, 8);
    jan.approve(revision)?;
    firm.at(7, 20, 40);
    willemijn.open(revision)
}

/// Tells of a household that the firm knows and has not invited.
fn lindqvist(firm: &DemoFirm<'_>) -> Result<(), DemoError> {
    firm.at(5, 16, 45);
    firm.household("10344", "Sven Lindqvist", &[("Sven Lindqvist", "Sven", En)]).map(|_| ())
}

/// Tells of two partners who answered one question differently.
fn vermeer_smit(firm: &DemoFirm<'_>) -> Result<(), DemoError> {
    firm.at(21, 9, 0);
    let people = [("Daan Vermeer", "Daan", Nl), ("Lisa Smit", "Lisa", Nl)];
    let household = firm.household("10319", "Daan Vermeer en Lisa Smit", &people)?;
    firm.invite(&household)?;
    firm.at(20, 7, 50);
    let daan = DemoPerson::register(firm, &household, 0, "Chrome, Android")?;
    let lisa = DemoPerson::register(firm, &household, 1, "Safari, Mac")?;
    firm.at(14, 9, 0);
    let checklist = firm.set_out_checklist(&household, 15)?;
    firm.at(7, 21, 30);
    let mut answers = owner("NL20INGB0001234567", "Bol.com", 0, 389_000, 301_000);
    answers.extend([
        ("verhuisd", AnswerValue::Yes),
        ("verhuisd_datum", AnswerValue::Date(jiff::civil::date(2025, 6, 14))),
        ("verhuisd_adres", text("Kersenstraat 8, Utrecht")),
    ]);
    daan.fill_in(checklist, 4, &answers)?;
    // Both had no network, so neither saw the other's answer.
    let (hers, his) = (lisa.read_document()?, daan.read_document()?);
    let place = daan.answer_key(checklist, "spaarsaldo");
    firm.at(1, 20, 8);
    let write = daan.answer(&place, amount(21_150));
    daan.write_to(his, vec![write])?;
    firm.at(0, 13, 52);
    let write = lisa.answer(&place, amount(18_400));
    lisa.write_to(hers, vec![write])
}

/// Tells of a household that registered and has no task yet.
fn bos(firm: &DemoFirm<'_>) -> Result<(), DemoError> {
    firm.at(4, 15, 0);
    let household = firm.household("10311", "Hendrik Bos", &[("Hendrik Bos", "Hendrik", Nl)])?;
    firm.invite(&household)?;
    firm.at(0, 10, 6);
    DemoPerson::register(firm, &household, 0, "Samsung Internet, Android").map(|_| ())
}

/// Tells of a household that declined the first version with a reason.
fn hendriks(firm: &DemoFirm<'_>) -> Result<(), DemoError> {
    firm.at(28, 10, 30);
    let household = firm.household("10307", "Noor Hendriks", &[("Noor Hendriks", "Noor", En)])?;
    firm.invite(&household)?;
    firm.at(27, 17, 22);
    let noor = DemoPerson::register(firm, &household, 0, "Safari, iPhone")?;
    firm.at(25, 9, 0);
    let checklist = firm.set_out_checklist(&household, 4)?;
    firm.at(18, 19, 0);
    noor.fill_in(checklist, 10, &owner("NL39RABO0300065264", "UMC Utrecht", 17_250, 465_000, 280_000))?;
    noor.hand_in(checklist)?;
    firm.at(6, 14, 0);
    let figures = [
        ("Loon en uitkering", 61_200, 59_800),
        ("Eigen woning: WOZ-waarde", 445_000, 438_000),
        ("Aftrek hypotheekrente", 9_333, 9_610),
    ];
    let revision =
        firm.set_out_return(&household, 1, &TaxReturn { outcomes: &[1_120], figures: &figures, due_in: 15 })?;
    firm.at(0, 12, 10);
    noor.open(revision)?;
    firm.at(0, 12, 15);
    noor.decline(revision, "The WOZ value is not right. My letter says € 465.000.")
}

/// Tells of a company: its VAT quarters were filed and the last one is to be paid, and both directors have to approve
/// its corporation tax.
fn kuiper(firm: &DemoFirm<'_>) -> Result<(), DemoError> {
    firm.at(40, 9, 0);
    let people = [("Pieter Kuiper", "Pieter", Nl), ("Els Kuiper", "Els", Nl)];
    let company = firm.household("10299", "Kuiper Bouw B.V.", &people)?;
    firm.invite(&company)?;
    firm.at(39, 8, 15);
    let pieter = DemoPerson::register(firm, &company, 0, "Chrome, Windows")?;
    for (quarter, turnover, due) in [(1, 84_300, 1_284), (2, 91_750, 2_037), (3, 62_400, -318), (4, 103_900, 3_460)] {
        firm.at(38 - i64::from(quarter) * 4, 10, 0);
        let figures = [("Omzet (1a)", turnover, turnover - 6_100), ("Voorbelasting (5b)", turnover / 6, turnover / 7)];
        let content = TaxReturn { outcomes: &[-due], figures: &figures, due_in: 5 };
        let revision = firm.set_out_of_company(
            &company,
            ReturnKind::Ob,
            Period::quarter(YEAR.0, quarter).map_err(|_| DemoError::Incomplete)?,
            Enough::One,
            &content,
        )?;
        firm.at(37 - i64::from(quarter) * 4, 20, 5);
        pieter.approve(revision)?;
        firm.at(36 - i64::from(quarter) * 4, 9, 0);
        if quarter == 4 {
            firm.file_and_ask_payment(&company, revision, "999990147B01", 12)?;
        } else {
            firm.dossiers.file_revision(&firm.advisor, company.client.id, YEAR, revision, "")?;
        }
    }
    firm.at(3, 15, 30);
    let figures = [("Omzet", 342_350, 318_900), ("Belastbaar bedrag", 61_200, 54_700)];
    let content = TaxReturn { outcomes: &[-11_628], figures: &figures, due_in: 20 };
    firm.set_out_of_company(&company, ReturnKind::Vpb, Period::year(YEAR), Enough::All, &content).map(|_| ())
}

/// Tells of somebody whose property is administered: the administrator approves, and does so in that capacity.
fn de_wit(firm: &DemoFirm<'_>) -> Result<(), DemoError> {
    firm.at(12, 9, 0);
    let people = [("Kees de Wit", "Kees", Nl), ("Marga Blom", "Marga", Nl)];
    let household = firm.household("10288", "Kees de Wit, onder bewind", &people)?;
    firm.invite(&household)?;
    firm.at(11, 13, 20);
    let marga = DemoPerson::register(firm, &household, 1, "Edge, Windows")?;
    firm.at(4, 11, 0);
    let [kees, administrator] = household.people.as_slice() else { return Err(DemoError::Incomplete) };
    let returns = vec![WantedReturn::income_tax(kees.id, YEAR)];
    let figures = [("Uitkering", 18_940, 18_220), ("Ingehouden loonheffing", 1_120, 1_065)];
    let content = TaxReturn { outcomes: &[214], figures: &figures, due_in: 17 };
    let approvers = vec![(administrator.id, Capacity::LegalRepresentative)];
    let revision = firm.set_out(&household, returns, (approvers, Enough::All), 1, &content)?;
    firm.at(1, 16, 10);
    marga.open(revision)
}
