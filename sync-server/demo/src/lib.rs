//! The demo: a firm with twelve clients in different phases, so that a
//! newcomer can see both sides within a minute. Everything in it is done the
//! way real work is done: actions of an advisor, changes of devices that are
//! replayed, files in the store, mails in the outbox. Nobody in it exists.
//!
//! It is written once into an empty data folder; each further start uses
//! the same data.

pub mod drawing;
mod error;
mod firm;
mod founding;
mod household;
mod paperwork;
mod person;
mod signature;
mod stories;

use accounts::{
    Origin,
    invitation::{invite_advisor, invite_person},
};
use dossiers::Dossiers;
pub use error::DemoError;
use firm::DemoFirm;
use founding::{ADVISOR, found_firm};
use model::{id::*, time::Timestamp};
use storage::db::Tx;

/// The prefix of the settings that mark a household as complete.
const HOUSEHOLD: &str = "demo_household_";
/// The household whose two partners get a link.
const GUESTS: &str = "10417";

/// The links: one-time links while they are unused, and the login page afterwards.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DemoLinks {
    /// The link into the console.
    pub advisor: String,
    /// The links into the app, for the two partners of one household.
    pub clients: [String; 2],
}

/// Writes what is missing of the demo and makes the links. Blocks. It has to
/// be called before the first request, while nobody else uses a dossier.
pub fn fill(dossiers: &Dossiers, origin: &Origin) -> Result<DemoLinks, DemoError> {
    let advisor = match dossiers.db().read(|q| q.setting(ADVISOR))? {
        Some(id) => id.parse::<AdvisorId>().map_err(|_| DemoError::Incomplete)?,
        None if dossiers.db().read(|q| q.firms())?.is_empty() => found_firm(dossiers)?,
        None => return Err(DemoError::NotADemo),
    };
    let advisor = dossiers.db().read(|q| q.advisor(advisor))?.ok_or(DemoError::Incomplete)?;
    let firm = DemoFirm::new(dossiers, origin, advisor.clone());
    for (number, story) in stories::ALL {
        let setting = format!("{HOUSEHOLD}{number}");
        let begun = dossiers.db().read(|q| q.client_by_number(advisor.firm, number))?.is_some();
        if dossiers.db().read(|q| q.setting(&setting))?.is_none() {
            // A household that was interrupted stays as it is, so that nothing is told twice.
            if !begun {
                story(&firm)?;
            }
            dossiers.db().write_blocking(move |tx| tx.set_setting(&setting, "told"))?;
        }
    }
    links(dossiers, origin, advisor.id)
}

fn links(dossiers: &Dossiers, origin: &Origin, advisor: AdvisorId) -> Result<DemoLinks, DemoError> {
    let now = dossiers.clock().now();
    let (advisor, guests) = dossiers.db().write_blocking(move |tx| paths(tx, advisor, now))?;
    let [first, second] = guests;
    Ok(DemoLinks {
        advisor: format!("{origin}{advisor}"),
        clients: [format!("{origin}{first}"), format!("{origin}{second}")],
    })
}

fn paths(tx: &Tx<'_>, advisor: AdvisorId, now: Timestamp) -> Result<(String, [String; 2]), DemoError> {
    let advisor = tx.advisor(advisor)?.ok_or(DemoError::Incomplete)?;
    let client = tx.client_by_number(advisor.firm, GUESTS)?.ok_or(DemoError::Incomplete)?;
    let console = match advisor.account {
        Some(_) => "/kantoor/inloggen".to_owned(),
        None => format!("/kantoor/welkom#{}", invite_advisor(tx, &advisor, now)?),
    };
    let firm = tx.firm(advisor.firm)?.ok_or(DemoError::Incomplete)?;
    let mut guests = tx.people(client.id)?.into_iter();
    let mut guest = || {
        let person = guests.next().ok_or(DemoError::Incomplete)?;
        Ok::<_, DemoError>(match person.account {
            Some(_) => firm.login_path(person.language),
            None => firm.welcome_path(person.language, &invite_person(tx, &person, now)?),
        })
    };
    Ok((console, [guest()?, guest()?]))
}
