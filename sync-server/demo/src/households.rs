//! The ten households, each with its own story.

use super::{
    error::DemoError,
    hand::{Answers, Hand},
    household::{Return, YEAR},
    paperwork::Picture,
    stage::Stage,
};
use model::{
    checklist::AnswerValue,
    language::Language::{En, Nl},
    money::Cents,
    record::{DetailField, RequestItem},
};

type Tell = fn(&Stage<'_>) -> Result<(), DemoError>;

/// The client numbers with their stories.
pub(super) const ALL: [(&str, Tell); 10] = [
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

/// Tells the household of the two links: everything waits for them.
fn jansen_bakker(stage: &Stage<'_>) -> Result<(), DemoError> {
    stage.at(22, 9, 40);
    let people = [("Marieke Jansen", "Marieke", Nl), ("Thomas Bakker", "Thomas", Nl)];
    let home = stage.household("10417", "Marieke Jansen en Thomas Bakker", &people)?;
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
        stage.know(&home, person, &[&address[..], &own[..]].concat())?;
    }
    stage.at(16, 10, 5);
    stage.set_out_checklist(&home, 20)?;
    stage.at(6, 11, 30);
    let items =
        vec![RequestItem::of("Jaaropgave 2025 van de gemeente Utrecht"), RequestItem::of("WOZ-beschikking 2025")];
    stage.dossiers.request_documents(&stage.advisor, home.client.id, YEAR, items, Some(stage.day(9)))?;
    stage.at(2, 14, 2);
    let figures = [
        ("Loon en uitkering", 81_420, 78_950),
        ("Eigen woning: WOZ-waarde", 465_000, 438_000),
        ("Aftrek hypotheekrente", 8_640, 8_910),
        ("Sparen en beleggen op 1 januari", 39_550, 35_200),
        ("Giften", 240, 180),
        ("Ingehouden loonheffing", 21_310, 20_480),
    ];
    stage.set_out_return(&home, 1, &Return { outcomes: &[1_842, -558], figures: &figures, due_in: 18 })?;
    stage.at(1, 9, 15);
    let body = "Beste Marieke en Thomas, uw aangifte staat klaar. Wilt u nakijken of de WOZ-waarde klopt? Groet, Sanne";
    stage.dossiers.write_message(&stage.advisor, home.client.id, YEAR, body.to_owned())?;
    Ok(())
}

/// Tells a household that is half-way through the checklist, with a question.
fn yilmaz(stage: &Stage<'_>) -> Result<(), DemoError> {
    stage.at(24, 11, 0);
    let home = stage.household("10402", "Ayşe Yılmaz", &[("Ayşe Yılmaz", "Ayşe", Nl)])?;
    stage.invite(&home)?;
    stage.at(23, 19, 42);
    let ayse = Hand::register(stage, &home, 0, "Safari, iPhone")?;
    stage.at(15, 9, 30);
    let checklist = stage.set_out_checklist(&home, 14)?;
    stage.at(4, 20, 10);
    ayse.fill_in(checklist, 3, &tenant("NL02ABNA0123456789", "Rabobank Utrecht", 6_350))?;
    stage.at(0, 11, 4);
    ayse.photograph(
        &Picture {
            sender: "Rabobank",
            title: "Jaaropgave 2025",
            lines: &[("Loon voor de loonbelasting", "€ 38.906"), ("Ingehouden loonheffing", "€ 7.412")],
            seed: 2,
        },
        None,
    )?;
    stage.at(0, 11, 20);
    ayse.report_move(stage.day(-20), "Wilgenlaan 21", "De Bilt")?;
    ayse.write_message("Hoort mijn studieschuld hier ook bij?")
}

/// Tells a household whose checklist and documents are complete, so that it is the advisor's turn.
fn de_groot(stage: &Stage<'_>) -> Result<(), DemoError> {
    stage.at(26, 15, 10);
    let people = [("Hanneke de Groot", "Hanneke", Nl), ("Joris de Groot", "Joris", Nl)];
    let home = stage.household("10388", "Hanneke en Joris de Groot", &people)?;
    stage.invite(&home)?;
    stage.at(25, 8, 55);
    let hanneke = Hand::register(stage, &home, 0, "Chrome, Android")?;
    stage.at(25, 21, 13);
    let joris = Hand::register(stage, &home, 1, "Firefox, Windows")?;
    stage.at(17, 9, 20);
    let checklist = stage.set_out_checklist(&home, 12)?;
    stage.at(9, 20, 31);
    let answers = owner("NL91RABO0315273637", "Diakonessenhuis", 28_400, 412_000, 246_000);
    joris.fill_in(checklist, 3, &answers)?;
    stage.at(3, 19, 48);
    let woz = Picture {
        sender: "Gemeente Amersfoort",
        title: "WOZ-beschikking 2025",
        lines: &[("Waarde op 1 januari 2024", "€ 412.000"), ("Adres", "Lindenlaan 14")],
        seed: 7,
    };
    // This document is given in place of an answer.
    hanneke.photograph(&woz, Some(hanneke.place(checklist, "woz_beschikking")))?;
    stage.at(3, 20, 16);
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
        stage.at(0, 9, minute);
        hanneke.photograph(&Picture { sender, title, lines: &lines, seed: 10 + minute.unsigned_abs() as u64 }, None)?;
    }
    stage.at(0, 9, 44);
    hanneke.hand_in(checklist)
}

/// Tells a household that was invited and has not registered.
fn hoekstra(stage: &Stage<'_>) -> Result<(), DemoError> {
    stage.at(3, 13, 25);
    let home = stage.household("10376", "Pieter Hoekstra", &[("Pieter Hoekstra", "Pieter", Nl)])?;
    stage.invite(&home)
}

/// Tells a household that approved, so that its return can be filed.
fn el_amrani(stage: &Stage<'_>) -> Result<(), DemoError> {
    stage.at(30, 10, 0);
    let home = stage.household("10371", "Fatima el Amrani", &[("Fatima el Amrani", "Fatima", Nl)])?;
    stage.invite(&home)?;
    stage.at(29, 12, 30);
    let fatima = Hand::register(stage, &home, 0, "Safari, iPhone")?;
    stage.at(27, 9, 10);
    let checklist = stage.set_out_checklist(&home, 5)?;
    stage.at(19, 21, 2);
    fatima.fill_in(checklist, 10, &tenant("NL13INGB0001234567", "Hogeschool Utrecht", 12_900))?;
    fatima.hand_in(checklist)?;
    stage.at(5, 15, 0);
    let figures = [
        ("Loon en uitkering", 52_310, 49_870),
        ("Sparen en beleggen op 1 januari", 12_900, 9_400),
        ("Ingehouden loonheffing", 13_240, 12_105),
    ];
    let revision = stage.set_out_return(&home, 1, &Return { outcomes: &[416], figures: &figures, due_in: 16 })?;
    stage.at(0, 11, 41);
    fatima.open(revision)?;
    stage.at(0, 11, 48);
    fatima.approve(revision)
}

/// Tells a household of which one of two people approved.
fn visser(stage: &Stage<'_>) -> Result<(), DemoError> {
    stage.at(33, 9, 0);
    let people = [("Jan Visser", "Jan", Nl), ("Willemijn Visser", "Willemijn", Nl)];
    let home = stage.household("10365", "Jan en Willemijn Visser", &people)?;
    stage.invite(&home)?;
    stage.at(32, 18, 5);
    let jan = Hand::register(stage, &home, 0, "Edge, Windows")?;
    stage.at(31, 20, 20);
    let willemijn = Hand::register(stage, &home, 1, "Safari, iPad")?;
    stage.at(28, 9, 0);
    let checklist = stage.set_out_checklist(&home, 2)?;
    stage.at(20, 20, 0);
    jan.fill_in(checklist, 10, &owner("NL44ABNA0417164300", "ProRail", 51_700, 538_000, 190_000))?;
    willemijn.hand_in(checklist)?;
    stage.at(9, 16, 20);
    let figures = [
        ("Loon en uitkering", 96_040, 93_310),
        ("Aftrek hypotheekrente", 6_333, 6_590),
        ("Giften", 180, 150),
        ("Ingehouden loonheffing", 27_615, 26_780),
    ];
    let revision =
        stage.set_out_return(&home, 1, &Return { outcomes: &[2_207, -311], figures: &figures, due_in: 7 })?;
    stage.at(8, 19, 57);
    jan.open(revision)?;
    stage.at(8, 20, 8);
    jan.approve(revision)?;
    stage.at(7, 20, 40);
    willemijn.open(revision)
}

/// Tells a household that the firm knows and has not invited.
fn lindqvist(stage: &Stage<'_>) -> Result<(), DemoError> {
    stage.at(5, 16, 45);
    stage.household("10344", "Sven Lindqvist", &[("Sven Lindqvist", "Sven", En)]).map(|_| ())
}

/// Tells two partners who answered one question differently.
fn vermeer_smit(stage: &Stage<'_>) -> Result<(), DemoError> {
    stage.at(21, 9, 0);
    let people = [("Daan Vermeer", "Daan", Nl), ("Lisa Smit", "Lisa", Nl)];
    let home = stage.household("10319", "Daan Vermeer en Lisa Smit", &people)?;
    stage.invite(&home)?;
    stage.at(20, 7, 50);
    let daan = Hand::register(stage, &home, 0, "Chrome, Android")?;
    let lisa = Hand::register(stage, &home, 1, "Safari, Mac")?;
    stage.at(14, 9, 0);
    let checklist = stage.set_out_checklist(&home, 15)?;
    stage.at(7, 21, 30);
    let mut answers = owner("NL20INGB0001234567", "Bol.com", 0, 389_000, 301_000);
    answers.extend([
        ("verhuisd", AnswerValue::Yes),
        ("verhuisd_datum", AnswerValue::Date(jiff::civil::date(2025, 6, 14))),
        ("verhuisd_adres", text("Kersenstraat 8, Utrecht")),
    ]);
    daan.fill_in(checklist, 4, &answers)?;
    // Both had no network, so neither saw the other's answer.
    let (hers, his) = (lisa.look()?, daan.look()?);
    let place = daan.place(checklist, "spaarsaldo");
    stage.at(1, 20, 8);
    let write = daan.answer(&place, amount(21_150));
    daan.write_upon(his, vec![write])?;
    stage.at(0, 13, 52);
    let write = lisa.answer(&place, amount(18_400));
    lisa.write_upon(hers, vec![write])
}

/// Tells a household that registered and has no task yet.
fn bos(stage: &Stage<'_>) -> Result<(), DemoError> {
    stage.at(4, 15, 0);
    let home = stage.household("10311", "Hendrik Bos", &[("Hendrik Bos", "Hendrik", Nl)])?;
    stage.invite(&home)?;
    stage.at(0, 10, 6);
    Hand::register(stage, &home, 0, "Samsung Internet, Android").map(|_| ())
}

/// Tells a household that declined the first version with a reason.
fn hendriks(stage: &Stage<'_>) -> Result<(), DemoError> {
    stage.at(28, 10, 30);
    let home = stage.household("10307", "Noor Hendriks", &[("Noor Hendriks", "Noor", En)])?;
    stage.invite(&home)?;
    stage.at(27, 17, 22);
    let noor = Hand::register(stage, &home, 0, "Safari, iPhone")?;
    stage.at(25, 9, 0);
    let checklist = stage.set_out_checklist(&home, 4)?;
    stage.at(18, 19, 0);
    noor.fill_in(checklist, 10, &owner("NL39RABO0300065264", "UMC Utrecht", 17_250, 465_000, 280_000))?;
    noor.hand_in(checklist)?;
    stage.at(6, 14, 0);
    let figures = [
        ("Loon en uitkering", 61_200, 59_800),
        ("Eigen woning: WOZ-waarde", 445_000, 438_000),
        ("Aftrek hypotheekrente", 9_333, 9_610),
    ];
    let revision = stage.set_out_return(&home, 1, &Return { outcomes: &[1_120], figures: &figures, due_in: 15 })?;
    stage.at(0, 12, 10);
    noor.open(revision)?;
    stage.at(0, 12, 15);
    noor.decline(revision, "The WOZ value is not right. My letter says € 465.000.")
}
