//! The upload queue: pages and files that were chosen for sending and are not sent yet. They are saved like unsent
//! work, so a phone that closes the app while its camera is open loses nothing.

use super::{AttachRefusal, Client, LocalStore, QueuedFile, StoreWrite, keys};
use model::hash::ContentHash;

impl Client {
    /// Returns the upload queue in its order.
    pub fn upload_queue(&self) -> Vec<QueuedFile> {
        self.0.upload_queue.all()
    }

    /// Adds an entry to the upload queue, or puts it in the place of `instead`. Returns once its bytes are saved on
    /// this device.
    pub async fn enqueue(
        &self,
        file: QueuedFile,
        bytes: Vec<u8>,
        instead: Option<ContentHash>,
    ) -> Result<(), AttachRefusal> {
        let (Some(store), Some(account)) = (self.store(), self.account()) else { return Err(AttachRefusal::Storage) };
        let write = StoreWrite::Put(keys::queued_file(account, &file.hash), bytes);
        store.commit(vec![write]).await.map_err(|_| AttachRefusal::Storage)?;
        let mut queue = self.upload_queue();
        match queue.iter().position(|p| Some(p.hash) == instead) {
            Some(at) => queue[at] = file,
            None => queue.push(file),
        }
        self.set_upload_queue(queue);
        self.flushed().await.map_err(|()| AttachRefusal::Storage)
    }

    /// Returns the bytes of an entry.
    pub async fn queued_bytes(&self, hash: &ContentHash) -> Option<Vec<u8>> {
        let (store, account) = (self.store()?, self.account()?);
        store.get(&keys::queued_file(account, hash)).await.ok().flatten()
    }

    /// Replaces the upload queue. Entries that are left out are deleted.
    pub fn set_upload_queue(&self, queue: Vec<QueuedFile>) {
        let Some(account) = self.account() else { return };
        // The list has plain values only, so it always has a JSON form.
        let mut batch =
            vec![StoreWrite::Put(keys::upload_queue(account), serde_json::to_vec(&queue).unwrap_or_default())];
        let gone = self.0.upload_queue.replace(queue.clone());
        let gone = gone.iter().filter(|old| !queue.iter().any(|p| p.hash == old.hash));
        batch.extend(gone.map(|old| StoreWrite::Delete(keys::queued_file(account, &old.hash))));
        self.0.sync.save(batch);
        self.changed();
    }
}
