//! The chains of the log: of each firm one, and one of the installation. Each event's hash covers
//! the event before it and the chain that it belongs to.

use super::fault::AuditFault;
use model::{
    event::Event,
    hash::ContentHash,
    id::*,
    time::{TaxYear, Timestamp},
};
use serde::{Deserialize, Serialize};
use std::{collections::BTreeSet, slice};

/// The BLAKE3 key-derivation context of the chains.
const CONTEXT: &str = "Akkoord 2026-11-30 audit chain v2";

/// An event of the log as it is stored.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Row {
    /// The firm to whose chain the event belongs; without one it is the chain of the installation.
    pub firm: Option<FirmId>,
    /// The number of the event in its chain, counted from 1 without gaps.
    pub number: u64,
    pub client: Option<ClientId>,
    pub tax_year: Option<TaxYear>,
    pub at: Timestamp,
    pub person: Option<PersonId>,
    pub advisor: Option<AdvisorId>,
    pub kind: String,
    /// The details as JSON text, exactly as they are stored.
    pub detail: String,
    pub hash: ContentHash,
}

/// A statement of how far a chain is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Reach {
    /// The firm whose chain it is; without one it is that of the installation.
    pub firm: Option<FirmId>,
    /// The number of events.
    pub events: u64,
    /// The hash of the newest event.
    pub head: ContentHash,
}

/// A chain from its first event on.
#[derive(Debug, Clone, PartialEq)]
pub struct Chain {
    /// The firm whose chain it is; without one it is that of the installation.
    pub firm: Option<FirmId>,
    pub rows: Vec<Row>,
}

impl Chain {
    /// Returns how far the chain is.
    pub fn reach(&self) -> Reach {
        let head = self.rows.last().map_or(ContentHash([0; 32]), |row| row.hash);
        Reach { firm: self.firm, events: self.rows.len() as u64, head }
    }

    /// Checks that each event is at its place and as it was written.
    pub fn verify(&self) -> Result<(), AuditFault> {
        let mut head = [0; 32];
        for (expected, row) in (1..).zip(&self.rows) {
            if row.firm != self.firm {
                return Err(AuditFault::Foreign(self.firm, expected));
            }
            if row.number != expected {
                return Err(AuditFault::Row(self.firm, expected));
            }
            head = hash_of(&head, row);
            if head != row.hash.0 {
                return Err(AuditFault::Changed(self.firm, expected));
            }
        }
        Ok(())
    }

    /// Returns the firms that were added, as the chain of the installation says.
    fn firms(&self) -> impl Iterator<Item = FirmId> {
        self.rows.iter().filter_map(|row| match Event::read(&row.kind, &row.detail) {
            Event::FirmAdded { firm, .. } => Some(firm),
            _ => None,
        })
    }
}

/// A log: all of it, or the part of it that a firm may see.
#[derive(Debug, Clone, PartialEq)]
pub enum Log {
    /// The chain of the installation and one of each firm.
    Whole(Vec<Chain>),
    /// The chain of one firm.
    Firm(Chain),
}

impl Log {
    /// Returns the chains.
    pub fn chains(&self) -> &[Chain] {
        match self {
            Self::Whole(chains) => chains,
            Self::Firm(chain) => slice::from_ref(chain),
        }
    }

    /// Checks the chains, and that they are those that the log has to have.
    pub fn verify(&self) -> Result<(), AuditFault> {
        self.chains().iter().try_for_each(Chain::verify)?;
        let is_complete = match self {
            Self::Firm(chain) => chain.firm.is_some(),
            Self::Whole(chains) => {
                let installation = chains.iter().find(|chain| chain.firm.is_none());
                let named: BTreeSet<_> =
                    installation.into_iter().flat_map(Chain::firms).map(Some).chain([None]).collect();
                let there: BTreeSet<_> = chains.iter().map(|chain| chain.firm).collect();
                there == named && chains.len() == named.len()
            }
        };
        if is_complete { Ok(()) } else { Err(AuditFault::Chains) }
    }
}

/// Returns the hash of an event: over the hash of the event before it and all its contents.
pub fn hash_of(previous: &[u8; 32], row: &Row) -> [u8; 32] {
    let mut hasher = blake3::Hasher::new_derive_key(CONTEXT);
    let fields: [&[u8]; 10] = [
        previous,
        row.firm.as_ref().map_or(&[], |f| f.as_bytes()),
        &row.number.to_le_bytes(),
        row.client.as_ref().map_or(&[], |c| c.as_bytes()),
        &row.tax_year.map_or(0, |y| y.0).to_le_bytes(),
        &row.at.0.to_le_bytes(),
        row.person.as_ref().map_or(&[], |p| p.as_bytes()),
        row.advisor.as_ref().map_or(&[], |a| a.as_bytes()),
        row.kind.as_bytes(),
        row.detail.as_bytes(),
    ];
    for field in fields {
        hasher.update(&(field.len() as u64).to_le_bytes());
        hasher.update(field);
    }
    *hasher.finalize().as_bytes()
}
