//! Passing on to the client what is to be paid for a return that was filed.

use super::{page, text::ToPay as Text};
use crate::{
    delivery::text::Archive,
    dossier::text::Dossier,
    part::{
        editor::Editor,
        form::{Form, Posted},
        year::{act, load},
    },
    state::Console,
};
use accounts::error::{Refusal, ServerError};
use axum::{
    extract::{Path, State},
    http::StatusCode,
    response::{Html, IntoResponse, Redirect, Response},
};
use dossiers::ActionError;
use model::{id::TaxReturnId, money::Cents, record::Payment};

/// Handles `POST …/akkoord/betaling/{tax_return}`.
pub async fn ask(
    State(state): State<Console>,
    Editor(advisor): Editor,
    Path((number, year, tax_return)): Path<(String, i16, String)>,
    Posted(typed): Posted,
) -> Result<Response, ServerError> {
    let loaded = load(&state, &advisor, &number, year).await?;
    let tax_return: TaxReturnId = tax_return.parse().map_err(|_| Refusal::NotFound)?;
    let (t, a) = (Text(advisor.language), Archive(advisor.language));
    let mut form = Form::from(typed);
    let amount = form.amount("pay_amount", a.amount_malformed()).filter(|amount| amount.0 > 0);
    if amount.is_none() {
        form.refuse("pay_amount", t.amount_missing());
    }
    let due = form.day("pay_due", Dossier(advisor.language).day_malformed());
    if due.is_none() {
        form.refuse("pay_due", t.due_missing());
    }
    let iban = form.iban("pay_iban", true, a.iban_wrong());
    let reference = form.payment_reference("pay_reference", false, a.reference_wrong());
    let (true, Some(Cents(amount)), Some(due)) = (form.is_sound(), amount, due) else {
        form.set("paid_return", tax_return.to_string());
        let page = page(&state, advisor, &loaded, &form, None)?;
        return Ok((StatusCode::BAD_REQUEST, Html(page)).into_response());
    };
    let is_computed = !reference.is_empty() && reference == form.value("pay_computed");
    let payment = Payment { tax_return, amount: Cents(-amount), iban, reference, is_computed };
    let (by, client, tax_year) = (advisor.clone(), loaded.client.id, loaded.tax_year);
    match act(&state.dossiers, move |d| d.ask_payment(&by, client, tax_year, payment, due)).await? {
        Ok(_) => Ok(Redirect::to(&format!("{}/akkoord", loaded.href())).into_response()),
        Err(ActionError::NoSuchRevision) => {
            // The year is loaded once more, because somebody else may have changed what the page showed.
            let now = load(&state, &advisor, &number, year).await?;
            let page = page(&state, advisor, &now, &Form::default(), Some(t.not_filed()))?;
            Ok((StatusCode::CONFLICT, Html(page)).into_response())
        }
        Err(other) => Err(other.into()),
    }
}
