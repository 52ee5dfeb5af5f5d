//! Files and evidence packs: from this device if they are here, or else from the firm.

use super::{ApiError, Client, DeviceStore, LocalStore, StoreError, StoreWrite, YearKey, keys};
use model::{
    hash::ContentHash,
    id::{AccountId, ApprovalId, ClientId},
};

/// A file that somebody wants to look at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WantedFile {
    /// The client whose file it is.
    pub of: ClientId,
    pub hash: ContentHash,
    /// The media type, as whoever sent the file calls it.
    pub media_type: String,
    pub name: String,
    /// True if somebody else of the household sent it.
    pub is_from_partner: bool,
}

/// What can be done with a file that somebody wants to look at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Openable {
    /// The browser may show these bytes.
    Shown(Vec<u8>),
    /// These bytes are saved, and another program opens them.
    Saved(Vec<u8>),
}

/// The media type of a PDF.
const PDF: &str = "application/pdf";

impl WantedFile {
    /// Returns true if it is a PDF.
    pub fn is_pdf(&self) -> bool {
        self.media_type == PDF
    }

    /// Returns a PDF of the firm.
    pub fn pdf_of_firm(of: ClientId, hash: ContentHash, name: String) -> Self {
        Self { of, hash, media_type: PDF.to_owned(), name, is_from_partner: false }
    }
}

impl Client {
    /// Returns what can be done with a file. Of a PDF that somebody else of the household sent, the browser shows only
    /// the firm's copy in which nothing runs; without a network, or if there is no copy, the file itself is saved.
    pub async fn look_at(&self, file: &WantedFile) -> Result<Openable, ApiError> {
        let WantedFile { of, hash, is_from_partner, .. } = *file;
        let is_picture = matches!(file.media_type.as_str(), "image/jpeg" | "image/png");
        if is_from_partner && !is_picture {
            return match self.get(&format!("/api/clients/{of}/files/{hash}/shown")).await {
                // Without a copy the firm gives the file itself.
                Ok(copy) if file.media_type == PDF && ContentHash::of(&copy) != hash => Ok(Openable::Shown(copy)),
                _ => Ok(Openable::Saved(self.file(of, hash).await?)),
            };
        }
        Ok(Openable::Shown(self.file(of, hash).await?))
    }

    /// Returns true if the bytes of a file are on this device.
    pub async fn is_stored(&self, hash: &ContentHash) -> bool {
        let (Some(store), Some(account)) = (self.store(), self.account()) else { return false };
        matches!(stored_file(&store, account, hash).await, Ok(Some(_)))
    }

    /// Returns the bytes of a file from this device. If they are not here, downloads them from the firm and caches
    /// them.
    pub async fn file(&self, client: ClientId, hash: ContentHash) -> Result<Vec<u8>, ApiError> {
        let (Some(store), Some(account)) = (self.store(), self.account()) else { return Err(ApiError::Offline) };
        if self.is_recalled(&hash) {
            return Err(ApiError::Failed);
        }
        if let Ok(Some(bytes)) = stored_file(&store, account, &hash).await {
            return Ok(bytes);
        }
        let bytes = self.download(client, hash).await?;
        // The firm may have taken it back while it was on its way.
        if self.is_recalled(&hash) {
            return Err(ApiError::Failed);
        }
        // A file that does not fit on the device is downloaded again next time.
        if store.commit(vec![StoreWrite::Put(keys::file(account, &hash), bytes.clone())]).await.is_ok() {
            self.notify_listeners();
        }
        Ok(bytes)
    }

    /// Returns the bytes of a file without caching it.
    pub async fn fetch_uncached(&self, client: ClientId, hash: ContentHash) -> Result<Vec<u8>, ApiError> {
        let (Some(store), Some(account)) = (self.store(), self.account()) else { return Err(ApiError::Offline) };
        if let Ok(Some(bytes)) = stored_file(&store, account, &hash).await {
            return Ok(bytes);
        }
        self.download(client, hash).await
    }

    /// Downloads a file. Whoever wants it while it is on its way waits for the same bytes.
    async fn download(&self, client: ClientId, hash: ContentHash) -> Result<Vec<u8>, ApiError> {
        let this = self.clone();
        let download = self.0.downloads.join((client, hash), async move {
            let bytes = this.get(&format!("/api/clients/{client}/files/{hash}")).await?;
            if ContentHash::of(&bytes) == hash { Ok(bytes) } else { Err(ApiError::Failed) }
        });
        download.await
    }

    /// Returns true if the evidence pack of an approval is on this device.
    pub async fn has_evidence(&self, approval: ApprovalId) -> bool {
        let (Some(store), Some(account)) = (self.store(), self.account()) else { return false };
        matches!(store.get(&keys::evidence(account, approval)).await, Ok(Some(_)))
    }

    /// Returns the evidence pack of the person's own approval. It comes from this device if it was made at `stage`, or
    /// else from the firm, and is then cached. Without a network it may be one of an earlier stage.
    pub async fn evidence(&self, year: YearKey, approval: ApprovalId, stage: u8) -> Result<Vec<u8>, ApiError> {
        let (Some(store), Some(account)) = (self.store(), self.account()) else { return Err(ApiError::Offline) };
        let key = keys::evidence(account, approval);
        let cached = store.get(&key).await.ok().flatten();
        let cached = cached.and_then(|cached| cached.split_first().map(|(stage, pack)| (*stage, pack.to_vec())));
        if let Some((_, pack)) = cached.as_ref().filter(|(of, _)| *of == stage) {
            return Ok(pack.clone());
        }
        let path = format!("/api/clients/{}/years/{}/evidence/{approval}", year.client, year.tax_year);
        match (self.get(&path).await, cached) {
            // The firm may have taken back what it proves while it was on its way.
            (Ok(_), _) if self.is_recalled_proof(approval) => Err(ApiError::Failed),
            (Ok(pack), _) => {
                let keep = [&[stage], pack.as_slice()].concat();
                // A pack that does not fit on the device is downloaded again next time.
                if store.commit(vec![StoreWrite::Put(key, keep)]).await.is_ok() {
                    self.notify_listeners();
                }
                Ok(pack)
            }
            (Err(ApiError::Offline), Some((_, earlier))) => Ok(earlier),
            (Err(error), _) => Err(error),
        }
    }
}

/// Returns the bytes of a file that is on this device, whether it was sent or not.
pub(super) async fn stored_file(
    store: &DeviceStore,
    account: AccountId,
    hash: &ContentHash,
) -> Result<Option<Vec<u8>>, StoreError> {
    match store.get(&keys::file(account, hash)).await? {
        Some(bytes) => Ok(Some(bytes)),
        None => store.get(&keys::unsent_file(account, hash)).await,
    }
}
