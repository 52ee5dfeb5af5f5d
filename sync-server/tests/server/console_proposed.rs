//! Tests of setting out a return from its PDF: what the PDF says is proposed, the number of another client stops it, and
//! whatever is wrong gets a sentence and leaves nothing half done.

use axum::http::StatusCode;
use model::{id::*, money::Cents, record::*, tax_number::NumberKind};
use storage::{
    clock::random,
    db::{Client, DbError, KnownNumber},
};
use testkit::console_page::{ConsolePage, PAGE, assert_redirect, pdf, readable_pdf};

const READ: &str = "/kantoor/klanten/10417/2025/akkoord/lezen";
const OB: &str = "Aangifte omzetbelasting\n2e kwartaal 2025\nOB-nummer 123456782B01\n5g Totaal te betalen 1.231";

fn keep(console: &ConsolePage, client: &Client, kind: NumberKind, number: &str) {
    let known = KnownNumber { client: client.id, taxpayer: Taxpayer::Company, kind, number: number.to_owned() };
    let vault = console.app.state.dossiers.vault().clone();
    let keep = console.app.state.db.write_blocking::<_, DbError>(move |tx| tx.set_tax_number(&vault, &known));
    keep.unwrap();
}

fn another_client(console: &ConsolePage) -> Client {
    let client = Client {
        id: ClientId::from_random(random()),
        number: "20001".into(),
        name: "De Vries BV".into(),
        ..console.home.client.clone()
    };
    let (row, now) = (client.clone(), console.app.now());
    console.app.state.db.write_blocking::<_, DbError>(move |tx| tx.add_client(&row, now)).unwrap();
    client
}

/// Returns the value of a field of a page: of a hidden one, a typed one, or the chosen option.
fn value(html: &str, name: &str) -> String {
    let named = format!("name=\"{name}\"");
    let of = |tag: &str| tag.split("value=\"").nth(1).map(|rest| rest.split('"').next().unwrap().to_owned());
    if let Some(select) =
        html.split("<select").skip(1).find(|select| select.split('>').next().unwrap().contains(&named))
    {
        let options = select.split("</select>").next().unwrap().split("<option").skip(1);
        let options: Vec<_> = options.map(|option| option.split('>').next().unwrap()).collect();
        let chosen = options.iter().find(|option| option.contains("selected")).or(options.first());
        return of(chosen.unwrap()).unwrap_or_default();
    }
    let input = html.split("<input").skip(1).map(|input| input.split('>').next().unwrap());
    input.filter(|input| input.contains(&named)).find_map(of).unwrap_or_default()
}

/// Returns the fields of the form that a page proposes.
fn proposed(console: &ConsolePage, html: &str) -> Vec<(String, String)> {
    let mut names: Vec<_> =
        ["kept", "kept_name", "rest", "kind", "taxpayer", "period", "from", "until", "further", "turns"]
            .map(str::to_owned)
            .to_vec();
    let people = console.home.people.iter().map(|person| person.id.to_string());
    for place in people.chain(["company".to_owned()]) {
        names.extend(["way_outcome", "outcome"].map(|field| format!("{field}_{place}")));
    }
    names.extend((0..2).flat_map(|row| ["figure", "this_year", "last_year"].map(|field| format!("{field}_{row}"))));
    names.into_iter().map(|name| (name.clone(), value(html, &name))).collect()
}

fn set(fields: &mut Vec<(String, String)>, name: &str, value: &str) {
    fields.retain(|(known, _)| known != name);
    fields.push((name.to_owned(), value.to_owned()));
}

#[tokio::test]
async fn what_a_pdf_says_is_proposed_and_set_out_with_one_press() {
    let mut console = ConsolePage::new().await;
    keep(&console, &console.home.client.clone(), NumberKind::Vat, "123456782B01");
    let answer = console.upload_to(READ, &[], Some(&readable_pdf(OB))).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text());
    let html = answer.text();
    for (field, expected) in [
        ("kind", "ob"),
        ("taxpayer", "company"),
        ("period", "2025-Q2"),
        ("way_outcome_company", "pay"),
        ("outcome_company", "1.231"),
        ("kept_name", "Aangifte 2025.pdf"),
    ] {
        assert_eq!(value(&html, field), expected, "{field} in {html}");
    }
    assert!(html.contains("Dit is gelezen in de PDF") && html.contains("data-reads-here"), "with the PDF beside it");
    assert!(console.year().revisions.is_empty(), "nothing happens before the press");
    let fields = proposed(&console, &html);
    assert_redirect(&console.upload(&fields, None).await, &format!("{PAGE}/akkoord"));
    let year = console.year();
    let given = year.revisions[0].clone();
    assert_eq!(given.title(model::language::Language::Nl), "Aangifte OB 2e kwartaal 2025");
    assert_eq!(given.revision.results[0].amount, Cents(-123_100));
    assert_eq!(given.revision.file.name, "Aangifte 2025.pdf");
    assert_eq!(given.consents.len(), 2);

    // The same once more: the form asks whether it is a new version, and takes over what stands beside the amounts.
    let again = console.upload_to(READ, &[], Some(&readable_pdf(&OB.replace("1.231", "1.300")))).await.text();
    assert!(again.contains("staat er al") && again.contains("Toen: € 1.231 te betalen"), "old beside new: {again}");
    let mut fields = proposed(&console, &again);
    set(&mut fields, "further", "yes");
    assert_redirect(&console.upload(&fields, None).await, &format!("{PAGE}/akkoord"));
    let year = console.year();
    assert_eq!((year.tax_returns.len(), year.current_revisions().len()), (2, 2), "another return");
    let third = console.upload_to(READ, &[], Some(&readable_pdf(&OB.replace("1.231", "1.400")))).await.text();
    let fields = proposed(&console, &third);
    assert_redirect(&console.upload(&fields, None).await, &format!("{PAGE}/akkoord"));
    assert_eq!(
        (console.year().tax_returns.len(), console.year().revisions.len()),
        (2, 3),
        "a new version of the newest"
    );
}

#[tokio::test]
async fn labels_and_last_years_amounts_come_from_the_return_before() {
    let mut console = ConsolePage::new().await;
    let (marieke, thomas) = (console.home.people[0].name.clone(), console.home.people[1].name.clone());
    console.set_out_revision("eerste").await;
    let text = format!("Aangifte inkomstenbelasting 2025\n{marieke}\n{thomas}");
    let html = console.upload_to(READ, &[], Some(&readable_pdf(&text))).await.text();
    let found = ["kind", "taxpayer", "period", "figure_0", "this_year_0", "last_year_0"].map(|name| value(&html, name));
    assert_eq!(found, ["ib", "together", "2025", "Loon", "", "46.900"]);
    assert!(html.contains("Toen: € 1.842 terug, € 558,50 te betalen"), "{html}");
}

#[tokio::test]
async fn the_number_of_another_client_stops_it_until_somebody_says_so() {
    let mut console = ConsolePage::new().await;
    let other = another_client(&console);
    keep(&console, &other, NumberKind::Rsin, "123456782");
    let html = console.upload_to(READ, &[], Some(&readable_pdf(OB))).await.text();
    assert!(html.contains("•••••6782 van een andere klant: 20001, De Vries BV"), "{html}");
    assert!(!html.contains("123456782"), "the number itself is not shown");
    let mut fields = proposed(&console, &html);
    set(&mut fields, "taxpayer", "company");
    let mails = console.app.mails().len();
    let answer = console.upload(&fields, None).await;
    assert_eq!(answer.status, StatusCode::BAD_REQUEST);
    assert!(answer.text().contains("De Vries BV") && answer.text().contains(r#"name="other_client""#));
    // Nor does it go past by sending the file with the form.
    fields.retain(|(name, _)| name != "kept");
    let answer = console.upload(&fields, Some(&readable_pdf(OB))).await;
    assert_eq!(answer.status, StatusCode::BAD_REQUEST);
    assert!(console.year().revisions.is_empty() && console.app.mails().len() == mails, "nothing was sent");
    let mut fields = proposed(&console, &answer.text());
    set(&mut fields, "other_client", "yes");
    set(&mut fields, "taxpayer", "company");
    assert_redirect(&console.upload(&fields, None).await, &format!("{PAGE}/akkoord"));
    assert_eq!(console.year().revisions.len(), 1);
}

#[tokio::test]
async fn a_bad_file_gets_a_sentence_and_nothing_is_kept() {
    let mut console = ConsolePage::new().await;
    let broken = readable_pdf(OB)[..200].to_vec();
    for (bytes, sentence) in [(&b"hello"[..], "Aangifte 2025.pdf: "), (&broken, "Aangifte 2025.pdf: ")] {
        let answer = console.upload_to(READ, &[], Some(bytes)).await;
        assert_eq!(answer.status, StatusCode::BAD_REQUEST);
        assert!(answer.text().contains(sentence), "{}", answer.text());
        assert!(!answer.text().contains("data-reads-here"));
    }
    let answer = console.upload_to(READ, &[], None).await;
    assert!(answer.status == StatusCode::BAD_REQUEST && answer.text().contains("Kies ten minste één PDF"));
    // What was not kept for this client cannot be set out.
    for kept in ["", "x", &"0".repeat(64)] {
        let mut fields = console.revision_fields();
        set(&mut fields, "kept", kept);
        let answer = console.upload(&fields, None).await;
        assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{kept}");
        assert!(answer.text().contains("Kies de PDF"), "{kept}");
    }
    assert!(console.year().revisions.is_empty());
    // Without text and with a wrong number it is still a form to fill in.
    let silent = console.upload_to(READ, &[], Some(&pdf("niets"))).await.text();
    assert!(silent.contains("Niet alles is te herkennen"), "{silent}");
    let wrong = console.upload_to(READ, &[], Some(&readable_pdf("Aangifte ib 2025 BSN 111222334"))).await.text();
    assert!(wrong.contains("111222334") && wrong.contains("Dat nummer klopt niet"));
    // A period of a year that is not open is said.
    let later = console.upload_to(READ, &[], Some(&readable_pdf("Aangifte vpb 2024"))).await.text();
    assert!(later.contains("hoort bij 2024"), "{later}");
}

#[tokio::test]
async fn of_several_pdfs_one_comes_after_the_other() {
    let mut console = ConsolePage::new().await;
    keep(&console, &console.home.client.clone(), NumberKind::Vat, "123456782B01");
    let mut kept = Vec::new();
    for text in [OB.to_owned(), OB.replace("2e kwartaal", "3e kwartaal")] {
        let html = console.upload_to(READ, &[], Some(&readable_pdf(&text))).await.text();
        kept.push(value(&html, "kept"));
    }
    let next = format!("{PAGE}/akkoord/klaarzetten?stuk={}&naam=Een.pdf&stuk={}&naam=Twee.pdf", kept[0], kept[1]);
    let html = console.page(&next).await;
    assert!(html.contains("Hierna volgt nog 1 PDF"), "{html}");
    assert_eq!((value(&html, "kept_name").as_str(), value(&html, "period").as_str()), ("Een.pdf", "2025-Q2"));
    let mut fields = proposed(&console, &html);
    set(&mut fields, "rest", &value(&html, "rest").replace("&#38;", "&").replace("&amp;", "&"));
    let answer = console.upload(&fields, None).await;
    let to = answer.header("location").to_owned();
    assert!(to.starts_with(&format!("{PAGE}/akkoord/klaarzetten?stuk={}", kept[1])), "{to}");
    let html = console.page(&to).await;
    assert_eq!((value(&html, "kept_name").as_str(), value(&html, "period").as_str()), ("Twee.pdf", "2025-Q3"));
    // A file of another client, or of nobody, is none.
    let html = console.page(&format!("{PAGE}/akkoord/klaarzetten?stuk={}&stuk=x&naam=y", "1".repeat(64))).await;
    assert!(!html.contains("data-reads-here"));
}
