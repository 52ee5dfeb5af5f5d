//! The page about the contact with a client: the messages by subject, the changes that the client
//! reported, and the details that the firm knows.

mod messages;

use super::text::Contact as Text;
use crate::part::{
    field::Field,
    form::Form,
    frame::{Frame, Menu},
    year::view::{ClientYear, DossierTab},
};
use dioxus::prelude::*;
use documents::dossier::GivenProposal;
use model::{
    id::*,
    record::{DetailChange, DetailField, PersonalDetails},
};
use ui::{
    details,
    part::{Icon, Status, Tone},
};

/// The forms of the page with what was typed into them.
#[derive(Debug, Clone, Default)]
pub struct Forms {
    pub message: Form,
    pub reply: Option<(ProposalId, Form)>,
    pub details: Option<(PersonId, Form)>,
    /// The sentence that says why the last action was refused.
    pub refused: Option<String>,
}

pub fn page(frame: &Frame, at: &ClientYear<'_>, forms: &Forms) -> String {
    let t = Text(frame.language());
    let year_view = at.year_view(frame);
    frame.page(
        Menu::Clients,
        &at.client.name,
        rsx! {
            {at.head(frame, DossierTab::Contact)}
            div { class: "panes panes--2",
                div { role: "group", aria_label: t.messages(), tabindex: "0",
                    if let Some(refused) = &forms.refused {
                        div { class: "notice notice--bad", role: "alert",
                            Icon { name: "triangle-alert" }
                            strong { "{refused}" }
                        }
                    }
                    {messages::show(&year_view, &at.href(), frame.may_change(), &forms.message)}
                }
                div { class: "well",
                    {proposals(frame, at, forms)}
                    for person in at.year.people.keys() {
                        {details_of(frame, at, *person, forms)}
                    }
                }
            }
        },
    )
}

fn proposals(frame: &Frame, at: &ClientYear<'_>, forms: &Forms) -> Element {
    let t = Text(frame.language());
    let open = at.year.open_proposals().count();
    let known = |p: &&GivenProposal| at.year.people.contains_key(&p.proposal.person);
    let mut all: Vec<_> = at.year.proposals.iter().filter(known).collect();
    all.sort_by_key(|p| !p.is_open());
    rsx! {
        section { class: "section", id: "wijzigingen", aria_labelledby: "wijzigingen-titel",
            div { class: "section__head",
                h2 { id: "wijzigingen-titel",
                    {t.proposals()}
                    if open > 0 {
                        " "
                        span { class: "count", "{open}" }
                    }
                }
            }
            if all.is_empty() {
                p { class: "muted", {t.no_proposals()} }
            }
            for given in all {
                {proposal(frame, at, given, forms)}
            }
        }
    }
}

fn proposal(frame: &Frame, at: &ClientYear<'_>, given: &GivenProposal, forms: &Forms) -> Element {
    let language = frame.language();
    let t = Text(language);
    let proposal = &given.proposal;
    let short = |at| frame.time_format.short(at);
    let whose = t.of(at.year.people.get(&proposal.person).map_or("?", |p| &p.name));
    let reported = t.reported(at.year.given_name(proposal.by), &short(proposal.at));
    let from = proposal.effective.map(|day| t.from_day(&ui::format::date_long(day, language)));
    let blank = Form::default();
    let form = forms.reply.as_ref().filter(|(id, _)| *id == given.id).map_or(&blank, |(_, form)| form);
    let details = at.year.details.get(&proposal.person);
    rsx! {
        article { class: "card card--pad stack-s", id: "wijziging-{given.id}",
            h3 {
                {details::circumstance(proposal.circumstance, language)}
                " "
                span { class: "muted", "{whose}" }
                if let Some(from) = from {
                    " "
                    span { class: "small muted", "{from}" }
                }
            }
            for change in &proposal.changes {
                {diff(t, change, given.is_open().then_some(details).flatten())}
            }
            if !proposal.remark.is_empty() {
                p { class: "message", "{proposal.remark}" }
            }
            p { class: "tiny muted", "{reported}" }
            if let Some(reply) = &given.reply {
                if reply.taken_over {
                    Status { tone: Tone::Ok, icon: "check", {t.taken_over(&reply.by, &short(reply.at))} }
                } else {
                    Status { tone: Tone::Info, icon: "message-circle", {t.answered(&reply.by, &short(reply.at))} }
                }
                if !reply.remark.is_empty() {
                    p { class: "message", "{reply.remark}" }
                }
            } else if let Some(withdrawal) = &given.withdrawal {
                Status { tone: Tone::Plain, icon: "undo-2", {t.taken_back(&short(withdrawal.at))} }
            } else if frame.may_change() {
                form { class: "stack-s", method: "post", action: "{at.href()}/wijzigingen/{given.id}",
                    {Field::text("wijziging", "remark", t.answer_label()).hint(t.answer_hint()).of(&given.id.to_string()).show_lines(form, 2)}
                    div { class: "cluster",
                        button { class: "btn btn--primary", r#type: "submit", name: "action", value: "take_over",
                            Icon { name: "check" }
                            " "
                            {t.take_over()}
                        }
                        button { class: "btn", r#type: "submit", name: "action", value: "answer", {t.answer()} }
                    }
                }
            }
        }
    }
}

/// Renders the old and the new value, and also the value that the firm knows if it is neither of them.
fn diff(t: Text, change: &DetailChange, details: Option<&PersonalDetails>) -> Element {
    let field = change.field;
    let show = |value: &str| if value.is_empty() { t.unknown().to_owned() } else { masked(field, value) };
    let known = details.map(|d| d.fields.get(&field).map_or("", String::as_str));
    let third = known.filter(|known| *known != change.old && *known != change.new);
    rsx! {
        div { class: "diff",
            p { class: "row__label", {details::name(field, t.0)} }
            p {
                del { class: "num",
                    span { class: "sr", {t.was()} " " }
                    {show(&change.old)}
                }
            }
            p {
                ins { class: "num",
                    Icon { name: "arrow-right" }
                    span { class: "sr", {t.becomes()} " " }
                    {show(&change.new)}
                }
            }
            if let Some(known) = third {
                p { class: "small", {t.now_is(&show(known))} }
            }
        }
    }
}

fn details_of(frame: &Frame, at: &ClientYear<'_>, person: PersonId, forms: &Forms) -> Element {
    let t = Text(frame.language());
    let none = PersonalDetails::default();
    let known = at.year.details.get(&person).unwrap_or(&none);
    let typed = forms.details.as_ref().filter(|(id, _)| *id == person).map(|(_, form)| form.clone());
    let is_open = typed.is_some();
    let form = typed.unwrap_or_else(|| {
        let mut form = Form::default();
        known.fields.iter().for_each(|(field, value)| form.set(field.word(), field.show(value)));
        form
    });
    let name = at.year.people.get(&person).map_or("?", |p| &p.name);
    rsx! {
        section { class: "section", id: "gegevens", aria_labelledby: "gegevens-{person}",
            div { class: "section__head", h2 { id: "gegevens-{person}", {t.details_of(name)} } }
            div { class: "card card--pad stack-s",
                dl { class: "facts",
                    for field in DetailField::ALL.into_iter().filter(|f| known.fields.contains_key(f)) {
                        div {
                            dt { {details::name(field, t.0)} }
                            dd { class: "num", {masked(field, known.fields.get(&field).map_or("", String::as_str))} }
                        }
                    }
                }
                if frame.may_change() {
                    details { open: is_open,
                        summary { {t.change()} span { class: "sr", " {name}" } }
                        form { class: "stack-s", method: "post", action: "{at.href()}/gegevens/{person}", novalidate: true,
                            div { class: "two",
                                for field in changeable() {
                                    {Field::text("gegevens", field.word(), details::name(field, t.0)).of(&person.to_string()).show(&form)}
                                }
                            }
                            p { class: "small muted", {t.mail_goes()} }
                            div { class: "cluster",
                                button { class: "btn", r#type: "submit", {t.save()} }
                            }
                        }
                    }
                }
            }
        }
    }
}

/// Returns the details that are typed into the form. The BSN is changed on the page of the person, where it is shown on
/// demand.
pub fn changeable() -> impl Iterator<Item = DetailField> {
    DetailField::ALL.into_iter().filter(|field| *field != DetailField::Bsn)
}

/// Returns the value of a field for display; the citizen service number is masked.
fn masked(field: DetailField, value: &str) -> String {
    match field {
        DetailField::Bsn => model::tax_number::mask(value),
        _ => field.show(value),
    }
}
