//! The data folder of a running server: nobody else on the machine may look into it, and one server
//! works in it. Two would each believe that the log is theirs.

use std::{
    fs::{File, TryLockError},
    io,
    path::{Path, PathBuf},
};

/// The reasons why a server cannot work in a data folder.
#[derive(Debug, thiserror::Error)]
pub enum DataFolderError {
    #[error("{folder}: {cause}")]
    Folder { folder: PathBuf, cause: io::Error },
    #[error("another server works in {0}")]
    Taken(PathBuf),
}

/// A data folder that is this process's own. The locks end with the process, however that ends.
#[must_use = "the folder is free again when this value is dropped"]
pub struct DataFolder {
    _locks: Vec<File>,
}

/// Lets only this user read what this process makes from now on. Has to come before anything is made.
pub fn make_private() {
    #[cfg(unix)]
    rustix::process::umask(rustix::fs::Mode::from_raw_mode(0o077));
}

impl DataFolder {
    /// Creates the folder if it is absent, closes it to other users of the machine, and locks it.
    pub fn open(folder: &Path) -> Result<Self, DataFolderError> {
        let at = |cause| DataFolderError::Folder { folder: folder.to_owned(), cause };
        std::fs::create_dir_all(folder).map_err(at)?;
        close_to_others(folder);
        // A file can be deleted or put in the place of another, so the folder itself is locked too. Some network
        // file systems lock files only.
        let own = File::create(folder.join("lock")).map_err(at)?;
        let mut locks = vec![locked(own, folder)?.map_err(at)?];
        match File::open(folder).map(|itself| locked(itself, folder)) {
            Ok(Ok(Ok(itself))) => locks.push(itself),
            Ok(Err(taken)) => return Err(taken),
            Ok(Ok(Err(error))) | Err(error) => tracing::info!(%error, "this file system does not lock folders"),
        }
        Ok(Self { _locks: locks })
    }
}

fn locked(file: File, folder: &Path) -> Result<io::Result<File>, DataFolderError> {
    match file.try_lock() {
        Ok(()) => Ok(Ok(file)),
        Err(TryLockError::WouldBlock) => Err(DataFolderError::Taken(folder.to_owned())),
        Err(TryLockError::Error(error)) => Ok(Err(error)),
    }
}

/// Takes the rights of all other users away, and says so if they had any.
#[cfg(unix)]
fn close_to_others(folder: &Path) {
    use std::os::unix::fs::PermissionsExt;
    const OWN: u32 = 0o700;
    let mode = std::fs::metadata(folder).map(|folder| folder.permissions().mode() & 0o777);
    let open = match mode {
        Ok(OWN) => return,
        Ok(mode) => format!("{mode:o}"),
        Err(error) => error.to_string(),
    };
    match std::fs::set_permissions(folder, std::fs::Permissions::from_mode(OWN)) {
        Ok(()) => tracing::warn!(mode = %open, "the data folder was open to others on this machine; now it is not"),
        Err(error) => tracing::error!(mode = %open, %error, "the data folder is open to others on this machine"),
    }
}

#[cfg(not(unix))]
fn close_to_others(_: &Path) {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_server_works_in_a_folder_also_when_its_lock_is_deleted_or_replaced() {
        let place = tempfile::tempdir().unwrap();
        let folder = place.path().join("data");
        let first = DataFolder::open(&folder).unwrap();
        let taken = || matches!(DataFolder::open(&folder), Err(DataFolderError::Taken(_)));
        assert!(taken());
        std::fs::remove_file(folder.join("lock")).unwrap();
        assert!(taken(), "deleted");
        std::fs::write(folder.join("other"), "").unwrap();
        std::fs::rename(folder.join("other"), folder.join("lock")).unwrap();
        assert!(taken(), "replaced");
        #[cfg(unix)]
        {
            std::os::unix::fs::symlink(&folder, place.path().join("link")).unwrap();
            assert!(matches!(DataFolder::open(&place.path().join("link")), Err(DataFolderError::Taken(_))));
        }
        drop(first);
        assert!(!taken());
    }

    #[cfg(unix)]
    #[test]
    fn a_folder_that_was_open_is_closed() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().unwrap();
        for mode in [0o755, 0o750, 0o777, 0o700] {
            std::fs::set_permissions(folder.path(), std::fs::Permissions::from_mode(mode)).unwrap();
            drop(DataFolder::open(folder.path()).unwrap());
            let now = std::fs::metadata(folder.path()).unwrap().permissions().mode() & 0o777;
            assert_eq!(now, 0o700, "{mode:o}");
        }
    }
}
