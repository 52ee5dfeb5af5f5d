//! What all pages about one client's year show: the head with the phase and the choice of years, and the tabs.

use crate::part::{
    address,
    frame::{Frame, live, text::Shell, years},
    phase::stage,
    time_format::TimeFormat,
    year::text::Year,
};
use dioxus::prelude::*;
use documents::dossier::DossierYear;
use model::{id::ClientId, time::TaxYear};
use storage::db::{Access, Client, OutboxRow, PersonRow, Phase, YearStatus};
use ui::part::Icon;

/// Everything that all pages about one client's year have to know.
pub struct ClientYear<'y> {
    pub client: &'y Client,
    pub people: &'y [(PersonRow, Access)],
    pub tax_year: TaxYear,
    pub years: &'y [TaxYear],
    pub year: &'y DossierYear,
    pub status: Option<&'y YearStatus>,
    /// The position in the log up to which the page shows changes.
    pub position: u64,
    /// The newest mails about the year.
    pub mails: &'y [OutboxRow],
    /// Mails about the client that could not be delivered and that nobody has seen yet.
    pub failed_mails: &'y [OutboxRow],
}

/// The year whose answers and documents are shown, and what is needed to show them.
pub struct YearView<'y> {
    pub year: &'y DossierYear,
    pub client: ClientId,
    pub time_format: TimeFormat,
    /// The address of the year's page.
    pub base: String,
    pub may_change: bool,
}

impl ClientYear<'_> {
    /// Returns the address of the year.
    pub fn href(&self) -> String {
        address::year(&self.client.number, self.tax_year)
    }

    /// Returns the year with what is needed to show its answers and documents.
    pub fn year_view(&self, frame: &Frame) -> YearView<'_> {
        YearView {
            year: self.year,
            client: self.client.id,
            time_format: frame.time_format,
            base: self.href(),
            may_change: frame.may_change(),
        }
    }

    fn phase(&self) -> Phase {
        let access: Vec<_> = self.people.iter().map(|(_, access)| *access).collect();
        Phase::of(self.status, &access)
    }

    /// Renders the way back, the phase, the name and the choice of years, and below them the tabs.
    pub fn head(&self, frame: &Frame, tab: DossierTab) -> Element {
        let language = frame.language();
        let t = Year(language);
        let base = self.href();
        let suffix = match tab {
            DossierTab::Answers => "",
            DossierTab::Consent => "/akkoord",
            DossierTab::Contact => "/berichten",
            DossierTab::Archive => "/archief",
        };
        let new = self.year.unread_by_firm() + self.year.open_proposals().count();
        let number = &self.client.number;
        rsx! {
            div { class: "head",
                div {
                    p { class: "cluster small",
                        a { class: "crumb", href: "/kantoor/klanten",
                            Icon { name: "chevron-left" }
                            " "
                            {Shell(language).clients()}
                        }
                        " "
                        span { class: "muted num", "{number}" }
                        " "
                        {stage(language, self.phase(), self.status)}
                    }
                    h1 { "{self.client.name}" }
                }
                {years(language, self.years, self.tax_year, |y| format!("{}{suffix}", address::year(number, y)))}
                if frame.may_change() {
                    a { class: "btn btn--quiet", href: "/kantoor/klanten/{number}/bewerken",
                        Icon { name: "pencil" }
                        " "
                        {t.edit_client()}
                    }
                }
                if frame.may_change() && tab == DossierTab::Answers {
                    a { class: "btn btn--primary", href: "#klaarzetten",
                        Icon { name: "plus" }
                        " "
                        {t.set_out()}
                    }
                }
            }
            nav { class: "subnav", aria_label: t.parts(),
                a { href: "{base}", aria_current: if tab == DossierTab::Answers { "page" }, {t.answers_tab()} }
                a { href: "{base}/akkoord", aria_current: if tab == DossierTab::Consent { "page" }, {t.consent_tab()} }
                a { href: "{base}/berichten", aria_current: if tab == DossierTab::Contact { "page" },
                    {t.contact_tab()}
                    if new > 0 {
                        " "
                        span { class: "count", {t.unread(new)} }
                    }
                }
                a { href: "{base}/archief", aria_current: if tab == DossierTab::Archive { "page" }, {t.archive_tab()} }
            }
            {live(language, &format!("{base}/nieuws?na={}", self.position))}
        }
    }
}

/// The pages about a client's year.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DossierTab {
    Archive,
    Answers,
    Consent,
    Contact,
}
