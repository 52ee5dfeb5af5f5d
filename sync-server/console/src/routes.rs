//! The pages below `/kantoor`.

use crate::{
    advisors, all_documents,
    approval::{self, evidence, proposed, ruling, set_out},
    audit_log, bulk, client,
    clients::{self, export},
    contact, dashboard, delivery,
    dossier::{self, answer_sheet, document, request, review},
    household, import, live, mail_server, mail_text, mail_timing, new_client, outgoing,
    part::{
        confirm::{
            Asks::{self, Always, ByHandler, Nothing, ToChange, ToDo},
            ask, keep_form,
        },
        editor::Editor,
        upload::FIELDS,
    },
    person, portal, recall, report, returns, search, start,
    state::Console,
    template,
};
use axum::{
    Router,
    extract::{DefaultBodyLimit, FromRequestParts, Request, State},
    http::Method,
    middleware::{self, Next},
    response::Response,
    routing::{MethodRouter, get, post},
};

/// A file that is too large is read up to this many times the limit, so that the page can say at
/// the field that it is too large.
const OVERSIZE: u64 = 4;

/// Returns the routes of the pages below `/kantoor`.
pub fn routes(console: Console) -> Router {
    let largest = usize::try_from(console.files.largest() * OVERSIZE + FIELDS as u64).unwrap_or(usize::MAX);
    let routes = Routes { console: console.clone(), router: Router::new() };
    of_the_firm(of_clients(routes, largest))
        .router
        .route_layer(middleware::from_fn_with_state(console.clone(), only_look))
        .route_layer(middleware::from_fn(keep_form))
        .with_state(console)
}

/// The pages about clients and their years, with bodies of at most `largest` bytes where a file is sent.
fn of_clients(routes: Routes, largest: usize) -> Routes {
    routes
        .route("/kantoor", Nothing, get(dashboard::show))
        .route("/kantoor/nieuws", Nothing, get(live::follow_firm))
        .route("/kantoor/begin", Nothing, get(start::begin))
        .route("/kantoor/welkom", Nothing, get(start::invited))
        .route("/kantoor/inloggen", Nothing, get(start::log_in))
        .route("/dit-was-ik-niet", Nothing, get(start::alarm))
        .route("/kantoor/uitloggen", Nothing, post(start::log_out))
        .route("/kantoor/overal-uitloggen", Nothing, post(start::log_out_everywhere))
        .route("/kantoor/zoek", Nothing, get(search::find))
        .route("/kantoor/aangiften", Nothing, get(returns::show))
        .route("/kantoor/aangiften/aangiften.csv", Nothing, get(returns::download))
        .route("/kantoor/klanten", Nothing, get(clients::show))
        .route("/kantoor/klanten/klanten.csv", Nothing, get(export::download))
        .route(
            "/kantoor/klanten/documenten.zip",
            Always,
            post(all_documents::of_many).layer(DefaultBodyLimit::max(bulk::ROOM)),
        )
        .route("/kantoor/klanten/nieuw", Nothing, get(new_client::show).post(new_client::add))
        .route("/kantoor/klanten/{number}/{year}", Nothing, get(dossier::show))
        .route("/kantoor/klanten/{number}/{year}/documenten.zip", Nothing, get(all_documents::of_year))
        .route("/kantoor/klanten/{number}/{year}/nieuws", Nothing, get(live::follow))
        .route("/kantoor/klanten/{number}/{year}/openen", Nothing, post(dossier::open))
        .route("/kantoor/klanten/{number}/{year}/uitnodigen", Nothing, post(dossier::invite))
        .route("/kantoor/klanten/{number}/{year}/personen/nieuw", Nothing, get(household::show).post(household::add))
        .route("/kantoor/klanten/{number}/{year}/personen/{person}/splitsen", Nothing, post(household::split))
        .route(
            "/kantoor/klanten/{number}/{year}/personen/{person}",
            ToDo(&["vernieuwen", "deblokkeren", "rol"]),
            get(person::show).post(person::act),
        )
        .route("/kantoor/klanten/{number}/{year}/checklist", Nothing, post(dossier::set_out_checklist))
        .route("/kantoor/klanten/{number}/{year}/checklist/{checklist}/beoordelen", Nothing, post(review::judge))
        .route("/kantoor/klanten/{number}/{year}/checklist/{checklist}/heropenen", Nothing, post(review::reopen))
        .route(
            "/kantoor/klanten/{number}/{year}/checklist/{checklist}/antwoorden/{form}",
            Nothing,
            get(answer_sheet::download),
        )
        .route("/kantoor/klanten/{number}/{year}/berichten", Nothing, get(contact::show))
        .route("/kantoor/klanten/{number}/{year}/berichten/gelezen", Nothing, post(contact::mark_read))
        .route(
            "/kantoor/klanten/{number}/{year}/bericht",
            Nothing,
            post(contact::write_message).layer(DefaultBodyLimit::max(largest)),
        )
        .route("/kantoor/klanten/{number}/{year}/wijzigingen/{proposal}", ByHandler, post(contact::decide))
        .route("/kantoor/klanten/{number}/{year}/gegevens/{person}", ByHandler, post(contact::keep_details))
        .route("/kantoor/klanten/{number}/{year}/documenten", Nothing, post(request::ask))
        .route(
            "/kantoor/klanten/{number}/{year}/archief",
            Nothing,
            get(delivery::show).post(delivery::deliver).layer(DefaultBodyLimit::max(largest)),
        )
        .route(
            "/kantoor/klanten/{number}/{year}/terughalen/{kind}/{target}",
            Nothing,
            get(recall::show).post(recall::recall),
        )
        .route("/kantoor/klanten/{number}/{year}/stukken/{attachment}", Nothing, post(document::take_in))
        .route("/kantoor/klanten/{number}/{year}/taken/{task}/sluiten", Nothing, post(dossier::close_task))
        .route(
            "/kantoor/klanten/{number}/{year}/akkoord",
            Nothing,
            get(approval::show).post(set_out::set_out).layer(DefaultBodyLimit::max(largest)),
        )
        .route(
            "/kantoor/klanten/{number}/{year}/akkoord/lezen",
            Nothing,
            post(proposed::receive).layer(DefaultBodyLimit::max(largest)),
        )
        .route(
            "/kantoor/klanten/{number}/{year}/akkoord/vaste-toestemming",
            Nothing,
            post(approval::standing_consent::ask),
        )
        .route("/kantoor/klanten/{number}/{year}/akkoord/klaarzetten", Nothing, get(proposed::show))
        .route("/kantoor/klanten/{number}/{year}/akkoord/{revision}/verstuurd", Nothing, post(approval::file))
        .route(
            "/kantoor/klanten/{number}/{year}/akkoord/{revision}/niet-verstuurd",
            Nothing,
            post(approval::undo_filing),
        )
        .route("/kantoor/klanten/{number}/{year}/akkoord/betaling/{tax_return}", Nothing, post(approval::payment::ask))
        .route("/kantoor/klanten/{number}/{year}/akkoord/besluit/{approval}", Nothing, post(ruling::rule))
        .route(
            "/kantoor/klanten/{number}/{year}/akkoord/{revision}/papier/{person}",
            Nothing,
            post(ruling::paper).layer(DefaultBodyLimit::max(largest)),
        )
        .route(
            "/kantoor/klanten/{number}/{year}/akkoord/{revision}/verklaring/{person}",
            Nothing,
            get(approval::statement::print),
        )
        .route("/kantoor/klanten/{number}/{year}/akkoord/bewijs/{file}", Nothing, get(evidence::download))
        .route("/api/clients/{client}/years/{year}/evidence/{approval}", Nothing, get(evidence::own))
}

/// The pages about the firm itself, and about many clients at once.
fn of_the_firm(routes: Routes) -> Routes {
    routes
        .route("/kantoor/logboek", Nothing, get(audit_log::show))
        .route("/kantoor/logboek/auditlog.jsonl", Always, get(audit_log::download))
        .route("/kantoor/logboek/controlepunt/{id}", Nothing, get(audit_log::checkpoint))
        .route("/kantoor/vragenlijsten", Nothing, get(template::list))
        .route("/kantoor/vragenlijsten/{template}", Nothing, get(template::show).post(template::act))
        .route("/kantoor/sjablonen", Nothing, get(mail_text::first))
        .route("/kantoor/sjablonen/{kind}/{language}", Nothing, get(mail_text::show).post(mail_text::act))
        .route(
            "/kantoor/sjablonen/{kind}/{language}/voorbeeld",
            Nothing,
            get(mail_text::preview).post(mail_text::preview_typed),
        )
        .route("/kantoor/uitgaand", Nothing, get(outgoing::show))
        .route("/kantoor/uitgaand/{mail}/opnieuw", Nothing, post(outgoing::again))
        .route("/kantoor/uitgaand/{mail}/gezien", Nothing, post(outgoing::seen))
        .route("/kantoor/mailtijden", Nothing, get(mail_timing::show))
        .route("/kantoor/mailtijden/mijn", Nothing, post(mail_timing::choose))
        .route("/kantoor/mailtijden/kantoor", Nothing, post(mail_timing::save))
        .route("/kantoor/mailserver", ToChange, get(mail_server::show).post(mail_server::act))
        .route("/kantoor/mailserver/sleutel", ToChange, post(mail_server::key))
        .route("/kantoor/seizoen", Nothing, get(report::show))
        .route("/kantoor/seizoen/seizoen.csv", Nothing, get(report::download))
        .route("/kantoor/klanten/{number}/bewerken", ToDo(&["deblokkeer"]), get(client::show).post(client::act))
        .route("/kantoor/acties", Nothing, post(bulk::begin).layer(DefaultBodyLimit::max(bulk::ROOM)))
        .route("/kantoor/acties/{bulk}", Nothing, get(bulk::show).post(bulk::start))
        .route(
            "/kantoor/importeren",
            Nothing,
            get(import::file::begin).post(import::file::take_file).layer(DefaultBodyLimit::max(import::ROOM)),
        )
        .route("/kantoor/importeren/voorbeeld.csv", Nothing, get(import::file::sample))
        .route("/kantoor/importeren/klanten.csv", Always, get(import::current::download))
        .route("/kantoor/importeren/{import}", Nothing, get(import::show))
        .route("/kantoor/importeren/{import}/kolommen", Nothing, post(import::name_columns))
        .route(
            "/kantoor/importeren/{import}/regels",
            Nothing,
            post(import::repair).layer(DefaultBodyLimit::max(import::PAGE_ROOM)),
        )
        .route("/kantoor/importeren/{import}/regels.csv", Nothing, get(import::rows_csv))
        .route("/kantoor/importeren/{import}/start", ToChange, post(import::start))
        .route("/kantoor/importeren/{import}/weg", Nothing, post(import::discard))
        .route("/kantoor/importeren/{import}/uitnodigen", Nothing, post(import::invite))
        .route("/kantoor/adviseurs", ToChange, get(advisors::show).post(advisors::add))
        .route(
            "/kantoor/adviseurs/{advisor}",
            ToDo(&["gegevens", "rol", "vernieuwen", "uitnodigen", "deblokkeren"]),
            get(advisors::one).post(advisors::act),
        )
        .route(
            "/kantoor/portaal",
            Nothing,
            get(portal::show).post(portal::save).layer(DefaultBodyLimit::max(portal::ROOM)),
        )
        .route("/kantoor/portaal/voorbeeld/{screen}", Nothing, get(portal::preview::show))
}

/// The routes, each of which says which of its requests ask for a passkey.
struct Routes {
    console: Console,
    router: Router<Console>,
}

impl Routes {
    fn route(mut self, path: &'static str, asks: Asks, handlers: MethodRouter<Console>) -> Self {
        let ask = middleware::from_fn_with_state((self.console.clone(), asks), ask);
        self.router = self.router.route(path, handlers.layer(ask));
        self
    }
}

/// The requests that a reader may send although they change something, because they concern nobody else.
const OWN: [&str; 2] = ["/kantoor/uitloggen", "/kantoor/overal-uitloggen"];

/// Refuses every change by a reader, for all pages at once and
/// before anything is looked up.
async fn only_look(State(state): State<Console>, request: Request, next: Next) -> Response {
    if request.method() == Method::GET || OWN.contains(&request.uri().path()) {
        return next.run(request).await;
    }
    let (mut parts, body) = request.into_parts();
    match Editor::from_request_parts(&mut parts, &state).await {
        Ok(_) => next.run(Request::from_parts(parts, body)).await,
        Err(refused) => refused,
    }
}
