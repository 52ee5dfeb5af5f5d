//! Tests of taking out all documents at once: what is in the ZIP file, that every program opens it, that one that
//! breaks off opens nowhere, and who gets it.

use axum::{
    body::Body,
    http::{Request, StatusCode, header},
};
use futures_util::StreamExt;
use model::{attachment::MediaType, event::EventKind, hash::ContentHash, id::*, record::*};
use proof::evidence::verify;
use std::{
    collections::BTreeMap,
    io::{Cursor, Read},
    process::Command,
};
use storage::{
    attachment::StoredFile,
    clock::random,
    db::{Client, DbError, FileView, Tx},
};
use testkit::{
    console_page::{ConsolePage, PAGE, YEAR, assert_redirect, pdf},
    harness::{Answer, Browser},
};
use zip::ZipArchive;

const MANY: &str = "/kantoor/klanten/documenten.zip";

/// Gives an invoice of Marieke. Without bytes it never arrives.
async fn give(console: &mut ConsolePage, hers: &mut Browser, name: &str, bytes: Option<&[u8]>) -> AttachmentId {
    give_as(console, hers, name, Some(DocumentKind::Invoice), bytes).await
}

async fn give_as(
    console: &mut ConsolePage,
    hers: &mut Browser,
    name: &str,
    kind: Option<DocumentKind>,
    bytes: Option<&[u8]>,
) -> AttachmentId {
    let marieke = console.home.people[0].clone();
    let (client, files, at) = (console.home.client.id, &console.app.state.files, console.app.now());
    let (id, hash) = (AttachmentId::from_random(random()), ContentHash::of(bytes.unwrap_or(name.as_bytes())));
    let (size, media_type) = (bytes.map_or(10, <[u8]>::len) as u64, MediaType::Pdf);
    let attachment = Attachment {
        name: name.into(),
        media_type: media_type.mime().into(),
        size,
        hash,
        by: marieke.id,
        at,
        answers: None,
        task: None,
        item: None,
        kind,
        replaces: None,
        year: None,
        note: String::new(),
    };
    console.write(hers, &id, &attachment).await;
    if let Some(bytes) = bytes {
        let stored = StoredFile { hash, size, media_type, pages: 1, view: FileView::Download };
        files.put(&console.app.state.db, client, files.receive(bytes).unwrap(), stored).unwrap();
        let receipt = Receipt { at, hash, size, media_type: media_type.mime().into() };
        let nothing_more = Box::new(|_: &Tx<'_>| Ok(()));
        console.app.state.dossiers.receive(&marieke, YEAR, id, receipt, nothing_more).unwrap();
    }
    id
}

async fn take_out(browser: &mut Browser, path: &str) -> BTreeMap<String, Vec<u8>> {
    opened(&browser.get(path).await)
}

/// Returns the files of a ZIP file with their paths.
fn opened(answer: &Answer) -> BTreeMap<String, Vec<u8>> {
    assert_eq!(answer.status, StatusCode::OK, "{}", String::from_utf8_lossy(&answer.body));
    assert_eq!(answer.header(header::CONTENT_TYPE), "application/zip");
    let mut archive = ZipArchive::new(Cursor::new(&answer.body)).unwrap();
    let mut files = BTreeMap::new();
    for at in 0..archive.len() {
        let mut file = archive.by_index(at).unwrap();
        let (name, mut bytes) = (file.name().unwrap().into_owned(), Vec::new());
        file.read_to_end(&mut bytes).unwrap();
        assert!(files.insert(name, bytes).is_none());
    }
    files
}

fn text<'f>(files: &'f BTreeMap<String, Vec<u8>>, path: &str) -> &'f str {
    std::str::from_utf8(&files[path]).unwrap()
}

/// Returns how often it is in the log that documents of the household were taken out.
fn times_logged(console: &ConsolePage) -> usize {
    let events = console.app.state.db.read(|q| q.events(console.home.client.id, YEAR, 500)).unwrap();
    events.iter().filter(|e| e.event.kind() == Some(EventKind::DocumentsTakenOut)).count()
}

/// Fills a household's year with one of everything.
async fn of_everything() -> ConsolePage {
    let mut console = ConsolePage::new().await;
    let marieke = console.home.people[0].clone();
    let mut hers = console.app.person_browser(&marieke).await;
    console.set_out_checklist().await;
    give(&mut console, &mut hers, "Één bon.pdf", Some(b"bon")).await;
    give(&mut console, &mut hers, "onderweg.pdf", None).await;
    let taken_back = give(&mut console, &mut hers, "terug.pdf", Some(b"terug")).await;
    let withdrawal = Withdrawal { by: marieke.id, at: console.app.now() };
    console.write(&mut hers, &taken_back, &withdrawal).await;
    let body = [("body".to_owned(), "Zie de brief.".to_owned())];
    let sent = console.upload_to(&format!("{PAGE}/bericht"), &body, Some(&pdf("brief"))).await;
    assert_redirect(&sent, &format!("{PAGE}/berichten"));
    let letter = [("kind", "letter"), ("title", "Brief: ja/nee?")].map(|(n, v)| (n.to_owned(), v.to_owned()));
    let sent = console.upload_to(&format!("{PAGE}/archief"), &letter, Some(&pdf("archief"))).await;
    assert_redirect(&sent, &format!("{PAGE}/archief"));
    let revision = console.set_out_revision("1").await;
    console.approve(&mut hers, &marieke, revision).await;
    console.set_out_revision("2").await;
    console
}

#[tokio::test]
async fn a_household_is_taken_out_with_everything_of_the_year_and_an_index() {
    let mut console = of_everything().await;
    let page = console.page(PAGE).await;
    assert!(page.contains(&format!("href=\"{PAGE}/documenten.zip\"")), "{page}");
    let path = format!("{PAGE}/documenten.zip");
    let answer = console.browser.get(&path).await;
    assert_eq!(answer.header(header::CONTENT_DISPOSITION), "attachment; filename=\"documenten-10417-2025.zip\"");
    let files = opened(&answer);
    let names: Vec<_> = files.keys().map(String::as_str).collect();
    let checklist = console.year().checklists.values().next().unwrap().template.title.nl.clone();
    let (answers_csv, answers_pdf) = (format!("Antwoorden/{checklist}.csv"), format!("Antwoorden/{checklist}.pdf"));
    let given = console.year().revisions[0].clone();
    let title = given.tax_return().unwrap().title(model::language::Language::Nl);
    let [one, two] = [1, 2].map(|n| format!("Aangiften/{title} Marieke Jansen, Thomas Bakker, versie {n}.pdf"));
    let proof = format!("Akkoord/Akkoord Marieke Jansen, {title} Marieke Jansen, Thomas Bakker, versie 1.zip");
    let mut expected = vec![
        one.as_str(),
        &two,
        &proof,
        &answers_csv,
        &answers_pdf,
        "Archief/Brief- ja-nee-.pdf",
        "Berichten/Aangifte 2025.pdf",
        "Documenten/Factuur of bon - Één bon.pdf",
        "Inhoud.csv",
        "Inhoud.html",
    ];
    expected.sort_unstable();
    assert_eq!(names, expected);
    assert_eq!(files["Documenten/Factuur of bon - Één bon.pdf"], b"bon");
    assert!(files[&answers_pdf].starts_with(b"%PDF-") && text(&files, &answers_csv).contains("Onderdeel"));
    assert!(verify(&files[&proof]).unwrap().counts);
    let index = text(&files, "Inhoud.csv");
    let line = |name: &str| index.lines().find(|line| line.contains(name)).unwrap_or_else(|| panic!("{name}: {index}"));
    let sent = line("Één bon.pdf");
    for fact in ["Marieke Jansen", "2 maart 2026, 10:00", &ContentHash::of(b"bon").to_string(), "Factuur of bon"] {
        assert!(sent.contains(fact), "{fact}: {sent}");
    }
    assert!(line("onderweg.pdf").contains("Nooit aangekomen"));
    assert!(line("terug.pdf").contains("Ingetrokken door de klant"));
    assert!(line("versie 1.pdf").contains("Vervangen door een nieuwere versie"));
    assert!(line("versie 1.pdf").contains("Sanne de Wit"));
    let page = text(&files, "Inhoud.html");
    assert!(
        page.contains("href=\"Documenten/Factuur%20of%20bon%20-%20%C3%89%C3%A9n%20bon.pdf\"")
            && page.contains("2 bestanden staan er niet in")
    );
    assert_eq!(times_logged(&console), 1);
    take_out(&mut console.browser, &path).await;
    assert_eq!(times_logged(&console), 1, "the same is logged once an hour");
    console.app.pass_seconds(3601);
    take_out(&mut console.browser, &path).await;
    assert_eq!(times_logged(&console), 2);
    assert!(console.page(&format!("{PAGE}/akkoord")).await.contains("U downloadde alle documenten: 8 bestanden"));
}

#[tokio::test]
async fn programs_that_others_made_find_every_file_whole() {
    let mut console = of_everything().await;
    let answer = console.browser.get(&format!("{PAGE}/documenten.zip")).await;
    let names: Vec<_> = opened(&answer).into_keys().collect();
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("documenten.zip");
    std::fs::write(&path, &answer.body).unwrap();
    let listing = "import sys, zipfile; z = zipfile.ZipFile(sys.argv[1]); assert z.testzip() is None; \
                   sys.stdout.buffer.write('\\n'.join(sorted(z.namelist())).encode())";
    let path = path.to_str().unwrap();
    let programs: [(&str, &[&str]); 4] =
        [("python3", &["-c", listing, path]), ("unzip", &["-tq", path]), ("7z", &["t", path]), ("7zz", &["t", path])];
    for (program, arguments) in programs {
        // A program that is not on this machine is asked on another one.
        let Ok(output) = Command::new(program).args(arguments).output() else { continue };
        assert!(output.status.success(), "{program}: {}", String::from_utf8_lossy(&output.stderr));
        if program == "python3" {
            assert_eq!(String::from_utf8(output.stdout).unwrap(), names.join("\n"));
        }
    }
}

#[tokio::test]
async fn no_name_that_a_client_chose_is_one_that_a_system_does_not_take() {
    let mut console = ConsolePage::new().await;
    let marieke = console.home.people[0].clone();
    let mut hers = console.app.person_browser(&marieke).await;
    let long = format!("{}.pdf", "n".repeat(250));
    let wishes = ["CON.pdf", "..", "Scan.pdf", "scan.pdf", "SCAN.PDF", "wat?*.pdf", "factuur.exe", &long];
    for (number, wish) in wishes.iter().enumerate() {
        give_as(&mut console, &mut hers, wish, None, Some(format!("{number}").as_bytes())).await;
        console.app.pass_seconds(1);
    }
    let files = take_out(&mut console.browser, &format!("{PAGE}/documenten.zip")).await;
    let cut = format!("{}.pdf", "n".repeat(96));
    let expected = [
        ("_CON.pdf", "0"),
        ("document.pdf", "1"),
        ("Scan.pdf", "2"),
        ("scan (2).pdf", "3"),
        ("SCAN (3).PDF", "4"),
        ("wat--.pdf", "5"),
        ("factuur.exe.pdf", "6"),
        (&cut, "7"),
    ];
    for (name, contents) in expected {
        let path = format!("Documenten/{name}");
        assert_eq!(files.get(&path).map(Vec::as_slice), Some(contents.as_bytes()), "{path}: {:?}", files.keys());
    }
    assert_eq!(files.len(), wishes.len() + 2);
}

/// Takes out a year. Returns what arrived, and whether that was all.
async fn taken_out(console: &mut ConsolePage) -> (Vec<u8>, bool) {
    let request = Request::get(format!("{PAGE}/documenten.zip")).body(Body::empty()).unwrap();
    let response = console.browser.begin(request).await;
    assert_eq!(response.status(), StatusCode::OK);
    let (mut arrived, mut pieces) = (Vec::new(), response.into_body().into_data_stream());
    while let Some(piece) = pieces.next().await {
        match piece {
            Ok(piece) => arrived.extend(piece),
            Err(_) => return (arrived, false),
        }
    }
    (arrived, true)
}

#[tokio::test]
async fn a_file_that_is_not_in_the_store_or_is_damaged_there_breaks_the_download_off() {
    let mut console = ConsolePage::new().await;
    let marieke = console.home.people[0].clone();
    let mut hers = console.app.person_browser(&marieke).await;
    let large = vec![7; 1_000_000];
    give(&mut console, &mut hers, "eerst.pdf", Some(&large)).await;
    console.app.pass_seconds(1);
    give(&mut console, &mut hers, "daarna.pdf", Some(b"daarna")).await;
    let (whole, is_all) = taken_out(&mut console).await;
    assert!(is_all && ZipArchive::new(Cursor::new(whole)).is_ok());
    let place = console.app.state.files.path(console.home.client.id, ContentHash::of(b"daarna"));
    for damage in [&b"daarnA"[..], b"daarn", b"daarna.", b""] {
        std::fs::write(&place, damage).unwrap();
        let (part, is_all) = taken_out(&mut console).await;
        assert!(!is_all && ZipArchive::new(Cursor::new(part)).is_err(), "{damage:?}");
    }
    std::fs::remove_file(&place).unwrap();
    let (part, is_all) = taken_out(&mut console).await;
    assert!(!is_all && part.len() > 700_000, "what came before it had been sent");
    assert!(ZipArchive::new(Cursor::new(part)).is_err(), "and does not open");
}

/// Adds a client to the firm. With `is_open` its year is there.
fn add(console: &ConsolePage, number: &str, name: &str, is_open: bool) -> ClientId {
    let id = ClientId::from_random(random());
    let client = Client { id, number: number.into(), name: name.into(), ..console.home.client.clone() };
    let now = console.app.now();
    console.app.state.db.write_blocking::<_, DbError>(move |tx| tx.add_client(&client, now)).unwrap();
    if is_open {
        console.app.state.dossiers.open_year(&console.home.advisor, id, YEAR).unwrap();
    }
    id
}

#[tokio::test]
async fn many_clients_have_a_folder_each_and_who_has_no_such_year_is_named() {
    let mut console = of_everything().await;
    add(&console, "A1", "Bakker", true);
    add(&console, "a1", "BAKKER", true);
    add(&console, "7", "../Slager: Vlees?", true);
    add(&console, "8", "Nog Niet", false);
    let table = console.page("/kantoor/klanten?jaar=2025&q=a").await;
    assert!(table.contains("formaction=\"/kantoor/klanten/documenten.zip?jaar=2025&#38;q=a\""), "{table}");
    let answer = console.browser.submit(&format!("{MANY}?jaar=2025"), &[("alles", "ja")]).await;
    assert_eq!(answer.header(header::CONTENT_DISPOSITION), "attachment; filename=\"documenten-2025.zip\"");
    let files = opened(&answer);
    assert_eq!(files["10417 Jansen en Bakker/Documenten/Factuur of bon - Één bon.pdf"], b"bon");
    assert!(files.contains_key("7 ..-Slager- Vlees-/Inhoud.html"), "{:?}", files.keys());
    let told_apart = files.keys().filter(|path| path.to_lowercase().starts_with("a1 bakker (2)/")).count();
    assert_eq!(told_apart, 2, "{:?}", files.keys());
    let overview = text(&files, "Overzicht.csv");
    assert!(
        overview.contains("\"8\";\"Nog Niet\";\"\";\"0\";\"\";\"2025 is voor deze klant niet geopend\""),
        "{overview}"
    );
    assert!(overview.contains("\"10417\";\"Jansen en Bakker\";\"10417 Jansen en Bakker\";\"8\";\"2\""), "{overview}");
    assert!(text(&files, "Overzicht.html").contains("href=\"10417%20Jansen%20en%20Bakker/Inhoud.html\""));
    assert_eq!(times_logged(&console), 1);
    let chosen = [("kies", "7"), ("kies", "A1"), ("kies", "8")];
    let files = opened(&console.browser.submit(&format!("{MANY}?jaar=2025"), &chosen).await);
    let mut names: Vec<_> = files.into_keys().collect();
    names.retain(|name| name.ends_with(".html"));
    assert_eq!(names, ["7 ..-Slager- Vlees-/Inhoud.html", "A1 Bakker/Inhoud.html", "Overzicht.html"]);
    let nobody = console.browser.submit(&format!("{MANY}?jaar=2025&q=x"), &[]).await;
    assert_redirect(&nobody, "/kantoor/klanten?jaar=2025&q=x");
}

#[tokio::test]
async fn another_firm_gets_nothing_of_a_client() {
    let console = of_everything().await;
    add(&console, "777", "Alleen van Noord", true);
    let other = console.app.household("Zuid");
    let mut stranger = console.app.advisor_browser(&other.advisor).await;
    for path in ["/kantoor/klanten/777/2025/documenten.zip", "/kantoor/klanten/10417/2025/documenten.zip"] {
        assert_eq!(stranger.get(path).await.status, StatusCode::NOT_FOUND, "{path}");
    }
    let nothing = stranger.submit(&format!("{MANY}?jaar=2025"), &[("kies", "777")]).await;
    assert_redirect(&nothing, "/kantoor/klanten?jaar=2025");
    let own = opened(&stranger.submit(&format!("{MANY}?jaar=2025"), &[("kies", "10417"), ("kies", "777")]).await);
    assert_eq!(own.into_keys().collect::<Vec<_>>(), ["Overzicht.csv", "Overzicht.html"], "its own client has no year");
    let mut person = console.app.person_browser(&console.home.people[1]).await;
    assert!(!person.get(&format!("{PAGE}/documenten.zip")).await.status.is_success());
    assert!(!console.app.browser().get(&format!("{PAGE}/documenten.zip")).await.status.is_success());
    assert_eq!(times_logged(&console), 0);
}
