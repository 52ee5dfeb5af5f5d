//! The dashboard: what came in, how far the season is, and what waits for the advisor.

use super::text::Dashboard;
use crate::{
    part::{
        address,
        choice::{Choice, News},
        client_table::{ClientLine, sum},
        frame::{Frame, Menu, live, text::Shell},
        phase::attention,
        timeline::{Line, list},
    },
    report::text::Report,
};
use dioxus::prelude::*;
use model::{id::AdvisorId, time::TaxYear};
use storage::db::{Attention, Happened, MailFilter, Phase, PhaseCount};
use ui::part::Icon;

/// The contents of the dashboard.
#[derive(Debug, Clone, PartialEq)]
pub struct Season {
    /// The number of events of each kind since yesterday.
    pub came_in: Vec<Happened>,
    /// The number of clients in each phase.
    pub phases: Vec<PhaseCount>,
    /// The clients with something that waits for the advisor.
    pub waiting: Vec<ClientLine>,
    /// The clients whose tax return can be filed.
    pub to_file: Vec<ClientLine>,
    /// The number of clients for each thing that waits for the advisor.
    pub counts: Vec<(Attention, usize)>,
    /// The number of clients with something overdue.
    pub overdue: usize,
    /// The number of mails that could not be delivered.
    pub failed_mails: u32,
    /// The number of things that the server could not do for the firm.
    pub setbacks: usize,
    /// The latest events, the newest first.
    pub latest: Vec<Line>,
    /// The year, and whose clients are counted. Each number is a link that narrows this choice.
    pub choice: Choice,
    /// The advisor who looks at the page.
    pub me: AdvisorId,
    /// The number of the newest event that the page takes into account.
    pub position: u64,
}

impl Season {
    fn year(&self) -> TaxYear {
        self.choice.year
    }

    /// Returns the number of events and of clients for a kind of news.
    fn news(&self, news: News) -> (usize, usize) {
        let of = self.came_in.iter().filter(|h| news.kinds().contains(&h.kind));
        of.fold((0, 0), |(events, clients), h| (events + h.events, clients + h.clients))
    }
}

/// The maximum number of lines in a list on this page.
pub const LINES: usize = 8;

pub fn page(frame: &Frame, season: &Season) -> String {
    let t = Dashboard(frame.language());
    let r = Report(frame.language());
    let name = &frame.advisor.given_name;
    let greeting = match frame.time_format.hour() {
        5..12 => t.morning(name),
        12..18 => t.afternoon(name),
        _ => t.evening(name),
    };
    let today = ui::format::date_long(frame.time_format.today(), frame.language());
    let mine = season.choice.advisor == Some(season.me);
    frame.page(
        Menu::Dashboard,
        Shell(frame.language()).dashboard(),
        rsx! {
            div { class: "head",
                div {
                    h1 { "{greeting}" }
                    p { class: "muted", "{today}" }
                }
                nav { class: "seg", aria_label: r.whose(),
                    a { href: "/kantoor?wie=ik", aria_current: if mine { "true" }, {r.mine()} }
                    a { href: "/kantoor", aria_current: if !mine { "true" }, {r.all()} }
                }
            }
            {live(frame.language(), &format!("/kantoor/nieuws?na={}", season.position))}
            div { class: "panes panes--main",
                div {
                    {came_in(frame, season)}
                    {now(frame, season)}
                    {funnel(frame, season)}
                    {ready(frame, season)}
                }
                div { class: "well",
                    {waiting(frame, season)}
                    section { class: "section", id: "laatste", aria_labelledby: "laatste-titel",
                        div { class: "section__head", h2 { id: "laatste-titel", {t.latest()} } }
                        if season.latest.is_empty() {
                            p { class: "muted", {t.nothing_yet()} }
                        } else {
                            {list(&season.latest, true)}
                        }
                    }
                }
            }
        },
    )
}

fn choice(season: &Season, phase: Option<Phase>) -> Choice {
    Choice { phase, ..season.choice.clone() }
}

/// Renders a number that links to the clients that it counts.
fn figure(href: String, title: &str, icon: &'static str, number: usize, sub: String) -> Element {
    rsx! {
        a { class: "card kpi", href,
            span { class: "between",
                "{title}"
                " "
                Icon { name: icon }
            }
            b { "{number}" }
            span { class: "small muted", "{sub}" }
        }
    }
}

fn came_in(frame: &Frame, season: &Season) -> Element {
    let t = Dashboard(frame.language());
    let r = Report(frame.language());
    let boxes = News::ALL.map(|news| {
        let (events, clients) = season.news(news);
        let (title, icon) = match news {
            News::Approval => (t.approvals(), "signature"),
            News::Checklist => (t.checklists(), "list-checks"),
            News::Document => (t.documents(), "file-text"),
            News::Message => (t.messages(), "message-circle-question-mark"),
        };
        let href = Choice { news: Some(news), ..season.choice.clone() }.href();
        (href, title, icon, events, r.of_clients(clients))
    });
    rsx! {
        section { class: "section", aria_labelledby: "nieuw",
            div { class: "section__head", h2 { id: "nieuw", {t.came_in()} } }
            div { class: "kpis",
                for (href , title , icon , number , sub) in boxes {
                    {figure(href, title, icon, number, sub)}
                }
            }
        }
    }
}

/// Renders what the advisor has to do now.
fn now(frame: &Frame, season: &Season) -> Element {
    let t = Dashboard(frame.language());
    let r = Report(frame.language());
    let to_file = season.counts.iter().find(|(what, _)| *what == Attention::ReadyToFile).map_or(0, |(_, n)| *n);
    let attention = sum(&season.phases, |p| p.attention);
    let base = &season.choice;
    rsx! {
        section { class: "section", aria_labelledby: "nu",
            div { class: "section__head", h2 { id: "nu", {r.to_do()} } }
            div { class: "kpis kpis--three",
                {figure(Choice { overdue: true, ..base.clone() }.href(), r.overdue(), "clock", season.overdue, r.overdue_sub().to_owned())}
                {figure(Choice { to_file: true, ..base.clone() }.href(), r.to_file(), "badge-check", to_file, t.everybody().to_owned())}
                {figure(Choice { attention_only: true, ..base.clone() }.href(), r.waiting(), "circle-alert", attention, r.waiting_sub().to_owned())}
            }
        }
    }
}

fn funnel(frame: &Frame, season: &Season) -> Element {
    let t = Dashboard(frame.language());
    let all = sum(&season.phases, |_| true);
    let in_phase = |phase: Phase| sum(&season.phases, |p| p.phase == phase);
    let beyond = |phase: Phase| sum(&season.phases, |p| p.phase > phase);
    let steps = [
        (t.invited(), beyond(Phase::NotInvited), Phase::NotInvited, t.to_invite(in_phase(Phase::NotInvited))),
        (t.registered(), beyond(Phase::Invited), Phase::Invited, t.not_registered(in_phase(Phase::Invited))),
        (t.checklist_done(), beyond(Phase::Checklist), Phase::Checklist, t.busy(in_phase(Phase::Checklist))),
        (t.draft_done(), beyond(Phase::ToDraft), Phase::ToDraft, t.to_make(in_phase(Phase::ToDraft))),
        (t.approved(), beyond(Phase::ToApprove), Phase::ToApprove, t.waiting(in_phase(Phase::ToApprove))),
    ];
    let clients = t.clients(all);
    rsx! {
        section { class: "section", aria_labelledby: "seizoen",
            div { class: "section__head",
                h2 { id: "seizoen", {t.season(season.year().0)} }
                p { class: "small muted",
                    a { class: "hit", href: choice(season, None).href(), "{clients}" }
                    " · "
                    a { class: "hit", href: "/kantoor/seizoen?jaar={season.year()}", {Report(frame.language()).link()} }
                }
            }
            div { class: "card card--pad",
                ol { class: "funnel",
                    for (step , (name , count , phase , todo)) in steps.into_iter().enumerate() {
                        {funnel_step(name, count, all, step, choice(season, Some(phase)).href(), &todo, in_phase(phase))}
                    }
                }
            }
        }
    }
}

/// Renders one step of the funnel. The bar is an SVG because inline styles are not allowed here.
fn funnel_step(name: &str, count: usize, all: usize, step: usize, href: String, todo: &str, left: usize) -> Element {
    let part = (count * 1000).checked_div(all).unwrap_or(0);
    let percent = (part + 5) / 10;
    let (whole, tenth) = (part / 10, part % 10);
    let opacity = 100 - 12 * step;
    rsx! {
        li {
            span { "{name}" }
            span { class: "funnel__bar",
                svg { width: "100%", height: "100%", "aria-hidden": "true",
                    rect { width: "{whole}.{tenth}%", height: "100%", rx: "7", fill: "var(--accent-strong)", fill_opacity: "{opacity}%" }
                }
            }
            span {
                span { class: "funnel__n", "{count}" }
                " "
                span { class: "small muted num", "{percent}%" }
            }
            if left > 0 {
                a { class: "small nowrap hit", href, "{todo}" }
            } else {
                span {}
            }
        }
    }
}

fn ready(frame: &Frame, season: &Season) -> Element {
    let t = Dashboard(frame.language());
    let ready = &season.to_file;
    rsx! {
        section { class: "section", aria_labelledby: "klaar",
            div { class: "section__head",
                h2 { id: "klaar", {t.ready()} }
                if !ready.is_empty() {
                    a { class: "small hit", href: Choice { to_file: true, ..season.choice.clone() }.href(), {t.all_of_them()} }
                }
            }
            if ready.is_empty() {
                p { class: "muted", {t.none_ready()} }
            } else {
                div { class: "card",
                    ul { class: "lines",
                        for client in ready {
                            li {
                                Icon { name: "badge-check" }
                                " "
                                span { class: "grow", b { "{client.name}" } }
                                span { class: "small muted", {t.everybody()} }
                                a { class: "btn btn--s", href: "{address::year(&client.number, season.year())}/akkoord", {t.look()} }
                            }
                        }
                    }
                }
            }
        }
    }
}

fn waiting(frame: &Frame, season: &Season) -> Element {
    let language = frame.language();
    let t = Dashboard(language);
    let all = Choice { attention_only: true, ..choice(season, None) }.href();
    let waiting: Vec<_> = season
        .waiting
        .iter()
        .filter_map(|c| Some((c, c.status.as_ref()?.attention?)))
        .filter(|(_, what)| *what != Attention::ReadyToFile)
        .map(|(c, what)| (c, attention(language, what)))
        .map(|(c, (_, icon, words))| (c, icon, words))
        .take(LINES)
        .collect();
    rsx! {
        section { class: "section", aria_labelledby: "wacht",
            div { class: "section__head",
                h2 { id: "wacht", {t.waits_for_you()} }
                a { class: "small hit", href: "{all}", {t.all_of_them()} }
            }
            if season.failed_mails > 0 {
                div { class: "notice notice--bad",
                    Icon { name: "triangle-alert" }
                    strong { "{t.failed_mails(season.failed_mails)}" }
                    p {
                        a { href: address::outgoing(Some(MailFilter::Failed), "", None, 1), {t.failed_mails_look()} }
                    }
                }
            }
            if season.setbacks > 0 {
                div { class: "notice notice--bad",
                    Icon { name: "triangle-alert" }
                    strong { "{t.setbacks(season.setbacks)}" }
                    p {
                        a { href: "/kantoor/uitgaand#mislukt", {t.setbacks_look()} }
                    }
                }
            }
            if waiting.is_empty() {
                p { class: "muted", {t.nothing_waits()} }
            } else {
                div { class: "card",
                    ul { class: "lines",
                        for (client , icon , words) in waiting {
                            li {
                                Icon { name: icon }
                                " "
                                span { class: "grow",
                                    b { "{client.name}" }
                                    br {}
                                    span { class: "small muted", {words} }
                                }
                                a { class: "btn btn--s", href: address::year(&client.number, season.year()), {t.look()} }
                            }
                        }
                    }
                }
            }
        }
    }
}
