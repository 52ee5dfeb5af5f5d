//! An advisor with a household: what the tests of the console share.

use crate::harness::{self, Answer as Page, Browser, Household, TestApp};
use axum::{
    body::Body,
    http::{Request, StatusCode, header},
};
use documents::{document::Document, dossier::DossierYear, replay::ProposedChange};
use dossiers::Pusher;
use model::{
    approval::challenge,
    id::*,
    record::*,
    section::{Party, Write},
    time::TaxYear,
};
use std::sync::Arc;
use storage::{
    clock::random,
    db::{DbError, PersonRow, Tx},
};

pub const YEAR: TaxYear = TaxYear(2025);
pub const PAGE: &str = "/kantoor/klanten/10417/2025";

/// An advisor with a household whose year is open.
pub struct ConsolePage {
    pub app: TestApp,
    pub home: Household,
    pub browser: Browser,
}

impl ConsolePage {
    pub async fn new() -> Self {
        Self::at(TestApp::new()).await
    }

    pub async fn at(app: TestApp) -> Self {
        let home = app.household("Noord");
        app.mail_at_once(&home.advisor);
        let browser = app.advisor_browser(&home.advisor).await;
        app.state.dossiers.open_year(&home.advisor, home.client.id, YEAR).unwrap();
        Self { app, home, browser }
    }

    /// Returns a new process on the same data; the browser keeps its cookies.
    pub fn restarted(self) -> Self {
        let app = self.app.restarted();
        let mut browser = app.browser();
        browser.cookies = self.browser.cookies;
        Self { app, home: self.home, browser }
    }

    /// Makes approvals of a person await a ruling for an hour.
    pub fn require_ruling_of(&self, person: PersonId) {
        let until = self.app.now().plus_seconds(3600);
        let require = move |tx: &Tx<'_>| tx.require_ruling_of_approvals(person, until);
        self.app.state.db.write_blocking::<_, DbError>(require).unwrap();
    }

    pub fn year(&self) -> Arc<DossierYear> {
        self.app.state.dossiers.read(self.home.client.id, YEAR).unwrap()
    }

    pub async fn page(&mut self, path: &str) -> String {
        let answer = self.browser.get(path).await;
        assert_eq!(answer.status, StatusCode::OK, "{path}: {}", answer.text());
        answer.text()
    }

    pub async fn set_out_checklist(&mut self) -> ChecklistId {
        let answer =
            self.browser.submit(&format!("{PAGE}/checklist"), &[("template", "ib-2025"), ("due", "2026-04-01")]).await;
        assert_redirect(&answer, PAGE);
        *self.year().checklists.keys().next().unwrap()
    }

    /// Writes a record on a device of `person` that is up to date.
    pub async fn write<R: model::section::Record>(&self, browser: &mut Browser, key: &R::Key, record: &R) {
        self.write_on(browser, &self.replica(), key, record).await;
    }

    /// Does the same as [`ConsolePage::write`], in another year of the client.
    pub async fn write_in<R: model::section::Record>(
        &self,
        tax_year: TaxYear,
        browser: &mut Browser,
        key: &R::Key,
        record: &R,
    ) {
        self.write_on(browser, &self.replica_of(tax_year), key, record).await;
    }

    pub fn replica(&self) -> (DocumentId, Document) {
        self.replica_of(YEAR)
    }

    fn replica_of(&self, tax_year: TaxYear) -> (DocumentId, Document) {
        let db = &self.app.state.db;
        db.read::<_, DbError>(|q| {
            let rows = q.documents_of_year(self.home.client.id, tax_year)?;
            let id = rows.iter().find(|r| r.info.party == Party::Client).unwrap().info.document;
            let mut document = Document::empty();
            document.apply(q.changes_after(id, 0, usize::MAX)?.iter().map(Vec::as_slice)).unwrap();
            Ok((id, document))
        })
        .unwrap()
    }

    pub async fn write_on<R: model::section::Record>(
        &self,
        browser: &mut Browser,
        (id, document): &(DocumentId, Document),
        key: &R::Key,
        record: &R,
    ) {
        let me = browser.me().await.unwrap();
        let pusher = Pusher { account: me.account, device: me.device };
        let writes = vec![Write::of(key, record)];
        let (change, _) =
            ProposedChange::make(&mut document.clone(), random(), self.app.now(), writes).unwrap().unwrap();
        self.app.state.dossiers.push(&pusher, *id, &[change]).unwrap();
    }

    pub async fn upload(&mut self, fields: &[(String, String)], file: Option<&[u8]>) -> Page {
        self.upload_to(&format!("{PAGE}/akkoord"), fields, file).await
    }

    /// Sends a form that may contain a file.
    pub async fn upload_to(&mut self, path: &str, fields: &[(String, String)], file: Option<&[u8]>) -> Page {
        let boundary = "grens";
        let mut body = Vec::new();
        for (name, value) in fields {
            body.extend(
                format!("--{boundary}\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n").bytes(),
            );
        }
        if let Some(bytes) = file {
            body.extend(format!("--{boundary}\r\nContent-Disposition: form-data; name=\"file\"; filename=\"Aangifte 2025.pdf\"\r\nContent-Type: application/pdf\r\n\r\n").bytes());
            body.extend(bytes);
            body.extend(b"\r\n");
        }
        body.extend(format!("--{boundary}--\r\n").bytes());
        let request = Request::post(path)
            .header(header::CONTENT_TYPE, format!("multipart/form-data; boundary={boundary}"))
            .header(header::ACCEPT, "text/html")
            .body(Body::from(body))
            .unwrap();
        self.browser.send(request).await
    }

    pub fn revision_fields(&self) -> Vec<(String, String)> {
        let mut fields = [("kind", "ib"), ("taxpayer", "together")].map(|(n, v)| (n.to_owned(), v.to_owned())).to_vec();
        for (person, way, amount) in [(0, "receive", "1.842"), (1, "pay", "558,50")] {
            let id = self.home.people[person].id;
            fields.push((format!("way_outcome_{id}"), way.to_owned()));
            fields.push((format!("outcome_{id}"), amount.to_owned()));
        }
        fields.extend(
            [("figure_0", "Loon"), ("this_year_0", "48.210"), ("last_year_0", "46.900")]
                .map(|(n, v)| (n.to_owned(), v.to_owned())),
        );
        fields
    }

    pub async fn set_out_revision(&mut self, text: &str) -> RevisionId {
        let fields = self.revision_fields();
        let answer = self.upload(&fields, Some(&pdf(text))).await;
        assert_redirect(&answer, &format!("{PAGE}/akkoord"));
        self.year().revisions[0].id
    }

    pub async fn approve(&self, browser: &mut Browser, person: &PersonRow, revision: RevisionId) -> ApprovalId {
        let year = self.year();
        let given = year.revision(revision).unwrap();
        let at = self.app.now();
        self.write(browser, &PerPerson { revision, person: person.id }, &Opening { by: person.id, at }).await;
        let signed = vec![given.to_sign(person.id).unwrap()];
        let bytes = challenge(person.id, &signed);
        let assertion = browser.authenticator.sign(harness::ORIGIN, &bytes).await;
        let id = ApprovalId::from_random(random());
        self.write(browser, &id, &Approval { revision, by: person.id, at, signed, signature: assertion.into() }).await;
        id
    }
}

pub fn assert_redirect(answer: &Page, to: &str) {
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.text());
    assert_eq!(answer.header(header::LOCATION.as_str()).split('#').next().unwrap(), to);
}

/// Returns a PDF of a page on which each line of a text is drawn, which a program can read.
pub fn readable_pdf(text: &str) -> Vec<u8> {
    use lopdf::dictionary;
    let lines: Vec<_> = text.lines().map(|line| format!("({line}) Tj T* ")).collect();
    let content = format!("BT /F1 11 Tf 14 TL 50 780 Td {} ET", lines.concat());
    let font = dictionary! { "Type" => "Font", "Subtype" => "Type1", "BaseFont" => "Helvetica",
    "Encoding" => "WinAnsiEncoding" };
    let fonts = dictionary! { "Font" => dictionary! { "F1" => font } };
    pdf_with(content.into_bytes(), Some(fonts))
}

pub fn pdf(text: &str) -> Vec<u8> {
    pdf_with(format!("% {text}").into_bytes(), None)
}

fn pdf_with(content: Vec<u8>, resources: Option<lopdf::Dictionary>) -> Vec<u8> {
    use lopdf::{Document as Pdf, Object, Stream, dictionary};
    let mut pdf = Pdf::with_version("1.5");
    let pages = pdf.new_object_id();
    let content = pdf.add_object(Stream::new(dictionary! {}, content));
    let mut page = dictionary! { "Type" => "Page", "Parent" => pages, "Contents" => content,
    "MediaBox" => vec![0.into(), 0.into(), 595.into(), 842.into()] };
    if let Some(resources) = resources {
        page.set("Resources", resources);
    }
    let page = pdf.add_object(page);
    pdf.objects.insert(
        pages,
        Object::Dictionary(dictionary! { "Type" => "Pages", "Kids" => vec![page.into()], "Count" => 1 }),
    );
    let catalog = pdf.add_object(dictionary! { "Type" => "Catalog", "Pages" => pages });
    pdf.trailer.set("Root", catalog);
    let mut bytes = Vec::new();
    pdf.save_to(&mut bytes).unwrap();
    bytes
}
