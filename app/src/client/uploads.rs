//! Uploads of attachments to the firm by the protocol tus 1.0. A file goes in pieces, so that a cut connection costs
//! one piece and the progress shown is true.

use super::{
    Client, Connection, LocalStore, PublicError, StoreWrite, api::public_error, files::stored_file, keys,
    state::Pending, timeout::within,
};
use crate::platform::{Request, Response, Unreachable, clock, network};
use base64::{Engine, engine::general_purpose::STANDARD};
use model::{
    hash::ContentHash,
    id::{AccountId, AttachmentId},
};

/// Number of bytes in one request.
const PIECE: usize = 256 * 1024;

/// Milliseconds that one request may take. The server keeps what it received of it, so even a very slow connection
/// finishes.
const ANSWER: u32 = 60_000;

/// Outcome of sending a file.
enum End {
    Done,
    Refused(PublicError),
    /// The server has no room now. It is asked again after a pause, and the file stays where it is.
    Held(PublicError),
    /// The server no longer knows the upload, so it starts again.
    Forgotten,
    /// The person paused the upload. The server keeps what it has.
    Paused,
    /// This file could not be read or taken now. It says nothing about the others.
    Failed,
    /// The server takes no file now.
    Later,
}

/// Returns what an answer that is no refusal of the file says; `None` if it is a refusal.
fn trouble(answer: &Response) -> Option<End> {
    match answer.status {
        507 => Some(End::Held(public_error(answer))),
        // A new login is needed, the share of requests is used up, or there is no server behind its address.
        401 | 403 | 429 | 502..=504 => Some(End::Later),
        // The server has trouble, perhaps with this file alone.
        500.. => Some(End::Failed),
        _ => None,
    }
}

impl Client {
    /// Sends waiting files, one after the other, until all are sent or the server is out of reach. A file that fails
    /// while the server is in reach, or for which there is no room, rests, and the others go on.
    pub(super) async fn send_files(&self) -> Result<(), Unreachable> {
        loop {
            let announced = |id, year| self.0.sync.read(|engine| engine.is_announced(year, id));
            let next = self.0.uploads.next(clock::now(), announced);
            let (Some((id, pending)), Some(account)) = (next, self.account()) else { return Ok(()) };
            let end = self.send_file(account, id, pending.clone()).await;
            self.0.uploads.set_sending(None);
            self.0.uploads.set_held(id, if let Ok(End::Held(why)) = &end { Some(why.clone()) } else { None });
            let key = keys::upload(account, id);
            // An upload that the server forgot starts again, but only after a pause, so that this cannot loop.
            let rests = match end {
                Ok(End::Forgotten | End::Failed | End::Held(_)) => true,
                Err(Unreachable) => self.0.sync.connection() == Connection::Connected,
                _ => false,
            };
            if rests {
                self.0.uploads.set_back(id, clock::now());
            }
            let (left, write) = match end {
                Ok(End::Done) => {
                    self.keep_as_sent(account, pending.hash).await;
                    (None, StoreWrite::Delete(key))
                }
                Ok(End::Refused(refusal)) => keep(key, Pending { refusal: Some(refusal), location: None, ..pending }),
                Ok(End::Forgotten) => keep(key, Pending { location: None, ..pending }),
                Ok(End::Paused | End::Failed | End::Held(_)) => {
                    self.changed();
                    continue;
                }
                Err(Unreachable) if rests => {
                    self.changed();
                    continue;
                }
                Ok(End::Later) | Err(Unreachable) => {
                    self.notify_listeners();
                    return Err(Unreachable);
                }
            };
            // A file that was withdrawn meanwhile is not queued again.
            if self.0.uploads.give_up(id) {
                if let Some(left) = left {
                    self.0.uploads.add(id, left);
                }
                self.0.sync.save(vec![write]);
            }
            self.changed();
        }
    }

    async fn send_file(&self, account: AccountId, id: AttachmentId, pending: Pending) -> Result<End, Unreachable> {
        let file = match self.store() {
            Some(store) => match stored_file(&store, account, &pending.hash).await {
                Ok(file) => file,
                // A store that fails now may give the file later.
                Err(_) => return Ok(End::Failed),
            },
            None => None,
        };
        let Some(bytes) = file else { return Ok(End::Refused(lost())) };
        let (location, mut sent) = match &pending.location {
            Some(location) => match self.offset(location).await? {
                Some(sent) => (location.clone(), sent),
                None => return Ok(End::Forgotten),
            },
            None => match self.begin(id, &pending).await? {
                Ok((location, sent)) => {
                    let begun = Pending { location: Some(location.clone()), ..pending.clone() };
                    self.0.sync.save(vec![StoreWrite::put(keys::upload(account, id), &begun)]);
                    self.0.uploads.add(id, begun);
                    self.changed();
                    (location, sent)
                }
                Err(end) => return Ok(end),
            },
        };
        while sent < pending.size {
            self.0.uploads.set_sending(Some((id, sent)));
            self.notify_listeners();
            let from = usize::try_from(sent).unwrap_or(usize::MAX).min(bytes.len());
            let piece = bytes.get(from..bytes.len().min(from + PIECE)).unwrap_or_default();
            let answer = self.patch(&location, sent, piece).await?;
            match (answer.status, answer.upload_offset) {
                (204, Some(offset)) if offset > sent => sent = offset,
                (409, _) => match self.offset(&location).await? {
                    Some(offset) => sent = offset,
                    None => return Ok(End::Forgotten),
                },
                (404 | 410, _) => return Ok(End::Forgotten),
                _ => return Ok(trouble(&answer).unwrap_or_else(|| End::Refused(public_error(&answer)))),
            }
            if !self.0.uploads.is_pending(id) {
                return Ok(End::Done);
            }
            if sent < pending.size && self.0.uploads.is_paused(id) {
                return Ok(End::Paused);
            }
        }
        Ok(End::Done)
    }

    /// Pauses an upload, or continues it where it stopped.
    pub fn pause_upload(&self, id: AttachmentId, pause: bool) {
        let Some(account) = self.account() else { return };
        let key = keys::paused(account, id);
        self.0.uploads.set_paused(id, pause);
        let write = if pause { StoreWrite::Put(key, Vec::new()) } else { StoreWrite::Delete(key) };
        self.0.sync.save(vec![write]);
        self.changed();
        self.0.signals.upload();
    }

    /// Moves the bytes from unsent work to the cached files, because the firm has them now. If this fails they stay
    /// where they are, and nothing is lost.
    async fn keep_as_sent(&self, account: AccountId, hash: ContentHash) {
        let Some(store) = self.store() else { return };
        let unsent = keys::unsent_file(account, &hash);
        if let Ok(Some(bytes)) = store.get(&unsent).await {
            let moved = [StoreWrite::Put(keys::file(account, &hash), bytes), StoreWrite::Delete(unsent)];
            self.0.sync.save(moved.into());
        }
    }

    async fn request(&self, request: Request) -> Result<Response, Unreachable> {
        within(ANSWER, network::request(&self.0.network, request)).await
    }

    async fn begin(&self, id: AttachmentId, pending: &Pending) -> Result<Result<(String, u64), End>, Unreachable> {
        let encoded = |text: String| STANDARD.encode(text);
        let metadata = format!(
            "attachment {},hash {},tax_year {}",
            encoded(id.to_string()),
            encoded(pending.hash.to_string()),
            encoded(pending.tax_year.to_string())
        );
        let answer = self
            .request(Request {
                method: "POST",
                path: format!("/api/clients/{}/uploads", pending.client),
                headers: vec![
                    ("tus-resumable", "1.0.0".to_owned()),
                    ("upload-length", pending.size.to_string()),
                    ("upload-metadata", metadata),
                ],
                body: Vec::new(),
            })
            .await?;
        match (answer.status, answer.location.clone()) {
            (201, Some(location)) => Ok(Ok((location, answer.upload_offset.unwrap_or(0)))),
            _ => Ok(Err(trouble(&answer).unwrap_or_else(|| End::Refused(public_error(&answer))))),
        }
    }

    /// Returns how many bytes the server has, or `None` if it does not know the upload.
    async fn offset(&self, location: &str) -> Result<Option<u64>, Unreachable> {
        let headers = vec![("tus-resumable", "1.0.0".to_owned())];
        let request = Request { method: "HEAD", path: location.to_owned(), headers, body: Vec::new() };
        let answer = self.request(request).await?;
        match answer.status {
            200 | 204 => Ok(answer.upload_offset),
            404 | 410 => Ok(None),
            _ => Err(Unreachable),
        }
    }

    async fn patch(&self, location: &str, offset: u64, piece: &[u8]) -> Result<Response, Unreachable> {
        let request = Request {
            method: "PATCH",
            path: location.to_owned(),
            headers: vec![
                ("tus-resumable", "1.0.0".to_owned()),
                ("upload-offset", offset.to_string()),
                ("content-type", "application/offset+octet-stream".to_owned()),
            ],
            body: piece.to_vec(),
        };
        self.request(request).await
    }
}

fn keep(key: String, pending: Pending) -> (Option<Pending>, StoreWrite) {
    let write = StoreWrite::put(key, &pending);
    (Some(pending), write)
}

fn lost() -> PublicError {
    PublicError {
        error: "file_lost".to_owned(),
        nl: "Dit bestand staat niet meer op dit apparaat. Voeg het opnieuw toe.".to_owned(),
        en: "This file is no longer on this device. Please add it again.".to_owned(),
    }
}
