//! The firm's advisors: inviting them, their roles, and blocking them. A firm always keeps an
//! administrator who can log in.

pub mod text;
mod view;

use crate::{
    part::{
        access::{
            access_state,
            view::{AccessState, More},
        },
        address::ADVISORS,
        editor::Administrator,
        field::text::Fields,
        form::{Form, Posted},
        page,
        told::{Told, both},
        year,
    },
    state::Console,
};
use accounts::{
    InConsole,
    error::{Refusal, ServerError},
    invitation,
};
use axum::{
    extract::{Path, Query, State},
    http::StatusCode,
    response::{Html, IntoResponse, Redirect, Response},
};
use mail::{Composer, Notice, Security};
use model::{
    event::{Event, User},
    id::*,
    language::Language,
    mail_address::MailAddress,
    time::Timestamp,
};
use std::{collections::BTreeMap, sync::Arc};
use storage::{
    clock::{Clock, random},
    db::{self, Actor, Advisor, AdvisorRole, Colleague, Db, DbError, Invitations, NewEvent, Tx},
};
use text::Advisors as Text;
use view::One;

fn access_of(q: &db::Query<'_>, of: &Colleague, now: Timestamp) -> Result<AccessState, DbError> {
    let last = q.last_invitation_of_advisor(of.advisor.id)?;
    access_state(q, (of.blocked_at.is_some(), of.advisor.account), last, now)
}

/// Handles `GET /kantoor/adviseurs`.
pub async fn show(
    State(db): State<Db>,
    State(clock): State<Clock>,
    InConsole(advisor): InConsole,
) -> Result<Html<String>, ServerError> {
    list(&db, &clock, advisor, &Form::proposing([("role", "advisor"), ("language", "nl")]), None)
}

fn list(
    db: &Db,
    clock: &Clock,
    advisor: Advisor,
    form: &Form,
    invited: Option<&str>,
) -> Result<Html<String>, ServerError> {
    let (firm, now) = (advisor.firm, clock.now());
    let lines = db.read(|q| {
        let colleagues = q.colleagues(firm)?.into_iter();
        colleagues.map(|of| Ok((access_of(q, &of, now)?, of))).collect::<Result<Vec<_>, DbError>>()
    })?;
    let frame = page::frame(db, clock, advisor)?;
    Ok(Html(view::list(&frame, &lines, form, invited)))
}

/// Handles `POST /kantoor/adviseurs`: adds an advisor and sends an invitation.
pub async fn add(
    State(db): State<Db>,
    State(clock): State<Clock>,
    State(composer): State<Arc<Composer>>,
    Administrator(advisor): Administrator,
    Posted(typed): Posted,
) -> Result<Response, ServerError> {
    let mut form = Form::from(typed);
    let known = read(&mut form, Advisor { id: AdvisorId::from_random(random()), account: None, ..advisor.clone() });
    let language = Language::from_tag(form.value("language"));
    let role = AdvisorRole::of(form.value("role"));
    if role.is_none() {
        form.refuse("role", Text(advisor.language).role_missing());
    }
    let new = Advisor { role: role.unwrap_or(AdvisorRole::Reader), language, ..known };
    let (by, now, composer, row) = (advisor.clone(), clock.now(), composer.clone(), new.clone());
    let taken = !form.is_sound() || {
        let added = db.write(move |tx| {
            if has_address(tx, &row)? {
                return Ok(false);
            }
            tx.add_advisor(&row, now)?;
            invite(tx, &composer, &row, &by, now)?;
            Ok::<_, DbError>(true)
        });
        !added.await?
    };
    if taken {
        if form.is_sound() {
            form.refuse("email", Text(advisor.language).email_taken());
        }
        return Ok((StatusCode::BAD_REQUEST, list(&db, &clock, advisor, &form, None)?).into_response());
    }
    let empty = Form::proposing([("role", "advisor"), ("language", "nl")]);
    Ok(list(&db, &clock, advisor, &empty, Some(&new.email))?.into_response())
}

/// Reads name and address from the form, with complaints in the language of the advisor who looks at it.
fn read(form: &mut Form, before: Advisor) -> Advisor {
    let n = Fields(before.language);
    let hours = form.value("hours").to_owned();
    if hours.chars().count() > 80 || hours.chars().any(char::is_control) {
        form.refuse("hours", n.too_long());
    }
    Advisor {
        name: form.line("name", 120, n.full_name_missing(), n.too_long()),
        given_name: form.line("given_name", 60, n.given_name_missing(), n.too_long()),
        email: form.mail_address("email", n.email_missing(), n.email_malformed()),
        hours,
        ..before
    }
}

/// Returns true if another advisor of the firm has this mail address.
fn has_address(tx: &Tx<'_>, of: &Advisor) -> Result<bool, DbError> {
    let same = |a: &Advisor| a.id != of.id && a.email.trim().eq_ignore_ascii_case(of.email.trim());
    Ok(tx.advisors(of.firm)?.iter().any(same))
}

fn invite(tx: &Tx<'_>, composer: &Composer, to: &Advisor, by: &Advisor, now: Timestamp) -> Result<(), DbError> {
    let token = invitation::invite_advisor(tx, to, now)?;
    composer.queue(tx, &Notice::AdvisorInvitation { advisor: to.id, token }, now)?;
    let what = both(|t| t.invited(&to.name, view::role(Text(t.0), to.role)));
    // The colleague gets the invitation itself.
    Told { by, about: Some(to), knows: true, left: None, what }.queue(tx, composer, now)?;
    log(tx, to, by.id, Event::AdvisorInvited { advisor: to.id }, now)
}

fn log(tx: &Tx<'_>, about: &Advisor, by: AdvisorId, event: Event, at: Timestamp) -> Result<(), DbError> {
    tx.log(&NewEvent { firm: about.firm, client: None, tax_year: None, at, actor: Actor::Advisor(by), event })
}

fn colleague(state: &Console, advisor: &Advisor, id: &str) -> Result<Colleague, ServerError> {
    let id: AdvisorId = id.parse().map_err(|_| Refusal::NotFound)?;
    Ok(state.db.read(|q| q.colleague(advisor.firm, id))?.ok_or(Refusal::NotFound)?)
}

fn form_of(of: &Advisor) -> Form {
    Form::proposing([
        ("name", of.name.as_str()),
        ("given_name", &of.given_name),
        ("email", &of.email),
        ("hours", &of.hours),
        ("role", of.role.word()),
    ])
}

/// Handles `GET /kantoor/adviseurs/{advisor}`.
pub async fn one(
    State(state): State<Console>,
    Administrator(advisor): Administrator,
    Path(id): Path<String>,
    Query(query): Query<BTreeMap<String, String>>,
) -> Result<Response, ServerError> {
    let of = colleague(&state, &advisor, &id)?;
    let mut form = form_of(&of.advisor);
    if query.contains_key("opgeslagen") {
        form.set("saved", "yes");
    }
    page(&state, advisor, &of, &form, More::Nothing)
}

fn page(state: &Console, advisor: Advisor, of: &Colleague, form: &Form, more: More) -> Result<Response, ServerError> {
    let now = state.clock.now();
    let (access, others) = state.db.read(|q| {
        let others = q.working_advisors(advisor.firm)?.into_iter().filter(|a| a.id != of.advisor.id);
        Ok::<_, DbError>((access_of(q, of, now)?, others.map(|a| (a.id.to_string(), a.name)).collect::<Vec<_>>()))
    })?;
    let status = if form.is_sound() { StatusCode::OK } else { StatusCode::BAD_REQUEST };
    let frame = page::frame(&state.db, &state.clock, advisor)?;
    let page = view::one(&One { frame: &frame, of, access, others: &others, form, more });
    Ok((status, Html(page)).into_response())
}

/// Handles `POST /kantoor/adviseurs/{advisor}`: does the action that the pressed button names.
pub async fn act(
    State(state): State<Console>,
    Administrator(advisor): Administrator,
    Path(id): Path<String>,
    Posted(typed): Posted,
) -> Result<Response, ServerError> {
    let of = colleague(&state, &advisor, &id)?;
    let (row, by, now) = (of.advisor.clone(), advisor.clone(), state.clock.now());
    let composer = state.composer.clone();
    match typed.get("action").map(String::as_str) {
        Some("gegevens") => return keep_details(&state, advisor, of, Form::from(typed)).await,
        Some("rol") => return set_role(&state, advisor, of, Form::from(typed)).await,
        Some("blokkeren") => return block(&state, advisor, of, Form::from(typed)).await,
        Some("vernieuwen") if of.blocked_at.is_none() && row.account.is_some() => {
            return renew(&state, advisor, of).await;
        }
        Some("uitnodigen") if of.blocked_at.is_none() && row.account.is_none() => {
            state.db.write(move |tx| invite(tx, &composer, &row, &by, now)).await?;
        }
        Some("intrekken") => {
            let withdrawn = state.db.write(move |tx| {
                if tx.withdraw_invitations(Invitations::OfAdvisor(row.id), now)? {
                    log(tx, &row, by.id, Event::InvitationWithdrawn { of: User::Advisor(row.id) }, now)?;
                }
                Ok::<_, DbError>(())
            });
            withdrawn.await?;
        }
        Some("deblokkeren") => {
            let unblocked = state.db.write(move |tx| {
                tx.set_advisor_blocked(row.id, None)?;
                let what = both(|t| t.unblocked(&row.name));
                Told { by: &by, about: Some(&row), knows: false, left: None, what }.queue(tx, &composer, now)?;
                log(tx, &row, by.id, Event::AdvisorUnblocked { advisor: row.id }, now)
            });
            unblocked.await?;
        }
        _ => return Err(Refusal::Malformed.into()),
    }
    Ok(Redirect::to(&here(of.advisor.id)).into_response())
}

async fn keep_details(
    state: &Console,
    advisor: Advisor,
    of: Colleague,
    mut form: Form,
) -> Result<Response, ServerError> {
    let mut known = read(&mut form, Advisor { language: advisor.language, ..of.advisor.clone() });
    known.language = of.advisor.language;
    let (row, by, now) = (known.clone(), advisor.clone(), state.clock.now());
    let (left, composer) = (of.advisor.email.clone(), state.composer.clone());
    if form.is_sound() {
        let kept = state.db.write(move |tx| {
            if has_address(tx, &row)? {
                return Ok(false);
            }
            tx.set_advisor_known(&row)?;
            if left.trim() != row.email {
                let what = both(|t| t.address(&row.name, &row.email));
                Told { by: &by, about: Some(&row), knows: false, left: MailAddress::read(&left), what }
                    .queue(tx, &composer, now)?;
            }
            log(tx, &row, by.id, Event::AdvisorChanged { advisor: row.id }, now)?;
            Ok::<_, DbError>(true)
        });
        if kept.await? {
            let on_cover = |a: &Advisor| (a.name.clone(), a.given_name.clone(), a.hours.clone());
            if on_cover(&known) != on_cover(&of.advisor) {
                let clients = state.db.read(|q| q.clients_of_advisor(known.id))?;
                year::act(&state.dossiers, move |d| {
                    d.renew_covers(&advisor, clients);
                    Ok(())
                })
                .await??;
            }
            return Ok(Redirect::to(&format!("{}?opgeslagen", here(known.id))).into_response());
        }
        form.refuse("email", Text(advisor.language).email_taken());
    }
    form.set("role", of.advisor.role.word());
    page(state, advisor, &of, &form, More::Nothing)
}

/// The reasons why an advisor's role or access cannot be changed.
enum Stays {
    LastAdministrator,
    Db(DbError),
}

impl From<DbError> for Stays {
    fn from(error: DbError) -> Self {
        Self::Db(error)
    }
}

/// Refuses a change that would leave the firm without an administrator who can log in.
fn keep_an_administrator(tx: &Tx<'_>, without: &Advisor) -> Result<(), Stays> {
    let was_one = without.role == AdvisorRole::Administrator && without.account.is_some();
    if was_one && !tx.has_administrator_beside(without.firm, without.id)? {
        return Err(Stays::LastAdministrator);
    }
    Ok(())
}

async fn set_role(state: &Console, advisor: Advisor, of: Colleague, form: Form) -> Result<Response, ServerError> {
    let role = AdvisorRole::of(form.value("role")).ok_or(Refusal::Malformed)?;
    let (id, by, now, composer) = (of.advisor.id, advisor.clone(), state.clock.now(), state.composer.clone());
    let set = state.db.write(move |tx| {
        // The row is read once more, because a colleague may have changed it in the meantime.
        let row = tx.advisor(id)?.ok_or(DbError::Missing("advisor that a form names"))?;
        if role != AdvisorRole::Administrator {
            keep_an_administrator(tx, &row)?;
        }
        tx.set_advisor_role(id, role)?;
        let what = both(|t| t.role(&row.name, view::role(Text(t.0), role)));
        Told { by: &by, about: Some(&row), knows: false, left: None, what }.queue(tx, &composer, now)?;
        Ok(log(tx, &row, by.id, Event::AdvisorRoleChanged { advisor: row.id }, now)?)
    });
    match set.await {
        Ok(()) => {}
        Err(Stays::LastAdministrator) => {
            let mut form = form_of(&of.advisor);
            form.refuse("role", Text(advisor.language).last_administrator());
            return page(state, advisor, &of, &form, More::Nothing);
        }
        Err(Stays::Db(error)) => return Err(error.into()),
    }
    // An advisor who is no longer an administrator may not see this page any more.
    let to = if id == advisor.id && role != AdvisorRole::Administrator { ADVISORS.to_owned() } else { here(id) };
    Ok(Redirect::to(&to).into_response())
}

fn here(id: AdvisorId) -> String {
    format!("{}/{id}", ADVISORS)
}

async fn block(state: &Console, advisor: Advisor, of: Colleague, typed: Form) -> Result<Response, ServerError> {
    let t = Text(advisor.language);
    let mut form = form_of(&of.advisor);
    let successor: Option<AdvisorId> = typed.value("successor").parse().ok();
    let successors = state.db.read(|q| q.working_advisors(advisor.firm))?;
    let successor =
        successor.filter(|successor| *successor != of.advisor.id && successors.iter().any(|a| a.id == *successor));
    if of.advisor.id == advisor.id {
        form.refuse("", t.not_yourself());
    } else if of.clients > 0 && successor.is_none() {
        form.refuse("successor", t.hand_over_missing());
    }
    if !form.is_sound() {
        return page(state, advisor, &of, &form, More::Nothing);
    }
    let (id, firm, by, now) = (of.advisor.id, advisor.firm, advisor.id, state.clock.now());
    let blocked = state.db.write(move |tx| {
        let row = tx.advisor(id)?.ok_or(DbError::Missing("advisor that a form names"))?;
        keep_an_administrator(tx, &row)?;
        let clients = tx.clients_of_advisor(id)?;
        if let Some(successor) = successor.filter(|_| !clients.is_empty()) {
            tx.hand_over_clients(firm, id, successor)?;
            log(tx, &row, by, Event::ClientsHandedOver { advisor: row.id }, now)?;
        }
        tx.set_advisor_blocked(id, Some(now))?;
        tx.withdraw_invitations(Invitations::OfAdvisor(id), now)?;
        log(tx, &row, by, Event::AdvisorBlocked { advisor: row.id }, now)?;
        Ok::<_, Stays>(clients)
    });
    let clients = match blocked.await {
        Ok(clients) => clients,
        Err(Stays::LastAdministrator) => {
            form.refuse("", t.last_administrator());
            return page(state, advisor, &of, &form, More::Nothing);
        }
        Err(Stays::Db(error)) => return Err(error.into()),
    };
    if let Some(account) = of.advisor.account {
        state.dossiers.hub().recheck(account);
    }
    year::act(&state.dossiers, move |d| {
        d.renew_covers(&advisor, clients);
        Ok(())
    })
    .await??;
    Ok(Redirect::to(&here(id)).into_response())
}

/// Sends a link by mail and returns a code to be told, for an advisor who lost every passkey. A mail
/// to the known address says that this happened.
async fn renew(state: &Console, advisor: Advisor, of: Colleague) -> Result<Response, ServerError> {
    let form = form_of(&of.advisor);
    let (row, by, now, composer) = (of.advisor.clone(), advisor.clone(), state.clock.now(), state.composer.clone());
    let code = state.db.write(move |tx| {
        let (token, code) = invitation::invite_advisor_with_code(tx, &row, now)?;
        composer.queue(tx, &Notice::AdvisorSecurity { advisor: row.id, what: Security::Renewed }, now)?;
        composer.queue(tx, &Notice::AdvisorInvitation { advisor: row.id, token }, now)?;
        let what = both(|t| t.renewed(&row.name));
        // The colleague is told by the mail above.
        Told { by: &by, about: Some(&row), knows: true, left: None, what }.queue(tx, &composer, now)?;
        log(tx, &row, by.id, Event::AccessRenewalStarted { of: User::Advisor(row.id) }, now)?;
        Ok::<_, DbError>(code)
    });
    let code = code.await?;
    page(state, advisor, &of, &form, More::Code(code))
}
