//! Tests of invitations, registration and login, from outside.

use accounts::invitation;
use model::{
    api::{Invitation, PublicError},
    language::Language,
    record::{Base64, RequestItem},
    time::TaxYear,
};
use serde_json::{Value, json};
use storage::db::{Actor, DbError, OutboxRow, Tx};
use testkit::harness::{Browser, TestApp};

const DAY: i64 = 24 * 3600;

async fn open(browser: &mut Browser, token: &str) -> Result<Invitation, String> {
    browser.post("/api/invitation", &json!({ "token": token })).await.result()
}

#[tokio::test]
async fn an_invited_person_registers_and_later_logs_in_without_a_name() {
    let app = TestApp::new();
    let home = app.household("Wilgenhof");
    let [marieke, _] = &home.people;
    let token = app.invite(marieke);
    let mut browser = app.browser();

    let invitation = open(&mut browser, &token).await.unwrap();
    assert_eq!((invitation.given_name.as_str(), invitation.language), ("Marieke", Language::Nl));
    assert_eq!(invitation.firm_name, home.firm.name);
    let opened = app.state.db.read(|q| q.last_invitation(marieke.id)).unwrap().unwrap();
    assert_eq!((opened.opened_at, opened.used_at), (Some(app.now()), None));

    let identity = browser.register(&token, "marieke", " Marieke@Huis.example ").await.unwrap();
    assert_eq!((identity.user_name.as_str(), identity.is_advisor), ("marieke", false));
    assert_eq!(identity.memberships.len(), 1);
    assert_eq!((identity.memberships[0].person, identity.memberships[0].client), (marieke.id, home.client.id));
    assert_eq!((identity.rp_id.as_str(), identity.passkeys.len()), ("localhost", 1));
    assert_eq!(browser.me().await.unwrap(), identity);

    assert!(browser.post("/api/logout", &json!({})).await.status.is_success());
    assert_eq!(browser.me().await.unwrap_err(), "not_signed_in");
    let again = browser.log_in().await.unwrap();
    assert_eq!(again, identity, "the same login on the same device");
}

#[tokio::test]
async fn an_advisor_registers_and_is_in_the_console() {
    let app = TestApp::new();
    let home = app.household("Wilgenhof");
    let mut browser = app.advisor_browser(&home.advisor).await;
    let identity = browser.me().await.unwrap();
    assert!(identity.is_advisor && identity.memberships.is_empty());
    let advisor = app.state.db.read(|q| q.advisor(home.advisor.id)).unwrap().unwrap();
    assert_eq!(advisor.account, Some(identity.account));
}

#[tokio::test]
async fn a_link_that_is_no_good_says_why() {
    let app = TestApp::new();
    let home = app.household("Wilgenhof");
    let [marieke, thomas] = &home.people;
    let mut browser = app.browser();
    assert_eq!(open(&mut browser, "no-such-token").await.unwrap_err(), "invitation_unknown");

    let old = app.invite(marieke);
    app.pass_seconds(1);
    let token = app.invite(marieke);
    assert_eq!(open(&mut browser, &old).await.unwrap_err(), "invitation_voided");
    assert_eq!(browser.register(&old, "marieke", &marieke.email).await.unwrap_err(), "invitation_voided");

    let late = app.invite(thomas);
    assert!(open(&mut browser, &late).await.is_ok(), "another person's invitation voids nothing");
    browser.register(&token, "marieke", &marieke.email).await.unwrap();
    assert_eq!(open(&mut browser, &token).await.unwrap_err(), "invitation_used");
    assert_eq!(browser.register(&token, "marieke2", &marieke.email).await.unwrap_err(), "invitation_used");

    app.pass_seconds(14 * DAY);
    assert_eq!(open(&mut browser, &late).await.unwrap_err(), "invitation_expired");
    let refused = browser.post("/api/invitation", &json!({ "token": late })).await;
    assert_eq!(refused.status, 410);
    let sentences: PublicError = refused.json();
    assert!(sentences.nl.contains("verlopen") && sentences.en.contains("expired"));
}

#[tokio::test]
async fn of_two_who_finish_with_one_link_at_the_same_time_one_wins() {
    let app = TestApp::new();
    let home = app.household("Wilgenhof");
    let [marieke, _] = &home.people;
    let token = app.invite(marieke);
    let (mut one, mut other) = (app.browser(), app.browser());
    let first = one.prepare_registration(&token, "one", &marieke.email).await.unwrap();
    let second = other.prepare_registration(&token, "other", &marieke.email).await.unwrap();
    let (first, second) =
        tokio::join!(one.post("/api/registration/finish", &first), other.post("/api/registration/finish", &second));
    let mut refusals = [first.refusal(), second.refusal()];
    refusals.sort();
    assert_eq!(refusals, ["", "invitation_used"]);
    let names = ["one", "other"].map(|name| app.state.db.read(|q| q.user_name_is_taken(name)).unwrap());
    assert_eq!(names.iter().filter(|taken| **taken).count(), 1, "nothing stays of the other");
}

#[tokio::test]
async fn a_user_name_is_taken_in_capitals_too_and_the_mail_address_must_be_the_invited_one() {
    let app = TestApp::new();
    let home = app.household("Wilgenhof");
    let [marieke, thomas] = &home.people;
    let (marieke_token, token) = (app.invite(marieke), app.invite(thomas));
    let mut browser = app.browser();
    browser.register(&marieke_token, "jansen", &marieke.email).await.unwrap();

    let mut browser = app.browser();
    for (user_name, email, refusal) in [
        ("JANSEN", thomas.email.as_str(), "user_name_taken"),
        ("ab", &thomas.email, "user_name_malformed"),
        ("thomas bakker", &thomas.email, "user_name_malformed"),
        ("thomas", &marieke.email, "mail_differs"),
        ("thomas", "", "mail_malformed"),
    ] {
        assert_eq!(browser.register(&token, user_name, email).await.unwrap_err(), refusal, "{user_name} {email}");
    }
    assert!(browser.register(&token, "thomas", &thomas.email).await.is_ok(), "nothing was used up");
}

#[tokio::test]
async fn a_name_that_somebody_takes_in_the_meantime_is_refused_and_the_link_stays_good() {
    let app = TestApp::new();
    let home = app.household("Wilgenhof");
    let [marieke, thomas] = &home.people;
    let (one, other) = (app.invite(marieke), app.invite(thomas));
    let mut slow = app.browser();
    let end = slow.prepare_registration(&one, "huis", &marieke.email).await.unwrap();
    app.browser().register(&other, "Huis", &thomas.email).await.unwrap();
    assert_eq!(slow.post("/api/registration/finish", &end).await.refusal(), "user_name_taken");
    assert!(slow.register(&one, "huis2", &marieke.email).await.is_ok());
}

/// Partners who share a mail address are still two people.
#[tokio::test]
async fn two_people_of_one_mail_address_have_a_login_each() {
    let app = TestApp::new();
    let home = app.household("Wilgenhof");
    let [marieke, mut thomas] = home.people.clone();
    thomas.email = marieke.email.to_uppercase();
    let (id, email, now) = (thomas.id, thomas.email.clone(), app.now());
    app.state.db.write_blocking::<_, DbError>(move |tx| tx.set_person_email(id, &email)).unwrap();
    let people = [marieke, thomas];
    let (composer, rows) = (app.state.composer.clone(), people.clone());
    let all = move |tx: &Tx<'_>| invitation::invite_many(tx, &composer, &rows, Actor::Server, now);
    assert!(app.state.db.write_blocking(all).unwrap().is_empty());
    let mut logins = Vec::new();
    for person in &people {
        let mails = app.mails();
        let own = |m: &&OutboxRow| m.mail.kind.word() == "invitation" && m.mail.person == Some(person.id);
        let mail = &mails.iter().find(own).expect("a mail of their own").mail;
        assert!(mail.to_address.eq_ignore_ascii_case(&people[0].email) && mail.body_text.contains(&person.given_name));
        let link = mail.body_text.lines().find(|l| l.contains("/welkom/")).unwrap();
        let token = link.split_once('#').unwrap().1;
        let mut browser = app.browser();
        let identity = browser.register(token, &person.given_name, &person.email).await.unwrap();
        assert_eq!(identity.memberships[0].person, person.id);
        logins.push(identity.account);
    }
    assert_ne!(logins[0], logins[1]);
}

#[tokio::test]
async fn a_passkey_of_another_origin_or_challenge_is_refused() {
    let app = TestApp::new();
    let home = app.household("Wilgenhof");
    let token = app.invite(&home.people[0]);
    let mut browser = app.browser();
    let wish = json!({ "token": token, "user_name": "marieke", "email": home.people[0].email });

    let elsewhere: Value = browser.post("/api/registration/start", &wish).await.json();
    let credential = browser.authenticator.create("http://localhost:9999", &elsewhere["options"]).await;
    let end = json!({ "ceremony": elsewhere["ceremony"], "credential": credential });
    assert_eq!(browser.post("/api/registration/finish", &end).await.refusal(), "passkey_refused");
    assert_eq!(
        browser.post("/api/registration/finish", &end).await.refusal(),
        "ceremony_unknown",
        "a ceremony ends once"
    );

    let one = browser.prepare_registration(&token, "marieke", &home.people[0].email).await.unwrap();
    let other = browser.prepare_registration(&token, "marieke", &home.people[0].email).await.unwrap();
    let mixed = json!({ "ceremony": one["ceremony"], "credential": other["credential"] });
    assert_eq!(browser.post("/api/registration/finish", &mixed).await.refusal(), "passkey_refused");
    assert!(browser.post("/api/registration/finish", &other).await.status.is_success());

    let one = browser.prepare_login().await.unwrap();
    let other = browser.prepare_login().await.unwrap();
    let mixed = json!({ "ceremony": one["ceremony"], "credential": other["credential"] });
    assert_eq!(browser.post("/api/login/finish", &mixed).await.refusal(), "passkey_unknown");
    let swapped = json!({ "ceremony": other["ceremony"], "credential": {} });
    assert_eq!(browser.post("/api/login/finish", &swapped).await.refusal(), "malformed");
}

#[tokio::test]
async fn the_browser_is_asked_for_a_passkey_that_it_finds_by_itself() {
    let app = TestApp::new();
    let home = app.household("Wilgenhof");
    let wish = json!({ "token": app.invite(&home.people[0]), "user_name": "marieke", "email": home.people[0].email });
    let ceremony: Value = app.browser().post("/api/registration/start", &wish).await.json();
    let options = &ceremony["options"]["publicKey"];
    assert_eq!(options["authenticatorSelection"]["residentKey"], "required");
    assert_eq!(options["authenticatorSelection"]["userVerification"], "required");
    assert_eq!((&options["rp"]["id"], &options["user"]["name"]), (&json!("localhost"), &json!("marieke")));
    let ceremony: Value = app.browser().post("/api/login/start", &json!({})).await.json();
    let options = &ceremony["options"]["publicKey"];
    assert_eq!((&options["userVerification"], &options["allowCredentials"]), (&json!("required"), &json!([])));
}

#[tokio::test]
async fn a_ceremony_is_over_after_five_minutes_and_after_a_restart() {
    let app = TestApp::new();
    let home = app.household("Wilgenhof");
    let mut browser = app.person_browser(&home.people[0]).await;
    let end = browser.prepare_login().await.unwrap();
    app.pass_seconds(5 * 60);
    assert_eq!(browser.post("/api/login/finish", &end).await.refusal(), "ceremony_unknown");
    let end = browser.prepare_login().await.unwrap();
    let app = app.restarted();
    let mut fresh = app.browser();
    fresh.authenticator = browser.authenticator;
    assert_eq!(fresh.post("/api/login/finish", &end).await.refusal(), "ceremony_unknown");
    assert!(fresh.log_in().await.is_ok(), "the passkey itself is kept");
}

#[tokio::test]
async fn an_unverified_a_revoked_and_an_unknown_passkey_are_refused() {
    let app = TestApp::new();
    let home = app.household("Wilgenhof");
    let mut browser = app.person_browser(&home.people[0]).await;
    let end = browser.prepare_login().await.unwrap();

    let mut unverified = end.clone();
    let data: Base64 = serde_json::from_value(end["credential"]["response"]["authenticatorData"].clone()).unwrap();
    let mut bytes = data.0;
    bytes[32] &= !0b100;
    unverified["credential"]["response"]["authenticatorData"] = json!(Base64(bytes));
    assert_eq!(browser.post("/api/login/finish", &unverified).await.refusal(), "passkey_unknown");

    let now = app.now();
    let credential = browser.me().await.unwrap().passkeys.remove(0).0;
    app.state.db.write_blocking::<_, DbError>(move |tx| tx.revoke_passkey(&credential, now)).unwrap();
    assert_eq!(browser.log_in().await.unwrap_err(), "passkey_unknown");
    assert!(browser.me().await.unwrap().passkeys.is_empty(), "and it may sign nothing");

    let other = TestApp::new();
    let mut stranger = other.browser();
    stranger.authenticator = browser.authenticator;
    assert_eq!(stranger.log_in().await.unwrap_err(), "passkey_unknown");
}

/// An attacker learns nothing, neither from the answer nor from the work that is done. That
/// the ceremony is used up shows that the answer was checked in each case.
#[tokio::test]
async fn what_is_known_and_what_is_not_get_the_same_answer_for_the_same_work() {
    let app = TestApp::new();
    let home = app.household("Wilgenhof");
    let mut browser = app.person_browser(&home.people[0]).await;
    let account = browser.me().await.unwrap().account;
    let elsewhere = TestApp::new();
    let mut stranger = app.browser();
    let there = elsewhere.household("Elders");
    stranger.authenticator = elsewhere.person_browser(&there.people[0]).await.authenticator;

    let bent = |mut end: Value| {
        let signature: Base64 = serde_json::from_value(end["credential"]["response"]["signature"].clone()).unwrap();
        let mut bytes = signature.0;
        let last = bytes.len() - 1;
        bytes[last] ^= 1;
        end["credential"]["response"]["signature"] = json!(Base64(bytes));
        end
    };
    let known = bent(browser.prepare_login().await.unwrap());
    let unknown = stranger.prepare_login().await.unwrap();
    let mut of_known_login = stranger.prepare_login().await.unwrap();
    of_known_login["credential"]["response"]["userHandle"] = json!(Base64(account.as_bytes().to_vec()));
    let mut of_unknown_login = browser.prepare_login().await.unwrap();
    of_unknown_login["credential"]["response"]["userHandle"] = json!(Base64(vec![9; 16]));
    let mut answers = Vec::new();
    for end in [known, unknown, of_known_login, of_unknown_login] {
        let answer = browser.post("/api/login/finish", &end).await;
        let again = browser.post("/api/login/finish", &end).await;
        assert_eq!(again.refusal(), "ceremony_unknown", "it was looked into");
        answers.push((answer.status, answer.headers, answer.body));
    }
    assert!(answers.iter().all(|answer| *answer == answers[0]), "{answers:?}");
    assert!(String::from_utf8_lossy(&answers[0].2).contains("passkey_unknown"));

    // A user name is looked up only for somebody with an invitation.
    let user_name = browser.me().await.unwrap().user_name;
    let wish = |user_name: &str| json!({ "token": "made-up", "user_name": user_name, "email": "a@b.example" });
    let taken = browser.post("/api/registration/start", &wish(&user_name)).await;
    let free = browser.post("/api/registration/start", &wish("nobody")).await;
    assert_eq!((taken.status, taken.body), (free.status, free.body));
}

#[tokio::test]
async fn an_invitation_says_how_many_tasks_wait() {
    let app = TestApp::new();
    let home = app.household("Wilgenhof");
    let token = app.invite(&home.people[0]);
    let mut browser = app.browser();
    assert_eq!(open(&mut browser, &token).await.unwrap().tasks, 0);
    let dossiers = &app.state.dossiers;
    for year in [2024, 2025].map(TaxYear) {
        dossiers.open_year(&home.advisor, home.client.id, year).unwrap();
        dossiers
            .request_documents(&home.advisor, home.client.id, year, vec![RequestItem::of("Jaaropgave")], None)
            .unwrap();
    }
    assert_eq!(open(&mut browser, &token).await.unwrap().tasks, 2);
}

#[tokio::test]
async fn who_tries_too_often_waits() {
    let app = TestApp::with(|config| config.requests_per_minute = 3);
    let mut browser = app.browser();
    for _ in 0..3 {
        assert_eq!(open(&mut browser, "x").await.unwrap_err(), "invitation_unknown");
    }
    assert_eq!(open(&mut browser, "x").await.unwrap_err(), "too_many_requests");
    assert_eq!(browser.me().await.unwrap_err(), "not_signed_in", "only guessing is limited");
    app.pass_seconds(60);
    assert_eq!(open(&mut browser, "x").await.unwrap_err(), "invitation_unknown");
}

#[tokio::test]
async fn a_body_that_is_none_or_too_large_gets_a_sentence() {
    let app = TestApp::new();
    let mut browser = app.browser();
    assert_eq!(browser.post("/api/invitation", &json!({})).await.refusal(), "malformed");
    assert_eq!(browser.post("/api/invitation", &json!("x")).await.refusal(), "malformed");
    let answer = browser.submit("/api/invitation", &[("token", "x")]).await;
    assert_eq!(answer.refusal(), "malformed");
    let long = json!({ "token": "x".repeat(100_000) });
    assert_eq!(browser.post("/api/invitation", &long).await.refusal(), "too_large");
}

#[tokio::test]
async fn registration_is_in_the_audit_log_and_told_by_mail() {
    let app = TestApp::new();
    let home = app.household("Wilgenhof");
    app.person_browser(&home.people[0]).await;
    let events = app.state.db.read(|q| q.events(home.client.id, TaxYear(2025), 10)).unwrap();
    let kinds: Vec<_> = events.iter().map(|e| e.event.word()).collect();
    assert_eq!(kinds, ["passkey_added", "registered"]);
    assert!(events.iter().all(|e| !e.event.detail().contains("arieke")));
    let mails = app.mails();
    let mails: Vec<_> = mails.iter().map(|m| (m.mail.kind.word(), m.mail.to_address.as_str())).collect();
    assert_eq!(mails, [("passkey_added", home.people[0].email.as_str())]);
}
