//! The keys of devices that may sign, with the passkeys' certificates.

use super::{DbError, Query, Tx, column::values, sqlite::Row};
use model::{hash::ContentHash, id::*, record::DeviceCertificate, time::Timestamp};

/// A certified key.
#[derive(Debug, Clone, PartialEq)]
pub struct DeviceKeyRow {
    /// The BLAKE3 hash of the public key.
    pub key: ContentHash,
    pub account: AccountId,
    pub device: DeviceId,
    pub certificate: DeviceCertificate,
    pub certified_at: Timestamp,
    pub revoked_at: Option<Timestamp>,
}

/// Selects the keys that are revoked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KeysOf<'k> {
    /// The key with this hash.
    Key(&'k ContentHash),
    /// The keys that a passkey certified.
    Passkey(&'k [u8]),
    Device(DeviceId),
    Account(AccountId),
    /// The keys of a person on one device.
    Person(PersonId, DeviceId),
}

const COLUMNS: &str = "select key, account, device, certificate, certified_at, revoked_at from device_key";

fn device_key(row: &Row<'_>) -> Result<DeviceKeyRow, DbError> {
    let certificate =
        serde_json::from_str(&row.get::<String>("certificate")?).map_err(|_| DbError::Malformed("certificate"))?;
    Ok(DeviceKeyRow {
        key: row.get("key")?,
        account: row.get("account")?,
        device: row.get("device")?,
        certificate,
        certified_at: row.get("certified_at")?,
        revoked_at: row.get("revoked_at")?,
    })
}

impl Query<'_> {
    /// Returns a device's key, revoked or not.
    pub fn device_key(&self, key: &ContentHash) -> Result<Option<DeviceKeyRow>, DbError> {
        self.optional(&format!("{COLUMNS} where key = ?1"), values![key], device_key)
    }

    /// Returns all device keys that an account ever had, oldest first.
    pub fn device_keys(&self, account: AccountId) -> Result<Vec<DeviceKeyRow>, DbError> {
        self.many(&format!("{COLUMNS} where account = ?1 order by certified_at, key"), values![account], device_key)
    }
}

impl Tx<'_> {
    /// Adds a key. An earlier one of the same person on the same device is
    /// revoked, because a device has only one.
    pub fn add_device_key(&self, k: &DeviceKeyRow) -> Result<(), DbError> {
        let certificate = serde_json::to_string(&k.certificate).map_err(|_| DbError::Unwritable("certificate"))?;
        let person = k.certificate.person;
        self.revoke_device_keys(KeysOf::Person(k.certificate.person, k.device), k.certified_at)?;
        self.run(
            "insert into device_key (key, account, person, device, passkey, certificate, certified_at, revoked_at)
             values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
            values![
                k.key,
                k.account,
                person,
                k.device,
                k.certificate.assertion.credential.0,
                certificate,
                k.certified_at,
                k.revoked_at
            ],
        )?;
        Ok(())
    }

    /// Revokes keys.
    pub fn revoke_device_keys(&self, of: KeysOf<'_>, at: Timestamp) -> Result<(), DbError> {
        let (column, id): (_, &[u8]) = match &of {
            KeysOf::Key(key) => ("key", &key.0),
            KeysOf::Passkey(credential) => ("passkey", credential),
            KeysOf::Device(device) | KeysOf::Person(_, device) => ("device", device.as_bytes()),
            KeysOf::Account(account) => ("account", account.as_bytes()),
        };
        let person = if let KeysOf::Person(person, _) = of { Some(person) } else { None };
        self.run(
            &format!(
                "update device_key set revoked_at = ?1
                 where {column} = ?2 and (person = ?3 or ?3 is null) and revoked_at is null"
            ),
            values![at, id, person],
        )?;
        Ok(())
    }
}
