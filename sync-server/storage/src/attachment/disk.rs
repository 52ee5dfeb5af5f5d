//! What has to stay free on the disk, so that answers and approvals go on when files no longer can.

use super::{error::StoreError, quota::Quota, store::Store};
use std::path::Path;

impl Store {
    /// Returns the limits.
    pub fn quota(&self) -> &Quota {
        &self.inner().quota
    }

    /// Refuses `bytes` more if they would use the reserve of the disk.
    pub fn check_disk(&self, bytes: u64) -> Result<(), StoreError> {
        let (free, size) = disk(self.inner().files.as_path())?;
        if free.saturating_sub(bytes) >= self.quota().reserve(size) { Ok(()) } else { Err(StoreError::DiskFull) }
    }
}

/// Returns how many bytes are free on the disk of a folder, and how large the disk is.
#[cfg(unix)]
fn disk(folder: &Path) -> Result<(u64, u64), StoreError> {
    let disk = rustix::fs::statvfs(folder).map_err(std::io::Error::from)?;
    Ok((disk.f_bavail.saturating_mul(disk.f_frsize), disk.f_blocks.saturating_mul(disk.f_frsize)))
}

/// Elsewhere the disk says that it is full when it is.
#[cfg(not(unix))]
fn disk(_: &Path) -> Result<(u64, u64), StoreError> {
    Ok((u64::MAX, 0))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock::Clock;
    use model::time::Timestamp;

    fn store(reserve_bytes: Option<u64>) -> (tempfile::TempDir, Store) {
        let folder = tempfile::tempdir().unwrap();
        let quota = Quota { reserve_bytes, ..Quota::default() };
        let store = Store::open(folder.path(), Clock::of(|| Timestamp(0)), 1000, quota).unwrap();
        (folder, store)
    }

    #[test]
    fn the_reserve_of_the_disk_is_not_for_files() {
        let (_folder, store) = store(Some(0));
        assert!(store.check_disk(1).is_ok());
        let (free, size) = disk(&store.inner().files).unwrap();
        assert!(free > 0 && size >= free);
        assert!(matches!(store.check_disk(u64::MAX), Ok(())), "nothing is reserved");
        let (_folder, store) = self::store(Some(u64::MAX));
        assert!(matches!(store.check_disk(0), Err(StoreError::DiskFull)));
        let (_folder, store) = self::store(None);
        assert!(matches!(store.check_disk(free), Err(StoreError::DiskFull)), "the last byte is never for files");
    }
}
