//! Which years are cached offline, and which files are on this device or on their way.

use crate::client::engine::YearKey;
use crate::platform::keys;
use model::{
    hash::ContentHash,
    id::{AccountId, ApprovalId},
};
use std::{cell::RefCell, collections::BTreeSet};

/// Returns the name under which a year is noted.
pub fn name_of(year: YearKey) -> String {
    format!("{}-{}", year.client, year.tax_year)
}

/// The years and files that the person wants to have without a network.
#[derive(Default)]
pub struct OfflineFiles {
    /// Names of the years of which all files are cached offline.
    years: RefCell<BTreeSet<String>>,
    /// Files that are on this device or being downloaded.
    fetched: RefCell<BTreeSet<ContentHash>>,
    /// Files and proofs that the firm took back, and that were removed from this device since the app started.
    recalled: RefCell<(BTreeSet<ContentHash>, BTreeSet<ApprovalId>)>,
}

impl OfflineFiles {
    /// Restores the years from what the store holds of a login.
    pub fn restore(&self, account: AccountId, stored: &[(String, Vec<u8>)]) {
        let prefix = keys::offline_year(account, "");
        let years = stored.iter().filter_map(|(key, _)| Some(key.strip_prefix(&prefix)?.to_owned()));
        self.years.replace(years.collect());
    }

    /// Returns true if all files of a year are cached offline.
    pub fn has_year(&self, year: YearKey) -> bool {
        self.years.borrow().contains(&name_of(year))
    }

    pub fn add_year(&self, year: YearKey) {
        self.years.borrow_mut().insert(name_of(year));
    }

    pub fn remove_year(&self, year: YearKey) {
        self.years.borrow_mut().remove(&name_of(year));
    }

    /// Notes that a file is being downloaded. Returns false if it is here or on its way already.
    pub fn start_fetch(&self, hash: ContentHash) -> bool {
        self.fetched.borrow_mut().insert(hash)
    }

    /// Notes that a file is not on this device.
    pub fn forget(&self, hash: &ContentHash) {
        self.fetched.borrow_mut().remove(hash);
    }

    /// Notes which files and proofs were taken back. Returns those of which this was not known.
    pub fn newly_recalled(
        &self,
        files: BTreeSet<ContentHash>,
        proofs: BTreeSet<ApprovalId>,
    ) -> (BTreeSet<ContentHash>, BTreeSet<ApprovalId>) {
        let (known_files, known_proofs) = self.recalled.replace((files.clone(), proofs.clone()));
        let files: BTreeSet<_> = files.difference(&known_files).copied().collect();
        files.iter().for_each(|hash| self.forget(hash));
        (files, proofs.difference(&known_proofs).copied().collect())
    }

    /// Notes that nothing is known of the files on this device.
    pub fn forget_all(&self) {
        self.fetched.take();
        self.recalled.take();
    }
}
