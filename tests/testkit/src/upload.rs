//! Files to be sent, and the requests that send them as an app makes them.

use crate::harness::{Answer, Browser, Household, TestApp};
use axum::{
    body::{Body, Bytes},
    http::{Method, Request},
};
use base64::{Engine, engine::general_purpose::STANDARD};
use demo::drawing::{Photo, TaxReturnPaper, photograph, tax_return};
use documents::{
    document::Document,
    replay::{ProposedChange, Reason},
};
use dossiers::{
    Pusher,
    firm_file::{self, Accept, KeepError},
};
use model::{
    hash::ContentHash,
    id::*,
    record::Attachment,
    section::{Party, Write},
    time::{Date, TaxYear},
};
use std::sync::OnceLock;
use storage::{
    attachment::StoredFile,
    clock::random,
    db::{DbError, FileRow, PersonRow},
};

pub const YEAR: TaxYear = TaxYear(2025);
pub const MIME: &str = "application/offset+octet-stream";

pub fn photo() -> &'static [u8] {
    static BYTES: OnceLock<Vec<u8>> = OnceLock::new();
    BYTES.get_or_init(|| {
        let lines = vec![("Fiscaal loon".into(), "48.312".into())];
        let (sender, title, name) = ("Gemeente Utrecht".into(), "Jaaropgave 2025".into(), "M. Jansen".into());
        photograph(&Photo { sender, title, name, lines, seed: 3 })
    })
}

pub fn pdf() -> Vec<u8> {
    tax_return(&TaxReturnPaper {
        firm: "Wilgenhof".into(),
        phone: "030 234 56 78".into(),
        advisor: "Sanne de Wit".into(),
        client_number: "10417".into(),
        names: vec!["Marieke Jansen".into()],
        title: "Aangifte inkomstenbelasting".into(),
        period: "2025".into(),
        is_assessed: true,
        version: 1,
        made_on: Date::constant(2026, 3, 12),
        sections: Vec::new(),
        outcomes: Vec::new(),
    })
}

/// Returns a PDF that opens with this password; if it is empty, the PDF is only protected
/// against changes.
pub fn encrypted(user_password: &str) -> Vec<u8> {
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

pub struct World {
    pub app: TestApp,
    pub home: Household,
    pub marieke: Browser,
}

pub async fn world() -> World {
    world_with(|_| {}).await
}

pub async fn world_with(change: impl FnOnce(&mut sync_server::config::Config)) -> World {
    let app = TestApp::with(change);
    let home = app.household("Wilgenhof");
    app.mail_at_once(&home.advisor);
    app.state.dossiers.open_year(&home.advisor, home.client.id, YEAR).unwrap();
    let marieke = app.person_browser(&home.people[0]).await;
    World { app, home, marieke }
}

impl World {
    /// Returns a new process on the same data; the browser keeps its cookies.
    pub fn restarted(self) -> Self {
        let app = self.app.restarted();
        let mut marieke = app.browser();
        marieke.cookies = self.marieke.cookies;
        Self { app, home: self.home, marieke }
    }

    /// Announces a file of Marieke in a record, if that was not done before, and starts its upload.
    pub async fn begin(&mut self, attachment: AttachmentId, bytes: &[u8]) -> Answer {
        self.begin_sized(attachment, bytes.len(), ContentHash::of(bytes)).await
    }

    /// Does the same as [`World::begin`] for a file that need not be there.
    pub async fn begin_sized(&mut self, attachment: AttachmentId, size: usize, hash: ContentHash) -> Answer {
        let year = self.app.state.dossiers.read(self.home.client.id, YEAR).unwrap();
        if !year.attachments.iter().any(|given| given.id == attachment) {
            // What no record can announce is refused by the request itself.
            tell(&self.app, &mut self.marieke, &self.home.people[0], attachment, size, hash).await.ok();
        }
        announce(&mut self.marieke, self.home.client.id, attachment, size, hash).await
    }

    pub fn file(&self, bytes: &[u8]) -> Option<FileRow> {
        let (client, hash) = (self.home.client.id, ContentHash::of(bytes));
        self.app.state.db.read::<_, DbError>(|q| q.file(client, hash)).unwrap()
    }

    pub fn address(&self, bytes: &[u8]) -> String {
        format!("/api/clients/{}/files/{}", self.home.client.id, ContentHash::of(bytes))
    }

    pub fn has_receipt(&self, attachment: AttachmentId) -> bool {
        use model::section::Section;
        let rows = self.app.state.db.read::<_, DbError>(|q| q.documents_of_year(self.home.client.id, YEAR)).unwrap();
        let firm = rows.iter().find(|r| r.info.party == model::section::Party::Firm).unwrap();
        let changes =
            self.app.state.db.read::<_, DbError>(|q| q.changes_after(firm.info.document, 0, usize::MAX)).unwrap();
        let mut document = documents::document::Document::empty();
        document.apply(changes.iter().map(Vec::as_slice)).unwrap();
        document.contains(Section::Receipts, &attachment.to_string())
    }

    /// Stores a file of the firm.
    pub async fn keep(&self, bytes: &[u8], accept: Accept) -> Result<StoredFile, KeepError> {
        let received = self.app.state.files.receive(bytes).unwrap();
        firm_file::keep(&self.app.state.dossiers, self.home.advisor.id, self.home.client.id, received, accept).await
    }

    pub fn parts(&self) -> usize {
        std::fs::read_dir(self.app.state.config.data.join("parts")).unwrap().count()
    }
}

/// Announces a file in a record of the person who is logged in with `browser`, as an app does first.
pub async fn tell(
    app: &TestApp,
    browser: &mut Browser,
    person: &PersonRow,
    attachment: AttachmentId,
    size: usize,
    hash: ContentHash,
) -> Result<(), Reason> {
    let me = browser.me().await.unwrap();
    let record = Attachment {
        name: "bestand".into(),
        media_type: "image/jpeg".into(),
        size: size as u64,
        hash,
        by: person.id,
        at: app.now(),
        answers: None,
        task: None,
        item: None,
        kind: None,
        replaces: None,
        year: None,
        note: String::new(),
    };
    let (id, mut document) = app
        .state
        .db
        .read::<_, DbError>(|q| {
            let rows = q.documents_of_year(person.client, YEAR)?;
            let id = rows.iter().find(|row| row.info.party == Party::Client).unwrap().info.document;
            let mut document = Document::empty();
            document.apply(q.changes_after(id, 0, usize::MAX)?.iter().map(Vec::as_slice)).unwrap();
            Ok((id, document))
        })
        .unwrap();
    let writes = vec![Write::of(&attachment, &record)];
    let (change, _) = ProposedChange::make(&mut document, random(), app.now(), writes).unwrap().unwrap();
    let pusher = Pusher { account: me.account, device: me.device };
    app.state.dossiers.push(&pusher, id, &[change]).map_err(|refused| refused.reason)
}

pub fn uploads(client: ClientId) -> String {
    format!("/api/clients/{client}/uploads")
}

pub fn attachment() -> AttachmentId {
    AttachmentId::from_random(random())
}

pub fn metadata(attachment: AttachmentId, hash: ContentHash) -> String {
    let encoded = |text: String| STANDARD.encode(text);
    format!(
        "attachment {}, hash {}, tax_year {}",
        encoded(attachment.to_string()),
        encoded(hash.to_string()),
        encoded(YEAR.to_string())
    )
}

pub async fn begin(browser: &mut Browser, client: ClientId, attachment: AttachmentId, bytes: &[u8]) -> Answer {
    announce(browser, client, attachment, bytes.len(), ContentHash::of(bytes)).await
}

pub async fn announce(
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

pub async fn patch(browser: &mut Browser, location: &str, offset: usize, body: impl Into<Body>) -> Answer {
    let request = Request::patch(location)
        .header("tus-resumable", "1.0.0")
        .header("content-type", MIME)
        .header("upload-offset", offset);
    browser.send(request.body(body.into()).unwrap()).await
}

/// Returns a body that breaks off after `bytes`, as a lost connection does.
pub fn cut_after(bytes: &[u8]) -> Body {
    let chunks = bytes.chunks(1000).map(|c| Ok(Bytes::copy_from_slice(c)));
    let chunks: Vec<_> = chunks.chain([Err(std::io::Error::from(std::io::ErrorKind::ConnectionReset))]).collect();
    Body::from_stream(futures_util::stream::iter(chunks))
}

pub async fn offset(browser: &mut Browser, location: &str) -> String {
    browser.send_empty(Method::HEAD, location).await.header("upload-offset").to_owned()
}
