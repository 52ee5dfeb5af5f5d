//! Tests on a data folder of this release, `sync-server/tests/data-folder`, and on one that is made today. The first is there
//! so that the next change of the schema is made by a migration and meets a folder that is in use. As long as formats may change,
//! `AKKOORD_KEEP_DATA_FOLDER=yes cargo test -p sync-server --test server data_folder` puts the one of today in its place, and with it
//! the samples of the crate `proof`, which are its evidence packs and its audit log.

use dossiers::checkpoints::write_due;
use model::{hash::ContentHash, id::ApprovalId, record::*};
use proof::{audit, evidence};
use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};
use storage::db::DbError;
use testkit::{
    console_page::{ConsolePage, PAGE, YEAR},
    harness::{Browser, TestApp},
};

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data-folder")
}

fn samples() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("proof/tests/sample")
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap().map(Result::unwrap) {
        let place = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &place);
        } else {
            fs::copy(entry.path(), place).unwrap();
        }
    }
}

#[tokio::test]
async fn the_folder_of_this_release_opens_and_has_what_was_written() {
    opens_and_has_what_was_written(&folder());
}

/// Opens a copy of the folder and reads each kind of thing in it.
fn opens_and_has_what_was_written(folder: &Path) {
    let place = tempfile::tempdir().unwrap();
    let data = place.path().join("data");
    copy(folder, &data);
    let app = TestApp::with(|config| config.data = data.clone());
    let db = &app.state.db;
    let firm = db.read::<_, DbError>(|q| q.firms()).unwrap().remove(0);
    let client = db.read::<_, DbError>(|q| q.client_by_number(firm.id, "10417")).unwrap().unwrap();
    let year = app.state.dossiers.read(client.id, YEAR).unwrap();
    assert_eq!(year.cover.as_ref().unwrap().firm.name, firm.name);
    let written = year.messages.iter().map(|message| message.body.as_str());
    assert_eq!(written.collect::<Vec<_>>(), ["Dag Sanne"]);
    let given = &year.revisions[0];
    let findings = given.consents.values().flat_map(|consent| &consent.approvals);
    let findings: Vec<_> = findings.map(|(.., verdict)| verdict.as_ref().unwrap().finding).collect();
    assert_eq!(findings.len(), 2, "both approved");
    let file = given.revision.file.hash;
    assert_eq!(ContentHash::of(&fs::read(app.state.files.path(client.id, file)).unwrap()), file);
    let log = db.read::<_, DbError>(|q| q.audit_log()).unwrap();
    log.verify().unwrap();
    let points = db.read::<_, DbError>(|q| q.all_checkpoints()).unwrap();
    assert_eq!(points.len(), 2, "of the firm and of the installation");
    points.iter().for_each(|point| point.fits_of(&log, &app.state.seal.lineage()).unwrap());
    let tool = Command::new(crate::PROGRAM).args(["audit", "verify", "--data"]).arg(&data).output().unwrap();
    assert!(tool.status.success(), "{}", String::from_utf8_lossy(&tool.stdout));
}

/// Approves as one of the two people, and returns the evidence.
async fn approve(console: &mut ConsolePage, number: usize, browser: &mut Browser) -> (ApprovalId, Vec<u8>) {
    let person = console.home.people[number].clone();
    let revision = console.year().revisions[0].id;
    let approval = console.approve(browser, &person, revision).await;
    (approval, console.browser.get(&format!("{PAGE}/akkoord/bewijs/{approval}.zip")).await.body)
}

#[tokio::test]
async fn a_folder_that_is_made_today_opens_and_has_what_was_written() {
    let mut console = ConsolePage::new().await;
    let [marieke, thomas] = console.home.people.clone();
    let mut hers = console.app.person_browser(&marieke).await;
    let mut his = console.app.person_browser(&thomas).await;
    let message = Message {
        by: marieke.id,
        at: console.app.now(),
        body: "Dag Sanne".into(),
        about: None,
        answer: None,
        attachments: Vec::new(),
    };
    console.write(&mut hers, &model::id::MessageId::from_random([7; 16]), &message).await;
    console.set_out_revision("1").await;
    let (_, holds) = approve(&mut console, 0, &mut hers).await;
    // His approval awaits a ruling by the firm, so it does not count.
    let (person, until) = (thomas.id, console.app.now().plus_seconds(60));
    console.app.state.db.write_blocking::<_, DbError>(move |tx| tx.require_ruling_of_approvals(person, until)).unwrap();
    let (_, awaits_ruling) = approve(&mut console, 1, &mut his).await;
    assert!(evidence::verify(&holds).unwrap().counts && !evidence::verify(&awaits_ruling).unwrap().counts);
    let app = &console.app;
    write_due(&app.state.db, &app.state.clock, &app.state.seal).await.unwrap();

    let data = &app.state.config.data;
    let made = tempfile::tempdir().unwrap();
    let (place, samples_made) = (made.path().join("data"), made.path().join("sample"));
    copy(&data.join("files"), &place.join("files"));
    fs::copy(data.join("seal.key"), place.join("seal.key")).unwrap();
    let database = rusqlite::Connection::open(data.join("akkoord.db")).unwrap();
    // Small pages make a small file, as most tables are empty.
    database.execute_batch("pragma page_size = 512").unwrap();
    database.execute("vacuum into ?1", [place.join("akkoord.db").to_str().unwrap()]).unwrap();

    let firm = console.browser.get("/kantoor/logboek/auditlog.jsonl").await.body;
    let (log, points) = app_log(&console.app);
    let whole = audit::export(&log, &points, console.app.now(), &console.app.state.seal).unwrap();
    let checkpoint = points.iter().find(|point| point.reach.firm.is_some()).unwrap().text().unwrap();
    fs::create_dir_all(&samples_made).unwrap();
    for (name, bytes) in [
        ("holds.zip", holds),
        ("awaits-ruling.zip", awaits_ruling),
        ("firm.jsonl", firm),
        ("whole.jsonl", whole.into_bytes()),
        ("checkpoint.json", checkpoint.into_bytes()),
    ] {
        fs::write(samples_made.join(name), bytes).unwrap();
    }
    opens_and_has_what_was_written(&place);
    if std::env::var_os("AKKOORD_KEEP_DATA_FOLDER").is_some() {
        fs::remove_dir_all(folder()).ok();
        copy(&place, &folder());
        copy(&samples_made, &samples());
    }
}

fn app_log(app: &TestApp) -> (audit::Log, Vec<audit::Checkpoint>) {
    app.state.db.read::<_, DbError>(|q| Ok((q.audit_log()?, q.all_checkpoints()?))).unwrap()
}
