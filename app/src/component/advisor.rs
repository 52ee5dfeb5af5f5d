//! The advisor on the overview: who it is, how to reach them, and the newest messages.

use crate::{
    address::Address,
    component::frame::ScreenLink,
    text::{Frame, Home, Messages},
    view::View,
};
use dioxus::prelude::*;
use documents::dossier::Sender;
use model::section::Section;
use ui::{
    format,
    part::{Avatar, Icon},
};

/// Number of messages that the overview shows.
const NEWEST: usize = 3;

/// Shows the card of the advisor.
#[component]
pub fn AdvisorCard(view: View, on_message: EventHandler<()>) -> Element {
    let Some(cover) = view.year.cover.clone() else { return VNode::empty() };
    let home = Home(view.language());
    let advisor = cover.advisor;
    let phone = cover.firm.phone;
    rsx! {
        section { class: "section area-help", aria_labelledby: "adviseur",
            div { class: "section__head", h2 { id: "adviseur", {home.advisor()} } }
            div { class: "card card--pad person",
                Avatar { name: advisor.name.clone() }
                p {
                    strong { "{advisor.name}" }
                    br {}
                    span { class: "small muted", "{advisor.hours}" }
                }
                if !phone.is_empty() {
                    a { class: "btn btn--s btn--icon", href: format::tel(&phone), aria_label: home.call(&advisor.name),
                        Icon { name: "phone" }
                    }
                }
                if view.may_fill_in() {
                    button {
                        class: "btn btn--s btn--icon",
                        r#type: "button",
                        aria_label: home.ask(&advisor.name),
                        onclick: move |_| on_message.call(()),
                        Icon { name: "message-circle" }
                    }
                }
            }
        }
    }
}

/// Shows the newest messages of both sides, and how many are new.
#[component]
pub fn Newest(views: Vec<View>) -> Element {
    let unread: usize = views.iter().map(View::unread).sum();
    let Some(view) = views.into_iter().find(|v| !v.year.messages.is_empty()) else { return VNode::empty() };
    let (home, messages) = (Home(view.language()), Messages(view.language()));
    let newest = view.year.messages.iter().rev().take(NEWEST).cloned().collect::<Vec<_>>();
    rsx! {
        section { class: "section area-help", aria_labelledby: "berichten",
            div { class: "section__head",
                h2 { id: "berichten",
                    {home.messages()}
                    if unread > 0 {
                        " "
                        span { class: "count", aria_label: messages.new(unread), role: "img", "{unread}" }
                    }
                }
                ScreenLink { to: Address::messages(), class: "hit", {messages.all()} }
            }
            div { class: "card",
                ul { class: "items",
                    for message in newest {
                        li { key: "{message.id}", class: "item",
                            Avatar { name: sender(&view, &message.from).1 }
                            span { class: "item__body",
                                span { class: "item__title", {sender(&view, &message.from).0} }
                                span { class: "message", "{message.body}" }
                                span { class: "item__sub",
                                    if view.is_unsent(Section::Messages, &message.id.to_string()) {
                                        {Frame(view.language()).on_device()}
                                    } else {
                                        {view.moment(message.at)}
                                    }
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}

/// Returns what a sender is called on this screen, and the full name.
pub fn sender(view: &View, from: &Sender) -> (String, String) {
    match from {
        Sender::Advisor(name) => (name.clone(), name.clone()),
        Sender::Person(person) => {
            let name = view.year.people.get(person).map(|p| p.name.clone()).unwrap_or_default();
            let mine = view.me == Some(*person);
            (if mine { Home(view.language()).you().to_owned() } else { name.clone() }, name)
        }
    }
}
