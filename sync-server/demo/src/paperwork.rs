//! The papers of the demo: tax returns and photographs, filled in.

use super::{
    drawing::{self, PaperSection, Photo, TaxReturnPaper},
    household::{Household, TaxReturn},
};
use dossiers::WantedReturn;
use model::{language::Language, money::Cents, record::Taxpayer, tax_return::ReturnKind, time::Date};
use storage::db::{Advisor, Firm};

/// A document to be photographed.
pub(super) struct Picture<'p> {
    pub sender: &'p str,
    pub title: &'p str,
    pub lines: &'p [(&'p str, &'p str)],
    /// The number that determines the position of the document on the table.
    pub seed: u64,
}

/// Returns a JPEG of a document on a table.
pub(super) fn picture(what: &Picture<'_>, name: &str) -> Vec<u8> {
    let lines = what.lines.iter().map(|(label, value)| ((*label).to_owned(), (*value).to_owned())).collect();
    drawing::photograph(&Photo {
        sender: what.sender.to_owned(),
        title: what.title.to_owned(),
        name: name.to_owned(),
        lines,
        seed: what.seed,
    })
}

/// Returns the PDF of a tax return.
pub(super) fn tax_return(
    firm: &Firm,
    advisor: &Advisor,
    household: &Household,
    returns: &[WantedReturn],
    version: u32,
    made_on: Date,
    content: &TaxReturn<'_>,
) -> Vec<u8> {
    let rows = content.figures.iter().map(|(label, euros, _)| ((*label).to_owned(), Cents(euros * 100))).collect();
    let name = |taxpayer: Taxpayer| match taxpayer {
        Taxpayer::Person(id) => household.people.iter().find(|p| p.id == id).map(|p| p.name.clone()),
        Taxpayer::Company => Some(household.client.name.clone()),
    };
    let names: Vec<_> = returns.iter().filter_map(|wanted| name(wanted.taxpayer)).collect();
    let (kind, period) =
        returns.first().map_or((ReturnKind::Other, String::new()), |w| (w.kind, w.period.name(Language::Nl)));
    let mut title = kind.name(Language::Nl).to_owned();
    title.replace_range(..1, &title[..1].to_uppercase());
    let outcomes = names.iter().cloned().zip(content.outcomes.iter().map(|euros| Cents(euros * 100))).collect();
    drawing::tax_return(&TaxReturnPaper {
        firm: firm.name.clone(),
        phone: firm.phone.clone(),
        advisor: advisor.name.clone(),
        client_number: household.client.number.clone(),
        names,
        title,
        period,
        is_assessed: !kind.is_paid_on_filing(),
        version,
        made_on,
        sections: vec![PaperSection { title: "Samenvatting van de aangifte".to_owned(), rows }],
        outcomes,
    })
}
