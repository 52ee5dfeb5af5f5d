//! Tests of the real headless client with the real server over real sockets: what
//! was stored on a device arrives, whatever happens to either side.

use crate::household::{Device, Server, TAX_YEAR, on_one_thread, values};
use app::client::{AttachRefusal, Connection, DeviceStore, LocalStore, NewFile, Saving, Status, UploadState, YearKey};
use model::{
    api::StartRegistration, attachment::MAX_BYTES, checklist::AnswerValue, hash::ContentHash, id::AttachmentId,
    time::TaxYear,
};
use std::{cell::Cell, rc::Rc};
use storage::db::DbError;

const YES: AnswerValue = AnswerValue::Yes;
const NO: AnswerValue = AnswerValue::No;

/// Returns a photograph of about a megabyte.
fn photo() -> NewFile {
    let mut bytes = testkit::upload::photo().to_vec();
    // Bytes after the end of a picture are part of the file all the same.
    while bytes.len() < 1_000_000 {
        bytes.extend(ContentHash::of(&bytes).0);
    }
    NewFile { name: "jaaropgave.jpg".into(), media_type: "image/jpeg".into(), bytes, ..NewFile::default() }
}

#[tokio::test]
async fn an_upload_that_is_cut_goes_on_where_it_was_after_the_server_came_back() {
    on_one_thread(async {
        let mut server = Server::new();
        let marieke = Device::of(&server, 0).await;
        let client = marieke.client.clone();
        client.answer(server.key(), server.question("moved"), YES);
        marieke.until_sent().await;
        assert_eq!(server.answers("moved"), [YES]);

        // The server dies after the first piece, before the second.
        let (kill, watched) = (server.killer(), client.clone());
        let id: Rc<Cell<Option<AttachmentId>>> = Rc::default();
        let (watched_id, year) = (id.clone(), server.key());
        let cut_at = Rc::new(Cell::new(0));
        let cut = cut_at.clone();
        client.subscribe(move || {
            let attachments = &watched.year(year).attachments;
            if let (0, Some(attachment)) = (cut.get(), attachments.first())
                && let UploadState::Sending { sent: sent @ 1.., .. } = watched.upload(attachment.id)
            {
                cut.set(sent);
                watched_id.set(Some(attachment.id));
                kill();
            }
        });
        let file = photo();
        let (hash, size) = (ContentHash::of(&file.bytes), file.bytes.len() as u64);
        let attached = client.attach(server.key(), file.clone()).await.unwrap();
        marieke.until("the line is cut", |c| c.connection() == Connection::Offline).await;
        assert_eq!(id.get(), Some(attached));
        assert!(cut_at.get() > 0 && cut_at.get() < size, "cut at {} of {size}", cut_at.get());
        marieke.until("it waits", |c| c.upload(attached) == UploadState::Waiting).await;
        assert_eq!(
            client.attach(server.key(), file).await.map_err(|r| matches!(r, AttachRefusal::AlreadySent { .. })),
            Err(true)
        );

        let went_on = Rc::new(Cell::new(u64::MAX));
        let (seen, watched) = (went_on.clone(), client.clone());
        client.subscribe(move || {
            if let UploadState::Sending { sent, .. } = watched.upload(attached) {
                seen.set(seen.get().min(sent));
            }
        });
        server.start().await;
        marieke.until("it is received", |c| c.upload(attached) == UploadState::Received).await;
        assert!(went_on.get() >= cut_at.get(), "went on at {}, not before {}", went_on.get(), cut_at.get());
        marieke
            .until("the receipt is here", |c| c.year(year).attachments.first().is_some_and(|a| a.receipt.is_some()))
            .await;
        let year = server.year();
        let given = &year.attachments[0];
        assert_eq!((given.id, given.attachment.hash, given.attachment.size), (attached, hash, size));
        assert_eq!(given.receipt.as_ref().map(|r| (r.hash, r.size)), Some((hash, size)));
        let stored = std::fs::read(server.app().state.files.path(server.home.client.id, hash)).unwrap();
        assert_eq!(ContentHash::of(&stored), hash);
    })
    .await;
}

#[tokio::test]
async fn work_without_the_server_is_kept_survives_a_restart_of_the_app_and_arrives() {
    on_one_thread(async {
        let mut server = Server::new();
        let marieke = Device::of(&server, 0).await;
        server.kill().await;
        marieke.until("offline", |c| c.connection() == Connection::Offline).await;
        marieke.client.answer(server.key(), server.question("moved"), NO);
        let attached = marieke.client.attach(server.key(), photo()).await.unwrap();
        marieke.until("kept", |c| c.saving() == Saving::Saved).await;
        assert_eq!(marieke.client.unsent(), 3, "an answer, an attachment and its bytes");
        let again = marieke.another_start().await;
        assert_eq!(values(&again.year(server.key()), &server.question("moved")), [NO]);
        assert_eq!((again.unsent(), again.upload(attached)), (3, UploadState::Waiting));
        server.start().await;
        marieke.until_sent().await;
        assert_eq!(server.answers("moved"), [NO]);
        marieke.until("received", |c| c.upload(attached) == UploadState::Received).await;
    })
    .await;
}

#[tokio::test]
async fn two_partners_end_with_the_same_and_see_where_they_differ() {
    on_one_thread(async {
        let mut server = Server::new();
        let (marieke, thomas) = (Device::of(&server, 0).await, Device::of(&server, 1).await);
        server.kill().await;
        for (device, value) in [(&marieke, YES), (&thomas, NO)] {
            device.client.answer(server.key(), server.question("home"), value);
        }
        thomas.client.answer(server.key(), server.question("moved"), NO);
        server.start().await;
        let key = server.key();
        let home = server.question("home");
        for device in [&marieke, &thomas] {
            device.until_sent().await;
            device.until("both answers are here", |c| values(&c.year(key), &home).len() == 2).await;
        }
        thomas.client.answer_typed(key, home.clone(), NO);
        assert_eq!(values(&thomas.client.year(key), &home).len(), 2, "to be told the same again chooses nothing");
        marieke.client.answer(key, home.clone(), NO);
        marieke.until_sent().await;
        thomas.until("it is resolved", |c| values(&c.year(key), &home) == [NO]).await;
        assert_eq!(*marieke.client.year(key), *thomas.client.year(key));
        assert_eq!(*marieke.client.year(key), *server.year());
    })
    .await;
}

#[tokio::test]
async fn a_session_that_is_over_asks_for_a_login_and_loses_nothing() {
    on_one_thread(async {
        let server = Server::new();
        let mut marieke = Device::of(&server, 0).await;
        server.sql("delete from session");
        marieke.client.answer(server.key(), server.question("moved"), YES);
        marieke.until("it wants a login", |c| c.connection() == Connection::SignInNeeded).await;
        assert!(matches!(marieke.client.status(), Status::SignedIn(_)), "the work stays on the screen");
        marieke.client.answer(server.key(), server.question("home"), NO);
        // This happens at once, because what was typed a moment ago is not on the disk yet.
        marieke.log_in().await;
        assert_eq!(values(&marieke.client.year(server.key()), &server.question("home")), [NO]);
        marieke.client.answer(server.key(), server.question("savings"), AnswerValue::Unknown);
        marieke.until_sent().await;
        let all = ["moved", "home", "savings"].map(|question| server.answers(question));
        assert_eq!(all, [vec![YES], vec![NO], vec![AnswerValue::Unknown]]);
    })
    .await;
}

#[tokio::test]
async fn unsent_work_stays_at_logout_and_is_there_after_the_next_login() {
    on_one_thread(async {
        let server = Server::new();
        let mut marieke = Device::of(&server, 0).await;
        // The firm blocks her: the server accepts nothing, and her connection ends.
        server.sql("update person set blocked_at = 1 where given_name = 'Marieke'");
        marieke.client.answer(server.key(), server.question("moved"), YES);
        marieke.until("kept", |c| c.saving() == Saving::Saved && c.unsent() == 1).await;
        marieke.client.log_out().await.unwrap();
        assert_eq!(marieke.client.status(), Status::SignedOut);
        assert!(marieke.client.years().is_empty(), "nobody else sees it");
        assert!(server.answers("moved").is_empty());
        server.sql("update person set blocked_at = null");
        marieke.log_in().await;
        assert_eq!(values(&marieke.client.year(server.key()), &server.question("moved")), [YES]);
        marieke.until_sent().await;
        assert_eq!(server.answers("moved"), [YES]);
        // Everything has arrived, so the device is cleared.
        marieke.client.log_out().await.unwrap();
        let again = marieke.another_start().await;
        assert!(again.years().is_empty() && again.status() == Status::SignedOut);
        let left: i64 = rusqlite::Connection::open(marieke.store_path())
            .unwrap()
            .query_row("select count(*) from entry where key <> 'language'", [], |row| row.get(0))
            .unwrap();
        assert_eq!(left, 0);
    })
    .await;
}

#[tokio::test]
async fn without_the_server_the_device_is_cleared_at_once_and_the_session_ends_when_it_is_reached_again() {
    on_one_thread(async {
        let mut server = Server::new();
        let mut marieke = Device::of(&server, 0).await;
        marieke.until_sent().await;
        let sessions = |server: &Server| {
            let database = rusqlite::Connection::open(server.app().state.config.data.join("akkoord.db")).unwrap();
            database.query_row("select count(*) from session", [], |row| row.get::<_, i64>(0)).unwrap()
        };
        let names = |device: &Device| {
            let store = rusqlite::Connection::open(device.store_path()).unwrap();
            let mut statement = store.prepare("select key from entry where key <> 'language'").unwrap();
            let names: Vec<String> = statement.query_map([], |row| row.get(0)).unwrap().map(Result::unwrap).collect();
            names
        };
        server.kill().await;
        marieke.client.log_out().await.unwrap();
        assert_eq!(marieke.client.status(), Status::SignedOut);
        assert_eq!(names(&marieke), ["logout-owed"], "nothing of hers is left");
        assert_eq!(sessions(&server), 1);
        server.start().await;
        let again = marieke.another_start().await;
        let told = async {
            while sessions(&server) > 0 || !names(&marieke).is_empty() {
                tokio::task::yield_now().await;
            }
        };
        tokio::time::timeout(std::time::Duration::from_secs(40), told).await.expect("the server is told");
        assert_eq!(again.status(), Status::SignedOut);
        // Who logs in meanwhile has a session of their own, which stays.
        marieke.log_in().await;
        marieke.until_sent().await;
        assert!(sessions(&server) == 1 && matches!(marieke.client.status(), Status::SignedIn(_)));
    })
    .await;
}

/// A file that the server refuses is only on this device, so logging out leaves it there.
#[tokio::test]
async fn a_file_that_the_firm_refused_is_not_cleared_away() {
    on_one_thread(async {
        let server = Server::new();
        let mut marieke = Device::of(&server, 0).await;
        let bytes = b"%PDF-1.7 and then nothing that a PDF would have".to_vec();
        let file = NewFile { bytes: bytes.clone(), name: "kapot.pdf".into(), ..photo() };
        let attached = marieke.client.attach(server.key(), file).await.unwrap();
        marieke.until("it is refused", |c| matches!(c.upload(attached), UploadState::Refused(_))).await;
        let UploadState::Refused(refusal) = marieke.client.upload(attached) else { panic!("refused") };
        assert!(!refusal.nl.is_empty() && !refusal.en.is_empty());
        marieke.until_sent().await;
        marieke.client.log_out().await.unwrap();
        marieke.log_in().await;
        assert_eq!(marieke.client.upload(attached), UploadState::Refused(refusal));
        assert!(marieke.client.is_stored(&ContentHash::of(&bytes)).await);
    })
    .await;
}

#[tokio::test]
async fn storage_that_fails_is_said_and_tried_again_until_it_works() {
    on_one_thread(async {
        let server = Server::new();
        let marieke = Device::of(&server, 0).await;
        marieke.until_sent().await;
        let disk = rusqlite::Connection::open(marieke.store_path()).unwrap();
        disk.execute_batch("create trigger full before insert on entry begin select raise(abort, 'no room'); end")
            .unwrap();
        marieke.client.answer(server.key(), server.question("moved"), YES);
        marieke.until("it is said", |c| c.saving() == Saving::Failed).await;
        let refused = marieke.client.attach(server.key(), photo()).await;
        assert_eq!(refused, Err(AttachRefusal::Storage));
        assert_eq!(values(&marieke.client.year(server.key()), &server.question("moved")), [YES], "still shown");
        disk.execute_batch("drop trigger full").unwrap();
        marieke.until("it works again", |c| c.saving() == Saving::Saved).await;
        marieke.until_sent().await;
        assert_eq!(server.answers("moved"), [YES]);
        marieke.client.attach(server.key(), photo()).await.unwrap();
        marieke.until_sent().await;
    })
    .await;
}

#[tokio::test]
async fn a_device_takes_what_the_server_takes_and_says_so_at_once() {
    on_one_thread(async {
        let server = Server::new();
        let marieke = Device::of(&server, 0).await;
        let attach = async |bytes: &[u8]| {
            let file = NewFile { name: "x".into(), bytes: bytes.to_vec(), ..NewFile::default() };
            marieke.client.attach(server.key(), file).await.map(|_| ())
        };
        let photographs = [
            &b"\xff\xd8\xff\xe0\0\x10JFIF"[..],
            b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR",
            b"\0\0\0\x18ftypheic\0\0\0\0mif1heic\0\0\0\0",
        ];
        for photograph in photographs {
            assert_eq!(attach(photograph).await, Ok(()), "{photograph:?}");
        }
        for other in [&b"RIFF\x10\0\0\0WEBPVP8 "[..], b"\n%PDF-1.7\n", b"\0\0\0\x18ftypheix\0\0\0\0mif1heix\0\0\0\0"] {
            assert_eq!(attach(other).await, Err(AttachRefusal::WrongType), "{other:?}");
        }
        let too_large = vec![0xff; usize::try_from(MAX_BYTES).unwrap() + 1];
        assert_eq!(attach(&too_large).await, Err(AttachRefusal::TooLarge));
        assert_eq!(attach(b"").await, Err(AttachRefusal::Empty));
        marieke.until_sent().await;
    })
    .await;
}

/// Somebody's firm has not opened a year yet: the server answers, with nothing.
#[tokio::test]
async fn somebody_without_a_year_is_connected_all_the_same_and_gets_it_once_it_is_opened() {
    on_one_thread(async {
        let server = Server::new();
        let other = server.app().household("Zuid");
        let token = server.app().invite(&other.people[0]);
        let start = StartRegistration::of(&token, "zuid", &other.people[0].email);
        let device = Device::register(&server, &start).await;
        device.until("connected", |c| c.connection() == Connection::Connected).await;
        server.app().state.dossiers.open_year(&other.advisor, other.client.id, TAX_YEAR).unwrap();
        device.until("the year is here", |c| c.years().len() == 1).await;
    })
    .await;
}

/// A household is split while one device is online and another is away: the later years are removed from
/// both, the earlier years stay, and what was written in between is not lost.
#[tokio::test]
async fn after_a_split_the_later_years_leave_the_device_and_the_earlier_stay() {
    on_one_thread(async {
        let mut server = Server::new();
        let (shared, apart) = (server.key(), YearKey { tax_year: TaxYear(2026), ..server.key() });
        let leaver = server.home.people[1].clone();
        server.app().state.dossiers.open_year(&server.home.advisor, apart.client, apart.tax_year).unwrap();
        let mut looks_on = Device::of(&server, 1).await;
        looks_on.until("both years are here", |c| c.years() == [apart, shared]).await;
        let mut away = Device::new(&server).await;
        std::mem::swap(&mut away.authenticator, &mut looks_on.authenticator);
        away.log_in().await;
        away.until("both years are here", |c| c.years() == [apart, shared]).await;
        away.until_sent().await;
        looks_on.until_sent().await;

        let split = |server: &Server| {
            let (person, from) = (leaver.id, apart.tax_year);
            let state = &server.app().state;
            state.db.write_blocking::<_, DbError>(move |tx| tx.set_person_until(person, from)).unwrap();
            state.dossiers.open_year(&server.home.advisor, apart.client, apart.tax_year).unwrap();
        };
        let undo = "update person set until_year = null";
        split(&server);
        looks_on.until("the later year went at once", |c| c.years() == [shared]).await;
        away.until("the later year went at once", |c| c.years() == [shared]).await;

        // The same happens once more, with a device that is away and has something to send.
        server.sql(undo);
        server.start().await;
        away.until("it is theirs again", |c| c.years() == [apart, shared]).await;
        away.until_sent().await;
        server.kill().await;
        away.until("the line is gone", |c| c.connection() == Connection::Offline).await;
        away.client.write_message(apart, "Nog iets over dit jaar".into(), None);
        away.client.write_message(shared, "En over het vorige".into(), None);
        away.until("it is kept", |c| c.saving() == Saving::Saved && c.unsent() == 2).await;
        split(&server);
        server.start().await;
        away.until("the later year went", |c| c.years() == [shared] && c.unsent() == 0).await;
        away.until_sent().await;
        assert!(server.year().messages.iter().any(|m| m.body == "En over het vorige"));

        let again = away.another_start().await;
        assert_eq!(again.years(), [shared], "and from its disk");
        let store = DeviceStore::open(&away.store_path()).unwrap();
        let names = store.names("account/").await.unwrap();
        let of = |kind: &str| names.iter().filter(|name| name.contains(&format!("/{kind}/"))).count();
        assert_eq!((of("document"), of("quarantine"), of("outbox")), (2, 1, 0), "{names:?}");
        assert_eq!(away.client.quarantined().await, 1, "and the person can take it along");
        let file = String::from_utf8(away.client.quarantine_as_file().await.unwrap()).unwrap();
        assert!(file.contains("Nog iets over dit jaar") && file.contains("\"section\": \"messages\""), "{file}");
    })
    .await;
}
