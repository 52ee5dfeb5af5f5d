//! Tests of how people get access, and keep others out: codes, renewed access, one login
//! for two dossiers, the keyring, and *this was not me*.

use accounts::invitation;
use dossiers::hub::Subscription;
use model::{
    api::{Identity, Invitation, Keyring, NewLink},
    id::*,
    record::DetailField,
    time::TaxYear,
};
use serde_json::{Value, json};
use storage::db::{Invitations, Mail, PersonRow};
use testkit::harness::{Browser, Household, TestApp};

const DAY: i64 = 24 * 3600;

fn with_code(app: &TestApp, person: &PersonRow) -> (String, String) {
    let (id, now) = (person.id, app.now());
    app.state
        .db
        .write_blocking(move |tx| {
            let person = tx.person(id)?.unwrap();
            invitation::invite_with_code(tx, &person, now)
        })
        .unwrap()
}

async fn start(browser: &mut Browser, token: &str, email: &str, more: Value) -> Result<Value, String> {
    let mut wish = json!({ "token": token, "user_name": "marieke", "email": email });
    wish.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    browser.post("/api/registration/start", &wish).await.result()
}

async fn finish(browser: &mut Browser, ceremony: Value) -> Result<Identity, String> {
    let credential = browser.authenticator.create(testkit::harness::ORIGIN, &ceremony["options"]).await;
    let end = json!({ "ceremony": ceremony["ceremony"], "credential": credential });
    browser.post("/api/registration/finish", &end).await.result()
}

async fn join(browser: &mut Browser, token: &str) -> Result<Identity, String> {
    let mut end = browser.prepare_login().await?;
    end["token"] = json!(token);
    browser.post("/api/invitation/join", &end).await.result()
}

/// Returns the secret after the `#` in the newest mail of a kind.
fn secret_of_mail(app: &TestApp, kind: &str) -> String {
    secret_of(&app.mails_of(kind).first().unwrap_or_else(|| panic!("no mail {kind}")).mail)
}

fn secret_of(mail: &Mail) -> String {
    let link = mail.body_text.lines().find(|l| l.starts_with("http") && l.contains('#')).unwrap();
    link.split_once('#').unwrap().1.to_owned()
}

fn kinds(app: &TestApp, home: &Household) -> Vec<String> {
    app.state
        .db
        .read(|q| q.events(home.client.id, TaxYear(2025), 50))
        .unwrap()
        .into_iter()
        .map(|e| e.event.word().to_owned())
        .collect()
}

#[tokio::test]
async fn a_spoken_code_is_needed_and_five_wrong_ones_end_the_link() {
    let app = TestApp::new();
    let home = app.household("Wilgenhof");
    let [marieke, thomas] = &home.people;
    let (token, code) = with_code(&app, marieke);
    let mut browser = app.browser();
    let invited: Invitation = browser.post("/api/invitation", &json!({ "token": token })).await.json();
    assert!(invited.needs_code && invited.user_name.is_none());
    assert_eq!(start(&mut browser, &token, &marieke.email, json!({})).await.unwrap_err(), "code_wrong");
    let spaced = format!("{} {}", &code[..3], &code[3..]);
    let begun = start(&mut browser, &token, &marieke.email, json!({ "code": spaced })).await.unwrap();
    finish(&mut browser, begun).await.unwrap();

    let (token, code) = with_code(&app, thomas);
    let wrong = if code == "000000" { "111111" } else { "000000" };
    let mut guesser = app.browser();
    for tried in ["code_wrong", "code_wrong", "code_wrong", "code_wrong", "code_spent"] {
        assert_eq!(start(&mut guesser, &token, &thomas.email, json!({ "code": wrong })).await.unwrap_err(), tried);
    }
    let right = start(&mut guesser, &token, &thomas.email, json!({ "code": code })).await.unwrap_err();
    assert_eq!(right, "invitation_withdrawn", "also the right one comes too late");
}

#[tokio::test]
async fn who_has_a_login_adds_a_dossier_of_another_firm_with_the_same_passkey() {
    let app = TestApp::new();
    let (home, other) = (app.household("Wilgenhof"), app.household("Elders"));
    let mut browser = app.person_browser(&home.people[0]).await;
    let before = browser.me().await.unwrap();
    let token = app.invite(&other.people[0]);
    let both = join(&mut browser, &token).await.unwrap();
    assert_eq!(both.account, before.account);
    let clients: Vec<_> = both.memberships.iter().map(|m| m.client).collect();
    assert_eq!(clients, [home.client.id, other.client.id]);
    assert_eq!(join(&mut browser, &token).await.unwrap_err(), "invitation_used");
    // A partner's invitation is not for this login.
    let partner = app.invite(&home.people[1]);
    assert_eq!(join(&mut browser, &partner).await.unwrap_err(), "already_member");
    let mut thomas = app.browser();
    assert!(thomas.register(&partner, "thomas", &home.people[1].email).await.is_ok(), "it is still good");
}

#[tokio::test]
async fn another_mail_address_counts_once_its_code_came_back() {
    let app = TestApp::new();
    let home = app.household("Wilgenhof");
    let marieke = &home.people[0];
    app.state.dossiers.open_year(&home.advisor, home.client.id, TaxYear(2025)).unwrap();
    let token = app.invite(marieke);
    let mut browser = app.browser();
    let new = "nieuw@post.example";
    assert_eq!(start(&mut browser, &token, new, json!({})).await.unwrap_err(), "mail_differs");
    let asked = browser.post("/api/invitation/mail", &json!({ "token": token, "email": new })).await;
    assert!(asked.status.is_success());
    let mail = app.newest_mail().mail;
    assert_eq!((mail.kind.word(), mail.to_address.as_str()), ("mail_code", new));
    let code: String = mail.subject.chars().chain(mail.body_text.chars()).collect::<String>();
    let code = code.split(|c: char| !c.is_ascii_digit()).find(|part| part.len() == 6).unwrap().to_owned();
    let wrong = if code == "000000" { "111111" } else { "000000" };
    assert_eq!(start(&mut browser, &token, new, json!({ "mail_code": wrong })).await.unwrap_err(), "code_wrong");
    let stolen = start(&mut browser, &token, "dief@post.example", json!({ "mail_code": code })).await;
    assert_eq!(stolen.unwrap_err(), "mail_differs", "the code is for that address only");
    let begun = start(&mut browser, &token, new, json!({ "mail_code": code })).await.unwrap();
    let identity = finish(&mut browser, begun).await.unwrap();
    assert_eq!(identity.memberships[0].email, new);
    let left = app.mails_of("mail_changed").remove(0).mail;
    assert_eq!(left.to_address, marieke.email, "the address that was left is told");
    let year = app.state.dossiers.read(home.client.id, TaxYear(2025)).unwrap();
    assert_eq!(year.details[&marieke.id].fields[&DetailField::Email], new, "and the dossier knows it");
}

#[tokio::test]
async fn a_new_link_is_sent_for_an_expired_one_but_not_for_one_that_was_withdrawn() {
    let app = TestApp::new();
    let home = app.household("Wilgenhof");
    let [marieke, thomas] = home.people.clone();
    let expired = app.invite(&marieke);
    app.pass_seconds(15 * DAY);
    let mut browser = app.browser();
    let ask = |token: &str| json!({ "token": token });
    let sent: NewLink = browser.post("/api/invitation/again", &ask(&expired)).await.json();
    assert!(sent.sent);
    let fresh = secret_of_mail(&app, "invitation");
    assert!(browser.post("/api/invitation", &ask(&fresh)).await.status.is_success());
    let again: NewLink = browser.post("/api/invitation/again", &ask(&expired)).await.json();
    assert!(again.sent, "it is on its way");
    assert!(browser.post("/api/invitation", &ask(&fresh)).await.status.is_success(), "and nothing new was sent");

    let withdrawn = app.invite(&thomas);
    let (id, now) = (thomas.id, app.now());
    app.state.db.write_blocking(move |tx| tx.withdraw_invitations(Invitations::Of(id), now)).unwrap();
    assert_eq!(browser.post("/api/invitation", &ask(&withdrawn)).await.refusal(), "invitation_withdrawn");
    for token in [withdrawn.as_str(), "made-up"] {
        let sent: NewLink = browser.post("/api/invitation/again", &ask(token)).await.json();
        assert!(!sent.sent, "{token}");
    }
}

#[tokio::test]
async fn a_link_that_reached_somebody_else_ends_and_the_advisor_is_told() {
    let app = TestApp::new();
    let home = app.household("Wilgenhof");
    let token = app.invite(&home.people[0]);
    let mut browser = app.browser();
    assert!(browser.post("/api/invitation/not-me", &json!({ "token": token })).await.status.is_success());
    assert_eq!(browser.post("/api/invitation", &json!({ "token": token })).await.refusal(), "invitation_withdrawn");
    let mail = app.newest_mail().mail;
    assert_eq!((mail.kind.word(), mail.to_address), ("alarm_raised", home.advisor.email.clone()));
}

#[tokio::test]
async fn passkeys_and_devices_have_names_and_the_last_passkey_stays() {
    let app = TestApp::new();
    let home = app.household("Wilgenhof");
    let mut browser = app.person_browser(&home.people[0]).await;
    let ring: Keyring = browser.get("/api/keyring").await.json();
    assert_eq!((ring.passkeys.len(), ring.devices.len()), (1, 1));
    assert!(ring.devices[0].is_this);
    let first = ring.passkeys[0].id.clone();
    let last = browser.post("/api/keyring/passkeys/revoke", &json!({ "id": first })).await;
    assert_eq!(last.refusal(), "last_passkey");

    // The second passkey is of another authenticator.
    let begun: Value = browser.post("/api/keyring/passkeys/start", &json!({})).await.json();
    assert_eq!(begun["options"]["publicKey"]["excludeCredentials"][0]["id"], json!(first));
    let mut phone = app.browser();
    let credential = phone.authenticator.create(testkit::harness::ORIGIN, &begun["options"]).await;
    let end = json!({ "ceremony": begun["ceremony"], "credential": credential });
    let ring: Keyring = browser.post("/api/keyring/passkeys/finish", &end).await.json();
    let second = ring.passkeys[1].id.clone();
    let named: Keyring =
        browser.post("/api/keyring/passkeys/rename", &json!({ "id": second, "name": " Telefoon " })).await.json();
    assert_eq!(named.passkeys[1].name, "Telefoon");
    for (name, refusal) in [("", "text_missing"), ("a\nb", "malformed")] {
        let answer = browser.post("/api/keyring/passkeys/rename", &json!({ "id": second, "name": name })).await;
        assert_eq!(answer.refusal(), refusal);
    }

    phone.log_in().await.unwrap();
    let device = phone.me().await.unwrap().device;
    let ring: Keyring = browser.post("/api/keyring/passkeys/revoke", &json!({ "id": second })).await.json();
    assert_eq!(ring.passkeys.len(), 1);
    assert_eq!(phone.log_in().await.unwrap_err(), "passkey_unknown");
    assert!(browser.post("/api/keyring/devices/revoke", &json!({ "id": device })).await.status.is_success());
    assert_eq!(phone.me().await.unwrap_err(), "not_signed_in");
    assert_eq!(
        kinds(&app, &home)[..4],
        ["device_removed", "passkey_removed", "device_added", "passkey_added"].map(str::to_owned)
    );
    assert_eq!(app.mails_of("access_removed").len(), 2);

    // Each change was announced in a mail with a button of its own, and the button about a removal logs everybody out.
    let mails = app.mails();
    let changes =
        mails.iter().filter(|m| ["passkey_added", "device_added", "access_removed"].contains(&m.mail.kind.word()));
    let tokens: std::collections::BTreeSet<_> = changes.clone().map(|m| secret_of(&m.mail)).collect();
    assert_eq!((changes.count(), tokens.len()), (5, 5));
    let token = secret_of_mail(&app, "access_removed");
    assert!(app.browser().post("/api/alarm", &json!({ "token": token })).await.status.is_success());
    assert_eq!(browser.me().await.unwrap_err(), "not_signed_in");
    assert!(app.state.db.read(|q| q.approvals_need_ruling_until(home.people[0].id)).unwrap().is_some());
    assert!(browser.log_in().await.is_ok(), "the passkey that is left works");
}

#[tokio::test]
async fn an_old_session_changes_no_way_in_and_nobody_touches_anothers() {
    let app = TestApp::new();
    let home = app.household("Wilgenhof");
    let mut marieke = app.person_browser(&home.people[0]).await;
    let mut thomas = app.person_browser(&home.people[1]).await;
    let ring: Keyring = marieke.get("/api/keyring").await.json();
    let (passkey, device) = (json!({ "id": ring.passkeys[0].id }), json!({ "id": ring.devices[0].id }));
    assert_eq!(thomas.post("/api/keyring/passkeys/revoke", &passkey).await.refusal(), "not_found");
    assert_eq!(thomas.post("/api/keyring/devices/revoke", &device).await.refusal(), "not_found");
    // A ceremony belongs to the login that started it.
    let begun: Value = marieke.post("/api/keyring/passkeys/start", &json!({})).await.json();
    let credential = app.browser().authenticator.create(testkit::harness::ORIGIN, &begun["options"]).await;
    let end = json!({ "ceremony": begun["ceremony"], "credential": credential });
    assert_eq!(thomas.post("/api/keyring/passkeys/finish", &end).await.refusal(), "ceremony_unknown");

    app.pass_seconds(10 * 60);
    for path in ["passkeys/start", "passkeys/revoke", "devices/revoke"] {
        let body = if path.starts_with("device") { &device } else { &passkey };
        assert_eq!(marieke.post(&format!("/api/keyring/{path}"), body).await.refusal(), "prove_again", "{path}");
    }
    marieke.log_in().await.unwrap();
    assert!(marieke.post("/api/keyring/passkeys/start", &json!({})).await.status.is_success());
}

#[tokio::test]
async fn this_was_not_me_ends_the_device_everywhere_at_once() {
    let app = TestApp::new();
    let home = app.household("Wilgenhof");
    let mut browser = app.person_browser(&home.people[0]).await;
    let me = browser.me().await.unwrap();
    // Somebody uses a copy of the passkey on another device.
    let mut thief = app.browser();
    std::mem::swap(&mut thief.authenticator, &mut browser.authenticator);
    thief.log_in().await.unwrap();
    let subscription = Subscription::default();
    app.state.dossiers.hub().subscribe_account(&subscription, me.account);

    let token = secret_of_mail(&app, "device_added");
    let mut anywhere = app.browser();
    assert_eq!(anywhere.get("/dit-was-ik-niet").await.status, 200);
    assert!(thief.me().await.is_ok(), "following the link does nothing yet");
    assert!(anywhere.post("/api/alarm", &json!({ "token": token })).await.status.is_success());
    assert!(subscription.grown().await.is_empty(), "open sockets look whether they still may");
    assert_eq!(thief.me().await.unwrap_err(), "not_signed_in");
    let until = app.state.db.read(|q| q.approvals_need_ruling_until(home.people[0].id)).unwrap();
    assert_eq!(until, Some(app.now().plus_seconds(DAY)));
    assert_eq!(kinds(&app, &home)[0], "alarm_raised");
    assert_eq!(anywhere.post("/api/alarm", &json!({ "token": token })).await.refusal(), "alarm_over");
    assert_eq!(anywhere.post("/api/alarm", &json!({ "token": "made-up" })).await.refusal(), "alarm_over");
}

#[tokio::test]
async fn who_lost_every_passkey_comes_back_with_a_code_and_the_old_ones_end() {
    let app = TestApp::new();
    let home = app.household("Wilgenhof");
    app.state.dossiers.open_year(&home.advisor, home.client.id, TaxYear(2025)).unwrap();
    let marieke = &home.people[0];
    let mut lost = app.person_browser(marieke).await;
    let before = lost.me().await.unwrap();
    let mut advisor = app.advisor_browser(&home.advisor).await;
    let page = format!("/kantoor/klanten/10417/2025/personen/{}", marieke.id);

    app.pass_seconds(11 * 60);
    let asked = advisor.submit(&page, &[("action", "vernieuwen")]).await.text();
    assert!(asked.contains("Bevestig met passkey"), "{asked}");
    advisor.log_in().await.unwrap();
    let shown = advisor.submit(&page, &[("action", "vernieuwen")]).await.text();
    let code = shown.split("<strong>").map(|s| s.split('<').next().unwrap()).find(|s| s.len() == 6).unwrap();
    assert!(code.chars().all(|c| c.is_ascii_digit()), "{code}");
    let mails = app.mails();
    let told = mails.iter().find(|m| m.mail.kind.word() == "access_renewed").unwrap();
    assert_eq!(told.mail.to_address, marieke.email);
    assert!(mails.iter().all(|m| !m.mail.body_text.contains(code)), "the code is told, never mailed");
    assert!(lost.me().await.is_ok(), "nothing ended yet");

    let token = secret_of_mail(&app, "new_access");
    let mut new = app.browser();
    let invited: Invitation = new.post("/api/invitation", &json!({ "token": token })).await.json();
    assert_eq!((invited.needs_code, invited.user_name), (true, Some(before.user_name.clone())));
    let begun = start(&mut new, &token, "", json!({ "code": code })).await.unwrap();
    let after = finish(&mut new, begun).await.unwrap();
    assert_eq!((after.account, &after.memberships), (before.account, &before.memberships), "the same login");
    assert_eq!(lost.me().await.unwrap_err(), "not_signed_in");
    assert_eq!(lost.log_in().await.unwrap_err(), "passkey_unknown");
    assert!(new.log_in().await.is_ok());
    let until = app.state.db.read(|q| q.approvals_need_ruling_until(marieke.id)).unwrap();
    assert_eq!(until, Some(app.now().plus_seconds(DAY)));
    let kinds = kinds(&app, &home);
    assert!(kinds.contains(&"access_renewal_started".to_owned()) && kinds.contains(&"access_renewed".to_owned()));
}

#[tokio::test]
async fn the_page_of_a_person_withdraws_blocks_and_changes_the_role() {
    let app = TestApp::new();
    let home = app.household("Wilgenhof");
    let dossiers = &app.state.dossiers;
    dossiers.open_year(&home.advisor, home.client.id, TaxYear(2025)).unwrap();
    let [marieke, thomas] = &home.people;
    let mut advisor = app.advisor_browser(&home.advisor).await;
    let page = |person: PersonId| format!("/kantoor/klanten/10417/2025/personen/{person}");
    assert!(advisor.get(&page(thomas.id)).await.text().contains("Nog niet uitgenodigd"));
    assert_eq!(advisor.submit(&page(thomas.id), &[("action", "uitnodigen")]).await.status, 303);
    let token = secret_of_mail(&app, "invitation");
    assert_eq!(advisor.submit(&page(thomas.id), &[("action", "intrekken")]).await.status, 303);
    assert!(advisor.get(&page(thomas.id)).await.text().contains("Uitnodiging ingetrokken op"));
    let refused = app.browser().post("/api/invitation", &json!({ "token": token })).await;
    assert_eq!(refused.refusal(), "invitation_withdrawn");
    let shown = advisor.submit(&page(thomas.id), &[("action", "code")]).await.text();
    assert!(shown.contains("Vertel deze code aan Thomas"), "{shown}");
    assert!(!secret_of_mail(&app, "invitation_code").is_empty(), "the mail says that a code is asked");

    assert_eq!(advisor.submit(&page(thomas.id), &[("action", "rol"), ("rol", "filler")]).await.status, 303);
    let year = dossiers.read(home.client.id, TaxYear(2025)).unwrap();
    assert_eq!(year.people[&thomas.id].role, model::record::Role::Filler, "the app knows it too");

    let mut browser = app.person_browser(marieke).await;
    assert_eq!(browser.me().await.unwrap().memberships.len(), 1);
    assert!(advisor.get(&page(marieke.id)).await.text().contains("<dd>Heeft toegang</dd>"));
    assert_eq!(advisor.submit(&page(marieke.id), &[("action", "blokkeren")]).await.status, 303);
    assert!(advisor.get(&page(marieke.id)).await.text().contains("<dd>Geblokkeerd</dd>"));
    assert!(browser.me().await.unwrap().memberships.is_empty());
    assert_eq!(advisor.submit(&page(marieke.id), &[("action", "deblokkeren")]).await.status, 303);
    assert_eq!(browser.me().await.unwrap().memberships.len(), 1);
    assert_eq!(advisor.submit(&page(marieke.id), &[("action", "weg")]).await.status, 400);
    app.pass_seconds(181 * DAY);
    advisor.log_in().await.unwrap();
    assert!(advisor.get(&page(marieke.id)).await.text().contains("Heeft toegang, niet gezien sinds"), "dormant");
}

#[tokio::test]
async fn an_advisor_hears_of_a_new_device_and_a_report_reaches_the_administrators() {
    let app = TestApp::new();
    let home = app.household("Wilgenhof");
    let mut browser = app.advisor_browser(&home.advisor).await;
    let mut thief = app.browser();
    std::mem::swap(&mut thief.authenticator, &mut browser.authenticator);
    thief.log_in().await.unwrap();
    let token = secret_of_mail(&app, "advisor_device_added");
    assert!(browser.post("/api/alarm", &json!({ "token": token })).await.status.is_success());
    assert_eq!(thief.me().await.unwrap_err(), "not_signed_in");
    let mails = app.mails();
    let told =
        mails.iter().find(|m| m.mail.kind.word() == "advisor_alarm_raised").expect("the administrators are told");
    assert_eq!(told.mail.to_address, home.advisor.email);
    assert!(told.mail.body_text.contains(&home.advisor.name), "{}", told.mail.body_text);
    assert!(mails.iter().all(|m| m.mail.kind.word() != "device_added"), "no mail as to a client");
}
