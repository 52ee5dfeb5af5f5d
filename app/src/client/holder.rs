//! The login that a device belongs to, and when the device was last used.

use crate::platform::{StoreWrite, keys};
use model::{api::Identity, id::AccountId, record::Base64, time::Timestamp};
use serde::{Deserialize, Serialize};

/// Time without use after which the device locks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum IdleLimit {
    /// A quarter of an hour.
    #[default]
    Quarter,
    /// An hour.
    Hour,
    /// A working day of eight hours.
    Day,
}

impl IdleLimit {
    /// All limits, the shortest first.
    pub const ALL: [Self; 3] = [Self::Quarter, Self::Hour, Self::Day];

    /// Returns the limit in milliseconds.
    fn milliseconds(self) -> i64 {
        60_000
            * match self {
                Self::Quarter => 15,
                Self::Hour => 60,
                Self::Day => 8 * 60,
            }
    }
}

/// The login that the device belongs to: all that is known while the device is locked. It is not encrypted, so it must
/// not hold anything personal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Holder {
    /// Identifier of the login.
    pub account: AccountId,
    /// Relying party of the passkeys.
    pub rp_id: String,
    /// Passkeys that unlock the device.
    pub passkeys: Vec<Base64>,
    /// Moment when somebody last touched the app on this device.
    pub(super) last_used: Timestamp,
    /// Time without use after which the device locks.
    #[serde(default)]
    pub(super) limit: IdleLimit,
}

impl Holder {
    pub(super) fn of(identity: &Identity, now: Timestamp, limit: IdleLimit) -> Self {
        Self {
            account: identity.account,
            rp_id: identity.rp_id.clone(),
            passkeys: identity.passkeys.clone(),
            last_used: now,
            limit,
        }
    }

    pub(super) fn write(&self) -> StoreWrite {
        // A holder has no maps, so it always has a JSON form.
        StoreWrite::Put(keys::HOLDER.to_owned(), serde_json::to_vec(self).unwrap_or_default())
    }

    pub(super) fn is_idle(&self, now: Timestamp) -> bool {
        // A clock that was set back must not keep the device open for ever.
        let unused = now.0 - self.last_used.0;
        unused >= self.limit.milliseconds() || unused < -self.limit.milliseconds()
    }
}

pub(super) fn identity_write(identity: &Identity) -> StoreWrite {
    // An identity has no maps, so it always has a JSON form.
    StoreWrite::Put(keys::identity(identity.account), serde_json::to_vec(identity).unwrap_or_default())
}
