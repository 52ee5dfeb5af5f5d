//! Tests of files that were made in bad faith: they end their worker and nothing else, nobody looks into them twice, and
//! what runs in a PDF reaches nobody's browser.

use dossiers::firm_file::Accept;
use model::{hash::ContentHash, id::AttachmentId};
use std::{
    fs,
    os::unix::fs::PermissionsExt,
    path::{Path, PathBuf},
};
use testkit::{
    bomb,
    harness::Answer,
    upload::{World, attachment, offset, patch, pdf, photo, world, world_with},
};

/// Sends a whole file. Returns the last answer, and the address of the upload.
async fn send(w: &mut World, bytes: &[u8]) -> (Answer, AttachmentId) {
    let id = attachment();
    let begun = w.begin(id, bytes).await;
    if begun.status != 201 {
        return (begun, id);
    }
    let location = begun.header("location").to_owned();
    (patch(&mut w.marieke, &location, 0, bytes.to_vec()).await, id)
}

fn copies(w: &World) -> Option<Vec<u8>> {
    let folder = w.app.state.config.data.join("copies").join(w.home.client.id.to_string());
    let copy = fs::read_dir(folder).ok()?.next()?.unwrap();
    Some(fs::read(copy.path()).unwrap())
}

#[tokio::test]
async fn a_file_that_ends_its_worker_is_refused_for_good_and_others_notice_nothing() {
    let mut w = world().await;
    for bomb in [bomb::packed_array(12_000_000), bomb::long_array(12_000_000), bomb::wide_dictionary(2_000_000)] {
        let (answer, id) = send(&mut w, &bomb).await;
        assert_eq!((answer.status.as_u16(), answer.refusal().as_str()), (415, "file_too_complex"));
        assert!(answer.text().contains("te veel van de server"));
        assert!(!w.has_receipt(id) && w.file(&bomb).is_none());
        // The honest app tries again: it does not have to send the bytes, and nobody looks into them.
        let again = w.begin(attachment(), &bomb).await;
        assert_eq!((again.status.as_u16(), again.refusal().as_str()), (415, "file_too_complex"));
    }
    assert_eq!(w.parts(), 0);
    let (answer, id) = send(&mut w, photo()).await;
    assert_eq!(answer.status, 204);
    assert!(w.has_receipt(id));
    let mut w = w.restarted();
    let again = w.begin(attachment(), &bomb::packed_array(12_000_000)).await;
    assert_eq!(again.refusal(), "file_too_complex", "a restart forgets nothing");
}

#[tokio::test]
async fn the_firm_is_told_the_same_of_a_file_of_its_own() {
    let w = world().await;
    let kept = w.keep(&bomb::packed_array(12_000_000), Accept::Pdf).await;
    assert!(kept.is_err_and(|error| error.to_string().contains("ended its worker")));
    assert_eq!(w.keep(&pdf(), Accept::Pdf).await.unwrap().pages, 2);
}

/// Writes a program that stands before the server's own.
fn script(folder: &Path, lines: &str) -> PathBuf {
    let program = folder.join("program");
    fs::write(&program, format!("#!/bin/sh\n{lines}\nexec {} \"$@\"\n", crate::PROGRAM)).unwrap();
    fs::set_permissions(&program, fs::Permissions::from_mode(0o755)).unwrap();
    program
}

#[tokio::test]
async fn a_worker_that_somebody_kills_is_replaced() {
    let folder = tempfile::tempdir().unwrap();
    let mark = folder.path().join("killed");
    // The first worker is killed from outside when it has begun; the file is not to blame.
    let program = script(folder.path(), &format!("[ -e {0} ] || {{ : > {0}; kill -9 $$; }}", mark.display()));
    let mut w = world_with(|config| config.program = program).await;
    let (answer, id) = send(&mut w, photo()).await;
    assert_eq!(answer.status, 204, "{}", answer.text());
    assert!(w.has_receipt(id) && mark.exists());
}

#[tokio::test]
async fn without_a_worker_an_upload_waits_and_is_not_sent_again() {
    let folder = tempfile::tempdir().unwrap();
    let mark = folder.path().join("works");
    let program = script(folder.path(), &format!("[ -e {} ] || exit 1", mark.display()));
    let mut w = world_with(|config| config.program = program).await;
    let id = attachment();
    let location = w.begin(id, photo()).await.header("location").to_owned();
    let answer = patch(&mut w.marieke, &location, 0, photo().to_vec()).await;
    assert_eq!((answer.status.as_u16(), answer.refusal().as_str()), (503, "files_wait"));
    assert_eq!(answer.header("retry-after"), "60");
    assert!(!w.has_receipt(id) && w.file(photo()).is_none(), "nothing is taken that nobody looked into");
    fs::write(&mark, "").unwrap();
    assert_eq!(offset(&mut w.marieke, &location).await, photo().len().to_string());
    assert!(w.has_receipt(id) && w.file(photo()).is_some());
}

fn runs(bytes: &[u8]) -> bool {
    ["JavaScript", "OpenAction", "Launch", "EmbeddedFiles", "XFA", ".exe"]
        .iter()
        .any(|word| bytes.windows(word.len()).any(|window| window == word.as_bytes()))
}

#[tokio::test]
async fn what_runs_in_a_clients_pdf_reaches_no_browser_and_the_file_itself_stays() {
    let mut w = world().await;
    let bytes = bomb::with_script(&pdf());
    assert!(runs(&bytes));
    assert_eq!(send(&mut w, &bytes).await.0.status, 204);
    let address = w.address(&bytes);
    let mut advisor = w.app.advisor_browser(&w.home.advisor).await;
    let mut partner = w.app.person_browser(&w.home.people[1]).await;
    for browser in [&mut advisor, &mut partner] {
        let shown = browser.get(&format!("{address}/shown")).await;
        assert!(shown.header("content-disposition").starts_with("inline;"));
        assert!(shown.body.starts_with(b"%PDF-") && !runs(&shown.body));
        assert_eq!(bomb::pages(&shown.body), 2);
        let original = browser.get(&address).await;
        assert!(original.header("content-disposition").starts_with("attachment;"), "it is saved, not shown");
        assert!(original.body == bytes && ContentHash::of(&original.body) == ContentHash::of(&bytes));
    }
    // A copy that is lost is no reason to show the file itself.
    assert!(copies(&w).is_some());
    fs::remove_dir_all(w.app.state.config.data.join("copies")).unwrap();
    let shown = advisor.get(&format!("{address}/shown")).await;
    assert!(shown.header("content-disposition").starts_with("attachment;"));
}

#[tokio::test]
async fn the_largest_honest_scans_are_taken_and_shown() {
    for (pages, bytes) in [(1, 24_900_000), (8, 3_000_000), (500, 49_000)] {
        let mut w = world().await;
        let bytes = bomb::scans(pages, bytes);
        assert!((24_000_000..25_000_000).contains(&bytes.len()), "{} bytes", bytes.len());
        assert_eq!(send(&mut w, &bytes).await.0.status, 204, "{pages} pages");
        let shown = w.marieke.get(&format!("{}/shown", w.address(&bytes))).await;
        assert!(shown.header("content-disposition").starts_with("inline;"), "{pages} pages");
    }
}

#[tokio::test]
async fn a_clients_pdf_is_a_copy_also_if_nothing_in_it_runs() {
    let mut w = world().await;
    // What one reader does not see in a file another may.
    assert_eq!(send(&mut w, &pdf()).await.0.status, 204);
    let shown = w.marieke.get(&format!("{}/shown", w.address(&pdf()))).await;
    assert_ne!(ContentHash::of(&shown.body), ContentHash::of(&pdf()));
    assert_eq!(copies(&w), Some(shown.body));
}

#[tokio::test]
async fn what_the_firm_made_goes_out_byte_for_byte() {
    let mut w = world().await;
    let bytes = bomb::with_script(&pdf());
    w.keep(&bytes, Accept::Pdf).await.unwrap();
    for address in [w.address(&bytes), format!("{}/shown", w.address(&bytes))] {
        let given = w.marieke.get(&address).await;
        assert!(given.body == bytes && given.header("content-disposition").starts_with("inline;"), "{address}");
    }
    assert_eq!(copies(&w), None);
}

#[tokio::test]
async fn what_only_begins_like_a_photograph_is_refused() {
    let mut w = world().await;
    let cut = &photo()[..photo().len() - 2];
    for bytes in [b"\xff\xd8\xff".as_slice(), b"\xff\xd8\xff\xe0\0\x10JFIF", cut, b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"] {
        let (answer, id) = send(&mut w, bytes).await;
        assert_eq!((answer.status.as_u16(), answer.refusal().as_str()), (422, "file_broken"));
        assert!(!w.has_receipt(id));
    }
}
