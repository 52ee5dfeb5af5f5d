//! The form with which an advisor asks for approval of a tax return: the PDF, what each
//! person receives or pays, and the key figures.

use crate::{
    approval::{
        choice::{BOOK_YEAR, BY_CONSENT, COMPANY, DAY, FIGURE_ROWS, NOT_ASKED, TOGETHER, place_of},
        text::{Consent as Text, Reading, Ruling, SetOut, Standing},
    },
    dossier::text::Dossier,
    part::{
        address,
        field::{Field, whole},
        form::Form,
        frame::Frame,
        year::view::ClientYear,
    },
};
use dioxus::prelude::*;
use documents::dossier::GivenRevision;
use model::{
    id::PersonId,
    language::Language,
    record::{TaxReturn, Taxpayer},
    tax_return::{Capacity, Period, ReturnKind},
    time::TaxYear,
};
use ui::part::Icon;

/// What the form sets out.
pub enum Target<'g> {
    /// A new version of this.
    Version(&'g GivenRevision),
    /// A return that is chosen in the form.
    Another,
}

/// Renders the form.
pub fn show(frame: &Frame, at: &ClientYear<'_>, target: &Target<'_>, form: &Form, open: bool) -> Element {
    let language = frame.language();
    let (t, d, s) = (Text(language), Dossier(language), SetOut(language));
    let base = at.href();
    let (place, title) = match target {
        Target::Version(given) => (given.id.to_string(), t.upload_next(given.revision.number + 1)),
        Target::Another => (String::new(), s.another().to_owned()),
    };
    let r = Ruling(language);
    let mut turns = vec![
        ("", r.turns_parallel()),
        ("order", r.turns_order()),
        ("one", s.turns_one()),
        ("information", r.turns_information()),
    ];
    if at.year.standing_consents().next().is_some() {
        turns.push((BY_CONSENT, Standing(language).turns()));
    }
    let of = Field { place: &place, ..Field::text("aangifte", "", "") };
    let field = |name: &'static str, label| Field { name, label, ..of };
    rsx! {
        details { class: "card card--pad", open,
            summary {
                Icon { name: "chevron-right" }
                " {title}"
            }
            form { class: "stack", method: "post", action: "{base}/akkoord", enctype: "multipart/form-data", novalidate: true,
                if let Target::Version(given) = target {
                    if let Some((id, _)) = given.tax_returns.first() {
                        input { r#type: "hidden", name: "tax_return", value: "{id}" }
                    }
                    div { class: "notice notice--wait",
                        Icon { name: "info" }
                        p { {if given.filed_at().is_some() { s.correction().to_owned() } else { t.upload_warning(given.revision.number) }} }
                    }
                }
                {whole(form)}
                if form.value("kept").is_empty() {
                    {field("file", t.file_field()).show_file(form, "application/pdf,.pdf")}
                } else {
                    {kept_file(at, form, Reading(language))}
                }
                {other_client(form, Reading(language), &place)}
                if matches!(target, Target::Another) {
                    {what(at, t, s, form, language)}
                }
                {outcomes(at, target, t, s, form, &place)}
                {figure_fields(t, form, &place)}
                for person in at.year.approvers() {
                    {capacity_field(at, person, s, form, language, &place)}
                }
                div { class: "two",
                    {field("turns", r.turns()).show_choice(form, &turns)}
                    {field("due", d.due_field()).kind("date").hint(d.due_hint()).show(form)}
                }
                div { class: "cluster",
                    button { class: "btn btn--primary", r#type: "submit",
                        Icon { name: "send" }
                        " "
                        {t.ask()}
                    }
                }
            }
        }
    }
}

/// Renders the PDF that was kept already, and which ones come after it.
fn kept_file(at: &ClientYear<'_>, form: &Form, t: Reading) -> Element {
    let (hash, name) = (form.value("kept"), form.value("kept_name"));
    let href = hash.parse().map(|hash| address::file(at.client.id, &hash)).unwrap_or_default();
    rsx! {
        input { r#type: "hidden", name: "kept", value: "{hash}" }
        input { r#type: "hidden", name: "kept_name", value: "{name}" }
        input { r#type: "hidden", name: "rest", value: form.value("rest") }
        p {
            Icon { name: "file-text" }
            " "
            a { class: "hit", href, target: "_blank", rel: "noopener", "data-reads": "{name}", "{name}" }
            " "
            span { class: "small muted", {t.kept()} }
        }
    }
}

/// Renders the box by which somebody says that a PDF with the number of another client is of this one all the same.
fn other_client(form: &Form, t: Reading, place: &str) -> Element {
    let Some(sentence) = form.error("other_client") else { return VNode::empty() };
    rsx! {
        div { class: "notice notice--bad", role: "alert",
            Icon { name: "triangle-alert" }
            div { class: "stack-s",
                p { id: "ander-{place}", strong { "{sentence}" } }
                label { class: "cluster",
                    input { class: "check", r#type: "checkbox", name: "other_client", value: "yes", aria_describedby: "ander-{place}" }
                    " "
                    {t.all_the_same()}
                }
            }
        }
    }
}

/// Renders the fields that say which return it is.
fn what(at: &ClientYear<'_>, t: Text, s: SetOut, form: &Form, language: Language) -> Element {
    let f = |name, label| Field::text("aangifte", name, label);
    let kinds: Vec<_> = ReturnKind::FILED.iter().map(|kind| (kind.word(), kind_label(*kind, language))).collect();
    let kinds: Vec<_> = kinds.iter().map(|(word, label)| (*word, label.as_str())).collect();
    let approvers = at.year.approvers();
    let mut people = Vec::new();
    if let [one, other, ..] = approvers.as_slice() {
        let name = |person: &PersonId| at.year.given_name(*person);
        people.push((TOGETHER.to_owned(), s.together(name(one), name(other))));
    }
    people.extend(taxpayer_choices(at, s));
    let people: Vec<_> = people.iter().map(|(word, name)| (word.as_str(), name.as_str())).collect();
    let periods = periods(at.tax_year, s, language);
    let periods: Vec<_> = periods.iter().map(|(word, name)| (word.as_str(), name.as_str())).collect();
    let further = [("", s.further_no()), ("yes", s.further_yes())];
    // Where the same return is there already, the form asks openly whether this is a further one.
    let is_same = |known: &TaxReturn| {
        let whose = form.value("taxpayer");
        known.kind.word() == form.value("kind")
            && (whose == TOGETHER || whose == place_of(known.taxpayer))
            && known.period.to_string() == form.value("period")
    };
    let is_there = at.year.tax_returns.values().any(is_same);
    let more = ["name", "from", "until", "postponed_until", "further"];
    let open = more.iter().any(|name| !form.value(name).is_empty() || form.error(name).is_some());
    rsx! {
        div { class: "two",
            {f("kind", t.kind()).show_choice(form, &kinds)}
            {f("taxpayer", s.taxpayer()).show_choice(form, &people)}
        }
        {f("period", s.period()).show_choice(form, &periods)}
        if is_there {
            {f("further", s.further()).show_choice(form, &further)}
        }
        details { open,
            summary {
                Icon { name: "chevron-right" }
                " "
                {s.more()}
            }
            div { class: "stack",
                div { class: "two",
                    {f("from", s.from()).kind("date").show(form)}
                    {f("until", s.until()).kind("date").show(form)}
                }
                div { class: "two",
                    {f("postponed_until", s.postponed_until()).kind("date").show(form)}
                    {f("name", s.name()).show(form)}
                }
                if !is_there {
                    {f("further", s.further()).show_choice(form, &further)}
                }
            }
        }
    }
}

/// Returns whose a return can be: the words of the choices, with their names.
pub(super) fn taxpayer_choices(at: &ClientYear<'_>, s: SetOut) -> Vec<(String, String)> {
    let people = at.year.people.iter().map(|(id, person)| (id.to_string(), person.name.clone()));
    people.chain([(COMPANY.to_owned(), s.company(&at.client.name))]).collect()
}

fn kind_label(kind: ReturnKind, language: Language) -> String {
    format!("{} · {}", kind.title(language), kind.name(language))
}

/// Returns the periods of a year that can be chosen, with their names.
fn periods(year: TaxYear, s: SetOut, language: Language) -> Vec<(String, String)> {
    let quarters = (1..=4).filter_map(|number| Period::quarter(year.0, number).ok());
    let months = (1..=12).filter_map(|number| Period::month(year.0, number).ok());
    let weeks = (1..=13).filter_map(|number| Period::four_weeks(year.0, number).ok());
    let all = std::iter::once(Period::year(year)).chain(quarters).chain(months).chain(weeks);
    let mut periods: Vec<_> = all.map(|period| (period.to_string(), period.name(language))).collect();
    periods.push((BOOK_YEAR.to_owned(), s.book_year().to_owned()));
    periods.push((DAY.to_owned(), s.day().to_owned()));
    periods
}

pub(super) fn capacity_field(
    at: &ClientYear<'_>,
    person: PersonId,
    s: SetOut,
    form: &Form,
    language: Language,
    place: &str,
) -> Element {
    let label = s.asked_as(at.year.given_name(person));
    let name = format!("as_{person}");
    let mut choices = vec![("", s.usual())];
    choices.extend(Capacity::ALL.iter().map(|capacity| (capacity.word(), capacity.name(language))));
    choices.push((NOT_ASKED, s.not_asked()));
    Field::text("aangifte", &name, &label).of(place).show_choice(form, &choices)
}

/// Renders the amounts that the returns come to: those of people at once, and what is rarer below.
fn outcomes(at: &ClientYear<'_>, target: &Target<'_>, t: Text, s: SetOut, form: &Form, place: &str) -> Element {
    let taxpayers: Vec<_> = match target {
        Target::Version(given) => given.tax_returns.iter().map(|(_, known)| known.taxpayer).collect(),
        Target::Another => at.year.approvers().into_iter().map(Taxpayer::Person).collect(),
    };
    let people = taxpayers.iter().filter(|taxpayer| matches!(taxpayer, Taxpayer::Person(_)));
    let mut rare: Vec<_> = people.map(|taxpayer| ("zvw", *taxpayer)).collect();
    if matches!(target, Target::Another) {
        rare.push(("outcome", Taxpayer::Company));
    }
    let is_open = |(field, taxpayer): &(&str, Taxpayer)| {
        let name = format!("{field}_{}", place_of(*taxpayer));
        !form.value(&name).is_empty() || form.error(&name).is_some()
    };
    let open = rare.iter().any(is_open);
    rsx! {
        p { class: "hint", {s.outcome_hint()} }
        for taxpayer in taxpayers {
            {outcome(at, ("outcome", taxpayer), t, s, form, place)}
        }
        if !rare.is_empty() {
            details { open,
                summary {
                    Icon { name: "chevron-right" }
                    " "
                    {s.other_amounts()}
                }
                div { class: "stack",
                    for field in rare {
                        {outcome(at, field, t, s, form, place)}
                    }
                }
            }
        }
    }
}

fn outcome(
    at: &ClientYear<'_>,
    (field, taxpayer): (&str, Taxpayer),
    t: Text,
    s: SetOut,
    form: &Form,
    place: &str,
) -> Element {
    let name = match taxpayer {
        Taxpayer::Person(person) => at.year.given_name(person).to_owned(),
        Taxpayer::Company => s.company(&at.client.name),
    };
    let label = if field == "zvw" { s.zvw(&name) } else { t.outcome_of(&name) };
    let whose = place_of(taxpayer);
    let (way, amount) = (format!("way_{field}_{whose}"), format!("{field}_{whose}"));
    let choices = [("receive", t.to_receive()), ("pay", t.to_pay())];
    rsx! {
        div { class: "two",
            {Field::text("aangifte", &way, &label).of(place).show_choice(form, &choices)}
            {Field::text("aangifte", &amount, "€").of(place).kind("amount").show(form)}
        }
    }
}

fn figure_fields(t: Text, form: &Form, place: &str) -> Element {
    let cell = |name: String, label: &str, width: &'static str| {
        let error = form.error(&name).map(str::to_owned);
        let value = form.value(&name).to_owned();
        rsx! {
            td {
                div { class: "cell",
                    input { class: "input", name: "{name}", value: "{value}", size: width, aria_label: label, autocomplete: "off",
                        aria_invalid: if error.is_some() { "true" },
                        aria_describedby: if error.is_some() { "aangifte-{name}-{place}-fout" },
                    }
                    if let Some(error) = &error {
                        p { class: "error", id: "aangifte-{name}-{place}-fout", "{error}" }
                    }
                }
            }
        }
    };
    rsx! {
        fieldset { class: "stack-s",
            legend { {t.figures()} " " span { class: "hint", {t.figure_hint()} } }
            table {
                thead {
                    tr { class: "small muted",
                        th { scope: "col", {t.figure()} }
                        th { scope: "col", {t.this_year()} }
                        th { scope: "col", {t.last_year()} }
                    }
                }
                tbody {
                    for row in 0..FIGURE_ROWS {
                        tr {
                            {cell(format!("figure_{row}"), t.figure(), "32")}
                            {cell(format!("this_year_{row}"), t.this_year(), "10")}
                            {cell(format!("last_year_{row}"), t.last_year(), "10")}
                        }
                    }
                }
            }
        }
    }
}
