//! Forms with a file.

pub mod text;

use super::{form::Form, year::Loaded};
use crate::state::Console;
use accounts::error::{Refusal, ServerError};
use axum::{
    extract::{Multipart, multipart::MultipartError},
    http::StatusCode,
};
use model::{language::Language, record::DeliveredFile};
use storage::attachment::{Accept, StoreError, StoredFile};
use text::Upload;

/// A form with one file, as it was sent.
pub struct Sent {
    pub form: Form,
    pub file: Option<(String, Vec<u8>)>,
    /// True if the file is larger than the limit and was not stored.
    pub too_large: bool,
}

/// Reads a form of which one part may be the file `file`.
pub async fn receive(mut parts: Multipart, largest: u64) -> Result<Sent, ServerError> {
    let mut sent = Sent { form: Form::default(), file: None, too_large: false };
    while let Some(mut part) = parts.next_field().await.map_err(|e| refusal_of(&e))? {
        let name = part.name().unwrap_or_default().to_owned();
        if name == "file" {
            let file_name = file_name(part.file_name().unwrap_or_default());
            let (mut bytes, mut size) = (Vec::new(), 0);
            while let Some(chunk) = part.chunk().await.map_err(|e| refusal_of(&e))? {
                size += chunk.len() as u64;
                if size <= largest {
                    bytes.extend_from_slice(&chunk);
                }
            }
            sent.too_large = size > largest;
            // Browsers send an empty file without a name if no file was chosen.
            if !file_name.is_empty() || !bytes.is_empty() {
                sent.file = Some((file_name, bytes));
            }
        } else {
            let value = part.text().await.map_err(|e| refusal_of(&e))?;
            sent.form.set(name, value);
        }
    }
    Ok(sent)
}

fn refusal_of(error: &MultipartError) -> Refusal {
    if error.status() == StatusCode::PAYLOAD_TOO_LARGE { Refusal::TooLarge } else { Refusal::Malformed }
}

/// Returns the last part of a path, without characters that a file name cannot have.
fn file_name(text: &str) -> String {
    let last = text.rsplit(['/', '\\']).next().unwrap_or_default();
    last.chars().filter(|c| !c.is_control()).take(120).collect::<String>().trim().to_owned()
}

/// Stores a file of the firm among those of a client, and notes in `form` what is wrong with it.
pub async fn keep(
    state: &Console,
    loaded: &Loaded,
    form: &mut Form,
    (name, bytes): (String, Vec<u8>),
    accept: Accept,
    language: Language,
) -> Result<Option<DeliveredFile>, ServerError> {
    let (files, db, client) = (state.files.clone(), state.db.clone(), loaded.client.id);
    let (no_name, wrong_type) = match accept {
        Accept::Pdf => (format!("aangifte-{}.pdf", loaded.tax_year), Upload(language).file_no_pdf()),
        Accept::Documents => ("bijlage".to_owned(), Upload(language).file_wrong()),
    };
    let put = tokio::task::spawn_blocking(move || files.put(&db, client, &bytes, accept)).await?;
    let sentence = match put {
        Ok(StoredFile { hash, size, pages, .. }) => {
            let name = if name.is_empty() { no_name } else { name };
            return Ok(Some(DeliveredFile { name, size, hash, pages }));
        }
        Err(StoreError::WrongType) => wrong_type,
        Err(StoreError::Empty) => Refusal::FileEmpty.sentence(language),
        Err(StoreError::TooLarge { .. }) => Refusal::TooLarge.sentence(language),
        Err(StoreError::BrokenPdf) => Refusal::FileBroken.sentence(language),
        Err(StoreError::DiskFull) => Refusal::DiskFull.sentence(language),
        Err(StoreError::FirmFull) => Refusal::FirmFull.sentence(language),
        Err(other) => return Err(ServerError::inner(other)),
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
            ("a\r\nb.pdf", "ab.pdf"),
            ("", ""),
        ];
        for (text, expected) in cases {
            assert_eq!(file_name(text), expected);
        }
    }
}
