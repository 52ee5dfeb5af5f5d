//! Attacks on the disk: one client, or one firm, must not use it up, and a disk that is nearly full takes answers.

use axum::http::StatusCode;
use dossiers::firm_file::{self, Accept, KeepError};
use model::{api::Room, hash::ContentHash};
use storage::attachment::{Quota, StoreError};
use testkit::upload::*;

const DAY: i64 = 24 * 3600;

fn limited(quota: Quota) -> impl FnOnce(&mut sync_server::config::Config) {
    move |config| config.storage = Quota { reserve_bytes: Some(0), ..quota }
}

/// Returns a photograph that no other is equal to.
fn another(number: u8) -> Vec<u8> {
    let mut bytes = photo().to_vec();
    bytes.push(number);
    bytes
}

#[tokio::test]
async fn a_client_stores_so_many_bytes_and_the_others_go_on() {
    let size = another(0).len() as u64;
    let mut w = world_with(limited(Quota { client_bytes: 3 * size, ..Quota::default() })).await;
    let mut refusals = Vec::new();
    for number in 0..5 {
        let bytes = another(number);
        let begun = w.begin(attachment(), &bytes).await;
        refusals.push(begun.refusal());
        if begun.status.is_success() {
            patch(&mut w.marieke, begun.header("location"), 0, bytes).await;
        } else {
            assert_eq!(begun.status, StatusCode::INSUFFICIENT_STORAGE, "the app waits and keeps it");
        }
    }
    assert_eq!(refusals, ["", "", "", "dossier_full", "dossier_full"]);
    // What is there already takes no more room.
    assert!(w.begin(attachment(), &another(0)).await.status.is_success());
    let room: Room = w.marieke.get(&format!("/api/clients/{}/room", w.home.client.id)).await.json();
    assert_eq!(room.bytes, 0);
    let other = w.app.household("Elders");
    w.app.state.dossiers.open_year(&other.advisor, other.client.id, YEAR).unwrap();
    let mut neighbour = w.app.person_browser(&other.people[0]).await;
    let (id, bytes) = (attachment(), another(9));
    tell(&w.app, &mut neighbour, &other.people[0], id, bytes.len(), ContentHash::of(&bytes)).await.unwrap();
    assert!(begin(&mut neighbour, other.client.id, id, &bytes).await.status.is_success());
}

#[tokio::test]
async fn uploads_under_way_count_until_they_expire() {
    let mut w = world_with(limited(Quota { client_files: 2, ..Quota::default() })).await;
    let mut refusals = Vec::new();
    for number in 0..3 {
        refusals.push(w.begin(attachment(), &another(number)).await.refusal());
    }
    assert_eq!(refusals, ["", "", "dossier_full"]);
    w.app.pass_seconds(8 * DAY);
    assert!(w.begin(attachment(), &another(3)).await.status.is_success());
}

#[tokio::test]
async fn a_firm_stores_so_much_and_another_firm_goes_on() {
    let mut w = world_with(limited(Quota { firm_files: 1, ..Quota::default() })).await;
    let begun = w.begin(attachment(), &another(0)).await;
    patch(&mut w.marieke, begun.header("location"), 0, another(0)).await;
    let answer = w.begin(attachment(), &another(1)).await;
    assert_eq!((answer.status.as_u16(), answer.refusal().as_str()), (507, "firm_full"));
    let kept = w.keep(&another(2), Accept::Documents).await;
    assert!(matches!(kept, Err(KeepError::Store(StoreError::FirmFull))));
    let other = w.app.household("Elders");
    let (dossiers, received) = (&w.app.state.dossiers, w.app.state.files.receive(&another(2)).unwrap());
    let kept = firm_file::keep(dossiers, other.advisor.id, other.client.id, received, Accept::Documents).await;
    assert!(kept.is_ok());
}

#[tokio::test]
async fn below_the_reserve_files_wait_and_everything_else_goes_on() {
    let mut w = world_with(|config| config.storage.reserve_bytes = Some(u64::MAX)).await;
    let answer = w.begin(attachment(), photo()).await;
    assert_eq!((answer.status.as_u16(), answer.refusal().as_str()), (507, "disk_full"));
    let ready = w.marieke.get("/readyz").await;
    assert!(ready.status.is_success() && ready.text().contains("files wait"), "{}", ready.text());
    // The firm writes, and the client's answers are a change like any other.
    w.app.state.dossiers.open_year(&w.home.advisor, w.home.client.id, model::time::TaxYear(2024)).unwrap();
    assert!(w.marieke.me().await.is_ok() && w.marieke.log_in().await.is_ok());
}

#[tokio::test]
async fn what_arrived_of_an_upload_that_expired_is_deleted_while_the_server_runs() {
    let mut w = world().await;
    let kept = w.begin(attachment(), &another(0)).await;
    patch(&mut w.marieke, kept.header("location"), 0, another(0)).await;
    let cut = w.begin(attachment(), &another(1)).await;
    patch(&mut w.marieke, cut.header("location"), 0, another(1)[..100].to_vec()).await;
    dossiers::upload::sweep(&w.app.state.dossiers).await.unwrap();
    assert_eq!(w.parts(), 1, "it may go on for a week");
    w.app.pass_seconds(8 * DAY);
    dossiers::upload::sweep(&w.app.state.dossiers).await.unwrap();
    assert_eq!(w.parts(), 0);
    assert!(w.app.state.files.path(w.home.client.id, ContentHash::of(&another(0))).is_file(), "files stay");
}
