//! Tests of the editor of mails: a firm's own text, tested, saved, and given up for the standard.

use axum::http::StatusCode;
use mail::{MailProperties, Source};
use model::{language::Language, mail::MailKind};
use storage::db::{DbError, MailText};
use testkit::{
    console_page::{ConsolePage, assert_redirect},
    harness::mailbox::task,
};

const TASK: &str = "/kantoor/sjablonen/task/nl";

fn fields(source: &Source, seen: i64, action: &str) -> Vec<(String, String)> {
    let mut fields: Vec<_> = source.lines().map(|(name, text)| (name.to_owned(), text.to_owned())).to_vec();
    fields.push(("body".into(), source.body.replace('\n', "\r\n")));
    fields.push(("seen".into(), seen.to_string()));
    fields.push(("action".into(), action.into()));
    fields
}

fn standard() -> Source {
    Source::standard(MailProperties::of(MailKind::Task), Language::Nl)
}

fn own() -> Source {
    Source {
        subject: "{adviseur} heeft iets klaargezet".into(),
        body: "Dag {voornaam}!\n\n[[Klaar voor {uiterlijk}?]]\n\n[knop]\n\nTot ziens & <b>groet</b>".into(),
        ..standard()
    }
}

async fn send(console: &mut ConsolePage, path: &str, fields: &[(String, String)]) -> testkit::harness::Answer {
    let fields: Vec<_> = fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    console.browser.submit(path, &fields).await
}

fn texts(console: &ConsolePage) -> Vec<MailText> {
    let firm = console.home.firm.id;
    console.app.state.db.read::<_, DbError>(|q| q.mail_texts(firm, MailKind::Task, Language::Nl, 50)).unwrap()
}

#[tokio::test]
async fn every_mail_has_a_page_and_a_preview_in_both_languages() {
    let mut console = ConsolePage::new().await;
    for kind in MailProperties::all() {
        for tag in ["nl", "en"] {
            let address = format!("/kantoor/sjablonen/{}/{tag}", kind.id.word());
            let html = console.page(&address).await;
            assert!(html.contains("<iframe class=\"mailbox__frame\" name=\"voorbeeld\""), "{html}");
            assert!(html.contains(&format!("src=\"{address}/voorbeeld\"")) && html.contains("sandbox"), "{html}");
            let preview = console.browser.get(&format!("{address}/voorbeeld")).await;
            assert_eq!(preview.status, StatusCode::OK, "{address}");
            assert!(preview.header("content-security-policy").ends_with("frame-ancestors 'self'; sandbox"));
            let text = preview.text();
            assert!(text.contains("<pre") && text.contains("http://localhost:8080/"), "{text}");
            for left in ["{{", "[knop]", "[button]", "[[", "<script"] {
                assert!(!text.contains(left), "{left} in {text}");
            }
        }
    }
    for path in ["/kantoor/sjablonen/none/nl", "/kantoor/sjablonen/task/de", "/kantoor/sjablonen/task/nl?versie=9"] {
        assert_eq!(console.browser.get(path).await.status, StatusCode::NOT_FOUND, "{path}");
    }
}

#[tokio::test]
async fn a_firms_own_text_is_what_its_clients_get_and_no_other_firms() {
    let mut console = ConsolePage::new().await;
    let other = console.app.household("Elders");
    assert_redirect(&send(&mut console, TASK, &fields(&own(), 0, "save")).await, &format!("{TASK}?opgeslagen"));
    for (home, is_own) in [(console.home.clone(), true), (other, false)] {
        console.app.queue(task(home.people[0].id));
        let mail = console.app.newest_mail().mail;
        assert_eq!(mail.subject == "Sanne de Wit heeft iets klaargezet", is_own, "{}", mail.subject);
        assert_eq!(mail.body_text.contains("Dag Marieke!\n\nKlaar voor 1 april 2026?"), is_own, "{}", mail.body_text);
        assert_eq!(mail.body_html.contains("&amp; &lt;b&gt;groet"), is_own);
        assert!(!mail.body_html.contains("<b>groet"));
        // The other language has another text.
        console.app.queue(task(home.people[1].id));
        assert!(console.app.newest_mail().mail.body_text.contains("Dear Thomas"));
    }
    let page = console.page("/kantoor/sjablonen").await;
    assert_eq!(page.matches("Aangepast").count(), 1, "{page}");
}

#[tokio::test]
async fn a_text_with_a_mistake_is_not_saved_and_says_where_it_is() {
    let mut console = ConsolePage::new().await;
    let before = console.app.mails().len();
    for (source, sentence) in [
        (Source { subject: "Dag {config}".into(), ..own() }, "Regel 1, teken 5: de variabele {config} bestaat niet"),
        (Source { body: "{adviseur}\n\nDag {{ x }}\n\n[knop]".into(), ..own() }, "Regel 3, teken 5: de variabele {{ x"),
        (Source { body: "[knop]\n\n[[ open".into(), ..own() }, "Regel 3, teken 1: bij [[ ontbreekt het einde"),
        (Source { body: "[knop]\n\n{geldig_tot}".into(), ..own() }, "de variabele {geldig_tot} bestaat niet"),
        (Source { body: "Geen knop".into(), ..own() }, "precies één keer"),
        (Source { heading: String::new(), ..own() }, "Dit kan niet leeg zijn"),
        (Source { button: "a\r\nBcc: evil@example.org".into(), ..own() }, "hooguit 200 tekens, op één regel"),
        (Source { body: "[knop]".to_owned() + &"x".repeat(10_000), ..own() }, "hooguit 10000 tekens"),
    ] {
        for action in ["save", "test"] {
            let answer = send(&mut console, TASK, &fields(&source, 0, action)).await;
            assert_eq!(answer.status, StatusCode::BAD_REQUEST);
            let html = answer.text().replace("&#39;", "'");
            assert!(html.contains(sentence), "{sentence}: {html}");
            assert!(html.contains("Er is nog niets opgeslagen"));
        }
    }
    assert!(texts(&console).is_empty() && console.app.mails().len() == before);
}

#[tokio::test]
async fn versions_say_who_and_when_and_come_back_and_the_default_is_one_of_them() {
    let mut console = ConsolePage::new().await;
    send(&mut console, TASK, &fields(&own(), 0, "save")).await;
    let first = texts(&console)[0].id;
    console.app.pass_seconds(60);
    // Saving the same text makes no new version.
    send(&mut console, TASK, &fields(&own(), first, "save")).await;
    assert_eq!(texts(&console).len(), 1);
    assert_redirect(&send(&mut console, TASK, &fields(&own(), first, "reset")).await, &format!("{TASK}?opgeslagen"));
    assert_eq!(texts(&console)[0].source, None);
    console.app.queue(task(console.home.people[0].id));
    assert!(console.app.newest_mail().mail.subject.contains("vraagt u iets"));

    let html = console.page(TASK).await;
    assert!(html.contains("Sanne de Wit, 10:01") && html.contains("terug naar standaard"), "{html}");
    let old = console.page(&format!("{TASK}?versie={first}")).await;
    assert!(old.contains("Dit is de versie van 10:00") && old.contains("heeft iets klaargezet"), "{old}");
    assert!(old.contains(&format!("voorbeeld?versie={first}")));
    let seen = texts(&console)[0].id;
    assert!(old.contains(&format!("name=\"seen\" value=\"{seen}\"")), "{old}");
    send(&mut console, TASK, &fields(&own(), seen, "save")).await;
    assert_eq!(texts(&console).len(), 3);
    assert_eq!(texts(&console)[0].source, Some(own().stored()));
    // Typing the standard text restores the standard.
    let seen = texts(&console)[0].id;
    send(&mut console, TASK, &fields(&standard(), seen, "save")).await;
    assert_eq!(texts(&console)[0].source, None);
}

#[tokio::test]
async fn who_saves_over_somebody_else_is_told_and_loses_nothing() {
    let mut console = ConsolePage::new().await;
    send(&mut console, TASK, &fields(&own(), 0, "save")).await;
    let mine = Source { subject: "Mijn onderwerp".into(), ..own() };
    for action in ["save", "reset"] {
        let answer = send(&mut console, TASK, &fields(&mine, 0, action)).await;
        assert_eq!(answer.status, StatusCode::CONFLICT);
        let html = answer.text();
        assert!(html.contains("Sanne de Wit heeft deze mail net opgeslagen"), "{html}");
        assert!(html.contains("Mijn onderwerp"), "what was typed stays");
    }
    assert_eq!(texts(&console).len(), 1);
    let seen = texts(&console)[0].id;
    send(&mut console, TASK, &fields(&mine, seen, "save")).await;
    assert_eq!(texts(&console)[0].source, Some(mine.stored()));
}

#[tokio::test]
async fn a_test_goes_to_whoever_asks_and_keeps_nothing() {
    let mut console = ConsolePage::new().await;
    let answer = send(&mut console, TASK, &fields(&own(), 0, "test")).await;
    assert_eq!(answer.status, StatusCode::OK);
    assert!(answer.text().contains("De test is onderweg naar sanne@noord.example"), "{}", answer.text());
    assert!(answer.text().contains("heeft iets klaargezet"), "what was typed stays");
    let row = console.app.newest_mail();
    assert_eq!((row.mail.to_address.as_str(), row.mail.kind.word()), ("sanne@noord.example", "test"));
    assert_eq!((row.mail.client, row.mail.person), (None, None));
    assert!(row.mail.body_text.contains("Dag Marieke!"), "{}", row.mail.body_text);
    assert!(texts(&console).is_empty());
    // A test does not count as somebody's mail of the day, nor as a digest.
    let digest = Source::standard(MailProperties::of(MailKind::Digest), Language::Nl);
    send(&mut console, "/kantoor/sjablonen/digest/nl", &fields(&digest, 0, "test")).await;
    let advisor = console.home.advisor.id;
    assert_eq!(console.app.state.db.read::<_, DbError>(|q| q.last_digest(advisor)).unwrap(), None);
}

#[tokio::test]
async fn a_preview_shows_what_is_typed_with_a_client_of_the_firm_and_of_no_other() {
    let mut console = ConsolePage::new().await;
    let other = console.app.household("Elders");
    let (renumber, firm) = (other.client.clone(), other.firm.id);
    console
        .app
        .state
        .db
        .write_blocking::<_, DbError>(move |tx| {
            let mut person = tx.people(renumber.id)?.remove(0);
            let client =
                storage::db::Client { number: "777".into(), id: model::id::ClientId::from_bytes([9; 16]), ..renumber };
            tx.add_client(&client, model::time::Timestamp(0))?;
            person = storage::db::PersonRow {
                id: model::id::PersonId::from_bytes([9; 16]),
                client: client.id,
                firm,
                given_name: "Geheim".into(),
                ..person
            };
            tx.add_person(&person, model::time::Timestamp(0))
        })
        .unwrap();
    let mut show = async |number: &str, source: &Source| {
        let mut fields = fields(source, 0, "");
        fields.push(("client".into(), number.into()));
        send(&mut console, &format!("{TASK}/voorbeeld"), &fields).await.text()
    };
    assert!(show("10417", &own()).await.contains("Dag Marieke!"));
    let text = show("777", &own()).await;
    assert!(!text.contains("Geheim") && text.contains("Deze klant is er niet"), "{text}");
    let text = show("", &Source { body: "{config}\n\n[knop]".into(), ..own() }).await;
    assert!(text.contains("de variabele {config} bestaat niet"), "{text}");
    let text = show("", &Source { subject: "<script>x</script>".into(), ..own() }).await;
    assert!(!text.contains("<script"), "{text}");
}
