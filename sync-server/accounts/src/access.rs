//! Decides who may see what. Every request about a client passes through here, and the
//! value that it returns is the proof.

use crate::{
    SignedIn,
    error::{Refusal, ServerError},
};
use model::{id::ClientId, time::TaxYear};
use storage::db::{Advisor, Client, Db, PersonRow};

/// Returns the person that this login is in `client`. If there is none, or the
/// person is blocked, the refusal is the same as for a client that does not exist.
pub fn of_client(db: &Db, signed_in: &SignedIn, client: ClientId) -> Result<PersonRow, ServerError> {
    let people = db.read(|q| q.people_of_account(signed_in.account))?;
    people.into_iter().find(|p| p.client == client && !p.blocked).ok_or_else(|| Refusal::NotFound.into())
}

/// Returns the person that this login is in `client`'s `tax_year`. Somebody who left the
/// household has access to the years before, and to no other.
pub fn of_year(db: &Db, signed_in: &SignedIn, client: ClientId, tax_year: TaxYear) -> Result<PersonRow, ServerError> {
    of_client(db, signed_in, client).and_then(|p| if p.is_in(tax_year) { Ok(p) } else { Err(Refusal::NotFound.into()) })
}

/// Returns the client with this number in the advisor's own firm.
pub fn client_of_firm(db: &Db, advisor: &Advisor, number: &str) -> Result<Client, ServerError> {
    db.read(|q| q.client_by_number(advisor.firm, number))?.ok_or_else(|| Refusal::NotFound.into())
}
