//! Tests of the page on which a firm sets up its portal: its name, its logo, its colour, its welcome; and
//! of what its people and its clients then see.

use axum::http::StatusCode;
use image::{DynamicImage, ImageFormat, Rgb, RgbImage};
use model::{
    api::{Invitation, InvitationQuery},
    hash::ContentHash,
};
use std::io::Cursor;
use storage::db::{AdvisorRole, DbError};
use testkit::{
    bomb,
    console_page::{ConsolePage, assert_redirect},
    harness::Answer,
};

const PORTAL: &str = "/kantoor/portaal";

fn picture(format: ImageFormat, side: u32) -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    DynamicImage::from(RgbImage::from_pixel(side, side, Rgb([15, 91, 102]))).write_to(&mut bytes, format).unwrap();
    bytes.into_inner()
}

type Fields = Vec<(String, String)>;

fn fields(changed: &[(&str, &str)]) -> Fields {
    let all = [
        ("name", "Noord Belastingadvies"),
        ("phone", "030 234 56 78"),
        ("welcome_nl", ""),
        ("welcome_en", ""),
        ("sender_name", "Noord"),
        ("sender_address", "hallo@noord.example"),
        ("accent", "#2546a8"),
        ("statement_nl", "Ik ga akkoord."),
        ("statement_en", "I agree."),
    ];
    let extra = changed.iter().filter(|(name, _)| all.iter().all(|(known, _)| known != name));
    let all = all.iter().map(|field| changed.iter().find(|(name, _)| *name == field.0).unwrap_or(field));
    all.chain(extra).map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
}

/// Returns the mark of what a page shows.
async fn seen(console: &mut ConsolePage) -> String {
    let page = console.page(PORTAL).await;
    page.split("name=\"seen\" value=\"").nth(1).unwrap().split('"').next().unwrap().to_owned()
}

/// Saves what is changed on the page as it is now.
async fn save(console: &mut ConsolePage, changed: &[(&str, &str)], file: Option<&[u8]>) -> Answer {
    let seen = seen(console).await;
    let changed: Vec<_> = changed.iter().copied().chain([("seen", seen.as_str())]).collect();
    console.upload_to(PORTAL, &fields(&changed), file).await
}

fn logo(console: &ConsolePage) -> Option<ContentHash> {
    console.app.state.db.read::<_, DbError>(|q| q.portal(console.home.firm.id)).unwrap().logo
}

#[tokio::test]
async fn of_two_who_save_at_once_the_second_is_told() {
    let mut console = ConsolePage::new().await;
    let seen = seen(&mut console).await;
    let mine = fields(&[("name", "Eerste"), ("seen", &seen)]);
    assert_redirect(&console.upload_to(PORTAL, &mine, None).await, "/kantoor/portaal?opgeslagen");
    let file = picture(ImageFormat::Png, 64);
    let theirs = console.upload_to(PORTAL, &fields(&[("name", "Tweede"), ("seen", &seen)]), Some(&file)).await;
    assert_eq!(theirs.status, StatusCode::CONFLICT);
    let text = theirs.text();
    assert!(text.contains("Iemand anders heeft dit net opgeslagen") && text.contains("value=\"Tweede\""), "{text}");
    let name =
        |console: &ConsolePage| console.app.state.db.read(|q| q.firm(console.home.firm.id)).unwrap().unwrap().name;
    assert_eq!((name(&console).as_str(), logo(&console)), ("Eerste", None));
    // The second attempt knows what is saved.
    assert_redirect(&save(&mut console, &[("name", "Tweede")], Some(&file)).await, "/kantoor/portaal?opgeslagen");
    assert_eq!(name(&console), "Tweede");
}

#[tokio::test]
async fn the_firm_sets_up_its_portal() {
    let mut console = ConsolePage::new().await;
    let name = ("name", "Noord & Zn. <Advies>");
    let wrong = save(&mut console, &[name, ("accent", "groen")], None).await;
    assert_eq!(wrong.status, StatusCode::BAD_REQUEST);
    let text = wrong.text();
    assert!(text.contains("Dit is geen kleur") && text.contains("Noord &#38; Zn. &#60;Advies&#62;"), "{text}");
    let right = [name, ("accent", "#0F5B66"), ("welcome_nl", "Fijn dat\r\n u er bent.")];
    assert_redirect(&save(&mut console, &right, None).await, "/kantoor/portaal?opgeslagen");
    let firm = console.app.state.db.read(|q| q.firm(console.home.firm.id)).unwrap().unwrap();
    assert_eq!((firm.name.as_str(), firm.accent.as_str()), ("Noord & Zn. <Advies>", "#0f5b66"));
    let page = console.page("/kantoor/portaal?opgeslagen").await;
    assert!(page.contains("Opgeslagen.") && page.contains("Fijn dat u er bent."), "{page}");
    let cover = console.year().cover.clone().unwrap();
    assert_eq!((cover.firm.name.as_str(), cover.firm.accent.as_str()), ("Noord & Zn. <Advies>", "#0f5b66"));
}

#[tokio::test]
async fn without_script_the_colour_that_was_changed_counts() {
    let mut console = ConsolePage::new().await;
    let saved =
        |console: &ConsolePage| console.app.state.db.read(|q| q.firm(console.home.firm.id)).unwrap().unwrap().accent;
    assert_eq!(saved(&console), "#2546a8");
    for (typed, chosen, counts) in [
        // Another swatch was chosen.
        ("#2546a8", "#7a2e5d", "#7a2e5d"),
        // A colour was typed, and the swatch stayed the same.
        ("#F2B705", "#7a2e5d", "#f2b705"),
        // A colour was typed, and no swatch is chosen.
        ("#123456", "", "#123456"),
    ] {
        let given = [("accent", typed), ("swatch", chosen)];
        assert_redirect(&save(&mut console, &given, None).await, "/kantoor/portaal?opgeslagen");
        assert_eq!(saved(&console), counts, "{typed} {chosen}");
    }
}

#[tokio::test]
async fn a_logo_is_drawn_anew_and_seen_by_whoever_stands_at_the_door() {
    let mut console = ConsolePage::new().await;
    let plain = console.page(PORTAL).await;
    assert!(plain.contains("U heeft nog geen logo") && plain.contains("/icons/akkoord.svg"));
    for format in [ImageFormat::Jpeg, ImageFormat::WebP, ImageFormat::Png] {
        let file = picture(format, 600);
        assert_redirect(&save(&mut console, &[], Some(&file)).await, "/kantoor/portaal?opgeslagen");
        let hash = logo(&console).unwrap();
        assert_ne!(hash, ContentHash::of(&file), "{format:?} is kept as it came");
        let answer = console.app.browser().get(&format!("/api/logos/{hash}")).await;
        assert_eq!((answer.status, answer.header("content-type")), (StatusCode::OK, "image/png"));
        assert!(answer.header("cache-control").contains("immutable"));
        assert_eq!(answer.header("content-security-policy"), "default-src 'none'; sandbox");
        let picture = image::load_from_memory_with_format(&answer.body, ImageFormat::Png).unwrap();
        assert_eq!((picture.width(), picture.height()), (256, 256));
    }
    let hash = logo(&console).unwrap();
    // Saving something else leaves it unchanged.
    assert_redirect(&save(&mut console, &[], None).await, "/kantoor/portaal?opgeslagen");
    assert_eq!(logo(&console), Some(hash));
    let mut person = console.app.person_browser(&console.home.people[0]).await;
    assert_eq!(person.me().await.unwrap().memberships[0].logo, Some(hash));
    for page in
        ["/kantoor", "/kantoor/portaal", "/kantoor/portaal/voorbeeld/overzicht", "/kantoor/portaal/voorbeeld/welkom"]
    {
        assert!(console.page(page).await.contains(&format!("/api/logos/{hash}")), "{page}");
    }
    assert_redirect(&save(&mut console, &[("logo_remove", "yes")], None).await, "/kantoor/portaal?opgeslagen");
    assert_eq!(logo(&console), None);
    assert_eq!(console.app.browser().get(&format!("/api/logos/{hash}")).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn what_is_no_logo_says_what_to_do() {
    let mut console = ConsolePage::new().await;
    let huge = vec![0x89; 1024 * 1024 + 1];
    for (file, sentence) in [
        (&b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>"[..], "Dit is een SVG"),
        (b"GIF89a\x01\0\x01\0", "Dit is geen PNG, JPEG of WebP"),
        (b"%PDF-1.7", "Dit is geen PNG, JPEG of WebP"),
        (b"\x89PNG\r\n\x1a\nnot really", "Dit bestand kan niet worden gelezen"),
        (&picture(ImageFormat::Png, 16), "kleiner dan 32 bij 32"),
        (&bomb::png(2001, 0), "breder of hoger dan 2.000 punten"),
        // Its profile becomes 142 MB.
        (&bomb::whole_png(64, 550_000), "Dit bestand kan niet worden gelezen"),
        (&huge, "groter dan 1 MB"),
    ] {
        let answer = save(&mut console, &[("name", "Anders")], Some(file)).await;
        assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{sentence}");
        let text = answer.text();
        assert!(text.contains(sentence) && text.contains("Anders"), "{sentence}");
    }
    assert_eq!(logo(&console), None);
    let firm = console.app.state.db.read(|q| q.firm(console.home.firm.id)).unwrap().unwrap();
    assert_ne!(firm.name, "Anders", "nothing of a form with a mistake is kept");
}

#[tokio::test]
async fn nobody_looks_into_a_logo_of_a_form_that_is_wrong_otherwise() {
    let mut console = ConsolePage::new().await;
    for wrong in [("accent", "groen"), ("name", ""), ("seen", "van gisteren")] {
        let answer = console.upload_to(PORTAL, &fields(&[wrong]), Some(b"\x89PNG\r\n\x1a\nnot really")).await;
        let text = answer.text();
        assert!(text.contains("Kies het bestand nog eens") && !text.contains("kan niet worden gelezen"), "{wrong:?}");
    }
}

#[tokio::test]
async fn the_fields_of_a_form_with_a_file_have_an_end() {
    let mut console = ConsolePage::new().await;
    let long = "a".repeat(300_000);
    let half = "a".repeat(150_000);
    for changed in [[("welcome_nl", long.as_str()), ("welcome_en", "")], [("welcome_nl", &half), ("unknown", &half)]] {
        let answer = save(&mut console, &changed, None).await;
        assert_eq!(answer.status, StatusCode::PAYLOAD_TOO_LARGE);
    }
}

#[tokio::test]
async fn who_is_invited_is_welcomed_in_the_firms_words() {
    let mut console = ConsolePage::new().await;
    let words = [("welcome_nl", "Fijn dat u er bent."), ("welcome_en", "Good to have you.")];
    let file = picture(ImageFormat::Png, 64);
    assert_redirect(&save(&mut console, &words, Some(&file)).await, "/kantoor/portaal?opgeslagen");
    let token = console.app.invite(&console.home.people[0]);
    let answer = console.app.browser().post("/api/invitation", &InvitationQuery { token }).await;
    let invitation: Invitation = answer.result().unwrap();
    assert_eq!(invitation.welcome, "Fijn dat u er bent.");
    assert_eq!(invitation.logo, logo(&console));
    let page = console.page("/kantoor/portaal/voorbeeld/welkom").await;
    assert!(page.contains("Fijn dat u er bent.") && page.contains("data-plain=\"Hier regelt u samen"), "{page}");
}

#[tokio::test]
async fn a_colour_is_a_style_sheet_and_nothing_else_is() {
    let app = testkit::harness::TestApp::new();
    let answer = app.browser().get("/api/accents/0f5b66").await;
    assert_eq!((answer.status, answer.header("content-type")), (StatusCode::OK, "text/css; charset=utf-8"));
    assert!(answer.text().contains("--accent: #0f5b66") && answer.text().contains("prefers-color-scheme: dark"));
    for odd in ["0f5b6", "0f5b66.css", "zzzzzz", "%23fff%7D"] {
        assert_eq!(app.browser().get(&format!("/api/accents/{odd}")).await.status, StatusCode::NOT_FOUND, "{odd}");
    }
}

#[tokio::test]
async fn a_preview_runs_nothing_and_is_shown_on_our_pages_only() {
    let mut console = ConsolePage::new().await;
    for screen in ["overzicht", "welkom", "mail"] {
        let answer = console.browser.get(&format!("/kantoor/portaal/voorbeeld/{screen}")).await;
        assert_eq!(answer.status, StatusCode::OK);
        let policy = answer.header("content-security-policy");
        assert!(policy.contains("frame-ancestors 'self'") && policy.contains("sandbox"), "{policy}");
        assert!(policy.starts_with("default-src 'none'") && !policy.contains("script"), "{policy}");
        assert!(!answer.text().contains("<script"), "{screen}");
    }
    let tried = console.page("/kantoor/portaal/voorbeeld/mail?accent=%23f2b705&name=Zuid%20%3CAdvies%3E").await;
    assert!(tried.contains("#f2b705") && tried.contains("Zuid &lt;Advies&gt;"), "{tried}");
    let proof = console.page("/kantoor/portaal?accent=%23f2b705").await;
    assert!(proof.contains("Knop: 11,6 : 1"), "{proof}");
    assert_eq!(console.browser.get("/kantoor/portaal/voorbeeld/anders").await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn only_an_administrator_changes_it() {
    let mut console = ConsolePage::new().await;
    let (id, role) = (console.home.advisor.id, AdvisorRole::Advisor);
    console.app.state.db.write_blocking(move |tx| tx.set_advisor_role(id, role)).unwrap();
    assert!(console.page(PORTAL).await.contains("Alleen een beheerder"));
    let answer = save(&mut console, &[], Some(&picture(ImageFormat::Png, 64))).await;
    assert_eq!(answer.status, StatusCode::FORBIDDEN);
    assert_eq!(logo(&console), None);
}
