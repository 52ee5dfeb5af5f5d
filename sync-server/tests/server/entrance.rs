//! Tests of the pages before the app: those of each firm, in each language, and how somebody gets a new link there.

use serde_json::json;
use storage::db::{Firm, Invitations};
use testkit::harness::{Household, TestApp};

const DAY: i64 = 24 * 3600;

fn paths_of(firm: &Firm) -> [String; 4] {
    ["welkom", "inloggen"]
        .map(|page| ["nl", "en"].map(|language| format!("/{page}/{}/{language}", firm.slug)))
        .concat()
        .try_into()
        .unwrap()
}

#[tokio::test]
async fn each_firm_has_its_own_pages_in_both_languages() {
    let app = TestApp::new();
    let (home, other) = (app.household("Wilgenhof"), app.household("Elders"));
    let mut browser = app.browser();
    for firm in [&home.firm, &other.firm] {
        for path in paths_of(firm) {
            let answer = browser.get(&path).await;
            let page = answer.text();
            assert_eq!(answer.status, 200, "{path}");
            let language = &path[path.len() - 2..];
            assert!(page.contains(&format!("<html lang=\"{language}\"")), "{path}");
            assert!(page.contains(&firm.name) && page.contains(&firm.phone), "{path}");
            assert!(page.contains(&format!("/api/accents/{}", &firm.accent[1..])), "{path}");
            assert!(page.contains(&format!("data-login=\"/inloggen/{}/{language}\"", firm.slug)), "{path}");
        }
    }
    for path in ["/welkom/niemand/nl", "/inloggen/niemand/nl", "/welkom/wilgenhof"] {
        assert_eq!(browser.get(path).await.status, 404, "{path}");
    }
    let login = browser.get("/inloggen/wilgenhof/en").await.text();
    assert!(login.contains("Log in to Wilgenhof") && login.contains("Send me a new link"), "{login}");
}

#[tokio::test]
async fn without_a_firm_the_page_is_that_of_the_only_one_and_of_none_where_there_are_more() {
    let app = TestApp::new();
    let home = app.household("Wilgenhof");
    let mut browser = app.browser();
    let of_firm = browser.get_with("/inloggen", &[("accept-language", "en-GB")]).await.text();
    assert!(of_firm.contains("<html lang=\"en\"") && of_firm.contains(&home.firm.name), "{of_firm}");
    app.household("Elders");
    for path in ["/inloggen", "/welkom"] {
        let page = browser.get(path).await.text();
        assert!(page.contains("<html lang=\"nl\"") && !page.contains(&home.firm.name), "{page}");
        assert!(!page.contains("Stuur mij een nieuwe link"), "it is not known who could send one");
    }
}

#[tokio::test]
async fn a_page_holds_nothing_inline_and_a_sentence_for_each_way_it_can_end() {
    let app = TestApp::new();
    app.household("Wilgenhof");
    let mut browser = app.browser();
    for path in ["/welkom", "/inloggen"] {
        let page = browser.get(path).await.text();
        assert!(!page.contains(" style=") && !page.contains("onclick") && !page.contains("<style"), "{path}");
        assert_eq!(page.matches("<script").count(), page.matches("<script type=\"module\" src=").count(), "{path}");
        assert!(page.contains("<noscript>"), "{path}");
    }
    let page = browser.get("/welkom").await.text();
    for sentence in [
        "Deze uitnodiging is al gebruikt",
        "Deze uitnodiging is verlopen",
        "Er is een nieuwere uitnodiging",
        "Deze link werkt niet meer",
        "Deze link klopt niet",
        "Voor de eerste keer heeft u internet nodig",
        "Dank u voor het melden",
        "U bent hier in uw mailprogramma.",
        "Deze browser kan geen passkey maken.",
        "Ik heb al een passkey voor dit portaal",
    ] {
        assert!(page.contains(sentence), "{sentence}");
    }
}

#[tokio::test]
async fn what_a_firm_is_called_cannot_become_markup() {
    let app = TestApp::new();
    let home = app.household("Wilgenhof");
    let mut firm = Firm { name: "A & <b>B</b> \"C\"".to_owned(), ..home.firm };
    firm.phone = "<i>030</i>".to_owned();
    app.state.db.write_blocking(move |tx| tx.set_firm(&firm)).unwrap();
    for path in ["/welkom", "/inloggen"] {
        let page = app.browser().get(path).await.text();
        assert!(!page.contains("<b>B") && !page.contains("<i>030"), "{page}");
        assert!(page.contains("A &#38; &#60;b") || page.contains("A &amp; &lt;b"), "{page}");
    }
}

#[tokio::test]
async fn an_invitation_proposes_a_name_that_is_free() {
    let app = TestApp::new();
    let Household { people: [marieke, mut thomas], .. } = app.household("Wilgenhof");
    let mut browser = app.browser();
    let mut proposed = async |token: &str| {
        let answer = browser.post("/api/invitation", &json!({ "token": token })).await;
        answer.json::<serde_json::Value>()["suggested_user_name"].as_str().unwrap().to_owned()
    };
    let token = app.invite(&marieke);
    assert_eq!(proposed(&token).await, "marieke");
    app.browser().register(&token, "Thomas", &marieke.email).await.unwrap();
    let token = app.invite(&thomas);
    assert_eq!(proposed(&token).await, "thomas-2", "somebody else has it, in capitals or not");
    thomas.given_name.clear();
    app.browser().register(&token, "thomas-2", &thomas.email).await.unwrap();
}

#[tokio::test]
async fn a_new_link_goes_to_who_has_no_login_yet_and_nobody_learns_who_that_is() {
    let app = TestApp::new();
    let Household { people: [marieke, thomas], firm, .. } = app.household("Wilgenhof");
    let mails = || app.mails().len();
    app.invite(&marieke);
    app.invite(&thomas);
    app.pass_seconds(15 * DAY);
    let mut browser = app.browser();
    let mut ask = async |firm: &str, email: &str| {
        browser.post("/api/invitation/by-mail", &json!({ "firm": firm, "email": email })).await
    };
    let before = mails();
    let known = ask(&firm.slug, &marieke.email.to_uppercase()).await;
    assert_eq!(mails(), before + 1, "in capitals or not");
    let unknown = ask(&firm.slug, "niemand@voorbeeld.example").await;
    assert_eq!((known.status, known.text()), (unknown.status, unknown.text()));
    ask(&firm.slug, &marieke.email).await;
    assert_eq!(mails(), before + 1, "one is on its way");

    // If the firm withdrew a link only the firm sends a new one, and somebody who has a login gets a code with it.
    let (id, now) = (thomas.id, app.now());
    app.state.db.write_blocking(move |tx| tx.withdraw_invitations(Invitations::Of(id), now)).unwrap();
    ask(&firm.slug, &thomas.email).await;
    app.person_browser(&marieke).await;
    app.pass_seconds(DAY);
    let before = mails();
    ask(&firm.slug, &marieke.email).await;
    assert_eq!(mails(), before);
    assert_eq!(ask("niemand", &marieke.email).await.status, 404);
    assert_eq!(ask(&firm.slug, "geen adres").await.refusal(), "mail_malformed");
}
