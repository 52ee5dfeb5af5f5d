//! The pages below `/kantoor`.

use crate::{
    advisors,
    approval::{self, evidence, ruling},
    audit_log, bulk, client,
    clients::{self, export},
    contact, dashboard, delivery,
    dossier::{self, answer_sheet, document, request, review},
    household, import, live, mail_server, mail_text, mail_timing, new_client, outgoing,
    part::editor::Editor,
    person, portal, report, search, start,
    state::Console,
    template,
};
use axum::{
    Router,
    extract::{DefaultBodyLimit, FromRequestParts, Request, State},
    http::Method,
    middleware::{self, Next},
    response::Response,
    routing::{get, post},
};

/// A file that is too large is read up to this many times the limit, so that the page can say at
/// the field that it is too large.
const OVERSIZE: u64 = 4;
/// The number of bytes for the fields of a form that also has a file.
const FORM_ROOM: u64 = 256 * 1024;

/// Returns the routes of the pages below `/kantoor`.
pub fn routes(console: Console) -> Router {
    let largest = usize::try_from(console.files.largest() * OVERSIZE + FORM_ROOM).unwrap_or(usize::MAX);
    Router::new()
        .route("/kantoor", get(dashboard::show))
        .route("/kantoor/nieuws", get(live::follow_firm))
        .route("/kantoor/begin", get(start::begin))
        .route("/kantoor/welkom", get(start::invited))
        .route("/kantoor/inloggen", get(start::log_in))
        .route("/dit-was-ik-niet", get(start::alarm))
        .route("/kantoor/uitloggen", post(start::log_out))
        .route("/kantoor/zoek", get(search::find))
        .route("/kantoor/klanten", get(clients::show))
        .route("/kantoor/klanten/klanten.csv", get(export::download))
        .route("/kantoor/klanten/nieuw", get(new_client::show).post(new_client::add))
        .route("/kantoor/klanten/{number}/{year}", get(dossier::show))
        .route("/kantoor/klanten/{number}/{year}/nieuws", get(live::follow))
        .route("/kantoor/klanten/{number}/{year}/openen", post(dossier::open))
        .route("/kantoor/klanten/{number}/{year}/uitnodigen", post(dossier::invite))
        .route("/kantoor/klanten/{number}/{year}/personen/nieuw", get(household::show).post(household::add))
        .route("/kantoor/klanten/{number}/{year}/personen/{person}/splitsen", post(household::split))
        .route("/kantoor/klanten/{number}/{year}/personen/{person}", get(person::show).post(person::act))
        .route("/kantoor/klanten/{number}/{year}/checklist", post(dossier::set_out_checklist))
        .route("/kantoor/klanten/{number}/{year}/checklist/{checklist}/beoordelen", post(review::judge))
        .route("/kantoor/klanten/{number}/{year}/checklist/{checklist}/heropenen", post(review::reopen))
        .route("/kantoor/klanten/{number}/{year}/checklist/{checklist}/antwoorden/{form}", get(answer_sheet::download))
        .route("/kantoor/klanten/{number}/{year}/berichten", get(contact::show))
        .route("/kantoor/klanten/{number}/{year}/berichten/gelezen", post(contact::mark_read))
        .route(
            "/kantoor/klanten/{number}/{year}/bericht",
            post(contact::write_message).layer(DefaultBodyLimit::max(largest)),
        )
        .route("/kantoor/klanten/{number}/{year}/wijzigingen/{proposal}", post(contact::decide))
        .route("/kantoor/klanten/{number}/{year}/gegevens/{person}", post(contact::keep_details))
        .route("/kantoor/klanten/{number}/{year}/documenten", post(request::ask))
        .route(
            "/kantoor/klanten/{number}/{year}/archief",
            get(delivery::show).post(delivery::deliver).layer(DefaultBodyLimit::max(largest)),
        )
        .route("/kantoor/klanten/{number}/{year}/stukken/{attachment}", post(document::take_in))
        .route("/kantoor/klanten/{number}/{year}/taken/{task}/sluiten", post(dossier::close_task))
        .route(
            "/kantoor/klanten/{number}/{year}/akkoord",
            get(approval::show).post(approval::set_out).layer(DefaultBodyLimit::max(largest)),
        )
        .route("/kantoor/klanten/{number}/{year}/akkoord/{revision}/verstuurd", post(approval::file))
        .route("/kantoor/klanten/{number}/{year}/akkoord/besluit/{approval}", post(ruling::rule))
        .route(
            "/kantoor/klanten/{number}/{year}/akkoord/{revision}/papier/{person}",
            post(ruling::paper).layer(DefaultBodyLimit::max(largest)),
        )
        .route("/kantoor/klanten/{number}/{year}/akkoord/bewijs/{file}", get(evidence::download))
        .route("/api/clients/{client}/years/{year}/evidence/{approval}", get(evidence::own))
        .route("/kantoor/logboek", get(audit_log::show))
        .route("/kantoor/logboek/auditlog.jsonl", get(audit_log::download))
        .route("/kantoor/logboek/controlepunt/{id}", get(audit_log::checkpoint))
        .route("/kantoor/vragenlijsten", get(template::list))
        .route("/kantoor/vragenlijsten/{template}", get(template::show).post(template::act))
        .route("/kantoor/sjablonen", get(mail_text::first))
        .route("/kantoor/sjablonen/{kind}/{language}", get(mail_text::show).post(mail_text::act))
        .route("/kantoor/sjablonen/{kind}/{language}/voorbeeld", get(mail_text::preview).post(mail_text::preview_typed))
        .route("/kantoor/uitgaand", get(outgoing::show))
        .route("/kantoor/uitgaand/{mail}/opnieuw", post(outgoing::again))
        .route("/kantoor/uitgaand/{mail}/gezien", post(outgoing::seen))
        .route("/kantoor/mailtijden", get(mail_timing::show))
        .route("/kantoor/mailtijden/mijn", post(mail_timing::choose))
        .route("/kantoor/mailtijden/kantoor", post(mail_timing::save))
        .route("/kantoor/mailserver", get(mail_server::show).post(mail_server::act))
        .route("/kantoor/mailserver/sleutel", post(mail_server::key))
        .route("/kantoor/seizoen", get(report::show))
        .route("/kantoor/seizoen/seizoen.csv", get(report::download))
        .route("/kantoor/klanten/{number}/bewerken", get(client::show).post(client::act))
        .route("/kantoor/acties", post(bulk::begin).layer(DefaultBodyLimit::max(bulk::ROOM)))
        .route("/kantoor/acties/{bulk}", get(bulk::show).post(bulk::start))
        .route(
            "/kantoor/importeren",
            get(import::file::begin).post(import::file::take_file).layer(DefaultBodyLimit::max(import::ROOM)),
        )
        .route("/kantoor/importeren/voorbeeld.csv", get(import::file::sample))
        .route("/kantoor/importeren/{import}", get(import::show))
        .route("/kantoor/importeren/{import}/kolommen", post(import::name_columns))
        .route("/kantoor/importeren/{import}/regels", post(import::repair).layer(DefaultBodyLimit::max(import::ROOM)))
        .route("/kantoor/importeren/{import}/regels.csv", get(import::rows_csv))
        .route("/kantoor/importeren/{import}/start", post(import::start))
        .route("/kantoor/importeren/{import}/weg", post(import::discard))
        .route("/kantoor/importeren/{import}/uitnodigen", post(import::invite))
        .route("/kantoor/adviseurs", get(advisors::show).post(advisors::add))
        .route("/kantoor/adviseurs/{advisor}", get(advisors::one).post(advisors::act))
        .route("/kantoor/portaal", get(portal::show).post(portal::save).layer(DefaultBodyLimit::max(portal::ROOM)))
        .route("/kantoor/portaal/voorbeeld/{screen}", get(portal::preview::show))
        .route_layer(middleware::from_fn_with_state(console.clone(), only_look))
        .with_state(console)
}

/// The requests that a reader may send although they change something, because they concern nobody else.
const OWN: [&str; 1] = ["/kantoor/uitloggen"];

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
