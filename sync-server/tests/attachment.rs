//! Files: uploads that are cut and go on, files that are refused, and who may
//! see them.

mod harness;

use axum::{
    body::{Body, Bytes},
    http::{Method, Request},
};
use base64::{Engine, engine::general_purpose::STANDARD};
use harness::{Answer, Browser, Household, TestApp};
use model::{
    hash::ContentHash,
    id::*,
    time::{Date, TaxYear},
};
use std::sync::OnceLock;
use sync_server::{
    attachment::{Accept, StoreError},
    clock::random,
    db::{DbError, FileRow, PersonRow},
    paper::{Photo, TaxReturnPaper, photograph, tax_return},
};

const YEAR: TaxYear = TaxYear(2025);
const MIME: &str = "application/offset+octet-stream";

fn photo() -> &'static [u8] {
    static BYTES: OnceLock<Vec<u8>> = OnceLock::new();
    BYTES.get_or_init(|| {
        let lines = vec![("Fiscaal loon".into(), "48.312".into())];
        let (sender, title, name) = ("Gemeente Utrecht".into(), "Jaaropgave 2025".into(), "M. Jansen".into());
        photograph(&Photo { sender, title, name, lines, seed: 3 })
    })
}

fn pdf() -> Vec<u8> {
    tax_return(&TaxReturnPaper {
        firm: "Wilgenhof".into(),
        phone: "030 234 56 78".into(),
        advisor: "Sanne de Wit".into(),
        client_number: "10417".into(),
        names: vec!["Marieke Jansen".into()],
        year: YEAR,
        version: 1,
        made_on: Date::constant(2026, 3, 12),
        sections: Vec::new(),
        outcomes: Vec::new(),
    })
}

/// A PDF that opens with this password; with none, it is only protected
/// against changes.
fn encrypted(user_password: &str) -> Vec<u8> {
    let mut document = lopdf::Document::load_mem(&pdf()).unwrap();
    let id = lopdf::Object::string_literal("0123456789abcdef");
    document.trailer.set("ID", vec![id.clone(), id]);
    let state = lopdf::EncryptionState::try_from(lopdf::EncryptionVersion::V2 {
        document: &document,
        owner_password: "owner",
        user_password,
        key_length: 128,
        permissions: lopdf::Permissions::all(),
    });
    document.encrypt(&state.unwrap()).unwrap();
    let mut bytes = Vec::new();
    document.save_to(&mut bytes).unwrap();
    bytes
}

struct World {
    app: TestApp,
    home: Household,
    marieke: Browser,
}

async fn world() -> World {
    world_with(|_| {}).await
}

async fn world_with(change: impl FnOnce(&mut sync_server::config::Config)) -> World {
    let app = TestApp::with(change);
    let home = app.household("Wilgenhof");
    app.state.dossiers.open_year(&home.advisor, home.client.id, YEAR).unwrap();
    let marieke = app.person_browser(&home.people[0]).await;
    World { app, home, marieke }
}

impl World {
    /// The same data in a new process; the browser keeps its cookies.
    fn restarted(self) -> Self {
        let app = self.app.restarted();
        let mut marieke = app.browser();
        marieke.cookies = self.marieke.cookies;
        Self { app, home: self.home, marieke }
    }

    fn file(&self, bytes: &[u8]) -> Option<FileRow> {
        let (client, hash) = (self.home.client.id, ContentHash::of(bytes));
        self.app.state.db.read::<_, DbError>(|q| q.file(client, hash)).unwrap()
    }

    fn address(&self, bytes: &[u8]) -> String {
        format!("/api/clients/{}/files/{}", self.home.client.id, ContentHash::of(bytes))
    }

    fn has_receipt(&self, attachment: AttachmentId) -> bool {
        use model::document::Section;
        let rows = self.app.state.db.read::<_, DbError>(|q| q.documents_of_year(self.home.client.id, YEAR)).unwrap();
        let firm = rows.iter().find(|r| r.info.party == model::document::Party::Firm).unwrap();
        let changes =
            self.app.state.db.read::<_, DbError>(|q| q.changes_after(firm.info.document, 0, usize::MAX)).unwrap();
        let mut document = model::document::Document::empty();
        document.apply(changes.iter().map(Vec::as_slice)).unwrap();
        document.contains(Section::Receipts, &attachment.to_string())
    }

    fn mails(&self, kind: &str) -> usize {
        let mails = self.app.state.db.read::<_, DbError>(|q| q.newest_mails(100)).unwrap();
        mails.iter().filter(|row| row.mail.kind == kind).count()
    }

    fn parts(&self) -> usize {
        std::fs::read_dir(self.app.state.config.data.join("parts")).unwrap().count()
    }
}

fn uploads(client: ClientId) -> String {
    format!("/api/clients/{client}/uploads")
}

fn attachment() -> AttachmentId {
    AttachmentId::from_random(random())
}

fn metadata(attachment: AttachmentId, hash: ContentHash) -> String {
    let encoded = |text: String| STANDARD.encode(text);
    format!(
        "attachment {}, hash {}, tax_year {}",
        encoded(attachment.to_string()),
        encoded(hash.to_string()),
        encoded(YEAR.to_string())
    )
}

async fn begin(browser: &mut Browser, client: ClientId, attachment: AttachmentId, bytes: &[u8]) -> Answer {
    announce(browser, client, attachment, bytes.len(), ContentHash::of(bytes)).await
}

async fn announce(
    browser: &mut Browser,
    client: ClientId,
    attachment: AttachmentId,
    size: usize,
    hash: ContentHash,
) -> Answer {
    let request = Request::post(uploads(client))
        .header("tus-resumable", "1.0.0")
        .header("upload-length", size)
        .header("upload-metadata", metadata(attachment, hash));
    browser.send(request.body(Body::empty()).unwrap()).await
}

async fn patch(browser: &mut Browser, location: &str, offset: usize, body: impl Into<Body>) -> Answer {
    let request = Request::patch(location)
        .header("tus-resumable", "1.0.0")
        .header("content-type", MIME)
        .header("upload-offset", offset);
    browser.send(request.body(body.into()).unwrap()).await
}

/// A body that breaks off after `bytes`, as a lost connection does.
fn cut_after(bytes: &[u8]) -> Body {
    let chunks = bytes.chunks(1000).map(|c| Ok(Bytes::copy_from_slice(c)));
    let chunks: Vec<_> = chunks.chain([Err(std::io::Error::from(std::io::ErrorKind::ConnectionReset))]).collect();
    Body::from_stream(futures_util::stream::iter(chunks))
}

async fn offset(browser: &mut Browser, location: &str) -> String {
    browser.send_empty(Method::HEAD, location).await.header("upload-offset").to_owned()
}

#[tokio::test]
async fn a_photograph_that_was_cut_goes_on_where_it_was_and_is_received() {
    let mut w = world().await;
    let id = attachment();
    let begun = begin(&mut w.marieke, w.home.client.id, id, photo()).await;
    assert_eq!((begun.status.as_u16(), begun.header("upload-offset")), (201, "0"));
    assert!(begun.header("upload-expires").ends_with("GMT"), "{}", begun.header("upload-expires"));
    let location = begun.header("location").to_owned();
    let cut = patch(&mut w.marieke, &location, 0, cut_after(&photo()[..50_000])).await;
    assert_eq!((cut.status.as_u16(), cut.header("upload-offset")), (204, "50000"));
    assert_eq!(offset(&mut w.marieke, &location).await, "50000");
    // Begun again, as an app does that forgot: the same upload.
    let again = begin(&mut w.marieke, w.home.client.id, id, photo()).await;
    assert_eq!((again.header("location"), again.header("upload-offset")), (location.as_str(), "50000"));
    assert!(w.file(photo()).is_none() && !w.has_receipt(id));

    let rest = patch(&mut w.marieke, &location, 50_000, photo()[50_000..].to_vec()).await;
    assert_eq!((rest.status.as_u16(), rest.header("upload-offset")), (204, photo().len().to_string().as_str()));
    let file = w.file(photo()).unwrap();
    assert_eq!((file.size, file.media_type.as_str()), (photo().len() as u64, "image/jpeg"));
    assert!(w.has_receipt(id));
    assert_eq!((w.mails("document_received"), w.parts()), (1, 0));
    assert_eq!(offset(&mut w.marieke, &location).await, photo().len().to_string());

    let given = w.marieke.get(&w.address(photo())).await;
    assert!(given.body == photo());
    assert_eq!(given.header("content-type"), "image/jpeg");
}

#[tokio::test]
async fn a_process_that_ends_in_the_middle_loses_nothing() {
    let mut w = world().await;
    let id = attachment();
    let location = begin(&mut w.marieke, w.home.client.id, id, photo()).await.header("location").to_owned();
    patch(&mut w.marieke, &location, 0, photo()[..70_001].to_vec()).await;
    let mut w = w.restarted();
    assert_eq!(offset(&mut w.marieke, &location).await, "70001");
    let rest = patch(&mut w.marieke, &location, 70_001, photo()[70_001..].to_vec()).await;
    assert_eq!(rest.status, 204);
    assert!(w.has_receipt(id) && w.file(photo()).is_some());
}

#[tokio::test]
async fn a_process_that_ends_before_the_receipt_writes_it_when_asked() {
    // All bytes are there and nothing was checked yet, or the file is placed already.
    for placed in [false, true] {
        let mut w = world().await;
        let id = attachment();
        let location = begin(&mut w.marieke, w.home.client.id, id, photo()).await.header("location").to_owned();
        let upload = location.rsplit('/').next().unwrap();
        let part = w.app.state.config.data.join("parts").join(upload);
        std::fs::write(&part, photo()).unwrap();
        if placed {
            let place = w.app.state.files.path(w.home.client.id, ContentHash::of(photo()));
            std::fs::create_dir_all(place.parent().unwrap()).unwrap();
            std::fs::rename(&part, place).unwrap();
        }
        let mut w = w.restarted();
        assert_eq!(offset(&mut w.marieke, &location).await, photo().len().to_string());
        assert!(w.has_receipt(id) && w.file(photo()).is_some(), "placed: {placed}");
        assert_eq!((w.mails("document_received"), w.parts()), (1, 0));
    }
}

#[tokio::test]
async fn bytes_for_another_place_are_refused_and_nothing_changes() {
    let mut w = world().await;
    let location = begin(&mut w.marieke, w.home.client.id, attachment(), photo()).await.header("location").to_owned();
    patch(&mut w.marieke, &location, 0, photo()[..100].to_vec()).await;
    for wrong in [0, 99, 101, 5000] {
        let answer = patch(&mut w.marieke, &location, wrong, vec![1; 10]).await;
        assert_eq!((answer.status.as_u16(), answer.refusal().as_str()), (409, "offset_differs"));
    }
    assert_eq!(offset(&mut w.marieke, &location).await, "100");
    let type_missing = Request::patch(&location).header("upload-offset", 100).body(Body::from("x")).unwrap();
    assert_eq!(w.marieke.send(type_missing).await.status, 415);
    let other = Request::patch(&location).header("tus-resumable", "0.2.2").body(Body::empty()).unwrap();
    assert_eq!(w.marieke.send(other).await.status, 412);
}

#[tokio::test]
async fn content_that_is_not_what_was_announced_is_forgotten() {
    let mut w = world().await;
    let id = attachment();
    let location = begin(&mut w.marieke, w.home.client.id, id, photo()).await.header("location").to_owned();
    let mut other = photo().to_vec();
    other[1000] ^= 1;
    let answer = patch(&mut w.marieke, &location, 0, other).await;
    assert_eq!((answer.status.as_u16(), answer.refusal().as_str()), (422, "file_differs"));
    assert!(!w.has_receipt(id) && w.file(photo()).is_none());
    assert_eq!((w.parts(), w.mails("document_received")), (0, 0));
    // And it can be begun again.
    let again = begin(&mut w.marieke, w.home.client.id, id, photo()).await.header("location").to_owned();
    assert_eq!(patch(&mut w.marieke, &again, 0, photo().to_vec()).await.status, 204);
    assert!(w.has_receipt(id));
}

#[tokio::test]
async fn a_file_that_is_not_what_we_take_gets_a_sentence() {
    let mut w = world().await;
    let locked = encrypted("secret");
    let cases: [(&[u8], u16, &str); 5] = [
        (b"%PDF-1.7\nthis is none", 422, "file_broken"),
        (&locked, 422, "file_broken"),
        (b"<!doctype html><script>alert(1)</script>", 415, "wrong_type"),
        (b"GIF89a\x01\0\x01\0\0\0\0;", 415, "wrong_type"),
        (b"\x7fELF\x02\x01\x01", 415, "wrong_type"),
    ];
    for (bytes, status, word) in cases {
        let id = attachment();
        let location = begin(&mut w.marieke, w.home.client.id, id, bytes).await.header("location").to_owned();
        let answer = patch(&mut w.marieke, &location, 0, bytes.to_vec()).await;
        assert_eq!((answer.status.as_u16(), answer.refusal().as_str()), (status, word));
        assert!(!w.has_receipt(id) && w.file(bytes).is_none());
    }
    assert_eq!((w.parts(), w.mails("document_received")), (0, 0));
    let empty = begin(&mut w.marieke, w.home.client.id, attachment(), b"").await;
    assert_eq!((empty.status.as_u16(), empty.refusal().as_str()), (400, "file_empty"));
}

#[tokio::test]
async fn a_file_that_is_too_large_is_refused_before_and_while_it_comes() {
    let mut w = world_with(|config| config.max_upload = 1000).await;
    let answer = announce(&mut w.marieke, w.home.client.id, attachment(), 1001, ContentHash::of(b"x")).await;
    assert_eq!((answer.status.as_u16(), answer.refusal().as_str()), (413, "too_large"));
    let begun = announce(&mut w.marieke, w.home.client.id, attachment(), 1000, ContentHash::of(b"x")).await;
    let location = begun.header("location").to_owned();
    let answer = patch(&mut w.marieke, &location, 0, vec![7; 1001]).await;
    assert_eq!(answer.status, 413);
    // Without a length at the front it shows only as it comes.
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
    let location = begin(&mut w.marieke, w.home.client.id, attachment(), photo()).await.header("location").to_owned();
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
    // The same bytes under the stranger's own client: not there.
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
async fn a_file_that_the_client_has_already_is_received_at_once_and_only_there() {
    let mut w = world().await;
    let (first, second) = (attachment(), attachment());
    let location = begin(&mut w.marieke, w.home.client.id, first, photo()).await.header("location").to_owned();
    patch(&mut w.marieke, &location, 0, photo().to_vec()).await;
    let again = begin(&mut w.marieke, w.home.client.id, second, photo()).await;
    assert_eq!((again.status.as_u16(), again.header("upload-offset")), (201, photo().len().to_string().as_str()));
    assert!(w.has_receipt(second));
    assert_eq!(w.mails("document_received"), 2);
    // A finished one that is begun again tells so, and nothing happens twice.
    let finished = begin(&mut w.marieke, w.home.client.id, first, photo()).await;
    assert_eq!(
        (finished.header("location"), finished.header("upload-offset")),
        (location.as_str(), photo().len().to_string().as_str())
    );
    assert_eq!(w.mails("document_received"), 2);

    let other = w.app.household("Elzenhof");
    w.app.state.dossiers.open_year(&other.advisor, other.client.id, YEAR).unwrap();
    let mut stranger = w.app.person_browser(&other.people[0]).await;
    assert_eq!(begin(&mut stranger, other.client.id, attachment(), photo()).await.header("upload-offset"), "0");
}

#[tokio::test]
async fn an_upload_can_be_taken_back_and_expires_after_a_week() {
    let mut w = world().await;
    let location = begin(&mut w.marieke, w.home.client.id, attachment(), photo()).await.header("location").to_owned();
    patch(&mut w.marieke, &location, 0, photo()[..10].to_vec()).await;
    assert_eq!(w.marieke.send_empty(Method::DELETE, &location).await.status, 204);
    assert_eq!((w.marieke.send_empty(Method::HEAD, &location).await.status.as_u16(), w.parts()), (404, 0));

    let id = attachment();
    let location = begin(&mut w.marieke, w.home.client.id, id, photo()).await.header("location").to_owned();
    patch(&mut w.marieke, &location, 0, photo()[..10].to_vec()).await;
    w.app.pass_seconds(6 * 24 * 3600);
    let mut w = w.restarted();
    assert_eq!(offset(&mut w.marieke, &location).await, "10");
    w.app.pass_seconds(2 * 24 * 3600);
    assert_eq!(w.marieke.send_empty(Method::HEAD, &location).await.status, 404);
    let mut w = w.restarted();
    assert_eq!(w.parts(), 0);
    let again = begin(&mut w.marieke, w.home.client.id, id, photo()).await;
    assert_eq!((again.header("upload-offset"), again.header("location") != location), ("0", true));
}

#[tokio::test]
async fn a_newer_request_takes_over_from_one_that_hangs() {
    let mut w = world().await;
    let location = begin(&mut w.marieke, w.home.client.id, attachment(), photo()).await.header("location").to_owned();
    // Its connection is dead, and nobody noticed: it sends a little and then nothing.
    let first = futures_util::stream::iter([Ok::<_, std::io::Error>(Bytes::from_static(&[0xff; 0]))]);
    let bytes = Bytes::copy_from_slice(&photo()[..4000]);
    let some = futures_util::stream::iter([Ok::<_, std::io::Error>(bytes)]);
    let hanging = Body::from_stream(futures_util::StreamExt::chain(
        futures_util::StreamExt::chain(first, some),
        futures_util::stream::pending(),
    ));
    let mut dead = w.app.browser();
    dead.cookies = w.marieke.cookies.clone();
    let at = location.clone();
    let hangs = tokio::spawn(async move { patch(&mut dead, &at, 0, hanging).await });
    let upload = location.rsplit('/').next().unwrap();
    let part = w.app.state.config.data.join("parts").join(upload);
    while !part.is_file() {
        tokio::task::yield_now().await;
    }
    let mut at = offset(&mut w.marieke, &location).await.parse::<usize>().unwrap();
    while at < photo().len() {
        let answer = patch(&mut w.marieke, &location, at, photo()[at..].to_vec()).await;
        assert_eq!(answer.status, 204, "{}", answer.text());
        at = answer.header("upload-offset").parse().unwrap();
    }
    assert_eq!(hangs.await.unwrap().status, 204);
    assert!(w.file(photo()).is_some());
}

#[tokio::test]
async fn a_folder_that_cannot_be_written_is_our_failure_and_keeps_what_is_there() {
    let mut w = world().await;
    let location = begin(&mut w.marieke, w.home.client.id, attachment(), photo()).await.header("location").to_owned();
    patch(&mut w.marieke, &location, 0, photo()[..500].to_vec()).await;
    // A file where the folder of the client should be: as good as a disk that refuses.
    let folder = w.app.state.files.path(w.home.client.id, ContentHash::of(photo()));
    std::fs::write(folder.parent().unwrap(), "in the way").unwrap();
    let answer = patch(&mut w.marieke, &location, 500, photo()[500..].to_vec()).await;
    assert_eq!((answer.status.as_u16(), answer.refusal().as_str()), (500, "server_failure"));
    assert!(w.file(photo()).is_none());
    assert_eq!(w.mails("document_received"), 0);
    // The disk is itself again: nothing has to be sent a second time.
    std::fs::remove_file(folder.parent().unwrap()).unwrap();
    assert_eq!(offset(&mut w.marieke, &location).await, photo().len().to_string());
    assert!(w.file(photo()).is_some());
    assert_eq!(w.mails("document_received"), 1);
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
async fn what_is_announced_wrongly_is_malformed() {
    let mut w = world().await;
    let good = metadata(attachment(), ContentHash::of(b"x"));
    let without_hash = good.split(", ").filter(|pair| !pair.starts_with("hash")).collect::<Vec<_>>().join(", ");
    for (length, metadata) in
        [("", good.as_str()), ("-1", &good), ("ten", &good), ("10", ""), ("10", "hash !!"), ("10", &without_hash)]
    {
        let request = Request::post(uploads(w.home.client.id))
            .header("upload-length", length)
            .header("upload-metadata", metadata);
        let answer = w.marieke.send(request.body(Body::empty()).unwrap()).await;
        assert_eq!((answer.status.as_u16(), answer.refusal().as_str()), (400, "malformed"), "{length} {metadata}");
    }
    let can = w.marieke.send_empty(Method::OPTIONS, &uploads(w.home.client.id)).await;
    assert_eq!(can.header("tus-extension"), "creation,termination,expiration");
    assert_eq!(can.header("tus-max-size"), (25 * 1024 * 1024).to_string());
}

#[tokio::test]
async fn a_file_is_given_with_headers_of_its_own() {
    let mut w = world().await;
    let (bytes, client) = (pdf(), w.home.client.id);
    let stored = w.app.state.files.put(&w.app.state.db, client, &bytes, Accept::Pdf).unwrap();
    assert_eq!(
        (stored.hash, stored.size, stored.media_type),
        (ContentHash::of(&bytes), bytes.len() as u64, "application/pdf")
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

    let heic = b"\0\0\0\x18ftypheic\0\0\0\0mif1heic\0\0\0\0".to_vec();
    w.app.state.files.put(&w.app.state.db, client, &heic, Accept::Documents).unwrap();
    let given = w.marieke.get(&w.address(&heic)).await;
    assert!(given.header("content-disposition").starts_with("attachment;"));
}

#[tokio::test]
async fn the_firm_stores_returns_as_pdf_only() {
    let w = world_with(|config| config.max_upload = 400_000).await;
    let (files, db, client) = (&w.app.state.files, &w.app.state.db, w.home.client.id);
    assert!(matches!(files.put(db, client, photo(), Accept::Pdf), Err(StoreError::WrongType)));
    assert!(matches!(files.put(db, client, b"", Accept::Pdf), Err(StoreError::Empty)));
    assert!(matches!(files.put(db, client, b"%PDF-1.4 none", Accept::Pdf), Err(StoreError::BrokenPdf)));
    assert!(matches!(files.put(db, client, &[0; 400_001], Accept::Pdf), Err(StoreError::TooLarge { limit: 400_000 })));
    assert_eq!(w.parts(), 0);
    assert_eq!(files.put(db, client, &encrypted(""), Accept::Pdf).unwrap().pages, 2);
    let first = files.put(db, client, &pdf(), Accept::Pdf).unwrap();
    assert_eq!(files.put(db, client, &pdf(), Accept::Pdf).unwrap(), first);
}
