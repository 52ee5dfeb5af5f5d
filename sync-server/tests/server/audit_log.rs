//! Tests of the audit log of a running server: its checkpoints, its export, and the tool
//! that checks a data folder. The tests of the formats are in the crate `proof`.

use axum::http::StatusCode;
use dossiers::checkpoints::write_due;
use mail::{sign, transport::password_place};
use model::{event::Event, id::*};
use proof::audit::{self, Checkpoint, Log, verify};
use std::process::Command;
use storage::{
    clock::random,
    db::{Actor, AdvisorRole, DbError, MailServer, NewEvent},
};
use testkit::harness::TestApp;

const PAGE: &str = "/kantoor/logboek";

fn happens(app: &TestApp, firm: FirmId) {
    let event = NewEvent {
        firm,
        client: None,
        tax_year: None,
        at: app.now(),
        actor: Actor::Server,
        event: Event::FirmChanged {},
    };
    app.state.db.write_blocking::<_, DbError>(move |tx| tx.log(&event)).unwrap();
}

#[tokio::test]
async fn the_clock_writes_one_checkpoint_a_day_while_something_happens() {
    let app = TestApp::new();
    let firm = app.household("Noord").firm.id;
    let count = || {
        let read = |of| app.state.db.read::<_, DbError>(|q| q.checkpoints(of, 100)).unwrap().len();
        (read(Some(firm)), read(None))
    };
    write_due(&app.state.db, &app.state.clock, &app.state.seal).await.unwrap();
    assert_eq!(count(), (0, 1), "nothing happened yet but that the firm was added");
    happens(&app, firm);
    for _ in 0..3 {
        write_due(&app.state.db, &app.state.clock, &app.state.seal).await.unwrap();
        assert_eq!(count(), (1, 1), "once a day");
        app.pass_seconds(3600);
        happens(&app, firm);
    }
    app.pass_seconds(22 * 3600);
    write_due(&app.state.db, &app.state.clock, &app.state.seal).await.unwrap();
    assert_eq!(count(), (2, 1), "nothing happened to the installation");
    app.pass_seconds(48 * 3600);
    write_due(&app.state.db, &app.state.clock, &app.state.seal).await.unwrap();
    assert_eq!(count(), (2, 1), "nothing happened since");
    let points = app.state.db.read::<_, DbError>(|q| q.all_checkpoints()).unwrap();
    let log = app.state.db.read::<_, DbError>(|q| q.audit_log()).unwrap();
    assert!(points.iter().all(|point| point.fits(&log) == Ok(())));
}

#[tokio::test]
async fn an_administrator_takes_out_the_firms_log_and_nothing_of_another_firm() {
    let app = TestApp::new();
    let (home, other) = (app.household("Noord"), app.household("Zuid"));
    let mut browser = app.advisor_browser(&home.advisor).await;
    let mut theirs = app.advisor_browser(&other.advisor).await;
    happens(&app, other.firm.id);
    let answer = browser.get(&format!("{PAGE}/auditlog.jsonl")).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text());
    let text = answer.text();
    let audit::Export { log, checkpoints, end } = verify(&text).unwrap();
    let Log::Firm(chain) = &log else { panic!("an export of more than a firm") };
    assert_eq!((chain.firm, end.seal.clone()), (Some(home.firm.id), app.state.seal.public()));
    assert_eq!(end.chains, [chain.reach()], "no other chain is named, nor how long it is");
    assert_eq!(checkpoints.len(), 1, "it brings its own along");
    assert!(!text.contains(&other.firm.id.to_string()) && !text.contains(&other.advisor.id.to_string()));
    assert!(text.contains("audit_log_exported"), "the export itself is in it");
    let page = browser.get(PAGE).await.text();
    let href = page.split('"').find(|part| part.starts_with(&format!("{PAGE}/controlepunt/"))).unwrap().to_owned();
    let point = Checkpoint::read(&browser.get(&href).await.text()).unwrap();
    assert_eq!(point.fits(&log), Ok(()));
    assert_eq!(point.reach, chain.reach(), "of the moment of the export");
    assert_eq!(checkpoints, [point]);
    // Another firm's checkpoint does not exist for this one, and neither does the page for an advisor.
    assert_eq!(theirs.get(&href).await.status, StatusCode::NOT_FOUND);
    let mut colleague = home.advisor.clone();
    (colleague.id, colleague.role) = (AdvisorId::from_random(random()), AdvisorRole::Advisor);
    let (row, now) = (colleague.clone(), app.now());
    app.state.db.write_blocking::<_, DbError>(move |tx| tx.add_advisor(&row, now)).unwrap();
    let mut advisor = app.advisor_browser(&colleague).await;
    for path in [PAGE.to_owned(), format!("{PAGE}/auditlog.jsonl"), href] {
        assert_eq!(advisor.get(&path).await.status, StatusCode::FORBIDDEN, "{path}");
    }
}

/// This uses the log of a data folder with its checkpoints, and its exports.
#[tokio::test]
async fn the_tool_finds_rows_that_were_cut_from_a_data_folder_and_from_its_exports() {
    let app = TestApp::new();
    let firm = app.household("Noord").firm.id;
    (0..4).for_each(|_| happens(&app, firm));
    write_due(&app.state.db, &app.state.clock, &app.state.seal).await.unwrap();
    happens(&app, firm);
    let data = app.state.config.data.clone();
    let elsewhere = tempfile::tempdir().unwrap();
    let folder = data.display().to_string();
    let run = |arguments: &[&str]| {
        let tool = Command::new(crate::PROGRAM).arg("audit").args(arguments).output().unwrap();
        (tool.status.code(), String::from_utf8(tool.stdout).unwrap())
    };
    let export = |name: &str| {
        let (code, text) = run(&["export", "--data", &folder]);
        assert_eq!(code, Some(0), "{text}");
        let path = elsewhere.path().join(name);
        std::fs::write(&path, text).unwrap();
        path.display().to_string()
    };
    let verify = |arguments: &[&str]| run(&[&["verify"], arguments].concat());
    let (code, said) = verify(&["--data", &folder]);
    assert!(code == Some(0) && said.contains("2 controlepunten"), "{said}");
    let first = export("first.jsonl");
    let (code, said) = verify(&[&first]);
    assert!(
        code == Some(0) && said.contains("KLOPT: 6 gebeurtenissen in 2 ketens") && said.contains("3 controlepunten"),
        "{said}"
    );
    assert!(said.contains("een van elders"), "{said}");
    let (_, said) = verify(&[&export("again.jsonl")]);
    assert!(said.contains("3 controlepunten"), "no new one where nothing happened: {said}");

    let other = rusqlite::Connection::open(data.join("akkoord.db")).unwrap();
    other.execute("delete from event where id = (select max(id) from event)", []).unwrap();
    let (code, said) = verify(&["--data", &folder]);
    assert!(code == Some(1) && said.contains("afgekapt"), "{said}");
    let (code, said) = verify(&[&export("cut.jsonl")]);
    assert!(code == Some(1) && said.contains("is afgekapt: bij een controlepunt waren er 5"), "{said}");
    // Somebody who also removes the checkpoints is detected by an export that is stored elsewhere.
    other.execute("delete from checkpoint", []).unwrap();
    let cut = export("clean.jsonl");
    assert_eq!(verify(&[&cut]).0, Some(0), "by itself it does not show");
    let (code, said) = verify(&[&cut, "--checkpoint", &first]);
    assert!(code == Some(1) && said.contains("waren er 5 gebeurtenissen, nu 4"), "{said}");
    assert_eq!(verify(&[&first, "--checkpoint", &first]).0, Some(0));
}

#[tokio::test]
async fn after_a_change_of_the_servers_key_what_was_sealed_holds_and_what_was_closed_opens() {
    let app = TestApp::new();
    let home = app.household("Noord");
    let (firm, vault, now) = (home.firm.id, app.state.vault.clone(), app.now());
    let server = MailServer {
        host: "smtp.example.nl".into(),
        port: 587,
        security: "starttls".into(),
        user: "noord".into(),
        password: vault.close(&password_place(firm), "een geheim"),
        from: String::new(),
        changed_at: now,
    };
    let key = sign::make_key(&vault, firm, "noord.example", sign::Algorithm::Ed25519, now).unwrap();
    app.state
        .db
        .write_blocking::<_, DbError>(move |tx| {
            tx.set_mail_server(firm, Some(&server))?;
            tx.set_mail_key(firm, Some(&key))
        })
        .unwrap();
    happens(&app, firm);
    write_due(&app.state.db, &app.state.clock, &app.state.seal).await.unwrap();
    let tool = |arguments: &[&str]| {
        let output = Command::new(crate::PROGRAM).args(arguments).output().unwrap();
        (output.status.success(), String::from_utf8(output.stdout).unwrap() + &String::from_utf8_lossy(&output.stderr))
    };
    let data = app.state.config.data.to_str().unwrap().to_owned();
    let (_, before) = tool(&["audit", "export", "--data", &data]);
    let kept = app.state.config.data.join("kept.jsonl");
    std::fs::write(&kept, &before).unwrap();

    let running = testkit::server_process::ServerProcess::start(crate::PROGRAM, &app.state.config.data);
    let (done, said) = tool(&["keys", "rotate", "--data", &data]);
    assert!(!done && said.contains("another server works in"), "{said}");
    running.kill();
    let old = app.state.seal.public();
    let (done, said) = tool(&["keys", "rotate", "--data", &data]);
    assert!(done && said.contains(&format!("after {old}; secrets closed again: 2")), "{said}");

    let app = app.restarted();
    assert!(app.state.seal.public() != old && app.state.seal.lineage().has(&old));
    let (server, key) =
        app.state.db.read::<_, DbError>(|q| Ok((q.mail_server(firm)?.unwrap(), q.mail_key(firm)?.unwrap()))).unwrap();
    let password = server.password.unwrap();
    assert_eq!(app.state.vault.open(&password_place(firm), &password).as_deref(), Some("een geheim"));
    assert_eq!(vault.open(&password_place(firm), &password), None, "the old key opens nothing any more");
    assert!(sign::Signer::open(&app.state.vault, firm, &key).is_ok());
    // The newest export has a checkpoint of the old seal in it, and fits the one that was kept.
    happens(&app, firm);
    let (_, after) = tool(&["audit", "export", "--data", &data]);
    let newer = app.state.config.data.join("newer.jsonl");
    std::fs::write(&newer, &after).unwrap();
    assert!(verify(&before).is_ok() && verify(&after).is_ok());
    let held = tool(&["audit", "verify", newer.to_str().unwrap(), "--checkpoint", kept.to_str().unwrap()]);
    assert!(held.0, "{}", held.1);
    let held = tool(&["audit", "verify", "--data", &data]);
    assert!(held.0, "{}", held.1);
}
