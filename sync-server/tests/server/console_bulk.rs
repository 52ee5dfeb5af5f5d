//! Tests of actions for many clients: the page says before who is left out, each client gets it
//! once, and a server that was killed continues.

use axum::http::{StatusCode, header};
use dossiers::jobs;
use model::{
    id::*,
    record::{Role, TaskKind},
};
use storage::{
    clock::random,
    db::{Client, DbError, PersonRow},
};
use testkit::console_page::{ConsolePage, YEAR};

/// Adds a client with one person.
fn add(console: &ConsolePage, number: &str, name: &str, email: &str) -> (Client, PersonRow) {
    let client = Client {
        id: ClientId::from_random(random()),
        number: number.to_owned(),
        name: name.to_owned(),
        ..console.home.client.clone()
    };
    let person = PersonRow {
        id: PersonId::from_random(random()),
        client: client.id,
        name: name.to_owned(),
        given_name: name.split(' ').next().unwrap().to_owned(),
        email: email.to_owned(),
        role: Role::Approver,
        ..console.home.people[0].clone()
    };
    let (c, p, now) = (client.clone(), person.clone(), console.app.now());
    console
        .app
        .state
        .db
        .write_blocking::<_, DbError>(move |tx| {
            tx.add_client(&c, now)?;
            tx.add_person(&p, now)
        })
        .unwrap();
    (client, person)
}

/// Chooses clients. Returns the page that says who is included, with its address.
async fn choose(console: &mut ConsolePage, query: &str, fields: &[(&str, &str)]) -> (String, String) {
    let answer = console.browser.submit(&format!("/kantoor/acties{query}"), fields).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.text());
    let here = answer.header(header::LOCATION.as_str()).to_owned();
    let html = console.page(&here).await;
    (here, html)
}

async fn carry_out(console: &mut ConsolePage, here: &str, fields: &[(&str, &str)]) -> String {
    let answer = console.browser.submit(here, fields).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.text());
    jobs::run_due(&console.app.state.dossiers).await;
    console.page(here).await
}

#[tokio::test]
async fn who_is_not_invited_is_said_before_and_nobody_is_invited_twice() {
    let mut console = ConsolePage::new().await;
    add(&console, "1", "Ada Bos", "ada@bos.example");
    add(&console, "2", "Zonder Mail", "");
    let (away, _) = add(&console, "3", "Weg Ermee", "weg@ermee.example");
    let (shut, _) = add(&console, "4", "Op Slot", "op@slot.example");
    let (_, known) = add(&console, "5", "Al Binnen", "al@binnen.example");
    console.app.person_browser(&known).await;
    let now = console.app.now();
    console
        .app
        .state
        .db
        .write_blocking::<_, DbError>(move |tx| {
            tx.set_client_archived(away.id, Some(now))?;
            tx.set_client_blocked(shut.id, Some(now))
        })
        .unwrap();
    let all = ["1", "2", "3", "4", "5", "999"].map(|n| ("kies", n));
    let fields: Vec<_> = all.into_iter().chain([("action", "invite")]).collect();
    let (here, html) = choose(&mut console, "?jaar=2025", &fields).await;
    for sentence in [
        "Nodig 1 klant uit",
        "geen bruikbaar e-mailadres",
        "staat in het archief",
        "is geblokkeerd",
        "iedereen heeft al een login",
        "Zonder Mail",
    ] {
        assert!(html.contains(sentence), "{sentence} in {html}");
    }
    assert_eq!(console.app.mails_to("ada@bos.example").len(), 0, "nothing happens before the word");
    let html = carry_out(&mut console, &here, &[]).await;
    assert!(html.contains("Gedaan") && html.contains("geen bruikbaar e-mailadres"), "{html}");
    carry_out(&mut console, &here, &[]).await;
    assert_eq!(console.app.mails_to("ada@bos.example").len(), 1);
    let again = [("kies", "1"), ("action", "invite")];
    let (here, html) = choose(&mut console, "", &again).await;
    assert!(html.contains("minder dan een uur geleden uitgenodigd") && html.contains("Niemand blijft over"), "{html}");
    console.app.pass_seconds(3601);
    assert!(console.page(&here).await.contains("Nodig 1 klant uit"));
}

#[tokio::test]
async fn a_checklist_is_set_out_for_all_that_fit_the_filter() {
    let mut console = ConsolePage::new().await;
    console.set_out_checklist().await;
    for n in 0..60 {
        add(&console, &format!("8{n:03}"), &format!("Bakker {n}"), &format!("b{n}@bakker.example"));
    }
    add(&console, "7000", "Slager", "s@slager.example");
    let (here, html) = choose(&mut console, "?jaar=2025&q=bakker", &[("alles", "ja"), ("action", "checklist")]).await;
    assert!(html.contains("61 klanten") && html.contains("deze checklist staat al klaar"), "{html}");
    assert!(html.contains("Zet klaar voor 60 klanten"), "{html}");
    let wrong = console.browser.submit(&here, &[("template", "ib-1999"), ("due", "gisteren")]).await;
    assert_eq!(wrong.status, StatusCode::BAD_REQUEST);
    assert!(wrong.text().contains("Kies een checklist") && wrong.text().contains("Dit is geen datum"));
    let other = console.browser.submit(&here, &[("template", "vpb-2025"), ("kijk", "1")]).await;
    assert!(other.text().contains("Zet klaar voor 61 klanten"), "another checklist is not set out yet");
    let html =
        carry_out(&mut console, &here, &[("template", "ib-2025"), ("prefill", "yes"), ("due", "2026-04-01")]).await;
    assert!(html.contains("deze checklist staat al klaar"), "{html}");
    let table = console.page("/kantoor/klanten?jaar=2025&fase=checklist").await;
    assert!(table.contains("61 klanten"), "{table}");
    assert!(!console.page("/kantoor/klanten?jaar=2025&q=slager").await.contains("0 van"));
}

#[tokio::test]
async fn documents_are_asked_for_once_though_the_server_was_killed() {
    let mut console = ConsolePage::new().await;
    let mut people = Vec::new();
    for n in 0..30 {
        people.push(add(&console, &format!("8{n:03}"), &format!("Bakker {n}"), &format!("b{n}@bakker.example")).0);
    }
    let (here, _) = choose(&mut console, "?jaar=2025&q=bakker", &[("alles", "ja"), ("action", "documents")]).await;
    let wrong = console.browser.submit(&here, &[("items", " \n ")]).await;
    assert!(wrong.text().contains("Vul in welke documenten"));
    let items = "Jaaropgave 2025\nWOZ-beschikking 2025";
    console.browser.submit(&here, &[("items", items)]).await;
    let running = console.app.state.db.read(|q| q.running_bulks()).unwrap();
    assert!(dossiers::bulk::step(&console.app.state.dossiers, &running[0]).await.unwrap());
    assert!(console.page(&here).await.contains("20 van 31 klanten"));
    let mut console = console.restarted();
    jobs::run_due(&console.app.state.dossiers).await;
    assert!(!console.page(&here).await.contains("data-poll"));
    for client in people.iter().map(|c| c.id).chain([console.home.client.id]) {
        let year = console.app.state.dossiers.read(client, YEAR).unwrap();
        let requests =
            year.tasks.iter().filter(|t| matches!(&t.task.kind, TaskKind::DocumentRequest(i) if i.len() == 2));
        assert_eq!(requests.count(), 1);
    }
}

#[tokio::test]
async fn only_who_has_something_open_is_reminded_and_once_a_day() {
    let mut console = ConsolePage::new().await;
    add(&console, "1", "Ada Bos", "ada@bos.example");
    console.set_out_checklist().await;
    let fields = [("kies", "1"), ("kies", "10417"), ("action", "remind")];
    let (here, html) = choose(&mut console, "", &fields).await;
    assert!(html.contains("er staat niets open") && html.contains("Herinner 1 klant"), "{html}");
    let html = carry_out(&mut console, &here, &[]).await;
    assert!(html.contains("kreeg vandaag al een mail"), "they were told of the checklist today: {html}");
    console.app.pass_seconds(2 * 24 * 3600);
    console.browser.log_in().await.unwrap();
    let before = console.app.mails_to("marieke@huis.example").len();
    for _ in 0..2 {
        let (here, _) = choose(&mut console, "", &fields).await;
        carry_out(&mut console, &here, &[]).await;
    }
    assert_eq!(console.app.mails_to("marieke@huis.example").len(), before + 1);
    assert_eq!(console.app.mails_to("ada@bos.example").len(), 0);
}

#[tokio::test]
async fn a_bulk_action_is_of_its_own_firm() {
    let mut console = ConsolePage::new().await;
    let other = console.app.household("Zuid");
    let (here, _) = choose(&mut console, "", &[("alles", "ja"), ("action", "invite")]).await;
    let mut stranger = console.app.advisor_browser(&other.advisor).await;
    assert_eq!(stranger.get(&here).await.status, StatusCode::NOT_FOUND);
    assert_eq!(stranger.submit(&here, &[]).await.status, StatusCode::NOT_FOUND);
    let answer = stranger.submit("/kantoor/acties", &[("alles", "ja"), ("action", "invite")]).await;
    let theirs = stranger.get(answer.header(header::LOCATION.as_str())).await.text();
    assert!(theirs.contains("1 klant, belastingjaar"), "only their own: {theirs}");
    assert_eq!(
        console.browser.submit("/kantoor/acties", &[("action", "destroy")]).await.status,
        StatusCode::BAD_REQUEST
    );
    let nobody = console.browser.submit("/kantoor/acties", &[("action", "invite")]).await;
    let html = console.page(nobody.header(header::LOCATION.as_str())).await;
    assert!(html.contains("Kies eerst een of meer klanten"));
}

#[tokio::test]
async fn a_year_status_of_an_older_server_is_made_anew_from_the_documents() {
    let mut console = ConsolePage::new().await;
    console.set_out_checklist().await;
    let client = console.home.client.id;
    let status = |console: &ConsolePage| {
        console.app.state.db.read::<_, DbError>(|q| q.year_status(client, YEAR)).unwrap().unwrap()
    };
    let right = status(&console);
    assert_eq!((right.checklists.clone(), right.open_tasks), (vec!["ib-2025".to_owned()], 1));
    let file = rusqlite::Connection::open(console.app.state.config.data.join("akkoord.db")).unwrap();
    // The documents of one client's year are lost, which must not stop the others.
    let lost =
        "insert into year_status (client, tax_year, stage, answered, asked, approvals_given, approvals_asked, updated_at)
                select client, 2019, 0, 0, 0, 0, 0, 0 from year_status";
    file.execute_batch(lost).unwrap();
    file.execute_batch("update year_status set sums = 0, due = null, open_tasks = 0, checklists = ''").unwrap();
    drop(file);
    assert_ne!(status(&console), right);
    console.app.pass_seconds(3600);
    jobs::run_due(&console.app.state.dossiers).await;
    assert_eq!(status(&console), right, "and when it was active last is as it was");
    assert!(console.app.state.db.read::<_, DbError>(|q| q.old_year_statuses(10)).unwrap().is_empty());
}
