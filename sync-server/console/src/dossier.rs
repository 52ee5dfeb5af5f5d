//! The page about a client's year: showing it, inviting its people, giving out tasks.

use super::{
    form::Form,
    new_client::invite_people,
    text::Dossier as Text,
    view::{
        clients::href,
        documents::DocumentsQuery,
        dossier::{self as view, ClientYear, Forms},
    },
};
use crate::parts::Console;
use accounts::{
    InConsole, access,
    error::{Refusal, ServerError},
};
use axum::{
    extract::{Path, Query, State},
    http::StatusCode,
    response::{Html, IntoResponse, Redirect, Response},
};
use documents::dossier::DossierYear;
use dossiers::{ActionError, Dossiers, template::offered};
use model::{checklist::Template, id::*, time::TaxYear};
use std::{collections::BTreeMap, sync::Arc};
use storage::db::{self, Access, Advisor, AdvisorRole, Client, DbError, OutboxRow, PersonRow, YearStatus};

/// The years for which a dossier can be opened.
const YEARS: std::ops::RangeInclusive<i16> = 2015..=2100;

/// The maximum number of mails that are listed.
const MAILS: u32 = 6;

/// A client's year as it was loaded.
pub struct Loaded {
    pub client: Client,
    pub people: Vec<(PersonRow, Access)>,
    pub tax_year: TaxYear,
    pub years: Vec<TaxYear>,
    pub year: Arc<DossierYear>,
    pub status: Option<YearStatus>,
    pub mails: Vec<OutboxRow>,
    pub failed_mails: Vec<OutboxRow>,
    /// The position in the log at which this was loaded, or an earlier one.
    pub position: u64,
}

/// Returns the position in the log of a year. It grows with every change of either side.
pub fn position(q: &db::Query<'_>, client: ClientId, tax_year: TaxYear) -> Result<u64, DbError> {
    Ok(q.documents_of_year(client, tax_year)?.iter().map(|d| d.head_seq).sum())
}

impl Loaded {
    /// Returns the year as the markup needs it.
    pub fn view(&self) -> ClientYear<'_> {
        ClientYear {
            client: &self.client,
            people: &self.people,
            tax_year: self.tax_year,
            years: &self.years,
            year: &self.year,
            status: self.status.as_ref(),
            position: self.position,
            mails: &self.mails,
            failed_mails: &self.failed_mails,
        }
    }

    /// Returns the address of the year.
    pub fn href(&self) -> String {
        href(&self.client.number, self.tax_year)
    }
}

/// The client number and the tax year in an address.
pub type YearPath = Path<(String, i16)>;

/// Loads a year of a client of the advisor's firm. Returns `None` if it was never opened.
async fn find(
    state: &Console,
    advisor: &Advisor,
    number: &str,
    year: i16,
) -> Result<(Client, Option<Loaded>), ServerError> {
    let client = access::client_of_firm(&state.db, advisor, number)?;
    if !YEARS.contains(&year) {
        return Err(Refusal::NotFound.into());
    }
    let tax_year = TaxYear(year);
    let (dossiers, id) = (state.dossiers.clone(), client.id);
    let position = state.db.read(|q| position(q, id, tax_year))?;
    let view = match tokio::task::spawn_blocking(move || dossiers.read(id, tax_year)).await? {
        Err(ActionError::NoSuchYear) => return Ok((client, None)),
        other => other?,
    };
    let (firm, now) = (advisor.firm, state.clock.now());
    let (people, access, documents, status, mails) = state.db.read(|q| {
        Ok::<_, DbError>((
            q.people(id)?,
            q.access_of_people(firm, Some(id), now)?,
            q.documents_of_client(id)?,
            q.year_status(id, tax_year)?,
            (q.mails_of_year(id, tax_year, MAILS)?, q.failed_mails_of(firm, id, MAILS)?),
        ))
    })?;
    let access_of = |person| access.iter().find(|(_, p, _)| *p == person).map_or(Access::NotInvited, |(_, _, a)| *a);
    let mut years: Vec<_> = documents.iter().map(|d| d.info.tax_year).collect();
    years.sort_unstable();
    years.dedup();
    let loaded = Loaded {
        people: people.into_iter().map(|p| (p.clone(), access_of(p.id))).collect(),
        tax_year,
        years,
        year: view,
        status,
        position,
        mails: mails.0,
        failed_mails: mails.1,
        client: client.clone(),
    };
    Ok((client, Some(loaded)))
}

/// Loads a year, and refuses if it was never opened.
pub async fn load(state: &Console, advisor: &Advisor, number: &str, year: i16) -> Result<Loaded, ServerError> {
    find(state, advisor, number, year).await?.1.ok_or_else(|| Refusal::NotFound.into())
}

/// Runs an action on a thread that may block.
pub async fn act<T: Send + 'static>(
    state: &Console,
    action: impl FnOnce(&Dossiers) -> Result<T, ActionError> + Send + 'static,
) -> Result<Result<T, ActionError>, ServerError> {
    let dossiers = state.dossiers.clone();
    Ok(tokio::task::spawn_blocking(move || action(&dossiers)).await?)
}

/// Handles `GET /kantoor/klanten/{number}/{year}`.
pub async fn show(
    State(state): State<Console>,
    InConsole(advisor): InConsole,
    Path((number, year)): YearPath,
    Query(shown): Query<DocumentsQuery>,
) -> Result<Html<String>, ServerError> {
    let frame = super::page::frame(&state, advisor.clone())?;
    match find(&state, &advisor, &number, year).await? {
        (_, Some(loaded)) => {
            let forms = Forms { shown, ..Forms::default() };
            let templates = templates_for(&state, &advisor, &loaded)?;
            Ok(Html(view::page(&frame, &loaded.view(), &templates, &forms)))
        }
        (client, None) => Ok(Html(view::unopened(&frame, &client, TaxYear(year)))),
    }
}

/// Handles `POST …/openen`.
pub async fn open(
    State(state): State<Console>,
    InConsole(advisor): InConsole,
    Path((number, year)): YearPath,
) -> Result<Redirect, ServerError> {
    let (client, _) = find(&state, &advisor, &number, year).await?;
    let id = client.id;
    act(&state, move |dossiers| dossiers.open_year(&advisor, id, TaxYear(year))).await??;
    Ok(Redirect::to(&href(&client.number, TaxYear(year))))
}

/// Handles `POST …/uitnodigen`: invites one person, or if none is named everybody who was never invited.
pub async fn invite(
    State(state): State<Console>,
    InConsole(advisor): InConsole,
    Path((number, year)): YearPath,
    axum::Form(typed): axum::Form<BTreeMap<String, String>>,
) -> Result<Redirect, ServerError> {
    if advisor.role == AdvisorRole::Reader {
        return Err(Refusal::NotAllowed.into());
    }
    let loaded = load(&state, &advisor, &number, year).await?;
    let to = format!("{}#personen", loaded.href());
    let chosen = match typed.get("person") {
        Some(text) => Some(text.parse::<PersonId>().map_err(|_| Refusal::Malformed)?),
        None => None,
    };
    let is_meant = |person: &PersonRow, access: Access| match chosen {
        Some(chosen) => person.id == chosen,
        None => access == Access::NotInvited,
    };
    let people: Vec<_> = loaded.people.into_iter().filter(|(p, a)| is_meant(p, *a)).map(|(p, _)| p).collect();
    if chosen.is_some() && people.is_empty() {
        return Err(Refusal::NotFound.into());
    }
    invite_people(&state, &advisor, people).await?;
    Ok(Redirect::to(&to))
}

/// Returns the checklists that can be given out in a year.
fn templates_for(state: &Console, advisor: &Advisor, loaded: &Loaded) -> Result<Vec<Template>, DbError> {
    state.db.read(|q| offered(q, advisor.firm, loaded.tax_year))
}

/// Returns the page with what was typed and the reason why it was refused.
pub(super) fn again(
    state: &Console,
    advisor: Advisor,
    loaded: &Loaded,
    forms: &Forms,
) -> Result<Response, ServerError> {
    let templates = templates_for(state, &advisor, loaded)?;
    let frame = super::page::frame(state, advisor)?;
    let page = view::page(&frame, &loaded.view(), &templates, forms);
    Ok((StatusCode::BAD_REQUEST, Html(page)).into_response())
}

/// Handles `POST …/checklist`.
pub async fn set_out_checklist(
    State(state): State<Console>,
    InConsole(advisor): InConsole,
    Path((number, year)): YearPath,
    axum::Form(typed): axum::Form<BTreeMap<String, String>>,
) -> Result<Response, ServerError> {
    let loaded = load(&state, &advisor, &number, year).await?;
    let t = Text(advisor.language);
    let mut form = Form::from(typed);
    let due = form.day("due", t.day_malformed());
    let prefill = form.value("prefill") != "no";
    let templates = templates_for(&state, &advisor, &loaded)?;
    let template = templates.into_iter().find(|x| x.id == form.value("template"));
    if template.is_none() {
        form.refuse("template", t.template_missing());
    }
    if let (Some(template), true) = (template, form.is_sound()) {
        let (by, client, tax_year) = (advisor.clone(), loaded.client.id, loaded.tax_year);
        match act(&state, move |d| d.set_out_checklist(&by, client, tax_year, template, due, prefill)).await? {
            Ok(_) => return Ok(Redirect::to(&loaded.href()).into_response()),
            Err(ActionError::AlreadySetOut) => {
                let forms = Forms { refused: Some(t.already_set_out().to_owned()), ..Forms::default() };
                return again(&state, advisor, &loaded, &forms);
            }
            Err(other) => return Err(other.into()),
        }
    }
    again(&state, advisor, &loaded, &Forms { checklist: form, ..Forms::default() })
}

/// Handles `POST …/taken/{task}/sluiten`.
pub async fn close_task(
    State(state): State<Console>,
    InConsole(advisor): InConsole,
    Path((number, year, task)): Path<(String, i16, String)>,
) -> Result<Response, ServerError> {
    let loaded = load(&state, &advisor, &number, year).await?;
    let task: TaskId = task.parse().map_err(|_| Refusal::NotFound)?;
    let (by, client, tax_year) = (advisor.clone(), loaded.client.id, loaded.tax_year);
    match act(&state, move |d| d.close_task(&by, client, tax_year, task)).await? {
        Err(ActionError::NoSuchTask) => {
            let refused = Some(Text(advisor.language).task_over().to_owned());
            again(&state, advisor, &loaded, &Forms { refused, ..Forms::default() })
        }
        other => {
            other?;
            Ok(Redirect::to(&format!("{}#taken", loaded.href())).into_response())
        }
    }
}
