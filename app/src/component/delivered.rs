//! Documents that the firm put into the archive. An assessment that is to be paid says how.

use crate::{
    client::WantedFile,
    component::{
        offline_files::{Choice, Here, OfflineFileButton, Whereabouts},
        payment::PaymentDetails,
    },
    text::{Delivered as Text, PaymentText},
    view::View,
};
use dioxus::prelude::*;
use model::{
    payment::transfer_code,
    record::{Assessment, Delivery, DeliveryKind},
    tax_return::{Noun, ReturnKind},
};
use ui::{format, part::Icon};

/// Shows one document of the firm.
#[component]
pub fn Delivered(
    view: View,
    delivery: Delivery,
    here: Here,
    on_open: EventHandler<WantedFile>,
    on_choice: EventHandler<Choice>,
) -> Element {
    let language = view.language();
    let text = Text(language);
    let title = delivery.title.clone();
    let file = WantedFile::pdf_of_firm(view.key.client, delivery.file.hash, title.clone());
    let (icon, sub) = match &delivery.kind {
        DeliveryKind::FiledReturn(_) => ("file-check", text.filed_return().to_owned()),
        DeliveryKind::Letter => ("mail", text.letter().to_owned()),
        DeliveryKind::Assessment(assessment) => ("landmark", outcome(&view, assessment)),
    };
    let day = view.day(delivery.at);
    rsx! {
        li { class: "item",
            span { class: "item__icon item__icon--plain", Icon { name: icon } }
            span { class: "item__body",
                span { class: "item__title", "{title}" }
                span { class: "item__sub", "{sub}" }
                if let DeliveryKind::Assessment(assessment) = &delivery.kind {
                    for sentence in beside_the_return(&view, assessment) {
                        span { class: "item__sub", "{sentence}" }
                    }
                }
                span { class: "item__sub", "{day}" }
                Whereabouts { language, here: here.clone(), hash: delivery.file.hash, size: delivery.file.size }
            }
            span { class: "item__end",
                OfflineFileButton { language, here, hash: delivery.file.hash, name: title.clone(), on_choice }
                button {
                    class: "btn btn--quiet btn--s btn--icon",
                    r#type: "button",
                    aria_label: text.open(&title),
                    onclick: move |_| on_open.call(file.clone()),
                    Icon { name: "eye" }
                }
            }
        }
        if let DeliveryKind::Assessment(assessment) = delivery.kind.clone() {
            if transfer_code(assessment.amount, &assessment.iban, &assessment.reference).is_some() {
                li { class: "item",
                    details { class: "grow",
                        summary {
                            Icon { name: "chevron-right" }
                            " "
                            {PaymentText(language).pay()}
                        }
                        PaymentDetails {
                            language,
                            amount: assessment.amount,
                            iban: assessment.iban,
                            reference: assessment.reference,
                        }
                    }
                }
            }
        }
    }
}

/// Returns the kind of a document of the firm, in words to search by.
pub fn kind(kind: &DeliveryKind, language: ui::text::Language) -> &'static str {
    let text = Text(language);
    match kind {
        DeliveryKind::FiledReturn(_) => text.filed_return(),
        DeliveryKind::Letter => text.letter(),
        DeliveryKind::Assessment(_) => text.assessment(),
    }
}

/// Returns how an assessment compares with the return, and until when somebody can object to it.
fn beside_the_return(view: &View, assessment: &Assessment) -> Vec<String> {
    let text = Text(view.language());
    let kind = assessment.decides.and_then(|decides| Some(view.year.tax_returns.get(&decides.tax_return)?.kind));
    let yours = kind.map_or(Noun::Return, ReturnKind::noun).yours(view.language());
    let difference = view.year.difference_of(assessment).map(|difference| {
        let amount = difference.abs().plain();
        match difference.0 {
            0 => text.as_filed(&yours),
            1.. => text.better(&amount, &yours),
            _ => text.worse(&amount, &yours),
        }
    });
    let today = view.now.at_offset(view.offset).date();
    let until = view.year.objection_until(assessment).filter(|day| today <= *day);
    let until = until.map(|day| text.objection(&format::date_long(day, view.language())));
    difference.into_iter().chain(until).collect()
}

fn outcome(view: &View, assessment: &Assessment) -> String {
    let text = Text(view.language());
    let amount = assessment.amount.abs().plain();
    let mut words = if assessment.amount.0 < 0 { text.to_pay(&amount) } else { text.returned(&amount) };
    if let Some(due) = assessment.due.filter(|_| assessment.amount.0 < 0) {
        words = format!("{words} {}", text.due(&format::date_long(due, view.language())));
    }
    if view.me == Some(assessment.person) {
        words
    } else {
        format!("{words}, {}", text.of(view.year.given_name(assessment.person)))
    }
}
