//! What is to be paid for a return that was filed: the form in which it is passed on, and what the client said about it.

use crate::{
    approval::text::ToPay,
    delivery::text::Archive,
    dossier::text::Dossier,
    part::{field::Field, form::Form, frame::Frame, year::view::ClientYear},
};
use dioxus::prelude::*;
use documents::dossier::{GivenRevision, GivenTask};
use model::{
    id::TaxReturnId,
    money::Cents,
    payment::{TAX_AUTHORITY_IBAN, last_day_to_pay, show_reference},
    record::{Payment, ResultOf, TaxReturn},
};
use std::collections::BTreeMap;
use ui::{
    format,
    part::{Icon, Status, Tone},
};

/// Renders the payments of the returns of a revision that was filed, if they are of a kind that is paid without an
/// assessment. `form` is what was typed for one of them, beside the references that can be computed.
pub fn show(
    frame: &Frame,
    at: &ClientYear<'_>,
    given: &GivenRevision,
    typed: (&Form, &BTreeMap<TaxReturnId, String>),
) -> Element {
    let paid = given.tax_returns.iter().filter(|(id, known)| known.kind.is_paid_on_filing() && given.is_filed(*id));
    rsx! {
        for (id , tax_return) in paid {
            {of_return(frame, at, given, (*id, tax_return), typed)}
        }
    }
}

fn of_return(
    frame: &Frame,
    at: &ClientYear<'_>,
    given: &GivenRevision,
    (id, tax_return): (TaxReturnId, &TaxReturn),
    (form, references): (&Form, &BTreeMap<TaxReturnId, String>),
) -> Element {
    let t = ToPay(frame.language());
    let asked = at.year.payments_asked(id).next();
    let result = given.revision.results.iter().find(|r| r.tax_return == id && r.of == ResultOf::Tax);
    let is_typed = form.value("paid_return") == id.to_string();
    let proposed;
    let form = if is_typed {
        form
    } else {
        let computed = references.get(&id).map_or("", String::as_str);
        proposed = proposal(tax_return, asked, result.map(|result| result.amount), computed);
        &proposed
    };
    let is_due = asked.is_none() && result.is_some_and(|result| result.amount.0 < 0);
    rsx! {
        if let Some((task, payment)) = asked {
            {told(frame, at, task, payment)}
        }
        if frame.may_change() {
            details { class: "card card--pad", open: is_typed || is_due,
                summary {
                    Icon { name: "chevron-right" }
                    " "
                    {if asked.is_some() { t.change() } else { t.title() }}
                }
                {fields(frame, at, id, form)}
            }
        }
    }
}

fn fields(frame: &Frame, at: &ClientYear<'_>, id: TaxReturnId, form: &Form) -> Element {
    let (t, a) = (ToPay(frame.language()), Archive(frame.language()));
    let place = id.to_string();
    let field = |name: &'static str, label| Field::text("betaling", name, label).of(&place);
    rsx! {
        form { class: "stack", method: "post", action: "{at.href()}/akkoord/betaling/{id}", novalidate: true,
            p { class: "hint", {t.lead()} }
            input { r#type: "hidden", name: "pay_computed", value: form.value("pay_computed") }
            div { class: "two",
                {field("pay_amount", t.amount()).kind("amount").show(form)}
                {field("pay_due", t.due()).kind("date").show(form)}
            }
            div { class: "two",
                {field("pay_iban", a.iban()).show(form)}
                {field("pay_reference", a.reference()).hint(t.reference_hint()).show(form)}
            }
            div { class: "cluster",
                button { class: "btn btn--primary", r#type: "submit", {t.send()} }
            }
        }
    }
}

/// Renders what the client was told, and whether somebody says that it was paid.
fn told(frame: &Frame, at: &ClientYear<'_>, task: &GivenTask, payment: &Payment) -> Element {
    let language = frame.language();
    let (t, d) = (ToPay(language), Dossier(language));
    let amount = payment.amount.abs().plain();
    let due = task.task.due.map(|day| format::date_long(day, language)).unwrap_or_default();
    let report = at.year.payment_reports.get(&task.id).filter(|report| report.is_paid);
    rsx! {
        p { class: "cluster small",
            span { {t.told(&amount, &due)} }
            if !payment.reference.is_empty() {
                span { class: "num muted", {show_reference(&payment.reference)} }
            }
            if payment.is_computed {
                span { class: "muted", {t.computed()} }
            }
            if let Some(report) = report {
                Status { tone: Tone::Ok, icon: "check", {d.paid(at.year.given_name(report.by))} }
            } else {
                Status { tone: Tone::Wait, icon: "hourglass", {d.not_paid()} }
            }
        }
    }
}

/// Returns the form with what was passed on before, or else with what follows from the return; `computed` is the
/// reference that follows from the taxpayer's number, if it does.
fn proposal(
    tax_return: &TaxReturn,
    asked: Option<(&GivenTask, &Payment)>,
    result: Option<Cents>,
    computed: &str,
) -> Form {
    let amount = asked.map(|(_, payment)| payment.amount).or(result).filter(|amount| amount.0 < 0);
    let due = asked.and_then(|(task, _)| task.task.due);
    let due = due.or_else(|| last_day_to_pay(tax_return.kind, tax_return.period));
    let mut form = Form::default();
    form.set("pay_amount", amount.map(|amount| amount.abs().plain()).unwrap_or_default());
    form.set("pay_due", due.map(|day| day.to_string()).unwrap_or_default());
    form.set("pay_iban", asked.map_or(TAX_AUTHORITY_IBAN, |(_, payment)| &payment.iban));
    form.set("pay_reference", show_reference(asked.map_or(computed, |(_, payment)| &payment.reference)));
    form.set("pay_computed", computed);
    form
}
