//! How much the files of a client and of a firm may take, and what has to stay free on the disk.

use super::error::StoreError;
use crate::db::{DbError, Query, Usage};
use model::{
    api::Room,
    id::{ClientId, FirmId},
    time::Timestamp,
};
use serde::{Deserialize, Serialize};

/// Decimal, as sizes are shown.
const GB: u64 = 1_000_000_000;
/// The reserve, unless it is set: this many bytes or this part of the disk, whichever is more.
const RESERVE: u64 = GB;
const RESERVED_PART: u64 = 20;

/// The limits of the store. Their defaults are what an installation has unless its settings say otherwise.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Quota {
    /// The bytes of all files of one client.
    pub client_bytes: u64,
    /// The number of files of one client.
    pub client_files: u64,
    /// The bytes of all files of one firm.
    pub firm_bytes: u64,
    /// The number of files of one firm.
    pub firm_files: u64,
    /// The bytes that stay free on the disk, for answers and approvals; 1 GB or 5 % of the disk if it is not set.
    pub reserve_bytes: Option<u64>,
}

impl Default for Quota {
    fn default() -> Self {
        Self {
            client_bytes: 2 * GB,
            client_files: 2_000,
            firm_bytes: 200 * GB,
            firm_files: 200_000,
            reserve_bytes: None,
        }
    }
}

impl Quota {
    /// Refuses `bytes` more of a file of a client, with uploads that are under way counted as if they were finished.
    pub fn check_client(&self, q: &Query<'_>, client: ClientId, bytes: u64, now: Timestamp) -> Result<(), StoreError> {
        let used = q.usage_of_client(client)?.and(q.pending_usage_of_client(client, now)?);
        let fits = used.and(Usage { bytes, files: 1 }).is_within(self.client_bytes, self.client_files);
        if fits { Ok(()) } else { Err(StoreError::ClientFull) }
    }

    /// Refuses `bytes` more of a file of a firm.
    pub fn check_firm(&self, q: &Query<'_>, firm: FirmId, bytes: u64) -> Result<(), StoreError> {
        let used = q.usage_of_firm(firm)?.and(Usage { bytes, files: 1 });
        if used.is_within(self.firm_bytes, self.firm_files) { Ok(()) } else { Err(StoreError::FirmFull) }
    }

    /// Returns what has to stay free on a disk of `size` bytes.
    pub fn reserve(&self, size: u64) -> u64 {
        self.reserve_bytes.unwrap_or(RESERVE.max(size / RESERVED_PART))
    }

    /// Returns what a client can still send.
    pub fn room(&self, q: &Query<'_>, firm: FirmId, client: ClientId, now: Timestamp) -> Result<Room, DbError> {
        let used = q.usage_of_client(client)?.and(q.pending_usage_of_client(client, now)?);
        let of_firm = q.usage_of_firm(firm)?;
        let left = |most: u64, used: u64| most.saturating_sub(used);
        Ok(Room {
            bytes: left(self.client_bytes, used.bytes).min(left(self.firm_bytes, of_firm.bytes)),
            files: left(self.client_files, used.files).min(left(self.firm_files, of_firm.files)),
        })
    }
}
