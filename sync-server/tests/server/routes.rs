//! Tests every route: a table says who may use it, and each cell is tried.
//! A route without a row fails, and so does a row without a route.

mod costs;
mod table;

use axum::{
    body::Body,
    http::{Method, Request, StatusCode},
};
use model::{id::*, language::Language, record::Role, time::TaxYear};
use std::{
    collections::{BTreeMap, BTreeSet},
    path::Path,
};
use storage::{
    clock::random,
    db::{Advisor, AdvisorRole, DbError, PersonRow},
};
use sync_server::web::SERVER_PAGES;
use table::{
    For::{self, Administrator, Anybody, Console, ConsoleToChange, OwnClient, OwnClientToFill, OwnUpload, SignedIn},
    Passkey, TABLE,
};
use testkit::harness::{Answer, Browser, Household, TestApp};

/// The senders of a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Who {
    Nobody,
    RevokedDevice,
    Blocked,
    OtherFirm,
    OtherClient,
    Approver,
    Filler,
    Reader,
    Administrator,
    Advisor,
    ConsoleReader,
    OtherAdministrator,
}

const EVERYBODY: [Who; 12] = [
    Who::Nobody,
    Who::RevokedDevice,
    Who::Blocked,
    Who::OtherFirm,
    Who::OtherClient,
    Who::Approver,
    Who::Filler,
    Who::Reader,
    Who::Administrator,
    Who::Advisor,
    Who::ConsoleReader,
    Who::OtherAdministrator,
];

/// The expected result.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Seen {
    /// The route does its work, which may still find nothing.
    Admitted,
    LogIn,
    Forbidden,
    Hidden,
}

fn expected(who: Who, path: &str, whom: For) -> Seen {
    use Who as W;
    let in_firm = matches!(who, W::Administrator | W::Advisor | W::ConsoleReader);
    let in_console = in_firm || who == W::OtherAdministrator;
    let own_client = matches!(who, W::Approver | W::Filler | W::Reader);
    if whom == Anybody {
        return Seen::Admitted;
    }
    if matches!(who, W::Nobody | W::RevokedDevice) {
        return Seen::LogIn;
    }
    match whom {
        Anybody | SignedIn => Seen::Admitted,
        OwnUpload => Seen::Hidden,
        OwnClient | OwnClientToFill if !own_client => Seen::Hidden,
        OwnClient => Seen::Admitted,
        OwnClientToFill => {
            if who == W::Reader {
                Seen::Forbidden
            } else {
                Seen::Admitted
            }
        }
        Console | ConsoleToChange | Administrator if !in_console => Seen::Forbidden,
        // A reader is refused before anything is looked up.
        ConsoleToChange | Administrator if who == W::ConsoleReader => Seen::Forbidden,
        _ if who == W::OtherAdministrator && path.contains("{number}") => Seen::Hidden,
        Administrator if who == W::Advisor => Seen::Forbidden,
        _ => Seen::Admitted,
    }
}

#[tokio::test]
async fn each_route_admits_whom_the_table_says_and_nobody_else() {
    let app = TestApp::new();
    let (home, other) = (app.household("Wilgenhof"), app.household("Elders"));
    let [approver, filler] = home.people.clone();
    let reader = another(&app, &home, Role::Reader, "Lezer");
    let blocked = another(&app, &home, Role::Approver, "Weg");
    let gone = another(&app, &home, Role::Approver, "Kwijt");
    set_role(&app, &filler, Role::Filler);
    app.state.dossiers.open_year(&home.advisor, home.client.id, TaxYear(2025)).unwrap();
    // Only this firm has this number.
    let number = format!("only-{}", home.client.number);
    renumber(&app, &home, &number);
    let neighbour = neighbour(&app, &home);

    let mut browsers = Vec::new();
    for who in EVERYBODY {
        let browser = match who {
            Who::Nobody => app.browser(),
            Who::RevokedDevice => {
                let mut browser = app.person_browser(&gone).await;
                let (device, now) = (browser.me().await.unwrap().device, app.now());
                app.state.db.write_blocking::<_, DbError>(move |tx| tx.revoke_device(device, now)).unwrap();
                browser
            }
            Who::Blocked => {
                let browser = app.person_browser(&blocked).await;
                let (person, now) = (blocked.id, app.now());
                app.state.db.write_blocking(move |tx| tx.set_person_blocked(person, Some(now))).unwrap();
                browser
            }
            Who::OtherFirm => app.person_browser(&other.people[0]).await,
            Who::OtherClient => app.person_browser(&neighbour).await,
            Who::Approver => app.person_browser(&approver).await,
            Who::Filler => app.person_browser(&filler).await,
            Who::Reader => app.person_browser(&reader).await,
            Who::Administrator => app.advisor_browser(&home.advisor).await,
            Who::Advisor => app.advisor_browser(&colleague(&app, &home, AdvisorRole::Advisor)).await,
            Who::ConsoleReader => app.advisor_browser(&colleague(&app, &home, AdvisorRole::Reader)).await,
            Who::OtherAdministrator => app.advisor_browser(&other.advisor).await,
        };
        browsers.push((who, browser));
    }
    let mut wrong = Vec::new();
    for (method, path, whom, _) in TABLE {
        for (who, browser) in &mut browsers {
            let address = address_of(path, &home, &number, &approver);
            let kept = browser.cookies.clone();
            let seen = ask(browser, method, &address).await;
            browser.cookies = kept;
            let expected = expected(*who, path, *whom);
            // Something made up does not exist for those who may look either.
            let made_up = address != *path && expected == Seen::Admitted && seen == Ok(Seen::Hidden);
            if seen != Ok(expected) && !made_up && !(method == &"get" && path.contains("{id}")) {
                wrong.push(format!("{method} {path} by {who:?}: {seen:?} instead of {expected:?}"));
            }
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

/// Returns the address of a route, about this household where it names one.
fn address_of(path: &str, home: &Household, number: &str, approver: &PersonRow) -> String {
    let address = path
        .replace("{client}", &home.client.id.to_string())
        .replace("{number}", number)
        .replace("{year}", "2025")
        .replace("{person}", &approver.id.to_string())
        .replace("{mail}", "1")
        .replace("{kind}", "invitation")
        .replace("{language}", "nl")
        .replace("{firm}", &home.firm.slug)
        .replace("{hash}", &"0".repeat(64))
        .replace("{id}", "1")
        .replace("{accent}", "0f5b66")
        .replace("{screen}", "overzicht")
        .replace("{template}", "ib-2025")
        .replace("{file}", "none.bin");
    // These parts are made up, such as a task, a revision or an upload.
    [
        "{checklist}",
        "{form}",
        "{task}",
        "{revision}",
        "{upload}",
        "{proposal}",
        "{approval}",
        "{attachment}",
        "{import}",
        "{bulk}",
        "{advisor}",
    ]
    .iter()
    .fold(address, |a, part| a.replace(part, &TaskId::from_bytes([7; 16]).to_string()))
}

/// An open session that somebody finds must not change a way in.
#[tokio::test]
async fn each_route_asks_for_a_fresh_passkey_as_the_table_says() {
    let app = TestApp::new();
    let home = app.household("Wilgenhof");
    let [approver, _] = home.people.clone();
    app.state.dossiers.open_year(&home.advisor, home.client.id, TaxYear(2025)).unwrap();
    let mut administrator = app.advisor_browser(&home.advisor).await;
    let mut person = app.person_browser(&approver).await;
    app.pass_seconds(11 * 60);
    let mut wrong = Vec::new();
    for (method, path, whom, passkey) in TABLE {
        let browser = if path.starts_with("/api/") { &mut person } else { &mut administrator };
        let address = address_of(path, &home, &home.client.number, &approver);
        let kept = browser.cookies.clone();
        let asked = answer(browser, method, &address)
            .await
            .is_some_and(|a| String::from_utf8_lossy(&a.body).contains("prove_again"));
        browser.cookies = kept;
        let expected = *passkey == Passkey::Always;
        if asked != expected {
            wrong.push(format!("{method} {path}: asks {asked} instead of {expected}"));
        }
        assert!(*passkey == Passkey::Never || *whom != Anybody, "{path} asks those who have no passkey");
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

/// Returns true for forms that contain a file.
fn carries_file(address: &str) -> bool {
    address == "/kantoor/importeren"
        || address == "/kantoor/portaal"
        || ["/bericht", "/archief", "/akkoord", "/akkoord/lezen"].iter().any(|end| address.ends_with(end))
        || address.contains("/papier/")
}

/// Asks for a route. Returns nothing for logging out, which would end the session that the other cells need.
async fn answer(browser: &mut Browser, method: &str, address: &str) -> Option<Answer> {
    if address.ends_with("/logout") || address.ends_with("uitloggen") {
        return None;
    }
    let mut request =
        Request::builder().method(Method::from_bytes(method.to_uppercase().as_bytes()).unwrap()).uri(address);
    if address.starts_with("/api/uploads") || address.ends_with("/uploads") {
        request = request.header("tus-resumable", "1.0.0");
        if method == "patch" {
            request = request.header("upload-offset", "0").header("content-type", "application/offset+octet-stream");
        }
    } else if method == "post" && address.starts_with("/api/") {
        request = request.header("content-type", "application/json");
    } else if carries_file(address) && method == "post" {
        request = request.header("content-type", "multipart/form-data; boundary=x");
    } else if method == "post" {
        request = request.header("content-type", "application/x-www-form-urlencoded");
    }
    let body = match method {
        "post" if address.starts_with("/api/") => "{}",
        "post" if carries_file(address) => "--x--\r\n",
        "post" if address.contains("/besluit/") => "decision=release&remark=",
        _ => "",
    };
    Some(browser.send(request.body(Body::from(body)).unwrap()).await)
}

async fn ask(browser: &mut Browser, method: &str, address: &str) -> Result<Seen, StatusCode> {
    let Some(answer) = answer(browser, method, address).await else { return Ok(Seen::Admitted) };
    let to_login = answer.header("location") == "/kantoor/inloggen";
    let open = address.starts_with("/api/login/finish") || address.starts_with("/api/registration");
    Ok(match answer.status.as_u16() {
        303 if to_login => Seen::LogIn,
        401 if !open => Seen::LogIn,
        403 if answer.text().contains("prove_again") => Seen::Admitted,
        403 => Seen::Forbidden,
        404 if !address.starts_with("/api/invitation") && !address.starts_with("/api/setup") => Seen::Hidden,
        500.. => return Err(answer.status),
        _ => Seen::Admitted,
    })
}

fn another(app: &TestApp, home: &Household, role: Role, name: &str) -> PersonRow {
    let person = PersonRow {
        id: PersonId::from_random(random()),
        role,
        account: None,
        name: name.into(),
        given_name: name.into(),
        email: format!("{}@huis.example", name.to_lowercase()),
        ..home.people[0].clone()
    };
    let (row, now) = (person.clone(), app.now());
    app.state.db.write_blocking(move |tx| tx.add_person(&row, now)).unwrap();
    person
}

/// Returns somebody of another client of the same firm.
fn neighbour(app: &TestApp, home: &Household) -> PersonRow {
    let mut client = home.client.clone();
    client.id = ClientId::from_random(random());
    client.number = "20001".into();
    let person = PersonRow {
        id: PersonId::from_random(random()),
        client: client.id,
        email: "buur@huis.example".into(),
        ..home.people[0].clone()
    };
    let (row, now) = (person.clone(), app.now());
    app.state
        .db
        .write_blocking::<_, DbError>(move |tx| {
            tx.add_client(&client, now)?;
            tx.add_person(&row, now)
        })
        .unwrap();
    person
}

fn colleague(app: &TestApp, home: &Household, role: AdvisorRole) -> Advisor {
    let advisor = Advisor {
        id: AdvisorId::from_random(random()),
        account: None,
        role,
        language: Language::Nl,
        email: "collega@kantoor.example".into(),
        ..home.advisor.clone()
    };
    let (row, now) = (advisor.clone(), app.now());
    app.state.db.write_blocking(move |tx| tx.add_advisor(&row, now)).unwrap();
    advisor
}

fn set_role(app: &TestApp, person: &PersonRow, role: Role) {
    let id = person.id;
    app.state.db.write_blocking(move |tx| tx.set_person_role(id, role)).unwrap();
}

fn renumber(app: &TestApp, home: &Household, number: &str) {
    let (id, number) = (home.client.id, number.to_owned());
    app.state.db.write_blocking(move |tx| tx.set_client_number(id, &number)).unwrap();
}

#[test]
fn every_route_has_a_row_and_every_row_a_route() {
    let mut routes = BTreeSet::new();
    for part in ["", "accounts", "console"] {
        collect(&Path::new(env!("CARGO_MANIFEST_DIR")).join(part).join("src"), &mut routes);
    }
    let rows: BTreeSet<_> = TABLE.iter().map(|(method, path, ..)| ((*method).to_owned(), (*path).to_owned())).collect();
    assert_eq!(rows.len(), TABLE.len(), "a row is there twice");
    let missing: Vec<_> = routes.difference(&rows).collect();
    assert!(missing.is_empty(), "routes without a row: {missing:?}");
    let stale: Vec<_> = rows.difference(&routes).collect();
    assert!(stale.is_empty(), "rows without a route: {stale:?}");
}

/// Reads the routes from the source, because axum does not tell which it has.
fn collect(folder: &Path, routes: &mut BTreeSet<(String, String)>) {
    for entry in std::fs::read_dir(folder).unwrap().map(|e| e.unwrap().path()) {
        if entry.is_dir() {
            collect(&entry, routes);
        } else if entry.extension().is_some_and(|e| e == "rs") {
            let source = std::fs::read_to_string(&entry).unwrap();
            for (at, _) in source.match_indices(".route(") {
                let call = call(&source[at + ".route(".len()..]);
                let Some(path) = call.split('"').nth(1) else { continue };
                let rest = &call[call.rfind(&format!("\"{path}\"")).unwrap()..];
                for method in ["get", "post", "put", "patch", "delete", "head", "options"] {
                    let named = |(at, _): (usize, &str)| {
                        !rest[..at].ends_with(|c: char| c.is_alphanumeric() || "_:".contains(c))
                    };
                    if rest.match_indices(&format!("{method}(")).any(named) {
                        routes.insert((method.to_owned(), path.to_owned()));
                    }
                }
            }
        }
    }
}

/// Returns the text between the parentheses of a call.
fn call(source: &str) -> &str {
    let mut depth = 1;
    let end = source.char_indices().find(|(_, c)| {
        depth += BTreeMap::from([('(', 1), (')', -1)]).get(c).copied().unwrap_or(0);
        depth == 0
    });
    &source[..end.map_or(source.len(), |(at, _)| at)]
}

#[test]
fn the_list_of_the_servers_own_pages_has_each_route_and_nothing_else() {
    let prefixes: Vec<String> = serde_json::from_str(SERVER_PAGES).unwrap();
    let is_below = |path: &str, prefix: &str| {
        path.strip_prefix(prefix).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    };
    for (_, path, ..) in TABLE {
        assert!(prefixes.iter().any(|prefix| is_below(path, prefix)), "{path} is not below any of {prefixes:?}");
    }
    for prefix in &prefixes {
        assert!(TABLE.iter().any(|(_, path, ..)| is_below(path, prefix)), "no route is below {prefix}");
    }
    assert!(prefixes.iter().any(|prefix| prefix == "/dit-was-ik-niet"));
}
