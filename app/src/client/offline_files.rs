//! Files that the person wants cached offline: single files, or all files of a year, including those that come later.

use super::{Client, Engine, LocalStore, StoreWrite, YearKey, keys, state::name_of};
use crate::platform::{reader, tasks};
use documents::dossier::DossierYear;
use model::{
    hash::ContentHash,
    id::{AccountId, ApprovalId, ClientId},
};
use std::collections::{BTreeMap, BTreeSet};

/// Returns the files of a year that the firm has, with their sizes in bytes.
pub fn files_of(year: &DossierYear) -> BTreeMap<ContentHash, u64> {
    let returns = year.revisions.iter().filter(|r| r.is_current()).map(|r| &r.revision.file);
    let delivered = year.deliveries.iter().map(|(_, d)| &d.file);
    let written = year.messages.iter().flat_map(|m| &m.files);
    let firm = returns.chain(delivered).chain(written).map(|f| (f.hash, f.size));
    let given = year.attachments.iter().filter(|a| a.withdrawal.is_none() && a.receipt.is_some());
    firm.chain(given.map(|a| (a.attachment.hash, a.attachment.size))).collect()
}

/// Returns every file that a year ever named, including those replaced or withdrawn.
fn ever_named(year: &DossierYear) -> BTreeSet<ContentHash> {
    let revisions = year.revisions.iter().map(|r| r.revision.file.hash);
    let given = year.attachments.iter().map(|a| a.attachment.hash);
    files_of(year).into_keys().chain(revisions).chain(given).collect()
}

impl Client {
    /// Returns the files that are on this device, whether they were sent or not.
    pub async fn files_here(&self) -> BTreeSet<ContentHash> {
        let (Some(store), Some(account)) = (self.store(), self.account()) else { return BTreeSet::new() };
        let mut here = BTreeSet::new();
        for prefix in [keys::files(account), keys::unsent_files(account)] {
            let names = store.names(&prefix).await.unwrap_or_default();
            here.extend(names.iter().filter_map(|name| name.strip_prefix(&prefix)?.parse::<ContentHash>().ok()));
        }
        here
    }

    /// Removes files from this device. The firm has them, so they can be downloaded again.
    pub async fn evict(&self, files: Vec<ContentHash>) {
        let (Some(store), Some(account)) = (self.store(), self.account()) else { return };
        let batch = files.iter().map(|hash| StoreWrite::Delete(keys::file(account, hash))).collect();
        // A file that could not be removed is still here, and the screen shows that.
        drop(store.commit(batch).await);
        files.iter().for_each(|hash| self.0.offline_files.forget(hash));
        self.notify_listeners();
    }

    /// Returns true if all files of a year are cached offline.
    pub fn is_offline_year(&self, year: YearKey) -> bool {
        self.0.offline_files.has_year(year)
    }

    /// Caches all files of a year offline, or stops doing so and removes them.
    pub async fn set_offline_year(&self, year: YearKey, offline: bool) {
        let Some(account) = self.account() else { return };
        let key = keys::offline_year(account, &name_of(year));
        let write = if offline {
            self.0.offline_files.add_year(year);
            StoreWrite::Put(key, Vec::new())
        } else {
            self.0.offline_files.remove_year(year);
            StoreWrite::Delete(key)
        };
        self.0.sync.save(vec![write]);
        self.changed();
        if offline {
            self.fetch_offline_years();
        } else {
            let dossier = self.year(year);
            // A tax return stays, so that it can be read and approved without a network.
            let returns: BTreeSet<_> = dossier.revisions.iter().map(|r| r.revision.file.hash).collect();
            self.evict(files_of(&dossier).into_keys().filter(|hash| !returns.contains(hash)).collect()).await;
        }
    }

    /// Downloads the files of the years that are cached offline.
    pub(super) fn fetch_offline_years(&self) {
        let offline: Vec<_> = self.years().into_iter().filter(|year| self.is_offline_year(*year)).collect();
        let files = offline
            .iter()
            .flat_map(|key| files_of(&self.year(*key)).into_keys().map(|hash| (key.client, hash)).collect::<Vec<_>>());
        self.fetch_all(files.collect());
    }

    /// Downloads each file, unless it is on this device or on its way.
    pub(super) fn fetch_all(&self, files: Vec<(ClientId, ContentHash)>) {
        for (owner, hash) in files {
            if !self.0.offline_files.start_fetch(hash) {
                continue;
            }
            let client = self.clone();
            tasks::spawn(async move {
                match client.file(owner, hash).await {
                    // What is here is also to be read without a network.
                    Ok(_) => reader::keep(),
                    Err(_) => client.0.offline_files.forget(&hash),
                }
            });
        }
    }

    /// Returns true if a file was part of something that the firm took back, and of nothing else.
    pub fn is_recalled(&self, hash: &ContentHash) -> bool {
        let years: Vec<_> = self.years().into_iter().map(|key| self.year(key)).collect();
        years.iter().any(|year| year.is_recalled_file(hash)) && !years.iter().any(|year| year.has_file(hash))
    }

    /// Returns true if an approval is of something that the firm took back.
    pub(super) fn is_recalled_proof(&self, approval: ApprovalId) -> bool {
        let mut years = self.years().into_iter().map(|key| self.year(key));
        years.any(|year| year.is_recalled_approval(approval))
    }

    /// Removes from this device what the firm took back: the files, and the proofs that contain them.
    pub(super) fn drop_recalled(&self) {
        let Some(account) = self.account() else { return };
        let years: Vec<_> = self.years().into_iter().map(|key| self.year(key)).collect();
        let recalled = || years.iter().flat_map(|year| &year.recalled);
        let stays = |hash: &ContentHash| years.iter().any(|year| year.has_file(hash));
        let files = recalled().flat_map(|r| r.files.iter().copied()).filter(|hash| !stays(hash)).collect();
        let proofs = recalled().flat_map(|r| r.approvals.iter().copied()).collect();
        let (files, proofs) = self.0.offline_files.newly_recalled(files, proofs);
        let files = files.iter().map(|hash| keys::file(account, hash));
        let batch: Vec<_> = files.chain(proofs.into_iter().map(|id| keys::evidence(account, id))).collect();
        if !batch.is_empty() {
            self.0.sync.save(batch.into_iter().map(StoreWrite::Delete).collect());
            self.0.signals.work();
        }
    }

    /// Removes the years that no longer belong to this login from this device, with the files that no other year
    /// names.
    pub(super) fn leave_ended_years(&self) {
        let Some(account) = self.account() else { return };
        let ended = self.0.sync.read(Engine::ended_years);
        if !ended.is_empty() {
            self.leave_years(account, ended);
        }
    }

    fn leave_years(&self, account: AccountId, ended: BTreeSet<YearKey>) {
        let own: BTreeSet<_> =
            self.years().iter().filter(|y| !ended.contains(y)).flat_map(|y| ever_named(&self.year(*y))).collect();
        let mut batch = Vec::new();
        for key in ended {
            let year = self.year(key);
            let files: Vec<_> = ever_named(&year).into_iter().filter(|hash| !own.contains(hash)).collect();
            files.iter().for_each(|hash| self.0.offline_files.forget(hash));
            batch.extend(files.iter().map(|hash| keys::file(account, hash)));
            let consents = year.revisions.iter().flat_map(|r| r.consents.values());
            let approvals = consents.flat_map(|c| c.approvals.iter().map(|(id, ..)| *id));
            batch.extend(approvals.map(|id| keys::evidence(account, id)));
            batch.push(keys::offline_year(account, &name_of(key)));
            self.0.offline_files.remove_year(key);
        }
        self.0.sync.save(batch.into_iter().map(StoreWrite::Delete).collect());
        self.0.sync.change(Engine::leave_ended_years);
    }
}
