//! The numbers of a taxpayer on the pages of a person and a client: masked, shown by a press that the log keeps, and
//! changed without being shown.

pub mod text;

use super::{
    field::{Field, whole},
    form::Form,
};
use accounts::error::{Refusal, ServerError};
use dioxus::prelude::*;
use documents::dossier::DossierYear;
use model::{
    event::Event,
    id::*,
    language::Language,
    payment::reference_of_return,
    record::{TaxReturn, Taxpayer},
    tax_number::{NumberKind, mask},
    time::Timestamp,
};
use std::collections::BTreeMap;
use storage::{
    db::{Actor, Advisor, Db, DbError, KnownNumber, NewEvent},
    vault::Vault,
};
use text::{NumberWords, Numbers};
use ui::part::Icon;

const FORM: &str = "nummers";

/// The numbers of one taxpayer as a page shows them.
#[derive(Debug, Clone, Default)]
pub struct NumbersView {
    kinds: Vec<NumberKind>,
    known: Vec<KnownNumber>,
    /// What else has one of the numbers: the kind, and the number and the name of the client.
    also_of: Vec<(NumberKind, String, String)>,
    /// The number that was asked for.
    pub shown: Option<NumberKind>,
    /// The form as it was typed.
    form: Form,
}

impl NumbersView {
    /// Returns the numbers with the form as it was typed.
    pub fn typed(self, form: Form) -> Self {
        Self { form, ..self }
    }
}

/// Returns the kinds of number that a taxpayer can have.
fn kinds(taxpayer: Taxpayer) -> [NumberKind; 4] {
    match taxpayer {
        Taxpayer::Person(_) => NumberKind::OF_PERSON,
        Taxpayer::Company => NumberKind::OF_COMPANY,
    }
}

/// Reads what is known of the numbers of a taxpayer.
pub fn load(
    db: &Db,
    vault: &Vault,
    firm: FirmId,
    client: ClientId,
    taxpayer: Taxpayer,
) -> Result<NumbersView, ServerError> {
    let view = db.read(|q| {
        let mut known = q.tax_numbers(vault, client)?;
        known.retain(|number| number.taxpayer == taxpayer);
        let mut also_of = Vec::new();
        if !known.is_empty() {
            for other in q.tax_numbers_of_firm(vault, firm)?.into_iter().filter(|other| other.client != client) {
                if let Some(own) = known.iter().find(|own| own.number == other.number)
                    && let Some(client) = q.client(firm, other.client)?
                {
                    also_of.push((own.kind, client.number, client.name));
                }
            }
        }
        let kinds = kinds(taxpayer).to_vec();
        Ok::<_, DbError>(NumbersView { kinds, known, also_of, shown: None, form: Form::default() })
    })?;
    Ok(view)
}

/// Returns the events of a taxpayer's numbers, as the log keeps them.
fn logged(by: &Advisor, client: ClientId, event: Event, at: Timestamp) -> NewEvent {
    NewEvent { firm: by.firm, client: Some(client), tax_year: None, at, actor: Actor::Advisor(by.id), event }
}

fn person_of(taxpayer: Taxpayer) -> Option<PersonId> {
    match taxpayer {
        Taxpayer::Person(person) => Some(person),
        Taxpayer::Company => None,
    }
}

/// Writes into the log that somebody looks at a number. Returns its kind.
pub async fn show(
    db: &Db,
    by: &Advisor,
    (client, taxpayer): (ClientId, Taxpayer),
    kind: &str,
    at: Timestamp,
) -> Result<NumberKind, ServerError> {
    let kind = NumberKind::of(kind).filter(|kind| kinds(taxpayer).contains(kind)).ok_or(Refusal::Malformed)?;
    let event = logged(by, client, Event::TaxNumberShown { kind, person: person_of(taxpayer) }, at);
    db.write(move |tx| tx.log(&event)).await?;
    Ok(kind)
}

/// Reads the form: the numbers that change, an empty one where it is removed. What is wrong is noted in the form.
pub fn read(form: &mut Form, taxpayer: Taxpayer, language: Language) -> Vec<(NumberKind, String)> {
    let mut changed = Vec::new();
    for kind in kinds(taxpayer) {
        let text = form.value(kind.word());
        if form.value(&removal(kind)) == "yes" {
            changed.push((kind, String::new()));
        } else if !text.is_empty() {
            match kind.read(text) {
                Some(number) => changed.push((kind, number)),
                None => form.refuse(kind.word(), NumberWords(language).malformed(kind)),
            }
        }
    }
    changed
}

/// Stores the numbers that change, except the BSN, which is a detail of a person.
pub async fn keep(
    db: &Db,
    vault: &Vault,
    by: &Advisor,
    (client, taxpayer): (ClientId, Taxpayer),
    changed: Vec<(NumberKind, String)>,
    at: Timestamp,
) -> Result<(), ServerError> {
    let changed: Vec<_> = changed.into_iter().filter(|(kind, _)| *kind != NumberKind::Bsn).collect();
    if changed.is_empty() {
        return Ok(());
    }
    let event = logged(by, client, Event::TaxNumbersChanged { person: person_of(taxpayer) }, at);
    let vault = vault.clone();
    db.write(move |tx| {
        for (kind, number) in changed {
            tx.set_tax_number(&vault, &KnownNumber { client, taxpayer, kind, number })?;
        }
        tx.log(&event)
    })
    .await?;
    Ok(())
}

fn removal(kind: NumberKind) -> String {
    format!("remove_{}", kind.word())
}

/// Renders the numbers with the buttons that show them, and the form that changes them. `here` is where both are sent.
pub fn section(view: &NumbersView, here: &str, may_change: bool, language: Language) -> Element {
    let (t, words) = (Numbers(language), NumberWords(language));
    let of = |kind: NumberKind| view.known.iter().find(|known| known.kind == kind);
    let open = !view.form.is_sound();
    rsx! {
        section { class: "section stack-s", id: "nummers", aria_labelledby: "nummers-titel",
            h2 { id: "nummers-titel", {t.title()} }
            p { class: "small muted", {t.lead()} }
            for (kind , number , client) in &view.also_of {
                div { class: "notice notice--wait", role: "status",
                    Icon { name: "triangle-alert" }
                    p { {t.also_of(words.name(*kind), number, client)} }
                }
            }
            dl { class: "facts",
                for kind in view.kinds.iter().copied() {
                    div {
                        dt { {words.name(kind)} }
                        dd { class: "num cluster",
                            if let Some(known) = of(kind) {
                                if view.shown == Some(kind) {
                                    "{known.number}"
                                } else {
                                    span { {mask(&known.number)} }
                                    if may_change {
                                        form { method: "post", action: "{here}",
                                            input { r#type: "hidden", name: "kind", value: kind.word() }
                                            button { class: "btn btn--s", r#type: "submit", name: "action", value: "toon",
                                                {t.show()}
                                                span { class: "sr", " {words.name(kind)}" }
                                            }
                                        }
                                    }
                                }
                            } else {
                                span { class: "muted", {t.unknown()} }
                            }
                        }
                    }
                }
            }
            if may_change {
                details { open,
                    summary {
                        Icon { name: "chevron-right" }
                        " "
                        {t.change()}
                    }
                    form { class: "stack-s", method: "post", action: "{here}", novalidate: true,
                        {whole(&view.form)}
                        div { class: "two",
                            for kind in view.kinds.iter().copied() {
                                {field(&view.form, kind, of(kind).is_some(), language)}
                            }
                        }
                        div { class: "cluster",
                            button { class: "btn", r#type: "submit", name: "action", value: "nummers", {t.save()} }
                        }
                    }
                }
            }
        }
    }
}

fn field(form: &Form, kind: NumberKind, is_known: bool, language: Language) -> Element {
    let (t, words) = (Numbers(language), NumberWords(language));
    let field = Field::text(FORM, kind.word(), words.name(kind));
    let field = if is_known { field.hint(t.known_hint()) } else { field };
    rsx! {
        div {
            {field.show(form)}
            if is_known {
                label { class: "cluster small",
                    input { class: "check", r#type: "checkbox", name: removal(kind), value: "yes" }
                    " "
                    {t.remove(words.name(kind))}
                }
            }
        }
    }
}

/// Returns the payment references that follow from the numbers of the taxpayers, by their return.
pub fn payment_references(year: &DossierYear, numbers: &[KnownNumber]) -> BTreeMap<TaxReturnId, String> {
    let reference = |tax_return: &TaxReturn| {
        let own = numbers.iter().filter(|known| known.taxpayer == tax_return.taxpayer);
        own.filter_map(|known| reference_of_return(&known.number, tax_return.kind, tax_return.period)).next()
    };
    year.tax_returns.iter().filter_map(|(id, tax_return)| Some((*id, reference(tax_return)?))).collect()
}
