//! Handles an upload from its first byte to the receipt in the dossier. Each step
//! runs on a task of its own, so that the end of a connection stops nothing half-way.
//! Knows no protocol.

use crate::{
    dossiers::{AnnouncedFile, Dossiers},
    work::Share,
};
use accounts::error::{Refusal, ServerError};
use futures_util::Stream;
use model::{attachment::MediaType, record::Receipt};
use std::time::Duration;
use storage::{
    attachment::{StoreError, StoredFile},
    db::{DbError, FileRow, FileView, PersonRow, Tx, UploadRow},
};

/// The maximum number of unfinished uploads of one person. An app sends a few at a time.
const UNDER_WAY: u32 = 100;
/// The time between two sweeps.
const HOUR: Duration = Duration::from_secs(3600);
/// The number of uploads that are read at once when they are swept.
const SWEPT_AT_ONCE: u32 = 200;

/// Returns the upload that was started before with the same content, or a new one. Refuses a file that no record of the
/// person announces: the app sends that record first.
pub async fn begin(dossiers: &Dossiers, person: &PersonRow, wanted: UploadRow) -> Result<UploadRow, ServerError> {
    if dossiers.db().read(|q| q.documents_of_year(wanted.client, wanted.tax_year))?.is_empty() {
        return Err(Refusal::NotFound.into());
    }
    check_announced(dossiers, person, &wanted).await?;
    // Sending it all once more would not help.
    if let Some(refused) = dossiers.inspector().refused_document(wanted.hash)? {
        return Err(Refusal::from(refused).into());
    }
    let now = dossiers.clock().now();
    let earlier = dossiers.db().read(|q| q.upload_of(person.id, wanted.attachment))?;
    let is_same = |u: &UploadRow| {
        (u.client, u.tax_year, u.hash, u.size) == (wanted.client, wanted.tax_year, wanted.hash, wanted.size)
            && (u.finished_at.is_some() || u.expires_at > now)
    };
    match earlier {
        Some(earlier) if is_same(&earlier) => return Ok(earlier),
        Some(earlier) => forget(dossiers, earlier).await?,
        None => {}
    }
    if dossiers.db().read(|q| q.uploads_under_way(person.id, now))? >= UNDER_WAY {
        return Err(Refusal::TooManyRequests.into());
    }
    check_not_recalled(dossiers, &wanted).await?;
    dossiers.files().check_disk(wanted.size)?;
    let (quota, firm) = (*dossiers.files().quota(), person.firm);
    dossiers
        .db()
        .write(move |tx| {
            // What this client has already takes no more room.
            if tx.file(wanted.client, wanted.hash)?.is_none() {
                quota.check_client(tx, wanted.client, wanted.size, now)?;
                quota.check_firm(tx, firm, wanted.size)?;
            }
            Ok::<_, ServerError>(tx.add_upload(&wanted)?)
        })
        .await?;
    Ok(wanted)
}

/// Refuses what the firm took back: a receipt for it would give it out again.
async fn check_not_recalled(dossiers: &Dossiers, upload: &UploadRow) -> Result<(), ServerError> {
    let (dossiers, client, hash) = (dossiers.clone(), upload.client, upload.hash);
    let is_recalled = tokio::task::spawn_blocking(move || dossiers.is_recalled_file(client, &hash)).await??;
    if is_recalled { Err(Refusal::Recalled.into()) } else { Ok(()) }
}

async fn check_announced(dossiers: &Dossiers, person: &PersonRow, upload: &UploadRow) -> Result<(), ServerError> {
    let (dossiers, person, tax_year) = (dossiers.clone(), person.clone(), upload.tax_year);
    let file = AnnouncedFile { attachment: upload.attachment, hash: upload.hash, size: upload.size };
    let checked = tokio::task::spawn_blocking(move || dossiers.check_announced(&person, tax_year, file));
    Ok(checked.await??)
}

/// Deletes uploads that expired, and what arrived of them, until the process ends.
pub async fn sweep_hourly(dossiers: Dossiers) {
    loop {
        tokio::time::sleep(HOUR).await;
        if let Err(error) = sweep(&dossiers).await {
            tracing::error!(%error, "uploads that expired are not deleted");
        }
    }
}

/// Deletes uploads that expired, and what arrived of them. Called by tests and by [`sweep_hourly`].
pub async fn sweep(dossiers: &Dossiers) -> Result<(), ServerError> {
    loop {
        let now = dossiers.clock().now();
        let expired = dossiers.db().read::<_, DbError>(|q| q.expired_uploads(now, SWEPT_AT_ONCE))?;
        if expired.is_empty() {
            return Ok(());
        }
        for upload in expired {
            forget(dossiers, upload).await?;
        }
    }
}

/// Ends the request that writes to the upload, and returns how much of it is there. If
/// all its bytes are there and no receipt, it gets the receipt now: the process may have died
/// in between, or the client has this file already.
pub async fn proceed(
    dossiers: &Dossiers,
    upload: UploadRow,
    person: PersonRow,
) -> Result<(UploadRow, u64), ServerError> {
    let dossiers = dossiers.clone();
    let task = tokio::spawn(async move {
        let _guard = dossiers.files().upload_lock(upload.id).take().await;
        let upload = fresh(&dossiers, &upload)?;
        check_not_recalled(&dossiers, &upload).await?;
        if let (None, Some(file)) = (upload.finished_at, known(&dossiers, &upload, &person).await?) {
            receive(&dossiers, upload, person, file).await?;
            dossiers.files().forget(upload.id)?;
            return Ok((upload, upload.size));
        }
        let offset = offset_of(&dossiers, &upload, &person)?;
        if offset == upload.size && upload.finished_at.is_none() {
            finish(&dossiers, upload, person).await?;
        }
        Ok((upload, offset))
    });
    task.await?
}

/// Writes more bytes, and the receipt when all of them are there.
pub async fn append<B, E>(
    dossiers: &Dossiers,
    upload: UploadRow,
    person: PersonRow,
    offset: u64,
    bytes: impl Stream<Item = Result<B, E>> + Send + 'static,
) -> Result<(UploadRow, u64), ServerError>
where
    B: AsRef<[u8]> + Send,
    E: std::fmt::Display + Send,
{
    let dossiers = dossiers.clone();
    let task = tokio::spawn(async move {
        let mut guard = dossiers.files().upload_lock(upload.id).take().await;
        let upload = fresh(&dossiers, &upload)?;
        let received = offset_of(&dossiers, &upload, &person)?;
        if received != offset {
            return Err(StoreError::WrongOffset { offset: received }.into());
        }
        if upload.finished_at.is_some() {
            return Ok((upload, upload.size));
        }
        check_not_recalled(&dossiers, &upload).await?;
        dossiers.files().check_disk(upload.size.saturating_sub(offset))?;
        let offset = dossiers.files().append(&mut guard, upload.id, offset, upload.size, bytes).await?;
        if offset == upload.size {
            finish(&dossiers, upload, person).await?;
        }
        Ok((upload, offset))
    });
    task.await?
}

/// Deletes an upload. A file that was received stays.
pub async fn forget(dossiers: &Dossiers, upload: UploadRow) -> Result<(), ServerError> {
    let dossiers = dossiers.clone();
    let task = tokio::spawn(async move {
        let _guard = dossiers.files().upload_lock(upload.id).take().await;
        dossiers.files().forget(upload.id)?;
        Ok(dossiers.db().write(move |tx| tx.remove_upload(upload.id)).await?)
    });
    task.await?
}

/// Reads the upload once more, because it may have changed while this request waited.
fn fresh(dossiers: &Dossiers, upload: &UploadRow) -> Result<UploadRow, ServerError> {
    dossiers.db().read(|q| q.upload(upload.id))?.ok_or_else(|| Refusal::NotFound.into())
}

/// Returns the file if it is here already and the person may read it. Whoever may not has to send all of its bytes:
/// naming a hash must not give what stands behind it. Only this client's files are searched, because a match with
/// another's would reveal what others have.
async fn known(dossiers: &Dossiers, upload: &UploadRow, person: &PersonRow) -> Result<Option<FileRow>, ServerError> {
    let known = dossiers.db().read(|q| q.file(upload.client, upload.hash))?.filter(|f| f.size == upload.size);
    let Some(file) = known else { return Ok(None) };
    let (dossiers, person, hash) = (dossiers.clone(), person.clone(), upload.hash);
    let may_read = tokio::task::spawn_blocking(move || dossiers.may_read(&person, &hash)).await??;
    Ok(may_read.then_some(file))
}

/// Returns how many bytes are there. A file that was moved in place and has no receipt is complete, for somebody who
/// may read all files of the client.
fn offset_of(dossiers: &Dossiers, upload: &UploadRow, person: &PersonRow) -> Result<u64, StoreError> {
    if upload.finished_at.is_some() {
        return Ok(upload.size);
    }
    match dossiers.files().received(upload.id)? {
        0 if person.until.is_none() && dossiers.files().path(upload.client, upload.hash).is_file() => Ok(upload.size),
        received => Ok(received),
    }
}

/// Checks the bytes, moves them in place, and then writes the receipt into the dossier. If they can not be looked into
/// now they stay as they are, and it is tried again when somebody asks for the upload.
async fn finish(dossiers: &Dossiers, upload: UploadRow, person: PersonRow) -> Result<(), ServerError> {
    let (id, client, now) = (upload.id, upload.client, dossiers.clock().now());
    match checked(dossiers, &upload).await {
        Ok(stored) => receive(dossiers, upload, person, stored.row(client, now)).await,
        Err(error) if is_final(&error) => {
            // What arrived cannot be stored, and sending the same once more would not help.
            dossiers.files().forget(id)?;
            dossiers.db().write(move |tx| tx.remove_upload(id)).await?;
            Err(error)
        }
        Err(error) => Err(error),
    }
}

/// Returns true if the same file would be refused again.
fn is_final(error: &ServerError) -> bool {
    matches!(error, ServerError::Refused(refusal) if !matches!(
        refusal,
        Refusal::DiskFull | Refusal::DossierFull | Refusal::FirmFull | Refusal::FilesWait | Refusal::TooManyRequests
    ))
}

async fn checked(dossiers: &Dossiers, upload: &UploadRow) -> Result<StoredFile, ServerError> {
    let UploadRow { id, client, hash, size, .. } = *upload;
    let files = dossiers.files().clone();
    let arrived = move || {
        let path = files.arrived(id, client, hash, size)?;
        Ok::<_, StoreError>((path, files.new_part()?))
    };
    let (path, copy) = dossiers.work().run(Share::Files, arrived).await??;
    let found = dossiers.inspector().document(upload.person, hash, &path, Some(copy.path())).await?;
    let media_type = MediaType::of_mime(&found.media_type).ok_or(Refusal::WrongType)?;
    let view = match media_type {
        _ if found.is_copied => FileView::Copy,
        // A picture runs nothing. Of the other types nobody knows what a browser would do with them.
        media_type if media_type != MediaType::Pdf && media_type.shows_in_browsers() => FileView::Whole,
        _ => FileView::Download,
    };
    let (files, copy) = (dossiers.files().clone(), Some(copy).filter(|_| found.is_copied));
    dossiers.work().run(Share::Files, move || files.place_upload(id, client, hash, copy)).await??;
    Ok(StoredFile { hash, size, media_type, pages: found.pages, view })
}

/// Writes the receipt, the file's row and the end of the upload in one commit.
async fn receive(dossiers: &Dossiers, upload: UploadRow, person: PersonRow, file: FileRow) -> Result<(), ServerError> {
    let turn = dossiers.work().turn((upload.client, upload.tax_year), person.account).await;
    let turn = turn.ok_or(Refusal::TooManyRequests)?;
    let (work, dossiers, now) = (dossiers.work(), dossiers.clone(), dossiers.clock().now());
    let receipt = Receipt { at: now, hash: file.hash, size: file.size, media_type: file.media_type.clone() };
    let receive = move || {
        let also = Box::new(move |tx: &Tx<'_>| {
            tx.add_file(&file)?;
            tx.finish_upload(upload.id, now)
        });
        let received = dossiers.receive(&person, upload.tax_year, upload.attachment, receipt, also);
        drop(turn);
        received
    };
    Ok(work.run(Share::Files, receive).await??)
}
