//! A person with all that their mails name.

use super::{kind::Audience, passage::Values, timing::offset_at_office};
use model::{id::PersonId, language::Language, time::Timestamp};
use storage::db::{Advisor, Client, DbError, Firm, PersonRow, Query};
use ui::format;

/// A person, with everything that their mails can name.
pub(super) struct Household {
    pub firm: Firm,
    pub client: Client,
    pub advisor: Advisor,
    pub person: PersonRow,
}

impl Household {
    /// Loads the household of a person.
    pub fn of(q: &Query<'_>, person: PersonId) -> Result<Self, DbError> {
        let person = q.person(person)?.ok_or(DbError::Missing("person of a mail"))?;
        let firm = q.firm(person.firm)?.ok_or(DbError::Missing("firm of a person"))?;
        let client = q.client(person.firm, person.client)?.ok_or(DbError::Missing("client of a person"))?;
        let advisor = q.advisor(client.advisor)?.ok_or(DbError::Missing("advisor of a client"))?;
        Ok(Self { firm, client, advisor, person })
    }

    /// Returns what every mail about this household can name.
    pub(super) fn values(&self, audience: Audience, at: Timestamp, language: Language) -> Values {
        let mut values = Values::from([
            ("firm", self.firm.name.clone()),
            ("moment", format::moment_long(at, offset_at_office(at), language)),
        ]);
        if audience == Audience::Advisor {
            values.extend([
                ("given_name", self.advisor.given_name.clone()),
                ("person", self.person.name.clone()),
                ("client", self.client.name.clone()),
                ("client_number", self.client.number.clone()),
            ]);
        } else {
            values.extend([
                ("given_name", self.person.given_name.clone()),
                ("advisor", self.advisor.name.clone()),
                ("phone", self.firm.phone.clone()),
            ]);
        }
        values
    }
}
