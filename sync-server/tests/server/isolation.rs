//! Tests with two firms on one server: everything of one contains a word of its own, and
//! nothing that the other can reach ever shows it. Follows all links of the
//! console, the search, the exports, a client's own addresses and the mails.

use axum::http::StatusCode;
use model::{id::MessageId, record::Message};
use std::collections::{BTreeSet, VecDeque};
use storage::clock::random;
use testkit::{
    console_page::{ConsolePage, PAGE, assert_redirect},
    harness::{Browser, Household, TestApp},
};

/// A number of pages that a firm with two clients does not have.
const MOST_PAGES: usize = 600;

/// Returns a firm of which every text contains `word`.
async fn fill(mut console: ConsolePage, word: &str) -> ConsolePage {
    let fields = [
        ("number".to_owned(), format!("9{}", word.len())),
        ("name".to_owned(), format!("{word} bv")),
        ("name_1".to_owned(), format!("{word} Directeur")),
        ("given_name_1".to_owned(), word.to_owned()),
        ("email_1".to_owned(), format!("{word}@bedrijf.example")),
        ("language_1".to_owned(), "nl".to_owned()),
        ("action".to_owned(), "invite".to_owned()),
    ];
    let fields: Vec<_> = fields.iter().map(|(n, v)| (n.as_str(), v.as_str())).collect();
    let added = console.browser.submit("/kantoor/klanten/nieuw", &fields).await;
    assert_eq!(added.status, StatusCode::SEE_OTHER, "{}", added.text());
    console.set_out_checklist().await;
    let title = format!("{word} jaaropgave");
    assert_redirect(&console.browser.submit(&format!("{PAGE}/documenten"), &[("title_0", &title)]).await, PAGE);
    console.set_out_revision(word).await;
    let body = [("body".to_owned(), format!("{word} bericht van het kantoor"))];
    let sent = console.upload_to(&format!("{PAGE}/bericht"), &body, None).await;
    assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.text());
    let marieke = console.home.people[0].clone();
    let mut hers = console.app.person_browser(&marieke).await;
    let message = Message {
        by: marieke.id,
        at: console.app.now(),
        body: format!("{word} bericht van de klant"),
        about: None,
        answer: None,
        attachments: Vec::new(),
    };
    console.write(&mut hers, &MessageId::from_random(random()), &message).await;
    console
}

/// Returns the addresses of this site that a page links to.
fn links(html: &str) -> Vec<String> {
    let pieces = html.split("href=\"").skip(1).chain(html.split("src=\"").skip(1));
    let addresses =
        pieces.filter_map(|rest| rest.split('"').next()).filter(|a| a.starts_with('/') || a.starts_with('?'));
    let whole = addresses.map(|a| a.replace("&amp;", "&").replace("&#38;", "&"));
    // The editor of a checklist has a page for each of its hundreds of questions, and the table one for each order
    // and each combination of choices: one of each kind is enough.
    let is_one_more = |a: &String| {
        let (path, query) = a.split_once('?').unwrap_or((a, ""));
        let choices = query.split('&').filter(|part| !part.starts_with("q=")).count();
        (path.starts_with("/kantoor/vragenlijsten/") && !query.is_empty()) || query.contains("op=") || choices > 2
    };
    let pages = whole.filter(|a| !is_one_more(a));
    pages.map(|a| a.split('#').next().unwrap_or_default().to_owned()).collect()
}

/// Returns everything that can be reached from `start` by links, with its text.
async fn walk(browser: &mut Browser, start: &[String]) -> Vec<(String, String)> {
    let mut waiting: VecDeque<String> = start.iter().cloned().collect();
    let mut known: BTreeSet<String> = waiting.iter().cloned().collect();
    let mut seen = Vec::new();
    while let Some(address) = waiting.pop_front() {
        assert!(seen.len() < MOST_PAGES, "the walk does not end: {address}");
        let answer = browser.get(&address).await;
        let text = String::from_utf8_lossy(&answer.body).into_owned();
        if answer.header("content-type").starts_with("text/html") {
            for link in links(&text) {
                // Such a link is relative to the page, as a browser reads it.
                let link = match link.strip_prefix('?') {
                    Some(query) => format!("{}?{query}", address.split('?').next().unwrap_or_default()),
                    None => link,
                };
                if known.insert(link.clone()) {
                    waiting.push_back(link);
                }
            }
        }
        seen.push((address, text));
    }
    seen
}

/// Returns the texts of the mails to one firm's people and advisors.
fn mails(app: &TestApp, home: &Household) -> Vec<String> {
    let to: Vec<_> = home.people.iter().map(|p| p.email.clone()).chain([home.advisor.email.clone()]).collect();
    let rows = app.mails();
    let (own, others): (Vec<_>, Vec<_>) = rows.into_iter().partition(|m| m.mail.firm == home.firm.id);
    assert!(own.len() > 4 && own.iter().any(|m| to.contains(&m.mail.to_address)));
    assert!(!others.iter().any(|m| m.mail.reply_to.contains(&home.advisor.email)));
    own.into_iter().map(|m| format!("{:?}", m.mail)).collect()
}

/// Asserts that nothing of `theirs` is in what `browser` reaches, and a lot of `own`.
async fn sees_only(browser: &mut Browser, theirs: &Household, own: &str, their_word: &str) {
    let mut start = vec!["/kantoor".to_owned()];
    for search in ["/kantoor/klanten?q=", "/kantoor/zoek?q=", "/kantoor/klanten/klanten.csv?q="] {
        start.extend(["", own, their_word].map(|word| format!("{search}{word}")));
    }
    let seen = walk(browser, &start).await;
    let ids: Vec<_> = [theirs.client.id.to_string(), theirs.firm.id.to_string(), theirs.advisor.id.to_string()]
        .into_iter()
        .chain(theirs.people.iter().map(|p| p.id.to_string()))
        .collect();
    for (address, text) in &seen {
        // A search repeats what was searched for.
        let said = if address.contains(their_word) { text.replace(their_word, "") } else { text.clone() };
        assert!(!said.contains(their_word), "{address} shows what is the other firm's:\n{said}");
        assert!(!ids.iter().any(|id| text.contains(id)), "{address} names an id of the other firm");
    }
    let own_pages = seen.iter().filter(|(_, text)| text.contains(own)).count();
    assert!(own_pages > 8, "the walk found {own_pages} of {} pages with its own word", seen.len());
}

#[tokio::test]
async fn nothing_of_one_firm_is_reached_from_the_other() {
    let (here, there) = ("Zilverreiger", "Korhoen");
    let ConsolePage { app, home: north, browser: mut of_north } = fill(ConsolePage::new().await, here).await;
    let south = app.household("Zuid");
    app.mail_at_once(&south.advisor);
    let browser = app.advisor_browser(&south.advisor).await;
    app.state.dossiers.open_year(&south.advisor, south.client.id, testkit::console_page::YEAR).unwrap();
    let ConsolePage { app, browser: mut of_south, .. } =
        fill(ConsolePage { app, home: south.clone(), browser }, there).await;

    sees_only(&mut of_north, &south, here, there).await;
    sees_only(&mut of_south, &north, there, here).await;
    for (home, foreign) in [(&north, there), (&south, here)] {
        assert!(mails(&app, home).iter().all(|mail| !mail.contains(foreign)), "a mail tells of the other firm");
    }
}
