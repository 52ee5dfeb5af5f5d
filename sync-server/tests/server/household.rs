//! Tests of a household that grows, and one that is split: who reads what before and
//! after, in every way in which anything of a dossier leaves the server.

use axum::http::StatusCode;
use documents::{
    protocol::{self, DocumentInfo, ToDevice, ToServer},
    replay::Reason,
};
use dossiers::Pusher;
use model::{hash::ContentHash, id::*, record::Role, time::TaxYear};
use storage::db::{Client, DbError, PersonRow};
use sync_server::sync::Connection;
use testkit::{
    attacker::hear,
    console_page::{ConsolePage, PAGE, assert_redirect},
    harness::{Browser, TestApp},
};

const SHARED: TaxYear = TaxYear(2025);
const APART: TaxYear = TaxYear(2026);

/// Returns the documents that a device of this login is told about.
async fn documents(app: &TestApp, browser: &mut Browser) -> Vec<DocumentInfo> {
    let identity = browser.me().await.unwrap();
    let pusher = Pusher { account: identity.account, device: identity.device };
    let mut connection = Connection::new(app.state.dossiers.clone(), pusher, Box::new(|| Ok(true)));
    let hello = ToServer::Hello { version: protocol::VERSION, app_version: "".into(), documents: Vec::new() };
    let answer = hear(&mut connection, &protocol::encode(&hello)).unwrap();
    answer
        .into_iter()
        .find_map(|m| match m {
            ToDevice::Documents(documents) => Some(documents),
            _ => None,
        })
        .unwrap()
}

fn years_of(documents: &[DocumentInfo], client: ClientId) -> Vec<i16> {
    let mut years: Vec<_> = documents.iter().filter(|d| d.client == client).map(|d| d.tax_year.0).collect();
    years.sort_unstable();
    years.dedup();
    years
}

fn people(app: &TestApp, client: ClientId) -> Vec<PersonRow> {
    app.state.db.read::<_, DbError>(|q| q.people(client)).unwrap()
}

fn client(app: &TestApp, console: &ConsolePage, number: &str) -> Option<Client> {
    app.state.db.read::<_, DbError>(|q| q.client_by_number(console.home.advisor.firm, number)).unwrap()
}

#[tokio::test]
async fn a_helper_is_added_with_a_role_and_gets_in_by_invitation() {
    let mut console = ConsolePage::new().await;
    let page = console.page(&format!("{PAGE}/personen/nieuw")).await;
    assert!(page.contains("Iemand toevoegen aan dit dossier"), "{page}");
    let typed = [
        ("name", "Anna Jansen"),
        ("given_name", "Anna"),
        ("email", "anna@voorbeeld.example"),
        ("language", "nl"),
        ("role", "reader"),
        ("action", "invite"),
    ];
    let wrong = console.browser.submit(&format!("{PAGE}/personen/nieuw"), &[("role", "reader")]).await;
    assert_eq!(wrong.status, StatusCode::BAD_REQUEST);
    let answer = console.browser.submit(&format!("{PAGE}/personen/nieuw"), &typed).await;
    assert_redirect(&answer, PAGE);

    let anna = people(&console.app, console.home.client.id).into_iter().find(|p| p.given_name == "Anna").unwrap();
    assert_eq!(anna.role, Role::Reader);
    assert_eq!(console.year().people[&anna.id].role, Role::Reader, "the open year knows the helper");
    let mut browser = console.app.person_browser(&anna).await;
    assert_eq!(years_of(&documents(&console.app, &mut browser).await, console.home.client.id), [2025]);
}

#[tokio::test]
async fn after_a_split_each_has_an_own_dossier_and_both_read_the_years_before() {
    let mut console = ConsolePage::new().await;
    let [stays, leaves] = console.home.people.clone();
    let mut stayer = console.app.person_browser(&stays).await;
    let mut leaver = console.app.person_browser(&leaves).await;
    console.app.state.dossiers.open_year(&console.home.advisor, console.home.client.id, APART).unwrap();

    let page = console.page(&format!("{PAGE}/personen/{}", leaves.id)).await;
    assert!(page.contains("Eigen dossier na een scheiding"), "{page}");
    let split = format!("{PAGE}/personen/{}/splitsen", leaves.id);
    let taken = console.browser.submit(&split, &[("from", "2026"), ("number", &console.home.client.number)]).await;
    assert_eq!(taken.status, StatusCode::BAD_REQUEST);
    assert!(people(&console.app, console.home.client.id).iter().all(|p| p.until.is_none()), "nothing has changed");
    let answer = console.browser.submit(&split, &[("from", "2026"), ("number", "20555")]).await;
    assert_redirect(&answer, "/kantoor/klanten/20555/2026");
    let (old, new) = (console.home.client.id, client(&console.app, &console, "20555").unwrap().id);

    let (of_stayer, of_leaver) =
        (documents(&console.app, &mut stayer).await, documents(&console.app, &mut leaver).await);
    assert_eq!((years_of(&of_stayer, old), years_of(&of_stayer, new)), (vec![2025, 2026], vec![]));
    assert_eq!((years_of(&of_leaver, old), years_of(&of_leaver, new)), (vec![2025], vec![2026]));
    let members: Vec<_> = leaver.me().await.unwrap().memberships.into_iter().map(|m| m.client).collect();
    assert_eq!(members, [old, new], "the same login is in both");

    // In the year that was open already only the other person is asked.
    let dossiers = &console.app.state.dossiers;
    assert_eq!(dossiers.read(old, APART).unwrap().approvers(), [stays.id]);
    assert_eq!(dossiers.read(old, SHARED).unwrap().approvers().len(), 2);
    let page = console.page(&format!("{PAGE}/personen/{}", leaves.id)).await;
    assert!(page.contains("Vanaf belastingjaar 2026 in een eigen dossier"), "{page}");
    assert!(!page.contains("Eigen dossier na een scheiding"), "nobody leaves twice");
}

#[tokio::test]
async fn who_left_writes_and_reads_nothing_of_the_years_after() {
    let mut console = ConsolePage::new().await;
    let [_, leaves] = console.home.people.clone();
    let mut leaver = console.app.person_browser(&leaves).await;
    let (old, dossiers) = (console.home.client.id, console.app.state.dossiers.clone());
    dossiers.open_year(&console.home.advisor, old, APART).unwrap();
    let later = documents(&console.app, &mut leaver).await;
    let later = later.into_iter().find(|d| d.tax_year == APART && d.party == model::section::Party::Client).unwrap();
    let person = leaves.id;
    console.app.state.db.write_blocking::<_, DbError>(move |tx| tx.set_person_until(person, APART)).unwrap();

    let identity = leaver.me().await.unwrap();
    let pusher = Pusher { account: identity.account, device: identity.device };
    let refused = dossiers.push(&pusher, later.document, &[]).map_err(|r| r.reason);
    assert_eq!(refused, Err(Reason::UnknownDocument));
    let evidence = |year: i16| format!("/api/clients/{old}/years/{year}/evidence/{}", ApprovalId::from_bytes([1; 16]));
    assert_eq!(leaver.get(&evidence(2026)).await.status, StatusCode::NOT_FOUND);

    // A file is served if a shared year names it, and only then.
    let file = |hash: &ContentHash| format!("/api/clients/{old}/files/{hash}");
    let shared = console.set_out_revision("gedeeld").await;
    let shared = console.year().revision(shared).unwrap().revision.file.hash;
    assert_eq!(leaver.get(&file(&shared)).await.status, StatusCode::OK);
    let of_other = testkit::console_page::pdf("van de ander");
    let hash = ContentHash::of(&of_other);
    store(&console.app, old, &of_other);
    assert_eq!(leaver.get(&file(&hash)).await.status, StatusCode::NOT_FOUND);
    let mut stayer = console.app.person_browser(&console.home.people[0]).await;
    assert_eq!(stayer.get(&file(&hash)).await.status, StatusCode::OK, "who stayed reads it");
}

/// Puts a file into the store that no shared year names.
fn store(app: &TestApp, client: ClientId, bytes: &[u8]) {
    let hash = ContentHash::of(bytes);
    let (size, now) = (bytes.len() as u64, app.now());
    let path = app.state.files.path(client, hash);
    std::fs::create_dir_all(path.parent().unwrap()).unwrap();
    std::fs::write(&path, bytes).unwrap();
    let (media_type, view) = ("application/pdf".into(), storage::db::FileView::Whole);
    let row = storage::db::FileRow { client, hash, size, media_type, pages: 1, view, stored_at: now };
    app.state.db.write_blocking::<_, DbError>(move |tx| tx.add_file(&row)).unwrap();
}
