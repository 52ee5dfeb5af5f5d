//! Giving the firm a file.

use super::{Client, LocalStore, StoreWrite, YearKey, commands::clean, keys, state::Pending};
use crate::platform::random;
use model::{
    attachment::{MAX_BYTES, MediaType},
    checklist::AnswerKey,
    hash::ContentHash,
    id::*,
    record::*,
    text::Shape,
    time::Timestamp,
};

/// A file that a person chose for sending.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct NewFile {
    /// Name of the file.
    pub name: String,
    /// Media type as the platform gives it. It is not trusted: the content decides.
    pub media_type: String,
    /// Content of the file.
    pub bytes: Vec<u8>,
    /// Question that the file belongs to.
    pub answers: Option<AnswerKey>,
    /// Document request that the file belongs to.
    pub task: Option<TaskId>,
    /// Item of that request, by its number.
    pub item: Option<u32>,
    /// Document that this file replaces.
    pub replaces: Option<AttachmentId>,
    /// Kind of document, as the person describes it.
    pub kind: Option<DocumentKind>,
    /// Year that the file is about, if it is not the dossier's year.
    pub about: Option<i16>,
    /// Note that the person adds.
    pub note: String,
}

/// Reason why a file is not accepted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AttachRefusal {
    /// The file has no content.
    Empty,
    /// The file is larger than [`MAX_BYTES`].
    TooLarge,
    /// The file is neither a PDF nor a photograph.
    WrongType,
    /// The same content was given before.
    AlreadySent {
        /// Moment when the content was given.
        at: Timestamp,
    },
    /// The device has no room for the file, or nobody is signed in.
    Storage,
}

impl Client {
    /// Gives the firm a file. Returns once the file is saved on this device.
    pub async fn attach(&self, year: YearKey, file: NewFile) -> Result<AttachmentId, AttachRefusal> {
        let size = file.bytes.len() as u64;
        if size == 0 {
            return Err(AttachRefusal::Empty);
        }
        if size > MAX_BYTES {
            return Err(AttachRefusal::TooLarge);
        }
        let media_type = MediaType::of_document(&file.bytes).ok_or(AttachRefusal::WrongType)?;
        let hash = ContentHash::of(&file.bytes);
        let dossier = self.year(year);
        if let Some(at) = self.given_before(year.client, &hash) {
            return Err(AttachRefusal::AlreadySent { at });
        }
        let (Some(store), Some(account)) = (self.store(), self.account()) else { return Err(AttachRefusal::Storage) };
        let id = AttachmentId::from_random(random::bytes());
        let pending = Pending::new(year, hash, size);
        let batch = vec![
            StoreWrite::Put(keys::unsent_file(account, &hash), file.bytes),
            StoreWrite::put(keys::upload(account, id), &pending),
        ];
        store.commit(batch).await.map_err(|_| AttachRefusal::Storage)?;
        let attachment = |by, at| Attachment {
            name: safe_name(&file.name),
            media_type: media_type.mime().to_owned(),
            size,
            hash,
            by,
            at,
            answers: file.answers,
            task: file.task,
            item: file.item,
            kind: file.kind,
            replaces: file.replaces,
            year: file.about,
            note: clean(&file.note),
        };
        self.write(year, &id, attachment);
        // A document that is sent after all replaces the reply that none would come.
        if let (Some(task), Some(item)) = (file.task, file.item) {
            let key = ItemKey { task, item };
            if dossier.item_replies.get(&key).is_some_and(|r| r.reply != Reply::Open) {
                self.reply_item(year, key, Reply::Open);
            }
        }
        self.0.uploads.add(id, pending);
        self.0.signals.upload();
        self.flushed().await.map_err(|()| AttachRefusal::Storage)?;
        Ok(id)
    }

    /// Returns when the same content was first given, for any year of `client`.
    pub fn given_before(&self, client: ClientId, hash: &ContentHash) -> Option<Timestamp> {
        let years = self.years().into_iter().filter(|key| key.client == client);
        let of_year = |key| {
            let year = self.year(key);
            let same = year.attachments.iter().find(|a| a.withdrawal.is_none() && a.attachment.hash == *hash);
            same.map(|given| given.attachment.at)
        };
        years.filter_map(of_year).min()
    }

    /// Withdraws an attachment.
    pub fn withdraw(&self, year: YearKey, attachment: AttachmentId) {
        self.write(year, &attachment, |by, at| Withdrawal { by, at });
        if let Some(account) = self.account()
            && self.0.uploads.give_up(attachment)
        {
            self.0.sync.save(vec![StoreWrite::Delete(keys::upload(account, attachment))]);
        }
        self.changed();
    }
}

/// Makes a file name that a record can hold: short, without slashes and without characters that no text has.
fn safe_name(name: &str) -> String {
    let name = Shape::Line.clean(name).replace(['/', '\\'], "_");
    let mut short = name.trim().to_owned();
    while short.len() > 200 {
        short.pop();
    }
    if short.is_empty() { "document".to_owned() } else { short }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_name_never_leaves_its_folder() {
        assert_eq!(safe_name("../../etc/passwd"), ".._.._etc_passwd");
        assert_eq!(safe_name("  "), "document");
        assert_eq!(safe_name("a\nb"), "a b");
        assert_eq!(safe_name("jaarop\u{202e}fdp.exe\u{ffff}"), "jaaropfdp.exe");
        assert!(safe_name(&"é".repeat(300)).len() <= 200);
    }
}
