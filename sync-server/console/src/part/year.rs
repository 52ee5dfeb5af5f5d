//! One client's year: how the pages about it load it and act on it.

pub mod text;
pub mod view;

use super::address;
use crate::state::Console;
use accounts::{
    access,
    error::{Refusal, ServerError},
};
use axum::extract::Path;
use documents::dossier::DossierYear;
use dossiers::{ActionError, Dossiers, work::Share};
use model::{id::ClientId, time::TaxYear};
use std::sync::Arc;
use storage::db::{self, Access, Advisor, Client, DbError, OutboxRow, PersonRow, YearStatus};
use view::ClientYear;

/// The years for which a dossier can be opened.
const YEARS: std::ops::RangeInclusive<i16> = 2015..=2100;

/// The maximum number of mails that are listed.
const MAILS: u32 = 6;

/// A client's year as it was loaded.
pub struct Loaded {
    pub client: Client,
    pub people: Vec<(PersonRow, Access)>,
    pub tax_year: TaxYear,
    pub years: Vec<TaxYear>,
    pub year: Arc<DossierYear>,
    pub status: Option<YearStatus>,
    pub mails: Vec<OutboxRow>,
    pub failed_mails: Vec<OutboxRow>,
    /// The position in the log at which this was loaded.
    pub position: u64,
}

/// Returns the position in the log of a year. It grows with every change of either side.
pub fn position(q: &db::Query<'_>, client: ClientId, tax_year: TaxYear) -> Result<u64, DbError> {
    Ok(q.documents_of_year(client, tax_year)?.iter().map(|d| d.head_seq).sum())
}

impl Loaded {
    /// Returns the year as the markup needs it.
    pub fn view(&self) -> ClientYear<'_> {
        ClientYear {
            client: &self.client,
            people: &self.people,
            tax_year: self.tax_year,
            years: &self.years,
            year: &self.year,
            status: self.status.as_ref(),
            position: self.position,
            mails: &self.mails,
            failed_mails: &self.failed_mails,
        }
    }

    /// Returns the address of the year.
    pub fn href(&self) -> String {
        address::year(&self.client.number, self.tax_year)
    }
}

/// The client number and the tax year in an address.
pub type YearPath = Path<(String, i16)>;

/// Loads a year of a client of the advisor's firm. Returns `None` if it was never opened.
pub async fn find(
    state: &Console,
    advisor: &Advisor,
    number: &str,
    year: i16,
) -> Result<(Client, Option<Loaded>), ServerError> {
    let client = access::client_of_firm(&state.db, advisor, number)?;
    if !YEARS.contains(&year) {
        return Err(Refusal::NotFound.into());
    }
    let tax_year = TaxYear(year);
    let (dossiers, id) = (state.dossiers.clone(), client.id);
    let read = move || dossiers.read_with_position(id, tax_year);
    let (view, position) = match state.work.run(Share::Console, read).await? {
        Err(ActionError::NoSuchYear) => return Ok((client, None)),
        other => other?,
    };
    let (firm, now) = (advisor.firm, state.clock.now());
    let (people, access, documents, status, mails) = state.db.read(|q| {
        Ok::<_, DbError>((
            q.people(id)?,
            q.access_of_people(firm, Some(id), now)?,
            q.documents_of_client(id)?,
            q.year_status(id, tax_year)?,
            (q.mails_of_year(id, tax_year, MAILS)?, q.failed_mails_of(firm, id, MAILS)?),
        ))
    })?;
    let access_of = |person| access.iter().find(|(_, p, _)| *p == person).map_or(Access::NotInvited, |(_, _, a)| *a);
    let mut years: Vec<_> = documents.iter().map(|d| d.info.tax_year).collect();
    years.sort_unstable();
    years.dedup();
    let loaded = Loaded {
        people: people.into_iter().map(|p| (p.clone(), access_of(p.id))).collect(),
        tax_year,
        years,
        year: view,
        status,
        position,
        mails: mails.0,
        failed_mails: mails.1,
        client: client.clone(),
    };
    Ok((client, Some(loaded)))
}

/// Loads a year, and refuses if it was never opened.
pub async fn load(state: &Console, advisor: &Advisor, number: &str, year: i16) -> Result<Loaded, ServerError> {
    find(state, advisor, number, year).await?.1.ok_or_else(|| Refusal::NotFound.into())
}

/// Runs an action on a thread that may block.
pub async fn act<T: Send + 'static>(
    dossiers: &Dossiers,
    action: impl FnOnce(&Dossiers) -> Result<T, ActionError> + Send + 'static,
) -> Result<Result<T, ActionError>, ServerError> {
    let own = dossiers.clone();
    Ok(dossiers.work().run(Share::Console, move || action(&own)).await?)
}
