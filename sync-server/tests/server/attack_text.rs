//! Tests with characters that no honest text has: what a device, a form, a file or a greeting brings of them is
//! refused or comes in without them, and what got past the check is drawn as its number.

use axum::http::StatusCode;
use documents::{
    document::Document,
    protocol::{self, ToServer},
    replay::Reason,
};
use mail::Notice;
use model::{
    hash::ContentHash,
    id::*,
    language::Language,
    record::*,
    section::{Party, Write},
    text::{Line, Shape},
};
use paper::{Report, ReportPart, report};
use storage::{
    clock::random,
    db::{DbError, NewChange},
};
use sync_server::sync::{Closed, Connection};
use testkit::{
    attacker::Siege,
    console_page::{ConsolePage, YEAR},
    harness::TestApp,
};

/// Characters of every kind: all that no text has, and some of each block of all planes.
fn characters() -> impl Iterator<Item = char> {
    let ranges =
        [0..0x21, 0x7f..0xa2, 0x200b..0x2010, 0x2028..0x2030, 0x2060..0x2070, 0xfdd0..0xfdf0, 0xfff0..0x1_0001];
    let planes = (0..=16).flat_map(|plane| [plane << 16 | 0xfffe, plane << 16 | 0xffff]);
    ranges.into_iter().flatten().chain(planes).chain((0x400..0x11_0000).step_by(9_973)).filter_map(char::from_u32)
}

/// Returns a write whose record says `harmful` where it said `honest`, as only a changed app makes one.
fn bent(write: &Write, honest: &str, harmful: &str) -> Write {
    let harmful = serde_json::to_string(harmful).unwrap();
    let value = write.value.replace(&serde_json::to_string(honest).unwrap(), &harmful);
    assert_ne!(value, write.value);
    Write { value, ..write.clone() }
}

const HARMFUL: [&str; 8] = [
    "Bea\u{ffff} de Boer",
    "Bea\u{fdd0} de Boer",
    "Bea\u{1fffe} de Boer",
    "Bea\u{202e} de Boer",
    "Bea\u{2066} de Boer",
    "Bea\0 de Boer",
    "Bea\u{1b}[2J de Boer",
    "\u{200b}\u{2060}",
];

#[tokio::test]
async fn no_record_of_a_device_brings_a_character_that_no_text_has() {
    let siege = Siege::new().await;
    let (by, at) = (siege.person.id, siege.now());
    let proposal = ChangeProposal {
        by,
        at,
        person: by,
        circumstance: Circumstance::Details,
        effective: None,
        changes: vec![DetailChange { field: DetailField::Name, old: "Marieke".into(), new: "eerlijk".into() }],
        remark: "opmerking".into(),
    };
    let proposal = Write::of(&ProposalId::from_random(random()), &proposal);
    let file = Attachment {
        name: "eerlijk".into(),
        media_type: "application/pdf".into(),
        size: 10,
        hash: ContentHash([1; 32]),
        by,
        at,
        answers: None,
        task: None,
        item: None,
        kind: None,
        replaces: None,
        year: None,
        note: "opmerking".into(),
    };
    let file = Write::of(&AttachmentId::from_random(random()), &file);
    let message = siege.message("eerlijk");
    let decline = Decline { revision: RevisionId::from_random(random()), by, at, reason: "eerlijk".into() };
    let decline = Write::of(&DeclineId::from_random(random()), &decline);
    for harmful in HARMFUL {
        for (write, honest) in [
            (&proposal, "eerlijk"),
            (&proposal, "opmerking"),
            (&proposal, "Marieke"),
            (&file, "eerlijk"),
            (&file, "opmerking"),
            (&message, "eerlijk"),
            (&decline, "eerlijk"),
        ] {
            let change = siege.change(vec![bent(write, honest, harmful)]);
            assert_eq!(
                siege.push(&[change]),
                Err(Reason::Malformed),
                "{harmful:?} for {honest} in {:?}",
                write.section
            );
        }
    }
    let change = siege.change(vec![bent(&file, "eerlijk", "jaarop\u{202e}fdp.exe")]);
    siege.assert_refused(&[change], Reason::Malformed);
    // A refusal of a revision that nobody set out is refused for another reason.
    siege.assert_refused(&[siege.change(vec![decline])], Reason::UnknownSubject);
    for write in [proposal, file, message] {
        assert_eq!(siege.push(&[siege.change(vec![write])]), Ok(()), "the honest one is taken");
    }
}

#[tokio::test]
async fn a_record_that_got_past_the_check_hides_nothing_else_of_its_year() {
    let siege = Siege::new().await;
    siege.assert_still_works();
    let (id, mut document) = siege.document();
    let bad = bent(&siege.message("eerlijk"), "eerlijk", "Bea\u{ffff}");
    let raw = document.write(&random(), siege.now(), std::slice::from_ref(&bad)).unwrap().unwrap();
    let (db, now) = (&siege.console.app.state.db, siege.now());
    let row = db.read::<_, DbError>(|q| q.document(id)).unwrap().unwrap();
    let change =
        NewChange { hash: raw.hash, actor: random(), device: None, bytes: raw.bytes, writes: vec![bad.clone()] };
    db.write_blocking::<_, DbError>(move |tx| tx.append_changes(id, row.head_seq, &[change], now)).unwrap();
    assert_eq!(row.info.party, Party::Client);
    let Siege { console, browser, person, .. } = siege;
    let siege = Siege::of(console.restarted(), browser, person).await;
    let year = siege.console.year();
    assert!(year.unknown.iter().any(|record| record.key == bad.key), "it is named");
    assert_eq!(year.messages.len(), 1, "and nothing else is missing");
    siege.assert_still_works();
}

#[tokio::test]
async fn what_is_typed_into_a_form_or_stands_in_a_file_comes_in_without_them() {
    let mut console = ConsolePage::new().await;
    let name = "Bea\u{ffff}\u{202e} de Boer";
    let fields = [
        ("number", "20\u{0}010"),
        ("name", name),
        ("name_1", name),
        ("given_name_1", "Be\u{fdd0}a"),
        ("email_1", "bea@\u{fffe}boer.example"),
        ("language_1", "nl"),
    ];
    let answer = console.browser.submit("/kantoor/klanten/nieuw", &fields).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.text());
    let firm = console.home.firm.id;
    let known = console.app.state.db.read(|q| q.known_client(firm, "20010")).unwrap().unwrap();
    let person = &known.people[0].row;
    assert_eq!(
        [&known.client.name, &person.name, &person.given_name, &person.email],
        ["Bea de Boer", "Bea de Boer", "Bea", "bea@boer.example"]
    );
    let file = "Klantnummer;Voornaam;Achternaam;E-mail\r\n20011;Be\u{ffff}a;de\u{202e} Boer;bea@zoe.example\r\n";
    let here = console.upload_to("/kantoor/importeren", &[], Some(file.as_bytes())).await.header("location").to_owned();
    let html = console.page(&here).await;
    assert!(!html.contains(['\u{ffff}', '\u{202e}']) && html.contains("de Boer"), "{html}");
}

#[tokio::test]
async fn a_greeting_says_its_release_in_forty_characters_of_one_line() {
    let siege = Siege::new().await;
    let greet = |app_version: &str| {
        // The type of the field takes no such text, so that the bytes are made by hand.
        let honest = "x".repeat(app_version.len().min(40));
        let wish =
            ToServer::Hello { version: protocol::VERSION, app_version: honest.as_str().into(), documents: Vec::new() };
        let bytes = protocol::encode(&wish);
        let length = |n: usize| protocol::encode(&n);
        let from = [length(honest.len()), honest.into_bytes()].concat();
        let to = [length(app_version.len()), app_version.as_bytes().to_vec()].concat();
        let at = bytes.windows(from.len()).position(|part| part == from).unwrap();
        let frame = [&bytes[..at], &to, &bytes[at + from.len()..]].concat();
        Connection::read(&frame).and_then(|message| siege.line_before_greeting().receive(message))
    };
    assert!(greet("0.1.0").is_ok() && greet(&"9".repeat(40)).is_ok());
    for harmful in
        ["9".repeat(41), "9".repeat(200_000), "0.1\u{1b}[2J".to_owned(), "0.1\n0.2".to_owned(), "0\u{202e}1".to_owned()]
    {
        assert!(matches!(greet(&harmful), Err(Closed::Malformed)), "{} bytes", harmful.len());
    }
}

#[tokio::test]
async fn names_of_every_kind_of_character_become_mails_and_paper() {
    let app = TestApp::with(|config| config.mails_at_once = true);
    let home = app.household("Noord");
    let (composer, now, person) = (app.state.composer.clone(), app.now(), home.people[0].clone());
    let names: Vec<_> = characters().map(|c| format!("Bea {c} de Boer")).collect();
    let queued = names.clone();
    app.state
        .db
        .write_blocking::<_, DbError>(move |tx| {
            for name in queued {
                tx.set_person_called(person.id, &name, Language::Nl)?;
                composer.queue(
                    tx,
                    &Notice::Revision { person: person.id, tax_year: YEAR, number: 1, due: None },
                    now,
                )?;
            }
            Ok(())
        })
        .unwrap();
    let mails = app.mails();
    assert_eq!(mails.len(), names.len());
    for (row, name) in mails.iter().rev().zip(&names) {
        let html = &row.mail.body_html;
        assert!(html.contains("</table>"), "drawn in its frame: {name:?}");
        assert!(html.chars().all(|c| Shape::Text.takes(c) || c == '\r'), "{name:?}");
    }
    let parts = names.iter().map(|name| ReportPart::Fact("Naam".into(), name.clone())).collect();
    let [firm, title, subtitle, foot] = [&names[0], &names[1], &names[2], &names[3]].map(Clone::clone);
    let pdf = report(&Report { language: Language::Nl, firm, title, subtitle, foot, parts });
    assert!(pdf.starts_with(b"%PDF"));
    assert!(names.iter().all(|name| Line::<200>::read(&Line::<200>::from(name.as_str())).is_ok()));
}

/// What the log of changes has is what the app reads, so that the app refuses what the server refuses.
#[tokio::test]
async fn an_app_reads_a_year_with_such_a_record_too() {
    let siege = Siege::new().await;
    let (_, mut document) = siege.document();
    let bad = bent(&siege.message("eerlijk"), "eerlijk", "Bea\u{202e}");
    let good = siege.message("dag");
    document.write(&random(), siege.now(), &[bad, good]).unwrap().unwrap();
    let copy = Document::load(&document.save()).unwrap();
    let year = documents::dossier::DossierYear::read(None, Some(&copy));
    assert_eq!((year.messages.len(), year.unknown.len()), (1, 1));
}
