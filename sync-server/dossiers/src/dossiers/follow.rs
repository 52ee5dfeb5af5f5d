//! Lets the years of a client follow what changed beside them: a name, a role, a registration. A year that cannot
//! follow delays no other; it is tried again by the jobs.

use super::{ActionError, Dossiers, Plan, filled};
use model::{id::ClientId, section::Party, time::TaxYear};
use std::collections::BTreeSet;
use storage::{
    apart::{apart_blocking, caught},
    db::{Actor, Advisor, AdvisorRole, DbError, Work, WorkItem},
};

impl Dossiers {
    /// Updates cover and people of every open year of these clients.
    pub fn renew_covers(&self, by: &Advisor, clients: Vec<ClientId>) {
        for client in clients {
            self.apart_of(client, || {
                let years = self.open_years(client)?;
                each(years, |year| self.open_year(by, client, year))
            });
        }
    }

    /// Updates all years of a client after something changed that is not in the documents,
    /// such as a registration: the table of year statuses, and the people in the documents.
    pub fn refresh(&self, client: ClientId) -> Result<(), ActionError> {
        let people = self.0.db.read(|q| {
            let people = q.people(client)?.into_iter().map(|row| Ok((q.person_details(row.id)?, row)));
            people.collect::<Result<Vec<_>, DbError>>()
        })?;
        each(self.open_years(client)?, |tax_year| {
            let year = self.year(client, tax_year)?;
            let mut year = year.lock();
            let view = year.view();
            let known = people.iter().filter(|(_, person)| view.people.contains_key(&person.id));
            let writes = known.filter_map(|(kept, person)| filled::filled(&view, person, kept)).collect();
            self.commit(&mut year, None, Plan { writes, ..Plan::default() }, Actor::Server, None)
        })
    }

    /// Does the same as [`Dossiers::refresh`] for several clients, without blocking.
    pub async fn refresh_all(&self, clients: Vec<ClientId>) {
        let dossiers = self.clone();
        let work = move || {
            for client in clients {
                dossiers.apart_of(client, || dossiers.refresh(client));
            }
        };
        if let Err(error) = tokio::task::spawn_blocking(work).await {
            tracing::error!(%error, "clients' years could not be brought up to date");
        }
    }

    /// Lets all years of a client follow everything, as the advisor who is responsible.
    pub fn follow(&self, client: ClientId) -> Result<(), ActionError> {
        let advisor = self.0.db.read(|q| q.responsible_advisor(client))?.ok_or(ActionError::NoSuchClient)?;
        // The change itself was allowed, whoever is responsible now.
        let advisor = Advisor { role: AdvisorRole::Advisor, ..advisor };
        let covered = each(self.open_years(client)?, |year| self.open_year(&advisor, client, year));
        self.refresh(client).and(covered)
    }

    fn apart_of(&self, client: ClientId, work: impl FnOnce() -> Result<(), ActionError>) {
        apart_blocking(&self.0.db, self.0.clock.now(), WorkItem::of_client(Work::Years, client, client), work);
    }

    fn open_years(&self, client: ClientId) -> Result<BTreeSet<TaxYear>, DbError> {
        let documents = self.0.db.read::<_, DbError>(|q| q.documents_of_client(client))?;
        Ok(documents.iter().filter(|d| d.info.party == Party::Firm).map(|d| d.info.tax_year).collect())
    }
}

/// Does something with each year. Returns the last failure, after all were tried.
fn each(years: BTreeSet<TaxYear>, mut work: impl FnMut(TaxYear) -> Result<(), ActionError>) -> Result<(), ActionError> {
    let mut outcome = Ok(());
    for year in years {
        if let Err(error) = caught(|| work(year)) {
            outcome = Err(ActionError::Db(DbError::given_up(error)));
        }
    }
    outcome
}
