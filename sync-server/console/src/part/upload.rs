//! Forms with a file.

pub mod text;

use super::{form::Form, year::Loaded};
use crate::state::Console;
use accounts::error::{Refusal, ServerError};
use axum::{
    extract::{
        Multipart,
        multipart::{Field, MultipartError},
    },
    http::StatusCode,
};
use dossiers::firm_file::{self, Accept, KeepError};
use inspect::{InspectError, Refused};
use model::{record::DeliveredFile, text::Shape};
use storage::{
    attachment::{Received, Store, StoreError, StoredFile},
    db::Advisor,
};
use text::Upload;

/// The number of bytes for the fields of a form that also has a file.
pub const FIELDS: usize = 256 * 1024;

/// A form with one file, as it was sent.
pub struct Sent {
    pub form: Form,
    /// The file with its name, on the disk; it is deleted again unless it is kept.
    pub file: Option<(String, SentFile)>,
    /// True if the file is larger than the limit and was not stored.
    pub too_large: bool,
}

/// A file of a form. One that is too large is not there any more.
pub type SentFile = Option<Received>;

/// Reads a form of which one part may be the file `file`.
pub async fn receive(files: &Store, mut parts: Multipart, largest: u64) -> Result<Sent, ServerError> {
    let mut sent = Sent { form: Form::default(), file: None, too_large: false };
    let mut room = FIELDS;
    while let Some(part) = parts.next_field().await.map_err(|e| refusal_of(&e))? {
        let name = part.name().unwrap_or_default().to_owned();
        if name == "file" {
            receive_file(files, part, largest, &mut sent).await?;
        } else {
            let value = text_of(part, &mut room).await?;
            sent.form.set(name, value);
        }
    }
    Ok(sent)
}

/// Reads a form of which every part `file` is a file, and takes at most `most` of them.
pub async fn receive_each(
    files: &Store,
    mut parts: Multipart,
    largest: u64,
    most: usize,
) -> Result<Vec<(String, SentFile)>, ServerError> {
    let mut all = Vec::new();
    while let Some(part) = parts.next_field().await.map_err(|e| refusal_of(&e))? {
        if part.name() == Some("file") && all.len() < most {
            let mut sent = Sent { form: Form::default(), file: None, too_large: false };
            receive_file(files, part, largest, &mut sent).await?;
            all.extend(sent.file);
        }
    }
    Ok(all)
}

async fn receive_file(files: &Store, mut part: Field<'_>, largest: u64, sent: &mut Sent) -> Result<(), ServerError> {
    let file_name = file_name(part.file_name().unwrap_or_default());
    let mut receiving = files.begin(largest).await?;
    while let Some(chunk) = part.chunk().await.map_err(|e| refusal_of(&e))? {
        receiving.write(&chunk).await?;
    }
    sent.too_large = receiving.is_too_large();
    // Browsers send an empty file without a name if no file was chosen.
    if !file_name.is_empty() || receiving.size() > 0 {
        let received = if sent.too_large { None } else { Some(receiving.end().await?) };
        sent.file = Some((file_name, received));
    }
    Ok(())
}

/// Reads a field, for which there is `room` together with those before it.
async fn text_of(mut part: Field<'_>, room: &mut usize) -> Result<String, ServerError> {
    let mut bytes = Vec::new();
    while let Some(chunk) = part.chunk().await.map_err(|e| refusal_of(&e))? {
        *room = room.checked_sub(chunk.len()).ok_or(Refusal::TooLarge)?;
        bytes.extend_from_slice(&chunk);
    }
    Ok(String::from_utf8(bytes).map_err(|_| Refusal::Malformed)?)
}

fn refusal_of(error: &MultipartError) -> Refusal {
    if error.status() == StatusCode::PAYLOAD_TOO_LARGE { Refusal::TooLarge } else { Refusal::Malformed }
}

/// Returns the last part of a path, without characters that a file name cannot have.
fn file_name(text: &str) -> String {
    let last = text.rsplit(['/', '\\']).next().unwrap_or_default();
    Shape::Line.clean(last).chars().take(120).collect::<String>().trim().to_owned()
}

/// Stores a file of the firm among those of a client, and notes in `form` what is wrong with it.
pub async fn keep(
    state: &Console,
    loaded: &Loaded,
    form: &mut Form,
    (name, file): (String, SentFile),
    accept: Accept,
    advisor: &Advisor,
) -> Result<Option<DeliveredFile>, ServerError> {
    let language = advisor.language;
    let (no_name, wrong_type) = match accept {
        Accept::Pdf => (format!("aangifte-{}.pdf", loaded.tax_year), Upload(language).file_no_pdf()),
        Accept::Documents => ("bijlage".to_owned(), Upload(language).file_wrong()),
    };
    let Some(received) = file else {
        form.refuse("file", Refusal::TooLarge.sentence(language));
        return Ok(None);
    };
    let sentence = match firm_file::keep(&state.dossiers, advisor.id, loaded.client.id, received, accept).await {
        Ok(StoredFile { hash, size, pages, .. }) => {
            let name = if name.is_empty() { no_name } else { name };
            return Ok(Some(DeliveredFile { name, size, hash, pages }));
        }
        Err(KeepError::Inspect(InspectError::Refused(Refused::WrongType))) => wrong_type,
        Err(KeepError::Inspect(InspectError::Refused(refused))) => Refusal::from(refused).sentence(language),
        Err(KeepError::Inspect(InspectError::Busy | InspectError::NoWorker)) => Refusal::FilesWait.sentence(language),
        Err(KeepError::Store(StoreError::DiskFull)) => Refusal::DiskFull.sentence(language),
        Err(KeepError::Store(StoreError::FirmFull)) => Refusal::FirmFull.sentence(language),
        Err(other) => return Err(other.into()),
    };
    form.refuse("file", sentence);
    Ok(None)
}

#[cfg(test)]
mod tests {
    use super::file_name;

    #[test]
    fn a_file_name_is_only_its_last_part() {
        let cases = [
            ("aangifte.pdf", "aangifte.pdf"),
            ("C:\\Users\\sanne\\aangifte.pdf", "aangifte.pdf"),
            ("../../etc/passwd", "passwd"),
            ("a\r\nb.pdf", "a b.pdf"),
            ("", ""),
        ];
        for (text, expected) in cases {
            assert_eq!(file_name(text), expected);
        }
    }
}
