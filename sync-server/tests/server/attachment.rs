//! Tests of files that are refused, files that are stored, and who may see them.

use axum::{
    body::{Body, Bytes},
    http::Method,
};
use dossiers::firm_file::{Accept, KeepError};
use inspect::{InspectError, Refused};
use model::{attachment::MediaType, hash::ContentHash, id::*};
use storage::{
    attachment::StoreError,
    clock::random,
    db::{DbError, PersonRow},
};
use testkit::upload::*;

#[tokio::test]
async fn content_that_is_not_what_was_announced_is_forgotten() {
    let mut w = world().await;
    let id = attachment();
    let location = w.begin(id, photo()).await.header("location").to_owned();
    let mut other = photo().to_vec();
    other[1000] ^= 1;
    let answer = patch(&mut w.marieke, &location, 0, other).await;
    assert_eq!((answer.status.as_u16(), answer.refusal().as_str()), (422, "file_differs"));
    assert!(!w.has_receipt(id) && w.file(photo()).is_none());
    assert_eq!((w.parts(), w.app.mails_of("document_received").len()), (0, 0));
    // The upload can be started once more.
    let again = w.begin(id, photo()).await.header("location").to_owned();
    assert_eq!(patch(&mut w.marieke, &again, 0, photo().to_vec()).await.status, 204);
    assert!(w.has_receipt(id));
}

#[tokio::test]
async fn a_file_that_is_not_what_we_take_gets_a_sentence() {
    let mut w = world().await;
    let locked = encrypted("secret");
    let cases: [(&[u8], u16, &str); 7] = [
        (b"%PDF-1.7\nthis is none", 422, "file_broken"),
        (&locked, 422, "file_broken"),
        (b"<!doctype html><script>alert(1)</script>", 415, "wrong_type"),
        (b"GIF89a\x01\0\x01\0\0\0\0;", 415, "wrong_type"),
        (b"\x7fELF\x02\x01\x01", 415, "wrong_type"),
        (b"RIFF\x10\0\0\0WEBPVP8 ", 415, "wrong_type"),
        (b"\n%PDF-1.7\n", 415, "wrong_type"),
    ];
    for (bytes, status, word) in cases {
        let id = attachment();
        let location = w.begin(id, bytes).await.header("location").to_owned();
        let answer = patch(&mut w.marieke, &location, 0, bytes.to_vec()).await;
        assert_eq!((answer.status.as_u16(), answer.refusal().as_str()), (status, word));
        assert!(!w.has_receipt(id) && w.file(bytes).is_none());
    }
    assert_eq!((w.parts(), w.app.mails_of("document_received").len()), (0, 0));
    let empty = w.begin(attachment(), b"").await;
    assert_eq!((empty.status.as_u16(), empty.refusal().as_str()), (400, "file_empty"));
}

#[tokio::test]
async fn a_file_that_is_too_large_is_refused_before_and_while_it_comes() {
    let mut w = world_with(|config| config.max_upload = 1000).await;
    let answer = w.begin_sized(attachment(), 1001, ContentHash::of(b"x")).await;
    assert_eq!((answer.status.as_u16(), answer.refusal().as_str()), (413, "too_large"));
    let begun = w.begin_sized(attachment(), 1000, ContentHash::of(b"x")).await;
    let location = begun.header("location").to_owned();
    let answer = patch(&mut w.marieke, &location, 0, vec![7; 1001]).await;
    assert_eq!(answer.status, 413);
    // Without a length in the header the size shows only while the bytes arrive.
    let chunks = vec![Ok::<_, std::io::Error>(Bytes::from(vec![7; 600])), Ok(Bytes::from(vec![7; 600]))];
    let answer = patch(&mut w.marieke, &location, 0, Body::from_stream(futures_util::stream::iter(chunks))).await;
    assert_eq!(answer.status, 413);
    assert_eq!(offset(&mut w.marieke, &location).await, "600");
}

#[tokio::test]
async fn nobody_else_can_touch_an_upload_or_see_a_file() {
    let mut w = world().await;
    let stranger_home = w.app.household("Elzenhof");
    let mut stranger = w.app.person_browser(&stranger_home.people[0]).await;
    let mut partner = w.app.person_browser(&w.home.people[1]).await;
    let mut nobody = w.app.browser();
    let location = w.begin(attachment(), photo()).await.header("location").to_owned();
    assert_eq!(begin(&mut stranger, w.home.client.id, attachment(), photo()).await.status, 404);
    assert_eq!(begin(&mut nobody, w.home.client.id, attachment(), photo()).await.status, 401);
    for (browser, status) in [(&mut stranger, 404), (&mut partner, 404), (&mut nobody, 401)] {
        assert_eq!(browser.send_empty(Method::HEAD, &location).await.status, status);
        assert_eq!(patch(browser, &location, 0, photo()[..10].to_vec()).await.status, status);
        assert_eq!(browser.send_empty(Method::DELETE, &location).await.status, status);
    }
    assert_eq!(offset(&mut w.marieke, &location).await, "0");
    patch(&mut w.marieke, &location, 0, photo().to_vec()).await;

    let address = w.address(photo());
    let mut advisor = w.app.advisor_browser(&w.home.advisor).await;
    let mut other_advisor = w.app.advisor_browser(&stranger_home.advisor).await;
    assert_eq!(partner.get(&address).await.status, 200);
    assert_eq!(advisor.get(&address).await.status, 200);
    assert_eq!(stranger.get(&address).await.status, 404);
    assert_eq!(other_advisor.get(&address).await.status, 404);
    assert_eq!(nobody.get_with(&address, &[("accept", "*/*")]).await.status, 401);
    // The same bytes under the stranger's own client do not exist.
    let elsewhere = format!("/api/clients/{}/files/{}", stranger_home.client.id, ContentHash::of(photo()));
    assert_eq!(stranger.get(&elsewhere).await.status, 404);
    let mine = begin(&mut stranger, stranger_home.client.id, attachment(), photo());
    // This client's year was never opened.
    assert_eq!(mine.await.status, 404);
    for path in ["/api/uploads/none", "/api/clients/none/files/none", "/api/uploads/ABCDEF"] {
        assert_eq!(w.marieke.send_empty(Method::HEAD, path).await.status, 404, "{path}");
    }
}

#[tokio::test]
async fn a_folder_that_cannot_be_written_is_our_failure_and_keeps_what_is_there() {
    let mut w = world().await;
    let location = w.begin(attachment(), photo()).await.header("location").to_owned();
    patch(&mut w.marieke, &location, 0, photo()[..500].to_vec()).await;
    // A file in place of the client's folder has the same effect as a disk that refuses.
    let folder = w.app.state.files.path(w.home.client.id, ContentHash::of(photo()));
    std::fs::write(folder.parent().unwrap(), "in the way").unwrap();
    let answer = patch(&mut w.marieke, &location, 500, photo()[500..].to_vec()).await;
    assert_eq!((answer.status.as_u16(), answer.refusal().as_str()), (500, "server_failure"));
    assert!(w.file(photo()).is_none());
    assert_eq!(w.app.mails_of("document_received").len(), 0);
    // The disk works again, and nothing has to be sent a second time.
    std::fs::remove_file(folder.parent().unwrap()).unwrap();
    assert_eq!(offset(&mut w.marieke, &location).await, photo().len().to_string());
    assert!(w.file(photo()).is_some());
    assert_eq!(w.app.mails_of("document_received").len(), 1);
}

#[tokio::test]
async fn a_reader_gives_no_files() {
    let w = world().await;
    let reader = PersonRow {
        id: PersonId::from_random(random()),
        role: model::record::Role::Reader,
        email: "kijkt@huis.example".into(),
        account: None,
        ..w.home.people[0].clone()
    };
    let (row, at) = (reader.clone(), w.app.now());
    w.app.state.db.write_blocking::<_, DbError>(move |tx| tx.add_person(&row, at)).unwrap();
    let mut browser = w.app.person_browser(&reader).await;
    let answer = begin(&mut browser, w.home.client.id, attachment(), photo()).await;
    assert_eq!((answer.status.as_u16(), answer.refusal().as_str()), (403, "not_allowed"));
}

#[tokio::test]
async fn a_file_is_given_with_headers_of_its_own() {
    let mut w = world().await;
    let bytes = pdf();
    let stored = w.keep(&bytes, Accept::Pdf).await.unwrap();
    assert_eq!(
        (stored.hash, stored.size, stored.media_type),
        (ContentHash::of(&bytes), bytes.len() as u64, MediaType::Pdf)
    );
    assert_eq!(stored.pages, 2);
    let address = w.address(&bytes);
    let given = w.marieke.get(&address).await;
    assert!(given.status == 200 && given.body == bytes);
    assert_eq!(given.header("content-type"), "application/pdf");
    assert_eq!(given.header("x-content-type-options"), "nosniff");
    assert_eq!(
        given.header("content-security-policy"),
        "default-src 'none'; object-src 'self'; style-src 'unsafe-inline'; frame-ancestors 'self'"
    );
    assert!(given.header("content-disposition").starts_with("inline; filename=\""));
    assert_eq!(given.header("cache-control"), "no-store");
    let part = w.marieke.get_with(&address, &[("range", "bytes=0-4")]).await;
    assert_eq!((part.status.as_u16(), part.text().as_str()), (206, "%PDF-"));
    assert_eq!(part.header("content-range"), format!("bytes 0-4/{}", bytes.len()));

    let heic = b"\0\0\0\x18ftypheic\0\0\0\0mif1heic\0\0\0\x0cmetaabcd\0\0\0\0mdat and the points".to_vec();
    w.keep(&heic, Accept::Documents).await.unwrap();
    let given = w.marieke.get(&w.address(&heic)).await;
    assert!(given.header("content-disposition").starts_with("attachment;"));
}

#[tokio::test]
async fn the_firm_stores_returns_as_pdf_only() {
    let w = world().await;
    let cases: [(&[u8], Refused); 3] =
        [(photo(), Refused::WrongType), (b"", Refused::Empty), (b"%PDF-1.4 none", Refused::Broken)];
    for (bytes, expected) in cases {
        let kept = w.keep(bytes, Accept::Pdf).await;
        assert!(matches!(kept, Err(KeepError::Inspect(InspectError::Refused(why))) if why == expected), "{kept:?}");
    }
    assert_eq!(w.parts(), 0);
    assert_eq!(w.keep(&encrypted(""), Accept::Pdf).await.unwrap().pages, 2);
    let first = w.keep(&pdf(), Accept::Pdf).await.unwrap();
    assert_eq!(w.keep(&pdf(), Accept::Pdf).await.unwrap(), first);
    assert_eq!(w.parts(), 0);
}

#[tokio::test]
async fn a_file_that_is_too_large_is_not_on_the_disk() {
    let w = world().await;
    let mut receiving = w.app.state.files.begin(1000).await.unwrap();
    receiving.write(&[7; 600]).await.unwrap();
    receiving.write(&[7; 600]).await.unwrap();
    assert!(receiving.is_too_large());
    assert!(matches!(receiving.end().await, Err(StoreError::TooLarge { limit: 1000 })));
    assert_eq!(w.parts(), 0);
}
