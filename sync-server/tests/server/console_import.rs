//! Tests of importing clients from a file: what is read, what is refused and why, and
//! that each row is carried out once.

use axum::http::StatusCode;
use dossiers::jobs;
use model::record::DetailField;
use std::fmt::Write;
use storage::db::{DbError, ImportState};
use testkit::{bomb, console_page::ConsolePage, harness::TestApp};

const HEADINGS: &str = "Klantnummer;Voornaam;Achternaam;E-mail;BSN;Fiscaal partner;E-mail partner;Labels\r\n";

/// Sends a file. Returns the address of the import.
async fn send(console: &mut ConsolePage, bytes: &[u8]) -> String {
    let answer = console.upload_to("/kantoor/importeren", &[], Some(bytes)).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.text());
    answer.header("location").to_owned()
}

/// Accepts what the page proposes for each column.
async fn accept_columns(console: &mut ConsolePage, here: &str) -> String {
    let html = console.page(here).await;
    let mut fields = Vec::new();
    for select in html.split("name=\"column_").skip(1) {
        let number = select.split('"').next().unwrap();
        let chosen = select.split("</select>").next().unwrap().split("<option ").find(|o| o.contains("selected"));
        let word = chosen.map_or("", |o| o.split("value=\"").nth(1).unwrap().split('"').next().unwrap());
        fields.push((format!("column_{number}"), word.to_owned()));
    }
    let fields: Vec<_> = fields.iter().map(|(n, v)| (n.as_str(), v.as_str())).collect();
    let answer = console.browser.submit(&format!("{here}/kolommen"), &fields).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.text());
    console.page(here).await
}

async fn carry_out(console: &mut ConsolePage, here: &str) -> String {
    console.browser.submit(&format!("{here}/start"), &[]).await;
    jobs::run_due(&console.app.state.dossiers).await;
    console.page(here).await
}

fn clients(console: &ConsolePage) -> Vec<String> {
    console.app.state.db.read(|q| q.clients(console.home.firm.id)).unwrap().into_iter().map(|c| c.name).collect()
}

/// Returns the number beside a status in words.
fn number_beside(html: &str, words: &str) -> usize {
    let after = html.split(words).nth(1).unwrap_or_else(|| panic!("{words} in {html}"));
    after.split("class=\"num\">").nth(1).unwrap().split('<').next().unwrap().parse().unwrap()
}

#[tokio::test]
async fn a_row_without_end_is_refused_and_a_full_table_is_taken() {
    let mut console = ConsolePage::new().await;
    for cells in [200, 10_000_000] {
        let answer = console.upload_to("/kantoor/importeren", &[], Some(&bomb::wide_row(cells))).await;
        assert_eq!(answer.status, StatusCode::BAD_REQUEST);
        assert!(answer.text().contains("Regel 2 heeft meer dan 200 cellen"), "{cells}");
    }
    let here = send(&mut console, &bomb::full_table()).await;
    assert!(console.page(&here).await.contains("k59"));
}

#[tokio::test]
async fn households_of_a_file_come_in_with_partner_details_and_tags() {
    let mut console = ConsolePage::new().await;
    let file = format!(
        "{HEADINGS}20001;Zoë;Kok;zoe@kok.example;111222333;Bram Kok;bram@kok.example;ondernemer, nieuw\r\n20002;Piet;Puk;piet@puk.example;;;;\r\n"
    );
    let here = send(&mut console, file.as_bytes()).await;
    let html = accept_columns(&mut console, &here).await;
    assert_eq!((number_beside(&html, "Goed"), number_beside(&html, "Herstel nodig")), (2, 0));
    assert!(html.contains("Importeer 2 klanten") && clients(&console).len() == 1, "nothing happens before the word");
    let html = carry_out(&mut console, &here).await;
    assert!(html.contains("2 klanten staan erin"), "{html}");
    let db = console.app.state.db.clone();
    let known = db.read(|q| q.known_client(console.home.firm.id, "20001")).unwrap().unwrap();
    assert_eq!(known.client.name, "Zoë Kok en Bram Kok");
    assert_eq!(known.tags, ["nieuw", "ondernemer"]);
    let people: Vec<_> = known.people.iter().map(|p| (p.row.name.as_str(), p.row.given_name.as_str())).collect();
    assert_eq!(people, [("Zoë Kok", "Zoë"), ("Bram Kok", "Bram")]);
    let table = console.page("/kantoor/klanten?q=zoe%40kok").await;
    assert!(table.contains("/kantoor/klanten/20001/2025"));
    let mails = console.app.mails();
    assert!(mails.iter().all(|m| m.mail.client != Some(known.client.id)), "no mail leaves");
    // What was in the file is in the dossier as soon as there is a year.
    console.app.state.dossiers.open_year(&console.home.advisor, known.client.id, testkit::console_page::YEAR).unwrap();
    let year = console.app.state.dossiers.read(known.client.id, testkit::console_page::YEAR).unwrap();
    assert_eq!(year.details[&known.people[0].row.id].fields[&DetailField::Bsn], "111222333");
}

#[tokio::test]
async fn what_is_wrong_stands_in_the_cell_and_is_right_once_it_is_repaired() {
    let mut console = ConsolePage::new().await;
    let file = format!(
        "{HEADINGS}20001;Bram;Jansma;bram@@voorbeeld.nl;;;;\r\n20002;Karin;Postma;karin@voorbeeld.nl;123456780;;;\r\n\
         20003;Łukasz;Nowak;;;;;\r\n20003;Dubbel;Nummer;d@n.example;;;;\r\n;Zonder;Nummer;z@n.example;;;;\r\n\
         20006;Te;Veel;t@v.example;;;;a;b;c\r\n20007;Goed;Zo;goed@zo.example;;Partner Zo;;\r\n"
    );
    let here = send(&mut console, file.as_bytes()).await;
    let html = accept_columns(&mut console, &here).await;
    for sentence in [
        "twee apenstaartjes",
        "Dit BSN bestaat niet",
        "Zonder e-mail kan Łukasz niet inloggen",
        "Dit nummer staat ook op regel 4",
        "Zonder klantnummer herkennen",
        "2 cellen te veel",
        "Zonder e-mail kan Partner niet inloggen",
        r#"value="bram@@voorbeeld.nl""#,
        "Er is niets om te importeren",
    ] {
        assert!(html.contains(sentence), "{sentence} in {html}");
    }
    assert_eq!(number_beside(&html, "Herstel nodig"), 7);
    let typed = [
        ("cell-2-email_1", "bram@voorbeeld.nl"),
        ("cell-3-bsn_1", "111222333"),
        ("cell-4-email_1", "lukasz@voorbeeld.nl"),
        ("cell-8-email_2", "partner@zo.example"),
        ("cell-99-email_1", "nobody@there.example"),
        ("cell-5-shoe_size", "44"),
    ];
    console.browser.submit(&format!("{here}/regels"), &typed).await;
    let html = console.page(&here).await;
    assert_eq!((number_beside(&html, "Goed"), number_beside(&html, "Herstel nodig")), (4, 3));
    let html = carry_out(&mut console, &here).await;
    assert_eq!(number_beside(&html, "Overgeslagen"), 3);
    assert_eq!(clients(&console).len(), 5);
    let left = console.browser.get(&format!("{here}/regels.csv")).await.text();
    assert!(left.contains("Dubbel") && left.contains("Zonder") && !left.contains("Bram"), "{left}");
}

#[tokio::test]
async fn a_client_that_exists_is_shown_old_and_new_and_changed_only_where_chosen() {
    let mut console = ConsolePage::new().await;
    let marieke = console.home.people[0].clone();
    let browser = console.app.person_browser(&marieke).await;
    drop(browser);
    let before = console.app.mails().len();
    let file =
        format!("{HEADINGS}10417;Marieke;Jansen;marieke@nieuw.example;;Thomas Bakker;thomas@huis.example;vip\r\n");
    for (taken, email) in [(false, "marieke@huis.example"), (true, "marieke@nieuw.example")] {
        let here = send(&mut console, file.as_bytes()).await;
        let html = accept_columns(&mut console, &here).await;
        assert_eq!(number_beside(&html, "Let op"), 1);
        assert!(
            html.contains("marieke@huis.example") && html.contains("marieke@nieuw.example") && html.contains("Wordt:")
        );
        let choice: &[_] = if taken { &[("asked-2", "1"), ("take-2", "1")] } else { &[("asked-2", "1")] };
        console.browser.submit(&format!("{here}/regels"), choice).await;
        carry_out(&mut console, &here).await;
        let row = console.app.state.db.read(|q| q.person(marieke.id)).unwrap().unwrap();
        assert_eq!(row.email, email);
    }
    let details = &console.year().details[&marieke.id];
    assert_eq!(details.fields[&DetailField::Email], "marieke@nieuw.example", "the dossier knows it too");
    assert_eq!(clients(&console).len(), 1);
    // A person who has a login gets a mail about the new address at both addresses.
    let mails = console.app.mails();
    let to: Vec<_> = mails[..mails.len() - before].iter().map(|m| m.mail.to_address.as_str()).collect();
    assert_eq!(to, ["marieke@nieuw.example", "marieke@huis.example"]);
    let again = send(&mut console, file.as_bytes()).await;
    let html = accept_columns(&mut console, &again).await;
    assert!(html.contains("1 klant staat er al precies zo in"), "{html}");
}

#[tokio::test]
async fn an_address_of_two_clients_is_taken_only_when_somebody_says_so() {
    let mut console = ConsolePage::new().await;
    let file = format!(
        "{HEADINGS}20001;Ada;Bos;ada@bos.example;;Ed Bos;ada@bos.example;\r\n20002;Bos;BV;ada@bos.example;;;;\r\n20003;M;Jansen;marieke@huis.example;;;;\r\n"
    );
    let here = send(&mut console, file.as_bytes()).await;
    let html = accept_columns(&mut console, &here).await;
    assert!(html.contains("Dit adres staat ook op regel 2") && html.contains("iemand bij klant 10417"), "{html}");
    assert_eq!((number_beside(&html, "Goed"), number_beside(&html, "Let op")), (1, 2), "partners may share one");
    assert!(html.contains("Importeer 1 klant "));
    console.browser.submit(&format!("{here}/regels"), &[("asked-3", "1"), ("take-3", "1"), ("asked-4", "1")]).await;
    carry_out(&mut console, &here).await;
    assert_eq!(clients(&console), ["Ada Bos en Ed Bos", "Bos BV", "Jansen en Bakker"]);
}

#[tokio::test]
async fn a_file_that_is_none_is_refused_with_a_sentence() {
    let mut console = ConsolePage::new().await;
    let large = vec![b'a'; 10 * 1024 * 1024 + 1];
    for (bytes, sentence) in [
        (&b"PK\x03\x04\0\0"[..], "Excel-werkmap"),
        (b"nr;naam\n1;\x00\x01\n", "geen CSV-bestand"),
        (&large, "groter dan 10 MB"),
        (b"nr;naam\n", "geen regels"),
        (b"1;a@b.nl\n2;b@c.nl\n", "namen van de kolommen"),
        (b"", "Kies een bestand"),
    ] {
        let answer = console.upload_to("/kantoor/importeren", &[], Some(bytes)).await;
        assert_eq!(answer.status, StatusCode::BAD_REQUEST);
        assert!(answer.text().contains(sentence), "{sentence} in {}", answer.text());
    }
    let none = console.upload_to("/kantoor/importeren", &[], None).await;
    assert!(none.text().contains("Kies een bestand"));
    assert!(console.app.state.db.read(|q| q.imports(console.home.firm.id, 9)).unwrap().is_empty());
}

#[tokio::test]
async fn columns_are_asked_for_and_remembered() {
    let mut console = ConsolePage::new().await;
    let file = "Code,Wie,Post,Schoenmaat\n7,\"Jansen, Jan\",jan@jansen.example,44\n";
    let here = send(&mut console, file.as_bytes()).await;
    let wrong: [(&[(&str, &str)], &str); 4] = [
        (&[], "Kies de kolom met het klantnummer"),
        (&[("column_0", "number")], "Kies de kolom met de naam"),
        (&[("column_0", "number"), ("column_1", "full_name_1")], "Kies de kolom met het e-mailadres"),
        (&[("column_0", "number"), ("column_3", "number")], "Twee kolommen zijn Klantnummer"),
    ];
    for (fields, sentence) in wrong {
        let answer = console.browser.submit(&format!("{here}/kolommen"), fields).await;
        assert_eq!(answer.status, StatusCode::BAD_REQUEST);
        assert!(answer.text().contains(sentence), "{sentence}");
    }
    let right = [("column_0", "number"), ("column_1", "full_name_1"), ("column_2", "email_1"), ("column_3", "")];
    console.browser.submit(&format!("{here}/kolommen"), &right).await;
    assert!(console.page(&here).await.contains("Importeer 1 klant"));
    let next = send(&mut console, file.as_bytes()).await;
    let html = accept_columns(&mut console, &next).await;
    assert!(html.contains("Importeer 1 klant"), "the choice of last time: {html}");
    // The contents of the sample are understood without any change.
    let sample = console.browser.get("/kantoor/importeren/voorbeeld.csv").await;
    let here = send(&mut console, &sample.body).await;
    let html = accept_columns(&mut console, &here).await;
    assert_eq!(number_beside(&html, "Herstel nodig"), 0, "{html}");
}

#[tokio::test]
async fn an_import_that_was_cut_goes_on_and_sent_twice_it_is_there_once() {
    let mut console = ConsolePage::new().await;
    let mut file = HEADINGS.to_owned();
    for n in 0..450 {
        writeln!(file, "3{n:04};Jan;Jansen {n};jan{n}@jansen.example;;Jo Jansen {n};jo{n}@jansen.example;\r").unwrap();
    }
    let here = send(&mut console, file.as_bytes()).await;
    accept_columns(&mut console, &here).await;
    for _ in 0..2 {
        console.browser.submit(&format!("{here}/start"), &[]).await;
    }
    let running = |console: &ConsolePage| console.app.state.db.read::<_, DbError>(|q| q.running_imports()).unwrap();
    dossiers::import::run::step(&console.app.state.dossiers, &running(&console)[0]).await.unwrap();
    let html = console.page(&here).await;
    assert!(html.contains("200 van 450 regels") && html.contains("data-poll"), "{html}");
    assert_eq!(clients(&console).len(), 201);
    let mut console = console.restarted();
    jobs::run_due(&console.app.state.dossiers).await;
    assert_eq!(clients(&console).len(), 451);
    assert!(running(&console).is_empty());
    let again = send(&mut console, file.as_bytes()).await;
    let html = accept_columns(&mut console, &again).await;
    assert!(html.contains("450 klanten staan er al precies zo in"), "{html}");
    carry_out(&mut console, &again).await;
    assert_eq!(clients(&console).len(), 451);
}

#[tokio::test]
async fn an_import_is_of_its_own_firm_and_rows_of_a_file_run_no_formula() {
    let mut console = ConsolePage::new().await;
    let file = format!("{HEADINGS}20001;=1+1;Jansma;kapot;;;;\r\n");
    let here = send(&mut console, file.as_bytes()).await;
    accept_columns(&mut console, &here).await;
    let csv = console.browser.get(&format!("{here}/regels.csv")).await.text();
    assert!(csv.contains(";\"'=1+1\";"), "{csv}");
    let other = console.app.household("Zuid");
    let mut stranger = console.app.advisor_browser(&other.advisor).await;
    assert_eq!(stranger.get(&here).await.status, StatusCode::NOT_FOUND);
    for path in ["kolommen", "regels", "start", "weg"] {
        assert_eq!(stranger.submit(&format!("{here}/{path}"), &[]).await.status, StatusCode::NOT_FOUND, "{path}");
    }
    let imports = console.app.state.db.read(|q| q.imports(console.home.firm.id, 9)).unwrap();
    assert_eq!(imports[0].state, ImportState::Check);
    // Rows that nobody imported are deleted after a month.
    console.app.pass_seconds(31 * 24 * 3600);
    jobs::run_due(&console.app.state.dossiers).await;
    assert!(console.app.state.db.read(|q| q.imports(console.home.firm.id, 9)).unwrap().is_empty());
}

#[tokio::test]
async fn twenty_thousand_rows_are_read_and_judged_in_one_go() {
    let mut console = ConsolePage::at(TestApp::new()).await;
    let mut file = HEADINGS.to_owned();
    for n in 0..20_000 {
        writeln!(file, "{};Jan;Jansen {n};jan{n}@jansen.example;;;;\r", 100_000 + n).unwrap();
    }
    let here = send(&mut console, file.as_bytes()).await;
    let html = accept_columns(&mut console, &here).await;
    assert_eq!(number_beside(&html, "Goed"), 20_000);
}
