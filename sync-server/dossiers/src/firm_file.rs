//! Files that the firm sends: looked into like those of clients, and given out byte for byte.

use crate::dossiers::Dossiers;
use accounts::error::ServerError;
use inspect::{InspectError, Refused};
use model::{
    attachment::MediaType,
    id::{AdvisorId, ClientId},
};
use storage::{
    attachment::{Received, StoreError, StoredFile},
    db::{DbError, FileView},
};

/// The types of file that may be stored.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Accept {
    /// What can be a document: [`MediaType::of_document`].
    Documents,
    /// PDF only, as for tax returns.
    Pdf,
}

/// The reasons why a file of the firm is not stored.
#[derive(Debug, thiserror::Error)]
pub enum KeepError {
    #[error(transparent)]
    Inspect(#[from] InspectError),
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error(transparent)]
    Db(#[from] DbError),
    #[error(transparent)]
    Join(#[from] tokio::task::JoinError),
}

impl From<KeepError> for ServerError {
    fn from(error: KeepError) -> Self {
        match error {
            KeepError::Inspect(error) => error.into(),
            KeepError::Store(error) => error.into(),
            KeepError::Db(error) => error.into(),
            KeepError::Join(error) => error.into(),
        }
    }
}

/// Stores a file of the firm among those of a client. Storing it once more returns the same file.
pub async fn keep(
    dossiers: &Dossiers,
    advisor: AdvisorId,
    client: ClientId,
    received: Received,
    accept: Accept,
) -> Result<StoredFile, KeepError> {
    let (hash, size) = (received.hash, received.size);
    let known = dossiers.db().read(|q| q.file(client, hash))?;
    let (name, pages, view) = match known {
        Some(known) => (known.media_type, known.pages, known.view),
        None => {
            let found = dossiers.inspector().document(advisor, hash, received.part.path(), None).await?;
            (found.media_type, found.pages, FileView::Whole)
        }
    };
    let media_type = MediaType::of_mime(&name).filter(|found| accept == Accept::Documents || *found == MediaType::Pdf);
    let media_type = media_type.ok_or(InspectError::Refused(Refused::WrongType))?;
    let stored = StoredFile { hash, size, media_type, pages, view };
    let dossiers = dossiers.clone();
    tokio::task::spawn_blocking(move || dossiers.files().put(dossiers.db(), client, received, stored)).await??;
    Ok(stored)
}
