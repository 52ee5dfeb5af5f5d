//! The page behind the link in a mail: what waits, the form, or why there is
//! nothing to register with. Given all it shows.

use super::form::Form;
use crate::{
    client::{ApiError, Invitation},
    component::frame::{FirmLogo, Go, Notice, use_page_name},
    platform::Place,
    route::Route,
    text::{self, said},
};
use dioxus::prelude::*;
use ui::{
    door::Door,
    format,
    part::{Icon, Tone},
    text::Language,
};

/// How far a registration is.
#[derive(Debug, Clone, PartialEq)]
pub enum Step {
    /// The invitation is being fetched.
    Looking,
    /// It is there.
    Invited(Invitation),
    /// There is nothing to register with.
    Stopped(ApiError),
    /// The address has no secret in it.
    NoLink,
    /// The link was for somebody else; the firm knows.
    SomebodyElse,
}

/// What stands in the way, and at which field.
#[derive(Debug, Clone, PartialEq)]
pub enum Problem {
    /// The user name.
    UserName(String),
    /// The mail address.
    Mail(String),
    /// The code that was told or mailed.
    Code(String),
    /// None of them.
    Other(String),
}

/// What was typed into the form.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Typed {
    /// The user name.
    pub user_name: String,
    /// The mail address.
    pub email: String,
    /// What the advisor told.
    pub code: String,
    /// What was mailed to another address.
    pub mail_code: String,
}

/// The page of the screen.
#[component]
pub fn WelcomePage(
    language: Language,
    step: Step,
    problem: Option<Problem>,
    busy: bool,
    #[props(default)] mail_code: bool,
    #[props(default)] sent: Option<bool>,
    #[props(default = Place::Browser)] place: Place,
    #[props(default)] copied: bool,
    #[props(default)] on_copy: EventHandler<()>,
    #[props(default)] on_anyway: EventHandler<()>,
    #[props(default)] on_new_link: EventHandler<()>,
    #[props(default)] on_wrong_person: EventHandler<()>,
    #[props(default)] on_join: EventHandler<String>,
    on_retry: EventHandler<()>,
    on_register: EventHandler<Typed>,
) -> Element {
    let text = text::Welcome(language);
    let firm = match &step {
        Step::Invited(invitation) => invitation.firm_name.clone(),
        _ => String::new(),
    };
    use_page_name(text.title_plain().to_owned(), firm, language);
    rsx! {
        div { class: "app bare",
            main { class: "page", id: "inhoud",
                {match step {
                    Step::Looking => rsx! {
                        div { class: "welcome push",
                            h1 { {text.title_plain()} }
                            p { class: "lead", role: "status", {text.checking()} }
                        }
                    },
                    Step::Invited(invitation) if place != Place::Browser => rsx! {
                        Elsewhere { language, invitation, place, copied, on_copy, on_anyway }
                    },
                    Step::Invited(invitation) => rsx! {
                        Form { language, invitation, problem, busy, mail_code, on_wrong_person, on_join, on_register }
                    },
                    Step::Stopped(ApiError::Offline) => rsx! {
                        Stopped {
                            title: text.offline_title().to_owned(),
                            body: text.offline_body().to_owned(),
                            button { class: "btn btn--primary btn--block", r#type: "button", onclick: move |_| on_retry.call(()), {text.retry()} }
                        }
                    },
                    Step::Stopped(ApiError::Refused(why)) => {
                        let used = why.error == "invitation_used";
                        let again = matches!(why.error.as_str(), "invitation_expired" | "invitation_voided");
                        let title = match why.error.as_str() {
                            "invitation_used" => text.used_title(),
                            "invitation_expired" => text.expired_title(),
                            "invitation_voided" => text.voided_title(),
                            "invitation_withdrawn" | "code_spent" => text.withdrawn_title(),
                            "invitation_unknown" => text.unknown_title(),
                            _ => text.title_plain(),
                        };
                        rsx! {
                            Stopped { title: title.to_owned(), body: said(&why, language),
                                if used {
                                    Go { to: Route::Login {}, class: "btn btn--primary btn--block", {text.to_login()} }
                                } else if let Some(sent) = sent {
                                    NewLink { language, sent }
                                } else if again {
                                    button { class: "btn btn--primary btn--block", r#type: "button", onclick: move |_| on_new_link.call(()), {text.new_link()} }
                                } else {
                                    button { class: "btn btn--block", r#type: "button", onclick: move |_| on_retry.call(()), {text.retry()} }
                                }
                            }
                        }
                    }
                    Step::Stopped(ApiError::Failed) => rsx! {
                        Stopped { title: text.title_plain().to_owned(), body: text.failed().to_owned(),
                            button { class: "btn btn--primary btn--block", r#type: "button", onclick: move |_| on_retry.call(()), {text.retry()} }
                        }
                    },
                    Step::SomebodyElse => rsx! {
                        Stopped { title: text.somebody_else_title().to_owned(), body: text.somebody_else_body().to_owned() }
                    },
                    Step::NoLink => rsx! {
                        Stopped { title: text.unknown_title().to_owned(), body: text.unknown_body().to_owned(),
                            Go { to: Route::Login {}, class: "btn btn--block", {text.to_login()} }
                        }
                    },
                }}
            }
        }
    }
}

/// How to go on from a window in which a passkey cannot be made. The link is
/// not used up by being here.
#[component]
fn Elsewhere(
    language: Language,
    invitation: Invitation,
    place: Place,
    copied: bool,
    on_copy: EventHandler<()>,
    on_anyway: EventHandler<()>,
) -> Element {
    let text = text::Elsewhere(language);
    let (title, browser) = match place {
        Place::InsideIos => (text.inside(), text.safari()),
        Place::Inside | Place::Browser => (text.inside(), text.chrome()),
        Place::Without => (text.without(), text.newer()),
    };
    let (icon, words) = if copied { ("check", text.copied()) } else { ("link", text.copy()) };
    rsx! {
        div { class: "welcome",
            FirmLogo { logo: invitation.logo, class: "welcome__logo" }
            h1 { {Door(language).title(&invitation.firm_name)} }
            p { class: "lead", {title} }
        }
        ol { class: "card card--pad stack-s numbered",
            li { {text.copy_it()} }
            li { {browser} }
            li { {text.paste_it()} }
        }
        Notice { tone: Tone::Info, icon: "link", p { {text.unspent()} } }
        div { class: "stack-s push stick",
            button { class: "btn btn--primary btn--block", r#type: "button", onclick: move |_| on_copy.call(()),
                Icon { name: icon }
                " "
                {words}
            }
            p { class: "sr", role: "status",
                if copied {
                    {words}
                }
            }
            if place != Place::Without {
                button { class: "btn btn--quiet btn--block", r#type: "button", onclick: move |_| on_anyway.call(()), {text.anyway()} }
            }
            p { class: "tiny muted center",
                {Door(language).help(&invitation.firm_name)}
                " "
                a { href: format::tel(&invitation.firm_phone), "{invitation.firm_phone}" }
            }
        }
    }
}

/// What came of asking for a new link.
#[component]
fn NewLink(language: Language, sent: bool) -> Element {
    let text = text::Welcome(language);
    let (tone, icon, words) = match sent {
        true => (Tone::Ok, "mail", text.new_link_sent()),
        false => (Tone::Wait, "phone", text.new_link_by_phone()),
    };
    rsx! {
        Notice { tone, icon, strong { {words} } }
    }
}

#[component]
fn Stopped(title: String, body: String, children: Element) -> Element {
    rsx! {
        div { class: "stack push", role: "alert",
            h1 { "{title}" }
            p { class: "lead", "{body}" }
        }
        {children}
    }
}
