//! A year can always go on, whatever one of its people sends: changes side by side, moments of no clock, all budgets
//! used up. Approvals, refusals, withdrawals and the firm go on, and nothing that was acknowledged is lost.

use axum::http::StatusCode;
use documents::{
    document::{Document, MAX_HEADS},
    protocol::ToDevice,
    replay::{Budgets, ProposedChange, Reason},
};
use dossiers::{
    Dossiers, Pusher,
    firm_file::{self, Accept},
};
use model::{
    hash::ContentHash,
    id::*,
    record::*,
    section::{Section, Write},
};
use storage::{
    clock::random,
    db::{DbError, NewChange, PersonRow},
};
use testkit::{
    attacker::{Siege, stream},
    consent::to_sign,
    console_page::{ConsolePage, PAGE, YEAR},
    harness::Browser,
    upload::{announce, attachment, photo, tell, world},
};

/// Returns changes of which each is based on the same state, as many people make them who do not hear of each other.
fn side_by_side(siege: &Siege, count: usize) -> Vec<ProposedChange> {
    let (_, document) = siege.document();
    let change = |n: usize| {
        let writes = vec![siege.message(&format!("nummer {n}"))];
        ProposedChange::make(&mut document.clone(), random(), siege.now(), writes).unwrap().unwrap().0
    };
    (0..count).map(change).collect()
}

async fn partner(siege: &Siege) -> (Browser, PersonRow, Pusher) {
    let thomas = siege.console.home.people[1].clone();
    let mut browser = siege.console.app.person_browser(&thomas).await;
    let me = browser.me().await.unwrap();
    (browser, thomas, Pusher { account: me.account, device: me.device })
}

#[tokio::test]
async fn changes_side_by_side_never_end_a_year() {
    let mut siege = Siege::new().await;
    let revision = siege.console.set_out_revision("aangifte").await;
    let (mut browser, thomas, _) = partner(&siege).await;
    for count in [17, 60] {
        assert_eq!(siege.push(&side_by_side(&siege, count)), Ok(()), "{count}");
        let (_, document) = siege.document();
        assert!(document.heads().len() <= MAX_HEADS, "merged in the same transaction");
        siege.assert_still_works();
    }
    // One after the other they are merged as they come.
    for change in side_by_side(&siege, 30) {
        assert_eq!(siege.push(&[change]), Ok(()));
    }
    assert!(siege.document().1.heads().len() <= MAX_HEADS);
    siege.assert_refused(&side_by_side(&siege, 200), Reason::TooManyHeads);
    let id = siege.console.approve(&mut browser, &thomas, revision).await;
    let year = siege.console.year();
    let consent = &year.revision(revision).unwrap().consents[&thomas.id];
    assert!(consent.approvals.iter().any(|(known, _, verdict)| *known == id && verdict.is_some()));
    let all = year.messages.iter().filter(|message| message.body.starts_with("nummer")).count();
    assert_eq!(all, 17 + 60 + 30, "nothing that was acknowledged is lost");
}

/// Writes changes into the client's log that no device can send, as a release before took them.
fn append(siege: &Siege, changes: Vec<NewChange>) {
    let (id, _) = siege.document();
    let now = siege.now();
    let append = move |tx: &storage::db::Tx<'_>| {
        let head = tx.document(id)?.unwrap().head_seq;
        tx.append_changes(id, head, &changes, now)
    };
    siege.console.app.state.db.write_blocking::<_, DbError>(append).unwrap();
}

fn raw(siege: &Siege, document: &mut Document, write: Write) -> NewChange {
    let actor: [u8; 16] = random();
    let raw = document.write(&actor, siege.now(), std::slice::from_ref(&write)).unwrap().unwrap();
    NewChange { hash: raw.hash, actor, device: None, bytes: raw.bytes, writes: vec![write] }
}

fn restarted(siege: Siege) -> Siege {
    let console = siege.console.restarted();
    let mut browser = console.app.browser();
    browser.cookies = siege.browser.cookies;
    Siege { console, browser, person: siege.person, pusher: siege.pusher }
}

#[tokio::test]
async fn a_year_that_a_release_before_left_with_many_heads_is_mended_when_it_is_loaded() {
    for heads in [17, 200, 5_000] {
        let siege = Siege::new().await;
        let (_, document) = siege.document();
        let side_by_side = |n| raw(&siege, &mut document.clone(), siege.message(&format!("{n}")));
        append(&siege, (0..heads).map(side_by_side).collect());
        let siege = restarted(siege);
        assert_eq!(siege.console.year().messages.len(), heads);
        assert_eq!(siege.document().1.heads().len(), 1, "{heads}");
        siege.assert_still_works();
        let written = siege.console.app.state.dossiers.write_message(
            &siege.console.home.advisor,
            siege.console.home.client.id,
            YEAR,
            "Goedemorgen".into(),
        );
        assert!(written.is_ok(), "and the firm goes on");
    }
}

#[tokio::test]
async fn a_year_that_cannot_be_read_is_shown_as_such_and_the_others_go_on() {
    let siege = Siege::new().await;
    let later = model::time::TaxYear(YEAR.0 + 1);
    let (advisor, client) = (siege.console.home.advisor.clone(), siege.console.home.client.id);
    siege.console.app.state.dossiers.open_year(&advisor, client, later).unwrap();
    let (document, _) = siege.document();
    append(
        &siege,
        vec![NewChange { hash: [9; 32], actor: random(), device: None, bytes: vec![0xff; 40], writes: Vec::new() }],
    );
    let mut siege = restarted(siege);
    let page = siege.console.browser.get(PAGE).await;
    assert_eq!(page.status, StatusCode::INTERNAL_SERVER_ERROR);
    assert!(page.text().contains("Dit jaar kan nu niet worden gelezen"), "{}", page.text());
    let other = siege.console.browser.get(&format!("/kantoor/klanten/10417/{}", later.0)).await;
    assert_eq!(other.status, StatusCode::OK);
    let clients = siege.console.browser.get("/kantoor/klanten").await;
    assert_eq!(clients.status, StatusCode::OK);
    assert!(siege.console.app.state.dossiers.open_tasks(&siege.person).is_ok(), "the rest is counted");
    let refreshed = siege.console.app.state.dossiers.refresh(client);
    assert!(refreshed.is_err(), "the year that cannot be read is tried again, after the others");
    siege.console.app.state.dossiers.renew_covers(&advisor, vec![client]);
    let refused = siege.console.app.state.dossiers.push(&siege.pusher, document, &[]).map_err(|refused| refused.reason);
    assert_eq!(refused, Err(Reason::ServerFailure), "a device keeps what it has and asks again");
}

#[tokio::test]
async fn many_changes_are_one_message_for_who_hears_of_them_later() {
    let siege = Siege::new().await;
    let mut line = siege.line();
    stream(&mut line).unwrap();
    for n in 0..30 {
        assert_eq!(siege.push(&[siege.change(vec![siege.message(&format!("nummer {n}"))])]), Ok(()));
    }
    let told = stream(&mut line).unwrap();
    assert!(matches!(&told[..], [ToDevice::Changes { changes, .. }] if changes.len() == 30), "{} messages", told.len());
}

#[tokio::test]
async fn the_server_itself_is_nobodys_actor() {
    let siege = Siege::new().await;
    let (_, mut document) = siege.document();
    let as_server = ProposedChange::make(&mut document, *b"akkoord:firm:doc", siege.now(), vec![siege.message("dag")]);
    siege.assert_refused(&[as_server.unwrap().unwrap().0], Reason::WrongActor);
}

/// A server with small budgets on the same data.
fn dossiers_with(siege: &Siege, budgets: Budgets) -> Dossiers {
    let state = &siege.console.app.state;
    let party = state.dossiers.relying_party().clone();
    let files = (state.files.clone(), state.dossiers.inspector().clone(), state.dossiers.vault().clone());
    Dossiers::with_budgets(state.db.clone(), state.clock.clone(), state.composer.clone(), party, files, budgets)
}

#[tokio::test]
async fn when_all_budgets_are_used_up_approvals_refusals_withdrawals_and_the_firm_go_on() {
    let mut siege = Siege::new().await;
    let revision = siege.console.set_out_revision("aangifte").await;
    let (document, _) = siege.document();
    let (by, at) = (siege.person.id, siege.now());
    let file = attachment();
    let size = photo().len();
    tell(&siege.console.app, &mut siege.browser, &siege.person, file, size, ContentHash::of(photo())).await.unwrap();
    for budgets in [
        Budgets { records: 0, ..Budgets::default() },
        Budgets { bytes: 0, ..Budgets::default() },
        Budgets { records_per_day: 0, ..Budgets::default() },
    ] {
        let dossiers = dossiers_with(&siege, budgets);
        let push = |write: Write| {
            let change = siege.change(vec![write]);
            dossiers.push(&siege.pusher, document, &[change]).map_err(|refused| refused.reason)
        };
        let full = if budgets.records_per_day == 0 { Reason::DailyBudget } else { Reason::DocumentFull };
        assert_eq!(push(siege.message("dag")), Err(full));
        let approval = ApprovalId::from_random(random());
        let part = || Base64(vec![1]);
        let assertion =
            Assertion { credential: part(), authenticator_data: part(), client_data: part(), signature: part() };
        let signed = to_sign(&siege.console, by, &[revision]);
        let given = Approval { revision, by, at, signed, signature: assertion.into() };
        assert_eq!(push(Write::of(&approval, &given)), Ok(()));
        let withdrawal = ApprovalWithdrawal { by, at, reason: "te vroeg".into() };
        assert_eq!(push(Write::of(&approval, &withdrawal)), Ok(()));
        let decline = Decline { revision, by, at, reason: "klopt niet".into() };
        assert_eq!(push(Write::of(&DeclineId::from_random(random()), &decline)), Ok(()));
        let (advisor, client) = (&siege.console.home.advisor, siege.console.home.client.id);
        assert!(dossiers.write_message(advisor, client, YEAR, "Goedemorgen".into()).is_ok());
    }
    let withdrawn = dossiers_with(&siege, Budgets { records: 0, bytes: 0, records_per_day: 0 });
    let change = siege.change(vec![Write::of(&file, &Withdrawal { by, at })]);
    assert!(withdrawn.push(&siege.pusher, document, &[change]).is_ok());
}

#[tokio::test]
async fn the_budget_of_a_day_is_each_persons_own_and_is_new_the_next_day() {
    let siege = Siege::new().await;
    let (_, thomas, pusher) = partner(&siege).await;
    let (document, _) = siege.document();
    let dossiers = dossiers_with(&siege, Budgets { records_per_day: 5, ..Budgets::default() });
    let push = |pusher: &Pusher, write: Write| {
        let change = siege.change(vec![write]);
        dossiers.push(pusher, document, &[change]).map_err(|refused| refused.reason)
    };
    for _ in 0..5 {
        assert_eq!(push(&siege.pusher, siege.message("dag")), Ok(()));
    }
    assert_eq!(push(&siege.pusher, siege.message("dag")), Err(Reason::DailyBudget));
    let his = Message {
        by: thomas.id,
        at: siege.now(),
        body: "dag".into(),
        about: None,
        answer: None,
        attachments: Vec::new(),
    };
    assert_eq!(push(&pusher, Write::of(&MessageId::from_random(random()), &his)), Ok(()), "the partner goes on");
    siege.console.app.pass_seconds(24 * 3600);
    assert_eq!(push(&siege.pusher, siege.message("dag")), Ok(()), "and the next day so does this person");
}

#[tokio::test]
async fn a_file_is_received_only_for_who_announced_it_with_these_bytes_and_once() {
    let mut w = world().await;
    let thomas = w.home.people[1].clone();
    let mut his = w.app.person_browser(&thomas).await;
    let (client, id) = (w.home.client.id, attachment());
    let (hash, size) = (ContentHash::of(photo()), photo().len());
    let early = announce(&mut his, client, id, size, hash).await;
    assert_eq!((early.status.as_u16(), early.refusal().as_str()), (409, "not_announced"), "the record comes first");
    tell(&w.app, &mut his, &thomas, id, size, hash).await.unwrap();
    // His partner has other bytes, or the same ones, under his id.
    let three = [0xff, 0xd8, 0xff];
    for (size, hash) in [(three.len(), ContentHash::of(&three)), (size, hash)] {
        let squatted = announce(&mut w.marieke, client, id, size, hash).await;
        assert_eq!((squatted.status.as_u16(), squatted.refusal().as_str()), (409, "not_announced"));
    }
    let other = announce(&mut his, client, id, three.len(), ContentHash::of(&three)).await;
    assert_eq!(other.refusal(), "not_announced", "nor does he with other bytes");
    let begun = announce(&mut his, client, id, size, hash).await;
    let location = begun.header("location").to_owned();
    assert_eq!(testkit::upload::patch(&mut his, &location, 0, photo().to_vec()).await.status, 204);
    assert!(w.has_receipt(id));
    let mails = w.app.mails_of("document_received").len();
    for _ in 0..50 {
        w.app.pass_seconds(1);
        assert_eq!(announce(&mut his, client, id, size, hash).await.status, 201, "the same upload");
        let made_up = announce(&mut his, client, attachment(), size, hash).await;
        assert_eq!(made_up.refusal(), "not_announced", "and none for nothing");
    }
    // A week later the upload is forgotten, and the file is known by its receipt.
    w.app.pass_seconds(8 * 24 * 3600);
    dossiers::upload::sweep(&w.app.state.dossiers).await.unwrap();
    let events = || w.app.state.db.read::<_, DbError>(|q| q.events(client, YEAR, 1000)).unwrap().len();
    let before = events();
    let again = announce(&mut his, client, id, size, hash).await;
    assert_eq!((again.status.as_u16(), again.header("upload-offset")), (201, size.to_string().as_str()));
    assert_eq!((w.app.mails_of("document_received").len(), events()), (mails, before), "once is enough");
}

#[tokio::test]
async fn an_approval_can_be_taken_back_whatever_the_partner_wrote_before() {
    let mut siege = Siege::new().await;
    let revision = siege.console.set_out_revision("aangifte").await;
    let (mut browser, thomas, _) = partner(&siege).await;
    let his = siege.console.approve(&mut browser, &thomas, revision).await;
    let (by, at) = (siege.person.id, siege.now());
    let squat = ApprovalWithdrawal { by, at, reason: "niet van mij".into() };
    siege.assert_refused(&[siege.change(vec![Write::of(&his, &squat)])], Reason::WrongAuthor);
    let own = ApprovalWithdrawal { by: thomas.id, at, reason: "te vroeg".into() };
    siege.console.write(&mut browser, &his, &own).await;
    let year = siege.console.year();
    assert!(year.revision(revision).unwrap().consents[&thomas.id].withdrawal().is_some());
    assert!(!siege.document().1.contains(Section::ApprovalWithdrawals, &ApprovalId::from_bytes([1; 16]).to_string()));
}

/// Who left a household knows the hash of a later file, and names it in a year that is still shared.
#[tokio::test]
async fn who_left_gets_no_file_by_naming_its_hash_in_an_old_year() {
    let console = ConsolePage::new().await;
    let [stays, leaves] = console.home.people.clone();
    let (mut stayer, mut leaver) =
        (console.app.person_browser(&stays).await, console.app.person_browser(&leaves).await);
    let (client, apart) = (console.home.client.id, model::time::TaxYear(YEAR.0 + 1));
    let (hash, size) = (ContentHash::of(photo()), photo().len());
    let person = leaves.id;
    console.app.state.db.write_blocking::<_, DbError>(move |tx| tx.set_person_until(person, apart)).unwrap();
    let mine = attachment();
    tell(&console.app, &mut stayer, &stays, mine, size, hash).await.unwrap();
    let begun = announce(&mut stayer, client, mine, size, hash).await.header("location").to_owned();
    assert_eq!(testkit::upload::patch(&mut stayer, &begun, 0, photo().to_vec()).await.status, 204);
    // The file belongs to the year after: no record of the shared year has it.
    let address = format!("/api/clients/{client}/files/{hash}");
    assert_eq!(leaver.get(&address).await.status, StatusCode::OK, "of a shared year it is theirs, too");

    let later = testkit::upload::pdf();
    let (hash, size) = (ContentHash::of(&later), later.len());
    let received = console.app.state.files.receive(&later).unwrap();
    let (dossiers, advisor) = (&console.app.state.dossiers, console.home.advisor.id);
    firm_file::keep(dossiers, advisor, client, received, Accept::Documents).await.unwrap();
    let address = format!("/api/clients/{client}/files/{hash}");
    assert_eq!(leaver.get(&address).await.status, StatusCode::NOT_FOUND);
    let named = attachment();
    tell(&console.app, &mut leaver, &leaves, named, size, hash).await.unwrap();
    assert_eq!(leaver.get(&address).await.status, StatusCode::NOT_FOUND, "a name is no file");
    let begun = announce(&mut leaver, client, named, size, hash).await;
    assert_eq!((begun.status.as_u16(), begun.header("upload-offset")), (201, "0"), "all bytes have to be sent");
    assert_eq!(leaver.get(&address).await.status, StatusCode::NOT_FOUND);
    let location = begun.header("location").to_owned();
    assert_eq!(testkit::upload::patch(&mut leaver, &location, 0, later.clone()).await.status, 204);
    assert_eq!(leaver.get(&address).await.status, StatusCode::OK, "who has the bytes learns nothing new");
}
