//! Registration and login.

use crate::season::{html, identity};
use app::{
    client::{ApiError, Invitation, PublicError},
    platform::Place,
    screen::{LoginPage, NotFoundPage, WelcomePage, WelcomeProblem, WelcomeStep},
};
use dioxus::prelude::*;
use model::language::Language;

#[derive(Clone)]
struct Registering {
    language: Language,
    step: WelcomeStep,
    problem: Option<WelcomeProblem>,
}

fn page(registering: Registering) -> String {
    html(
        |r: Registering| {
            rsx! {
                WelcomePage {
                    language: r.language,
                    step: r.step,
                    problem: r.problem,
                    busy: false,
                    on_retry: |()| {},
                    on_register: |_| {},
                }
            }
        },
        registering,
    )
}

fn invited() -> WelcomeStep {
    let person = identity().memberships.remove(0);
    WelcomeStep::Invited(Invitation {
        firm_name: person.firm_name,
        firm_phone: person.firm_phone,
        accent: person.accent,
        logo: None,
        welcome: String::new(),
        given_name: person.given_name,
        email: person.email,
        language: Language::Nl,
        tasks: 2,
        needs_code: false,
        user_name: None,
    })
}

#[test]
fn a_firm_welcomes_with_its_own_logo_and_words() {
    let WelcomeStep::Invited(invitation) = invited() else { unreachable!("invited") };
    let plain = page(Registering { language: Language::Nl, step: invited(), problem: None });
    assert!(plain.contains(r#"src="/icons/akkoord.svg""#), "{plain}");
    let logo = model::hash::ContentHash::of(b"a logo");
    let own = Invitation { logo: Some(logo), welcome: "Fijn dat u er bent.".to_owned(), ..invitation };
    let shown = page(Registering { language: Language::Nl, step: WelcomeStep::Invited(own), problem: None });
    assert!(shown.contains(&format!(r#"src="/api/logos/{logo}""#)) && !shown.contains("akkoord.svg"), "{shown}");
    assert!(shown.contains("Fijn dat u er bent."), "{shown}");
}

#[test]
fn an_invitation_shows_who_invites_and_what_waits() {
    let shown = page(Registering { language: Language::Nl, step: invited(), problem: None });
    assert!(shown.contains("Welkom bij Wilgenhof Belastingadvies"), "{shown}");
    assert!(shown.contains("Er staan 2 dingen voor u klaar."));
    assert!(shown.contains(r#"<label for="gebruikersnaam">Uw gebruikersnaam</label>"#));
    assert!(shown.contains("marieke@voorbeeld.nl"));
    assert!(shown.contains("Maak mijn passkey"));
    assert!(shown.contains("tel:0302345678"));
}

#[test]
fn a_problem_stands_at_the_field_it_is_about() {
    let problem = Some(WelcomeProblem::UserName("Deze naam is al in gebruik.".to_owned()));
    let shown = page(Registering { language: Language::Nl, step: invited(), problem });
    assert!(shown.contains(r#"id="gebruikersnaam-fout" role="alert""#), "{shown}");
    assert!(shown.contains("Deze naam is al in gebruik."));
    assert!(shown.contains(r#"aria-describedby="gebruikersnaam-fout""#));
    assert!(shown.contains(r#"aria-describedby="mail-hint""#), "the other field keeps its hint");
}

#[test]
fn each_way_an_invitation_fails_has_a_sentence_and_a_way_on() {
    let refused = |code: &str| {
        WelcomeStep::Stopped(ApiError::Refused(PublicError {
            error: code.to_owned(),
            nl: "Zin van de server.".to_owned(),
            en: "Sentence of the server.".to_owned(),
        }))
    };
    let cases = [
        (refused("invitation_used"), "Deze uitnodiging is al gebruikt", "Log in"),
        (refused("invitation_expired"), "Deze uitnodiging is verlopen", "Vraag een nieuwe link"),
        (refused("invitation_voided"), "Er is een nieuwere uitnodiging", "Vraag een nieuwe link"),
        (refused("invitation_withdrawn"), "Deze link werkt niet meer", "Zin van de server."),
        (refused("invitation_unknown"), "Deze link klopt niet", "Zin van de server."),
        (refused("something_new"), "Zin van de server.", "Probeer opnieuw"),
        (WelcomeStep::Stopped(ApiError::Offline), "Voor de eerste keer heeft u internet nodig", "Probeer opnieuw"),
        (WelcomeStep::Stopped(ApiError::Failed), "Er is niets veranderd.", "Probeer opnieuw"),
        (WelcomeStep::NoLink, "Deze link klopt niet", "Log in"),
    ];
    for (step, sentence, way) in cases {
        let shown = page(Registering { language: Language::Nl, step: step.clone(), problem: None });
        assert!(shown.contains(sentence) && shown.contains(way), "{step:?}: {shown}");
        assert!(!shown.contains("Maak mijn passkey"));
    }
    let english = page(Registering { language: Language::En, step: refused("invitation_used"), problem: None });
    assert!(english.contains("Sentence of the server.") && english.contains("This invitation was already used"));
}

#[test]
fn login_says_what_went_wrong_beside_the_button() {
    let shown = html(
        |()| {
            rsx! {
                LoginPage {
                    language: Language::Nl,
                    problem: "U bent nog niet ingelogd.".to_owned(),
                    busy: false,
                    on_login: |()| {},
                }
            }
        },
        (),
    );
    assert!(shown.contains("Log in met passkey") && shown.contains("role=\"alert\""), "{shown}");
    assert!(shown.contains("Bel uw adviseur"));
}

#[test]
fn an_address_that_leads_nowhere_leads_back() {
    let shown = html(
        |()| {
            rsx! {
                NotFoundPage { language: Language::En }
            }
        },
        (),
    );
    assert!(shown.contains("This page does not exist") && shown.contains(r#"href="/""#), "{shown}");
}

fn in_place(place: Place, copied: bool) -> String {
    html(
        |(place, copied): (Place, bool)| {
            rsx! {
                WelcomePage {
                    language: Language::Nl,
                    step: invited(),
                    problem: None,
                    busy: false,
                    place,
                    copied,
                    on_retry: |()| {},
                    on_register: |_| {},
                }
            }
        },
        (place, copied),
    )
}

#[test]
fn inside_a_mail_program_the_way_out_is_shown_and_the_link_stays_good() {
    let shown = in_place(Place::InsideIos, false);
    assert!(shown.contains("U bent hier in uw mailprogramma."), "{shown}");
    assert!(shown.contains("Open Safari.") && shown.contains("De link is nog niet gebruikt en blijft werken."));
    assert!(
        shown.contains("Kopieer de link") && shown.contains("Toch hier verdergaan") && shown.contains("tel:0302345678")
    );
    assert!(!shown.contains("Maak mijn passkey"));
    assert!(in_place(Place::Inside, false).contains("Open Chrome"));
    assert!(in_place(Place::Inside, true).contains("De link is gekopieerd"));
}

#[test]
fn a_browser_without_passkeys_offers_no_way_that_cannot_work() {
    let shown = in_place(Place::Without, false);
    assert!(shown.contains("Deze browser kan geen passkey maken."), "{shown}");
    assert!(!shown.contains("Toch hier verdergaan") && !shown.contains("Maak mijn passkey"));
    assert!(in_place(Place::Browser, false).contains("Maak mijn passkey"));
}
