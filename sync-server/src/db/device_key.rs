//! Keys of devices that may sign, with the passkeys' certificates.

use super::{DbError, Query, Tx, value::Col};
use model::{hash::ContentHash, id::*, record::DeviceCertificate, time::Timestamp};
use rusqlite::{OptionalExtension, Row, params};

/// A certified key.
#[derive(Debug, Clone, PartialEq)]
pub struct DeviceKeyRow {
    /// BLAKE3 of the public key.
    pub key: ContentHash,
    pub account: AccountId,
    pub device: DeviceId,
    pub certificate: DeviceCertificate,
    pub certified_at: Timestamp,
    pub revoked_at: Option<Timestamp>,
}

/// Which keys are taken out of use.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KeysOf<'k> {
    /// This one, by its hash.
    Key(&'k ContentHash),
    /// Those that a passkey certified.
    Passkey(&'k [u8]),
    Device(DeviceId),
    Account(AccountId),
    /// A person's, on one device.
    Person(PersonId, DeviceId),
}

const COLUMNS: &str = "select key, account, device, certificate, certified_at, revoked_at from device_key";

fn device_key(row: &Row<'_>) -> rusqlite::Result<Result<DeviceKeyRow, DbError>> {
    let json: String = row.get(3)?;
    let Ok(certificate) = serde_json::from_str(&json) else { return Ok(Err(DbError::Malformed("certificate"))) };
    Ok(Ok(DeviceKeyRow {
        key: ContentHash(row.get(0)?),
        account: row.get::<_, Col<_>>(1)?.0,
        device: row.get::<_, Col<_>>(2)?.0,
        certificate,
        certified_at: row.get::<_, Col<_>>(4)?.0,
        revoked_at: row.get::<_, Option<Col<_>>>(5)?.map(|c| c.0),
    }))
}

impl Query<'_> {
    /// A device's key, revoked or not.
    pub fn device_key(&self, key: &ContentHash) -> Result<Option<DeviceKeyRow>, DbError> {
        let mut statement = self.0.prepare_cached(&format!("{COLUMNS} where key = ?"))?;
        statement.query_row([key.0], device_key).optional()?.transpose()
    }

    /// All device keys that an account ever had, oldest first.
    pub fn device_keys(&self, account: AccountId) -> Result<Vec<DeviceKeyRow>, DbError> {
        let mut statement =
            self.0.prepare_cached(&format!("{COLUMNS} where account = ? order by certified_at, key"))?;
        let rows: Result<Result<_, DbError>, _> = statement.query_map([Col(account)], device_key)?.collect();
        rows?
    }
}

impl Tx<'_> {
    /// Adds a key. An earlier one of the same person on the same device is
    /// over: a device has one.
    pub fn add_device_key(&self, k: &DeviceKeyRow) -> Result<(), DbError> {
        let certificate = serde_json::to_string(&k.certificate).map_err(|_| DbError::Unwritable("certificate"))?;
        let person = Col(k.certificate.person);
        self.revoke_device_keys(KeysOf::Person(k.certificate.person, k.device), k.certified_at)?;
        self.0.0.execute(
            "insert into device_key (key, account, person, device, passkey, certificate, certified_at, revoked_at)
             values (?, ?, ?, ?, ?, ?, ?, ?)",
            params![
                k.key.0,
                Col(k.account),
                person,
                Col(k.device),
                k.certificate.assertion.credential.0,
                certificate,
                Col(k.certified_at),
                k.revoked_at.map(Col)
            ],
        )?;
        Ok(())
    }

    /// Takes keys out of use.
    pub fn revoke_device_keys(&self, of: KeysOf<'_>, at: Timestamp) -> Result<(), DbError> {
        let (column, id): (_, &[u8]) = match &of {
            KeysOf::Key(key) => ("key", &key.0),
            KeysOf::Passkey(credential) => ("passkey", credential),
            KeysOf::Device(device) | KeysOf::Person(_, device) => ("device", device.as_bytes()),
            KeysOf::Account(account) => ("account", account.as_bytes()),
        };
        let person = if let KeysOf::Person(person, _) = of { Some(Col(person)) } else { None };
        self.0.0.execute(
            &format!(
                "update device_key set revoked_at = ?1
                 where {column} = ?2 and (?3 is null or person = ?3) and revoked_at is null"
            ),
            params![Col(at), id, person],
        )?;
        Ok(())
    }
}
