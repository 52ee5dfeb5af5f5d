//! A tax return as a PDF of several pages, set in Helvetica, which every
//! reader of PDF brings along.

use super::{
    helvetica::width,
    sheet::{Face, HEIGHT, LEFT, RIGHT, Sheets, assemble, rule, write},
};
use lopdf::content::Operation;
use model::{language::Language, money::Cents, time::Date};
use ui::format;

/// The contents of a tax return.
#[derive(Debug, Clone, PartialEq)]
pub struct TaxReturnPaper {
    /// The name of the firm.
    pub firm: String,
    /// The firm's telephone number.
    pub phone: String,
    /// The name of the advisor who made it.
    pub advisor: String,
    /// The firm's number of the client.
    pub client_number: String,
    /// The taxpayers, by full name.
    pub names: Vec<String>,
    /// What it is: *Aangifte inkomstenbelasting*.
    pub title: String,
    /// The period in words.
    pub period: String,
    /// True if an assessment follows; otherwise it is paid at once.
    pub is_assessed: bool,
    /// The number of the version, from 1.
    pub version: u32,
    /// The day on which it was made.
    pub made_on: Date,
    pub sections: Vec<PaperSection>,
    /// The amount that each person receives (positive) or pays (negative).
    pub outcomes: Vec<(String, Cents)>,
}

/// A heading with amounts below it.
#[derive(Debug, Clone, PartialEq)]
pub struct PaperSection {
    pub title: String,
    pub rows: Vec<(String, Cents)>,
}

/// Returns the PDF of a tax return.
pub fn tax_return(paper: &TaxReturnPaper) -> Vec<u8> {
    let mut sheets = Sheets::default();
    cover(&mut sheets, paper);
    for section in &paper.sections {
        sheets.section(section);
    }
    explanation(&mut sheets, paper);
    let count = sheets.pages.len();
    for (number, page) in (1..).zip(&mut sheets.pages) {
        frame(page, paper, number, count);
    }
    let title = format!("{} {}, versie {}", paper.title, paper.period, paper.version);
    assemble(sheets.pages, &title, Language::Nl)
}

fn cover(sheets: &mut Sheets, paper: &TaxReturnPaper) {
    sheets.new_page();
    sheets.y = HEIGHT - 190.0;
    sheets.line(LEFT, 26.0, Face::Bold, &paper.title, 34.0);
    sheets.line(LEFT, 26.0, Face::Bold, &paper.period, 46.0);
    for name in &paper.names {
        sheets.line(LEFT, 14.0, Face::Regular, name, 22.0);
    }
    sheets.y -= 14.0;
    let made = format::date_long(paper.made_on, Language::Nl);
    let facts = [
        ("Klantnummer", paper.client_number.as_str()),
        ("Versie", &paper.version.to_string()),
        ("Opgesteld op", &made),
        ("Opgesteld door", &paper.advisor),
        ("Kantoor", &paper.firm),
    ];
    for (label, value) in facts {
        sheets.text(LEFT, sheets.y, 11.0, Face::Regular, label);
        sheets.text(LEFT + 110.0, sheets.y, 11.0, Face::Regular, value);
        sheets.y -= 18.0;
    }
    sheets.y -= 24.0;
    let height = 40.0 + 26.0 * paper.outcomes.len() as f32;
    sheets.fill(LEFT - 14.0, sheets.y - height + 22.0, RIGHT - LEFT + 28.0, height, 0.95);
    sheets.line(LEFT, 12.0, Face::Bold, "Uitkomst", 26.0);
    for (name, outcome) in &paper.outcomes {
        sheets.text(LEFT, sheets.y, 12.0, Face::Regular, name);
        sheets.text_to(RIGHT, sheets.y, 12.0, Face::Bold, &format::outcome(*outcome, Language::Nl));
        sheets.y -= 26.0;
    }
    sheets.y -= 30.0;
    let words = "Dit is de aangifte zoals wij die voor u willen indienen. Lees hem rustig door. Pas als u akkoord geeft \
                 in het portaal, sturen wij hem naar de Belastingdienst.";
    sheets.passage(words);
    sheets.new_page();
}

fn explanation(sheets: &mut Sheets, paper: &TaxReturnPaper) {
    sheets.room(220.0);
    sheets.line(LEFT, 15.0, Face::Bold, "Toelichting", 26.0);
    let period = &paper.period;
    let mut words = vec![format!(
        "Deze aangifte is gemaakt met de gegevens die u over {period} heeft gegeven en met de gegevens die bij de \
                 Belastingdienst bekend zijn. Verschilden die, dan heeft uw adviseur met u besproken welke juist zijn."
    )];
    if paper.names.len() > 1 {
        words.push("Fiscale partners mogen sommige inkomsten en aftrekposten verdelen. De verdeling in deze aangifte is voor u \
         samen het voordeligst."
            .to_owned());
    }
    let outcome = if paper.is_assessed {
        "De uitkomst is een berekening. De Belastingdienst stelt de aanslag vast en kan daarvan afwijken. Bewaar deze \
         aangifte en de stukken die erbij horen ten minste vijf jaar."
    } else {
        "Wat u moet betalen, betaalt u zelf; er komt geen aanslag. Na het versturen ziet u in het portaal het bedrag, de \
         laatste dag en het betalingskenmerk. Bewaar deze aangifte en de stukken die erbij horen ten minste zeven jaar."
    };
    words.push(outcome.to_owned());
    words.push(format!(
        "Klopt er iets niet? Geef dan geen akkoord, maar laat het ons weten. U bereikt {} op {}.",
        paper.advisor, paper.phone
    ));
    for passage in &words {
        sheets.passage(passage);
        sheets.y -= 8.0;
    }
}

fn frame(page: &mut Vec<Operation>, paper: &TaxReturnPaper, number: usize, count: usize) {
    let mut add = |x, y, size, face, text: &str| write(page, x, y, size, face, text);
    add(LEFT, HEIGHT - 54.0, 10.0, Face::Bold, &paper.firm);
    let right = format!("Aangifte {} - versie {}", paper.period, paper.version);
    add(RIGHT - width(&right, 9.0), HEIGHT - 54.0, 9.0, Face::Regular, &right);
    let foot = format!("Pagina {number} van {count}");
    add(RIGHT - width(&foot, 9.0), 46.0, 9.0, Face::Regular, &foot);
    add(LEFT, 46.0, 9.0, Face::Regular, &format!("Klantnummer {}", paper.client_number));
    rule(page, HEIGHT - 64.0);
    rule(page, 60.0);
}

impl Sheets {
    fn section(&mut self, section: &PaperSection) {
        self.room(90.0);
        self.line(LEFT, 15.0, Face::Bold, &section.title, 26.0);
        for (n, (label, amount)) in section.rows.iter().enumerate() {
            self.room(20.0);
            if n % 2 == 0 {
                self.fill(LEFT - 6.0, self.y - 6.0, RIGHT - LEFT + 12.0, 20.0, 0.965);
            }
            let total = label.starts_with("Totaal") || label.starts_with("Verzamelinkomen");
            let face = if total { Face::Bold } else { Face::Regular };
            let y = self.y;
            self.text(LEFT, y, 11.0, face, label);
            self.text_to(RIGHT, y, 11.0, face, &format::amount(*amount));
            self.y -= 20.0;
        }
        self.y -= 22.0;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use lopdf::Document;

    fn paper(version: u32) -> TaxReturnPaper {
        let rows = |n: i64| (1..=n).map(|i| (format!("Loon uit dienstbetrekking {i}"), Cents(i * 123_456))).collect();
        TaxReturnPaper {
            firm: "Wilgenhof Belastingadvies".into(),
            phone: "030 234 56 78".into(),
            advisor: "Sanne de Wit".into(),
            client_number: "10417".into(),
            names: vec!["Marieke Jansen".into(), "Thomas Bakker".into()],
            title: "Aangifte inkomstenbelasting".into(),
            period: "2025".into(),
            is_assessed: true,
            version,
            made_on: jiff::civil::date(2026, 3, 12),
            sections: vec![
                PaperSection { title: "Box 1: werk en woning".into(), rows: rows(20) },
                PaperSection { title: "Box 3: sparen en beleggen".into(), rows: rows(24) },
            ],
            outcomes: vec![("Marieke Jansen".into(), Cents(184_200)), ("Thomas Bakker".into(), Cents(-55_800))],
        }
    }

    #[test]
    fn a_tax_return_is_a_pdf_of_several_pages_with_its_text() {
        let bytes = tax_return(&paper(1));
        let document = Document::load_mem(&bytes).unwrap();
        let pages: Vec<u32> = document.get_pages().keys().copied().collect();
        assert!(pages.len() >= 3, "{}", pages.len());
        let text = document.extract_text(&pages).unwrap();
        for words in ["Marieke Jansen", "€ 1.842 terug", "€ 558 te betalen", "Box 3: sparen en beleggen", "Toelichting"]
        {
            assert!(text.contains(words), "{words}: {text}");
        }
    }

    #[test]
    fn the_same_return_makes_the_same_bytes_and_another_version_others() {
        assert!(tax_return(&paper(1)) == tax_return(&paper(1)));
        assert!(tax_return(&paper(1)) != tax_return(&paper(2)));
    }
}
