//! The returns that a revision is of: what an advisor wants, found among those of the year, or made.

use super::ActionError;
use documents::dossier::DossierYear;
use model::{
    id::*,
    record::*,
    tax_return::{Period, ReturnKind},
    time::{Date, TaxYear, Timestamp},
};
use storage::clock::random;

/// The most returns that one revision can be of: those of two fiscal partners.
pub(super) const MOST_RETURNS: usize = 2;

/// Which of the returns of one taxpayer, kind and period.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Which {
    /// The newest that there is, or the first.
    Newest,
    /// A further one.
    Further,
    /// The one with this number.
    Number(u32),
}

/// A tax return, by what it is.
#[derive(Debug, Clone, PartialEq)]
pub struct WantedReturn {
    pub taxpayer: Taxpayer,
    pub kind: ReturnKind,
    /// The firm's name for what is of no known kind.
    pub name: String,
    pub period: Period,
    /// Which of those of the same taxpayer, kind and period.
    pub which: Which,
    /// The day until which the tax authority waits for it.
    pub postponed_until: Option<Date>,
}

impl WantedReturn {
    /// Returns the income tax return of a person over a year.
    pub fn income_tax(person: PersonId, tax_year: TaxYear) -> Self {
        Self::of(Taxpayer::Person(person), ReturnKind::Ib, Period::year(tax_year))
    }

    /// Returns the newest return of a taxpayer, a kind and a period, which was not postponed.
    pub fn of(taxpayer: Taxpayer, kind: ReturnKind, period: Period) -> Self {
        Self { taxpayer, kind, name: String::new(), period, which: Which::Newest, postponed_until: None }
    }
}

/// A return of a year, and whether its record has to be written.
pub(super) struct Found {
    pub id: TaxReturnId,
    pub tax_return: TaxReturn,
    pub is_new: bool,
}

/// Finds the wanted returns among those of the year, or makes them.
pub(super) fn found(
    year: &DossierYear,
    wanted: &[WantedReturn],
    company: &str,
    tax_year: TaxYear,
    now: Timestamp,
) -> Result<Vec<Found>, ActionError> {
    let first = wanted.first().ok_or(ActionError::NoReturn)?;
    let is_joint = wanted.len() > 1;
    let fit = |other: &WantedReturn| (other.kind, other.period, other.which) == (first.kind, first.period, first.which);
    let twice = wanted.iter().skip(1).any(|other| other.taxpayer == first.taxpayer);
    if wanted.len() > MOST_RETURNS
        || twice
        || is_joint && !(first.kind.is_filed_with_partner() && wanted.iter().all(fit))
    {
        return Err(ActionError::NoReturn);
    }
    if first.period.tax_year() != tax_year {
        return Err(ActionError::OtherYear(first.period.tax_year()));
    }
    wanted.iter().map(|wanted| find(year, wanted, company, now)).collect()
}

fn find(year: &DossierYear, wanted: &WantedReturn, company: &str, now: Timestamp) -> Result<Found, ActionError> {
    let WantedReturn { taxpayer, kind, period, postponed_until, .. } = *wanted;
    let taxpayer_name = match taxpayer {
        Taxpayer::Person(person) if kind.is_of_person() => {
            year.people.get(&person).ok_or(ActionError::NoSuchPerson)?.name.clone()
        }
        Taxpayer::Company if kind.is_of_company() => company.to_owned(),
        _ => return Err(ActionError::NoReturn),
    };
    let name = if kind == ReturnKind::Other { wanted.name.trim() } else { "" };
    if !kind.periods().contains(&period.kind()) || kind == ReturnKind::Other && name.is_empty() {
        return Err(ActionError::NoReturn);
    }
    let new =
        TaxReturn { taxpayer, taxpayer_name, kind, name: name.to_owned(), period, number: 1, postponed_until, at: now };
    let alike: Vec<_> = year.tax_returns.iter().filter(|(_, known)| known.is_alike(&new)).collect();
    let newest = alike.iter().map(|(_, known)| known.number).max().unwrap_or(0);
    let number = match wanted.which {
        Which::Newest => newest.max(1),
        Which::Further => newest + 1,
        Which::Number(number) => number,
    };
    if number > newest + 1 {
        return Err(ActionError::NoReturn);
    }
    let of_same = |known: &TaxReturn| (known.taxpayer, known.kind, &known.name) == (new.taxpayer, new.kind, &new.name);
    let overlaps = |known: &TaxReturn| of_same(known) && known.period != period && known.period.overlaps(period);
    if !kind.is_repeated() && year.tax_returns.values().any(overlaps) {
        return Err(ActionError::PeriodOverlaps);
    }
    Ok(match alike.into_iter().find(|(_, known)| known.number == number) {
        Some((id, known)) => {
            let postponed_until = postponed_until.or(known.postponed_until);
            let is_new = postponed_until != known.postponed_until;
            Found { id: *id, tax_return: TaxReturn { postponed_until, ..known.clone() }, is_new }
        }
        None => Found { id: TaxReturnId::from_random(random()), tax_return: TaxReturn { number, ..new }, is_new: true },
    })
}
