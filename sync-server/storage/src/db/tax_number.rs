//! The numbers of taxpayers: encrypted, except the BSN, which is a detail of a person. One that does not open is an
//! error, never a number that is missing.

use super::{DbError, Query, Tx, column::values};
use crate::vault::Vault;
use model::{id::*, record::Taxpayer, tax_number::NumberKind};

/// A number that the firm knows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KnownNumber {
    pub client: ClientId,
    pub taxpayer: Taxpayer,
    pub kind: NumberKind,
    pub number: String,
}

/// A number as it is stored: the client, the word of the taxpayer, the word of the kind, and the closed number.
type Closed = (ClientId, String, String, Vec<u8>);

/// Returns the word with which a taxpayer is stored.
fn word(taxpayer: Taxpayer) -> String {
    match taxpayer {
        Taxpayer::Person(person) => person.to_string(),
        Taxpayer::Company => String::new(),
    }
}

/// Returns the place for which a number is encrypted.
fn place(client: ClientId, taxpayer: &str, kind: &str) -> String {
    format!("tax number {client}/{taxpayer}/{kind}")
}

fn open(vault: &Vault, (client, taxpayer, kind, closed): &Closed) -> Result<String, DbError> {
    let place = place(*client, taxpayer, kind);
    vault.open(&place, closed).ok_or_else(|| DbError::given_up(format!("the {place} does not open")))
}

fn known(vault: &Vault, closed: &Closed) -> Result<KnownNumber, DbError> {
    let number = open(vault, closed)?;
    let (client, taxpayer, kind, _) = closed;
    let person = || taxpayer.parse().map(Taxpayer::Person).map_err(|_| DbError::Missing("person of a number"));
    let taxpayer = if taxpayer.is_empty() { Taxpayer::Company } else { person()? };
    let kind = NumberKind::of(kind).ok_or(DbError::Missing("kind of a number"))?;
    Ok(KnownNumber { client: *client, taxpayer, kind, number })
}

const CLOSED: &str = "select n.client, n.taxpayer, n.kind, n.closed from tax_number n";
const BSN: &str = "select p.client, p.id, d.value from person p
    join person_detail d on d.person = p.id and d.field = 'bsn'";

impl Query<'_> {
    /// Returns the numbers of a client and its people.
    pub fn tax_numbers(&self, vault: &Vault, client: ClientId) -> Result<Vec<KnownNumber>, DbError> {
        self.numbers(vault, &format!("{CLOSED} where n.client = ?1"), &format!("{BSN} where p.client = ?1"), client)
    }

    /// Returns the numbers of all clients of a firm and their people.
    pub fn tax_numbers_of_firm(&self, vault: &Vault, firm: FirmId) -> Result<Vec<KnownNumber>, DbError> {
        let closed = format!("{CLOSED} join client c on c.id = n.client where c.firm = ?1");
        self.numbers(vault, &closed, &format!("{BSN} where p.firm = ?1"), firm)
    }

    fn numbers(
        &self,
        vault: &Vault,
        closed: &str,
        bsn: &str,
        of: impl super::column::ToColumn,
    ) -> Result<Vec<KnownNumber>, DbError> {
        let rows: Vec<Closed> =
            self.many(closed, values![of], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?)))?;
        let mut numbers: Vec<KnownNumber> = self.many(bsn, values![of], |row| {
            let taxpayer = Taxpayer::Person(row.get(1)?);
            Ok(KnownNumber { client: row.get(0)?, taxpayer, kind: NumberKind::Bsn, number: row.get(2)? })
        })?;
        for row in &rows {
            numbers.push(known(vault, row)?);
        }
        numbers.sort_by_key(|number| (number.client, number.taxpayer, number.kind));
        Ok(numbers)
    }
}

impl Tx<'_> {
    /// Stores a number of a taxpayer. An empty one deletes it. The BSN is a detail of a person and is not stored here.
    pub fn set_tax_number(&self, vault: &Vault, known: &KnownNumber) -> Result<(), DbError> {
        let (taxpayer, kind) = (word(known.taxpayer), known.kind.word());
        if known.number.is_empty() {
            self.run(
                "delete from tax_number where client = ?1 and taxpayer = ?2 and kind = ?3",
                values![known.client, taxpayer, kind],
            )?;
            return Ok(());
        }
        let closed = vault.close(&place(known.client, &taxpayer, kind), &known.number);
        let closed = closed.ok_or(DbError::Unwritable("number of a taxpayer"))?;
        self.run(
            "insert into tax_number (client, taxpayer, kind, closed) values (?1, ?2, ?3, ?4)
             on conflict (client, taxpayer, kind) do update set closed = excluded.closed",
            values![known.client, taxpayer, kind, closed],
        )?;
        Ok(())
    }

    /// Opens every number with `old` and closes it with `new`. Returns how many there are. One that does not open is a
    /// reason to change nothing, since it would be lost with the old key.
    pub fn rekey_tax_numbers(&self, old: &Vault, new: &Vault) -> Result<usize, DbError> {
        let rows: Vec<Closed> =
            self.many(CLOSED, values![], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?)))?;
        for row in &rows {
            self.set_tax_number(new, &known(old, row)?)?;
        }
        Ok(rows.len())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::db::{Db, sample};
    use model::time::Timestamp;

    fn number(client: ClientId, kind: NumberKind, number: &str) -> KnownNumber {
        KnownNumber { client, taxpayer: Taxpayer::Company, kind, number: number.to_owned() }
    }

    #[test]
    fn a_number_is_closed_in_the_database_and_belongs_to_one_firm() {
        let folder = tempfile::tempdir().unwrap();
        let db = Db::open(&folder.path().join("akkoord.db")).unwrap();
        let [firm, other] = [1, 2].map(|n| FirmId::from_bytes([n; 16]));
        let [client, theirs] = [3, 4].map(|n| ClientId::from_bytes([n; 16]));
        let (vault, next) = (Vault::of(b"one"), Vault::of(b"two"));
        let (opened, numbers) = (vault.clone(), next.clone());
        db.write_blocking::<_, DbError>(move |tx| {
            for (firm, client, n) in [(firm, client, 5), (other, theirs, 6)] {
                let advisor = AdvisorId::from_bytes([n; 16]);
                tx.add_firm(&sample::firm(firm), Timestamp(1))?;
                tx.add_advisor(&sample::advisor(advisor, firm), Timestamp(1))?;
                tx.add_client(&sample::client(client, firm, advisor), Timestamp(1))?;
                tx.set_tax_number(&opened, &number(client, NumberKind::Rsin, "123456782"))?;
            }
            tx.set_tax_number(&opened, &number(client, NumberKind::Vat, "123456782B01"))?;
            tx.set_tax_number(&opened, &number(client, NumberKind::Vat, ""))?;
            assert_eq!(tx.rekey_tax_numbers(&opened, &numbers)?, 2);
            Ok(())
        })
        .unwrap();
        let known = db.read(|q| q.tax_numbers_of_firm(&next, firm)).unwrap();
        assert_eq!(known, [number(client, NumberKind::Rsin, "123456782")]);
        assert_eq!(db.read(|q| q.tax_numbers(&next, client)).unwrap(), known);
        assert!(db.read(|q| q.tax_numbers(&vault, client)).is_err(), "it was closed with another key");
        let closed: Vec<Closed> = db
            .read(|q| q.many(CLOSED, values![], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?))))
            .unwrap();
        assert!(closed.iter().all(|row| !row.3.windows(9).any(|part| part == b"123456782")));
    }
}
