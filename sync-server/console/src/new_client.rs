//! Adding a client with one or two persons.

pub mod text;
mod view;

use crate::{
    part::{
        address,
        editor::Editor,
        field::text::Fields,
        form::{Form, Posted},
        invite,
        page::{self, season},
    },
    state::Console,
};
use accounts::error::ServerError;
use axum::{
    extract::State,
    http::StatusCode,
    response::{Html, IntoResponse, Redirect, Response},
};
use dossiers::{client::is_number, keep_order, work::Share};
use model::{
    event::Event,
    id::{ClientId, PersonId},
    language::Language,
    record::Role,
};
use storage::{
    clock::{Clock, random},
    db::{Actor, Advisor, Client, Db, DbError, NewEvent, PersonRow},
};

/// Handles `GET /kantoor/klanten/nieuw`.
pub async fn show(
    State(db): State<Db>,
    State(clock): State<Clock>,
    Editor(advisor): Editor,
) -> Result<Html<String>, ServerError> {
    let frame = page::frame(&db, &clock, advisor)?;
    Ok(Html(view::page(&frame, season(frame.time_format), &Form::default())))
}

/// The reasons why a client could not be added.
enum NotAdded {
    NumberTaken(String),
    Db(DbError),
}

impl From<DbError> for NotAdded {
    fn from(error: DbError) -> Self {
        Self::Db(error)
    }
}

/// Handles `POST /kantoor/klanten/nieuw`.
pub async fn add(
    State(state): State<Console>,
    Editor(advisor): Editor,
    Posted(typed): Posted,
) -> Result<Response, ServerError> {
    let frame = page::frame(&state.db, &state.clock, advisor.clone())?;
    let year = season(frame.time_format);
    let t = Fields(frame.language());
    let mut form = Form::from(typed);
    let now = state.clock.now();
    let (client, people) = read(&mut form, &advisor, t);
    let again = |form: &Form| (StatusCode::BAD_REQUEST, Html(view::page(&frame, year, form))).into_response();
    if !form.is_sound() {
        return Ok(again(&form));
    }
    let invite = form.value("action") == "invite";
    let (new, invited, by) = (client.clone(), people.clone(), advisor.id);
    let added = state.db.write(move |tx| {
        if let Some(other) = tx.client_by_number(new.firm, &new.number)? {
            return Err(NotAdded::NumberTaken(other.name));
        }
        tx.add_client(&new, now)?;
        for person in &invited {
            tx.add_person(person, now)?;
        }
        tx.log(&NewEvent {
            firm: new.firm,
            client: Some(new.id),
            tax_year: None,
            at: now,
            actor: Actor::Advisor(by),
            event: Event::ClientAdded { imported: false, people: invited.len() },
        })?;
        Ok(())
    });
    match added.await {
        Ok(()) => {}
        Err(NotAdded::NumberTaken(name)) => {
            form.refuse("number", t.number_taken(&name));
            return Ok(again(&form));
        }
        Err(NotAdded::Db(error)) => return Err(error.into()),
    }
    let (dossiers, id, opener) = (state.dossiers.clone(), client.id, advisor.clone());
    state.work.run(Share::Console, move || dossiers.open_year(&opener, id, year)).await??;
    if invite {
        invite::invite(&state, &advisor, people).await?;
    }
    Ok(Redirect::to(&address::year(&client.number, year)).into_response())
}

/// Reads the client number from the field `number`.
pub fn client_number(form: &mut Form, language: Language) -> String {
    let t = Fields(language);
    let number = form.line("number", 20, t.number_missing(), t.number_malformed());
    if !number.is_empty() && !is_number(&number) {
        form.refuse("number", t.number_malformed());
    }
    number
}

/// Reads the client and its people from the form, and notes in `form` what is wrong.
fn read(form: &mut Form, advisor: &Advisor, t: Fields) -> (Client, Vec<PersonRow>) {
    let number = client_number(form, t.0);
    let client = Client {
        id: ClientId::from_random(random()),
        firm: advisor.firm,
        number,
        name: form.line("name", 120, t.name_missing(), t.too_long()),
        advisor: advisor.id,
    };
    let mut people = vec![person(form, &client, "1", t)];
    if form.has_any(&["name_2", "given_name_2", "email_2"]) {
        people.push(person(form, &client, "2", t));
    }
    keep_order(&mut people);
    (client, people)
}

fn person(form: &mut Form, client: &Client, which: &str, t: Fields) -> PersonRow {
    PersonRow {
        id: PersonId::from_random(random()),
        firm: client.firm,
        client: client.id,
        account: None,
        name: form.line(&format!("name_{which}"), 120, t.full_name_missing(), t.too_long()),
        given_name: form.line(&format!("given_name_{which}"), 60, t.given_name_missing(), t.too_long()),
        email: form.mail_address(&format!("email_{which}"), t.email_missing(), t.email_malformed()),
        language: Language::from_tag(form.value(&format!("language_{which}"))),
        role: Role::Approver,
        blocked: false,
        until: None,
    }
}
